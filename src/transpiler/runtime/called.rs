//! needs: value, value_items, exc, pystr, types, convert, traits
//! Calls whose arguments are matched with parameters when they run, and classes as values.
use super::exc::{self, Class, Exc, R};
use super::pystr::Str;
use super::value::{no_attribute, Keywords, Value};
use std::cell::{Cell, RefCell};

/// What a function declares.
pub struct Shape {
    pub name: &'static str,
    /// Positional parameters, then those given by keyword only.
    pub params: &'static [&'static str],
    pub positional: usize,
    /// Whether each has a default.
    pub optional: &'static [bool],
    pub star: bool,
    pub rest: bool,
}

/// Arguments by parameter.
pub struct Bound {
    named: Vec<Option<Value>>,
    pub star: Vec<Value>,
    pub rest: Keywords,
}
impl Bound {
    /// The argument of a parameter without a default.
    pub fn take(&mut self, i: usize) -> Value {
        self.named[i].take().unwrap_or_default()
    }
    pub fn given(&mut self, i: usize) -> Option<Value> {
        self.named[i].take()
    }
}

fn type_error(text: String) -> Exc {
    exc::new(&exc::TypeError, text)
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("'{n}'")).collect();
    match quoted.len() {
        1 => quoted[0].clone(),
        2 => quoted.join(" and "),
        n => format!("{}, and {}", quoted[..n - 1].join(", "), quoted[n - 1]),
    }
}

fn too_many(shape: &Shape, skip: usize, got: usize) -> Exc {
    let most = shape.positional + skip;
    let least = most - shape.optional[..shape.positional].iter().filter(|o| **o).count();
    let takes = if least == most { format!("{most}") } else { format!("from {least} to {most}") };
    let plural = if most == 1 { "" } else { "s" };
    let were = if got + skip == 1 { "was" } else { "were" };
    type_error(format!("{}() takes {takes} positional argument{plural} but {} {were} given", shape.name, got + skip))
}

/// `skip` parameters (self) are bound already; messages count them.
pub fn bind(shape: &Shape, skip: usize, args: Vec<Value>, keywords: Keywords) -> R<Bound> {
    let mut bound = Bound { named: shape.params.iter().map(|_| None).collect(), star: Vec::new(), rest: Vec::new() };
    let got = args.len();
    for (i, arg) in args.into_iter().enumerate() {
        if i < shape.positional {
            bound.named[i] = Some(arg);
        } else if shape.star {
            bound.star.push(arg);
        } else {
            return Err(too_many(shape, skip, got));
        }
    }
    for (word, value) in keywords {
        match shape.params.iter().position(|p| *p == word.as_str()) {
            Some(i) if bound.named[i].is_some() => {
                return Err(type_error(format!("{}() got multiple values for argument '{word}'", shape.name)))
            }
            Some(i) => bound.named[i] = Some(value),
            None if shape.rest => bound.rest.push((word, value)),
            None => {
                return Err(type_error(format!("{}() got an unexpected keyword argument '{word}'", shape.name)))
            }
        }
    }
    for (range, kind) in [(0..shape.positional, "positional"), (shape.positional..shape.params.len(), "keyword-only")] {
        let missing: Vec<&str> =
            range.filter(|i| bound.named[*i].is_none() && !shape.optional[*i]).map(|i| shape.params[i]).collect();
        if !missing.is_empty() {
            let plural = if missing.len() == 1 { "" } else { "s" };
            let text =
                format!("{}() missing {} required {kind} argument{plural}: {}", shape.name, missing.len(), listed(&missing));
            return Err(type_error(text));
        }
    }
    Ok(bound)
}
/// Takes a keyword out.
pub fn word(words: &mut Keywords, name: &str) -> Option<Value> {
    let at = words.iter().position(|(word, _)| word.as_str() == name)?;
    Some(words.remove(at).1)
}
/// Keywords that no parameter took.
pub fn no_more(words: &Keywords, function: &str) -> R<()> {
    match words.first() {
        None => Ok(()),
        Some((word, _)) => Err(type_error(format!("{function}() got an unexpected keyword argument '{word}'"))),
    }
}

/// The items of `**mapping`.
pub fn keywords_of(v: &Value) -> R<Keywords> {
    match v {
        Value::Dict(d) => d
            .items()
            .iter()
            .map(|(k, v)| match k {
                Value::Str(s) => Ok((s, v)),
                _ => Err(type_error("keywords must be strings".to_string())),
            })
            .collect(),
        _ => Err(type_error(format!("argument after ** must be a mapping, not {}", v.type_name()))),
    }
}

type Maker = fn(Vec<Value>, Keywords) -> R<Value>;
type Attrs = fn(&str) -> R<Value>;

