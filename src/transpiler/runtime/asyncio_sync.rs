//! needs: exc, asyncio, traits, pystr
//! asyncio's Lock, Semaphore, Event, Queue, TaskGroup and timeout.
#![allow(non_upper_case_globals)]
use super::asyncio::{Awaitable, Coro, Fut, Task};
use super::exc::{self, Class, Exc, R};
use super::traits::*;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

pub static InvalidStateError: Class = Class::new("InvalidStateError", &exc::Exception);
pub static QueueEmpty: Class = Class::new("QueueEmpty", &exc::Exception);
pub static QueueFull: Class = Class::new("QueueFull", &exc::Exception);

type Waiters = RefCell<VecDeque<Fut<()>>>;

fn wake_one(waiters: &Waiters) {
    while let Some(fut) = waiters.borrow_mut().pop_front() {
        if !fut.done() {
            return fut.set(Ok(()));
        }
    }
}
fn wait_on(waiters: &Waiters) -> Fut<()> {
    let fut = Fut::new();
    waiters.borrow_mut().push_back(fut.clone());
    fut
}

struct Permits {
    free: Cell<i64>,
    most: i64,
    waiters: Waiters,
    name: &'static str,
}
/// `Lock`, `Semaphore` and `BoundedSemaphore`.
#[derive(Clone)]
pub struct Semaphore(Rc<Permits>);
impl Semaphore {
    pub fn new(count: i64, most: i64, name: &'static str) -> R<Semaphore> {
        if count < 0 {
            return Err(exc::new(&exc::ValueError, "Semaphore initial value must be >= 0"));
        }
        Ok(Semaphore(Rc::new(Permits { free: Cell::new(count), most, waiters: Waiters::default(), name })))
    }
    pub fn lock() -> R<Semaphore> {
        Semaphore::new(1, 1, "Lock")
    }
    pub fn acquire(&self) -> Coro<bool> {
        let me = self.clone();
        Coro::new(async move {
            if me.0.free.get() > 0 && me.0.waiters.borrow().iter().all(|w| w.done()) {
                me.0.free.set(me.0.free.get() - 1);
                return Ok(true);
            }
            // Whoever releases hands its permit over.
            let fut = wait_on(&me.0.waiters);
            if let Err(e) = fut.wait().await {
                if fut.done() {
                    me.give_back();
                }
                fut.set(Ok(()));
                return Err(e);
            }
            Ok(true)
        })
    }
    fn give_back(&self) {
        loop {
            let next = self.0.waiters.borrow_mut().pop_front();
            match next {
                Some(fut) if fut.done() => continue,
                Some(fut) => return fut.set(Ok(())),
                None => return self.0.free.set(self.0.free.get() + 1),
            }
        }
    }
    pub fn release(&self) -> R<()> {
        if self.0.name == "Lock" && self.0.free.get() > 0 {
            return Err(exc::new(&exc::RuntimeError, "Lock is not acquired."));
        }
        if self.0.free.get() >= self.0.most {
            return Err(exc::new(&exc::ValueError, "BoundedSemaphore released too many times"));
        }
        self.give_back();
        Ok(())
    }
    pub fn locked(&self) -> bool {
        self.0.free.get() <= 0
    }
    pub fn enter(&self) -> Coro<()> {
        self.acquire().map(|_| Ok(()))
    }
    pub fn leave(&self) -> Coro<()> {
        let me = self.clone();
        Coro::new(async move { me.release() })
    }
}

struct Flag {
    set: Cell<bool>,
    waiters: Waiters,
}
#[derive(Clone)]
pub struct Event(Rc<Flag>);
impl Event {
    pub fn new() -> Event {
        Event(Rc::new(Flag { set: Cell::new(false), waiters: Waiters::default() }))
    }
    pub fn set(&self) {
        self.0.set.set(true);
        self.0.waiters.take().into_iter().for_each(|w| w.set(Ok(())));
    }
    pub fn clear(&self) {
        self.0.set.set(false);
    }
    pub fn is_set(&self) -> bool {
        self.0.set.get()
    }
    pub fn wait(&self) -> Coro<bool> {
        let me = self.clone();
        Coro::new(async move {
            if !me.is_set() {
                let fut = wait_on(&me.0.waiters);
                fut.wait().await?;
            }
            Ok(true)
        })
    }
}

