//! needs: value, exc, int, arith, pystr, list, tuple, dict, set, bytes, traits, percent, value_items, bytes_methods, glue
//! Operators on `Value`, with CPython's messages where the types do not fit.
use super::exc::{self, Exc, R};
use super::int::Int;
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::cmp::Ordering;

#[cold]
pub fn unsupported(op: &str, a: &Value, b: &Value) -> Exc {
    let text = format!("unsupported operand type(s) for {op}: '{}' and '{}'", a.type_name(), b.type_name());
    exc::new(&exc::TypeError, text)
}
#[cold]
pub fn not_comparable(op: &str, a: &str, b: &str) -> Exc {
    exc::new(&exc::TypeError, format!("'{op}' not supported between instances of '{a}' and '{b}'"))
}

/// Two numbers in the wider of their kinds.
enum Pair {
    Ints(Int, Int),
    Floats(f64, f64),
}

fn number(v: &Value) -> Option<Result<Int, f64>> {
    match v {
        Value::Int(i) => Some(Ok(i.clone())),
        Value::Bool(b) => Some(Ok(Int::from(*b))),
        Value::Float(f) => Some(Err(*f)),
        _ => None,
    }
}

fn pair(a: &Value, b: &Value) -> R<Option<Pair>> {
    let (Some(x), Some(y)) = (number(a), number(b)) else { return Ok(None) };
    Ok(Some(match (x, y) {
        (Ok(x), Ok(y)) => Pair::Ints(x, y),
        (Ok(x), Err(y)) => Pair::Floats(x.to_f64()?, y),
        (Err(x), Ok(y)) => Pair::Floats(x, y.to_f64()?),
        (Err(x), Err(y)) => Pair::Floats(x, y),
    }))
}

/// What a method of the object gives; nothing where there is none, or it returns NotImplemented.
pub fn asked(o: &Value, method: &str, other: &Value) -> Option<R<Value>> {
    match o {
        Value::Obj(o) if o.has(method) => match o.call_method(method, vec![other.clone()]) {
            Err(e) if e.is(&super::glue::NOT_IMPLEMENTED) => None,
            made => Some(made),
        },
        _ => None,
    }
}
/// The dunder of the left operand, then the reflected one of the right.
fn dunder(op: &str, name: &str, a: &Value, b: &Value) -> R<Value> {
    if let Some(made) = asked(a, &format!("__{name}__"), b).or_else(|| asked(b, &format!("__r{name}__"), a)) {
        return made;
    }
    match plain_pair(a, b) {
        Some((x, y)) => match name {
            "add" => add(&x, &y),
            "sub" => sub(&x, &y),
            "mul" => mul(&x, &y),
            "truediv" => truediv(&x, &y),
            "floordiv" => floordiv(&x, &y),
            "mod" => modulo(&x, &y),
            "pow" => pow(&x, &y),
            "or" => or(&x, &y),
            "and" => and(&x, &y),
            _ => Err(unsupported(op, a, b)),
        },
        None => Err(unsupported(op, a, b)),
    }
}

/// Operands of which one is an object made from a built-in type, as the values that they hold.
fn plain_pair(a: &Value, b: &Value) -> Option<(Value, Value)> {
    let (x, y) = (a.held(), b.held());
    if x.is_none() && y.is_none() {
        return None;
    }
    Some((x.unwrap_or_else(|| a.clone()), y.unwrap_or_else(|| b.clone())))
}

pub fn matmul(a: &Value, b: &Value) -> R<Value> {
    dunder("@", "matmul", a, b)
}

