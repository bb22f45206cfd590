//! needs: value, value_ops, value_items, value_call, exc, traits, pystr
//! The functions of `operator` as values.
use super::exc::{self, R};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use super::{value_items, value_ops};

fn pair(a: &[Value]) -> R<(&Value, &Value)> {
    match a {
        [x, y] => Ok((x, y)),
        _ => Err(exc::new(&exc::TypeError, format!("expected 2 arguments, got {}", a.len()))),
    }
}
/// `operator.lt` and its kind.
pub fn comparison(op: &'static str) -> Value {
    Value::func("comparison", move |a| {
        let (x, y) = pair(&a)?;
        Ok(Value::Bool(match op {
            "==" => value_ops::eq(x, y)?,
            "!=" => !value_ops::eq(x, y)?,
            _ => value_ops::compare(op, x, y)?,
        }))
    })
}
pub fn function(name: &'static str) -> Value {
    Value::func(name, move |a| {
        let Some(first) = a.first() else {
            return Err(exc::new(&exc::TypeError, format!("{name} expected 1 argument, got 0")));
        };
        match name {
            "neg" => value_ops::neg(first),
            "pos" => value_ops::pos(first),
            "invert" => value_ops::invert(first),
            "abs" => value_ops::abs(first),
            "not_" => Ok(Value::Bool(!first.truth())),
            "truth" => Ok(Value::Bool(first.truth())),
            "contains" => pair(&a).and_then(|(x, y)| value_ops::contains(x, y)).map(Value::Bool),
            "getitem" => pair(&a).and_then(|(x, y)| value_items::getitem(x, y)),
            _ => pair(&a).and_then(|(x, y)| value_ops::add(x, y)),
        }
    })
}
/// `operator.methodcaller(name, *args)`.
pub fn methodcaller(name: &Str, args: Vec<Value>) -> Value {
    let name = name.clone();
    Value::func("methodcaller", move |a| super::value_call::call_method(&a[0], name.as_str(), args.clone()))
}