struct QueueData<T> {
    items: RefCell<VecDeque<T>>,
    max: i64,
    unfinished: Cell<i64>,
    getters: Waiters,
    putters: Waiters,
    joiners: Waiters,
}
pub struct Queue<T>(Rc<QueueData<T>>);
impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Queue(Rc::clone(&self.0))
    }
}
impl<T: 'static> Queue<T> {
    pub fn new(max: i64) -> Self {
        Queue(Rc::new(QueueData {
            items: RefCell::new(VecDeque::new()),
            max,
            unfinished: Cell::new(0),
            getters: Waiters::default(),
            putters: Waiters::default(),
            joiners: Waiters::default(),
        }))
    }
    pub fn qsize(&self) -> i64 {
        self.0.items.borrow().len() as i64
    }
    pub fn empty(&self) -> bool {
        self.qsize() == 0
    }
    pub fn full(&self) -> bool {
        self.0.max > 0 && self.qsize() >= self.0.max
    }
    pub fn put_nowait(&self, item: T) -> R<()> {
        if self.full() {
            return Err(exc::bare(&QueueFull));
        }
        self.0.items.borrow_mut().push_back(item);
        self.0.unfinished.set(self.0.unfinished.get() + 1);
        wake_one(&self.0.getters);
        Ok(())
    }
    pub fn get_nowait(&self) -> R<T> {
        let item = self.0.items.borrow_mut().pop_front().ok_or_else(|| exc::bare(&QueueEmpty))?;
        wake_one(&self.0.putters);
        Ok(item)
    }
    pub fn put(&self, item: T) -> Coro<()> {
        let me = self.clone();
        Coro::new(async move {
            while me.full() {
                let fut = wait_on(&me.0.putters);
                fut.wait().await.inspect_err(|_| fut.set(Ok(())))?;
            }
            me.put_nowait(item)
        })
    }
    pub fn get(&self) -> Coro<T> {
        let me = self.clone();
        Coro::new(async move {
            while me.empty() {
                let fut = wait_on(&me.0.getters);
                fut.wait().await.inspect_err(|_| fut.set(Ok(())))?;
            }
            me.get_nowait()
        })
    }
    pub fn task_done(&self) -> R<()> {
        if self.0.unfinished.get() <= 0 {
            return Err(exc::new(&exc::ValueError, "task_done() called too many times"));
        }
        self.0.unfinished.set(self.0.unfinished.get() - 1);
        if self.0.unfinished.get() == 0 {
            self.0.joiners.take().into_iter().for_each(|w| w.set(Ok(())));
        }
        Ok(())
    }
    pub fn join(&self) -> Coro<()> {
        let me = self.clone();
        Coro::new(async move {
            if me.0.unfinished.get() > 0 {
                let fut = wait_on(&me.0.joiners);
                fut.wait().await?;
            }
            Ok(())
        })
    }
}

macro_rules! handles {
    ($($t:ty, $name:literal, [$($g:tt)*];)*) => { $(
        impl$($g)* PartialEq for $t {
            fn eq(&self, other: &Self) -> bool {
                Rc::ptr_eq(&self.0, &other.0)
            }
        }
        impl$($g)* PyTruth for $t {
            fn truth(&self) -> bool {
                true
            }
        }
        impl$($g)* PyRepr for $t {
            fn repr_into(&self, out: &mut String) {
                out.push_str(&format!(concat!("<asyncio.", $name, " object at {:#x}>"), Rc::as_ptr(&self.0) as *const u8 as usize));
            }
        }
        impl$($g)* PyStr for $t {
            fn str_into(&self, out: &mut String) {
                self.repr_into(out)
            }
        }
    )* };
}
handles! { Semaphore, "Semaphore", []; Event, "Event", []; Queue<T>, "Queue", [<T>]; }

/// Runs a function that would run in another thread.
pub fn at_once<T: 'static>(f: impl FnOnce() -> R<T> + 'static) -> Coro<T> {
    Coro::new(async move {
        super::asyncio::sleep(0.0).wait().await?;
        f()
    })
}
pub fn shield<T: Clone + 'static>(x: impl Awaitable<T>) -> Task<T> {
    x.task()
}
pub fn failed(e: Exc) -> Exc {
    e
}
/// One step of `async for` over an object with `__anext__`.
pub fn stepped<T>(step: R<T>) -> R<Option<T>> {
    match step {
        Err(e) if e.is(&exc::StopAsyncIteration) => Ok(None),
        step => step.map(Some),
    }
}
