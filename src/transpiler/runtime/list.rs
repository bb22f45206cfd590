//! needs: exc, traits, seq, slot
//! `List<T>`: a shared, mutable list. A handle: clones are the same list, `copy` is a new one.
use super::exc::{self, Exc};
use super::seq::{self, Slice};
use super::slot::{Reading, Slot, Writing};
use super::traits::*;
use std::rc::Rc;

/// Start, stop and step of a slice.
pub type Bounds = (Option<i64>, Option<i64>, Option<i64>);

pub struct List<T>(Rc<Slot<Vec<T>>>);

impl<T> Clone for List<T> {
    #[inline]
    fn clone(&self) -> Self {
        List(Rc::clone(&self.0))
    }
}
impl<T> Default for List<T> {
    fn default() -> Self {
        List::from(Vec::new())
    }
}
impl<T> From<Vec<T>> for List<T> {
    #[inline]
    fn from(items: Vec<T>) -> Self {
        List(Rc::new(Slot::new(items)))
    }
}
impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(it: I) -> Self {
        List::from(it.into_iter().collect::<Vec<T>>())
    }
}

impl<T> List<T> {
    pub fn new() -> Self {
        List::default()
    }
    #[inline]
    pub fn borrow(&self) -> Reading<'_, Vec<T>> {
        self.0.borrow()
    }
    #[inline]
    pub fn borrow_mut(&self) -> Writing<'_, Vec<T>> {
        self.0.borrow_mut()
    }
    #[inline]
    pub fn len(&self) -> i64 {
        // SAFETY: reads a length.
        unsafe { self.0.peek(|v| v.len() as i64) }
    }
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// `a is b`.
    pub fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
    pub fn id(&self) -> i64 {
        Rc::as_ptr(&self.0) as *const u8 as i64
    }
    /// What changes several items: nothing else may look at the list meanwhile.
    pub fn change<R>(&self, f: impl FnOnce(&mut Vec<T>) -> R) -> R {
        f(&mut self.0.borrow_mut())
    }
    #[inline]
    pub fn append(&self, x: T) {
        // SAFETY: moves items, drops none.
        unsafe { self.0.poke(|v| v.push(x)) }
    }
    /// `self[i] = x`.
    #[inline]
    pub fn set(&self, index: i64, x: T) -> Result<(), Exc> {
        // SAFETY: the item that was there is handed out, and dropped afterwards.
        let _old = unsafe { self.0.poke(|v| seq::place(v, index).map(|place| std::mem::replace(place, x))) }?;
        Ok(())
    }
    /// Changes `self[i]` in place; `change` must not touch the list.
    #[inline]
    pub fn with_place<R>(&self, index: i64, change: impl FnOnce(&mut T) -> R) -> Result<R, Exc> {
        Ok(change(seq::place(&mut self.0.borrow_mut(), index)?))
    }
    pub fn del(&self, index: i64) -> Result<(), Exc> {
        seq::delete(&mut self.0.borrow_mut(), index)
    }
    pub fn del_slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<(), Exc> {
        seq::delete_slice(&mut self.0.borrow_mut(), start, stop, step)
    }
    pub fn set_slice(
        &self, start: Option<i64>, stop: Option<i64>, step: Option<i64>, new: Vec<T>,
    ) -> Result<(), Exc> {
        seq::assign_slice(&mut self.0.borrow_mut(), start, stop, step, new)
    }
    /// `self[to] = self[from]`.
    pub fn move_part(&self, from: Bounds, to: Bounds) -> Result<(), Exc>
    where
        T: Clone,
    {
        let mut items = self.0.borrow_mut();
        let source = Slice::new(from.0, from.1, from.2, items.len() as i64)?;
        let target = Slice::new(to.0, to.1, to.2, items.len() as i64)?;
        let turned = source.step == -1 && target.step == 1 && source.stop + 1 == target.start && source.start + 1 == target.stop;
        if turned && target.start < target.stop {
            items[target.start as usize..target.stop as usize].reverse();
            return Ok(());
        }
        let new = seq::slice(&items, from.0, from.1, from.2)?;
        seq::assign_slice(&mut items, to.0, to.1, to.2, new)
    }
    pub fn insert(&self, index: i64, x: T) {
        seq::insert(&mut self.0.borrow_mut(), index, x);
    }
    #[inline]
    pub fn pop(&self, index: Option<i64>) -> Result<T, Exc> {
        // SAFETY: moves items, drops none.
        unsafe { self.0.poke(|v| seq::pop(v, index)) }
    }
    pub fn clear(&self) {
        // taken out first: dropping an item may run code that looks at the list
        drop(std::mem::take(&mut *self.0.borrow_mut()));
    }
    pub fn reverse(&self) {
        self.0.borrow_mut().reverse();
    }
    pub fn sort(&self, reverse: bool) -> Result<(), Exc>
    where
        T: PyOrd,
    {
        let mut items = std::mem::take(&mut *self.0.borrow_mut());
        let done = seq::sort(&mut items, reverse);
        *self.0.borrow_mut() = items;
        done
    }
    pub fn sort_key<K: PyOrd>(&self, key: impl FnMut(&T) -> Result<K, Exc>, reverse: bool) -> Result<(), Exc> {
        let mut items = std::mem::take(&mut *self.0.borrow_mut());
        let done = seq::sort_key(&mut items, key, reverse);
        *self.0.borrow_mut() = items;
        done
    }
}

