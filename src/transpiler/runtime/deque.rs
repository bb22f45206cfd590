//! needs: exc, traits, seq
//! `collections.deque`, with or without `maxlen`.
use super::exc::{self, R};
use super::seq;
use super::traits::*;
use std::cell::{Ref, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

struct Inner<T> {
    items: VecDeque<T>,
    maxlen: Option<usize>,
}

pub struct Deque<T>(Rc<RefCell<Inner<T>>>);

impl<T> Clone for Deque<T> {
    fn clone(&self) -> Self {
        Deque(Rc::clone(&self.0))
    }
}
impl<T> Default for Deque<T> {
    fn default() -> Self {
        Deque::new(None)
    }
}
impl<T> FromIterator<T> for Deque<T> {
    fn from_iter<I: IntoIterator<Item = T>>(it: I) -> Self {
        let out = Deque::new(None);
        it.into_iter().for_each(|x| out.append(x));
        out
    }
}

impl<T> Deque<T> {
    pub fn new(maxlen: Option<i64>) -> Self {
        let maxlen = maxlen.map(|n| n.max(0) as usize);
        Deque(Rc::new(RefCell::new(Inner { items: VecDeque::new(), maxlen })))
    }
    /// `deque(items, maxlen)`.
    pub fn with_items(items: impl IntoIterator<Item = T>, maxlen: Option<i64>) -> R<Self> {
        if maxlen.is_some_and(|n| n < 0) {
            return Err(exc::new(&exc::ValueError, "maxlen must be non-negative"));
        }
        let out = Deque::new(maxlen);
        items.into_iter().for_each(|x| out.append(x));
        Ok(out)
    }
    pub fn items(&self) -> Ref<'_, VecDeque<T>> {
        Ref::map(self.0.borrow(), |i| &i.items)
    }
    pub fn len(&self) -> i64 {
        self.0.borrow().items.len() as i64
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub fn maxlen(&self) -> Option<i64> {
        self.0.borrow().maxlen.map(|n| n as i64)
    }
    pub fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
    pub fn append(&self, x: T) {
        let mut i = self.0.borrow_mut();
        i.items.push_back(x);
        if i.maxlen.is_some_and(|m| i.items.len() > m) {
            i.items.pop_front();
        }
    }
    pub fn appendleft(&self, x: T) {
        let mut i = self.0.borrow_mut();
        i.items.push_front(x);
        if i.maxlen.is_some_and(|m| i.items.len() > m) {
            i.items.pop_back();
        }
    }
    pub fn pop(&self) -> R<T> {
        let x = self.0.borrow_mut().items.pop_back();
        x.ok_or_else(|| exc::new(&exc::IndexError, "pop from an empty deque"))
    }
    pub fn popleft(&self) -> R<T> {
        let x = self.0.borrow_mut().items.pop_front();
        x.ok_or_else(|| exc::new(&exc::IndexError, "pop from an empty deque"))
    }
    pub fn extend(&self, items: impl IntoIterator<Item = T>) {
        let all: Vec<T> = items.into_iter().collect();
        all.into_iter().for_each(|x| self.append(x));
    }
    pub fn extendleft(&self, items: impl IntoIterator<Item = T>) {
        let all: Vec<T> = items.into_iter().collect();
        all.into_iter().for_each(|x| self.appendleft(x));
    }
    pub fn clear(&self) {
        drop(std::mem::take(&mut self.0.borrow_mut().items));
    }
    pub fn reverse(&self) {
        self.0.borrow_mut().items.make_contiguous().reverse();
    }
    pub fn rotate(&self, n: i64) {
        let mut i = self.0.borrow_mut();
        let len = i.items.len();
        if len > 0 {
            i.items.rotate_right(n.rem_euclid(len as i64) as usize);
        }
    }
    pub fn insert(&self, index: i64, x: T) -> R<()> {
        let mut i = self.0.borrow_mut();
        if i.maxlen.is_some_and(|m| i.items.len() >= m) {
            return Err(exc::new(&exc::IndexError, "deque already at its maximum size"));
        }
        let n = i.items.len() as i64;
        let at = if index < 0 { (index + n).max(0) } else { index.min(n) };
        i.items.insert(at as usize, x);
        Ok(())
    }
    pub fn set(&self, index: i64, x: T) -> R<()> {
        let mut i = self.0.borrow_mut();
        match seq::at(index, i.items.len()) {
            Some(at) => i.items[at] = x,
            None => return Err(seq::out_of_range("deque")),
        }
        Ok(())
    }
    pub fn del(&self, index: i64) -> R<()> {
        let mut i = self.0.borrow_mut();
        match seq::at(index, i.items.len()) {
            Some(at) => drop(i.items.remove(at)),
            None => return Err(seq::out_of_range("deque")),
        }
        Ok(())
    }
}
impl<T: Clone> Deque<T> {
    pub fn get(&self, index: i64) -> R<T> {
        let i = self.0.borrow();
        seq::at(index, i.items.len()).map(|at| i.items[at].clone()).ok_or_else(|| seq::out_of_range("deque"))
    }
    pub fn copy(&self) -> Self {
        let i = self.0.borrow();
        Deque(Rc::new(RefCell::new(Inner { items: i.items.clone(), maxlen: i.maxlen })))
    }
    pub fn to_vec(&self) -> Vec<T> {
        self.0.borrow().items.iter().cloned().collect()
    }
    /// A change of size while iterating ends the program with Python's RuntimeError.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        let (d, size) = (self.clone(), self.len());
        let mut at = 0;
        std::iter::from_fn(move || {
            if d.len() != size {
                exc::die(exc::new(&exc::RuntimeError, "deque mutated during iteration"));
            }
            at += 1;
            d.0.borrow().items.get(at - 1).cloned()
        })
    }
}
impl<T: PartialEq> Deque<T> {
    pub fn contains(&self, x: &T) -> bool {
        self.0.borrow().items.contains(x)
    }
    pub fn count(&self, x: &T) -> i64 {
        self.0.borrow().items.iter().filter(|y| *y == x).count() as i64
    }
    pub fn index(&self, x: &T) -> R<i64>
    where
        T: PyRepr,
    {
        let at = self.0.borrow().items.iter().position(|y| y == x);
        at.map(|i| i as i64).ok_or_else(|| exc::new(&exc::ValueError, format!("{} is not in deque", x.repr())))
    }
    pub fn remove(&self, x: &T) -> R<()> {
        let at = self.0.borrow().items.iter().position(|y| y == x);
        match at {
            Some(i) => self.del(i as i64),
            None => Err(exc::new(&exc::ValueError, "deque.remove(x): x not in deque")),
        }
    }
}
impl<T: Clone> IntoIterator for &Deque<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.to_vec().into_iter()
    }
}
impl<T: PartialEq> PartialEq for Deque<T> {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || self.0.borrow().items == other.0.borrow().items
    }
}
impl<T: PyRepr> PyRepr for Deque<T> {
    fn repr_into(&self, out: &mut String) {
        let i = self.0.borrow();
        out.push_str("deque([");
        repr_items(i.items.iter(), out);
        out.push(']');
        if let Some(m) = i.maxlen {
            out.push_str(&format!(", maxlen={m}"));
        }
        out.push(')');
    }
}
impl<T: PyRepr> PyStr for Deque<T> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<T> PyTruth for Deque<T> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}
impl<T> PyLen for Deque<T> {
    fn py_len(&self) -> i64 {
        self.len()
    }
}
impl<T: PyOrd + PartialEq + Clone> PyOrd for Deque<T> {
    fn py_lt(&self, other: &Self) -> R<bool> {
        let (a, b) = (self.to_vec(), other.to_vec());
        match a.iter().zip(&b).find(|(x, y)| x != y) {
            Some((x, y)) => x.py_lt(y),
            None => Ok(a.len() < b.len()),
        }
    }
}
impl<T> PyHash for Deque<T> {
    fn py_hash(&self) -> i64 {
        exc::die(exc::new(&exc::TypeError, "unhashable type: 'collections.deque'"))
    }
}
