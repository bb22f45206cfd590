//! needs: exc, fibers, out, pystr, start, time, traits
//! `threading` on one processor: a thread runs when it is started, until it waits for another or sleeps (see `fibers`).
use super::exc::{self, Exc, R};
use super::fibers::{self, Woken};
use super::pystr::Str;
use super::traits::*;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};

#[cold]
fn deadlock(what: &str) -> Exc {
    exc::new(&exc::RuntimeError, format!("all threads wait: {what} would block for ever"))
}

/// Waits until `ready()`; false when the time is over before.
pub fn wait(ready: impl Fn() -> bool, timeout: Option<f64>, what: &str) -> R<bool> {
    let longest = 1e9; // an Instant does not hold every float
    let until = timeout.map(|t| Instant::now() + Duration::from_secs_f64(t.clamp(0.0, longest)));
    match fibers::wait(&ready, until) {
        Woken::Ready => Ok(true),
        Woken::Late => Ok(false),
        Woken::Never => Err(deadlock(what)),
    }
}

struct Counter {
    kind: &'static str,
    value: Cell<i64>,
    limit: Option<i64>,
    /// Of a lock that its holder may take again: who that is.
    reentrant: bool,
    owner: Cell<usize>,
}

/// Lock, RLock, Semaphore and BoundedSemaphore: a count of what may still be taken.
#[derive(Clone)]
pub struct Lock(Rc<Counter>);

impl Lock {
    fn with(kind: &'static str, value: i64, limit: Option<i64>, reentrant: bool) -> Lock {
        Lock(Rc::new(Counter { kind, value: Cell::new(value), limit, reentrant, owner: Cell::new(0) }))
    }
    pub fn new() -> Lock {
        Lock::with("lock", 1, None, false)
    }
    pub fn reentrant() -> Lock {
        Lock::with("rlock", 1, None, true)
    }
    pub fn semaphore(value: i64, bounded: bool) -> R<Lock> {
        if value < 0 {
            return Err(exc::new(&exc::ValueError, "semaphore initial value must be >= 0"));
        }
        Ok(Lock::with("semaphore", value, bounded.then_some(value), false))
    }
    fn owned(&self) -> bool {
        self.0.reentrant && self.0.value.get() < 1 && self.0.owner.get() == fibers::id()
    }
    fn take(&self) {
        self.0.value.set(self.0.value.get() - 1);
        if self.0.reentrant {
            self.0.owner.set(fibers::id());
        }
    }
    /// `acquire(blocking=True, timeout=-1)`.
    pub fn acquire(&self, blocking: bool, timeout: f64) -> R<bool> {
        let c = &self.0;
        if c.value.get() < 1 && !self.owned() {
            let timeout = (timeout >= 0.0).then_some(timeout);
            if !blocking || !wait(|| c.value.get() > 0, timeout, "acquire()")? {
                return Ok(false);
            }
        }
        self.take();
        Ok(true)
    }
    pub fn release(&self) -> R<()> {
        let c = &self.0;
        let held = c.value.get() < 1;
        match c.kind {
            "lock" if !held => return Err(exc::new(&exc::RuntimeError, "release unlocked lock")),
            "rlock" if !self.owned() => return Err(exc::new(&exc::RuntimeError, "cannot release un-acquired lock")),
            _ if c.limit.is_some_and(|l| c.value.get() >= l) => {
                return Err(exc::new(&exc::ValueError, "Semaphore released too many times"))
            }
            _ => c.value.set(c.value.get() + 1),
        }
        Ok(())
    }
    /// `semaphore.release(n)`.
    pub fn release_many(&self, n: i64) -> R<()> {
        if n < 1 {
            return Err(exc::new(&exc::ValueError, "n must be one or more"));
        }
        if self.0.limit.is_some_and(|l| self.0.value.get() + n > l) {
            return Err(exc::new(&exc::ValueError, "Semaphore released too many times"));
        }
        self.0.value.set(self.0.value.get() + n);
        Ok(())
    }
    /// `type(lock).__name__`.
    pub fn class_name(&self) -> Str {
        Str::lit(match self.0.kind {
            "lock" => "lock",
            "rlock" => "RLock",
            _ if self.0.limit.is_some() => "BoundedSemaphore",
            _ => "Semaphore",
        })
    }
    pub fn locked(&self) -> bool {
        self.0.value.get() < 1
    }
    /// `with lock:`
    pub fn enter(&self) -> R<bool> {
        self.acquire(true, -1.0)
    }
    /// `semaphore._value`.
    pub fn value(&self) -> i64 {
        self.0.value.get()
    }
}
impl Default for Lock {
    fn default() -> Self {
        Lock::new()
    }
}

