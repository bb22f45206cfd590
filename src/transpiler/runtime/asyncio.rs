//! needs: exc, gen, list, traits, pystr, set, out, asyncio_sync
//! asyncio: coroutines, tasks and the event loop, with callbacks in the order of CPython's loop.
use super::exc::{self, Exc, R};
use super::gen::{idle_waker, Gen};
use super::pystr::Str;
use super::traits::*;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

type Boxed<T> = Pin<Box<dyn Future<Output = R<T>>>>;
type Callback = Rc<dyn Fn()>;

// --- The loop ---

struct Timer {
    when: Instant,
    number: u64,
    run: Callback,
    cancelled: Rc<Cell<bool>>,
}
#[derive(Default)]
struct Loop {
    ready: VecDeque<Callback>,
    timers: Vec<Timer>,
    tasks: Vec<Rc<Core>>,
    timer_count: u64,
    task_count: u64,
    running: bool,
}
thread_local! {
    static LOOP: RefCell<Loop> = RefCell::new(Loop::default());
    static CURRENT: RefCell<Option<Rc<Core>>> = const { RefCell::new(None) };
    static START: Instant = Instant::now();
}
fn with_loop<T>(f: impl FnOnce(&mut Loop) -> T) -> T {
    LOOP.with(|l| f(&mut l.borrow_mut()))
}
fn call_soon(run: Callback) {
    with_loop(|l| l.ready.push_back(run));
}
fn call_later(seconds: f64, run: Callback) -> Rc<Cell<bool>> {
    let cancelled = Rc::new(Cell::new(false));
    let when = Instant::now() + Duration::from_secs_f64(seconds.max(0.0));
    with_loop(|l| {
        l.timer_count += 1;
        l.timers.push(Timer { when, number: l.timer_count, run, cancelled: Rc::clone(&cancelled) });
    });
    cancelled
}
/// `loop.time()`
pub fn time() -> f64 {
    START.with(|s| s.elapsed().as_secs_f64()) + 1000.0
}

/// One turn: what is due joins what is ready, and that runs. False when nothing will ever happen.
fn turn() -> bool {
    let wait = with_loop(|l| {
        l.timers.retain(|t| !t.cancelled.get());
        l.timers.sort_by_key(|t| (t.when, t.number));
        if l.ready.is_empty() { Some(l.timers.first().map(|t| t.when)) } else { None }
    });
    match wait {
        None => {}
        Some(None) => return false,
        Some(Some(when)) => {
            super::out::flush();
            std::thread::sleep(when.saturating_duration_since(Instant::now()));
        }
    }
    let now = Instant::now();
    let batch = with_loop(|l| {
        while l.timers.first().is_some_and(|t| t.when <= now) {
            let timer = l.timers.remove(0);
            if !timer.cancelled.get() {
                l.ready.push_back(timer.run);
            }
        }
        std::mem::take(&mut l.ready)
    });
    batch.into_iter().for_each(|run| run());
    true
}

fn run_until(done: impl Fn() -> bool) -> R<()> {
    while !done() {
        if !turn() {
            return Err(exc::new(&exc::RuntimeError, "all tasks wait for something that never comes"));
        }
    }
    Ok(())
}

/// `asyncio.run(main())`
pub fn run<T: Clone + 'static>(main: Coro<T>) -> R<T> {
    if with_loop(|l| std::mem::replace(&mut l.running, true)) {
        return Err(exc::new(&exc::RuntimeError, "asyncio.run() cannot be called from a running event loop"));
    }
    let task = Task::new(main, None);
    let ended = run_until(|| task.0.fut.done());
    // What still runs is cancelled, and may clean up.
    let rest: Vec<Rc<Core>> = with_loop(|l| l.tasks.clone());
    for core in rest {
        core.cancel();
    }
    let _ = run_until(|| with_loop(|l| l.tasks.is_empty()));
    with_loop(|l| *l = Loop::default());
    ended?;
    task.result()
}

// --- Futures ---

