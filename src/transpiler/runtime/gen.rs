//! needs: exc
//! Generators: the body is an async block, which the compiler turns into the state machine; `put` suspends it.
use super::exc::{self, Exc};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

type Body = Pin<Box<dyn Future<Output = Result<(), Exc>>>>;

/// What goes into a generator while it waits, and what it leaves behind.
#[derive(Default)]
pub struct Control {
    sent: RefCell<Option<Rc<dyn Any>>>,
    thrown: Cell<Option<Exc>>,
    returned: RefCell<Option<Rc<dyn Any>>>,
    started: Cell<bool>,
    over: Cell<bool>,
}
impl Control {
    pub fn send(&self, value: Rc<dyn Any>) {
        *self.sent.borrow_mut() = Some(value);
    }
    pub fn throw(&self, e: Exc) {
        self.thrown.set(Some(e));
    }
    pub fn returned(&self) -> Option<Rc<dyn Any>> {
        self.returned.borrow().clone()
    }
    pub fn started(&self) -> bool {
        self.started.get()
    }
    pub fn over(&self) -> bool {
        self.over.get()
    }
    /// It ends before it began.
    pub fn finish(&self) {
        self.over.set(true);
    }
}

/// What the body sees: the way out for its values.
pub struct Yielder<T> {
    slot: Rc<Cell<Option<T>>>,
    control: Rc<Control>,
}

pub struct Gen<T> {
    slot: Rc<Cell<Option<T>>>,
    pub control: Rc<Control>,
    body: Option<Body>,
    closes: bool,
}

/// `make(|y| async move { y.put(1).await?; Ok(()) })`
pub fn make<T, F: Future<Output = Result<(), Exc>> + 'static>(body: impl FnOnce(Yielder<T>) -> F) -> Gen<T> {
    let slot = Rc::new(Cell::new(None));
    let control = Rc::new(Control::default());
    let yielder = Yielder { slot: Rc::clone(&slot), control: Rc::clone(&control) };
    Gen { body: Some(Box::pin(body(yielder))), slot, control, closes: false }
}
/// One whose body has something to run when nobody asks for more.
pub fn make_closing<T, F: Future<Output = Result<(), Exc>> + 'static>(body: impl FnOnce(Yielder<T>) -> F) -> Gen<T> {
    let mut gen = make(body);
    gen.closes = true;
    gen
}

impl<T> Yielder<T> {
    #[inline]
    pub fn put(&self, value: T) -> Put<'_> {
        self.slot.set(Some(value));
        Put(&self.control, false)
    }
    /// What `send` brought for the last `put`.
    pub fn sent(&self) -> Option<Rc<dyn Any>> {
        self.control.sent.borrow_mut().take()
    }
    /// `return value`
    pub fn give(&self, value: Rc<dyn Any>) {
        *self.control.returned.borrow_mut() = Some(value);
    }
}

/// Pending once: that is where the generator waits for the next call.
pub struct Put<'a>(&'a Control, bool);
impl Future for Put<'_> {
    type Output = Result<(), Exc>;
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.1 {
            self.1 = true;
            return Poll::Pending;
        }
        Poll::Ready(match self.0.thrown.take() {
            Some(e) => Err(e),
            None => Ok(()),
        })
    }
}

impl<T> Gen<T> {
    /// One step under a waker of somebody else: None while it waits for something.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Exc>>> {
        if self.control.over() {
            self.body = None;
        }
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        self.control.started.set(true);
        let step = body.as_mut().poll(context);
        if step.is_pending() {
            return match self.slot.take() {
                Some(x) => Poll::Ready(Some(Ok(x))),
                None => Poll::Pending,
            };
        }
        // What has ended is not polled again.
        self.body = None;
        self.control.over.set(true);
        Poll::Ready(match step {
            Poll::Ready(Err(e)) if e.is(&exc::StopIteration) => {
                let text = "generator raised StopIteration";
                Some(Err(exc::new(&exc::RuntimeError, text).set_cause(Some(e))))
            }
            Poll::Ready(Err(e)) => Some(Err(e)),
            _ => None,
        })
    }
}

impl<T> Iterator for Gen<T> {
    type Item = Result<T, Exc>;
    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        // its drop would do nothing
        let waker = ManuallyDrop::new(idle_waker());
        match self.poll_next(&mut Context::from_waker(&waker)) {
            Poll::Ready(step) => step,
            Poll::Pending => None,
        }
    }
}

impl<T> Drop for Gen<T> {
    fn drop(&mut self) {
        if self.closes && self.body.is_some() && self.control.started() && !std::thread::panicking() {
            self.control.throw(exc::bare(&exc::GeneratorExit));
            self.next();
        }
    }
}

pub fn idle_waker() -> Waker {
    fn clone(_: *const ()) -> RawWaker {
        RawWaker::new(std::ptr::null(), &TABLE)
    }
    fn nothing(_: *const ()) {}
    static TABLE: RawWakerVTable = RawWakerVTable::new(clone, nothing, nothing, nothing);
    // SAFETY: the functions of the table do nothing and keep no pointer.
    unsafe { Waker::from_raw(clone(std::ptr::null())) }
}
