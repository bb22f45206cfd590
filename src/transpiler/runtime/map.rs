//! needs: traits
//! `Map<K, V>`: the table behind `Dict`. Entries in insertion order, an open-addressing index of positions beside them.
use super::traits::Key;

const EMPTY: u32 = u32::MAX;
const GONE: u32 = u32::MAX - 1;

/// A position among the entries, with a part of the hash: most entries that are not meant are passed over unseen.
#[derive(Clone, Copy)]
struct Place {
    at: u32,
    tag: u32,
}
const FREE: Place = Place { at: EMPTY, tag: 0 };

#[derive(Clone)]
struct Entry<K, V> {
    hash: i64,
    key: K,
    value: V,
}

#[derive(Clone)]
pub struct Map<K, V> {
    slots: Vec<Place>,
    entries: Vec<Option<Entry<K, V>>>,
    live: usize,
    /// Slots that are not EMPTY.
    filled: usize,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map { slots: Vec::new(), entries: Vec::new(), live: 0, filled: 0 }
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

    #[inline]
    fn find(&self, hash: i64, key: &K) -> Option<(usize, usize)> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let (start, tag) = mix(hash);
        let mut s = start & mask;
        loop {
            let place = self.slots[s];
            if place.at == EMPTY {
                return None;
            }
            if place.tag == tag && place.at != GONE {
                if let Some(e) = &self.entries[place.at as usize] {
                    if e.hash == hash && e.key == *key {
                        return Some((s, place.at as usize));
                    }
                }
            }
            s = (s + 1) & mask;
        }
    }

    #[inline]
    pub fn get(&self, key: &K) -> Option<&V> {
        let (_, at) = self.find(key.py_hash(), key)?;
        self.entries[at].as_ref().map(|e| &e.value)
    }
    #[inline]
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let (_, at) = self.find(key.py_hash(), key)?;
        self.entries[at].as_mut().map(|e| &mut e.value)
    }
    pub fn contains(&self, key: &K) -> bool {
        self.find(key.py_hash(), key).is_some()
    }

    /// The place of `key`, made by `value` when it is new.
    #[inline]
    pub fn place(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        let hash = key.py_hash();
        let at = match self.find(hash, &key) {
            Some((_, at)) => at,
            None => self.push(hash, key, value()),
        };
        match &mut self.entries[at] {
            Some(e) => &mut e.value,
            None => unreachable!("a found entry is live"),
        }
    }

    /// An existing key keeps its position and its first spelling; the old value is returned.
    #[inline]
    pub fn set(&mut self, key: K, value: V) -> Option<V> {
        let hash = key.py_hash();
        if let Some((_, at)) = self.find(hash, &key) {
            return self.entries[at].as_mut().map(|e| std::mem::replace(&mut e.value, value));
        }
        self.push(hash, key, value);
        None
    }

    fn push(&mut self, hash: i64, key: K, value: V) -> usize {
        if (self.filled + 1) * 3 > self.slots.len() * 2 {
            self.rebuild();
        }
        let at = self.entries.len();
        self.entries.push(Some(Entry { hash, key, value }));
        self.live += 1;
        self.filled += 1;
        Self::index(&mut self.slots, hash, at);
        at
    }

    fn index(slots: &mut [Place], hash: i64, at: usize) {
        let mask = slots.len() - 1;
        let (start, tag) = mix(hash);
        let mut s = start & mask;
        while slots[s].at < GONE {
            s = (s + 1) & mask;
        }
        slots[s] = Place { at: at as u32, tag };
    }

    /// Drops the holes of deleted entries and sizes the index for twice the live ones.
    fn rebuild(&mut self) {
        self.entries.retain(Option::is_some);
        let size = (self.live * 3 + 6).next_power_of_two();
        self.slots.clear();
        self.slots.resize(size, FREE);
        self.filled = self.live;
        for (at, e) in self.entries.iter().enumerate() {
            if let Some(e) = e {
                Self::index(&mut self.slots, e.hash, at);
            }
        }
    }

    pub fn remove(&mut self, key: &K) -> Option<(K, V)> {
        let (s, at) = self.find(key.py_hash(), key)?;
        self.slots[s].at = GONE;
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