struct Cell_<T> {
    result: RefCell<Option<R<T>>>,
    waiting: RefCell<Vec<Callback>>,
}
/// A result that comes later.
pub struct Fut<T>(Rc<Cell_<T>>);
impl<T> Clone for Fut<T> {
    fn clone(&self) -> Self {
        Fut(Rc::clone(&self.0))
    }
}
impl<T: Clone + 'static> Fut<T> {
    pub fn new() -> Self {
        Fut(Rc::new(Cell_ { result: RefCell::new(None), waiting: RefCell::new(Vec::new()) }))
    }
    pub fn done(&self) -> bool {
        self.0.result.borrow().is_some()
    }
    pub fn set(&self, result: R<T>) {
        if self.done() {
            return;
        }
        *self.0.result.borrow_mut() = Some(result);
        self.0.waiting.take().into_iter().for_each(call_soon);
    }
    fn when_done(&self, run: Callback) {
        if self.done() {
            return call_soon(run);
        }
        self.0.waiting.borrow_mut().push(run);
    }
    fn get(&self) -> Option<R<T>> {
        self.0.result.borrow().clone()
    }
    pub fn wait(&self) -> Wait<T> {
        Wait { fut: self.clone(), inner: None, asked: false }
    }
}

/// `await future`
pub struct Wait<T> {
    fut: Fut<T>,
    inner: Option<Rc<Core>>,
    asked: bool,
}
impl<T: Clone + 'static> Future for Wait<T> {
    type Output = R<T>;
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<R<T>> {
        let task = current();
        if let Some(core) = &task {
            *core.waits_for.borrow_mut() = None;
            if core.must_cancel.replace(false) {
                return Poll::Ready(Err(exc::bare(&exc::CancelledError)));
            }
        }
        if let Some(result) = self.fut.get() {
            return Poll::Ready(result);
        }
        if let Some(core) = task {
            if !self.asked {
                self.asked = true;
                let waker = Rc::clone(&core);
                self.fut.when_done(Rc::new(move || waker.step()));
            }
            *core.waits_for.borrow_mut() = self.inner.clone();
        }
        Poll::Pending
    }
}

/// `await asyncio.sleep(0)`
struct Pause(bool);
impl Future for Pause {
    type Output = R<()>;
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<R<()>> {
        let Some(core) = current() else { return Poll::Ready(Ok(())) };
        if core.must_cancel.replace(false) {
            return Poll::Ready(Err(exc::bare(&exc::CancelledError)));
        }
        if self.0 {
            return Poll::Ready(Ok(()));
        }
        self.0 = true;
        call_soon(Rc::new(move || core.step()));
        Poll::Pending
    }
}

pub fn sleep(seconds: f64) -> Coro<()> {
    Coro::new(async move {
        if seconds <= 0.0 {
            return Pause(false).await;
        }
        let fut = Fut::new();
        let set = fut.clone();
        let timer = call_later(seconds, Rc::new(move || set.set(Ok(()))));
        let result = fut.wait().await;
        timer.set(true);
        result
    })
}

// --- Coroutines ---

/// What a call of an async function gives: its body has not begun.
pub struct Coro<T>(Rc<RefCell<Option<Boxed<T>>>>);
impl<T> Clone for Coro<T> {
    fn clone(&self) -> Self {
        Coro(Rc::clone(&self.0))
    }
}
impl<T: 'static> Coro<T> {
    pub fn new(body: impl Future<Output = R<T>> + 'static) -> Self {
        Coro(Rc::new(RefCell::new(Some(Box::pin(body)))))
    }
    pub fn wait(&self) -> Boxed<T> {
        match self.0.borrow_mut().take() {
            Some(body) => body,
            None => Box::pin(std::future::ready(Err(exc::new(
                &exc::RuntimeError,
                "cannot reuse already awaited coroutine",
            )))),
        }
    }
    pub fn map<V: 'static>(self, change: impl FnOnce(T) -> R<V> + 'static) -> Coro<V> {
        let body = self.wait();
        Coro::new(async move { change(body.await?) })
    }
    pub fn close(&self) {
        self.0.borrow_mut().take();
    }
    /// One step outside a loop; None while it waits.
    pub fn poll_once(&self) -> Option<R<T>> {
        let mut body = self.wait();
        let waker = idle_waker();
        match body.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(result) => Some(result),
            Poll::Pending => {
                *self.0.borrow_mut() = Some(body);
                None
            }
        }
    }
}

// --- Tasks ---