#[inline]
pub fn add(a: &Value, b: &Value) -> R<Value> {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => Ok(Value::Float(x + y)),
        (Value::Float(x), Value::Int(Int::Small(y))) => Ok(Value::Float(x + *y as f64)),
        (Value::Int(Int::Small(x)), Value::Float(y)) => Ok(Value::Float(*x as f64 + y)),
        (Value::Int(Int::Small(x)), Value::Int(Int::Small(y))) => match x.checked_add(*y) {
            Some(z) => Ok(Value::Int(Int::Small(z))),
            None => add_any(a, b),
        },
        _ => add_any(a, b),
    }
}
fn add_any(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) => return Ok(Value::Int(x + y)),
        Some(Pair::Floats(x, y)) => return Ok(Value::Float(x + y)),
        None => {}
    }
    match (a, b) {
        (Value::Str(x), Value::Str(y)) => Ok(Value::Str(x + y)),
        (Value::List(x), Value::List(y)) => Ok(Value::List(x.add(y))),
        (Value::Tuple(x), Value::Tuple(y)) => Ok(Value::Tuple(x.add(y))),
        (Value::Bytes(x), Value::Bytes(y)) => Ok(Value::Bytes(x.add(y))),
        (Value::Bytes(x), Value::ByteArray(y)) => Ok(Value::Bytes(x.add(&y.borrow()))),
        (Value::ByteArray(x), Value::Bytes(y)) => {
            Ok(Value::ByteArray(super::bytes::ByteArray::from([&x.borrow()[..], &y[..]].concat())))
        }
        (Value::ByteArray(x), Value::ByteArray(y)) => {
            Ok(Value::ByteArray(super::bytes::ByteArray::from([&x.borrow()[..], &y.borrow()[..]].concat())))
        }
        (Value::Str(_) | Value::List(_) | Value::Tuple(_), other) if !matches!(other, Value::Obj(_)) => {
            let kind = a.type_name();
            let text = format!("can only concatenate {kind} (not \"{}\") to {kind}", other.type_name());
            Err(exc::new(&exc::TypeError, text))
        }
        (Value::Bytes(_), other) if !matches!(other, Value::Obj(_)) => {
            Err(exc::new(&exc::TypeError, format!("can't concat {} to bytes", other.type_name())))
        }
        _ => dunder("+", "add", a, b),
    }
}

#[inline]
pub fn sub(a: &Value, b: &Value) -> R<Value> {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => Ok(Value::Float(x - y)),
        (Value::Float(x), Value::Int(Int::Small(y))) => Ok(Value::Float(x - *y as f64)),
        (Value::Int(Int::Small(x)), Value::Float(y)) => Ok(Value::Float(*x as f64 - y)),
        (Value::Int(Int::Small(x)), Value::Int(Int::Small(y))) => match x.checked_sub(*y) {
            Some(z) => Ok(Value::Int(Int::Small(z))),
            None => sub_any(a, b),
        },
        _ => sub_any(a, b),
    }
}
fn sub_any(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) => return Ok(Value::Int(x - y)),
        Some(Pair::Floats(x, y)) => return Ok(Value::Float(x - y)),
        None => {}
    }
    match (a, b) {
        (Value::Set(x), Value::Set(y)) => Ok(Value::Set(x.difference(y))),
        (Value::Set(x), Value::FrozenSet(y)) => Ok(Value::Set(x.difference(y))),
        (Value::FrozenSet(x), Value::FrozenSet(y)) => Ok(Value::FrozenSet(x.difference(y))),
        _ => dunder("-", "sub", a, b),
    }
}

#[inline]
pub fn mul(a: &Value, b: &Value) -> R<Value> {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => Ok(Value::Float(x * y)),
        (Value::Float(x), Value::Int(Int::Small(y))) => Ok(Value::Float(x * *y as f64)),
        (Value::Int(Int::Small(x)), Value::Float(y)) => Ok(Value::Float(*x as f64 * y)),
        (Value::Int(Int::Small(x)), Value::Int(Int::Small(y))) => match x.checked_mul(*y) {
            Some(z) => Ok(Value::Int(Int::Small(z))),
            None => mul_any(a, b),
        },
        _ => mul_any(a, b),
    }
}
fn mul_any(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) => return Ok(Value::Int(x * y)),
        Some(Pair::Floats(x, y)) => return Ok(Value::Float(x * y)),
        None => {}
    }
    let times = |v: &Value| match v {
        Value::Int(i) => Some(i.index()),
        Value::Bool(b) => Some(Ok(*b as i64)),
        _ => None,
    };
    let (seq, n) = if times(a).is_some() { (b, times(a)) } else { (a, times(b)) };
    match (seq, n) {
        (Value::Str(s), Some(n)) => Ok(Value::Str(s.repeat(n?))),
        (Value::List(l), Some(n)) => Ok(Value::List(l.repeat(n?))),
        (Value::Tuple(t), Some(n)) => Ok(Value::Tuple(t.repeat(n?))),
        (Value::Bytes(t), Some(n)) => Ok(Value::Bytes(t.repeat(n?))),
        (Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Bytes(_), None) if !matches!(b, Value::Obj(_)) => {
            let text = format!("can't multiply sequence by non-int of type '{}'", b.type_name());
            Err(exc::new(&exc::TypeError, text))
        }
        _ => dunder("*", "mul", a, b),
    }
}

