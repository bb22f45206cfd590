//! needs: out, pystr, start
//! Fibers: several stacks on one thread of the processor; one of them runs until it waits. Values need no locks, because
//! nothing changes while a fiber does not wait. A fiber tells what it waits for as a question, which is asked again
//! whenever another one waits or ends.
use super::pystr::Str;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Instant;

/// Untouched pages cost nothing.
const STACK: usize = 1 << 26;

/// How a wait ended; `Never`: nobody is left who could end it.
#[derive(Clone, Copy, PartialEq)]
pub enum Woken {
    Ready,
    Late,
    Never,
}

type Question = *const (dyn Fn() -> bool + 'static);

pub struct Fiber {
    name: Str,
    /// The stack pointer, while another fiber runs.
    saved: Cell<usize>,
    depth: Cell<u32>,
    waits_for: Cell<Option<Question>>,
    until: Cell<Option<Instant>>,
    stuck: Cell<bool>,
    body: RefCell<Option<Box<dyn FnOnce()>>>,
    stack: Cell<usize>,
}

impl Fiber {
    fn new(name: Str, body: Option<Box<dyn FnOnce()>>) -> Rc<Fiber> {
        Rc::new(Fiber {
            name,
            saved: Cell::new(0),
            depth: Cell::new(0),
            waits_for: Cell::new(None),
            until: Cell::new(None),
            stuck: Cell::new(false),
            body: RefCell::new(body),
            stack: Cell::new(0),
        })
    }
    fn is_ready(&self) -> bool {
        // SAFETY: the question is on the stack of the fiber that waits, which does not run before it was taken back.
        self.waits_for.get().is_some_and(|ask| unsafe { (*ask)() })
    }
}

thread_local! {
    static RUNNING: RefCell<Rc<Fiber>> = RefCell::new(Fiber::new(Str::lit("MainThread"), None));
    static WAITING: RefCell<VecDeque<Rc<Fiber>>> = const { RefCell::new(VecDeque::new()) };
    /// Stacks whose fibers have ended.
    static FREE: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// The name of the fiber that runs.
pub fn name() -> Str {
    RUNNING.with(|r| r.borrow().name.clone())
}
/// A number that no other fiber has now.
pub fn id() -> usize {
    RUNNING.with(|r| Rc::as_ptr(&r.borrow()) as usize)
}

/// Runs `body` at once, until it waits for the first time or ends. Where the processor's stacks are not known here, it
/// runs to its end.
pub fn spawn(name: Str, body: Box<dyn FnOnce()>) {
    if !SWITCHES {
        let nested = Fiber::new(name, None);
        let outer = RUNNING.with(|r| r.replace(nested));
        body();
        RUNNING.with(|r| r.replace(outer));
        return;
    }
    let fiber = Fiber::new(name, Some(body));
    let stack = FREE.with(|f| f.borrow_mut().pop()).unwrap_or_else(new_stack);
    fiber.stack.set(stack);
    fiber.saved.set(first_frame(stack));
    let me = RUNNING.with(|r| r.borrow().clone());
    let at_once = || true;
    park(&me, &at_once, None);
    WAITING.with(|w| w.borrow_mut().push_front(me));
    resume(fiber);
}

/// Lets others run until `ready()`, or until a time.
pub fn wait(ready: &dyn Fn() -> bool, until: Option<Instant>) -> Woken {
    loop {
        if ready() {
            return Woken::Ready;
        }
        if until.is_some_and(|t| Instant::now() >= t) {
            return Woken::Late;
        }
        if let Some(other) = next() {
            let me = RUNNING.with(|r| r.borrow().clone());
            park(&me, ready, until);
            WAITING.with(|w| w.borrow_mut().push_back(Rc::clone(&me)));
            resume(other);
            if me.stuck.take() {
                return Woken::Never;
            }
        } else if let Some(t) = earliest().into_iter().chain(until).min() {
            rest_until(t);
        } else {
            return Woken::Never;
        }
    }
}

/// Sleeps while others run.
pub fn sleep(time: std::time::Duration) {
    wait(&|| false, Some(Instant::now() + time));
}

fn rest_until(t: Instant) {
    super::out::flush_quietly();
    std::thread::sleep(t.saturating_duration_since(Instant::now()));
}

fn park(me: &Fiber, ready: &dyn Fn() -> bool, until: Option<Instant>) {
    // SAFETY: only the lifetime changes; `is_ready` says why the question lives long enough.
    me.waits_for.set(Some(unsafe { std::mem::transmute::<*const (dyn Fn() -> bool + '_), Question>(ready) }));
    me.until.set(until);
}

/// Takes who may go on: those whose question is answered, in their order; then who is the longest over its time.
fn next() -> Option<Rc<Fiber>> {
    WAITING.with(|w| {
        let ready = w.borrow().iter().position(|f| f.is_ready());
        let at = ready.or_else(|| {
            let now = Instant::now();
            let waiting = w.borrow();
            let late = waiting.iter().enumerate().filter_map(|(i, f)| Some((f.until.get()?, i)));
            late.filter(|(t, _)| *t <= now).min().map(|(_, i)| i)
        })?;
        w.borrow_mut().remove(at)
    })
}
fn earliest() -> Option<Instant> {
    WAITING.with(|w| w.borrow().iter().filter_map(|f| f.until.get()).min())
}

fn resume(other: Rc<Fiber>) {
    let to = other.saved.get();
    let depth = other.depth.get();
    let me = RUNNING.with(|r| r.replace(other));
    me.depth.set(super::start::exchange_depth(depth));
    // SAFETY: `to` was saved by a switch away from that fiber, or is its first frame.
    unsafe { switch(me.saved.as_ptr(), to) };
    me.waits_for.set(None);
}

/// Where a fiber begins, on its own stack.
extern "C" fn begin() -> ! {
    let body = RUNNING.with(|r| r.borrow().body.borrow_mut().take());
    if let Some(body) = body {
        body();
    }
    let mut left = 0;
    let to = successor();
    // SAFETY: as in `resume`; nobody comes back here.
    unsafe { switch(&mut left, to) };
    std::process::abort()
}

/// Ends the running fiber: who runs instead, as its stack pointer. Its stack is free for the next fiber, which can
/// only begin once this one was left.
fn successor() -> usize {
    let other = loop {
        if let Some(other) = next() {
            break other;
        }
        match earliest() {
            Some(t) => rest_until(t),
            None => match WAITING.with(|w| w.borrow_mut().pop_front()) {
                Some(other) => {
                    other.stuck.set(true);
                    break other;
                }
                None => std::process::abort(), // the main fiber waits for as long as there are others
            },
        }
    };
    let to = other.saved.get();
    super::start::exchange_depth(other.depth.get());
    let me = RUNNING.with(|r| r.replace(other));
    FREE.with(|f| f.borrow_mut().push(me.stack.get()));
    to
}

/// Whether `switch` knows this processor and system.
const SWITCHES: bool = cfg!(all(unix, any(target_arch = "x86_64", target_arch = "aarch64")));

fn new_stack() -> usize {
    // SAFETY: the layout has a size and a power of two as alignment.
    let at = unsafe { std::alloc::alloc(std::alloc::Layout::from_size_align_unchecked(STACK, 4096)) };
    if at.is_null() {
        std::process::abort();
    }
    at as usize
}

/// What `switch` takes from a stack: where to go on and two registers. A function begins where a call left the stack.
fn first_frame(stack: usize) -> usize {
    let at = stack + STACK - 64;
    // SAFETY: inside the stack, which nobody uses yet.
    unsafe {
        (at as *mut [usize; 8]).write([0; 8]);
        (at as *mut usize).write(begin as *const () as usize);
    }
    at
}

/// Leaves this stack for another; comes back when another fiber switches to what is written to `saved`.
#[inline(never)]
unsafe fn switch(saved: *mut usize, to: usize) {
    #[cfg(target_arch = "x86_64")]
    std::arch::asm!(
        "push rbx", "push rbp", "lea rax, [rip + 2f]", "push rax", "mov [rdi], rsp",
        "mov rsp, rsi", "pop rax", "jmp rax",
        "2:", "pop rbp", "pop rbx",
        inout("rdi") saved => _, inout("rsi") to => _,
        out("r12") _, out("r13") _, out("r14") _, out("r15") _, clobber_abi("sysv64")
    );
    #[cfg(target_arch = "aarch64")]
    std::arch::asm!(
        "sub sp, sp, #32", "stp x19, x29, [sp, #8]", "adr x9, 2f", "str x9, [sp]", "mov x9, sp", "str x9, [x0]",
        "mov sp, x1", "ldr x9, [sp]", "br x9",
        "2:", "ldp x19, x29, [sp, #8]", "add sp, sp, #32",
        inout("x0") saved => _, inout("x1") to => _,
        out("x20") _, out("x21") _, out("x22") _, out("x23") _, out("x24") _, out("x25") _, out("x26") _,
        out("x27") _, out("x28") _, out("v8") _, out("v9") _, out("v10") _, out("v11") _, out("v12") _,
        out("v13") _, out("v14") _, out("v15") _, clobber_abi("C")
    );
    let _ = (saved, to);
}
