//! needs: exc, traits, threading
//! `queue.Queue`, `LifoQueue`, `PriorityQueue`; who waits lets other threads run (see `fibers`).
use super::exc::{self, Class, R};
use super::threading::wait;
use super::traits::*;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

#[allow(non_upper_case_globals)]
pub static Empty: Class = Class::new("Empty", &exc::Exception);
#[allow(non_upper_case_globals)]
pub static Full: Class = Class::new("Full", &exc::Exception);

#[derive(Clone, Copy, PartialEq)]
pub enum Order {
    First,
    Last,
    Smallest,
}

struct Inner<T> {
    items: RefCell<VecDeque<T>>,
    maxsize: i64,
    order: Order,
    unfinished: Cell<i64>,
}

pub struct Queue<T>(Rc<Inner<T>>);

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Queue(Rc::clone(&self.0))
    }
}

impl<T: Clone + PyOrd> Queue<T> {
    pub fn new(order: Order, maxsize: i64) -> Self {
        Queue(Rc::new(Inner { items: RefCell::default(), maxsize, order, unfinished: Cell::new(0) }))
    }
    pub fn qsize(&self) -> i64 {
        self.0.items.borrow().len() as i64
    }
    pub fn empty(&self) -> bool {
        self.qsize() == 0
    }
    pub fn full(&self) -> bool {
        self.0.maxsize > 0 && self.qsize() >= self.0.maxsize
    }
    /// Waits as long as the caller wants to for `ready()`.
    fn wait(&self, ready: impl Fn() -> bool, block: bool, timeout: Option<f64>, what: &str) -> R<bool> {
        if timeout.is_some_and(|t| block && t < 0.0) {
            return Err(exc::new(&exc::ValueError, "'timeout' must be a non-negative number"));
        }
        Ok(ready() || block && wait(ready, timeout, what)?)
    }
    /// `put(item, block, timeout)`.
    pub fn put(&self, x: T, block: bool, timeout: Option<f64>) -> R<()> {
        if !self.wait(|| !self.full(), block, timeout, "put()")? {
            return Err(exc::bare(&Full));
        }
        self.0.unfinished.set(self.0.unfinished.get() + 1);
        self.0.items.borrow_mut().push_back(x);
        Ok(())
    }
    /// `get(block, timeout)`.
    pub fn get(&self, block: bool, timeout: Option<f64>) -> R<T> {
        if !self.wait(|| !self.empty(), block, timeout, "get()")? {
            return Err(exc::bare(&Empty));
        }
        let mut items = self.0.items.borrow_mut();
        let taken = match self.0.order {
            Order::First => items.pop_front(),
            Order::Last => items.pop_back(),
            Order::Smallest => {
                let mut best = 0;
                for i in 1..items.len() {
                    if items[i].py_lt(&items[best])? {
                        best = i;
                    }
                }
                items.remove(best)
            }
        };
        taken.ok_or_else(|| exc::bare(&Empty))
    }
    pub fn task_done(&self) -> R<()> {
        if self.0.unfinished.get() < 1 {
            return Err(exc::new(&exc::ValueError, "task_done() called too many times"));
        }
        self.0.unfinished.set(self.0.unfinished.get() - 1);
        Ok(())
    }
    pub fn join(&self) -> R<()> {
        wait(|| self.0.unfinished.get() < 1, None, "Queue.join()").map(|_| ())
    }
}
impl<T> PartialEq for Queue<T> {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
impl<T> PyRepr for Queue<T> {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<queue.Queue>");
    }
}
impl<T> PyStr for Queue<T> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<T> PyTruth for Queue<T> {
    fn truth(&self) -> bool {
        true
    }
}