pub fn truediv(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) => Ok(Value::Float(x.truediv(&y)?)),
        Some(Pair::Floats(x, y)) => Ok(Value::Float(super::arith::fdiv(x, y)?)),
        None => dunder("/", "truediv", a, b),
    }
}
pub fn floordiv(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) => Ok(Value::Int(x.floordiv(&y)?)),
        Some(Pair::Floats(x, y)) => Ok(Value::Float(super::arith::ffloordiv(x, y)?)),
        None => dunder("//", "floordiv", a, b),
    }
}
pub fn modulo(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) => return Ok(Value::Int(x.pymod(&y)?)),
        Some(Pair::Floats(x, y)) => return Ok(Value::Float(super::arith::fmod(x, y)?)),
        None => {}
    }
    match a {
        Value::Str(s) => Ok(Value::Str(super::percent::format(s, b)?)),
        Value::Bytes(x) => bytes_percent(x, b),
        _ => dunder("%", "mod", a, b),
    }
}
/// `b"%s" % args`: as text of the same bytes.
fn bytes_percent(template: &[u8], args: &Value) -> R<Value> {
    let text = |b: &[u8]| Str::from(b.iter().map(|x| *x as char).collect::<String>());
    let one = |v: &Value| match v {
        Value::Bytes(b) => Value::Str(text(b)),
        Value::ByteArray(b) => Value::Str(text(&b.borrow())),
        other => other.clone(),
    };
    let args = match args {
        Value::Tuple(t) => Value::Tuple(t.iter().map(one).collect()),
        other => one(other),
    };
    let template = text(template).as_str().replace("%b", "%s");
    let made = super::percent::format(&Str::from(template), &args)?;
    Ok(Value::Bytes(super::bytes::Bytes::from(made.as_str().chars().map(|c| c as u8).collect::<Vec<u8>>())))
}
pub fn divmod(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) => {
            let (q, r) = x.divmod(&y)?;
            Ok(Value::tuple(vec![Value::Int(q), Value::Int(r)]))
        }
        Some(Pair::Floats(x, y)) => {
            let (q, r) = super::arith::fdivmod(x, y)?;
            Ok(Value::tuple(vec![Value::Float(q), Value::Float(r)]))
        }
        None => dunder("divmod()", "divmod", a, b),
    }
}
pub fn pow(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) if y.is_negative() => Ok(Value::Float(x.pow_float(&y)?)),
        Some(Pair::Ints(x, y)) => Ok(Value::Int(x.pow(&y)?)),
        Some(Pair::Floats(x, y)) => Ok(Value::Float(super::arith::powf(x, y)?)),
        None => dunder("** or pow()", "pow", a, b),
    }
}

macro_rules! bit_operators {
    ($($f:ident $op:literal $name:literal $method:ident $bits:tt;)*) => { $(
        pub fn $f(a: &Value, b: &Value) -> R<Value> {
            match (a, b) {
                (Value::Bool(x), Value::Bool(y)) => return Ok(Value::Bool(x $bits y)),
                (Value::Set(x), Value::Set(y)) => return Ok(Value::Set(x.$method(y))),
                (Value::Set(x), Value::FrozenSet(y)) => return Ok(Value::Set(x.$method(y))),
                (Value::FrozenSet(x), Value::FrozenSet(y)) => return Ok(Value::FrozenSet(x.$method(y))),
                (Value::Dict(x), Value::Dict(y)) if $op == "|" => return Ok(Value::Dict(x.union(y))),
                _ => {}
            }
            match pair(a, b)? {
                Some(Pair::Ints(x, y)) => Ok(Value::Int(x $bits y)),
                Some(_) => Err(unsupported($op, a, b)),
                None => dunder($op, $name, a, b),
            }
        }
    )* };
}
bit_operators! {
    and "&" "and" intersection &;
    or "|" "or" union |;
    xor "^" "xor" symmetric_difference ^;
}

