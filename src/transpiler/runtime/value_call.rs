//! needs: value, value_items, value_ops, value_bytes, exc, int, float, pystr, strm, list, dict, set, bytes, traits, convert, int_text, seq, strformat, defaultdict, translation, int_bits, codecs
//! `call_method(value, name, args)` for the built-in types.
use super::convert::FromValue;
use super::dict::Dict;
use super::exc::{self, Arg, R};
use super::int::Int;
use super::list::List;
use super::pystr::Str;
use super::set::Set;
use super::traits::PyTruth;
use super::value::{no_attribute, Keywords, Value};
use super::value_items::{index, to_vec};

/// Positional arguments with counting errors like CPython's.
struct Args<'a> {
    name: &'a str,
    all: &'a [Value],
}

impl<'a> Args<'a> {
    fn range(&self, low: usize, high: usize) -> R<()> {
        let n = self.all.len();
        if (low..=high).contains(&n) {
            return Ok(());
        }
        let plural = |k: usize| if k == 1 { "" } else { "s" };
        let text = if high == 0 {
            format!("{}() takes no arguments ({n} given)", self.name)
        } else if low == high {
            format!("{}() takes exactly {low} argument{} ({n} given)", self.name, plural(low))
        } else if n < low {
            format!("{} expected at least {low} argument{}, got {n}", self.name, plural(low))
        } else {
            format!("{} expected at most {high} argument{}, got {n}", self.name, plural(high))
        };
        Err(exc::new(&exc::TypeError, text))
    }
    fn opt(&self, i: usize) -> Option<&'a Value> {
        self.all.get(i).filter(|v| !v.is_none())
    }
    fn str(&self, i: usize) -> R<Str> {
        match self.all.get(i) {
            Some(v) if v.text().is_some() => Ok(v.text().unwrap_or_default()),
            other => {
                let got = other.map_or("nothing", Value::type_name);
                Err(exc::new(&exc::TypeError, format!("must be str, not {got}")))
            }
        }
    }
    fn opt_str(&self, i: usize) -> R<Option<Str>> {
        self.opt(i).map(|_| self.str(i)).transpose()
    }
    fn opt_int(&self, i: usize) -> R<Option<i64>> {
        self.opt(i).map(index).transpose()
    }
    fn int(&self, i: usize, default: i64) -> R<i64> {
        Ok(self.opt_int(i)?.unwrap_or(default))
    }
}

/// Names of parameters that methods of built-in types take by keyword.
const WORDS: &[(&str, &[&str])] = &[
    ("split", &["sep", "maxsplit"]),
    ("rsplit", &["sep", "maxsplit"]),
    ("splitlines", &["keepends"]),
    ("encode", &["encoding", "errors"]),
    ("decode", &["encoding", "errors"]),
    ("expandtabs", &["tabsize"]),
    ("popitem", &["last"]),
    ("to_bytes", &["length", "byteorder"]),
];

pub fn call_method_kw(v: &Value, name: &str, mut args: Vec<Value>, keywords: Keywords) -> R<Value> {
    match v {
        _ if keywords.is_empty() => call_method(v, name, args),
        Value::Obj(o) if o.has(name) => o.call_kw(name, args, keywords),
        Value::Obj(_) | Value::Type(_) | Value::Func(_) => {
            super::value_items::call_kw(&super::value_items::getattr(v, name)?, args, keywords)
        }
        Value::List(l) if name == "sort" => {
            let given = |word: &str| keywords.iter().find(|k| k.0.as_str() == word && !k.1.is_none());
            let reverse = given("reverse").is_some_and(|k| k.1.truth());
            match given("key") {
                None => l.sort(reverse)?,
                Some((_, key)) => l.sort_key(|x: &Value| super::value_items::call(key, vec![x.clone()]), reverse)?,
            }
            Ok(Value::None)
        }
        Value::Dict(d) if name == "update" => {
            if !args.is_empty() {
                call_method(v, name, args)?;
            }
            keywords.into_iter().for_each(|(k, x)| d.set(Value::Str(k), x));
            Ok(Value::None)
        }
        Value::Str(s) if name == "format" => {
            let named: Vec<(&str, Value)> = keywords.iter().map(|(k, x)| (k.as_str(), x.clone())).collect();
            Ok(Value::Str(super::strformat::format(s, &args, &named)?))
        }
        _ => {
            let words = WORDS.iter().find(|w| w.0 == name).map_or(&[][..], |w| w.1);
            for (word, x) in keywords {
                match words.iter().position(|w| *w == word.as_str()) {
                    Some(i) => {
                        while args.len() <= i {
                            args.push(Value::None);
                        }
                        args[i] = x;
                    }
                    None => {
                        let text = format!("{}.{name}() takes no keyword arguments", v.type_name());
                        return Err(exc::new(&exc::TypeError, text));
                    }
                }
            }
            call_method(v, name, args)
        }
    }
}

