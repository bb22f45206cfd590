//! needs: value, value_items, exc, int, pystr, dict, convert
//! `str.maketrans` and `str.translate`: the table is a dict from code points, as in Python.
use super::dict::Dict;
use super::exc::{self, R};
use super::pystr::Str;
use super::value::Value;

/// `str.maketrans(x, y, z)`.
pub fn maketrans(x: &Value, y: Option<&Str>, z: Option<&Str>) -> R<Dict<i64, Value>> {
    let out = Dict::new();
    match (x, y) {
        (Value::Dict(d), None) => {
            for (k, v) in d.items() {
                out.set(key(&k)?, v);
            }
        }
        (Value::Str(from), Some(to)) => {
            if from.len() != to.len() {
                let text = "the first two maketrans arguments must have equal length";
                return Err(exc::new(&exc::ValueError, text));
            }
            for (a, b) in from.as_str().chars().zip(to.as_str().chars()) {
                out.set(a as i64, Value::from(b as i64));
            }
            for c in z.iter().flat_map(|z| z.as_str().chars()) {
                out.set(c as i64, Value::None);
            }
        }
        (_, None) => {
            return Err(exc::new(&exc::TypeError, "if you give only one argument to maketrans it must be a dict"))
        }
        _ => return Err(exc::new(&exc::TypeError, "first maketrans argument must be a string if there is a second argument")),
    }
    Ok(out)
}

fn key(k: &Value) -> R<i64> {
    let Value::Str(s) = k else { return super::value_items::index(k) };
    let mut it = s.as_str().chars();
    match (it.next(), it.next()) {
        (Some(c), None) => Ok(c as i64),
        _ => Err(exc::new(&exc::ValueError, "string keys in translate table must be of length 1")),
    }
}

/// `s.translate(table)`: a dict of code points, or any object with items.
pub fn translate(s: &Str, table: &Value) -> R<Str> {
    let mut out = String::new();
    for c in s.as_str().chars() {
        let to = match table {
            Value::Dict(d) => d.get(&Value::from(c as i64)),
            other => match super::value_items::getitem(other, &Value::from(c as i64)) {
                Err(e) if e.is(&exc::LookupError) => None,
                found => Some(found?),
            },
        };
        match to {
            None => out.push(c),
            Some(Value::None) => {}
            Some(Value::Str(t)) => out.push_str(t.as_str()),
            Some(v @ (Value::Int(_) | Value::Bool(_))) => {
                out.push_str(super::pystr::chr(super::value_items::index(&v)?)?.as_str())
            }
            Some(_) => return Err(exc::new(&exc::TypeError, "character mapping must return integer, None or str")),
        }
    }
    Ok(Str::from(out))
}