pub struct Core {
    body: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>,
    must_cancel: Cell<bool>,
    waits_for: RefCell<Option<Rc<Core>>>,
    name: RefCell<Str>,
    over: Cell<bool>,
    on_cancel: RefCell<Option<Callback>>,
}
pub fn current() -> Option<Rc<Core>> {
    CURRENT.with(|c| c.borrow().clone())
}
impl Core {
    fn step(self: &Rc<Self>) {
        let Some(mut body) = self.body.borrow_mut().take() else { return };
        let outer = CURRENT.with(|c| c.replace(Some(Rc::clone(self))));
        let waker = idle_waker();
        let pending = body.as_mut().poll(&mut Context::from_waker(&waker)).is_pending();
        CURRENT.with(|c| c.replace(outer));
        if pending {
            *self.body.borrow_mut() = Some(body);
        } else {
            self.over.set(true);
            with_loop(|l| l.tasks.retain(|t| !Rc::ptr_eq(t, self)));
        }
    }
    fn cancel(self: &Rc<Self>) -> bool {
        if self.over.get() {
            return false;
        }
        let inner = self.waits_for.borrow().clone();
        if inner.is_some_and(|inner| inner.cancel()) {
            return true;
        }
        if let Some(run) = self.on_cancel.borrow_mut().take() {
            run();
            return true;
        }
        self.must_cancel.set(true);
        let task = Rc::clone(self);
        call_soon(Rc::new(move || {
            if task.must_cancel.get() {
                task.step()
            }
        }));
        true
    }
}

struct TaskData<T> {
    core: Rc<Core>,
    fut: Fut<T>,
}
/// `asyncio.Task`, and the future of `gather`.
pub struct Task<T>(Rc<TaskData<T>>);
impl<T> Clone for Task<T> {
    fn clone(&self) -> Self {
        Task(Rc::clone(&self.0))
    }
}
impl<T: Clone + 'static> Task<T> {
    pub fn new(coro: Coro<T>, name: Option<Str>) -> Self {
        let fut = Fut::new();
        let out = fut.clone();
        let body = coro.wait();
        let number = with_loop(|l| {
            l.task_count += 1;
            l.task_count
        });
        let core = Rc::new(Core {
            body: RefCell::new(Some(Box::pin(async move { out.set(body.await) }))),
            must_cancel: Cell::new(false),
            waits_for: RefCell::new(None),
            name: RefCell::new(name.unwrap_or_else(|| Str::from(format!("Task-{number}")))),
            over: Cell::new(false),
            on_cancel: RefCell::new(None),
        });
        with_loop(|l| l.tasks.push(Rc::clone(&core)));
        let first = Rc::clone(&core);
        // A task that is cancelled before it began never runs its body.
        let (never, ended) = (fut.clone(), Rc::clone(&core));
        call_soon(Rc::new(move || {
            if first.must_cancel.replace(false) {
                first.body.borrow_mut().take();
                ended.over.set(true);
                with_loop(|l| l.tasks.retain(|t| !Rc::ptr_eq(t, &ended)));
                never.set(Err(exc::bare(&exc::CancelledError)));
            } else {
                first.step()
            }
        }));
        Task(Rc::new(TaskData { core, fut }))
    }
    pub fn wait(&self) -> Wait<T> {
        Wait { fut: self.0.fut.clone(), inner: Some(Rc::clone(&self.0.core)), asked: false }
    }
    pub fn cancel(&self) -> bool {
        self.0.core.cancel()
    }
    pub fn done(&self) -> bool {
        self.0.fut.done()
    }
    pub fn cancelled(&self) -> bool {
        matches!(self.0.fut.get(), Some(Err(e)) if e.is(&exc::CancelledError))
    }
    pub fn result(&self) -> R<T> {
        self.0.fut.get().unwrap_or_else(|| Err(exc::new(&super::asyncio_sync::InvalidStateError, "Result is not set.")))
    }
    pub fn exception(&self) -> R<Option<Exc>> {
        match self.0.fut.get() {
            Some(Err(e)) if e.is(&exc::CancelledError) => Err(e),
            Some(Err(e)) => Ok(Some(e)),
            Some(Ok(_)) => Ok(None),
            None => Err(exc::new(&super::asyncio_sync::InvalidStateError, "Exception is not set.")),
        }
    }
    pub fn name(&self) -> Str {
        self.0.core.name.borrow().clone()
    }
    pub fn set_name(&self, name: Str) {
        *self.0.core.name.borrow_mut() = name;
    }
    pub fn on_done(&self, run: impl Fn(&Task<T>) + 'static) {
        let me = self.clone();
        self.0.fut.when_done(Rc::new(move || run(&me)));
    }
    fn when_done(&self, run: Callback) {
        self.0.fut.when_done(run);
    }
    /// `add_done_callback`
    pub fn then(&self, f: impl Fn(Task<T>) -> R<()> + 'static) {
        self.on_done(move |t| {
            if let Err(e) = f(t.clone()) {
                super::out::write_err(&e.traceback());
            }
        });
    }
}

