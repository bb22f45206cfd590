//! needs: glue, value, value_items, convert, types, exc, pystr, traits
//! A range inside a Value.
use super::convert::{mismatch, FromValue, ToValue};
use super::exc::{self, Class, R};
use super::glue::Range;
use super::pystr::Str;
use super::traits::PyRepr;
use super::value::{PyObject, Value, ValueIter};

impl PyObject for Range {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn class(&self) -> &'static Class {
        &super::types::range
    }
    fn getattr(&self, name: &str) -> R<Value> {
        match name {
            "start" => Ok(self.start.to_value()),
            "stop" => Ok(self.stop.to_value()),
            "step" => Ok(self.step.to_value()),
            _ => Err(super::value::no_attribute("range", name)),
        }
    }
    fn has(&self, name: &str) -> bool {
        matches!(name, "__len__" | "__iter__" | "__getitem__" | "__contains__")
    }
    fn call_method(&self, name: &str, args: Vec<Value>) -> R<Value> {
        match name {
            "__len__" => Ok(self.len().to_value()),
            "__iter__" => Ok(Value::Iter(ValueIter::new(self.iter().map(|i| Ok(i.to_value()))))),
            "__getitem__" => {
                let (at, n) = (i64::from_value(&args[0])?, self.len());
                let at = if at < 0 { at + n } else { at };
                if at < 0 || at >= n {
                    return Err(exc::new(&exc::IndexError, "range object index out of range"));
                }
                Ok((self.start + at * self.step).to_value())
            }
            "__contains__" => Ok(Value::Bool(i64::from_value(&args[0]).is_ok_and(|x| self.contains(x)))),
            _ => Err(super::value::no_attribute("range", name)),
        }
    }
    fn repr(&self) -> R<Str> {
        Ok(PyRepr::repr(self))
    }
    fn truth(&self) -> R<bool> {
        Ok(self.len() > 0)
    }
    fn eq(&self, other: &Value) -> R<bool> {
        let Ok(other) = Range::from_value(other) else { return Ok(false) };
        let n = self.len();
        Ok(n == other.len() && (n == 0 || (self.start == other.start && (n == 1 || self.step == other.step))))
    }
}
impl ToValue for Range {
    fn to_value(&self) -> Value {
        Value::Obj(std::rc::Rc::new(*self))
    }
}
impl FromValue for Range {
    fn from_value(v: &Value) -> R<Self> {
        match v {
            Value::Obj(o) => o.as_any().downcast_ref::<Range>().copied().ok_or_else(|| mismatch("range", v)),
            _ => Err(mismatch("range", v)),
        }
    }
}
