//! needs: alloc, exc, out, sys
//! The frame around a program: a big stack, arguments, flushing, tracebacks and exit codes.
use super::exc::{self, Exc};
use super::{alloc, out, sys};

/// CPython's default recursion limit is 1000 Python frames; ours may each be large. Untouched pages cost nothing.
const STACK: usize = 1 << 30;

/// Runs the module body and ends the process. `script` is the Python file's name, `sys.argv[0]`.
pub fn run(script: &'static str, body: fn() -> Result<(), Exc>) -> ! {
    let _ = &alloc::POOL;
    sys::set_script(script);
    let main = move || std::panic::catch_unwind(body);
    let status = match std::thread::Builder::new().stack_size(STACK).spawn(move || status_of(main())) {
        Ok(thread) => thread.join().unwrap_or(101),
        Err(_) => status_of(std::panic::catch_unwind(body)),
    };
    std::process::exit(status)
}

fn status_of(ended: std::thread::Result<Result<(), Exc>>) -> i32 {
    let status = match ended {
        Ok(Ok(())) => 0,
        Ok(Err(e)) => report(&e),
        Err(panic) => match panic.downcast::<exc::Dying>() {
            Ok(dying) => report(&dying.0),
            Err(_) => 101,
        },
    };
    if let Some(end) = AT_END.with(std::cell::Cell::get) {
        end();
    }
    if out::flush_quietly() {
        status
    } else {
        120
    }
}

/// Writes the traceback (or the message of a SystemExit) and gives the exit code.
pub fn report(e: &Exc) -> i32 {
    out::flush_quietly();
    if e.is(&exc::SystemExit) {
        let (code, text) = e.exit_status();
        if let Some(t) = text {
            out::write_err(&format!("{t}\n"));
        }
        return code;
    }
    out::write_err(&e.traceback());
    1
}

thread_local! {
    static AT_END: std::cell::Cell<Option<fn()>> = const { std::cell::Cell::new(None) };
}
/// What has to be done after the module's last line, or after the exception that ended it was reported.
pub fn at_end(end: fn()) {
    AT_END.with(|a| a.set(Some(end)));
}

/// Runs a body under a guard against runaway recursion; `limit` is `sys.getrecursionlimit()`.
pub struct Depth;

thread_local! {
    static DEPTH: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

impl Depth {
    /// `let _depth = Depth::enter()?;` at the head of a recursive function.
    #[inline]
    pub fn enter() -> Result<Depth, Exc> {
        DEPTH.with(|d| {
            d.set(d.get() + 1);
            if d.get() > sys::recursion_limit() {
                d.set(d.get() - 1);
                return Err(exc::new(&exc::RecursionError, "maximum recursion depth exceeded"));
            }
            Ok(Depth)
        })
    }
}
impl Drop for Depth {
    fn drop(&mut self) {
        DEPTH.with(|d| d.set(d.get() - 1));
    }
}
/// Another stack has a depth of its own.
pub fn exchange_depth(depth: u32) -> u32 {
    DEPTH.with(|d| d.replace(depth))
}
