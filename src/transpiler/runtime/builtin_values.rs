//! needs: value, value_ops, value_items, gluev, glue, exc, int, int_text, float, pystr, list, tuple, dict, set, traits, seq, out, bytes_value, bytes, types
//! Built-in functions and classes as values: what they do is decided by the values they get.
use super::exc::{self, Class, R};
use super::int::Int;
use super::pystr::Str;
use super::set::{FrozenSet, Set};
use super::traits::*;
use super::types;
use super::value::{Value, ValueIter};
use super::{gluev, int_text, value_items, value_ops};

/// `abs`, `len`, ... as a value.
pub fn function(name: &'static str) -> Value {
    Value::func(name, move |a| call(name, a))
}

/// `int`, `str`, ... as a value that can be called.
pub fn class(c: &'static Class) -> Value {
    value_items::CONSTRUCT.with(|slot| slot.set(Some(construct)));
    Value::Type(c)
}

fn counted(name: &str, a: &[Value], low: usize, high: usize) -> R<()> {
    if (low..=high).contains(&a.len()) {
        return Ok(());
    }
    let text = match (low, high) {
        (1, 1) => format!("{name}() takes exactly one argument ({} given)", a.len()),
        _ if a.len() < low => format!("{name} expected at least {low} argument{}, got {}", plural(low), a.len()),
        _ => format!("{name} expected at most {high} argument{}, got {}", plural(high), a.len()),
    };
    Err(exc::new(&exc::TypeError, text))
}
fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn call(name: &str, a: Vec<Value>) -> R<Value> {
    let (low, high) = match name {
        "min" | "max" | "print" | "zip" => (usize::from(name != "print" && name != "zip"), usize::MAX),
        "pow" => (2, 3),
        "divmod" => (2, 2),
        "round" | "sum" | "enumerate" => (1, 2),
        _ => (1, 1),
    };
    counted(name, &a, low, high)?;
    let int = |i: usize| -> R<Int> { Ok(Int::from(value_items::index(&a[i])?)) };
    Ok(match name {
        "abs" => value_ops::abs(&a[0])?,
        "len" => Value::from(value_items::len(&a[0])?),
        "min" | "max" => {
            let items = if a.len() == 1 { value_items::to_vec(&a[0])? } else { a };
            if name == "min" { super::seq::min(items, "min")? } else { super::seq::max(items, "max")? }
        }
        "sum" => gluev::sum_values(a.get(1).cloned().unwrap_or(Value::from(0i64)), value_items::to_vec(&a[0])?)?,
        "pow" if a.len() == 3 => value_ops::modulo(&value_ops::pow(&a[0], &a[1])?, &a[2])?,
        "pow" => value_ops::pow(&a[0], &a[1])?,
        "divmod" => value_ops::divmod(&a[0], &a[1])?,
        "round" => {
            let digits = a.get(1).filter(|v| !v.is_none()).map(value_items::index).transpose()?;
            gluev::round_value(&a[0], digits)?
        }
        "repr" => Value::Str(value_ops::repr(&a[0])?),
        "any" => Value::Bool(value_items::to_vec(&a[0])?.iter().any(|v| v.truth())),
        "all" => Value::Bool(value_items::to_vec(&a[0])?.iter().all(|v| v.truth())),
        "sorted" => {
            let mut items = value_items::to_vec(&a[0])?;
            super::seq::sort(&mut items, false)?;
            Value::list(items)
        }
        "reversed" => {
            let mut items = value_items::to_vec(&a[0])?;
            items.reverse();
            Value::Iter(ValueIter::new(items.into_iter().map(Ok)))
        }
        "enumerate" => {
            let start = a.get(1).map_or(Ok(0), value_items::index)?;
            let items = value_items::to_vec(&a[0])?;
            Value::Iter(ValueIter::new(
                (start..).zip(items).map(|(i, x)| Ok(Value::tuple(vec![Value::from(i), x]))),
            ))
        }
        "zip" => {
            let rows = a.iter().map(value_items::to_vec).collect::<R<Vec<_>>>()?;
            let n = rows.iter().map(Vec::len).min().unwrap_or(0);
            Value::Iter(ValueIter::new(
                (0..n).map(move |i| Ok(Value::tuple(rows.iter().map(|r| r[i].clone()).collect()))),
            ))
        }
        "ord" => match &a[0] {
            Value::Str(s) => Value::from(s.ord()?),
            v => {
                let text = format!("ord() expected string of length 1, but {} found", v.type_name());
                return Err(exc::new(&exc::TypeError, text));
            }
        },
        "chr" => Value::Str(super::pystr::chr(value_items::index(&a[0])?)?),
        "hex" => Value::Str(int_text::hex(&int(0)?)),
        "oct" => Value::Str(int_text::oct(&int(0)?)),
        "bin" => Value::Str(int_text::bin(&int(0)?)),
        "hash" => Value::from(a[0].clone().hashable()?.py_hash()),
        "callable" => Value::Bool(matches!(&a[0], Value::Func(_) | Value::Type(_))),
        "print" => {
            let parts: Vec<Str> = a.iter().map(value_ops::to_str).collect::<R<_>>()?;
            super::glue::print_all(&parts, " ", "\n", false);
            Value::None
        }
        _ => return Err(exc::new(&exc::NameError, format!("name '{name}' is not defined"))),
    })
}

