//! needs: value, list, dict, set, tuple, pystr, bytes, int, exc, traits
//! `copy.copy` and `copy.deepcopy` of built-in containers.
use super::bytes::{ByteArray, Bytes};
use super::dict::Dict;
use super::exc::{self, R};
use super::int::Int;
use super::list::List;
use super::pystr::Str;
use super::set::{FrozenSet, Set};
use super::traits::Key;
use super::tuple::Tuple;
use super::value::Value;

pub trait DeepCopy {
    fn deep(&self) -> Self;
}
macro_rules! same {
    ($($t:ty),*) => { $(impl DeepCopy for $t { fn deep(&self) -> Self { self.clone() } })* };
}
same!(i64, f64, bool, (), Str, Bytes, Int);

impl<T: DeepCopy> DeepCopy for Option<T> {
    fn deep(&self) -> Self {
        self.as_ref().map(DeepCopy::deep)
    }
}
impl<T: DeepCopy> DeepCopy for List<T> {
    fn deep(&self) -> Self {
        self.borrow().iter().map(DeepCopy::deep).collect()
    }
}
impl<T: DeepCopy> DeepCopy for Tuple<T> {
    fn deep(&self) -> Self {
        self.iter().map(DeepCopy::deep).collect()
    }
}
impl<K: Key + DeepCopy, V: DeepCopy + Clone> DeepCopy for Dict<K, V> {
    fn deep(&self) -> Self {
        let items: Dict<K, V> = self.borrow().iter().map(|(k, v)| (k.deep(), v.deep())).collect();
        items.of_kind(self.kind().clone())
    }
}
impl<T: Key> DeepCopy for Set<T> {
    fn deep(&self) -> Self {
        self.copy()
    }
}
impl<T: Key> DeepCopy for FrozenSet<T> {
    fn deep(&self) -> Self {
        self.clone()
    }
}
macro_rules! tuples {
    ($($($t:ident $i:tt),+;)*) => { $(
        impl<$($t: DeepCopy),+> DeepCopy for ($($t,)+) {
            fn deep(&self) -> Self { ($(self.$i.deep(),)+) }
        }
    )* };
}
tuples! { A 0; A 0, B 1; A 0, B 1, C 2; A 0, B 1, C 2, D 3; A 0, B 1, C 2, D 3, E 4; A 0, B 1, C 2, D 3, E 4, F 5; }

impl DeepCopy for Value {
    fn deep(&self) -> Self {
        match self {
            Value::List(l) => Value::List(l.deep()),
            Value::Tuple(t) => Value::Tuple(t.deep()),
            Value::Dict(d) => Value::Dict(d.deep()),
            Value::Set(s) => Value::Set(s.copy()),
            Value::ByteArray(b) => Value::ByteArray(ByteArray::from(b.borrow().clone())),
            Value::Obj(_) => exc::die(exc::new(
                &exc::NotImplementedError,
                format!("copy.deepcopy of '{}' objects is not translated", self.type_name()),
            )),
            other => other.clone(),
        }
    }
}
/// `copy.copy(v)`.
pub fn shallow(v: &Value) -> R<Value> {
    Ok(match v {
        Value::List(l) => Value::List(l.copy()),
        Value::Dict(d) => Value::Dict(d.copy()),
        Value::Set(s) => Value::Set(s.copy()),
        Value::ByteArray(b) => Value::ByteArray(ByteArray::from(b.borrow().clone())),
        Value::Obj(_) => {
            let text = format!("copy.copy of '{}' objects is not translated", v.type_name());
            return Err(exc::new(&exc::NotImplementedError, text));
        }
        other => other.clone(),
    })
}
