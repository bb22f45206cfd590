//! needs: value, exc, int, pystr, list, tuple, dict, set, bytes, traits, value_call, seq, convert, called, slices, slices_value
//! Indexing, length, iteration, attributes and calls of `Value`.
use super::exc::{self, R};
use super::int::Int;
use super::traits::PyLen;
use super::value::{no_attribute, Keywords, Value, ValueIter};

fn type_error<T>(text: String) -> R<T> {
    Err(exc::new(&exc::TypeError, text))
}

pub fn len(v: &Value) -> R<i64> {
    Ok(match v {
        Value::Str(x) => x.len(),
        Value::Bytes(x) => x.len(),
        Value::ByteArray(x) => x.len(),
        Value::List(x) => x.len(),
        Value::Tuple(x) => x.py_len(),
        Value::Dict(x) => x.len(),
        Value::Set(x) => x.len(),
        Value::FrozenSet(x) => x.len(),
        Value::Obj(o) if o.has("__len__") => return index(&o.call_method("__len__", Vec::new())?),
        Value::Obj(o) if o.plain().is_some() => return len(&o.plain().unwrap_or_default()),
        _ => return type_error(format!("object of type '{}' has no len()", v.type_name())),
    })
}

/// The length of what a sequence pattern matches; -1 for anything else.
pub fn pattern_len(v: &Value) -> i64 {
    match v {
        Value::List(x) => x.len(),
        Value::Tuple(x) => x.py_len(),
        Value::Obj(o) if o.has("__getitem__") && o.has("__len__") && !o.has("keys") => len(v).unwrap_or(-1),
        _ => -1,
    }
}

/// As a list index: int, bool or an object with `__index__`.
pub fn index(v: &Value) -> R<i64> {
    match v {
        Value::Int(i) => i.index(),
        Value::Bool(b) => Ok(*b as i64),
        Value::Obj(o) if o.has("__index__") => index(&o.call_method("__index__", Vec::new())?),
        _ => type_error(format!("'{}' object cannot be interpreted as an integer", v.type_name())),
    }
}

fn position(v: &Value, what: &str, key: &Value) -> R<i64> {
    match key {
        Value::Int(_) | Value::Bool(_) => index(key),
        Value::Obj(o) if o.has("__index__") => index(key),
        _ if what == "string" => {
            type_error(format!("string indices must be integers, not '{}'", key.type_name()))
        }
        _ => type_error(format!("{} indices must be integers or slices, not {}", v.type_name(), key.type_name())),
    }
}

/// `v[key]`.
pub fn getitem(v: &Value, key: &Value) -> R<Value> {
    if let (Value::Obj(k), Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Bytes(_)) = (key, v) {
        if let Some(s) = k.as_any().downcast_ref::<super::slices::Slice>() {
            return getslice(v, s.start, s.stop, s.step);
        }
    }
    match v {
        Value::Dict(d) => {
            let key = key.clone().hashable()?;
            d.item(&key)
        }
        Value::List(l) => l.get(position(v, "list", key)?),
        Value::Tuple(t) => t.item(position(v, "tuple", key)?),
        Value::Str(s) => Ok(Value::Str(s.get(position(v, "string", key)?)?)),
        Value::Bytes(b) => Ok(Value::from(b.item(position(v, "byte", key)?)?)),
        Value::ByteArray(b) => Ok(Value::from(b.item(position(v, "bytearray", key)?)?)),
        Value::Obj(o) if o.has("__getitem__") => o.call_method("__getitem__", vec![key.clone()]),
        Value::Obj(o) if o.plain().is_some() => match getitem(&o.plain().unwrap_or_default(), key) {
            Err(e) if e.is(&exc::KeyError) && o.has("__missing__") => o.call_method("__missing__", vec![key.clone()]),
            found => found,
        },
        _ => type_error(format!("'{}' object is not subscriptable", v.type_name())),
    }
}

/// `v[a:b:c]`.
pub fn getslice(v: &Value, a: Option<i64>, b: Option<i64>, c: Option<i64>) -> R<Value> {
    match v {
        Value::List(l) => Ok(Value::List(l.slice(a, b, c)?)),
        Value::Tuple(t) => Ok(Value::Tuple(t.slice(a, b, c)?)),
        Value::Str(s) => Ok(Value::Str(s.slice(a, b, c)?)),
        Value::Bytes(s) => Ok(Value::Bytes(s.slice(a, b, c)?)),
        Value::ByteArray(s) => Ok(Value::ByteArray(s.slice(a, b, c)?)),
        Value::Dict(_) => type_error("unhashable type: 'slice'".to_string()),
        Value::Obj(o) if o.has("__getitem__") => {
            o.call_method("__getitem__", vec![super::convert::ToValue::to_value(&super::slices::Slice::new(a, b, c))])
        }
        Value::Obj(o) if o.plain().is_some() => getslice(&o.plain().unwrap_or_default(), a, b, c),
        _ => type_error(format!("'{}' object is not subscriptable", v.type_name())),
    }
}