pub fn call_method(v: &Value, name: &str, args: Vec<Value>) -> R<Value> {
    let a = Args { name, all: &args };
    match v {
        Value::Obj(o) if o.has(name) => o.call_method(name, args),
        // An attribute that can be called, if it is no method.
        Value::Obj(o) => match o.getattr(name) {
            Ok(f) => super::value_items::call(&f, args),
            Err(e) => match o.plain() {
                Some(plain) => call_method(&plain, name, args),
                None => o.call_method(name, args).map_err(|_| e),
            },
        },
        Value::Type(_) | Value::Func(_) => super::value_items::call(&super::value_items::getattr(v, name)?, args),
        Value::Str(s) => str_method(s, name, &a),
        Value::List(l) => list_method(l, name, &a),
        Value::Dict(d) => dict_method(d, name, &a),
        Value::Set(s) => set_method(s, name, &a),
        Value::FrozenSet(s) => set_query(&s.iter().collect(), name, &a)?
            .map(frozen)
            .ok_or_else(|| no_attribute("frozenset", name)),
        Value::Int(i) => int_method(i, name, &a),
        Value::Bool(b) => int_method(&Int::from(*b), name, &a),
        Value::Float(x) => float_method(*x, name, &a),
        Value::Tuple(t) => match name {
            "count" => a.range(1, 1).map(|_| Value::from(t.count(&args[0]))),
            "index" => {
                a.range(1, 3)?;
                Ok(Value::from(t.index(&args[0], a.opt_int(1)?, a.opt_int(2)?)?))
            }
            _ => Err(no_attribute("tuple", name)),
        },
        Value::Bytes(b) => super::value_bytes::bytes_method(b, name, &args),
        Value::ByteArray(b) => super::value_bytes::bytearray_method(b, name, &args),
        Value::Exc(e) if name == "with_traceback" => Ok(Value::Exc(e.clone())),
        Value::Iter(i) if name == "__next__" => super::value_items::next(&Value::Iter(i.clone())),
        _ if name.starts_with("__") => special(v, name, &args),
        _ => Err(no_attribute(v.type_name(), name)),
    }
}

/// `x.__len__()` and the like of the built-in types.
fn special(v: &Value, name: &str, args: &[Value]) -> R<Value> {
    use super::{value_items, value_ops};
    let text = |s: Str| Value::Str(s);
    match (name, args) {
        ("__len__", []) => value_items::len(v).map(Value::from),
        ("__str__", []) => value_ops::to_str(v).map(text),
        ("__repr__", []) => value_ops::repr(v).map(text),
        ("__iter__", []) => value_items::iter(v).map(Value::Iter),
        ("__getitem__", [k]) => value_items::getitem(v, k),
        ("__contains__", [x]) => value_ops::contains(v, x).map(Value::Bool),
        ("__eq__", [x]) => value_ops::eq(v, x).map(Value::Bool),
        ("__add__", [x]) => value_ops::add(v, x),
        _ => Err(no_attribute(v.type_name(), name)),
    }
}

fn frozen(v: Value) -> Value {
    match v {
        Value::Set(s) => Value::FrozenSet(super::set::FrozenSet::from_set(&s)),
        other => other,
    }
}

fn strs(items: Vec<Str>) -> Value {
    Value::list(items.into_iter().map(Value::Str).collect())
}