pub fn shl(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) => Ok(Value::Int(x.shl(&y)?)),
        Some(_) => Err(unsupported("<<", a, b)),
        None => dunder("<<", "lshift", a, b),
    }
}
pub fn shr(a: &Value, b: &Value) -> R<Value> {
    match pair(a, b)? {
        Some(Pair::Ints(x, y)) => Ok(Value::Int(x.shr(&y)?)),
        Some(_) => Err(unsupported(">>", a, b)),
        None => dunder(">>", "rshift", a, b),
    }
}

fn unary(op: &str, name: &str, a: &Value, of: fn(&Value) -> R<Value>) -> R<Value> {
    match a {
        Value::Obj(o) if o.has(name) => o.call_method(name, Vec::new()),
        Value::Obj(o) if o.plain().is_some() => of(&o.plain().unwrap_or_default()),
        _ => Err(exc::new(&exc::TypeError, format!("bad operand type for {op}: '{}'", a.type_name()))),
    }
}
pub fn neg(a: &Value) -> R<Value> {
    match number(a) {
        Some(Ok(i)) => Ok(Value::Int(-i)),
        Some(Err(f)) => Ok(Value::Float(-f)),
        None => unary("unary -", "__neg__", a, neg),
    }
}
pub fn pos(a: &Value) -> R<Value> {
    match number(a) {
        Some(Ok(i)) => Ok(Value::Int(i)),
        Some(Err(f)) => Ok(Value::Float(f)),
        None => unary("unary +", "__pos__", a, pos),
    }
}
pub fn invert(a: &Value) -> R<Value> {
    match number(a) {
        Some(Ok(i)) => Ok(Value::Int(!i)),
        _ => unary("unary ~", "__invert__", a, invert),
    }
}
pub fn abs(a: &Value) -> R<Value> {
    match number(a) {
        Some(Ok(i)) => Ok(Value::Int(i.abs())),
        Some(Err(f)) => Ok(Value::Float(f.abs())),
        None => unary("abs()", "__abs__", a, abs),
    }
}

pub fn eq(a: &Value, b: &Value) -> R<bool> {
    Ok(match (a, b) {
        (Value::Str(x), Value::Str(y)) => x == y,
        (Value::Int(x), Value::Int(y)) => x == y,
        (Value::Float(x), Value::Float(y)) => x == y,
        (Value::Obj(o), _) => o.eq(b)?,
        (_, Value::Obj(o)) => o.eq(a)?,
        (Value::List(x), Value::List(y)) => x == y,
        (Value::Tuple(x), Value::Tuple(y)) => x == y,
        (Value::Dict(x), Value::Dict(y)) => x == y,
        (Value::Set(x), Value::Set(y)) => x == y,
        (Value::FrozenSet(x), Value::FrozenSet(y)) => x == y,
        (Value::Set(x), Value::FrozenSet(y)) => x.equals(y),
        (Value::FrozenSet(x), Value::Set(y)) => x.equals(y),
        (Value::Bytes(x), Value::Bytes(y)) => x == y,
        (Value::ByteArray(x), Value::ByteArray(y)) => x == y,
        (Value::ByteArray(x), Value::Bytes(y)) | (Value::Bytes(y), Value::ByteArray(x)) => x == y,
        _ => match (number(a), number(b)) {
            (Some(Ok(x)), Some(Ok(y))) => x == y,
            (Some(Ok(x)), Some(Err(y))) => x == y,
            (Some(Err(x)), Some(Ok(y))) => y == x,
            (Some(Err(x)), Some(Err(y))) => x == y,
            _ => a.same(b),
        },
    })
}

pub fn lt(a: &Value, b: &Value) -> R<bool> {
    compare("<", a, b)
}

