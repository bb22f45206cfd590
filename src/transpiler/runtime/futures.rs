//! needs: convert, slices_value, exc, out, pystr, threading, traits, types, value, value_items
//! `concurrent.futures` executors: work runs on fibers, as many as the executor has workers (see `fibers`).
use super::exc::{self, Class, Exc, R};
use super::pystr::Str;
use super::threading::wait;
use super::traits::*;
use super::value::Value;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

#[allow(non_upper_case_globals)]
pub static CancelledError: Class = Class::new("CancelledError", &exc::Exception);
#[allow(non_upper_case_globals)]
pub static InvalidStateError: Class = Class::new("InvalidStateError", &exc::Exception);

#[derive(Clone, Copy, PartialEq)]
enum State {
    Pending,
    Running,
    Cancelled,
    Finished,
}

struct Promise {
    state: Cell<State>,
    result: RefCell<Option<R<Value>>>,
    /// Which of all to end it was.
    ended: Cell<u64>,
    callbacks: RefCell<Vec<Value>>,
}

#[derive(Clone)]
pub struct Future(Rc<Promise>);

thread_local! {
    static ENDED: Cell<u64> = const { Cell::new(0) };
    static POOLS: Cell<u64> = const { Cell::new(0) };
}

impl Future {
    fn new() -> Future {
        Future(Rc::new(Promise {
            state: Cell::new(State::Pending),
            result: RefCell::new(None),
            ended: Cell::new(0),
            callbacks: RefCell::default(),
        }))
    }
    fn end(&self, state: State, result: R<Value>) {
        self.0.state.set(state);
        self.0.result.replace(Some(result));
        self.0.ended.set(ENDED.with(|n| n.replace(n.get() + 1)));
        for callback in self.0.callbacks.take() {
            self.call_back(&callback);
        }
    }
    fn call_back(&self, callback: &Value) {
        if let Err(e) = super::value_items::call(callback, vec![Value::Obj(Rc::new(self.clone()))]) {
            super::out::write_err(&format!("exception calling callback for {}\n{}", self.repr(), e.traceback()));
        }
    }
    fn outcome(&self, timeout: Option<f64>) -> R<R<Value>> {
        if !wait(|| self.done(), timeout, "result()")? {
            return Err(exc::bare(&exc::TimeoutError));
        }
        match &*self.0.result.borrow() {
            Some(result) => Ok(result.clone()),
            None => Err(exc::bare(&CancelledError)),
        }
    }
    pub fn result(&self, timeout: Option<f64>) -> R<Value> {
        self.outcome(timeout)?
    }
    pub fn exception(&self, timeout: Option<f64>) -> R<Value> {
        if self.cancelled() {
            return Err(exc::bare(&CancelledError));
        }
        Ok(self.outcome(timeout)?.map_or_else(Value::Exc, |_| Value::None))
    }
    pub fn done(&self) -> bool {
        matches!(self.0.state.get(), State::Cancelled | State::Finished)
    }
    pub fn running(&self) -> bool {
        self.0.state.get() == State::Running
    }
    pub fn cancelled(&self) -> bool {
        self.0.state.get() == State::Cancelled
    }
    pub fn cancel(&self) -> bool {
        if self.0.state.get() == State::Pending {
            self.end(State::Cancelled, Err(exc::bare(&CancelledError)));
        }
        self.cancelled()
    }
    pub fn add_done_callback(&self, callback: &Value) {
        match self.done() {
            true => self.call_back(callback),
            false => self.0.callbacks.borrow_mut().push(callback.clone()),
        }
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
        let state = match self.0.state.get() {
            State::Pending => "pending",
            State::Running => "running",
            State::Cancelled => "cancelled",
            State::Finished => "finished",
        };
        out.push_str(&format!("<Future at {:#x} state={state}>", Rc::as_ptr(&self.0) as *const u8 as usize));
    }
}
str_is_repr!(Future, Executor);
impl PyTruth for Future {
    fn truth(&self) -> bool {
        true
    }
}
super::convert::opaque_value!(Future, "Future", {
    fn hash(&self) -> R<i64> {
        Ok(self.py_hash())
    }
    fn has(&self, name: &str) -> bool {
        matches!(name, "result" | "exception" | "done" | "running" | "cancelled" | "cancel")
    }
    fn call_method(&self, name: &str, args: Vec<Value>) -> R<Value> {
        let timeout = match args.first() {
            None | Some(Value::None) => None,
            Some(t) => Some(super::convert::FromValue::from_value(t)?),
        };
        match name {
            "result" => self.result(timeout),
            "exception" => self.exception(timeout),
            "done" => Ok(Value::Bool(self.done())),
            "running" => Ok(Value::Bool(self.running())),
            "cancelled" => Ok(Value::Bool(self.cancelled())),
            "cancel" => Ok(Value::Bool(self.cancel())),
            _ => Err(super::value::no_attribute("Future", name)),
        }
    }
});

struct Job {
    future: Future,
    function: Value,
    args: Vec<Value>,
    words: Vec<(Str, Value)>,
}

struct Pool {
    workers: usize,
    busy: Cell<usize>,
    waiting: RefCell<VecDeque<Job>>,
    shut: Cell<bool>,
    prefix: Str,
}