/// Whatever can be awaited, as a task.
pub trait Awaitable<T> {
    fn task(self) -> Task<T>;
}
impl<T: Clone + 'static> Awaitable<T> for Coro<T> {
    fn task(self) -> Task<T> {
        Task::new(self, None)
    }
}
impl<T: Clone + 'static> Awaitable<T> for Task<T> {
    fn task(self) -> Task<T> {
        self
    }
}

/// `asyncio.gather(..)`: each result as `keep` makes it; the first error ends it.
pub fn gather<T: Clone + 'static, V: Clone + 'static>(
    tasks: Vec<Task<T>>,
    keep: impl Fn(R<T>) -> R<V> + 'static,
) -> Task<super::list::List<V>> {
    let fut: Fut<super::list::List<V>> = Fut::new();
    let left = Rc::new(Cell::new(tasks.len()));
    let tasks = Rc::new(tasks);
    let keep = Rc::new(keep);
    let core = Rc::new(Core {
        body: RefCell::new(None),
        must_cancel: Cell::new(false),
        waits_for: RefCell::new(None),
        name: RefCell::new(Str::lit("gather")),
        over: Cell::new(false),
        on_cancel: RefCell::new(None),
    });
    let children = Rc::clone(&tasks);
    *core.on_cancel.borrow_mut() = Some(Rc::new(move || {
        children.iter().for_each(|t| {
            t.cancel();
        })
    }));
    if tasks.is_empty() {
        fut.set(Ok(super::list::List::from(Vec::new())));
    }
    for task in tasks.iter() {
        let (fut, left, all, keep) = (fut.clone(), Rc::clone(&left), Rc::clone(&tasks), Rc::clone(&keep));
        let core = Rc::clone(&core);
        task.on_done(move |t| {
            left.set(left.get() - 1);
            if fut.done() {
                return;
            }
            if let Err(e) = keep(t.result()) {
                core.over.set(true);
                return fut.set(Err(e));
            }
            if left.get() == 0 {
                core.over.set(true);
                fut.set(all.iter().map(|t| keep(t.result())).collect::<R<Vec<V>>>().map(super::list::List::from));
            }
        });
    }
    Task(Rc::new(TaskData { core, fut }))
}

/// `asyncio.wait_for`
pub fn wait_for<T: Clone + 'static>(task: impl Awaitable<T> + 'static, seconds: Option<f64>) -> Coro<T> {
    Coro::new(async move {
        let task = task.task();
        let Some(seconds) = seconds else { return task.wait().await };
        let waiter = Fut::new();
        let (a, b) = (waiter.clone(), waiter.clone());
        let timer = call_later(seconds, Rc::new(move || a.set(Ok(()))));
        task.when_done(Rc::new(move || b.set(Ok(()))));
        let waited = waiter.wait().await;
        timer.set(true);
        if let Err(e) = waited {
            task.cancel();
            return Err(e);
        }
        if task.done() {
            return task.result();
        }
        task.cancel();
        match task.wait().await {
            Err(e) if e.is(&exc::CancelledError) => Err(exc::bare(&exc::TimeoutError)),
            other => other,
        }
    })
}

