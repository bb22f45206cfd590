//! needs: fractions, value, convert, types, exc, int, rational
//! `Fraction(x)` by what x is, and fractions where Values are used.
use super::exc::{self, R};
use super::fractions::Fraction;
use super::value::Value;

super::convert::opaque_value!(Fraction, "Fraction", {
    fn has(&self, name: &str) -> bool {
        matches!(name, "__lt__" | "__le__" | "__gt__" | "__ge__" | "__float__")
    }
    fn call_method(&self, name: &str, args: Vec<Value>) -> R<Value> {
        if name == "__float__" {
            return Ok(Value::Float(self.to_float()?));
        }
        let other = match &args[0] {
            Value::Float(x) => Fraction::from_float(*x)?,
            Value::Int(_) | Value::Bool(_) | Value::Obj(_) => one(&args[0])?,
            _ => {
                let op = match name {
                    "__lt__" => "<",
                    "__le__" => "<=",
                    "__gt__" => ">",
                    _ => ">=",
                };
                return Err(super::value_ops::not_comparable(op, "Fraction", args[0].type_name()));
            }
        };
        Ok(Value::Bool(match name {
            "__lt__" => *self < other,
            "__le__" => *self <= other,
            "__gt__" => *self > other,
            _ => *self >= other,
        }))
    }
    fn hash(&self) -> R<i64> {
        Ok(super::traits::PyHash::py_hash(self))
    }
    fn format(&self, spec: &str) -> R<super::pystr::Str> {
        super::fmt::PyFormat::py_format(self, spec)
    }
    fn truth(&self) -> R<bool> {
        Ok(super::traits::PyTruth::truth(self))
    }
});

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
