//! needs: fractions, value, convert, types, exc, int, rational
//! `Fraction(x)` by what x is, and fractions where Values are used.
use super::exc::{self, R};
use super::fractions::Fraction;
use super::value::Value;

super::convert::opaque_value!(Fraction, "Fraction", ordered);

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
