//! needs: exc, traits, map
//! `Dict<K, V>`: a shared, mutable dict with its views. Clones are the same dict. A defaultdict and an OrderedDict are
//! dicts that know what they are.
use super::exc::{self, Exc};
use super::map::Map;
use super::traits::*;
use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

pub struct Dict<K, V>(Rc<Inner<K, V>>);

struct Inner<K, V> {
    map: RefCell<Map<K, V>>,
    kind: Kind<V>,
}

/// Which of Python's classes the dict is.
#[derive(Default)]
pub enum Kind<V> {
    #[default]
    Plain,
    Ordered,
    Default(Factory<V>),
    /// A Counter within a Value: shown with the largest first, by this order; what a missing key counts.
    Counted(fn(&V, &V) -> std::cmp::Ordering, fn() -> V),
}
/// A defaultdict's factory, and how repr shows it (`<class 'int'>`).
pub struct Factory<V> {
    pub shown: &'static str,
    pub make: Rc<dyn Fn() -> Result<V, Exc>>,
}
impl<V> Clone for Kind<V> {
    fn clone(&self) -> Self {
        match self {
            Kind::Plain => Kind::Plain,
            Kind::Ordered => Kind::Ordered,
            Kind::Counted(order, none) => Kind::Counted(*order, *none),
            Kind::Default(f) => Kind::Default(Factory { shown: f.shown, make: Rc::clone(&f.make) }),
        }
    }
}

impl<K, V> Clone for Dict<K, V> {
    #[inline]
    fn clone(&self) -> Self {
        Dict(Rc::clone(&self.0))
    }
}
impl<K, V> Default for Dict<K, V> {
    fn default() -> Self {
        Dict::from(Map::default())
    }
}
impl<K, V> From<Map<K, V>> for Dict<K, V> {
    fn from(m: Map<K, V>) -> Self {
        Dict(Rc::new(Inner { map: RefCell::new(m), kind: Kind::Plain }))
    }
}
impl<K: Key, V> FromIterator<(K, V)> for Dict<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(it: I) -> Self {
        Dict::from(it.into_iter().collect::<Map<K, V>>())
    }
}
impl<K: Key, V, const N: usize> From<[(K, V); N]> for Dict<K, V> {
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K: Key, V> From<Vec<(K, V)>> for Dict<K, V> {
    fn from(pairs: Vec<(K, V)>) -> Self {
        pairs.into_iter().collect()
    }
}

fn missing<K: Key + PyRepr + PyStr + 'static>(key: &K) -> Exc {
    exc::key_error(key.clone())
}