/// `threading.Event`.
#[derive(Clone, Default)]
pub struct Event(Rc<Cell<bool>>);
impl Event {
    pub fn new() -> Event {
        Event::default()
    }
    pub fn set(&self) {
        self.0.set(true);
    }
    pub fn clear(&self) {
        self.0.set(false);
    }
    pub fn is_set(&self) -> bool {
        self.0.get()
    }
    pub fn wait(&self, timeout: Option<f64>) -> R<bool> {
        wait(|| self.is_set(), timeout, "Event.wait()")
    }
}

/// `threading.Condition`: its lock, and who waits: each has a flag that notify() sets.
#[derive(Clone)]
pub struct Condition(Lock, Rc<RefCell<VecDeque<Rc<Cell<bool>>>>>);
impl Condition {
    pub fn new(lock: Lock) -> Condition {
        Condition(lock, Rc::default())
    }
    pub fn lock(&self) -> &Lock {
        &self.0
    }
    fn held(&self, what: &str) -> R<()> {
        match self.0.owned() || !self.0 .0.reentrant && self.0.locked() {
            true => Ok(()),
            false => Err(exc::new(&exc::RuntimeError, format!("cannot {what} on un-acquired lock"))),
        }
    }
    pub fn wait(&self, timeout: Option<f64>) -> R<bool> {
        self.held("wait")?;
        let flag = Rc::new(Cell::new(false));
        self.1.borrow_mut().push_back(Rc::clone(&flag));
        let count = &self.0 .0.value;
        let taken = count.replace(1);
        let woken = wait(|| flag.get(), timeout, "Condition.wait()");
        self.1.borrow_mut().retain(|f| !Rc::ptr_eq(f, &flag));
        self.0.enter()?;
        count.set(taken);
        woken
    }
    pub fn wait_for(&self, mut predicate: impl FnMut() -> R<bool>, timeout: Option<f64>) -> R<bool> {
        let end = timeout.map(|t| Instant::now() + Duration::from_secs_f64(t.max(0.0)));
        loop {
            let left = end.map(|t| t.saturating_duration_since(Instant::now()).as_secs_f64());
            if predicate()? {
                return Ok(true);
            }
            if left.is_some_and(|t| t <= 0.0) {
                return Ok(false);
            }
            self.wait(left)?;
        }
    }
    pub fn notify(&self, count: i64) -> R<()> {
        self.held("notify")?;
        for _ in 0..count {
            match self.1.borrow_mut().pop_front() {
                Some(flag) => flag.set(true),
                None => break,
            }
        }
        Ok(())
    }
}

type Target = Box<dyn FnOnce() -> R<()>>;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Made,
    Running,
    Ended,
}

struct Work {
    name: RefCell<Str>,
    daemon: Cell<bool>,
    target: RefCell<Option<Target>>,
    state: Cell<State>,
    fiber: Cell<usize>,
}

/// `threading.Thread(target=.., args=..)`: the emitter makes one closure of target and arguments.
#[derive(Clone)]
pub struct Thread(Rc<Work>);

thread_local! {
    static STARTED: Cell<i64> = const { Cell::new(0) };
    /// Those that have begun and not ended, without the main one.
    static ALIVE: RefCell<Vec<Thread>> = const { RefCell::new(Vec::new()) };
    static MAIN: Thread = Thread::with(Str::lit("MainThread"), None);
}