/// `op` is one of < <= > >=.
pub fn compare(op: &str, a: &Value, b: &Value) -> R<bool> {
    let decide = |o: Option<Ordering>| {
        o.is_some_and(|o| match op {
            "<" => o == Ordering::Less,
            "<=" => o != Ordering::Greater,
            ">" => o == Ordering::Greater,
            _ => o != Ordering::Less,
        })
    };
    let order = match (a, b) {
        (Value::Str(x), Value::Str(y)) => x.partial_cmp(y),
        (Value::Bytes(x), Value::Bytes(y)) => x.partial_cmp(y),
        (Value::List(x), Value::List(y)) => return compare_items(op, &x.borrow(), &y.borrow()),
        (Value::Tuple(x), Value::Tuple(y)) => return compare_items(op, x, y),
        (Value::Set(x), Value::Set(y)) => {
            return Ok(match op {
                "<" => x.proper_subset(y),
                "<=" => x.issubset(y),
                ">" => y.proper_subset(x),
                _ => y.issubset(x),
            })
        }
        (Value::Obj(_), _) | (_, Value::Obj(_)) => return compare_objects(op, a, b),
        _ => match (number(a), number(b)) {
            (Some(Ok(x)), Some(Ok(y))) => x.partial_cmp(&y),
            (Some(Ok(x)), Some(Err(y))) => x.cmp_f64(y),
            (Some(Err(x)), Some(Ok(y))) => y.cmp_f64(x).map(Ordering::reverse),
            (Some(Err(x)), Some(Err(y))) => x.partial_cmp(&y),
            _ => return Err(not_comparable(op, a.type_name(), b.type_name())),
        },
    };
    Ok(decide(order))
}

fn compare_items(op: &str, a: &[Value], b: &[Value]) -> R<bool> {
    for (x, y) in a.iter().zip(b) {
        if !x.same(y) && !eq(x, y)? {
            return compare(op, x, y);
        }
    }
    Ok(match op {
        "<" => a.len() < b.len(),
        "<=" => a.len() <= b.len(),
        ">" => a.len() > b.len(),
        _ => a.len() >= b.len(),
    })
}

fn compare_objects(op: &str, a: &Value, b: &Value) -> R<bool> {
    let (name, swapped) = match op {
        "<" => ("__lt__", "__gt__"),
        "<=" => ("__le__", "__ge__"),
        ">" => ("__gt__", "__lt__"),
        _ => ("__ge__", "__le__"),
    };
    if let Some(made) = asked(a, name, b) {
        return Ok(made?.truth());
    }
    if let Some((x, y)) = plain_pair(a, b) {
        return compare(op, &x, &y);
    }
    match a {
        Value::Obj(o) if op == "<" && !o.has(name) => return o.lt(b),
        _ => (),
    }
    if let Some(made) = asked(b, swapped, a) {
        return Ok(made?.truth());
    }
    match b {
        Value::Obj(o) if op == ">" && !o.has(swapped) => o.lt(a),
        _ => Err(not_comparable(op, a.type_name(), b.type_name())),
    }
}

/// `x in container`.
pub fn contains(container: &Value, x: &Value) -> R<bool> {
    Ok(match container {
        Value::Str(s) => match x.text() {
            Some(part) => s.contains(&part),
            None => {
                let text = format!("'in <string>' requires string as left operand, not {}", x.type_name());
                return Err(exc::new(&exc::TypeError, text));
            }
        },
        Value::List(l) => l.contains(x),
        Value::Tuple(t) => t.contains(x),
        Value::Dict(d) => d.contains(&x.clone().hashable()?),
        Value::Set(s) => s.contains(&x.clone().hashable()?),
        Value::FrozenSet(s) => s.contains(&x.clone().hashable()?),
        Value::Bytes(b) => match x {
            Value::Bytes(part) => super::bytes_methods::contains(b, part),
            Value::Int(i) => b.contains(&super::bytes::byte(i.index()?, "byte")?),
            _ => return Err(exc::new(&exc::TypeError, format!("a bytes-like object is required, not '{}'", x.type_name()))),
        },
        Value::Obj(o) if o.plain().is_some() => return contains(&o.plain().unwrap_or_default(), x),
        Value::Obj(o) if o.has("__contains__") => o.call_method("__contains__", vec![x.clone()])?.truth(),
        _ => {
            for y in super::value_items::iter(container)? {
                if eq(&y?, x)? {
                    return Ok(true);
                }
            }
            false
        }
    })
}

/// `str(v)` and `repr(v)` as Results, for code that must not end the program on a user's exception.
pub fn to_str(v: &Value) -> R<Str> {
    match v {
        Value::Obj(o) => o.str(),
        _ => Ok(v.to_str()),
    }
}
pub fn repr(v: &Value) -> R<Str> {
    match v {
        Value::Obj(o) => o.repr(),
        _ => Ok(PyRepr::repr(v)),
    }
}
