//! needs: value, glue, exc, int, pystr, bytes, list, tuple, dict, set, traits
//! `ToValue` and `FromValue`: the border between typed code and `Value`.
use super::bytes::{ByteArray, Bytes};
use super::dict::{Dict, Factory, Kind};
use super::exc::{self, Exc, R};
use super::int::Int;
use super::list::List;
use super::pystr::Str;
use super::set::{FrozenSet, Set};
use super::traits::{Key, PyOrd};
use super::tuple::Tuple;
use super::value::Value;

pub trait ToValue {
    fn to_value(&self) -> Value;
}

/// Fails loudly (TypeError) when the value is of another type: the inference was wrong for this run.
pub trait FromValue: Sized {
    fn from_value(v: &Value) -> R<Self>;
}

/// A Value as the key of a dict whose keys have one type; None where it is of another.
pub fn key_of<K: FromValue>(v: &Value) -> R<Option<K>> {
    let v = match v {
        Value::Float(x) if x.fract() == 0.0 && x.abs() < 9e15 => &Value::Int(Int::Small(*x as i64)),
        _ => v,
    };
    match K::from_value(v) {
        Ok(key) => Ok(Some(key)),
        Err(_) => v.clone().hashable().map(|_| None),
    }
}
/// `d[v]`: KeyError where no key can be equal.
pub fn key_in<K: FromValue>(v: &Value) -> R<K> {
    key_of(v)?.ok_or_else(|| exc::key_error(v.clone()))
}

/// The operator of a method like `__le__`.
pub fn comparison(method: &str) -> Option<&'static str> {
    Some(match method {
        "__lt__" => "<",
        "__le__" => "<=",
        "__gt__" => ">",
        "__ge__" => ">=",
        _ => return None,
    })
}
/// Such a method of an object of the library, whose like the other must be.
pub fn compared<T: FromValue + PyOrd>(a: &T, method: &str, type_name: &str, args: &[Value]) -> R<Value> {
    let (Some(op), [b]) = (comparison(method), args) else { return Err(super::value::no_attribute(type_name, method)) };
    let o = T::from_value(b).map_err(|_| super::glue::not_implemented())?;
    Ok(Value::Bool(match op {
        "<" => a.py_lt(&o)?,
        "<=" => a.py_le(&o)?,
        ">" => a.py_gt(&o)?,
        _ => a.py_ge(&o)?,
    }))
}
/// What a Value holds, when it is of exactly this type.
pub fn held<T: Clone + 'static>(v: &Value) -> Option<T> {
    match v {
        Value::Obj(o) => o.as_any().downcast_ref::<T>().cloned(),
        _ => None,
    }
}
pub fn held_int(v: &Value) -> Option<i64> {
    match v {
        Value::Int(i) => i.to_i64(),
        Value::Bool(b) => Some(*b as i64),
        _ => None,
    }
}
pub fn held_float(v: &Value) -> Option<f64> {
    if let Value::Float(x) = v { Some(*x) } else { None }
}
pub fn held_str(v: &Value) -> Option<Str> {
    if let Value::Str(s) = v { Some(s.clone()) } else { None }
}

#[cold]
pub fn mismatch(want: &str, got: &Value) -> Exc {
    exc::new(&exc::TypeError, format!("expected {want}, got {}", got.type_name()))
}

macro_rules! same {
    ($($t:ty: $variant:ident $name:literal;)*) => { $(
        impl ToValue for $t {
            fn to_value(&self) -> Value { Value::$variant(self.clone()) }
        }
        impl FromValue for $t {
            fn from_value(v: &Value) -> R<Self> {
                match v { Value::$variant(x) => Ok(x.clone()), _ => Err(mismatch($name, v)) }
            }
        }
        impl From<$t> for Value {
            fn from(x: $t) -> Value { Value::$variant(x) }
        }
    )* };
}
same! {
    bool: Bool "bool";
    Bytes: Bytes "bytes";
    ByteArray: ByteArray "bytearray";
    Exc: Exc "exception";
}

