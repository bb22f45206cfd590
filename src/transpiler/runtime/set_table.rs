//! needs: traits
//! `SetTable<T>`: the table behind `Set`. Same probing, growth and rebuilding as CPython 3.11's set object, because
//! the order of a set of numbers is visible in output.
//! Source: CPython 3.11 Objects/setobject.c (its algorithm, described in its comments).
use super::traits::Key;

const MIN_SIZE: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;

#[derive(Clone)]
enum Slot<T> {
    Free,
    Dummy,
    Used(i64, T),
}

#[derive(Clone)]
pub struct SetTable<T> {
    table: Vec<Slot<T>>,
    fill: usize,
    used: usize,
    finger: usize,
}

impl<T> Default for SetTable<T> {
    fn default() -> Self {
        SetTable { table: (0..MIN_SIZE).map(|_| Slot::Free).collect(), fill: 0, used: 0, finger: 0 }
    }
}

impl<T: Key> SetTable<T> {
    pub fn new() -> Self {
        SetTable::default()
    }
    pub fn len(&self) -> usize {
        self.used
    }
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }
    fn mask(&self) -> usize {
        self.table.len() - 1
    }

    /// Position of `key`, or of the slot where it would go: the last dummy passed, else the free slot.
    fn find(&self, hash: i64, key: &T) -> Result<usize, usize> {
        let mut dummy = None;
        let mask = self.mask();
        let mut i = hash as usize & mask;
        let mut perturb = hash as u64;
        loop {
            let probes = if i + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            for j in i..=i + probes {
                match &self.table[j] {
                    Slot::Free => return Err(dummy.unwrap_or(j)),
                    Slot::Dummy => dummy = Some(j),
                    Slot::Used(h, k) if *h == hash && k == key => return Ok(j),
                    _ => {}
                }
            }
            perturb >>= PERTURB_SHIFT;
            i = (i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize)) & mask;
        }
    }

    pub fn contains(&self, key: &T) -> bool {
        self.find(key.py_hash(), key).is_ok()
    }

    /// False when it was there.
    pub fn add(&mut self, key: T) -> bool {
        self.add_hashed(key.py_hash(), key)
    }

    fn add_hashed(&mut self, hash: i64, key: T) -> bool {
        let Err(at) = self.find(hash, &key) else { return false };
        let reused = matches!(self.table[at], Slot::Dummy);
        self.table[at] = Slot::Used(hash, key);
        self.used += 1;
        if reused {
            return true;
        }
        self.fill += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.resize(if self.used > 50000 { self.used * 2 } else { self.used * 4 });
        }
        true
    }

    fn resize(&mut self, min_used: usize) {
        let mut size = MIN_SIZE;
        while size <= min_used {
            size <<= 1;
        }
        let old = std::mem::replace(&mut self.table, (0..size).map(|_| Slot::Free).collect());
        self.fill = self.used;
        for slot in old {
            if let Slot::Used(h, k) = slot {
                self.insert_clean(h, k);
            }
        }
    }

    /// Into a table without dummies that does not hold the key.
    fn insert_clean(&mut self, hash: i64, key: T) {
        let mask = self.mask();
        let mut i = hash as usize & mask;
        let mut perturb = hash as u64;
        loop {
            let probes = if i + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            for j in i..=i + probes {
                if matches!(self.table[j], Slot::Free) {
                    self.table[j] = Slot::Used(hash, key);
                    return;
                }
            }
            perturb >>= PERTURB_SHIFT;
            i = (i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize)) & mask;
        }
    }

    pub fn discard(&mut self, key: &T) -> Option<T> {
        let at = self.find(key.py_hash(), key).ok()?;
        self.take(at)
    }

    fn take(&mut self, at: usize) -> Option<T> {
        self.used -= 1;
        match std::mem::replace(&mut self.table[at], Slot::Dummy) {
            Slot::Used(_, k) => Some(k),
            _ => None,
        }
    }

    pub fn pop(&mut self) -> Option<T> {
        if self.used == 0 {
            return None;
        }
        let mut at = self.finger & self.mask();
        while !matches!(self.table[at], Slot::Used(..)) {
            at = (at + 1) & self.mask();
        }
        self.finger = at + 1;
        self.take(at)
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> + '_ {
        self.hashed().map(|e| e.1)
    }
    fn hashed(&self) -> impl Iterator<Item = (i64, &T)> + '_ {
        self.table.iter().filter_map(|s| match s {
            Slot::Used(h, k) => Some((*h, k)),
            _ => None,
        })
    }
    /// The first key at or after slot `at`, with the slot after it.
    pub fn from_position(&self, at: usize) -> Option<(usize, &T)> {
        self.table.iter().enumerate().skip(at).find_map(|(i, s)| match s {
            Slot::Used(_, k) => Some((i + 1, k)),
            _ => None,
        })
    }

    /// `update` with another set.
    pub fn merge(&mut self, other: &SetTable<T>) {
        if (self.fill + other.used) * 5 >= self.mask() * 3 {
            self.resize((self.used + other.used) * 2);
        }
        if self.fill == 0 {
            if self.mask() == other.mask() && other.fill == other.used {
                self.table = other.table.clone();
            } else {
                let all: Vec<(i64, T)> = other.hashed().map(|(h, k)| (h, k.clone())).collect();
                all.into_iter().for_each(|(h, k)| self.insert_clean(h, k));
            }
            self.fill = other.used;
            self.used = other.used;
            return;
        }
        for (h, k) in other.hashed() {
            self.add_hashed(h, k.clone());
        }
    }

    pub fn copy(&self) -> SetTable<T> {
        let mut out = SetTable::default();
        out.merge(self);
        out
    }

    pub fn intersection(&self, other: &SetTable<T>) -> SetTable<T> {
        let (walk, look) = if other.used > self.used { (self, other) } else { (other, self) };
        let mut out = SetTable::default();
        for (h, k) in walk.hashed() {
            if look.find(h, k).is_ok() {
                out.add_hashed(h, k.clone());
            }
        }
        out
    }

    pub fn difference(&self, other: &SetTable<T>) -> SetTable<T> {
        if self.used >> 2 > other.used {
            let mut out = self.copy();
            out.subtract(other);
            return out;
        }
        let mut out = SetTable::default();
        for (h, k) in self.hashed() {
            if other.find(h, k).is_err() {
                out.add_hashed(h, k.clone());
            }
        }
        out
    }

    /// `self -= other`.
    pub fn subtract(&mut self, other: &SetTable<T>) {
        if other.used >> 3 > self.used {
            let both = self.intersection(other);
            both.iter().for_each(|k| drop(self.discard(k)));
        } else {
            other.iter().for_each(|k| drop(self.discard(k)));
        }
        self.tidy();
    }
    /// After many were taken out.
    pub fn tidy(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.resize(if self.used > 50000 { self.used * 2 } else { self.used * 4 });
        }
    }

    /// `self ^= other`.
    pub fn toggle(&mut self, other: &SetTable<T>) {
        for (h, k) in other.hashed() {
            match self.find(h, k) {
                Ok(at) => drop(self.take(at)),
                Err(_) => {
                    self.add_hashed(h, k.clone());
                }
            }
        }
    }

    pub fn symmetric_difference(&self, other: &SetTable<T>) -> SetTable<T> {
        let mut out = other.copy();
        out.toggle(self);
        out
    }

    pub fn is_subset(&self, other: &SetTable<T>) -> bool {
        self.used <= other.used && self.hashed().all(|(h, k)| other.find(h, k).is_ok())
    }
}

impl<T: Key> PartialEq for SetTable<T> {
    fn eq(&self, other: &Self) -> bool {
        self.used == other.used && self.is_subset(other)
    }
}
impl<T: Key> FromIterator<T> for SetTable<T> {
    fn from_iter<I: IntoIterator<Item = T>>(it: I) -> Self {
        let mut out = SetTable::default();
        for k in it {
            out.add(k);
        }
        out
    }
}
