//! needs: value, value_items, value_ops, value_call, called, exc, int, int_text, float, pystr, strm, bytes, list, dict, set, tuple, traits, types, convert, seq, gluev, glue, out, fmt, codecs
//! Built-in types and functions that are used as values.
use super::bytes::Bytes;
use super::convert::ToValue;
use super::dict::Dict;
use super::exc::{self, Class, R};
use super::int::Int;
use super::pystr::Str;
use super::set::{FrozenSet, Set};
use super::traits::*;
use super::value::{Keywords, Value};
use super::{types, value_items, value_ops};

fn type_error<T>(text: String) -> R<T> {
    Err(exc::new(&exc::TypeError, text))
}

fn no_keywords(name: &str, keywords: &Keywords) -> R<()> {
    match keywords.first() {
        None => Ok(()),
        Some(_) => type_error(format!("{name}() takes no keyword arguments")),
    }
}

struct Bare;
impl super::value::PyObject for Bare {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn class(&self) -> &'static Class {
        &types::object
    }
    fn repr(&self) -> R<Str> {
        Ok(Str::from(format!("<object object at {:#x}>", self as *const Bare as usize)))
    }
}
struct Ellipsis;
impl super::value::PyObject for Ellipsis {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn class(&self) -> &'static Class {
        static CLASS: Class = Class::new("ellipsis", &types::object);
        &CLASS
    }
    fn repr(&self) -> R<Str> {
        Ok(Str::lit("Ellipsis"))
    }
}
/// `...`
pub fn ellipsis() -> Value {
    thread_local!(static ONE: Value = Value::Obj(std::rc::Rc::new(Ellipsis)));
    ONE.with(Value::clone)
}
/// `object()`: equal to itself only.
pub fn object() -> Value {
    Value::Obj(std::rc::Rc::new(Bare))
}

/// `int(..)`, `str(..)`, `list(..)`, ... where the class is a value.
pub fn make(class: &'static Class, args: Vec<Value>, keywords: Keywords) -> R<Value> {
    let is = |c: &'static Class| std::ptr::eq(class, c);
    if is(&types::dict) {
        return make_dict(args, keywords);
    }
    no_keywords(class.name, &keywords)?;
    let items = || args.first().map_or(Ok(Vec::new()), value_items::to_vec);
    let first = args.first();
    Ok(match () {
        _ if is(&types::int) => return make_int(&args),
        _ if is(&types::str) => match (first, args.get(1)) {
            (Some(Value::Bytes(b)), Some(Value::Str(codec))) => Value::Str(b.decode(codec, &Str::lit("strict"))?),
            (Some(v), _) => Value::Str(v.to_str()),
            _ => Value::Str(Str::lit("")),
        },
        _ if is(&types::float) => Value::Float(first.map_or(Ok(0.0), super::gluev::float_of)?),
        _ if is(&types::bool) => Value::Bool(first.is_some_and(|v| v.truth())),
        _ if is(&types::list) => Value::list(items()?),
        _ if is(&types::tuple) => Value::tuple(items()?),
        _ if is(&types::set) => Value::Set(Set::from_iter(hashables(items()?)?)),
        _ if is(&types::frozenset) => Value::FrozenSet(FrozenSet::from_iter(hashables(items()?)?)),
        _ if is(&types::bytes) => match first {
            Some(Value::Bytes(b)) => Value::Bytes(b.clone()),
            Some(Value::Str(s)) => {
                let codec = args.get(1).map_or(Ok(Str::lit("utf-8")), super::called::text)?;
                Value::Bytes(s.encode(&codec, &Str::lit("strict"))?)
            }
            Some(Value::Int(n)) => Value::Bytes(Bytes::from(vec![0u8; n.index()?.max(0) as usize])),
            _ => {
                let all = items()?.iter().map(|v| Ok(value_items::index(v)? as u8)).collect::<R<Vec<u8>>>()?;
                Value::Bytes(Bytes::from(all))
            }
        },
        _ if is(&types::type_) && args.len() == 1 => Value::Type(args[0].class()),
        _ => return type_error(format!("cannot create '{}' instances", class.name)),
    })
}