/// `ThreadPoolExecutor(max_workers)`.
#[derive(Clone)]
pub struct Executor(Rc<Pool>);
impl Executor {
    pub fn new(max_workers: Option<i64>, prefix: Str) -> R<Executor> {
        if max_workers.is_some_and(|n| n <= 0) {
            return Err(exc::new(&exc::ValueError, "max_workers must be greater than 0"));
        }
        let cpus = std::thread::available_parallelism().map_or(1, |n| n.get() as i64);
        let workers = max_workers.unwrap_or((cpus + 4).min(32)) as usize;
        let number = POOLS.with(|n| n.replace(n.get() + 1));
        let prefix = if prefix.is_empty() { Str::from(format!("ThreadPoolExecutor-{number}")) } else { prefix };
        let (busy, shut) = (Cell::new(0), Cell::new(false));
        Ok(Executor(Rc::new(Pool { workers, busy, waiting: RefCell::default(), shut, prefix })))
    }
    pub fn submit(&self, function: &Value, args: Vec<Value>, words: Vec<(Str, Value)>) -> R<Future> {
        if self.0.shut.get() {
            return Err(exc::new(&exc::RuntimeError, "cannot schedule new futures after shutdown"));
        }
        let future = Future::new();
        let job = Job { future: future.clone(), function: function.clone(), args, words };
        self.0.waiting.borrow_mut().push_back(job);
        if self.0.busy.get() < self.0.workers {
            let pool = Rc::clone(&self.0);
            let name = Str::from(format!("{}_{}", pool.prefix, pool.busy.replace(pool.busy.get() + 1)));
            super::threading::spawn(name, move || {
                pool.work();
                Ok(())
            })?;
        }
        Ok(future)
    }
    /// `map(f, *items)`: results in order.
    pub fn map(&self, f: &Value, items: &[Value]) -> R<Vec<Value>> {
        let mut columns = Vec::new();
        for each in items {
            columns.push(super::value_items::to_vec(each)?);
        }
        let rows = columns.iter().map(Vec::len).min().unwrap_or(0);
        let mut futures = Vec::new();
        for row in 0..rows {
            futures.push(self.submit(f, columns.iter().map(|c| c[row].clone()).collect(), Vec::new())?);
        }
        futures.iter().map(|f| f.result(None)).collect()
    }
    pub fn shutdown(&self, wait_for_it: bool, cancel: bool) -> R<()> {
        self.0.shut.set(true);
        if cancel {
            for job in self.0.waiting.take() {
                job.future.cancel();
            }
        }
        if wait_for_it {
            wait(|| self.0.busy.get() == 0, None, "shutdown()")?;
        }
        Ok(())
    }
}
impl Pool {
    fn work(&self) {
        loop {
            let Some(job) = self.waiting.borrow_mut().pop_front() else { break };
            if job.future.cancelled() {
                continue;
            }
            job.future.0.state.set(State::Running);
            let (function, args, words) = (job.function, job.args, job.words);
            let call = move || super::value_items::call_kw(&function, args, words);
            let result = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)) {
                Ok(result) => result,
                Err(panic) => match panic.downcast::<exc::Dying>() {
                    Ok(dying) => Err(dying.0),
                    Err(other) => std::panic::resume_unwind(other),
                },
            };
            job.future.end(State::Finished, result);
        }
        self.busy.set(self.busy.get() - 1);
    }
}
impl PartialEq for Executor {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
impl PyRepr for Executor {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<concurrent.futures.thread.ThreadPoolExecutor object>");
    }
}
impl PyTruth for Executor {
    fn truth(&self) -> bool {
        true
    }
}

/// `as_completed(fs, timeout)`: each as it ends, those that ended already by when they did.
pub fn as_completed(futures: Vec<Future>, timeout: Option<f64>) -> impl Iterator<Item = R<Future>> {
    let mut left = futures;
    let end = timeout.map(|t| std::time::Instant::now() + std::time::Duration::from_secs_f64(t.max(0.0)));
    std::iter::from_fn(move || {
        if left.is_empty() {
            return None;
        }
        let total = left.len();
        let rest = end.map(|t| t.saturating_duration_since(std::time::Instant::now()).as_secs_f64());
        match wait(|| left.iter().any(Future::done), rest, "as_completed()") {
            Err(e) => return Some(Err(e)),
            Ok(false) => {
                let text = format!("{} (of {}) futures unfinished", left.len(), total);
                return Some(Err(exc::new(&exc::TimeoutError, text)));
            }
            Ok(true) => {}
        }
        let done = left.iter().enumerate().filter(|(_, f)| f.done());
        let first = done.min_by_key(|(_, f)| f.0.ended.get()).map_or(0, |(i, _)| i);
        Some(Ok(left.remove(first)))
    })
}

/// `wait(fs, timeout, return_when)`: those that have ended and the others.
pub fn wait_for(futures: &[Future], timeout: Option<f64>, when: &str) -> R<(Vec<Future>, Vec<Future>)> {
    let failed = |f: &Future| f.done() && !f.cancelled() && matches!(&*f.0.result.borrow(), Some(Err(_)));
    let all = || futures.iter().all(Future::done);
    match when {
        "FIRST_COMPLETED" => wait(|| futures.iter().any(Future::done), timeout, "wait()")?,
        "FIRST_EXCEPTION" => wait(|| all() || futures.iter().any(failed), timeout, "wait()")?,
        _ => wait(all, timeout, "wait()")?,
    };
    Ok(futures.iter().cloned().partition(Future::done))
}
