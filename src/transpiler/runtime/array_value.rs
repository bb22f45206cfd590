//! needs: array, buffer, convert, exc, fmt, pystr, traits, types, value
//! Arrays inside a Value.
use super::array::Array;
use super::buffer::Item;
use super::convert::{held, mismatch, FromValue, ToValue};
use super::exc::{Class, R};
use super::pystr::Str;
use super::traits::*;
use super::value::{PyObject, Value};
use std::any::Any;
use std::rc::Rc;

static CLASS: Class = Class::new("array", &super::types::object);

impl<T: Item + PyRepr + ToValue + FromValue + 'static> PyObject for Array<T> {
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn class(&self) -> &'static Class {
        &CLASS
    }
    fn repr(&self) -> R<Str> {
        Ok(PyRepr::repr(self))
    }
    fn eq(&self, other: &Value) -> R<bool> {
        Ok(held::<Array<T>>(other).is_some_and(|o| o == *self))
    }
    fn truth(&self) -> R<bool> {
        Ok(PyTruth::truth(self))
    }
    fn has(&self, name: &str) -> bool {
        matches!(name, "__len__" | "__getitem__" | "__setitem__")
    }
    fn call_method(&self, name: &str, args: Vec<Value>) -> R<Value> {
        match (name, &args[..]) {
            ("__len__", _) => Ok(Value::from(self.len())),
            ("__getitem__", [index]) => Ok(self.item(i64::from_value(index)?)?.to_value()),
            ("__setitem__", [index, item]) => self.set(i64::from_value(index)?, T::from_value(item)?).map(|_| Value::None),
            _ => Err(super::value::no_attribute("array", name)),
        }
    }
}
impl<T: Item + PyRepr + ToValue + FromValue + 'static> ToValue for Array<T> {
    fn to_value(&self) -> Value {
        Value::Obj(Rc::new(self.clone()))
    }
}
impl<T: Item + PyRepr + ToValue + FromValue + 'static> FromValue for Array<T> {
    fn from_value(v: &Value) -> R<Self> {
        held(v).ok_or_else(|| mismatch("array", v))
    }
}