fn str_method(s: &Str, name: &str, a: &Args) -> R<Value> {
    let text = |x: Str| Ok(Value::Str(x));
    let flag = |x: bool| Ok(Value::Bool(x));
    match name {
        "upper" => text(s.upper()),
        "lower" => text(s.lower()),
        "casefold" => text(s.casefold()),
        "capitalize" => text(s.capitalize()),
        "title" => text(s.title()),
        "swapcase" => text(s.swapcase()),
        "strip" => text(s.strip(a.opt_str(0)?.as_ref())),
        "lstrip" => text(s.lstrip(a.opt_str(0)?.as_ref())),
        "rstrip" => text(s.rstrip(a.opt_str(0)?.as_ref())),
        "split" => Ok(strs(s.split(a.opt_str(0)?.as_ref(), a.int(1, -1)?)?)),
        "rsplit" => Ok(strs(s.rsplit(a.opt_str(0)?.as_ref(), a.int(1, -1)?)?)),
        "splitlines" => Ok(strs(s.splitlines(a.int(0, 0)? != 0))),
        "replace" => text(s.replace(&a.str(0)?, &a.str(1)?, a.int(2, -1)?)),
        "find" => Ok(Value::from(s.find(&a.str(0)?, a.opt_int(1)?, a.opt_int(2)?))),
        "rfind" => Ok(Value::from(s.rfind(&a.str(0)?, a.opt_int(1)?, a.opt_int(2)?))),
        "index" => Ok(Value::from(s.index(&a.str(0)?, a.opt_int(1)?, a.opt_int(2)?)?)),
        "rindex" => Ok(Value::from(s.rindex(&a.str(0)?, a.opt_int(1)?, a.opt_int(2)?)?)),
        "count" => Ok(Value::from(s.count(&a.str(0)?, a.opt_int(1)?, a.opt_int(2)?))),
        "startswith" => match a.all.first() {
            Some(Value::Tuple(t)) => flag(s.startswith_any(&t.iter().map(Str::from_value).collect::<R<Vec<_>>>()?)),
            _ => flag(s.startswith(&a.str(0)?, a.opt_int(1)?, a.opt_int(2)?)),
        },
        "endswith" => match a.all.first() {
            Some(Value::Tuple(t)) => flag(s.endswith_any(&t.iter().map(Str::from_value).collect::<R<Vec<_>>>()?)),
            _ => flag(s.endswith(&a.str(0)?, a.opt_int(1)?, a.opt_int(2)?)),
        },
        "join" => {
            a.range(1, 1)?;
            text(join(s, &a.all[0])?)
        }
        "ljust" => text(s.ljust(a.int(0, 0)?, a.opt_str(1)?.as_ref())?),
        "rjust" => text(s.rjust(a.int(0, 0)?, a.opt_str(1)?.as_ref())?),
        "center" => text(s.center(a.int(0, 0)?, a.opt_str(1)?.as_ref())?),
        "zfill" => text(s.zfill(a.int(0, 0)?)),
        "expandtabs" => text(s.expandtabs(a.int(0, 8)?)),
        "removeprefix" => text(s.removeprefix(&a.str(0)?)),
        "removesuffix" => text(s.removesuffix(&a.str(0)?)),
        "partition" => {
            let (x, y, z) = s.partition(&a.str(0)?)?;
            Ok(Value::tuple(vec![Value::Str(x), Value::Str(y), Value::Str(z)]))
        }
        "rpartition" => {
            let (x, y, z) = s.rpartition(&a.str(0)?)?;
            Ok(Value::tuple(vec![Value::Str(x), Value::Str(y), Value::Str(z)]))
        }
        "encode" => {
            let codec = a.opt_str(0)?.unwrap_or(Str::lit("utf-8"));
            Ok(Value::Bytes(s.encode(&codec, &a.opt_str(1)?.unwrap_or(Str::lit("strict")))?))
        }
        "format" => text(super::strformat::format(s, a.all, &[])?),
        "isalpha" => flag(s.isalpha()),
        "isdigit" => flag(s.isdigit()),
        "isdecimal" => flag(s.isdecimal()),
        "isnumeric" => flag(s.isnumeric()),
        "isalnum" => flag(s.isalnum()),
        "isspace" => flag(s.isspace()),
        "isupper" => flag(s.isupper()),
        "islower" => flag(s.islower()),
        "istitle" => flag(s.istitle()),
        "isascii" => flag(s.isascii()),
        "isprintable" => flag(s.isprintable()),
        "isidentifier" => flag(s.isidentifier()),
        "translate" => {
            a.range(1, 1)?;
            text(super::translation::translate(s, &a.all[0])?)
        }
        "format_map" => {
            a.range(1, 1)?;
            text(super::strformat::format_map(s, &a.all[0])?)
        }
        _ => Err(no_attribute("str", name)),
    }
}

