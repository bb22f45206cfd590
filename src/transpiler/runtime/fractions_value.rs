//! needs: fractions, value, convert, types, exc, int, rational, pystr, traits, fmt, value_ops, glue
//! `Fraction(x)` by what x is, and fractions where Values are used.
use super::convert::{comparison, held, ToValue};
use super::exc::{self, Class, R};
use super::fractions::Fraction;
use super::pystr::Str;
use super::traits::*;
use super::value::{PyObject, Value};

static CLASS: Class = Class::new("Fraction", &super::types::object);
super::convert::object_conversions!(Fraction, "Fraction");

/// A number to compare with.
fn comparable(v: &Value) -> Option<Fraction> {
    match v {
        Value::Int(_) | Value::Bool(_) | Value::Float(_) => one(v).ok(),
        Value::Obj(_) => held(v),
        _ => None,
    }
}

impl PyObject for Fraction {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn class(&self) -> &'static Class {
        &CLASS
    }
    fn repr(&self) -> R<Str> {
        Ok(PyRepr::repr(self))
    }
    fn str(&self) -> R<Str> {
        Ok(PyStr::to_str(self))
    }
    fn eq(&self, other: &Value) -> R<bool> {
        Ok(comparable(other).is_some_and(|o| o == *self))
    }
    fn hash(&self) -> R<i64> {
        Ok(self.py_hash())
    }
    fn format(&self, spec: &str) -> R<Str> {
        super::fmt::PyFormat::py_format(self, spec)
    }
    fn truth(&self) -> R<bool> {
        Ok(PyTruth::truth(self))
    }
    fn has(&self, name: &str) -> bool {
        comparison(name).is_some() || matches!(name, "__abs__" | "__neg__" | "__pos__" | "__float__" | "__int__")
    }
    fn call_method(&self, name: &str, args: Vec<Value>) -> R<Value> {
        Ok(match name {
            "__abs__" => self.abs().to_value(),
            "__neg__" => self.neg().to_value(),
            "__pos__" => self.to_value(),
            "__float__" => Value::Float(self.to_float()?),
            "__int__" => Value::from(self.to_int()?),
            _ => return compared(self, name, &args),
        })
    }
}

fn compared(a: &Fraction, method: &str, args: &[Value]) -> R<Value> {
    let (Some(op), [b]) = (comparison(method), args) else { return Err(super::value::no_attribute("Fraction", method)) };
    let o = comparable(b).ok_or_else(super::glue::not_implemented)?;
    Ok(Value::Bool(match op {
        "<" => *a < o,
        "<=" => *a <= o,
        ">" => *a > o,
        _ => *a >= o,
    }))
}

fn one(v: &Value) -> R<Fraction> {
    match v {
        Value::Int(i) => Ok(Fraction(super::rational::Ratio { num: i.clone(), den: super::int::Int::from(1) })),
        Value::Bool(b) => Ok(Fraction::of_int(*b as i64)),
        Value::Float(x) => Fraction::from_float(*x),
        Value::Str(s) => Fraction::parse(s),
        Value::Obj(_) => <Fraction as super::convert::FromValue>::from_value(v),
        _ => Err(exc::new(&exc::TypeError, "argument should be a string or a Rational instance")),
    }
}

pub fn make(numerator: &Value, denominator: &Value) -> R<Fraction> {
    let n = one(numerator)?;
    if denominator.is_none() {
        return Ok(n);
    }
    if matches!(numerator, Value::Str(_) | Value::Float(_)) {
        return Err(exc::new(&exc::TypeError, "both arguments should be Rational instances"));
    }
    n.div(&one(denominator)?)
}