impl<K: Key, V> Dict<K, V> {
    pub fn new() -> Self {
        Dict::default()
    }
    #[inline]
    pub fn borrow(&self) -> Ref<'_, Map<K, V>> {
        self.0.map.borrow()
    }
    #[inline]
    pub fn borrow_mut(&self) -> RefMut<'_, Map<K, V>> {
        self.0.map.borrow_mut()
    }
    pub fn kind(&self) -> &Kind<V> {
        &self.0.kind
    }
    /// The same items as a dict of another kind.
    pub fn of_kind(self, kind: Kind<V>) -> Self {
        let items = std::mem::take(&mut *self.0.map.borrow_mut());
        Dict(Rc::new(Inner { map: RefCell::new(items), kind }))
    }
    /// The name of its class.
    pub fn class_name(&self) -> &'static str {
        match self.0.kind {
            Kind::Plain => "dict",
            Kind::Ordered => "OrderedDict",
            Kind::Default(_) => "defaultdict",
            Kind::Counted(..) => "Counter",
        }
    }
    pub fn len(&self) -> i64 {
        self.0.map.borrow().len() as i64
    }
    pub fn is_empty(&self) -> bool {
        self.0.map.borrow().is_empty()
    }
    pub fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
    pub fn id(&self) -> i64 {
        Rc::as_ptr(&self.0) as *const u8 as i64
    }
    #[inline]
    pub fn contains(&self, key: &K) -> bool {
        self.0.map.borrow().contains(key)
    }
    /// `self[key] = value`.
    #[inline]
    pub fn set(&self, key: K, value: V) {
        // the replaced value is dropped after the borrow has ended
        let _old = self.0.map.borrow_mut().set(key, value);
    }
    /// `del self[key]`.
    pub fn del(&self, key: &K) -> Result<(), Exc>
    where
        K: PyRepr + PyStr + 'static,
    {
        let gone = self.0.map.borrow_mut().remove(key);
        gone.map(|_| ()).ok_or_else(|| missing(key))
    }
    pub fn pop(&self, key: &K) -> Result<V, Exc>
    where
        K: PyRepr + PyStr + 'static,
    {
        let gone = self.0.map.borrow_mut().remove(key);
        gone.map(|e| e.1).ok_or_else(|| missing(key))
    }
    pub fn pop_or(&self, key: &K, default: V) -> V {
        let gone = self.0.map.borrow_mut().remove(key);
        gone.map_or(default, |e| e.1)
    }
    /// `pop(key, None)`.
    pub fn pop_opt(&self, key: &K) -> Option<V> {
        let gone = self.0.map.borrow_mut().remove(key);
        gone.map(|e| e.1)
    }
    pub fn popitem(&self) -> Result<(K, V), Exc> {
        let last = self.0.map.borrow_mut().pop_last();
        last.ok_or_else(|| {
            exc::with_args(&exc::KeyError, vec!["popitem(): dictionary is empty".into()])
        })
    }
    pub fn clear(&self) {
        drop(std::mem::take(&mut *self.0.map.borrow_mut()));
    }
    /// Changes `self[key]` in place (`d[k] += 1`); `change` must not touch the dict.
    #[inline]
    pub fn with_place<R>(&self, key: &K, change: impl FnOnce(&mut V) -> R) -> Result<R, Exc>
    where
        K: PyRepr + PyStr + 'static,
    {
        if let Some(v) = self.0.map.borrow_mut().get_mut(key) {
            return Ok(change(v));
        }
        let Kind::Default(factory) = &self.0.kind else { return Err(missing(key)) };
        let v = (factory.make)()?;
        Ok(change(self.0.map.borrow_mut().place(key.clone(), || v)))
    }
    /// The same, with a default for a new key (defaultdict, `d[k] = d.get(k, 0) + 1`).
    #[inline]
    pub fn with_place_or<R>(&self, key: K, default: impl FnOnce() -> V, change: impl FnOnce(&mut V) -> R) -> R {
        change(self.0.map.borrow_mut().place(key, default))
    }
    pub fn extend(&self, pairs: impl IntoIterator<Item = (K, V)>) {
        for (k, v) in pairs {
            self.set(k, v);
        }
    }
}

impl<K: Key, V: Clone> Dict<K, V> {
    /// `self.get(key)`.
    #[inline]
    pub fn get(&self, key: &K) -> Option<V> {
        self.0.map.borrow().get(key).cloned()
    }
    /// `self.get(key, default)`.
    #[inline]
    pub fn get_or(&self, key: &K, default: V) -> V {
        self.0.map.borrow().get(key).cloned().unwrap_or(default)
    }
    /// `self[key]`.
    #[inline]
    pub fn item(&self, key: &K) -> Result<V, Exc>
    where
        K: PyRepr + PyStr + 'static,
    {
        if let Some(v) = self.0.map.borrow().get(key) {
            return Ok(v.clone());
        }
        self.absent(key)
    }
    /// A defaultdict makes and keeps what is not there, outside the borrow, since the factory may look at the dict.
    #[cold]
    fn absent(&self, key: &K) -> Result<V, Exc>
    where
        K: PyRepr + PyStr + 'static,
    {
        if let Kind::Counted(_, none) = &self.0.kind {
            return Ok(none());
        }
        let Kind::Default(factory) = &self.0.kind else { return Err(missing(key)) };
        let v = (factory.make)()?;
        self.set(key.clone(), v.clone());
        Ok(v)
    }
    pub fn setdefault(&self, key: K, default: V) -> V {
        self.0.map.borrow_mut().place(key, || default).clone()
    }
    pub fn copy(&self) -> Dict<K, V> {
        Dict(Rc::new(Inner { map: RefCell::new(self.0.map.borrow().clone()), kind: self.0.kind.clone() }))
    }
    /// `dict(self)`.
    pub fn plain_copy(&self) -> Dict<K, V> {
        Dict::from(self.0.map.borrow().clone())
    }
    pub fn update(&self, other: &Dict<K, V>) {
        if !self.same(other) {
            let pairs: Vec<(K, V)> = other.items().into_iter().collect();
            self.extend(pairs);
        }
    }
    /// `self | other`.
    pub fn union(&self, other: &Dict<K, V>) -> Dict<K, V> {
        let out = self.copy();
        out.update(other);
        out
    }
    pub fn fromkeys(keys: impl IntoIterator<Item = K>, value: V) -> Dict<K, V> {
        keys.into_iter().map(|k| (k, value.clone())).collect()
    }
    pub fn keys(&self) -> Keys<K, V> {
        Keys(self.clone())
    }
    pub fn values(&self) -> Values<K, V> {
        Values(self.clone())
    }
    pub fn items(&self) -> Items<K, V> {
        Items(self.clone())
    }
    pub fn iter(&self) -> Iter<K, V, K> {
        Iter::new(self, |k, _| k.clone())
    }
}