pub fn setitem(v: &Value, key: &Value, x: Value) -> R<()> {
    match v {
        Value::Dict(d) => {
            d.set(key.clone().hashable()?, x);
            Ok(())
        }
        Value::List(l) => l.set(position(v, "list", key)?, x),
        Value::ByteArray(b) => b.set(position(v, "bytearray", key)?, index(&x)?),
        Value::Obj(o) if o.has("__setitem__") => o.call_method("__setitem__", vec![key.clone(), x]).map(|_| ()),
        Value::Obj(o) if o.plain().is_some() => setitem(&o.plain().unwrap_or_default(), key, x),
        _ => type_error(format!("'{}' object does not support item assignment", v.type_name())),
    }
}

pub fn delitem(v: &Value, key: &Value) -> R<()> {
    match v {
        Value::Dict(d) => d.del(&key.clone().hashable()?),
        Value::List(l) => l.del(position(v, "list", key)?),
        Value::Obj(o) if o.has("__delitem__") => o.call_method("__delitem__", vec![key.clone()]).map(|_| ()),
        Value::Obj(o) if o.plain().is_some() => delitem(&o.plain().unwrap_or_default(), key),
        _ => type_error(format!("'{}' object doesn't support item deletion", v.type_name())),
    }
}

/// `iter(v)`.
/// `dict(v)` of a dict or of pairs.
pub fn dict_of(v: &Value) -> R<super::dict::Dict<Value, Value>> {
    match v {
        Value::Dict(d) => return Ok(d.plain_copy()),
        Value::Obj(o) if matches!(o.plain(), Some(Value::Dict(_))) => return dict_of(&o.plain().unwrap_or_default()),
        Value::Obj(o) if o.has("keys") => {
            let keys = iter(&o.call_method("keys", Vec::new())?)?;
            return keys.map(|k| k.and_then(|k| getitem(v, &k).map(|x| (k, x)))).collect();
        }
        _ => {}
    }
    let pair = |(n, item): (usize, R<Value>)| -> R<(Value, Value)> {
        let parts: Vec<Value> = iter(&item?)?.collect::<R<_>>()?;
        match <[Value; 2]>::try_from(parts) {
            Ok([k, x]) => Ok((k, x)),
            Err(parts) => {
                let text = format!("dictionary update sequence element #{n} has length {}; 2 is required", parts.len());
                Err(exc::new(&exc::ValueError, text))
            }
        }
    };
    iter(v)?.enumerate().map(pair).collect()
}

pub fn iter(v: &Value) -> R<ValueIter> {
    Ok(match v {
        Value::Iter(i) => i.clone(),
        Value::List(x) => ValueIter::new(x.iter().map(Ok)),
        Value::Tuple(x) => ValueIter::new(x.into_iter().map(Ok)),
        Value::Str(x) => ValueIter::new(x.chars().map(|c| Ok(Value::Str(c)))),
        Value::Bytes(x) => ValueIter::new(x.ints().map(|i| Ok(Value::from(i)))),
        Value::ByteArray(x) => ValueIter::new(x.ints().map(|i| Ok(Value::from(i)))),
        Value::Dict(x) => ValueIter::new(x.iter().map(Ok)),
        Value::Set(x) => ValueIter::new(x.iter().map(Ok)),
        Value::FrozenSet(x) => ValueIter::new(x.iter().map(Ok)),
        Value::Obj(o) if o.has("__iter__") => {
            let it = o.call_method("__iter__", Vec::new())?;
            match it {
                Value::Obj(o) if o.has("__next__") => ValueIter::new(std::iter::from_fn(move || {
                    match o.call_method("__next__", Vec::new()) {
                        Err(e) if e.is(&exc::StopIteration) => None,
                        other => Some(other),
                    }
                })),
                other => return iter(&other),
            }
        }
        Value::Obj(o) if o.has("__getitem__") => {
            let o = o.clone();
            let mut i = -1;
            ValueIter::new(std::iter::from_fn(move || {
                i += 1;
                match o.call_method("__getitem__", vec![Value::from(i)]) {
                    Err(e) if e.is(&exc::IndexError) => None,
                    other => Some(other),
                }
            }))
        }
        Value::Obj(o) if o.plain().is_some() => return iter(&o.plain().unwrap_or_default()),
        _ => return type_error(format!("'{}' object is not iterable", v.type_name())),
    })
}

/// All items of an iterable.
pub fn to_vec(v: &Value) -> R<Vec<Value>> {
    match v {
        Value::List(x) => Ok(x.to_vec()),
        Value::Tuple(x) => Ok(x.to_vec()),
        _ => iter(v)?.collect(),
    }
}

/// `a, b = v`.
pub fn unpack(v: &Value, want: usize) -> R<Vec<Value>> {
    match v {
        Value::None | Value::Int(_) | Value::Float(_) | Value::Bool(_) => {
            type_error(format!("cannot unpack non-iterable {} object", v.type_name()))
        }
        _ => {
            let items = to_vec(v)?;
            super::seq::unpack(&items, want)?;
            Ok(items)
        }
    }
}

