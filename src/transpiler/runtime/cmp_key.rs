//! needs: exc, traits
//! `functools.cmp_to_key`: an item that is compared by a function of two items.
use super::exc::Exc;
use super::traits::PyOrd;
use std::cell::RefCell;
use std::rc::Rc;

pub struct Key<T, F> {
    item: T,
    less: Rc<RefCell<F>>,
}
impl<T, F> Key<T, F> {
    pub fn new(item: T, less: Rc<RefCell<F>>) -> Self {
        Key { item, less }
    }
}
impl<T, F: FnMut(&T, &T) -> Result<bool, Exc>> PyOrd for Key<T, F> {
    fn py_lt(&self, other: &Self) -> Result<bool, Exc> {
        (self.less.borrow_mut())(&self.item, &other.item)
    }
}
