//! needs: exc, map, traits, pystr
//! `functools.lru_cache`: results by arguments, the least recently used dropped first.
use super::exc::R;
use super::map::Map;
use super::traits::*;
use std::cell::{Cell, RefCell};

pub struct Memo<K, V> {
    results: RefCell<Map<K, V>>,
    max: Option<usize>,
    hits: Cell<i64>,
    misses: Cell<i64>,
}

impl<K: Key, V: Clone> Memo<K, V> {
    pub fn new(max: Option<i64>) -> Self {
        let max = max.map(|n| n.max(0) as usize);
        Memo { results: RefCell::new(Map::new()), max, hits: Cell::new(0), misses: Cell::new(0) }
    }
    pub fn call(&self, key: K, make: impl FnOnce() -> R<V>) -> R<V> {
        let kept = self.results.borrow().get(&key).cloned();
        if let Some(v) = kept {
            self.hits.set(self.hits.get() + 1);
            if self.max.is_some() {
                let mut results = self.results.borrow_mut();
                results.remove(&key);
                results.set(key, v.clone());
            }
            return Ok(v);
        }
        self.misses.set(self.misses.get() + 1);
        let v = make()?;
        let mut results = self.results.borrow_mut();
        if self.max == Some(0) {
            return Ok(v);
        }
        if self.max.is_some_and(|max| results.len() >= max) && results.get(&key).is_none() {
            results.pop_first();
        }
        results.set(key, v.clone());
        Ok(v)
    }
    pub fn clear(&self) {
        self.results.replace(Map::new());
        self.hits.set(0);
        self.misses.set(0);
    }
    pub fn info(&self) -> CacheInfo {
        let currsize = self.results.borrow().len() as i64;
        CacheInfo { hits: self.hits.get(), misses: self.misses.get(), maxsize: self.max.map(|n| n as i64), currsize }
    }
}

#[derive(Clone, PartialEq)]
pub struct CacheInfo {
    pub hits: i64,
    pub misses: i64,
    pub maxsize: Option<i64>,
    pub currsize: i64,
}
impl PyRepr for CacheInfo {
    fn repr_into(&self, out: &mut String) {
        let max = self.maxsize.map_or("None".to_string(), |n| n.to_string());
        let text = format!("hits={}, misses={}, maxsize={max}, currsize={}", self.hits, self.misses, self.currsize);
        out.push_str(&format!("CacheInfo({text})"));
    }
}
str_is_repr!(CacheInfo);
impl PyTruth for CacheInfo {
    fn truth(&self) -> bool {
        true
    }
}
