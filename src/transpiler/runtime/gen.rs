//! needs: exc
//! Generators: the body is an async block, which the compiler turns into the state machine; `put` suspends it.
use super::exc::Exc;
use std::cell::Cell;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

type Body = Pin<Box<dyn Future<Output = Result<(), Exc>>>>;

/// What the body sees: the way out for its values.
pub struct Yielder<T>(Rc<Cell<Option<T>>>);

pub struct Gen<T> {
    slot: Rc<Cell<Option<T>>>,
    body: Option<Body>,
}

/// `make(|y| async move { y.put(1).await; Ok(()) })`
pub fn make<T, F: Future<Output = Result<(), Exc>> + 'static>(body: impl FnOnce(Yielder<T>) -> F) -> Gen<T> {
    let slot = Rc::new(Cell::new(None));
    Gen { body: Some(Box::pin(body(Yielder(Rc::clone(&slot))))), slot }
}

impl<T> Yielder<T> {
    #[inline]
    pub fn put(&self, value: T) -> Put {
        self.0.set(Some(value));
        Put(false)
    }
}

/// Pending once: that is where the generator waits for the next call.
pub struct Put(bool);
impl Future for Put {
    type Output = ();
    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        Poll::Pending
    }
}

impl<T> Iterator for Gen<T> {
    type Item = Result<T, Exc>;
    fn next(&mut self) -> Option<Self::Item> {
        let body = self.body.as_mut()?;
        // the waker's drop does nothing, and is not even called
        let waker = ManuallyDrop::new(idle_waker());
        let Poll::Ready(end) = body.as_mut().poll(&mut Context::from_waker(&waker)) else {
            return self.slot.take().map(Ok);
        };
        // a generator that has ended or failed is not polled again
        self.body = None;
        end.err().map(Err)
    }
}

fn idle_waker() -> Waker {
    fn clone(_: *const ()) -> RawWaker {
        RawWaker::new(std::ptr::null(), &TABLE)
    }
    fn nothing(_: *const ()) {}
    static TABLE: RawWakerVTable = RawWakerVTable::new(clone, nothing, nothing, nothing);
    // SAFETY: the functions of the table do nothing and keep no pointer.
    unsafe { Waker::from_raw(clone(std::ptr::null())) }
}