impl ToValue for Str {
    fn to_value(&self) -> Value {
        Value::Str(self.clone())
    }
}
impl FromValue for Str {
    fn from_value(v: &Value) -> R<Self> {
        v.text().ok_or_else(|| mismatch("str", v))
    }
}
impl From<Str> for Value {
    fn from(x: Str) -> Value {
        Value::Str(x)
    }
}
impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
}
impl FromValue for Value {
    fn from_value(v: &Value) -> R<Self> {
        Ok(v.clone())
    }
}
impl ToValue for () {
    fn to_value(&self) -> Value {
        Value::None
    }
}
impl FromValue for () {
    fn from_value(v: &Value) -> R<Self> {
        if v.is_none() { Ok(()) } else { Err(mismatch("None", v)) }
    }
}
impl ToValue for i64 {
    fn to_value(&self) -> Value {
        Value::Int(Int::Small(*self))
    }
}
impl FromValue for i64 {
    fn from_value(v: &Value) -> R<Self> {
        match v {
            Value::Int(i) => i.index(),
            Value::Bool(b) => Ok(*b as i64),
            Value::Obj(o) if o.has("__index__") => i64::from_value(&o.call_method("__index__", Vec::new())?),
            _ => v.held().map_or_else(|| Err(mismatch("int", v)), |x| i64::from_value(&x)),
        }
    }
}
impl ToValue for Int {
    fn to_value(&self) -> Value {
        Value::Int(self.clone())
    }
}
impl FromValue for Int {
    fn from_value(v: &Value) -> R<Self> {
        match v {
            Value::Int(i) => Ok(i.clone()),
            Value::Bool(b) => Ok(Int::from(*b)),
            _ => v.held().map_or_else(|| Err(mismatch("int", v)), |x| Int::from_value(&x)),
        }
    }
}
impl ToValue for f64 {
    fn to_value(&self) -> Value {
        Value::Float(*self)
    }
}
impl FromValue for f64 {
    fn from_value(v: &Value) -> R<Self> {
        match v {
            Value::Float(x) => Ok(*x),
            Value::Int(i) => i.to_f64(),
            Value::Bool(b) => Ok(*b as i64 as f64),
            _ => v.held().map_or_else(|| Err(mismatch("float", v)), |x| f64::from_value(&x)),
        }
    }
}
impl From<i64> for Value {
    fn from(i: i64) -> Value {
        Value::Int(Int::Small(i))
    }
}
impl From<Int> for Value {
    fn from(i: Int) -> Value {
        Value::Int(i)
    }
}
impl From<f64> for Value {
    fn from(x: f64) -> Value {
        Value::Float(x)
    }
}
impl From<&str> for Value {
    fn from(s: &str) -> Value {
        Value::Str(Str::new(s))
    }
}
impl From<List<Value>> for Value {
    fn from(l: List<Value>) -> Value {
        Value::List(l)
    }
}
impl From<Dict<Value, Value>> for Value {
    fn from(d: Dict<Value, Value>) -> Value {
        Value::Dict(d)
    }
}
impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::None, ToValue::to_value)
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(v: &Value) -> R<Self> {
        if v.is_none() { Ok(None) } else { T::from_value(v).map(Some) }
    }
}
impl<T: ToValue> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