/// `sep.join(values)`, refusing what is no string.
pub fn join(sep: &Str, items: &Value) -> R<Str> {
    let mut parts = Vec::new();
    for (i, x) in to_vec(items)?.into_iter().enumerate() {
        match x.text() {
            Some(s) => parts.push(s),
            None => {
                let text = format!("sequence item {i}: expected str instance, {} found", x.type_name());
                return Err(exc::new(&exc::TypeError, text));
            }
        }
    }
    Ok(sep.join(&parts))
}

fn list_method(l: &List<Value>, name: &str, a: &Args) -> R<Value> {
    match name {
        "append" => {
            a.range(1, 1)?;
            l.append(a.all[0].clone());
        }
        "extend" => {
            a.range(1, 1)?;
            l.extend(to_vec(&a.all[0])?);
        }
        "insert" => {
            a.range(2, 2)?;
            l.insert(index(&a.all[0])?, a.all[1].clone());
        }
        "remove" => {
            a.range(1, 1)?;
            l.remove(&a.all[0])?;
        }
        "reverse" => l.reverse(),
        "clear" => l.clear(),
        "sort" => l.sort(false)?,
        "pop" => return l.pop(a.opt_int(0)?),
        "copy" => return Ok(Value::List(l.copy())),
        "count" => {
            a.range(1, 1)?;
            return Ok(Value::from(l.count(&a.all[0])));
        }
        "index" => {
            a.range(1, 3)?;
            return Ok(Value::from(l.index(&a.all[0], a.opt_int(1)?, a.opt_int(2)?)?));
        }
        _ => return Err(no_attribute("list", name)),
    }
    Ok(Value::None)
}

fn dict_method(d: &Dict<Value, Value>, name: &str, a: &Args) -> R<Value> {
    let key = |i: usize| -> R<Value> {
        a.range(i + 1, 2)?;
        a.all[i].clone().hashable()
    };
    let second = || a.all.get(1).cloned().unwrap_or(Value::None);
    match name {
        "get" => Ok(d.get_or(&key(0)?, second())),
        "pop" if a.all.len() == 2 => Ok(d.pop_or(&key(0)?, second())),
        "pop" => d.pop(&key(0)?),
        "setdefault" => Ok(d.setdefault(key(0)?, second())),
        "keys" => Ok(Value::list(d.keys().iter().collect())),
        "values" => Ok(Value::list(d.values().iter().collect())),
        "items" => Ok(Value::list(d.items().iter().map(|(k, v)| Value::tuple(vec![k, v])).collect())),
        "copy" => Ok(Value::Dict(d.copy())),
        "popitem" if a.all.len() == 1 => {
            super::defaultdict::popitem(d, a.all[0].truth()).map(|(k, v)| Value::tuple(vec![k, v]))
        }
        "move_to_end" => {
            super::defaultdict::move_to_end(d, &key(0)?, a.all.get(1).is_none_or(|v| v.truth()))?;
            Ok(Value::None)
        }
        "popitem" => d.popitem().map(|(k, v)| Value::tuple(vec![k, v])),
        "clear" => {
            d.clear();
            Ok(Value::None)
        }
        "update" => {
            match a.all.first() {
                Some(Value::Dict(o)) => d.update(o),
                Some(other) => {
                    for item in to_vec(other)? {
                        let kv = super::value_items::unpack(&item, 2)?;
                        d.set(kv[0].clone().hashable()?, kv[1].clone());
                    }
                }
                None => {}
            }
            Ok(Value::None)
        }
        _ => Err(no_attribute("dict", name)),
    }
}

/// The set of an argument: itself, or the items of any iterable.
fn set_of(v: &Value) -> R<Set<Value>> {
    match v {
        Value::Set(o) => Ok(o.clone()),
        v => to_vec(v)?.into_iter().map(Value::hashable).collect::<R<Vec<_>>>().map(Set::from_iter),
    }
}

