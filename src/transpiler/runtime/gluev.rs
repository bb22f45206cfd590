//! needs: glue, gen, called, value_call, value, value_ops, value_items, convert, exc, traits, pystr, list, tuple, dict, int, float, int_text
//! The border between typed code and Values, as far as it is no conversion of one type.
use super::convert::{FromValue, ToValue};
use super::dict::Dict;
use super::exc::{self, Exc};
use super::glue::{PyIter, narrow, parse_int, float_to_int, round_int};
use super::int::Int;
use super::pystr::Str;
use super::traits::*;
use super::tuple::Tuple;
use super::value::Value;

type Res<T> = Result<T, Exc>;

impl<T: FromValue + 'static> FromValue for PyIter<T> {
    fn from_value(v: &Value) -> Res<Self> {
        Ok(PyIter::fallible(super::value_items::iter(v)?.map(|x| x.and_then(|x| T::from_value(&x)))))
    }
}
impl<T: ToValue + 'static> ToValue for PyIter<T> {
    fn to_value(&self) -> Value {
        let it = self.clone();
        Value::Iter(super::value::ValueIter::new(it.map(|x| x.map(|x| x.to_value()))))
    }
}

/// What `send` brought into a generator: the value of `yield`.
pub fn sent<T>(y: &super::gen::Yielder<T>) -> Value {
    y.sent().and_then(|v| v.downcast_ref::<Value>().cloned()).unwrap_or_default()
}
/// The value of `yield from`.
pub fn returned<T: 'static>(it: &PyIter<T>) -> Value {
    let value = it.control().and_then(|c| c.returned());
    value.and_then(|v| v.downcast_ref::<Value>().cloned()).unwrap_or_default()
}
/// `generator.send(value)`
pub fn send<T: 'static>(it: &PyIter<T>, value: Value) -> Res<T> {
    match it.control() {
        Some(control) if control.started() => control.send(std::rc::Rc::new(value)),
        Some(_) if value.is_none() => {}
        _ => return Err(exc::new(&exc::TypeError, "can't send non-None value to a just-started generator")),
    }
    next_of(it)
}
/// `next(generator)`: StopIteration carries what the generator returned.
pub fn next_of<T: 'static>(it: &PyIter<T>) -> Res<T> {
    it.try_next()?.ok_or_else(|| stop(it))
}
fn stop<T: 'static>(it: &PyIter<T>) -> Exc {
    match returned(it) {
        Value::None => exc::bare(&exc::StopIteration),
        v => exc::with_args(&exc::StopIteration, vec![super::called::argument(v)]),
    }
}
pub fn throw<T: 'static>(it: &PyIter<T>, e: Exc) -> Res<T> {
    it.throw(e)?.ok_or_else(|| stop(it))
}
pub fn stop_value(e: &Exc) -> Value {
    e.args().first().map_or(Value::None, super::value_call::arg_value)
}

pub fn arity(args: &[Value], want: usize) -> Res<()> {
    arity_between(args, want, want)
}

pub fn arity_between(args: &[Value], least: usize, most: usize) -> Res<()> {
    if args.len() < least || args.len() > most {
        return Err(exc::new(
            &exc::TypeError,
            format!("function takes {most} positional arguments but {} were given", args.len()),
        ));
    }
    Ok(())
}

pub fn round_value(v: &Value, digits: Option<i64>) -> Res<Value> {
    match (v, digits) {
        (Value::Int(i), None) => Ok(Value::Int(i.clone())),
        (Value::Int(i), Some(n)) => Ok(Value::Int(Int::from(round_int(narrow(i)?, n)))),
        (Value::Bool(b), _) => Ok(Value::Int(Int::from(*b as i64))),
        (Value::Float(x), None) => Ok(Value::Int(super::float::round_int(*x)?)),
        (Value::Float(x), Some(n)) => Ok(Value::Float(super::float::round(*x, n)?)),
        _ => Err(exc::new(&exc::TypeError, format!("type {} doesn't define __round__ method", v.type_name()))),
    }
}

pub fn int_of(v: &Value) -> Res<i64> {
    narrow(&whole_of(v)?)
}

/// `int(v)`
pub fn whole_of(v: &Value) -> Res<Int> {
    match v {
        Value::Int(i) => Ok(i.clone()),
        Value::Bool(b) => Ok(Int::from(*b as i64)),
        Value::Float(x) => super::float::to_int(*x),
        Value::Str(s) => super::int_text::parse(s),
        Value::Obj(o) if o.has("__int__") => whole_of(&o.call_method("__int__", vec![])?),
        _ => Err(exc::new(
            &exc::TypeError,
            format!("int() argument must be a string, a bytes-like object or a real number, not '{}'", v.type_name()),
        )),
    }
}