fn hashables(items: Vec<Value>) -> R<Vec<Value>> {
    items.into_iter().map(Value::hashable).collect()
}

fn make_int(args: &[Value]) -> R<Value> {
    Ok(Value::Int(match (args.first(), args.get(1)) {
        (None, _) => Int::from(0i64),
        (Some(Value::Str(s)), Some(base)) => super::int_text::parse_base(s, value_items::index(base)?)?,
        (Some(v), _) => super::gluev::whole_of(v)?,
    }))
}

fn make_dict(args: Vec<Value>, keywords: Keywords) -> R<Value> {
    let out = Dict::new();
    match args.first() {
        None => {}
        Some(Value::Dict(d)) => out.update(d),
        Some(other) => {
            for item in value_items::to_vec(other)? {
                let pair = value_items::unpack(&item, 2)?;
                out.set(pair[0].clone().hashable()?, pair[1].clone());
            }
        }
    }
    for (word, value) in keywords {
        out.set(Value::Str(word), value);
    }
    Ok(Value::Dict(out))
}

fn extreme(name: &'static str, args: Vec<Value>, keywords: Keywords) -> R<Value> {
    let mut key = None;
    let mut fallback = None;
    for (word, value) in keywords {
        match word.as_str() {
            "key" if !value.is_none() => key = Some(value),
            "default" => fallback = Some(value),
            _ => {}
        }
    }
    let items = if args.len() == 1 { value_items::to_vec(&args[0])? } else { args };
    match (items.is_empty(), fallback) {
        (true, Some(v)) => return Ok(v),
        _ => {}
    }
    match key {
        Some(key) => super::seq::extreme_key(items, name, |x: &Value| value_items::call(&key, vec![x.clone()])),
        None if name == "min" => super::seq::min(items, name),
        None => super::seq::max(items, name),
    }
}

fn sorted(args: Vec<Value>, keywords: Keywords) -> R<Value> {
    let mut items = value_items::to_vec(&args[0])?;
    let find = |name: &str| keywords.iter().find(|k| k.0.as_str() == name).map(|k| k.1.clone());
    let reverse = find("reverse").is_some_and(|v| v.truth());
    match find("key").filter(|k| !k.is_none()) {
        Some(key) => super::seq::sort_key(&mut items, |x: &Value| value_items::call(&key, vec![x.clone()]), reverse)?,
        None => super::seq::sort(&mut items, reverse)?,
    }
    Ok(Value::list(items))
}

fn counted(name: &'static str, least: usize, most: usize, call: fn(&[Value]) -> R<Value>) -> Value {
    Value::func(name, move |args| {
        if args.len() >= least && args.len() <= most {
            return call(&args);
        }
        let takes = if least == most { format!("exactly {}", word(most)) } else { format!("at most {most}") };
        type_error(format!("{name}() takes {takes} argument{} ({} given)", if most == 1 { "" } else { "s" }, args.len()))
    })
}
fn word(n: usize) -> String {
    if n == 1 { "one".to_string() } else { n.to_string() }
}

