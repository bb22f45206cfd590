//! needs: array, buffer, bytes, counter, deque, dict, exc, glue, int, list, pystr, set, traits, tuple, value
//! `copy.copy` and `copy.deepcopy`: an object that is met twice, or within itself, is copied once.
use super::bytes::{ByteArray, Bytes};
use super::dict::Dict;
use super::exc::{Exc, R};
use super::int::Int;
use super::list::List;
use super::pystr::Str;
use super::set::{FrozenSet, Set};
use super::traits::Key;
use super::tuple::Tuple;
use super::value::Value;
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;

pub trait DeepCopy {
    fn deep(&self) -> Self;
}

#[derive(Default)]
struct Memo {
    depth: usize,
    /// By address and type: the copy, and what it is a copy of, so that its address stays its own.
    copies: HashMap<(usize, TypeId), (Box<dyn Any>, Box<dyn Any>)>,
}
thread_local! {
    static MEMO: RefCell<Memo> = RefCell::default();
}

/// The copy of what is at an address: made once in a deep copy, and filled when it can be met already.
pub fn kept<T: Clone + 'static>(at: *const u8, old: &T, make: impl FnOnce() -> T, fill: impl FnOnce(&T)) -> T {
    let key = (at as usize, TypeId::of::<T>());
    if let Some(known) = MEMO.with(|m| m.borrow().copies.get(&key).and_then(|x| x.0.downcast_ref::<T>().cloned())) {
        return known;
    }
    let new = make();
    MEMO.with(|m| {
        let mut memo = m.borrow_mut();
        memo.depth += 1;
        memo.copies.insert(key, (Box::new(new.clone()), Box::new(old.clone())));
    });
    fill(&new);
    let done = MEMO.with(|m| {
        let mut memo = m.borrow_mut();
        memo.depth -= 1;
        if memo.depth == 0 { std::mem::take(&mut memo.copies) } else { HashMap::new() }
    });
    drop(done);
    new
}
macro_rules! same {
    ($($t:ty),*) => { $(impl DeepCopy for $t { fn deep(&self) -> Self { self.clone() } })* };
}
same!(i64, f64, bool, (), Str, Bytes, Int, super::glue::Range);

impl<T: DeepCopy> DeepCopy for Option<T> {
    fn deep(&self) -> Self {
        self.as_ref().map(DeepCopy::deep)
    }
}
impl<T: DeepCopy + Clone + 'static> DeepCopy for List<T> {
    fn deep(&self) -> Self {
        kept(self.id() as *const u8, self, List::new, |new| self.iter().for_each(|x| new.append(x.deep())))
    }
}
impl<T: ?Sized> DeepCopy for super::glue::Fun<T> {
    fn deep(&self) -> Self {
        self.clone()
    }
}
impl DeepCopy for Exc {
    fn deep(&self) -> Self {
        self.clone()
    }
}
impl DeepCopy for ByteArray {
    fn deep(&self) -> Self {
        ByteArray::from(self.borrow().clone())
    }
}
impl<T: DeepCopy + Clone> DeepCopy for super::deque::Deque<T> {
    fn deep(&self) -> Self {
        let new = self.copy();
        new.clear();
        new.extend(self.to_vec().iter().map(DeepCopy::deep).collect::<Vec<_>>());
        new
    }
}
impl<K: Key> DeepCopy for super::counter::Counter<K> {
    fn deep(&self) -> Self {
        self.copy()
    }
}
impl<T: super::buffer::Item + super::traits::PyRepr> DeepCopy for super::array::Array<T> {
    fn deep(&self) -> Self {
        self.copy()
    }
}
impl<T: DeepCopy> DeepCopy for Tuple<T> {
    fn deep(&self) -> Self {
        self.iter().map(DeepCopy::deep).collect()
    }
}
impl<K: Key + DeepCopy + 'static, V: DeepCopy + Clone + 'static> DeepCopy for Dict<K, V> {
    fn deep(&self) -> Self {
        let empty = || Dict::new().of_kind(self.kind().clone());
        kept(self.id() as *const u8, self, empty, |new: &Dict<K, V>| {
            for (k, v) in self.items().iter() {
                new.set(k.deep(), v.deep());
            }
        })
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
            Value::Obj(o) => o.deep().unwrap_or_else(|| self.clone()),
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
        Value::Obj(o) => o.shallow().unwrap_or_else(|| v.clone()),
        other => other.clone(),
    })
}
