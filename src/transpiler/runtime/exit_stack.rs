//! needs: exc, fmt, traits
//! `contextlib.ExitStack`: what is to be left when the block ends, last first.
use super::exc::{Exc, R};
use super::traits::*;
use std::cell::RefCell;
use std::rc::Rc;

type Leave = Box<dyn FnOnce(Option<Exc>) -> R<bool>>;

#[derive(Clone, Default)]
pub struct ExitStack(Rc<RefCell<Vec<Leave>>>);

impl ExitStack {
    pub fn new() -> ExitStack {
        ExitStack::default()
    }
    pub fn push(&self, leave: impl FnOnce(Option<Exc>) -> R<bool> + 'static) {
        self.0.borrow_mut().push(Box::new(leave));
    }
    /// Leaves everything; whether the exception was swallowed. One that leaving raises takes its place.
    pub fn leave(&self, error: Option<Exc>) -> R<bool> {
        let had = error.is_some();
        let (mut now, mut raised) = (error, false);
        loop {
            let Some(leave) = self.0.borrow_mut().pop() else { break };
            match leave(now.clone()) {
                Ok(true) => now = None,
                Ok(false) => {}
                Err(e) => {
                    now = Some(match &now {
                        Some(before) => e.set_context(before),
                        None => e,
                    });
                    raised = true;
                }
            }
        }
        match now {
            Some(e) if raised => Err(e),
            other => Ok(had && other.is_none()),
        }
    }
    pub fn close(&self) -> R<()> {
        self.leave(None).map(|_| ())
    }
    pub fn pop_all(&self) -> ExitStack {
        ExitStack(Rc::new(RefCell::new(std::mem::take(&mut *self.0.borrow_mut()))))
    }
}
impl PyRepr for ExitStack {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<contextlib.ExitStack object at {:#x}>", Rc::as_ptr(&self.0) as usize));
    }
}
str_is_repr!(ExitStack);
super::fmt::fmt_is_str!(ExitStack, "ExitStack");
impl PyTruth for ExitStack {
    fn truth(&self) -> bool {
        true
    }
}
impl PartialEq for ExitStack {
    fn eq(&self, o: &ExitStack) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
