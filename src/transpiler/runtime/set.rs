//! needs: exc, traits, set_table
//! `Set<T>` (shared, mutable) and `FrozenSet<T>`.
use super::exc::{self, Exc};
use super::set_table::SetTable;
use super::traits::*;
use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

pub struct Set<T>(Rc<RefCell<SetTable<T>>>);
pub struct FrozenSet<T>(Rc<SetTable<T>>);

/// `set.union(*sets)` and `set.intersection(*sets)`.
pub fn fold<S>(sets: Vec<S>, name: &str, join: impl Fn(&S, &S) -> S) -> Result<S, Exc> {
    let mut it = sets.into_iter();
    let Some(first) = it.next() else {
        let text = format!("unbound method {name}() needs an argument");
        return Err(exc::new(&exc::TypeError, text));
    };
    Ok(it.fold(join(&first, &first), |all, next| join(&all, &next)))
}

impl<T> Clone for Set<T> {
    fn clone(&self) -> Self {
        Set(Rc::clone(&self.0))
    }
}
impl<T> Clone for FrozenSet<T> {
    fn clone(&self) -> Self {
        FrozenSet(Rc::clone(&self.0))
    }
}
impl<T> Default for Set<T> {
    fn default() -> Self {
        Set(Rc::new(RefCell::new(SetTable::default())))
    }
}
impl<T> From<SetTable<T>> for Set<T> {
    fn from(t: SetTable<T>) -> Self {
        Set(Rc::new(RefCell::new(t)))
    }
}
impl<T> From<SetTable<T>> for FrozenSet<T> {
    fn from(t: SetTable<T>) -> Self {
        FrozenSet(Rc::new(t))
    }
}
impl<T: Key> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(it: I) -> Self {
        Set::from(it.into_iter().collect::<SetTable<T>>())
    }
}
impl<T: Key> FromIterator<T> for FrozenSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(it: I) -> Self {
        FrozenSet::from(it.into_iter().collect::<SetTable<T>>())
    }
}

/// Reading access that both kinds share.
pub trait AnySet<T> {
    fn with<R>(&self, f: impl FnOnce(&SetTable<T>) -> R) -> R;
}
impl<T> AnySet<T> for Set<T> {
    fn with<R>(&self, f: impl FnOnce(&SetTable<T>) -> R) -> R {
        f(&self.0.borrow())
    }
}
impl<T> AnySet<T> for FrozenSet<T> {
    fn with<R>(&self, f: impl FnOnce(&SetTable<T>) -> R) -> R {
        f(&self.0)
    }
}

