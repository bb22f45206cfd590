//! needs: memoryview, buffer, bytes, convert, exc, pystr, traits, types, value
//! Memory views inside a Value.
use super::buffer::Item;
use super::convert::{held, mismatch, FromValue, ToValue};
use super::exc::{Class, R};
use super::memoryview::View;
use super::pystr::Str;
use super::traits::*;
use super::value::{PyObject, Value};
use std::any::Any;
use std::rc::Rc;

static CLASS: Class = Class::new("memoryview", &super::types::object);

impl<T: Item + ToValue + 'static> PyObject for View<T> {
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn class(&self) -> &'static Class {
        &CLASS
    }
    fn repr(&self) -> R<Str> {
        Ok(PyRepr::repr(self))
    }
    /// Views, bytes and bytearrays of the same items are equal.
    fn eq(&self, other: &Value) -> R<bool> {
        Ok(match other {
            Value::Bytes(b) => self.itemsize() == 1 && self.to_bytes() == *b,
            Value::ByteArray(b) => self.itemsize() == 1 && self.to_bytes() == b.to_bytes(),
            _ => held::<View<T>>(other).is_some_and(|o| o == *self),
        })
    }
    fn truth(&self) -> R<bool> {
        Ok(PyTruth::truth(self))
    }
    fn has(&self, name: &str) -> bool {
        matches!(name, "__len__" | "__getitem__")
    }
    fn call_method(&self, name: &str, args: Vec<Value>) -> R<Value> {
        match (name, args.first()) {
            ("__len__", _) => Ok(Value::from(self.len())),
            ("__getitem__", Some(index)) => Ok(self.item(i64::from_value(index)?)?.to_value()),
            _ => Err(super::value::no_attribute("memoryview", name)),
        }
    }
}
impl<T: Item + ToValue + 'static> ToValue for View<T> {
    fn to_value(&self) -> Value {
        Value::Obj(Rc::new(self.clone()))
    }
}
impl<T: Item + ToValue + 'static> FromValue for View<T> {
    fn from_value(v: &Value) -> R<Self> {
        held(v).ok_or_else(|| mismatch("memoryview", v))
    }
}