/// `len`, `abs`, ... as values.
pub fn function(name: &'static str) -> Value {
    match name {
        "len" => counted(name, 1, 1, |a| Ok(Value::from(value_items::len(&a[0])?))),
        "abs" => counted(name, 1, 1, |a| value_ops::abs(&a[0])),
        "repr" => counted(name, 1, 1, |a| Ok(Value::Str(PyRepr::repr(&a[0])))),
        "round" => counted(name, 1, 2, |a| {
            let digits = a.get(1).filter(|d| !d.is_none()).map(value_items::index).transpose()?;
            super::gluev::round_value(&a[0], digits)
        }),
        "sum" => counted(name, 1, 2, |a| {
            let start = a.get(1).cloned().unwrap_or(Value::from(0i64));
            super::gluev::sum_values(start, value_items::to_vec(&a[0])?, super::value_ops::add)
        }),
        "pow" => counted(name, 2, 3, |a| match a.get(2) {
            None => value_ops::pow(&a[0], &a[1]),
            Some(m) => {
                let all = [&a[0], &a[1], m].map(value_items::index);
                let [base, exponent, modulus] = all;
                Ok(Value::from(super::glue::pow_mod(base?, exponent?, modulus?)?))
            }
        }),
        "divmod" => counted(name, 2, 2, |a| value_ops::divmod(&a[0], &a[1])),
        "any" => counted(name, 1, 1, |a| Ok(Value::Bool(value_items::to_vec(&a[0])?.iter().any(|v| v.truth())))),
        "all" => counted(name, 1, 1, |a| Ok(Value::Bool(value_items::to_vec(&a[0])?.iter().all(|v| v.truth())))),
        "min" | "max" => Value::func_kw(name, move |args, keywords| extreme(name, args, keywords)),
        "sorted" => Value::func_kw(name, sorted),
        "reversed" => counted(name, 1, 1, |a| {
            let mut items = value_items::to_vec(&a[0])?;
            items.reverse();
            value_items::iter(&Value::list(items)).map(Value::Iter)
        }),
        "iter" => counted(name, 1, 1, |a| value_items::iter(&a[0]).map(Value::Iter)),
        "next" => counted(name, 1, 2, |a| match (value_items::next(&a[0]), a.get(1)) {
            (Err(e), Some(v)) if e.is(&exc::StopIteration) => Ok(v.clone()),
            (other, _) => other,
        }),
        "hash" => counted(name, 1, 1, |a| Ok(Value::from(a[0].clone().hashable()?.py_hash()))),
        "callable" => counted(name, 1, 1, |a| Ok(Value::Bool(super::called::callable(&a[0])))),
        "ord" => counted(name, 1, 1, |a| Ok(Value::from(super::called::text(&a[0])?.ord()?))),
        "chr" => counted(name, 1, 1, |a| Ok(Value::Str(super::pystr::chr(value_items::index(&a[0])?)?))),
        "hex" => counted(name, 1, 1, |a| Ok(Value::Str(super::int_text::hex(&super::gluev::whole_of(&a[0])?)))),
        "oct" => counted(name, 1, 1, |a| Ok(Value::Str(super::int_text::oct(&super::gluev::whole_of(&a[0])?)))),
        "bin" => counted(name, 1, 1, |a| Ok(Value::Str(super::int_text::bin(&super::gluev::whole_of(&a[0])?)))),
        "print" => Value::func_kw(name, print),
        _ => Value::func(name, move |_| exc::die(exc::new(&exc::RuntimeError, format!("{name} as a value is not translated")))),
    }
}

fn print(args: Vec<Value>, keywords: Keywords) -> R<Value> {
    let text = |name: &str, fallback: &str| {
        keywords.iter().find(|k| k.0.as_str() == name && !k.1.is_none()).map_or(Str::new(fallback), |k| k.1.to_str())
    };
    let parts: Vec<Str> = args.iter().map(|v| v.to_str()).collect();
    super::glue::print_all(&parts, text("sep", " ").as_str(), text("end", "\n").as_str(), false);
    Ok(Value::None)
}

/// `str.upper` and other methods of built-in types as values.
pub fn method(name: &'static str) -> Value {
    Value::func(name, move |args| match args.split_first() {
        Some((object, rest)) => super::value_call::call_method(object, name, rest.to_vec()),
        None => type_error(format!("unbound method {name}() needs an argument")),
    })
}

pub fn to_values<T: ToValue>(items: &[T]) -> Vec<Value> {
    items.iter().map(|x| x.to_value()).collect()
}