macro_rules! shared {
    ($($name:ident)*) => { $(
        impl<T: Key> $name<T> {
            pub fn new() -> Self { $name::from(SetTable::default()) }
            /// From another set: keeps CPython's order of `set(other_set)`.
            pub fn from_set(other: &impl AnySet<T>) -> Self { other.with(|t| $name::from(t.copy())) }
            pub fn len(&self) -> i64 { self.with(|t| t.len() as i64) }
            pub fn is_empty(&self) -> bool { self.len() == 0 }
            pub fn contains(&self, x: &T) -> bool { self.with(|t| t.contains(x)) }
            pub fn copy(&self) -> Self { self.with(|t| $name::from(t.copy())) }
            pub fn union(&self, other: &impl AnySet<T>) -> Self {
                let mut out = self.with(|t| t.copy());
                other.with(|o| out.merge(o));
                $name::from(out)
            }
            /// `union` with any iterable.
            pub fn union_with(&self, items: impl IntoIterator<Item = T>) -> Self {
                let mut out = self.with(|t| t.copy());
                for x in items { out.add(x); }
                $name::from(out)
            }
            /// `intersection` with any iterable: in its order.
            pub fn intersection_with(&self, items: impl IntoIterator<Item = T>) -> Self {
                let mut out = SetTable::default();
                for x in items {
                    if self.with(|t| t.contains(&x)) { out.add(x); }
                }
                $name::from(out)
            }
            /// `difference` with any iterable.
            pub fn difference_with(&self, items: impl IntoIterator<Item = T>) -> Self {
                let mut out = self.with(|t| t.copy());
                for x in items { out.discard(&x); }
                out.tidy();
                $name::from(out)
            }
            /// `difference` with one more: what the first left is not copied again, which would change its order.
            pub fn less(&self, items: impl IntoIterator<Item = T>) -> Self {
                let mut out = self.with(|t| t.clone());
                for x in items { out.discard(&x); }
                out.tidy();
                $name::from(out)
            }
            pub fn intersection(&self, other: &impl AnySet<T>) -> Self {
                $name::from(self.with(|t| other.with(|o| t.intersection(o))))
            }
            pub fn difference(&self, other: &impl AnySet<T>) -> Self {
                $name::from(self.with(|t| other.with(|o| t.difference(o))))
            }
            pub fn symmetric_difference(&self, other: &impl AnySet<T>) -> Self {
                $name::from(self.with(|t| other.with(|o| t.symmetric_difference(o))))
            }
            pub fn issubset(&self, other: &impl AnySet<T>) -> bool { self.with(|t| other.with(|o| t.is_subset(o))) }
            pub fn issuperset(&self, other: &impl AnySet<T>) -> bool { self.with(|t| other.with(|o| o.is_subset(t))) }
            /// `self < other`.
            pub fn proper_subset(&self, other: &impl AnySet<T>) -> bool {
                self.with(|t| other.with(|o| t.len() < o.len() && t.is_subset(o)))
            }
            pub fn isdisjoint(&self, other: &impl AnySet<T>) -> bool {
                self.with(|t| other.with(|o| t.iter().all(|x| !o.contains(x))))
            }
            pub fn iter(&self) -> std::vec::IntoIter<T> {
                self.with(|t| t.iter().cloned().collect::<Vec<T>>()).into_iter()
            }
            pub fn to_vec(&self) -> Vec<T> { self.iter().collect() }
            /// `==` between set and frozenset.
            pub fn equals(&self, other: &impl AnySet<T>) -> bool { self.with(|t| other.with(|o| t == o)) }
        }
        impl<T: Key> IntoIterator for &$name<T> {
            type Item = T;
            type IntoIter = std::vec::IntoIter<T>;
            fn into_iter(self) -> Self::IntoIter { self.iter() }
        }
        impl<T: Key> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool { self.equals(other) }
        }
        impl<T: Key> PyOrd for $name<T> {
            fn py_lt(&self, other: &Self) -> Result<bool, Exc> { Ok(self.proper_subset(other)) }
            fn py_le(&self, other: &Self) -> Result<bool, Exc> { Ok(self.issubset(other)) }
            fn py_ge(&self, other: &Self) -> Result<bool, Exc> { Ok(self.issuperset(other)) }
        }
        impl<T: Key + PyRepr> PyStr for $name<T> { fn str_into(&self, out: &mut String) { self.repr_into(out) } }
        impl<T: Key> PyTruth for $name<T> { fn truth(&self) -> bool { !self.is_empty() } }
        impl<T: Key> PyLen for $name<T> { fn py_len(&self) -> i64 { self.len() } }
    )* };
}
shared!(Set FrozenSet);

