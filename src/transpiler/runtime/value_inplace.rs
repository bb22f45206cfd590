//! needs: value, exc, pystr, list, set, dict, value_ops, value_items, traits
//! Augmented assignment of Values: lists, sets and dicts change in place, for all who share them.
use super::exc::{self, Exc, R};
use super::traits::PyStr;
use super::value::Value;

/// `a op= b`: what the target is assigned.
#[inline]
pub fn change(op: &str, a: &Value, b: &Value, otherwise: impl Fn(&Value, &Value) -> R<Value>) -> R<Value> {
    if let Value::List(_) | Value::Set(_) | Value::Dict(_) | Value::Obj(_) = a {
        if let Some(changed) = shared(op, a, b)? {
            return Ok(changed);
        }
    }
    otherwise(a, b).map_err(|e| named(op, e))
}

fn shared(op: &str, a: &Value, b: &Value) -> R<Option<Value>> {
    let changed = match (a, b) {
        (Value::List(x), _) => change_list(op, x, b)?,
        (Value::Set(x), Value::Set(_) | Value::FrozenSet(_)) => change_set(op, x, b),
        (Value::Dict(x), Value::Dict(y)) if op == "|" => {
            x.update(y);
            true
        }
        (Value::Obj(_), _) => return super::value_ops::asked(a, dunder(op), b).transpose(),
        _ => false,
    };
    Ok(changed.then(|| a.clone()))
}

fn change_list(op: &str, x: &super::list::List<Value>, b: &Value) -> R<bool> {
    match (op, b) {
        ("+", _) => {
            let items = super::value_items::iter(b)?.collect::<R<Vec<Value>>>()?;
            items.into_iter().for_each(|item| x.append(item));
        }
        ("*", Value::Int(n)) => x.multiply(n.index()?),
        ("*", Value::Bool(n)) => x.multiply(i64::from(*n)),
        _ => return Ok(false),
    }
    Ok(true)
}

fn change_set(op: &str, x: &super::set::Set<Value>, b: &Value) -> bool {
    macro_rules! by {
        ($y:expr) => {
            match op {
                "|" => x.update($y),
                "&" => x.intersection_update($y),
                "-" => x.difference_update($y),
                "^" => x.symmetric_difference_update($y),
                _ => return false,
            }
        };
    }
    match b {
        Value::Set(y) => by!(y),
        Value::FrozenSet(y) => by!(y),
        _ => return false,
    }
    true
}

fn dunder(op: &str) -> &'static str {
    match op {
        "+" => "__iadd__",
        "-" => "__isub__",
        "*" => "__imul__",
        "/" => "__itruediv__",
        "//" => "__ifloordiv__",
        "%" => "__imod__",
        "**" => "__ipow__",
        "<<" => "__ilshift__",
        ">>" => "__irshift__",
        "&" => "__iand__",
        "|" => "__ior__",
        "^" => "__ixor__",
        _ => "__imatmul__",
    }
}

/// The message names `+=`, not `+`.
#[cold]
fn named(op: &str, e: Exc) -> Exc {
    if !e.is(&exc::TypeError) {
        return e;
    }
    let text = e.to_str().to_string();
    let known = format!("unsupported operand type(s) for {op}: ");
    match text.strip_prefix(known.as_str()) {
        Some(rest) => exc::new(&exc::TypeError, format!("unsupported operand type(s) for {op}=: {rest}")),
        None => e,
    }
}
