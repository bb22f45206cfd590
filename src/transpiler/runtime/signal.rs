//! needs: exc, int, list, pystr, sys, time, traits, value, value_items, convert, fmt, out
//! `signal`: handlers run between steps that wait (sleep, pause) and where a signal is raised or sent to oneself.
//! Source: Python 3.11 library reference, signal; POSIX signal numbers of Linux.
use super::exc::{self, R};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

mod c {
    extern "C" {
        pub fn signal(number: i32, handler: usize) -> usize;
        pub fn kill(pid: i32, number: i32) -> i32;
        pub fn raise(number: i32) -> i32;
        pub fn alarm(seconds: u32) -> u32;
        pub fn setitimer(which: i32, new: *const [i64; 4], old: *mut [i64; 4]) -> i32;
    }
}

/// A signal by number: an int with a name.
#[derive(Clone, Copy, PartialEq)]
pub struct Signal(pub i64);
/// SIG_DFL and SIG_IGN.
#[derive(Clone, Copy, PartialEq)]
pub struct Action(pub i64);

pub const NAMES: [(i64, &str, &str); 31] = [
    (1, "SIGHUP", "Hangup"), (2, "SIGINT", "Interrupt"), (3, "SIGQUIT", "Quit"), (4, "SIGILL", "Illegal instruction"),
    (5, "SIGTRAP", "Trace/breakpoint trap"), (6, "SIGABRT", "Aborted"), (7, "SIGBUS", "Bus error"),
    (8, "SIGFPE", "Floating point exception"), (9, "SIGKILL", "Killed"), (10, "SIGUSR1", "User defined signal 1"),
    (11, "SIGSEGV", "Segmentation fault"), (12, "SIGUSR2", "User defined signal 2"), (13, "SIGPIPE", "Broken pipe"),
    (14, "SIGALRM", "Alarm clock"), (15, "SIGTERM", "Terminated"), (16, "SIGSTKFLT", "Stack fault"),
    (17, "SIGCHLD", "Child exited"), (18, "SIGCONT", "Continued"), (19, "SIGSTOP", "Stopped (signal)"),
    (20, "SIGTSTP", "Stopped"), (21, "SIGTTIN", "Stopped (tty input)"), (22, "SIGTTOU", "Stopped (tty output)"),
    (23, "SIGURG", "Urgent I/O condition"), (24, "SIGXCPU", "CPU time limit exceeded"),
    (25, "SIGXFSZ", "File size limit exceeded"), (26, "SIGVTALRM", "Virtual timer expired"),
    (27, "SIGPROF", "Profiling timer expired"), (28, "SIGWINCH", "Window changed"), (29, "SIGIO", "I/O possible"),
    (30, "SIGPWR", "Power failure"), (31, "SIGSYS", "Bad system call"),
];

impl Signal {
    pub fn of(number: i64) -> R<Signal> {
        match NAMES.iter().any(|n| n.0 == number) || number == 34 || number == 64 {
            true => Ok(Signal(number)),
            false => Err(exc::new(&exc::ValueError, format!("{number} is not a valid Signals"))),
        }
    }
    pub fn named(name: &Str) -> R<Signal> {
        let found = NAMES.iter().find(|n| n.1 == name.as_str());
        found.map(|n| Signal(n.0)).ok_or_else(|| exc::key_error(name.clone()))
    }
    pub fn all() -> Vec<Signal> {
        NAMES.iter().map(|n| Signal(n.0)).chain([Signal(34), Signal(64)]).collect()
    }
    pub fn name(self) -> Str {
        match self.0 {
            34 => Str::lit("SIGRTMIN"),
            64 => Str::lit("SIGRTMAX"),
            number => NAMES.iter().find(|n| n.0 == number).map_or(Str::lit(""), |n| Str::lit(n.1)),
        }
    }
}
pub fn strsignal(number: i64) -> Option<Str> {
    NAMES.iter().find(|n| n.0 == number).map(|n| Str::lit(n.2))
}

static PENDING: AtomicU64 = AtomicU64::new(0);
extern "C" fn note(number: i32) {
    PENDING.fetch_or(1 << number, Ordering::SeqCst);
}

thread_local! {
    static HANDLERS: RefCell<Vec<(i64, Value)>> = const { RefCell::new(Vec::new()) };
}