/// `next(v)`.
pub fn next(v: &Value) -> R<Value> {
    match v {
        Value::Iter(i) => i.clone().next().unwrap_or_else(|| Err(exc::bare(&exc::StopIteration))),
        Value::Obj(o) if o.has("__next__") => o.call_method("__next__", Vec::new()),
        _ => type_error(format!("'{}' object is not an iterator", v.type_name())),
    }
}

pub fn call(v: &Value, args: Vec<Value>) -> R<Value> {
    call_kw(v, args, Vec::new())
}

pub fn call_kw(v: &Value, args: Vec<Value>, keywords: Keywords) -> R<Value> {
    match v {
        Value::Func(f) => f.call(args, keywords),
        Value::Obj(o) if o.has("__call__") => o.call_kw("__call__", args, keywords),
        Value::Type(c) => super::called::make(c, args, keywords),
        _ => type_error(format!("'{}' object is not callable", v.type_name())),
    }
}

pub fn getattr(v: &Value, name: &str) -> R<Value> {
    match v {
        Value::Obj(o) if name == "__class__" => Ok(Value::Type(o.class())),
        Value::Obj(o) => match o.getattr(name) {
            // A method that belongs to this object.
            Err(e) if o.has(name) && e.is(&exc::AttributeError) => {
                let (o, method) = (o.clone(), name.to_string());
                Ok(Value::func_kw("method", move |args, keywords| o.call_kw(&method, args, keywords)))
            }
            other => other,
        },
        Value::Type(c) if name != "__name__" && name != "__qualname__" && name != "__class__" => super::called::class_attr(c, name),
        Value::Func(f) if f.attr(name).is_some() => Ok(f.attr(name).unwrap_or_default()),
        Value::Func(_) if name == "__doc__" => Ok(Value::None),
        Value::Exc(e) if name == "args" => {
            Ok(Value::tuple(e.args().iter().map(super::value_call::arg_value).collect()))
        }
        Value::Type(c) if name == "__name__" || name == "__qualname__" => {
            Ok(Value::from(c.name.rsplit('.').next().unwrap_or(c.name)))
        }
        Value::Func(f) if name == "__name__" || name == "__qualname__" => Ok(Value::from(f.name)),
        Value::Int(i) if name == "real" || name == "numerator" => Ok(Value::Int(i.clone())),
        Value::Int(_) if name == "imag" => Ok(Value::Int(Int::Small(0))),
        Value::Int(_) if name == "denominator" => Ok(Value::Int(Int::Small(1))),
        Value::Float(x) if name == "real" => Ok(Value::Float(*x)),
        Value::Float(_) if name == "imag" => Ok(Value::Float(0.0)),
        _ if name == "__class__" => Ok(Value::Type(v.class())),
        _ if METHODS.iter().any(|m| m.0 == v.type_name() && m.1.contains(&name)) => {
            let (v, method) = (v.clone(), name.to_string());
            Ok(Value::func_kw("method", move |args, keywords| {
                super::value_call::call_method_kw(&v, &method, args, keywords)
            }))
        }
        _ => Err(no_attribute(v.type_name(), name)),
    }
}

/// What built-in values can be asked for without a call of it.
const METHODS: &[(&str, &[&str])] = &[
    ("int", &["bit_length", "bit_count", "to_bytes", "as_integer_ratio", "conjugate"]),
    ("float", &["is_integer", "as_integer_ratio", "hex", "conjugate"]),
    ("str", &[
        "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find", "format", "index",
        "isalnum", "isalpha", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable",
        "isspace", "istitle", "isupper", "join", "ljust", "lower", "lstrip", "partition", "removeprefix",
        "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split",
        "splitlines", "startswith", "strip", "swapcase", "title", "upper", "zfill",
    ]),
    ("bytes", &["count", "decode", "endswith", "find", "hex", "index", "join", "replace", "split", "startswith", "strip"]),
    ("list", &["append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort"]),
    ("dict", &["clear", "copy", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"]),
    ("set", &[
        "add", "clear", "copy", "difference", "discard", "intersection", "isdisjoint", "issubset", "issuperset",
        "pop", "remove", "symmetric_difference", "union", "update",
    ]),
    ("tuple", &["count", "index"]),
];

pub fn setattr(v: &Value, name: &str, x: Value) -> R<()> {
    match v {
        Value::Obj(o) => o.set_attribute(name, x),
        Value::Func(f) => {
            f.set_attr(name, x);
            Ok(())
        }
        _ => Err(no_attribute(v.type_name(), name)),
    }
}

/// `o.__dict__[name] = x`.
pub fn set_in_dict(v: &Value, name: &str, x: Value) -> R<()> {
    match v {
        Value::Obj(o) => o.setattr(name, x),
        _ => setattr(v, name, x),
    }
}

pub fn delattr(v: &Value, name: &str) -> R<()> {
    match v {
        Value::Obj(o) => o.delattr(name),
        _ => Err(no_attribute(v.type_name(), name)),
    }
}
