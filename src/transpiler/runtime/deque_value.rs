//! needs: deque, value, value_items, convert, types, exc, traits, pystr
//! A deque inside a Value.
use super::convert::{mismatch, FromValue, ToValue};
use super::deque::Deque;
use super::exc::{self, Class, R};
use super::pystr::Str;
use super::traits::PyRepr;
use super::value::{PyObject, Value, ValueIter};

static CLASS: Class = Class::new("collections.deque", &super::types::object);

const METHODS: [&str; 21] = [
    "append", "appendleft", "pop", "popleft", "extend", "extendleft", "clear", "reverse", "rotate", "insert", "remove",
    "count", "index", "copy", "__len__", "__iter__", "__getitem__", "__setitem__", "__delitem__", "__contains__",
    "__reversed__",
];

fn all_of<T: FromValue>(v: &Value) -> R<Vec<T>> {
    super::value_items::to_vec(v)?.iter().map(T::from_value).collect()
}

impl<T: ToValue + FromValue + PyRepr + PartialEq + Clone + 'static> PyObject for Deque<T> {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn class(&self) -> &'static Class {
        &CLASS
    }
    fn getattr(&self, name: &str) -> R<Value> {
        if name == "maxlen" { Ok(self.maxlen().to_value()) } else { Err(super::value::no_attribute("collections.deque", name)) }
    }
    fn has(&self, name: &str) -> bool {
        METHODS.contains(&name)
    }
    fn call_method(&self, name: &str, a: Vec<Value>) -> R<Value> {
        let wanted = match name {
            "insert" | "__setitem__" => 2..=2,
            "pop" | "popleft" | "clear" | "reverse" | "copy" | "__len__" | "__iter__" | "__reversed__" => 0..=0,
            "rotate" => 0..=1,
            _ => 1..=1,
        };
        if !wanted.contains(&a.len()) {
            let text = format!("deque.{name}() takes {} arguments ({} given)", wanted.end(), a.len());
            return Err(exc::new(&exc::TypeError, text));
        }
        let done = |()| Value::None;
        match name {
            "append" => Ok(done(self.append(T::from_value(&a[0])?))),
            "appendleft" => Ok(done(self.appendleft(T::from_value(&a[0])?))),
            "pop" => Ok(self.pop()?.to_value()),
            "popleft" => Ok(self.popleft()?.to_value()),
            "extend" => Ok(done(self.extend(all_of(&a[0])?))),
            "extendleft" => Ok(done(self.extendleft(all_of(&a[0])?))),
            "clear" => Ok(done(self.clear())),
            "reverse" => Ok(done(self.reverse())),
            "rotate" => Ok(done(self.rotate(a.first().map_or(Ok(1), i64::from_value)?))),
            "insert" => self.insert(i64::from_value(&a[0])?, T::from_value(&a[1])?).map(done),
            "remove" => self.remove(&T::from_value(&a[0])?).map(done),
            "count" => Ok(T::from_value(&a[0]).map_or(0, |x| self.count(&x)).to_value()),
            "index" => Ok(self.index(&T::from_value(&a[0])?)?.to_value()),
            "copy" => Ok(self.copy().to_value()),
            "__len__" => Ok(self.len().to_value()),
            "__iter__" => Ok(Value::Iter(ValueIter::new(self.iter().map(|x| Ok(x.to_value()))))),
            "__reversed__" => {
                let all: Vec<T> = self.items().iter().rev().cloned().collect();
                Ok(Value::Iter(ValueIter::new(all.into_iter().map(|x| Ok(x.to_value())))))
            }
            "__getitem__" => Ok(self.get(i64::from_value(&a[0])?)?.to_value()),
            "__setitem__" => self.set(i64::from_value(&a[0])?, T::from_value(&a[1])?).map(done),
            "__delitem__" => self.del(i64::from_value(&a[0])?).map(done),
            "__contains__" => Ok(Value::Bool(T::from_value(&a[0]).is_ok_and(|x| self.contains(&x)))),
            _ => Err(super::value::no_attribute("collections.deque", name)),
        }
    }
    fn repr(&self) -> R<Str> {
        Ok(PyRepr::repr(self))
    }
    fn eq(&self, other: &Value) -> R<bool> {
        let Value::Obj(o) = other else { return Ok(false) };
        Ok(o.as_any().downcast_ref::<Deque<T>>().is_some_and(|o| self == o))
    }
    fn truth(&self) -> R<bool> {
        Ok(!self.is_empty())
    }
}
impl<T: ToValue + FromValue + PyRepr + PartialEq + Clone + 'static> ToValue for Deque<T> {
    fn to_value(&self) -> Value {
        Value::Obj(std::rc::Rc::new(self.clone()))
    }
}
impl<T: ToValue + FromValue + PyRepr + PartialEq + Clone + 'static> FromValue for Deque<T> {
    fn from_value(v: &Value) -> R<Self> {
        match v {
            Value::Obj(o) => o.as_any().downcast_ref::<Deque<T>>().cloned().ok_or_else(|| mismatch("deque", v)),
            _ => Err(mismatch("deque", v)),
        }
    }
}
