//! needs: exc, traits, pystr, out
//! `threading` without parallelism: values are not shared between processors, so a thread's target runs to its end when it is
//! started. Programs that only guard their data behave the same; one whose threads wait for each other is told so.
use super::exc::{self, Exc, R};
use super::pystr::Str;
use super::traits::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

#[cold]
fn deadlock(what: &str) -> Exc {
    exc::new(
        &exc::RuntimeError,
        format!("threads that wait for each other are not translated: {what} would block for ever"),
    )
}

/// Waits out a timeout: nobody else can change anything meanwhile.
fn wait_out(timeout: f64) {
    if timeout > 0.0 {
        std::thread::sleep(std::time::Duration::from_secs_f64(timeout));
    }
}

struct Counter {
    kind: &'static str,
    value: Cell<i64>,
    limit: Option<i64>,
    /// A lock that its holder may take again.
    reentrant: bool,
}

/// Lock, RLock, Semaphore and BoundedSemaphore: a count of what may still be taken.
#[derive(Clone)]
pub struct Lock(Rc<Counter>);

impl Lock {
    fn with(kind: &'static str, value: i64, limit: Option<i64>, reentrant: bool) -> Lock {
        Lock(Rc::new(Counter { kind, value: Cell::new(value), limit, reentrant }))
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
    /// `acquire(blocking=True, timeout=-1)`.
    pub fn acquire(&self, blocking: bool, timeout: f64) -> R<bool> {
        let c = &self.0;
        if c.value.get() > 0 || c.reentrant {
            c.value.set(c.value.get() - 1);
            return Ok(true);
        }
        if !blocking {
            return Ok(false);
        }
        if timeout < 0.0 {
            return Err(deadlock("acquire()"));
        }
        wait_out(timeout);
        Ok(false)
    }
    pub fn release(&self) -> R<()> {
        let c = &self.0;
        let held = c.value.get() < 1;
        match c.kind {
            "lock" if !held => return Err(exc::new(&exc::RuntimeError, "release unlocked lock")),
            "rlock" if !held => return Err(exc::new(&exc::RuntimeError, "cannot release un-acquired lock")),
            _ if c.limit.is_some_and(|l| c.value.get() >= l) => {
                return Err(exc::new(&exc::ValueError, "Semaphore released too many times"))
            }
            _ => c.value.set(c.value.get() + 1),
        }
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
        match timeout {
            _ if self.is_set() => Ok(true),
            Some(t) => {
                wait_out(t);
                Ok(false)
            }
            None => Err(deadlock("Event.wait()")),
        }
    }
}

/// `threading.Condition`: its lock; whoever waits for another thread's notify() would wait for ever.
#[derive(Clone)]
pub struct Condition(Lock);
impl Condition {
    pub fn new(lock: Lock) -> Condition {
        Condition(lock)
    }
    pub fn lock(&self) -> &Lock {
        &self.0
    }
    fn held(&self, what: &str) -> R<()> {
        match self.0.locked() {
            true => Ok(()),
            false => Err(exc::new(&exc::RuntimeError, format!("cannot {what} on un-acquired lock"))),
        }
    }
    pub fn wait(&self, timeout: Option<f64>) -> R<bool> {
        self.held("wait")?;
        match timeout {
            Some(t) => {
                wait_out(t);
                Ok(false)
            }
            None => Err(deadlock("Condition.wait()")),
        }
    }
    pub fn wait_for(&self, mut predicate: impl FnMut() -> R<bool>, timeout: Option<f64>) -> R<bool> {
        match predicate()? {
            true => Ok(true),
            false => {
                self.wait(timeout)?;
                predicate()
            }
        }
    }
    pub fn notify(&self, _count: i64) -> R<()> {
        self.held("notify")
    }
}

type Target = Box<dyn FnOnce() -> R<()>>;

struct Work {
    name: Str,
    daemon: Cell<bool>,
    target: RefCell<Option<Target>>,
    started: Cell<bool>,
}

/// `threading.Thread(target=.., args=..)`: the emitter makes one closure of target and arguments.
#[derive(Clone)]
pub struct Thread(Rc<Work>);

thread_local! {
    static STARTED: Cell<i64> = const { Cell::new(0) };
    static CURRENT: RefCell<Vec<Str>> = const { RefCell::new(Vec::new()) };
}

impl Thread {
    fn named(name: Str) -> Thread {
        let (daemon, started) = (Cell::new(false), Cell::new(true));
        Thread(Rc::new(Work { name, daemon, target: RefCell::new(None), started }))
    }
    pub fn main() -> Thread {
        Thread::named(Str::lit("MainThread"))
    }
    /// The one that runs; only its name is looked at.
    pub fn current() -> Thread {
        CURRENT.with(|c| c.borrow().last().cloned()).map_or_else(Thread::main, Thread::named)
    }
    pub fn new(name: Option<Str>, function: &'static str, target: impl FnOnce() -> R<()> + 'static) -> Thread {
        let name = name.unwrap_or_else(|| next_name(&Str::lit(function)));
        Thread(Rc::new(Work {
            name,
            daemon: Cell::new(false),
            target: RefCell::new(Some(Box::new(target))),
            started: Cell::new(false),
        }))
    }
    pub fn start(&self) -> R<()> {
        if self.0.started.replace(true) {
            return Err(exc::new(&exc::RuntimeError, "threads can only be started once"));
        }
        let Some(target) = self.0.target.borrow_mut().take() else { return Ok(()) };
        begin(self.0.name.clone());
        let ended = target();
        end();
        if let Err(e) = ended {
            // an exception ends its thread, not the program
            if !e.is(&exc::SystemExit) {
                super::out::write_err(&format!("Exception in thread {}:\n{}", self.0.name, e.traceback()));
            }
        }
        Ok(())
    }
    pub fn join(&self) -> R<()> {
        if !self.0.started.get() {
            return Err(exc::new(&exc::RuntimeError, "cannot join thread before it is started"));
        }
        Ok(())
    }
    pub fn is_alive(&self) -> bool {
        false
    }
    pub fn name(&self) -> Str {
        self.0.name.clone()
    }
    pub fn daemon(&self) -> bool {
        self.0.daemon.get()
    }
    pub fn set_daemon(&self, on: bool) {
        self.0.daemon.set(on);
    }
}

/// The name of a thread that got none, by the name of its function.
pub fn next_name(function: &Str) -> Str {
    let number = STARTED.with(|n| {
        n.set(n.get() + 1);
        n.get()
    });
    Str::from(if function.is_empty() { format!("Thread-{number}") } else { format!("Thread-{number} ({function})") })
}
/// From here on a thread of this name runs, up to `end`.
pub fn begin(name: Str) {
    CURRENT.with(|c| c.borrow_mut().push(name));
}
pub fn end() {
    CURRENT.with(|c| c.borrow_mut().pop());
}

/// `threading.current_thread().name`.
pub fn current_name() -> Str {
    CURRENT.with(|c| c.borrow().last().cloned().unwrap_or(Str::lit("MainThread")))
}
pub fn active_count() -> i64 {
    1 + CURRENT.with(|c| c.borrow().len() as i64)
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
