//! needs: exc, dict, traits, pystr
//! `collections.defaultdict` (derefs to its dict) and the extras of `collections.OrderedDict`.
use super::dict::Dict;
use super::exc::{self, R};
use super::traits::*;
use std::rc::Rc;

pub struct DefaultDict<K, V> {
    dict: Dict<K, V>,
    /// How repr shows the factory (`<class 'int'>`), and the factory.
    shown: &'static str,
    make: Rc<dyn Fn() -> R<V>>,
}

impl<K, V> Clone for DefaultDict<K, V> {
    fn clone(&self) -> Self {
        DefaultDict { dict: self.dict.clone(), shown: self.shown, make: Rc::clone(&self.make) }
    }
}
impl<K, V> std::ops::Deref for DefaultDict<K, V> {
    type Target = Dict<K, V>;
    fn deref(&self) -> &Dict<K, V> {
        &self.dict
    }
}
impl<K: Key, V: Clone> DefaultDict<K, V> {
    pub fn new(shown: &'static str, make: impl Fn() -> R<V> + 'static) -> Self {
        DefaultDict { dict: Dict::new(), shown, make: Rc::new(make) }
    }
    /// `self[key]`: makes and keeps the default.
    #[inline]
    pub fn item(&self, key: &K) -> R<V> {
        self.dict.item_or_make(key, || (self.make)())
    }
    /// `self[key] += ..` and the like.
    #[inline]
    pub fn with_item<T>(&self, key: K, change: impl FnOnce(&mut V) -> T) -> R<T> {
        if !self.dict.contains(&key) {
            let v = (self.make)()?;
            self.dict.set(key.clone(), v);
        }
        match self.dict.borrow_mut().get_mut(&key) {
            Some(v) => Ok(change(v)),
            None => Err(exc::bare(&exc::KeyError)),
        }
    }
    pub fn copy(&self) -> Self {
        DefaultDict { dict: self.dict.copy(), ..self.clone() }
    }
    pub fn dict(&self) -> Dict<K, V> {
        self.dict.clone()
    }
}
impl<K: Key, V: Clone> IntoIterator for &DefaultDict<K, V> {
    type Item = K;
    type IntoIter = super::dict::Iter<K, V, K>;
    fn into_iter(self) -> Self::IntoIter {
        self.dict.iter()
    }
}
impl<K: Key, V: PartialEq> PartialEq for DefaultDict<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.dict == other.dict
    }
}
impl<K: Key + PyRepr, V: PyRepr> PyRepr for DefaultDict<K, V> {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("defaultdict({}, ", self.shown));
        self.dict.repr_into(out);
        out.push(')');
    }
}
impl<K: Key + PyRepr, V: PyRepr> PyStr for DefaultDict<K, V> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<K: Key, V> PyTruth for DefaultDict<K, V> {
    fn truth(&self) -> bool {
        !self.dict.is_empty()
    }
}
impl<K: Key, V> PyLen for DefaultDict<K, V> {
    fn py_len(&self) -> i64 {
        self.dict.len()
    }
}

/// `OrderedDict.move_to_end(key, last)`.
pub fn move_to_end<K: Key + PyRepr + PyStr + 'static, V: Clone>(d: &Dict<K, V>, key: &K, last: bool) -> R<()> {
    let v = d.pop(key)?;
    if last {
        d.set(key.clone(), v);
        return Ok(());
    }
    let rest: Vec<(K, V)> = d.items().into_iter().collect();
    d.clear();
    d.set(key.clone(), v);
    d.extend(rest);
    Ok(())
}

/// `OrderedDict.popitem(last)`.
pub fn popitem<K: Key, V>(d: &Dict<K, V>, last: bool) -> R<(K, V)> {
    let gone = if last { d.borrow_mut().pop_last() } else { d.borrow_mut().pop_first() };
    gone.ok_or_else(|| exc::with_args(&exc::KeyError, vec!["dictionary is empty".into()]))
}

/// `repr(OrderedDict)`.
pub fn ordered_repr<K: Key + PyRepr, V: Clone + PyRepr>(d: &Dict<K, V>) -> super::pystr::Str {
    if d.is_empty() {
        return super::pystr::Str::lit("OrderedDict()");
    }
    let pairs: Vec<(K, V)> = d.items().into_iter().collect();
    super::pystr::Str::from(format!("OrderedDict({})", pairs.repr()))
}