impl<T: Key> Set<T> {
    /// A display of three or more constants: CPython's compiler makes a frozenset, rebuilds it while sharing constants, and
    /// the code merges that into a new set, which shows in the order.
    pub fn literal(items: impl IntoIterator<Item = T>) -> Self {
        let first: SetTable<T> = items.into_iter().collect();
        let built: SetTable<T> = first.iter().cloned().collect();
        let mut out = SetTable::default();
        out.merge(&built);
        Set::from(out)
    }
    pub fn borrow(&self) -> Ref<'_, SetTable<T>> {
        self.0.borrow()
    }
    pub fn borrow_mut(&self) -> RefMut<'_, SetTable<T>> {
        self.0.borrow_mut()
    }
    pub fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
    pub fn id(&self) -> i64 {
        Rc::as_ptr(&self.0) as *const u8 as i64
    }
    pub fn add(&self, x: T) {
        self.0.borrow_mut().add(x);
    }
    pub fn discard(&self, x: &T) {
        let _gone = self.0.borrow_mut().discard(x);
    }
    pub fn remove(&self, x: &T) -> Result<(), Exc>
    where
        T: PyRepr + PyStr + 'static,
    {
        let gone = self.0.borrow_mut().discard(x);
        gone.map(|_| ()).ok_or_else(|| exc::key_error(x.clone()))
    }
    pub fn pop(&self) -> Result<T, Exc> {
        let gone = self.0.borrow_mut().pop();
        gone.ok_or_else(|| exc::with_args(&exc::KeyError, vec!["pop from an empty set".into()]))
    }
    pub fn clear(&self) {
        drop(std::mem::take(&mut *self.0.borrow_mut()));
    }
    /// `update` with a set.
    pub fn update(&self, other: &impl AnySet<T>) {
        let other = other.with(|o| o.clone());
        self.0.borrow_mut().merge(&other);
    }
    /// `update` with any other iterable.
    pub fn extend(&self, items: impl IntoIterator<Item = T>) {
        for x in items {
            self.add(x);
        }
    }
    pub fn intersection_update(&self, other: &impl AnySet<T>) {
        let kept = self.0.borrow().intersection(&other.with(|o| o.clone()));
        *self.0.borrow_mut() = kept;
    }
    /// `intersection_update` with any other iterable.
    pub fn intersection_update_with(&self, items: impl IntoIterator<Item = T>) {
        let kept = self.intersection_with(items).0.take();
        *self.0.borrow_mut() = kept;
    }
    pub fn difference_update(&self, other: &impl AnySet<T>) {
        let other = other.with(|o| o.clone());
        self.0.borrow_mut().subtract(&other);
    }
    pub fn symmetric_difference_update(&self, other: &impl AnySet<T>) {
        let other = other.with(|o| o.clone());
        self.0.borrow_mut().toggle(&other);
    }
}

impl<T: Key + PyRepr> PyRepr for Set<T> {
    fn repr_into(&self, out: &mut String) {
        if self.is_empty() {
            return out.push_str("set()");
        }
        out.push('{');
        repr_items(self.to_vec().iter(), out);
        out.push('}');
    }
}
impl<T: Key + PyRepr> PyRepr for FrozenSet<T> {
    fn repr_into(&self, out: &mut String) {
        if self.is_empty() {
            return out.push_str("frozenset()");
        }
        out.push_str("frozenset({");
        repr_items(self.to_vec().iter(), out);
        out.push_str("})");
    }
}
impl<T> PyHash for Set<T> {
    fn py_hash(&self) -> i64 {
        exc::die(exc::new(&exc::TypeError, "unhashable type: 'set'"))
    }
    fn check_hash(&self) -> Result<(), Exc> {
        Err(exc::new(&exc::TypeError, "unhashable type: 'set'"))
    }
}
/// CPython's frozenset hash: independent of order.
impl<T: Key> PyHash for FrozenSet<T> {
    fn py_hash(&self) -> i64 {
        let shuffle = |h: u64| ((h ^ 89869747) ^ (h << 16)).wrapping_mul(3644798167);
        let mut hash = 0u64;
        for x in self.0.iter() {
            hash ^= shuffle(x.py_hash() as u64);
        }
        // free slots and dummies cancel out in CPython's loop over the whole table; what remains is the count
        hash ^= (self.0.len() as u64).wrapping_add(1).wrapping_mul(1927868237);
        hash ^= (hash >> 11) ^ (hash >> 25);
        hash = hash.wrapping_mul(69069).wrapping_add(907133923);
        if hash == u64::MAX { 590923713 } else { hash as i64 }
    }
}