/// A list of Values is the same list; one of another type is copied (its later changes are not seen).
impl<T: ToValue + 'static> ToValue for List<T> {
    fn to_value(&self) -> Value {
        if let Some(same) = (self as &dyn std::any::Any).downcast_ref::<List<Value>>() {
            return Value::List(same.clone());
        }
        Value::List(self.borrow().iter().map(ToValue::to_value).collect())
    }
}
impl<T: FromValue + 'static> FromValue for List<T> {
    fn from_value(v: &Value) -> R<Self> {
        let Value::List(l) = v else { return v.held().map_or_else(|| Err(mismatch("list", v)), |x| Self::from_value(&x)) };
        if let Some(same) = (l as &dyn std::any::Any).downcast_ref::<List<T>>() {
            return Ok(same.clone());
        }
        Ok(List::from(l.borrow().iter().map(T::from_value).collect::<R<Vec<T>>>()?))
    }
}
impl<T: ToValue> ToValue for Vec<T> {
    fn to_value(&self) -> Value {
        Value::List(self.iter().map(ToValue::to_value).collect())
    }
}
impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(v: &Value) -> R<Self> {
        match v {
            Value::List(l) => l.borrow().iter().map(T::from_value).collect(),
            Value::Tuple(t) => t.iter().map(T::from_value).collect(),
            _ => Err(mismatch("list", v)),
        }
    }
}
impl<T: ToValue> ToValue for Tuple<T> {
    fn to_value(&self) -> Value {
        Value::Tuple(self.iter().map(ToValue::to_value).collect())
    }
}
impl<T: FromValue> FromValue for Tuple<T> {
    fn from_value(v: &Value) -> R<Self> {
        let Value::Tuple(t) = v else { return v.held().map_or_else(|| Err(mismatch("tuple", v)), |x| Self::from_value(&x)) };
        Ok(Tuple::from(t.iter().map(T::from_value).collect::<R<Vec<T>>>()?))
    }
}
impl<K: Key + ToValue + 'static, V: ToValue + 'static> ToValue for Dict<K, V> {
    fn to_value(&self) -> Value {
        if let Some(same) = (self as &dyn std::any::Any).downcast_ref::<Dict<Value, Value>>() {
            return Value::Dict(same.clone());
        }
        let items: Dict<Value, Value> = self.borrow().iter().map(|(k, v)| (k.to_value(), v.to_value())).collect();
        Value::Dict(match self.kind() {
            Kind::Plain => items,
            Kind::Ordered => items.of_kind(Kind::Ordered),
            Kind::Counted(..) => items,
            Kind::Default(f) => {
                let make = std::rc::Rc::clone(&f.make);
                let make = std::rc::Rc::new(move || make().map(|v| v.to_value()));
                items.of_kind(Kind::Default(Factory { shown: f.shown, make }))
            }
        })
    }
}
impl<K: Key + FromValue + 'static, V: FromValue + 'static> FromValue for Dict<K, V> {
    fn from_value(v: &Value) -> R<Self> {
        let Value::Dict(d) = v else { return v.held().map_or_else(|| Err(mismatch("dict", v)), |x| Self::from_value(&x)) };
        if let Some(same) = (d as &dyn std::any::Any).downcast_ref::<Dict<K, V>>() {
            return Ok(same.clone());
        }
        let out = Dict::new();
        for (k, x) in d.borrow().iter() {
            out.set(K::from_value(k)?, V::from_value(x)?);
        }
        Ok(out)
    }
}
macro_rules! sets {
    ($($name:ident)*) => { $(
        impl<T: Key + ToValue + 'static> ToValue for $name<T> {
            fn to_value(&self) -> Value {
                if let Some(same) = (self as &dyn std::any::Any).downcast_ref::<$name<Value>>() {
                    return Value::$name(same.clone());
                }
                Value::$name(self.iter().map(|x| x.to_value()).collect())
            }
        }
        impl<T: Key + FromValue + 'static> FromValue for $name<T> {
            fn from_value(v: &Value) -> R<Self> {
                let Value::$name(s) = v else { return Err(mismatch("set", v)) };
                if let Some(same) = (s as &dyn std::any::Any).downcast_ref::<$name<T>>() {
                    return Ok(same.clone());
                }
                Ok($name::from_iter(s.iter().map(|x| T::from_value(&x)).collect::<R<Vec<T>>>()?))
            }
        }
    )* };
}
sets!(Set FrozenSet);

macro_rules! tuple_to_value {
    ($($n:literal: $($t:ident $i:tt),*);* $(;)?) => { $(impl<$($t: ToValue),*> ToValue for ($($t,)*) {
        fn to_value(&self) -> Value { Value::tuple(vec![$(self.$i.to_value()),*]) }
    })* };
}
super::traits::tuples!(tuple_to_value);
macro_rules! tuple_from_value {
    ($($n:literal: $($t:ident $i:tt),*);* $(;)?) => { $(impl<$($t: FromValue),*> FromValue for ($($t,)*) {
        fn from_value(v: &Value) -> R<Self> {
            match v {
                Value::Tuple(t) if t.len() == $n => Ok(($($t::from_value(&t[$i])?,)*)),
                _ => Err(mismatch(concat!("tuple of ", $n), v)),
            }
        }
    })* };
}
super::traits::tuples!(tuple_from_value);