/// A built-in class called.
fn construct(c: &'static Class, a: Vec<Value>) -> R<Value> {
    let is = |x: &'static Class| std::ptr::eq(c, x);
    let items = || -> R<Vec<Value>> { a.first().map_or(Ok(Vec::new()), value_items::to_vec) };
    let hashable = || -> R<Vec<Value>> { items()?.into_iter().map(Value::hashable).collect() };
    Ok(if is(&types::int) {
        match &a[..] {
            [] => Value::from(0i64),
            [Value::Str(s)] => Value::Int(int_text::parse(s)?),
            [Value::Int(i)] => Value::Int(i.clone()),
            [Value::Float(x)] => Value::Int(super::float::to_int(*x)?),
            [v] => Value::from(gluev::int_of(v)?),
            [Value::Str(s), base] => Value::Int(int_text::parse_base(s, value_items::index(base)?)?),
            _ => return Err(exc::new(&exc::TypeError, "int() can't convert non-string with explicit base")),
        }
    } else if is(&types::float) {
        Value::Float(a.first().map_or(Ok(0.0), gluev::float_of)?)
    } else if is(&types::str) {
        Value::Str(a.first().map_or(Ok(Str::lit("")), value_ops::to_str)?)
    } else if is(&types::bool) {
        Value::Bool(a.first().is_some_and(|v| v.truth()))
    } else if is(&types::list) {
        Value::list(items()?)
    } else if is(&types::tuple) {
        Value::tuple(items()?)
    } else if is(&types::set) {
        Value::Set(Set::from_iter(hashable()?))
    } else if is(&types::frozenset) {
        Value::FrozenSet(FrozenSet::from_iter(hashable()?))
    } else if is(&types::bytes) {
        Value::Bytes(super::bytes::Bytes::from(super::bytes_value::make(a.first().unwrap_or(&Value::None), "utf-8")?))
    } else if is(&types::dict) {
        match a.first() {
            None => Value::Dict(super::dict::Dict::new()),
            Some(Value::Dict(d)) => Value::Dict(d.plain_copy()),
            Some(pairs) => {
                let out = super::dict::Dict::new();
                for pair in value_items::to_vec(pairs)? {
                    let kv = value_items::unpack(&pair, 2)?;
                    out.set(kv[0].clone().hashable()?, kv[1].clone());
                }
                Value::Dict(out)
            }
        }
    } else {
        return Err(exc::new(&exc::TypeError, format!("'{}' object is not callable", c.name)));
    })
}