/// Iterates over the live dict; a change of size ends the program with Python's RuntimeError.
pub struct Iter<K, V, T> {
    dict: Dict<K, V>,
    at: usize,
    size: usize,
    pick: fn(&K, &V) -> T,
}
impl<K: Key, V, T> Iter<K, V, T> {
    fn new(dict: &Dict<K, V>, pick: fn(&K, &V) -> T) -> Self {
        Iter { dict: dict.clone(), at: 0, size: dict.0.map.borrow().len(), pick }
    }
}
impl<K: Key, V, T> Iterator for Iter<K, V, T> {
    type Item = T;
    #[inline]
    fn next(&mut self) -> Option<T> {
        let map = self.dict.0.map.borrow();
        if map.len() != self.size {
            drop(map);
            exc::die(exc::new(&exc::RuntimeError, "dictionary changed size during iteration"));
        }
        let (next, k, v) = map.from_position(self.at)?;
        self.at = next;
        Some((self.pick)(k, v))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.size))
    }
}

pub struct Keys<K, V>(Dict<K, V>);
pub struct Values<K, V>(Dict<K, V>);
pub struct Items<K, V>(Dict<K, V>);

macro_rules! views {
    ($($name:ident $title:literal $item:ty, $pick:expr, $show:expr;)*) => { $(
        impl<K: Key, V: Clone> $name<K, V> {
            pub fn iter(&self) -> Iter<K, V, $item> { Iter::new(&self.0, $pick) }
            pub fn len(&self) -> i64 { self.0.len() }
            pub fn reversed(&self) -> std::vec::IntoIter<$item> {
                let mut all: Vec<$item> = self.iter().collect();
                all.reverse();
                all.into_iter()
            }
        }
        impl<K, V> Clone for $name<K, V> { fn clone(&self) -> Self { $name(self.0.clone()) } }
        impl<K: Key, V: Clone> IntoIterator for &$name<K, V> {
            type Item = $item;
            type IntoIter = Iter<K, V, $item>;
            fn into_iter(self) -> Self::IntoIter { self.iter() }
        }
        impl<K: Key, V: Clone> IntoIterator for $name<K, V> {
            type Item = $item;
            type IntoIter = Iter<K, V, $item>;
            fn into_iter(self) -> Self::IntoIter { self.iter() }
        }
        impl<K: Key + PyRepr, V: Clone + PyRepr> PyRepr for $name<K, V> {
            fn repr_into(&self, out: &mut String) {
                out.push_str($title);
                let all: Vec<$item> = self.iter().collect();
                all.repr_into(out);
                out.push(')');
            }
        }
        impl<K: Key + PyRepr, V: Clone + PyRepr> PyStr for $name<K, V> {
            fn str_into(&self, out: &mut String) { self.repr_into(out) }
        }
        impl<K: Key, V> PyTruth for $name<K, V> { fn truth(&self) -> bool { !self.0.is_empty() } }
        impl<K: Key, V> PyLen for $name<K, V> { fn py_len(&self) -> i64 { self.0.len() } }
    )* };
}
views! {
    Keys "dict_keys(" K, |k, _| k.clone(), 0;
    Values "dict_values(" V, |_, v| v.clone(), 0;
    Items "dict_items(" (K, V), |k, v| (k.clone(), v.clone()), 0;
}
impl<K: Key, V: Clone> Keys<K, V> {
    pub fn contains(&self, key: &K) -> bool {
        self.0.contains(key)
    }
}
impl<K: Key, V: Clone + PartialEq> Values<K, V> {
    pub fn contains(&self, value: &V) -> bool {
        self.0 .0.map.borrow().values().any(|v| v == value)
    }
}
impl<K: Key, V: Clone> PartialEq for Keys<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|k| other.contains(&k))
    }
}

