//! needs: convert, decimal, decimal_arith, decimal_context, decimal_text, exc, fmt, int, pystr, traits, types, value, value_ops, value_items, glue
//! Decimals inside a Value, and `Decimal(x)` by what x is.
use super::convert::{comparison, held, FromValue, ToValue};
use super::decimal::Decimal;
use super::decimal_text::DecimalTuple;
use super::exc::{self, Class, R};
use super::fmt::PyFormat;
use super::pystr::Str;
use super::traits::*;
use super::value::{PyObject, Value};

static CLASS: Class = Class::new("decimal.Decimal", &super::types::object);
super::convert::object_conversions!(Decimal, "Decimal");
super::convert::opaque_value!(DecimalTuple, "DecimalTuple", {
    fn plain(&self) -> Option<Value> {
        Some(Value::tuple(tuple_items(self)))
    }
});
/// Sign, digits and exponent.
pub fn tuple_items(x: &DecimalTuple) -> Vec<Value> {
    let (sign, digits, exponent) = x.parts();
    vec![sign.to_value(), digits.to_value(), exponent.to_value()]
}

/// A number to compare with: floats count exactly.
fn comparable(v: &Value) -> Option<Decimal> {
    match v {
        Value::Float(x) => Some(Decimal::from_float(*x)),
        _ => number(v).ok().flatten(),
    }
}

impl PyObject for Decimal {
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
        self.py_format(spec)
    }
    fn truth(&self) -> R<bool> {
        Ok(PyTruth::truth(self))
    }
    fn has(&self, name: &str) -> bool {
        comparison(name).is_some() || matches!(name, "__abs__" | "__neg__" | "__pos__" | "__float__" | "__int__" | "__round__")
    }
    fn call_method(&self, name: &str, args: Vec<Value>) -> R<Value> {
        Ok(match name {
            "__abs__" => self.abs()?.to_value(),
            "__neg__" => self.neg()?.to_value(),
            "__pos__" => self.pos()?.to_value(),
            "__float__" => Value::Float(self.to_float()?),
            "__int__" => Value::Int(self.whole(super::decimal_context::Rounding::Down)?),
            "__round__" => match args.first() {
                None | Some(Value::None) => Value::from(self.round()?),
                Some(digits) => self.round_to(i64::from_value(digits)?)?.to_value(),
            },
            _ => return compared(self, name, &args),
        })
    }
}

fn compared(a: &Decimal, method: &str, args: &[Value]) -> R<Value> {
    let (Some(op), [b]) = (comparison(method), args) else {
        return Err(super::value::no_attribute("decimal.Decimal", method));
    };
    let o = comparable(b).ok_or_else(super::glue::not_implemented)?;
    Ok(Value::Bool(match op {
        "<" => a.py_lt(&o)?,
        "<=" => a.py_le(&o)?,
        ">" => a.py_gt(&o)?,
        _ => a.py_ge(&o)?,
    }))
}

/// A Decimal or int that takes part in arithmetic.
pub fn number(v: &Value) -> R<Option<Decimal>> {
    Ok(match v {
        Value::Int(i) => Some(Decimal::from_int(i)),
        Value::Bool(b) => Some(Decimal::from_int(&super::int::Int::from(*b))),
        Value::Obj(_) => held(v),
        _ => None,
    })
}
/// An argument that must be one.
pub fn of(v: &Value) -> R<Decimal> {
    let text = || format!("conversion from {} to Decimal is not supported", v.type_name());
    number(v)?.ok_or_else(|| exc::new(&exc::TypeError, text()))
}
/// `Decimal(x)`.
pub fn make(v: &Value) -> R<Decimal> {
    match v {
        Value::Str(s) => Decimal::parse(s),
        Value::Float(x) => Ok(Decimal::from_float(*x)),
        Value::Tuple(t) if t.len() == 3 => {
            let digits = super::value_items::to_vec(&t[1])?.iter().map(i64::from_value).collect::<R<Vec<i64>>>()?;
            super::decimal_text::of_parts(i64::from_value(&t[0])?, &digits, i64::from_value(&t[2])?)
        }
        _ => of(v),
    }
}