/// A library type inside a Value: it keeps its identity as an object whose text is its own repr.
#[allow(unused_macros)]
macro_rules! opaque_value {
    // Compared with its like; `method: function` for what else operators ask of it.
    ($t:ty, $name:literal, ordered $(, $method:literal: $call:path)*) => {
        $crate::rt::convert::opaque_value!($t, $name, {
            fn has(&self, name: &str) -> bool {
                matches!(name, "__lt__" | "__le__" | "__gt__" | "__ge__" $(| $method)*)
            }
            fn call_method(&self, name: &str, args: Vec<$crate::rt::value::Value>) -> $crate::rt::exc::R<$crate::rt::value::Value> {
                $(if name == $method {
                    return Ok($crate::rt::convert::ToValue::to_value(&$call(self)?));
                })*
                $crate::rt::convert::compared(self, name, $name, &args)
            }
            fn hash(&self) -> $crate::rt::exc::R<i64> {
                Ok($crate::rt::traits::PyHash::py_hash(self))
            }
            fn format(&self, spec: &str) -> $crate::rt::exc::R<$crate::rt::pystr::Str> {
                $crate::rt::fmt::PyFormat::py_format(self, spec)
            }
            fn truth(&self) -> $crate::rt::exc::R<bool> {
                Ok($crate::rt::traits::PyTruth::truth(self))
            }
        });
    };
    ($t:ty, $name:literal) => {
        $crate::rt::convert::opaque_value!($t, $name, {});
    };
    // A handle that shows as an object without more, equal to itself only.
    ($t:ty, $name:literal, handle) => {
        impl $crate::rt::traits::PyRepr for $t {
            fn repr_into(&self, out: &mut String) {
                out.push_str(concat!("<", $name, " object>"));
            }
        }
        impl $crate::rt::traits::PyStr for $t {
            fn str_into(&self, out: &mut String) {
                $crate::rt::traits::PyRepr::repr_into(self, out)
            }
        }
        impl $crate::rt::traits::PyTruth for $t {
            fn truth(&self) -> bool {
                true
            }
        }
        impl PartialEq for $t {
            fn eq(&self, other: &Self) -> bool {
                std::ptr::eq(self, other)
            }
        }
        $crate::rt::convert::opaque_value!($t, $name, {});
    };
    ($t:ty, $name:literal, { $($more:item)* }) => {
        impl $crate::rt::value::PyObject for $t {
            fn as_any(&self) -> &dyn std::any::Any {
                self
            }
            fn class(&self) -> &'static $crate::rt::exc::Class {
                static CLASS: $crate::rt::exc::Class = $crate::rt::exc::Class::new($name, &$crate::rt::types::object);
                &CLASS
            }
            fn repr(&self) -> $crate::rt::exc::R<$crate::rt::pystr::Str> {
                Ok($crate::rt::traits::PyRepr::repr(self))
            }
            fn str(&self) -> $crate::rt::exc::R<$crate::rt::pystr::Str> {
                Ok($crate::rt::traits::PyStr::to_str(self))
            }
            fn eq(&self, other: &$crate::rt::value::Value) -> $crate::rt::exc::R<bool> {
                Ok(<$t as $crate::rt::convert::FromValue>::from_value(other).is_ok_and(|o| o == *self))
            }
            $($more)*
        }
        impl $crate::rt::convert::ToValue for $t {
            fn to_value(&self) -> $crate::rt::value::Value {
                $crate::rt::value::Value::Obj(std::rc::Rc::new(self.clone()))
            }
        }
        impl $crate::rt::convert::FromValue for $t {
            fn from_value(v: &$crate::rt::value::Value) -> $crate::rt::exc::R<Self> {
                if let $crate::rt::value::Value::Obj(o) = v {
                    if let Some(x) = o.as_any().downcast_ref::<$t>() {
                        return Ok(x.clone());
                    }
                }
                Err($crate::rt::convert::mismatch($name, v))
            }
        }
    };
}
#[allow(unused_imports)]
pub(crate) use opaque_value;

/// `ToValue` and `FromValue` of a library type that is a `PyObject` by an `impl` of its own.
#[allow(unused_macros)]
macro_rules! object_conversions {
    ($t:ty, $name:literal) => {
        impl $crate::rt::convert::ToValue for $t {
            fn to_value(&self) -> $crate::rt::value::Value {
                $crate::rt::value::Value::Obj(std::rc::Rc::new(self.clone()))
            }
        }
        impl $crate::rt::convert::FromValue for $t {
            fn from_value(v: &$crate::rt::value::Value) -> $crate::rt::exc::R<Self> {
                $crate::rt::convert::held(v).ok_or_else(|| $crate::rt::convert::mismatch($name, v))
            }
        }
    };
}
#[allow(unused_imports)]
pub(crate) use object_conversions;