impl<K: Key, V: Clone> IntoIterator for &Dict<K, V> {
    type Item = K;
    type IntoIter = Iter<K, V, K>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
impl<K: Key, V: PartialEq> PartialEq for Dict<K, V> {
    fn eq(&self, other: &Self) -> bool {
        let ordered = |d: &Self| matches!(d.0.kind, Kind::Ordered);
        self.same(other)
            || (*self.0.map.borrow() == *other.0.map.borrow()
                && !(ordered(self) && ordered(other) && !self.0.map.borrow().iter().map(|x| x.0).eq(other.0.map.borrow().iter().map(|x| x.0))))
    }
}
impl<K: Key + PyRepr, V: PyRepr> PyRepr for Map<K, V> {
    fn repr_into(&self, out: &mut String) {
        out.push('{');
        for (i, (k, v)) in self.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            k.repr_into(out);
            out.push_str(": ");
            v.repr_into(out);
        }
        out.push('}');
    }
}
impl<K: Key + PyRepr, V: PyRepr> PyRepr for Dict<K, V> {
    fn repr_into(&self, out: &mut String) {
        let Ok(map) = self.0.map.try_borrow() else { return out.push_str("{...}") };
        match &self.0.kind {
            Kind::Plain => map.repr_into(out),
            Kind::Counted(..) if map.len() == 0 => out.push_str("Counter()"),
            Kind::Counted(order, _) => {
                let mut items: Vec<(&K, &V)> = map.iter().collect();
                items.sort_by(|a, b| order(b.1, a.1));
                for (i, (k, v)) in items.into_iter().enumerate() {
                    out.push_str(if i == 0 { "Counter({" } else { ", " });
                    k.repr_into(out);
                    out.push_str(": ");
                    v.repr_into(out);
                }
                out.push_str("})");
            }
            Kind::Default(f) => {
                out.push_str(&format!("defaultdict({}, ", f.shown));
                map.repr_into(out);
                out.push(')');
            }
            Kind::Ordered => {
                out.push_str("OrderedDict(");
                for (i, (k, v)) in map.iter().enumerate() {
                    out.push_str(if i == 0 { "[(" } else { ", (" });
                    k.repr_into(out);
                    out.push_str(", ");
                    v.repr_into(out);
                    out.push(')');
                }
                out.push_str(if map.len() == 0 { ")" } else { "])" });
            }
        }
    }
}
impl<K: Key + PyRepr, V: PyRepr> PyStr for Dict<K, V> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<K: Key, V> PyTruth for Dict<K, V> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}
impl<K: Key, V> PyLen for Dict<K, V> {
    fn py_len(&self) -> i64 {
        self.len()
    }
}
impl<K, V> PyHash for Dict<K, V> {
    fn py_hash(&self) -> i64 {
        exc::die(exc::new(&exc::TypeError, "unhashable type: 'dict'"))
    }
    fn check_hash(&self) -> Result<(), Exc> {
        Err(exc::new(&exc::TypeError, "unhashable type: 'dict'"))
    }
}