pub fn float_of(v: &Value) -> Res<f64> {
    match v {
        Value::Str(s) => super::float::parse(s),
        Value::Int(_) | Value::Bool(_) | Value::Float(_) => to_float(v),
        Value::Obj(o) if o.has("__float__") => float_of(&o.call_method("__float__", vec![])?),
        _ => Err(exc::new(
            &exc::TypeError,
            format!("float() argument must be a string or a real number, not '{}'", v.type_name()),
        )),
    }
}

/// A number where a float is wanted.
pub fn to_float(v: &Value) -> Res<f64> {
    match v {
        Value::Float(x) => Ok(*x),
        Value::Int(i) => i.to_f64(),
        Value::Bool(b) => Ok(*b as i64 as f64),
        _ => Err(exc::new(&exc::TypeError, format!("must be real number, not {}", v.type_name()))),
    }
}

/// sum() of floats without a start: the int 0 when there are none.
pub fn sum_value(sum: Option<f64>) -> Value {
    sum.map_or_else(|| Value::Int(Int::from(0i64)), Value::Float)
}

/// `add`: what the program's `+` of Values does.
pub fn sum_values(
    start: Value, items: impl IntoIterator<Item = Value>, add: impl Fn(&Value, &Value) -> Res<Value>,
) -> Res<Value> {
    items.into_iter().try_fold(start, |a, b| add(&a, &b))
}

pub fn from_object<T: Clone + 'static>(v: &Value, name: &str) -> Res<T> {
    if let Value::Obj(o) = v {
        if let Some(x) = o.as_any().downcast_ref::<T>() {
            return Ok(x.clone());
        }
    }
    Err(exc::new(&exc::TypeError, format!("expected {name}, got {}", v.type_name())))
}

pub fn same_value<T: ToValue>(x: &T, v: &Value) -> bool {
    x.to_value() == *v
}

pub fn isinstance(v: &Value, of: &Value) -> Res<bool> {
    match of {
        Value::Type(c) => Ok(v.isinstance(c)),
        Value::Tuple(all) => {
            for one in all.iter() {
                if isinstance(v, one)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(exc::new(&exc::TypeError, "isinstance() arg 2 must be a type, a tuple of types, or a union")),
    }
}

/// dataclasses.asdict(): containers are copied, data classes inside become dicts.
pub fn asdict(fields: Vec<(&'static str, Value)>) -> Dict<Str, Value> {
    fields.into_iter().map(|(name, v)| (Str::lit(name), data_inside(v, &|f| asdict(f).to_value()))).collect()
}
pub fn astuple(fields: Vec<(&'static str, Value)>) -> Tuple<Value> {
    Tuple::from(fields.into_iter().map(|(_, v)| data_inside(v, &|f| astuple(f).to_value())).collect::<Vec<_>>())
}
pub fn asdict_of(v: &Value) -> Res<Dict<Str, Value>> {
    data_of(v, "asdict").map(asdict)
}
pub fn astuple_of(v: &Value) -> Res<Tuple<Value>> {
    data_of(v, "astuple").map(astuple)
}
/// `vars(v)`
pub fn vars(v: &Value) -> Res<Dict<Str, Value>> {
    let held = if let Value::Obj(o) = v { o.dict()? } else { None };
    held.ok_or_else(|| exc::new(&exc::TypeError, "vars() argument must have __dict__ attribute"))
}
fn data_of(v: &Value, name: &str) -> Res<Vec<(&'static str, Value)>> {
    let fields = if let Value::Obj(o) = v { o.as_data() } else { None };
    fields.ok_or_else(|| exc::new(&exc::TypeError, format!("{name}() should be called on dataclass instances")))
}
fn data_inside(v: Value, made: &dyn Fn(Vec<(&'static str, Value)>) -> Value) -> Value {
    let inner = |v| data_inside(v, made);
    match v {
        Value::List(l) => Value::list(l.to_vec().into_iter().map(inner).collect()),
        Value::Tuple(t) => Value::tuple(t.iter().cloned().map(inner).collect()),
        Value::Dict(d) => Value::Dict(d.items().iter().map(|(k, v)| (inner(k), inner(v))).collect()),
        Value::Obj(ref o) => o.as_data().map_or_else(|| v.clone(), made),
        other => other,
    }
}

pub fn has_attribute(v: &Value, name: &str) -> bool {
    matches!(v, Value::Obj(o) if o.has(name)) || super::value_items::getattr(v, name).is_ok()
}
