//! needs: complex, value, convert, types, exc, pystr, int, traits, fmt, value_ops
//! Complex numbers inside a Value, and `complex(x)` by what x is.
use super::complex::{self, Complex};
use super::convert::ToValue;
use super::exc::{self, Class, R};
use super::fmt::PyFormat;
use super::pystr::Str;
use super::traits::*;
use super::value::{PyObject, Value};

static CLASS: Class = Class::new("complex", &super::types::object);
super::convert::object_conversions!(Complex, "complex");

impl PyObject for Complex {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn class(&self) -> &'static Class {
        &CLASS
    }
    fn repr(&self) -> R<Str> {
        Ok(PyRepr::repr(self))
    }
    fn eq(&self, other: &Value) -> R<bool> {
        Ok(number(other)?.is_some_and(|o| o == *self))
    }
    fn lt(&self, other: &Value) -> R<bool> {
        Err(super::value_ops::not_comparable("<", "complex", other.type_name()))
    }
    fn hash(&self) -> R<i64> {
        Ok(self.py_hash())
    }
    fn format(&self, spec: &str) -> R<Str> {
        self.py_format(spec)
    }
    fn truth(&self) -> R<bool> {
        Ok(PyTruth::truth(self))
    }
    fn has(&self, name: &str) -> bool {
        matches!(name, "__abs__" | "__neg__" | "__pos__")
    }
    fn call_method(&self, name: &str, _args: Vec<Value>) -> R<Value> {
        match name {
            "__abs__" => self.abs().map(Value::Float),
            "__neg__" => Ok(self.neg().to_value()),
            "__pos__" => Ok(self.to_value()),
            "conjugate" => Ok(self.conjugate().to_value()),
            _ => Err(super::value::no_attribute("complex", name)),
        }
    }
}

/// A number of any kind as a complex one.
pub fn number(v: &Value) -> R<Option<Complex>> {
    Ok(match v {
        Value::Int(i) => Some(Complex::from(i.to_f64()?)),
        Value::Bool(b) => Some(Complex::from(*b as i64 as f64)),
        Value::Float(x) => Some(Complex::from(*x)),
        Value::Obj(_) => super::convert::held(v),
        _ => None,
    })
}

/// An argument that must be a number.
pub fn of(v: &Value) -> R<Complex> {
    let text = || format!("must be real number, not {}", v.type_name());
    number(v)?.ok_or_else(|| exc::new(&exc::TypeError, text()))
}

/// `complex(real, imag)`.
pub fn make(real: &Value, imag: &Value) -> R<Complex> {
    let wrong = |which: &str, v: &Value, text: &str| {
        exc::new(&exc::TypeError, format!("complex() {which} argument must be a {text}number, not '{}'", v.type_name()))
    };
    if let Value::Str(s) = real {
        if !imag.is_none() {
            return Err(exc::new(&exc::TypeError, "complex() can't take second arg if first is a string"));
        }
        return Complex::parse(s);
    }
    if let Value::Str(_) = imag {
        return Err(exc::new(&exc::TypeError, "complex() second arg can't be a string"));
    }
    let first = number(real)?.ok_or_else(|| wrong("first", real, "string or a "))?;
    if imag.is_none() {
        return Ok(first);
    }
    let second = number(imag)?.ok_or_else(|| wrong("second", imag, ""))?;
    let (real_part, imag_part) = (first.real - second.imag, second.real);
    let whole = |v: &Value| matches!(v, Value::Obj(_));
    // A part that came from no complex number adds nothing, not even the sign of a zero.
    Ok(match (whole(real), whole(imag)) {
        (false, false) => complex::new(first.real, second.real),
        (true, false) => complex::new(first.real, first.imag + imag_part),
        (false, true) => complex::new(real_part, imag_part),
        (true, true) => complex::of_parts(first, second),
    })
}