impl<T: Clone> List<T> {
    #[inline]
    pub fn get(&self, index: i64) -> Result<T, Exc> {
        // SAFETY: cloning an item copies a number or a handle.
        unsafe { self.0.peek(|v| seq::get(v, index)) }
    }
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<List<T>, Exc> {
        self.cut(start, stop, step).map(List::from)
    }
    pub fn substr(&self, start: Option<i64>, stop: Option<i64>) -> List<T> {
        List::from(self.part(start, stop))
    }
    /// The items of `slice`.
    pub fn cut(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<Vec<T>, Exc> {
        seq::slice(&self.0.borrow(), start, stop, step)
    }
    /// The items of `substr`.
    pub fn part(&self, start: Option<i64>, stop: Option<i64>) -> Vec<T> {
        seq::plain_slice(&self.0.borrow(), start, stop)
    }
    pub fn copy(&self) -> List<T> {
        List::from(self.0.borrow().clone())
    }
    pub fn to_vec(&self) -> Vec<T> {
        self.0.borrow().clone()
    }
    /// The items of a list that nobody else holds, without copying them.
    pub fn into_vec(self) -> Vec<T> {
        match Rc::try_unwrap(self.0) {
            Ok(slot) => slot.into_inner(),
            Err(shared) => shared.borrow().clone(),
        }
    }
    /// Takes the items one by one as they are at that moment: appending while iterating is seen, as in Python.
    #[inline]
    pub fn iter(&self) -> Iter<T> {
        Iter { list: self.clone(), at: 0 }
    }
    pub fn reversed(&self) -> impl Iterator<Item = T> {
        let list = self.clone();
        let mut left = self.len();
        std::iter::from_fn(move || {
            left -= 1;
            if left < 0 { None } else { list.borrow().get(left as usize).cloned() }
        })
    }
    pub fn extend(&self, items: impl IntoIterator<Item = T>) {
        // collected first: the source may be this very list
        let new: Vec<T> = items.into_iter().collect();
        self.0.borrow_mut().extend(new);
    }
    pub fn extend_list(&self, other: &List<T>) {
        let new = other.to_vec();
        self.0.borrow_mut().extend(new);
    }
    pub fn add(&self, other: &List<T>) -> List<T> {
        let mut out = self.to_vec();
        out.extend_from_slice(&other.0.borrow());
        List::from(out)
    }
    pub fn repeat(&self, times: i64) -> List<T> {
        List::from(seq::repeat(&self.0.borrow(), times))
    }
    pub fn sorted(&self, reverse: bool) -> Result<List<T>, Exc>
    where
        T: PyOrd,
    {
        let mut items = self.to_vec();
        seq::sort(&mut items, reverse)?;
        Ok(List::from(items))
    }
    /// `self *= times`
    pub fn multiply(&self, times: i64) {
        let items = seq::repeat(&self.0.borrow(), times);
        drop(std::mem::replace(&mut *self.0.borrow_mut(), items));
    }
    /// For `a, b = list`.
    pub fn unpack(&self, want: usize) -> Result<Vec<T>, Exc> {
        let items = self.to_vec();
        seq::unpack(&items, want)?;
        Ok(items)
    }
}

impl<T: Clone> List<List<T>> {
    /// `self[i][j]`, without a handle of the inner list.
    #[inline]
    pub fn get2(&self, i: i64, j: i64) -> Result<T, Exc> {
        // SAFETY: reads the inner list, which clones an item.
        unsafe { self.0.peek(|v| seq::get_ref(v, i)?.get(j)) }
    }
    /// `self[i][j] = x`.
    #[inline]
    pub fn set2(&self, i: i64, j: i64, x: T) -> Result<(), Exc> {
        let row = self.get(i)?;
        row.set(j, x)
    }
}

impl<T: PartialEq> List<T> {
    pub fn contains(&self, x: &T) -> bool {
        self.0.borrow().contains(x)
    }
    pub fn remove(&self, x: &T) -> Result<(), Exc> {
        seq::remove(&mut self.0.borrow_mut(), x)
    }
    pub fn index(&self, x: &T, start: Option<i64>, stop: Option<i64>) -> Result<i64, Exc>
    where
        T: PyRepr,
    {
        seq::index(&self.0.borrow(), x, start, stop)
    }
    pub fn count(&self, x: &T) -> i64 {
        seq::count(&self.0.borrow(), x)
    }
}

pub struct Iter<T> {
    list: List<T>,
    at: usize,
}
impl<T: Clone> Iterator for Iter<T> {
    type Item = T;
    #[inline]
    fn next(&mut self) -> Option<T> {
        // SAFETY: cloning an item copies a number or a handle.
        let x = unsafe { self.list.0.peek(|v| v.get(self.at).cloned()) };
        self.at += 1;
        x
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.list.0.borrow().len().saturating_sub(self.at), None)
    }
}
impl<T: Clone> IntoIterator for &List<T> {
    type Item = T;
    type IntoIter = Iter<T>;
    fn into_iter(self) -> Iter<T> {
        self.iter()
    }
}
impl<T: Clone> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = Iter<T>;
    fn into_iter(self) -> Iter<T> {
        Iter { list: self, at: 0 }
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || *self.0.borrow() == *other.0.borrow()
    }
}
impl<T: PartialOrd> PartialOrd for List<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.0.borrow().partial_cmp(&*other.0.borrow())
    }
}
impl<T: PyOrd + PartialEq> PyOrd for List<T> {
    fn py_lt(&self, other: &Self) -> Result<bool, Exc> {
        self.0.borrow()[..].py_lt(&other.0.borrow()[..])
    }
}
impl<T: PyRepr> PyRepr for List<T> {
    fn repr_into(&self, out: &mut String) {
        match self.0.try_borrow() {
            Some(items) => items[..].repr_into(out),
            None => out.push_str("[...]"),
        }
    }
}
impl<T: PyRepr> PyStr for List<T> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<T> PyTruth for List<T> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}
impl<T> PyLen for List<T> {
    fn py_len(&self) -> i64 {
        self.len()
    }
}
/// Never reached by programs that Python accepts; keeps containers of lists generic.
impl<T> PyHash for List<T> {
    fn py_hash(&self) -> i64 {
        exc::die(exc::new(&exc::TypeError, "unhashable type: 'list'"))
    }
    fn check_hash(&self) -> Result<(), Exc> {
        Err(exc::new(&exc::TypeError, "unhashable type: 'list'"))
    }
}
impl<T: PyRepr> std::fmt::Debug for List<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.repr().as_str())
    }
}