/// What leaves the set as it is.
fn set_query(s: &Set<Value>, name: &str, a: &Args) -> R<Option<Value>> {
    let fold = |f: fn(&Set<Value>, &Set<Value>) -> Set<Value>| -> R<Option<Value>> {
        let all = a.all.iter().map(set_of).collect::<R<Vec<_>>>()?;
        Ok(Some(Value::Set(all.iter().fold(s.copy(), |x, y| f(&x, y)))))
    };
    let other = || -> R<Set<Value>> {
        a.range(1, 1)?;
        set_of(&a.all[0])
    };
    Ok(Some(match name {
        "copy" => Value::Set(s.copy()),
        "union" => return fold(|x, y| x.union(y)),
        "intersection" => return fold(|x, y| x.intersection(y)),
        "difference" => return fold(|x, y| x.difference(y)),
        "symmetric_difference" => Value::Set(s.symmetric_difference(&other()?)),
        "issubset" => Value::Bool(s.issubset(&other()?)),
        "issuperset" => Value::Bool(s.issuperset(&other()?)),
        "isdisjoint" => Value::Bool(s.isdisjoint(&other()?)),
        _ => return Ok(None),
    }))
}

fn set_method(s: &Set<Value>, name: &str, a: &Args) -> R<Value> {
    let item = || -> R<Value> {
        a.range(1, 1)?;
        a.all[0].clone().hashable()
    };
    match name {
        "add" => s.add(item()?),
        "discard" => s.discard(&item()?),
        "remove" => s.remove(&item()?)?,
        "clear" => s.clear(),
        "pop" => return s.pop(),
        "update" | "intersection_update" | "difference_update" | "symmetric_difference_update" => {
            for v in a.all {
                let other = set_of(v)?;
                match name {
                    "update" => s.update(&other),
                    "intersection_update" => s.intersection_update(&other),
                    "difference_update" => s.difference_update(&other),
                    _ => s.symmetric_difference_update(&other),
                }
            }
        }
        _ => return set_query(s, name, a)?.ok_or_else(|| no_attribute("set", name)),
    }
    Ok(Value::None)
}

fn int_method(i: &Int, name: &str, a: &Args) -> R<Value> {
    match name {
        "bit_length" => Ok(Value::from(i.bit_length())),
        "bit_count" => Ok(Value::from(i.bit_count())),
        "conjugate" => Ok(Value::Int(i.clone())),
        "as_integer_ratio" => Ok(Value::tuple(vec![Value::Int(i.clone()), Value::from(1i64)])),
        "to_bytes" => {
            let order = a.opt_str(1)?.unwrap_or(Str::lit("big"));
            let signed = a.all.get(2).is_some_and(|v| v.truth());
            Ok(Value::Bytes(super::bytes::Bytes::from(i.to_bytes(a.int(0, 1)?, &order, signed)?)))
        }
        _ => Err(no_attribute("int", name)),
    }
}

fn float_method(x: f64, name: &str, _a: &Args) -> R<Value> {
    match name {
        "is_integer" => Ok(Value::Bool(super::float::is_integer(x))),
        "hex" => Ok(Value::Str(super::float::hex(x))),
        "conjugate" => Ok(Value::Float(x)),
        "as_integer_ratio" => {
            let (n, d) = super::float::as_integer_ratio(x)?;
            Ok(Value::tuple(vec![Value::Int(n), Value::Int(d)]))
        }
        _ => Err(no_attribute("float", name)),
    }
}

/// An exception's argument as a Value (other objects by their text).
pub fn arg_value(a: &Arg) -> Value {
    match a {
        Arg::None => Value::None,
        Arg::Bool(b) => Value::Bool(*b),
        Arg::Int(i) => Value::from(*i),
        Arg::Float(x) => Value::Float(*x),
        Arg::Str(s) => Value::Str(s.clone()),
        Arg::Obj(o) => match o.as_any().downcast_ref::<Value>() {
            Some(v) => v.clone(),
            None => Value::Str(o.arg_str()),
        },
    }
}

/// `e.code` of a SystemExit.
pub fn first_argument(e: &exc::Exc) -> Value {
    e.args().first().map_or(Value::None, arg_value)
}
