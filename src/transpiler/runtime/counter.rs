//! needs: exc, dict, traits, map
//! `collections.Counter`: a dict of counts. Derefs to the dict.
use super::dict::Dict;
use super::traits::*;

pub struct Counter<K>(Dict<K, i64>);

impl<K> Clone for Counter<K> {
    fn clone(&self) -> Self {
        Counter(self.0.clone())
    }
}
impl<K> Default for Counter<K> {
    fn default() -> Self {
        Counter(Dict::default())
    }
}
impl<K> std::ops::Deref for Counter<K> {
    type Target = Dict<K, i64>;
    fn deref(&self) -> &Dict<K, i64> {
        &self.0
    }
}
impl<K: Key> FromIterator<K> for Counter<K> {
    fn from_iter<I: IntoIterator<Item = K>>(it: I) -> Self {
        let out = Counter::default();
        out.count_all(it);
        out
    }
}
impl<K: Key> From<Dict<K, i64>> for Counter<K> {
    fn from(d: Dict<K, i64>) -> Self {
        Counter(d.plain_copy())
    }
}

impl<K: Key> Counter<K> {
    pub fn new() -> Self {
        Counter::default()
    }
    /// `self[key]`: 0 when missing.
    pub fn item(&self, key: &K) -> i64 {
        self.0.get_or(key, 0)
    }
    /// `self[key] += n`.
    #[inline]
    pub fn bump(&self, key: K, n: i64) {
        self.0.with_place_or(key, || 0, |v| *v += n);
    }
    /// `del self[key]`: a missing key is no error.
    pub fn del(&self, key: &K) {
        self.0.pop_opt(key);
    }
    /// `update(iterable)`.
    pub fn count_all(&self, items: impl IntoIterator<Item = K>) {
        items.into_iter().for_each(|k| self.bump(k, 1));
    }
    /// `update(mapping)`, `subtract(mapping)` with sign -1.
    pub fn merge(&self, other: &Dict<K, i64>, sign: i64) {
        for (k, n) in other.copy().items() {
            self.bump(k, sign * n);
        }
    }
    pub fn subtract_all(&self, items: impl IntoIterator<Item = K>) {
        items.into_iter().for_each(|k| self.bump(k, -1));
    }
    /// Most frequent first, equal ones in the order they were met; None gives all.
    pub fn most_common(&self, n: Option<i64>) -> Vec<(K, i64)> {
        let mut all: Vec<(K, i64)> = self.0.items().into_iter().collect();
        all.sort_by_key(|e| std::cmp::Reverse(e.1));
        if let Some(n) = n {
            all.truncate(n.max(0) as usize);
        }
        all
    }
    pub fn elements(&self) -> Vec<K> {
        self.0.items().into_iter().flat_map(|(k, n)| std::iter::repeat_n(k, n.max(0) as usize)).collect()
    }
    pub fn total(&self) -> i64 {
        self.0.borrow().values().sum()
    }
    pub fn copy(&self) -> Self {
        Counter(self.0.copy())
    }
    fn combine(&self, other: &Self, f: impl Fn(i64, i64) -> i64) -> Self {
        let out = Dict::new();
        for (k, n) in self.0.items() {
            let v = f(n, other.item(&k));
            if v > 0 {
                out.set(k, v);
            }
        }
        for (k, n) in other.0.items() {
            let v = f(0, n);
            if !self.0.contains(&k) && v > 0 {
                out.set(k, v);
            }
        }
        Counter(out)
    }
    pub fn add(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a + b)
    }
    pub fn sub(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a - b)
    }
    pub fn and(&self, other: &Self) -> Self {
        self.combine(other, i64::min)
    }
    pub fn or(&self, other: &Self) -> Self {
        self.combine(other, i64::max)
    }
}

impl<K: Key> IntoIterator for &Counter<K> {
    type Item = K;
    type IntoIter = super::dict::Iter<K, i64, K>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
impl<K: Key> PartialEq for Counter<K> {
    fn eq(&self, other: &Self) -> bool {
        let half = |a: &Self, b: &Self| a.0.items().into_iter().all(|(k, n)| b.item(&k) == n);
        half(self, other) && half(other, self)
    }
}
impl<K: Key + PyRepr> PyRepr for Counter<K> {
    fn repr_into(&self, out: &mut String) {
        if self.0.is_empty() {
            return out.push_str("Counter()");
        }
        out.push_str("Counter(");
        self.most_common(None).into_iter().collect::<Dict<K, i64>>().repr_into(out);
        out.push(')');
    }
}
impl<K: Key + PyRepr> PyStr for Counter<K> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<K: Key> PyTruth for Counter<K> {
    fn truth(&self) -> bool {
        !self.0.is_empty()
    }
}
impl<K: Key> PyLen for Counter<K> {
    fn py_len(&self) -> i64 {
        self.0.len()
    }
}
