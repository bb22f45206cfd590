//! needs: traits
//! `Map<K, V>`: the table behind `Dict`. Entries in insertion order, an open-addressing index of positions beside them.
use super::traits::Key;
use std::cell::Cell;
use std::num::NonZeroI64;

const EMPTY: u32 = u32::MAX;
const GONE: u32 = u32::MAX - 1;

/// `hash` is CPython's, which is never -1; its complement is kept, so that an entry that is gone needs no room of its own.
#[derive(Clone)]
struct Entry<K, V> {
    hash: NonZeroI64,
    key: K,
    value: V,
}
#[inline(always)]
fn kept(hash: i64) -> NonZeroI64 {
    NonZeroI64::new(!hash).expect("a hash is never -1")
}
/// As CPython does, a hash of -1 counts as -2.
#[inline(always)]
fn hash_of<K: Key>(key: &K) -> i64 {
    match key.py_hash() {
        -1 => -2,
        hash => hash,
    }
}

#[derive(Clone)]
pub struct Map<K, V> {
    /// A power of two of them. The low bits hold a position among the entries (at most two thirds of the slots are filled, so that many bits
    /// suffice and the two highest positions stay free for EMPTY and GONE), the rest a part of the hash: most entries that are not meant are passed over unseen.
    slots: Vec<u32>,
    entries: Vec<Option<Entry<K, V>>>,
    live: usize,
    /// Slots that are not EMPTY.
    filled: usize,
    /// Where the last key was found: `if k in d: d[k] += 1` looks once.
    last: Cell<usize>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map { slots: Vec::new(), entries: Vec::new(), live: 0, filled: 0, last: Cell::new(0) }
    }
}

/// Spreads CPython's hash (small ints are themselves) over the table. Sixteen that follow each other stay together, in an order that
/// differs from one such group to the next: a walk over numbers stays in the cache, and multiples of a power of two do not collide.
#[inline]
fn mix(hash: i64) -> (usize, u32) {
    let h = hash as u64;
    let group = (h >> 4).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let group = group ^ group >> 32;
    let within = h.wrapping_add(group >> 28) & 15;
    ((group << 4 | within) as usize, (group >> 24) as u32 ^ (h as u32) << 28)
}

impl<K: Key, V> Map<K, V> {
    pub fn new() -> Self {
        Map::default()
    }
    #[inline]
    pub fn len(&self) -> usize {
        self.live
    }
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// Slot and position of a key.
    #[inline]
    fn find(&self, hash: i64, key: &K) -> Option<(usize, usize)> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let (start, tag) = mix(hash);
        let mut s = start & mask;
        loop {
            let slot = self.slots[s];
            if slot == EMPTY {
                return None;
            }
            if (slot ^ tag) as usize & !mask == 0 {
                let at = slot as usize & mask;
                if let Some(Some(e)) = self.entries.get(at) {
                    if e.hash == kept(hash) && e.key == *key {
                        return Some((s, at));
                    }
                }
            }
            s = (s + 1) & mask;
        }
    }
    /// Position of a key.
    #[inline]
    fn position(&self, key: &K) -> Option<usize> {
        if K::PLAIN {
            if let Some(Some(e)) = self.entries.get(self.last.get()) {
                if e.key == *key {
                    return Some(self.last.get());
                }
            }
        }
        let (_, at) = self.find(hash_of(key), key)?;
        self.last.set(at);
        Some(at)
    }

    #[inline]
    pub fn get(&self, key: &K) -> Option<&V> {
        self.entries[self.position(key)?].as_ref().map(|e| &e.value)
    }
    #[inline]
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.position(key)?;
        self.entries[at].as_mut().map(|e| &mut e.value)
    }
    #[inline]
    pub fn contains(&self, key: &K) -> bool {
        self.position(key).is_some()
    }

    /// The place of `key`, made by `value` when it is new.
    #[inline]
    pub fn place(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        let at = match self.position(&key) {
            Some(at) => at,
            None => self.push(hash_of(&key), key, value()),
        };
        match &mut self.entries[at] {
            Some(e) => &mut e.value,
            None => unreachable!("a found entry is live"),
        }
    }

    /// An existing key keeps its position and its first spelling; the old value is returned.
    #[inline]
    pub fn set(&mut self, key: K, value: V) -> Option<V> {
        if let Some(at) = self.position(&key) {
            return self.entries[at].as_mut().map(|e| std::mem::replace(&mut e.value, value));
        }
        self.push(hash_of(&key), key, value);
        None
    }

    fn push(&mut self, hash: i64, key: K, value: V) -> usize {
        if (self.filled + 1) * 3 > self.slots.len() * 2 {
            self.rebuild();
        }
        let at = self.entries.len();
        self.entries.push(Some(Entry { hash: kept(hash), key, value }));
        self.last.set(at);
        self.live += 1;
        self.filled += 1;
        Self::index(&mut self.slots, hash, at);
        at
    }

    fn index(slots: &mut [u32], hash: i64, at: usize) {
        let mask = slots.len() - 1;
        let (start, tag) = mix(hash);
        let mut s = start & mask;
        while slots[s] < GONE {
            s = (s + 1) & mask;
        }
        slots[s] = tag & !(mask as u32) | at as u32;
    }

    /// Drops the holes of deleted entries and sizes the index so that at most a third of it is filled.
    fn rebuild(&mut self) {
        self.entries.retain(Option::is_some);
        let size = (self.live * 3 + 6).next_power_of_two();
        assert!(size <= 1 << 31, "a dict of more than a thousand million keys");
        self.slots.clear();
        self.slots.resize(size, EMPTY);
        self.filled = self.live;
        for (at, e) in self.entries.iter().enumerate() {
            if let Some(e) = e {
                Self::index(&mut self.slots, !e.hash.get(), at);
            }
        }
    }

    pub fn remove(&mut self, key: &K) -> Option<(K, V)> {
        let (s, at) = self.find(hash_of(key), key)?;
        self.slots[s] = GONE;
        self.take(at)
    }

    fn take(&mut self, at: usize) -> Option<(K, V)> {
        self.live -= 1;
        let e = self.entries[at].take()?;
        while let Some(None) = self.entries.last() {
            self.entries.pop();
        }
        Some((e.key, e.value))
    }

    pub fn pop_last(&mut self) -> Option<(K, V)> {
        let key = self.entries.iter().rev().flatten().next()?.key.clone();
        self.remove(&key)
    }
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        let key = self.iter().next()?.0.clone();
        self.remove(&key)
    }
    pub fn clear(&mut self) {
        *self = Map::default();
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + '_ {
        self.entries.iter().flatten().map(|e| (&e.key, &e.value))
    }
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> + '_ {
        self.entries.iter_mut().flatten().map(|e| (&e.key, &mut e.value))
    }
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + '_ {
        self.iter().map(|e| e.0)
    }
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + '_ {
        self.iter().map(|e| e.1)
    }

    /// The first live entry at or after position `at`, with the position after it: iteration that survives changes.
    pub fn from_position(&self, mut at: usize) -> Option<(usize, &K, &V)> {
        loop {
            match self.entries.get(at)? {
                Some(e) => return Some((at + 1, &e.key, &e.value)),
                None => at += 1,
            }
        }
    }
    pub fn positions(&self) -> usize {
        self.entries.len()
    }
}

impl<K: Key, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.live == other.live && self.iter().all(|(k, v)| other.get(k).is_some_and(|w| v == w))
    }
}
impl<K: Key, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(it: I) -> Self {
        let mut out = Map::default();
        for (k, v) in it {
            out.set(k, v);
        }
        out
    }
}