thread_local! {
    static BUILT_IN: Cell<Option<fn(&'static Class, Vec<Value>, Keywords) -> R<Value>>> = const { Cell::new(None) };
    static CLASSES: RefCell<Vec<(&'static Class, Maker, Attrs)>> = const { RefCell::new(Vec::new()) };
}

/// A class of the program that is used as a value: how it is called, and what it holds.
pub fn register(class: &'static Class, make: Maker, attrs: Attrs) {
    CLASSES.with(|c| c.borrow_mut().push((class, make, attrs)));
}

fn entry(class: &'static Class) -> Option<(Maker, Attrs)> {
    CLASSES.with(|c| c.borrow().iter().find(|e| std::ptr::eq(e.0, class)).map(|e| (e.1, e.2)))
}

/// `class(*args, **keywords)`
pub fn make(class: &'static Class, args: Vec<Value>, keywords: Keywords) -> R<Value> {
    if let Some((make, _)) = entry(class) {
        return make(args, keywords);
    }
    if class.is_subclass(&exc::BaseException) {
        return Ok(Value::Exc(exc::with_args(class, args.into_iter().map(argument).collect())));
    }
    match BUILT_IN.with(|b| b.get()) {
        Some(make) => make(class, args, keywords),
        None => Err(type_error(format!("cannot create '{}' instances", class.name))),
    }
}
/// How `int(..)`, `str(..)`, ... are made; only programs that use them as values carry that.
pub fn built_in(make: fn(&'static Class, Vec<Value>, Keywords) -> R<Value>) {
    BUILT_IN.with(|b| b.set(Some(make)));
}

pub fn class_attr(class: &'static Class, name: &str) -> R<Value> {
    match (name, entry(class)) {
        ("__module__", _) => Ok(Value::from(if super::value::is_builtin(class) { "builtins" } else { "__main__" })),
        (_, Some((_, attrs))) => attrs(name),
        _ => Err(type_object_attr(class, name)),
    }
}
pub fn type_object_attr(class: &'static Class, name: &str) -> Exc {
    exc::new(&exc::AttributeError, format!("type object '{}' has no attribute '{name}'", class.name))
}

/// An argument of an exception.
pub fn argument(v: Value) -> exc::Arg {
    match v {
        Value::None => exc::Arg::None,
        Value::Bool(b) => exc::Arg::Bool(b),
        Value::Int(ref i) => match i.to_i64() {
            Some(i) => exc::Arg::Int(i),
            None => exc::Arg::obj(v),
        },
        Value::Float(x) => exc::Arg::Float(x),
        Value::Str(s) => exc::Arg::Str(s),
        other => exc::Arg::obj(other),
    }
}

/// The name that `functools.wraps(f)` hands on.
pub fn name_of(v: &Value) -> &'static str {
    match v {
        Value::Func(f) => f.name,
        Value::Type(c) => c.name,
        _ => "function",
    }
}

/// `getattr(v, name, fallback)`
pub fn getattr_or(v: &Value, name: &str, fallback: Value) -> R<Value> {
    match super::value_items::getattr(v, name) {
        Err(e) if e.is(&exc::AttributeError) => Ok(fallback),
        other => other,
    }
}

pub fn callable(v: &Value) -> bool {
    match v {
        Value::Func(_) | Value::Type(_) => true,
        Value::Obj(o) => o.has("__call__"),
        _ => false,
    }
}

pub fn issubclass(c: &Value, of: &Value) -> R<bool> {
    match (c, of) {
        (Value::Type(c), Value::Type(of)) => Ok(std::ptr::eq(*of, &super::types::object) || c.is_subclass(of)),
        (Value::Type(_), Value::Tuple(all)) => {
            for one in all.iter() {
                if issubclass(c, one)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        (Value::Type(_), _) => Err(type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union".to_string())),
        _ => Err(type_error("issubclass() arg 1 must be a class".to_string())),
    }
}

pub fn text(v: &Value) -> R<Str> {
    match v {
        Value::Str(s) => Ok(s.clone()),
        _ => Err(type_error(format!("attribute name must be string, not '{}'", v.type_name()))),
    }
}

/// A class decorator that hands out another object than the class is not translated.
pub fn same_class(given: &Value, class: &'static Class) -> R<()> {
    match given {
        Value::Type(c) if std::ptr::eq(*c, class) => Ok(()),
        _ => exc::die(exc::new(&exc::RuntimeError, format!("a decorator that replaces class {} is not translated", class.name))),
    }
}

/// `id(v)`: equal for what `is` holds for the same.
pub fn identity(v: &Value) -> i64 {
    match v {
        Value::List(x) => x.id(),
        Value::Dict(x) => x.id(),
        Value::Obj(o) => o.identity() as i64,
        Value::Type(c) => *c as *const Class as i64,
        _ => super::traits::PyHash::py_hash(v),
    }
}

/// `except classes`, where these are computed.
pub fn catches(classes: &Value, e: &Exc) -> R<bool> {
    match classes {
        Value::Type(c) => Ok(e.is(c)),
        Value::Tuple(all) => {
            for one in all.iter() {
                if catches(one, e)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(type_error("catching classes that do not inherit from BaseException is not allowed".to_string())),
    }
}

/// `functools.partial(f, *first, **words)`
pub fn partial(f: Value, first: Vec<Value>, words: Keywords) -> Value {
    let shown = name_of(&f);
    let made = Value::func_kw("partial", {
        let f = f.clone();
        move |rest, more| {
            let mut all = words.clone();
            for (word, value) in more {
                match all.iter_mut().find(|w| w.0 == word) {
                    Some(slot) => slot.1 = value,
                    None => all.push((word, value)),
                }
            }
            super::value_items::call_kw(&f, first.iter().cloned().chain(rest).collect(), all)
        }
    });
    if let Value::Func(g) = &made {
        g.set_attr("func", f);
        let _ = shown;
    }
    made
}
