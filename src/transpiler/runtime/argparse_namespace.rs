//! needs: exc, value, pystr, dict, traits, convert, types, strcase
//! `argparse.Namespace` and `types.SimpleNamespace`: attributes in the order they were set.
use super::dict::Dict;
use super::exc::{Class, R};
use super::pystr::Str;
use super::traits::*;
use super::value::{no_attribute, PyObject, Value};
use std::rc::Rc;

pub static NAMESPACE: Class = Class::new("Namespace", &super::types::object);
pub static SIMPLE: Class = Class::new("types.SimpleNamespace", &super::types::object);

#[derive(Clone)]
pub struct Namespace(Dict<Str, Value>, &'static Class);

impl Default for Namespace {
    fn default() -> Namespace {
        Namespace(Dict::default(), &NAMESPACE)
    }
}

impl Namespace {
    pub fn new() -> Namespace {
        Namespace::default()
    }
    /// `SimpleNamespace(a=1)`.
    pub fn of(class: &'static Class, attributes: Vec<(Str, Value)>) -> Namespace {
        Namespace(Dict::from(attributes), class)
    }
    /// `self.name`.
    pub fn get(&self, name: &str) -> R<Value> {
        self.0.get(&Str::new(name)).ok_or_else(|| no_attribute(self.1.name, name))
    }
    pub fn set(&self, name: &str, value: impl Into<Value>) {
        self.0.set(Str::new(name), value.into());
    }
    /// `hasattr(self, name)`, `name in self`.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(&Str::new(name))
    }
    pub fn take(&self, name: &str) -> Option<Value> {
        self.0.pop_opt(&Str::new(name))
    }
    /// `vars(self)`: the attributes themselves.
    pub fn vars(&self) -> Dict<Str, Value> {
        self.0.clone()
    }
    pub fn items(&self) -> Vec<(Str, Value)> {
        self.0.items().into_iter().collect()
    }
    pub fn to_value(&self) -> Value {
        Value::Obj(Rc::new(self.clone()))
    }
    pub fn from_value(v: &Value) -> R<Namespace> {
        match v {
            Value::Obj(o) => match o.as_any().downcast_ref::<Namespace>() {
                Some(n) => Ok(n.clone()),
                None => Err(no_attribute(v.type_name(), "Namespace")),
            },
            _ => Err(no_attribute(v.type_name(), "Namespace")),
        }
    }
}

impl super::convert::ToValue for Namespace {
    fn to_value(&self) -> Value {
        Namespace::to_value(self)
    }
}
impl super::convert::FromValue for Namespace {
    fn from_value(v: &Value) -> R<Namespace> {
        Namespace::from_value(v)
    }
}
impl PyObject for Namespace {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn class(&self) -> &'static Class {
        self.1
    }
    fn getattr(&self, name: &str) -> R<Value> {
        self.get(name)
    }
    fn setattr(&self, name: &str, value: Value) -> R<()> {
        self.set(name, value);
        Ok(())
    }
    fn delattr(&self, name: &str) -> R<()> {
        self.take(name).map(|_| ()).ok_or_else(|| no_attribute(self.1.name, name))
    }
    fn repr(&self) -> R<Str> {
        Ok(PyRepr::repr(self))
    }
    fn eq(&self, other: &Value) -> R<bool> {
        Ok(Namespace::from_value(other).is_ok_and(|o| self.0 == o.0))
    }
}
impl PartialEq for Namespace {
    fn eq(&self, other: &Namespace) -> bool {
        self.0 == other.0
    }
}
impl PyTruth for Namespace {
    fn truth(&self) -> bool {
        true
    }
}
impl PyRepr for Namespace {
    fn repr_into(&self, out: &mut String) {
        let simple = std::ptr::eq(self.1, &SIMPLE);
        let mut parts = Vec::new();
        let mut odd = Vec::new();
        for (k, v) in self.items() {
            if simple || k.isidentifier() {
                parts.push(format!("{k}={}", v.repr()));
            } else {
                odd.push(format!("{}: {}", k.repr(), v.repr()));
            }
        }
        if !odd.is_empty() {
            parts.push(format!("**{{{}}}", odd.join(", ")));
        }
        let name = if simple { "namespace" } else { "Namespace" };
        out.push_str(&format!("{name}({})", parts.join(", ")));
    }
}
str_is_repr!(Namespace);
impl PyHash for Namespace {
    fn py_hash(&self) -> i64 {
        super::exc::die(super::exc::new(&super::exc::TypeError, format!("unhashable type: '{}'", self.1.name)))
    }
}
impl PyOrd for Namespace {
    fn py_lt(&self, o: &Self) -> R<bool> {
        let text = format!("'<' not supported between instances of '{}' and '{}'", self.1.name, o.1.name);
        Err(super::exc::new(&super::exc::TypeError, text))
    }
}
