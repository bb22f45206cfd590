//! needs: exc, value, value_items, traits, pystr
//! `concurrent.futures` executors whose work runs when it is submitted (see `threading`).
use super::exc::{self, Exc, R};
use super::traits::*;
use super::value::Value;
use std::rc::Rc;

#[derive(Clone)]
pub struct Future(Rc<Result<Value, Exc>>);

impl Future {
    pub fn result(&self) -> R<Value> {
        (*self.0).clone()
    }
    pub fn exception(&self) -> Value {
        match &*self.0 {
            Ok(_) => Value::None,
            Err(e) => Value::Exc(e.clone()),
        }
    }
    pub fn done(&self) -> bool {
        true
    }
}
impl PartialEq for Future {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
impl PyHash for Future {
    fn py_hash(&self) -> i64 {
        (Rc::as_ptr(&self.0) as *const u8 as i64) >> 4
    }
}
impl PyRepr for Future {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<Future state=finished>");
    }
}
str_is_repr!(Future, Executor);
impl PyTruth for Future {
    fn truth(&self) -> bool {
        true
    }
}

/// `ThreadPoolExecutor(max_workers)`.
#[derive(Clone, Copy, PartialEq)]
pub struct Executor;
impl Executor {
    pub fn new(max_workers: Option<i64>) -> R<Executor> {
        if max_workers.is_some_and(|n| n <= 0) {
            return Err(exc::new(&exc::ValueError, "max_workers must be greater than 0"));
        }
        Ok(Executor)
    }
    pub fn submit(&self, f: &Value, args: Vec<Value>) -> Future {
        Future(Rc::new(super::value_items::call(f, args)))
    }
    /// `map(f, items)`: results in order.
    pub fn map(&self, f: &Value, items: &Value) -> R<Vec<Value>> {
        super::value_items::to_vec(items)?.into_iter().map(|x| super::value_items::call(f, vec![x])).collect()
    }
}
impl PyRepr for Executor {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<ThreadPoolExecutor object>");
    }
}
impl PyTruth for Executor {
    fn truth(&self) -> bool {
        true
    }
}