fn checked(number: i64) -> R<i32> {
    if !(1..64).contains(&number) {
        return Err(exc::new(&exc::ValueError, "signal number out of range"));
    }
    Ok(number as i32)
}
pub fn getsignal(number: i64) -> Value {
    let known = HANDLERS.with(|h| h.borrow().iter().find(|x| x.0 == number).map(|x| x.1.clone()));
    known.unwrap_or_else(|| match number {
        2 => default_int_handler(),
        13 | 25 => super::convert::ToValue::to_value(&Action(1)),
        _ => super::convert::ToValue::to_value(&Action(0)),
    })
}
pub fn default_int_handler() -> Value {
    Value::func("default_int_handler", |_| Err(exc::bare(&exc::KeyboardInterrupt)))
}
/// `signal.signal(number, handler)`: the handler before.
pub fn set(number: i64, handler: Value) -> R<Value> {
    let n = checked(number)?;
    if n == 9 || n == 19 {
        return Err(exc::with_args(&exc::OSError, vec![22.into(), "Invalid argument".into()]));
    }
    let action = super::convert::held::<Action>(&handler).map(|a| a.0 as usize);
    let callable = matches!(handler, Value::Func(_) | Value::Type(_)) || matches!(&handler, Value::Obj(o) if o.has("__call__"));
    if action.is_none() && !callable {
        let text = "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object";
        return Err(exc::new(&exc::TypeError, text));
    }
    let before = getsignal(number);
    HANDLERS.with(|h| {
        let mut all = h.borrow_mut();
        all.retain(|x| x.0 != number);
        all.push((number, handler));
    });
    super::time::set_waiter(check);
    // SAFETY: the handler only sets a bit; the C library keeps its address.
    unsafe { c::signal(n, action.unwrap_or(note as *const () as usize)) };
    Ok(before)
}

/// Runs the handlers of signals that came.
pub fn check() -> R<()> {
    let came = PENDING.swap(0, Ordering::SeqCst);
    for number in (1..64).filter(|n| came >> n & 1 == 1) {
        let handler = getsignal(number);
        super::value_items::call(&handler, vec![Value::from(number), Value::None])?;
    }
    Ok(())
}
/// SIGINT is an exception where nobody handles it.
fn listen_to_int(number: i32) {
    if number == 2 && HANDLERS.with(|h| h.borrow().iter().all(|x| x.0 != 2)) {
        // SAFETY: as above.
        unsafe { c::signal(2, note as *const () as usize) };
    }
}
pub fn raise_signal(number: i64) -> R<()> {
    let n = checked(number)?;
    listen_to_int(n);
    super::out::flush_quietly();
    // SAFETY: a plain call of the C library.
    unsafe { c::raise(n) };
    check()
}
pub fn kill(pid: i64, number: i64) -> R<()> {
    // To a process the system may deliver it in any thread and later; to this one the handler has run when `kill` returns.
    if pid == std::process::id() as i64 && checked(number).is_ok() {
        return raise_signal(number);
    }
    // SAFETY: a plain call of the C library.
    if unsafe { c::kill(pid as i32, number as i32) } != 0 {
        return Err(super::out::os_error(&std::io::Error::last_os_error(), None));
    }
    check()
}
/// Seconds that were left of the alarm before.
pub fn alarm(seconds: i64) -> i64 {
    // SAFETY: a plain call of the C library.
    unsafe { c::alarm(seconds.clamp(0, u32::MAX as i64) as u32) as i64 }
}
/// `setitimer(ITIMER_REAL, seconds, interval)`.
pub fn setitimer(which: i64, seconds: f64, interval: f64) -> R<(f64, f64)> {
    let parts = |x: f64| [x.trunc() as i64, ((x - x.trunc()) * 1e6).round() as i64];
    let ([a, b], [c, d]) = (parts(interval), parts(seconds));
    let (new, mut old) = ([a, b, c, d], [0; 4]);
    // SAFETY: both point at four 64-bit numbers, which is what two timevals are.
    if unsafe { c::setitimer(which as i32, &new, &mut old) } != 0 {
        return Err(super::out::os_error(&std::io::Error::last_os_error(), None));
    }
    Ok((old[2] as f64 + old[3] as f64 / 1e6, old[0] as f64 + old[1] as f64 / 1e6))
}
pub fn pause() -> R<()> {
    super::out::flush_quietly();
    while PENDING.load(Ordering::SeqCst) == 0 {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    check()
}

impl PyRepr for Signal {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<Signals.{}: {}>", self.name(), self.0));
    }
}
impl PyStr for Signal {
    fn str_into(&self, out: &mut String) {
        self.0.str_into(out)
    }
}
impl PyRepr for Action {
    fn repr_into(&self, out: &mut String) {
        out.push_str(if self.0 == 0 { "<Handlers.SIG_DFL: 0>" } else { "<Handlers.SIG_IGN: 1>" });
    }
}
impl PyStr for Action {
    fn str_into(&self, out: &mut String) {
        self.0.str_into(out)
    }
}
impl super::fmt::PyFormat for Signal {
    fn py_format(&self, spec: &str) -> R<Str> {
        self.0.py_format(spec)
    }
}
super::fmt::fmt_is_str!(Action, "Handlers");
impl PyHash for Signal {
    fn py_hash(&self) -> i64 {
        self.0.py_hash()
    }
}
impl PyOrd for Signal {
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self.0 < o.0)
    }
}
impl PyTruth for Signal {
    fn truth(&self) -> bool {
        self.0 != 0
    }
}
impl PyTruth for Action {
    fn truth(&self) -> bool {
        self.0 != 0
    }
}