impl Thread {
    fn with(name: Str, target: Option<Target>) -> Thread {
        let state = Cell::new(if target.is_some() { State::Made } else { State::Running });
        let (name, target) = (RefCell::new(name), RefCell::new(target));
        Thread(Rc::new(Work { name, daemon: Cell::new(false), target, state, fiber: Cell::new(0) }))
    }
    pub fn main() -> Thread {
        MAIN.with(Thread::clone)
    }
    /// The one that runs.
    pub fn current() -> Thread {
        let id = fibers::id();
        let found = ALIVE.with(|all| all.borrow().iter().find(|t| t.0.fiber.get() == id).cloned());
        found.unwrap_or_else(Thread::main)
    }
    pub fn new(name: Option<Str>, function: &'static str, target: impl FnOnce() -> R<()> + 'static) -> Thread {
        let made = Thread::with(name.unwrap_or_else(|| next_name(&Str::lit(function))), Some(Box::new(target)));
        made.set_daemon(Thread::current().daemon());
        made
    }
    pub fn start(&self) -> R<()> {
        if self.0.state.get() != State::Made {
            return Err(exc::new(&exc::RuntimeError, "threads can only be started once"));
        }
        super::start::at_end(join_all);
        super::time::set_sleeper(fibers::sleep);
        self.0.state.set(State::Running);
        ALIVE.with(|all| all.borrow_mut().push(self.clone()));
        let me = self.clone();
        fibers::spawn(self.name(), Box::new(move || me.run()));
        Ok(())
    }
    fn run(self) {
        self.0.fiber.set(fibers::id());
        let Some(target) = self.0.target.borrow_mut().take() else { return };
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(target));
        let error = match ended {
            Ok(result) => result.err(),
            Err(panic) => Some(match panic.downcast::<exc::Dying>() {
                Ok(dying) => dying.0,
                Err(other) => std::panic::resume_unwind(other),
            }),
        };
        // an exception ends its thread, not the program
        if let Some(e) = error.filter(|e| !e.is(&exc::SystemExit)) {
            super::out::write_err(&format!("Exception in thread {}:\n{}", self.name(), e.traceback()));
        }
        self.0.state.set(State::Ended);
        ALIVE.with(|all| all.borrow_mut().retain(|t| *t != self));
    }
    pub fn join(&self, timeout: Option<f64>) -> R<()> {
        if self.0.state.get() == State::Made {
            return Err(exc::new(&exc::RuntimeError, "cannot join thread before it is started"));
        }
        if *self == Thread::current() {
            return Err(exc::new(&exc::RuntimeError, "cannot join current thread"));
        }
        wait(|| self.0.state.get() == State::Ended, timeout, "join()").map(|_| ())
    }
    pub fn is_alive(&self) -> bool {
        self.0.state.get() == State::Running
    }
    pub fn name(&self) -> Str {
        self.0.name.borrow().clone()
    }
    pub fn set_name(&self, name: Str) {
        self.0.name.replace(name);
    }
    pub fn daemon(&self) -> bool {
        self.0.daemon.get()
    }
    pub fn set_daemon(&self, on: bool) {
        self.0.daemon.set(on);
    }
    /// `ident`: None before it starts.
    pub fn ident(&self) -> Option<i64> {
        let id = if *self == Thread::main() { 1 } else { self.0.fiber.get() as i64 };
        (self.0.state.get() != State::Made).then_some(id)
    }
}

/// What the end of the program waits for.
pub fn join_all() {
    let others = || ALIVE.with(|all| all.borrow().iter().any(|t| !t.daemon()));
    fibers::wait(&|| !others(), None);
}

/// The name of a thread that got none, by the name of its function.
pub fn next_name(function: &Str) -> Str {
    let number = STARTED.with(|n| {
        n.set(n.get() + 1);
        n.get()
    });
    Str::from(if function.is_empty() { format!("Thread-{number}") } else { format!("Thread-{number} ({function})") })
}
/// Starts a thread of its own for a function of the runtime.
pub fn spawn(name: Str, body: impl FnOnce() -> R<()> + 'static) -> R<()> {
    Thread::new(Some(name), "", body).start()
}
/// `enumerate()`.
pub fn enumerate() -> Vec<Thread> {
    std::iter::once(Thread::main()).chain(ALIVE.with(|all| all.borrow().clone())).collect()
}
pub fn active_count() -> i64 {
    1 + ALIVE.with(|all| all.borrow().len() as i64)
}

macro_rules! objects {
    ($($t:ty: $same:expr, $name:literal;)*) => { $(
        impl PartialEq for $t {
            fn eq(&self, o: &Self) -> bool {
                Rc::ptr_eq(&self.0, &o.0)
            }
        }
        impl PyRepr for $t {
            fn repr_into(&self, out: &mut String) {
                out.push_str(concat!("<", $name, ">"));
            }
        }
        str_is_repr!($t);
        impl PyTruth for $t {
            fn truth(&self) -> bool {
                true
            }
        }
    )* };
}
objects! {
    Lock: 0, "unlocked _thread.lock object";
    Event: 0, "threading.Event";
    Thread: 0, "Thread";
}
