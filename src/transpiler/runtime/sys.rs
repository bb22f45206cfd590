//! needs: exc, pystr, list
//! The parts of `sys` that are not streams.
#![allow(non_upper_case_globals)]
use super::exc::{self, Arg, Exc};
use super::list::List;
use super::pystr::Str;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::OnceLock;

static SCRIPT: OnceLock<&'static str> = OnceLock::new();
static LIMIT: AtomicU32 = AtomicU32::new(1000);

pub const maxsize: i64 = i64::MAX;
pub const maxunicode: i64 = 0x10ffff;
pub const byteorder: Str = Str::lit(if cfg!(target_endian = "big") { "big" } else { "little" });
pub const platform: Str = Str::lit(if cfg!(target_os = "macos") {
    "darwin"
} else if cfg!(target_os = "windows") {
    "win32"
} else {
    std::env::consts::OS
});
pub const version_info: (i64, i64, i64, Str, i64) = (3, 11, 7, Str::lit("final"), 0);
pub const version: Str = Str::lit("3.11.7 (main) [Rust]");
pub const float_max: f64 = f64::MAX;
pub const float_min: f64 = f64::MIN_POSITIVE;
pub const float_epsilon: f64 = f64::EPSILON;

/// platform.system().
pub fn system() -> Str {
    match std::env::consts::OS {
        "linux" => Str::lit("Linux"),
        "macos" => Str::lit("Darwin"),
        "windows" => Str::lit("Windows"),
        other => Str::new(other),
    }
}

pub fn set_script(name: &'static str) {
    let _ = SCRIPT.set(name);
}

/// The script's name in the directory that the program was started from.
pub fn script() -> String {
    let name = SCRIPT.get().copied().unwrap_or("");
    match std::env::args_os().next().map(std::path::PathBuf::from) {
        Some(p) => match p.parent() {
            Some(dir) if !dir.as_os_str().is_empty() => dir.join(name).to_string_lossy().into_owned(),
            _ => name.to_string(),
        },
        None => name.to_string(),
    }
}

thread_local! {
    static ARGV: List<Str> = List::from(
        std::iter::once(Str::from(script()))
            .chain(std::env::args_os().skip(1).map(|a| Str::from(a.to_string_lossy().into_owned())))
            .collect::<Vec<Str>>(),
    );
}

/// `sys.argv`: one list for the whole program.
pub fn argv() -> List<Str> {
    ARGV.with(|a| a.clone())
}

/// `return Err(sys::exit(code))`; also `exit()` and `raise SystemExit(code)`.
#[cold]
pub fn exit(code: impl Into<Arg>) -> Exc {
    exc::with_args(&exc::SystemExit, vec![code.into()])
}
/// `sys.exit()`, `sys.exit(None)`.
#[cold]
pub fn exit_none() -> Exc {
    exc::bare(&exc::SystemExit)
}

pub fn recursion_limit() -> u32 {
    LIMIT.load(Ordering::Relaxed)
}
pub fn setrecursionlimit(n: i64) -> Result<(), Exc> {
    if n < 1 {
        return Err(exc::new(&exc::ValueError, "recursion limit must be greater or equal than 1"));
    }
    LIMIT.store(n.min(u32::MAX as i64) as u32, Ordering::Relaxed);
    Ok(())
}
pub fn getrecursionlimit() -> i64 {
    recursion_limit() as i64
}
