//! needs: exc, traits, seq
//! `Tuple<T>`: a tuple whose length is not known when the program is translated (`*args`, `tuple(list)`).
use super::exc::{self, Exc};
use super::seq;
use super::traits::*;
use std::rc::Rc;

pub struct Tuple<T>(Rc<[T]>);

impl<T> Clone for Tuple<T> {
    fn clone(&self) -> Self {
        Tuple(Rc::clone(&self.0))
    }
}
impl<T> From<Vec<T>> for Tuple<T> {
    fn from(items: Vec<T>) -> Self {
        Tuple(items.into())
    }
}
impl<T> FromIterator<T> for Tuple<T> {
    fn from_iter<I: IntoIterator<Item = T>>(it: I) -> Self {
        Tuple(it.into_iter().collect())
    }
}
impl<T> Default for Tuple<T> {
    fn default() -> Self {
        Tuple::from(Vec::new())
    }
}
impl<T> std::ops::Deref for Tuple<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}
impl<T> Tuple<T> {
    pub fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
impl<T: Clone> Tuple<T> {
    pub fn item(&self, index: i64) -> Result<T, Exc> {
        match seq::at(index, self.0.len()) {
            Some(i) => Ok(self.0[i].clone()),
            None => Err(seq::out_of_range("tuple")),
        }
    }
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<Tuple<T>, Exc> {
        Ok(Tuple::from(seq::slice(&self.0, start, stop, step)?))
    }
    pub fn add(&self, other: &Tuple<T>) -> Tuple<T> {
        self.0.iter().chain(other.0.iter()).cloned().collect()
    }
    pub fn repeat(&self, times: i64) -> Tuple<T> {
        Tuple::from(seq::repeat(&self.0, times))
    }
    pub fn unpack(&self, want: usize) -> Result<(), Exc> {
        seq::unpack(&self.0, want)
    }
}
impl<T: PartialEq> Tuple<T> {
    pub fn count(&self, x: &T) -> i64 {
        seq::count(&self.0, x)
    }
    pub fn index(&self, x: &T, start: Option<i64>, stop: Option<i64>) -> Result<i64, Exc> {
        let cut = seq::Slice::plain(start, stop, self.0.len() as i64);
        let found = (cut.start..cut.stop).find(|&i| self.0[i as usize] == *x);
        found.ok_or_else(|| exc::new(&exc::ValueError, "tuple.index(x): x not in tuple"))
    }
}
impl<T: Clone> IntoIterator for &Tuple<T> {
    type Item = T;
    type IntoIter = Iter<T>;
    fn into_iter(self) -> Iter<T> {
        Iter(self.clone(), 0)
    }
}
pub struct Iter<T>(Tuple<T>, usize);
impl<T: Clone> Iterator for Iter<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        self.1 += 1;
        self.0.get(self.1 - 1).cloned()
    }
}
impl<T: PartialEq> PartialEq for Tuple<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T: PartialOrd> PartialOrd for Tuple<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.0.partial_cmp(&other.0)
    }
}
impl<T: PyOrd + PartialEq> PyOrd for Tuple<T> {
    const TOTAL: bool = T::TOTAL;
    fn py_lt(&self, other: &Self) -> Result<bool, Exc> {
        self.0.py_lt(&other.0)
    }
}
impl<T: PyRepr> PyRepr for Tuple<T> {
    fn repr_into(&self, out: &mut String) {
        out.push('(');
        repr_items(self.0.iter(), out);
        out.push_str(if self.0.len() == 1 { ",)" } else { ")" });
    }
}
impl<T: PyRepr> PyStr for Tuple<T> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<T> PyTruth for Tuple<T> {
    fn truth(&self) -> bool {
        !self.0.is_empty()
    }
}
impl<T> PyLen for Tuple<T> {
    fn py_len(&self) -> i64 {
        self.0.len() as i64
    }
}
impl<T: PyHash> PyHash for Tuple<T> {
    fn py_hash(&self) -> i64 {
        hash_items(self.0.iter().map(|x| x.py_hash()))
    }
    fn check_hash(&self) -> Result<(), Exc> {
        self.0.iter().try_for_each(PyHash::check_hash)
    }
}