/// `asyncio.wait`: those that are done, and the others.
pub fn wait<T: Clone + 'static>(tasks: Vec<Task<T>>, seconds: Option<f64>, first: Str) -> Coro<(super::set::Set<Task<T>>, super::set::Set<Task<T>>)> {
    Coro::new(async move {
        let waiter = Fut::new();
        let enough = {
            let (tasks, first) = (tasks.clone(), first);
            move || {
                let failed = |t: &Task<T>| t.done() && t.result().is_err();
                tasks.iter().all(|t| t.done())
                    || (first.as_str() == "FIRST_COMPLETED" && tasks.iter().any(|t| t.done()))
                    || (first.as_str() == "FIRST_EXCEPTION" && tasks.iter().any(failed))
            }
        };
        let enough = Rc::new(enough);
        for task in &tasks {
            let (enough, waiter) = (Rc::clone(&enough), waiter.clone());
            task.when_done(Rc::new(move || {
                if enough() {
                    waiter.set(Ok(()))
                }
            }));
        }
        if let Some(seconds) = seconds {
            let waiter = waiter.clone();
            call_later(seconds, Rc::new(move || waiter.set(Ok(()))));
        }
        if !enough() {
            waiter.wait().await?;
        }
        let (done, pending): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|t| t.done());
        Ok((done.into_iter().collect(), pending.into_iter().collect()))
    })
}

/// `asyncio.as_completed`: coroutines that give the results as they come.
pub fn as_completed<T: Clone + 'static>(tasks: Vec<Task<T>>) -> super::list::List<Coro<T>> {
    let queue = super::asyncio_sync::Queue::new(0);
    for task in &tasks {
        let queue = queue.clone();
        task.on_done(move |t| {
            let _ = queue.put_nowait(t.clone());
        });
    }
    let one = |_: &Task<T>| {
        let queue = queue.clone();
        Coro::new(async move { queue.get().wait().await?.result() })
    };
    super::list::List::from(tasks.iter().map(one).collect::<Vec<_>>())
}

pub fn current_name() -> Str {
    current().map_or(Str::lit("None"), |c| c.name.borrow().clone())
}

// --- Asynchronous generators ---

pub struct AsyncIter<T>(Rc<RefCell<Gen<T>>>);
impl<T> Clone for AsyncIter<T> {
    fn clone(&self) -> Self {
        AsyncIter(Rc::clone(&self.0))
    }
}
impl<T: 'static> AsyncIter<T> {
    pub fn new(gen: Gen<T>) -> Self {
        AsyncIter(Rc::new(RefCell::new(gen)))
    }
    pub async fn try_next(&self) -> R<Option<T>> {
        std::future::poll_fn(|context| self.0.borrow_mut().poll_next(context)).await.transpose()
    }
    /// `async with`: up to the generator's `yield`.
    pub async fn enter(&self) -> R<T> {
        self.try_next().await?.ok_or_else(|| exc::new(&exc::RuntimeError, "generator didn't yield"))
    }
    /// The end of `async with`; true when the generator swallows the exception.
    pub async fn leave(&self, error: Option<Exc>) -> R<bool> {
        let Some(e) = error else {
            return match self.try_next().await? {
                None => Ok(false),
                Some(_) => Err(exc::new(&exc::RuntimeError, "generator didn't stop")),
            };
        };
        self.0.borrow().control.throw(e.clone());
        match self.try_next().await {
            Ok(None) => Ok(true),
            Ok(Some(_)) => Err(exc::new(&exc::RuntimeError, "generator didn't stop after athrow()")),
            Err(other) if other.same(&e) => Ok(false),
            Err(other) => Err(other),
        }
    }
    /// `anext(it)`
    pub fn step(&self) -> Coro<T> {
        let it = self.clone();
        Coro::new(async move { it.try_next().await?.ok_or_else(|| exc::bare(&exc::StopAsyncIteration)) })
    }
}

macro_rules! handles {
    ($($t:ident $name:literal)*) => { $(
        impl<T> PartialEq for $t<T> {
            fn eq(&self, other: &Self) -> bool {
                Rc::ptr_eq(&self.0, &other.0)
            }
        }
        impl<T> PyHash for $t<T> {
            fn py_hash(&self) -> i64 {
                (Rc::as_ptr(&self.0) as *const u8 as i64) >> 4
            }
        }
        impl<T> PyTruth for $t<T> {
            fn truth(&self) -> bool {
                true
            }
        }
        impl<T> PyRepr for $t<T> {
            fn repr_into(&self, out: &mut String) {
                out.push_str(&format!(concat!("<", $name, " object at {:#x}>"), Rc::as_ptr(&self.0) as *const u8 as usize));
            }
        }
        impl<T> PyStr for $t<T> {
            fn str_into(&self, out: &mut String) {
                self.repr_into(out)
            }
        }
    )* };
}
handles! { Coro "coroutine" Task "Task" AsyncIter "async_generator" }
