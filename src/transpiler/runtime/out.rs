//! needs: exc, pystr, traits
//! Standard streams: buffered stdout (by lines on a terminal), plain stderr, stdin, `print` and `input`.
use super::exc::{self, Exc};
use super::pystr::Str;
use super::traits::PyStr;
use std::io::{BufRead, IsTerminal, Read, Write};
use std::sync::{Mutex, MutexGuard};

const CAPACITY: usize = 1 << 16;

struct Buffer {
    /// Texts kept instead of written, stdout and stderr, while `capture` is on.
    kept: Option<(Vec<u8>, Vec<u8>)>,
    bytes: Vec<u8>,
    /// Unknown until the first write.
    terminal: Option<bool>,
}

static STDOUT: Mutex<Buffer> = Mutex::new(Buffer { kept: None, bytes: Vec::new(), terminal: None });

fn lock() -> MutexGuard<'static, Buffer> {
    STDOUT.lock().unwrap_or_else(|broken| broken.into_inner())
}

impl Buffer {
    fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if let Some(kept) = &mut self.kept {
            kept.0.extend_from_slice(&std::mem::take(&mut self.bytes));
            kept.0.extend_from_slice(bytes);
            return Ok(());
        }
        self.bytes.extend_from_slice(bytes);
        let terminal = *self.terminal.get_or_insert_with(|| std::io::stdout().is_terminal());
        if self.bytes.len() >= CAPACITY || (terminal && bytes.contains(&b'\n')) {
            self.flush()?;
        }
        Ok(())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        let bytes = std::mem::take(&mut self.bytes);
        let mut out = std::io::stdout().lock();
        out.write_all(&bytes)?;
        out.flush()
    }
}

fn checked(done: std::io::Result<()>) {
    if let Err(e) = done {
        exc::die(os_error(&e, None));
    }
}

/// An OSError of the right subclass, as CPython raises it.
pub fn os_error(e: &std::io::Error, path: Option<&str>) -> Exc {
    let code = e.raw_os_error().unwrap_or(5);
    let class = match code {
        1 | 13 => &exc::PermissionError,
        2 => &exc::FileNotFoundError,
        3 => &exc::ProcessLookupError,
        4 => &exc::InterruptedError,
        10 => &exc::ChildProcessError,
        11 => &exc::BlockingIOError,
        17 => &exc::FileExistsError,
        20 => &exc::NotADirectoryError,
        21 => &exc::IsADirectoryError,
        32 => &exc::BrokenPipeError,
        103 => &exc::ConnectionAbortedError,
        104 => &exc::ConnectionResetError,
        110 => &exc::TimeoutError,
        111 => &exc::ConnectionRefusedError,
        _ => &exc::OSError,
    };
    let text = e.to_string();
    let text = text.split(" (os error").next().unwrap_or("").to_string();
    let mut args = vec![(code as i64).into(), text.into()];
    if let Some(p) = path {
        args.push(p.into());
    }
    exc::with_args(class, args)
}

pub fn write_bytes(bytes: &[u8]) {
    let done = lock().put(bytes);
    checked(done);
}
/// `sys.stdout.write(text)`.
pub fn write(text: &str) {
    write_bytes(text.as_bytes());
}
/// The text and a newline, with one lock.
pub fn write_line(text: &str) {
    let mut out = lock();
    out.bytes.extend_from_slice(text.as_bytes());
    let done = out.put(b"\n");
    drop(out);
    checked(done);
}
pub fn flush() {
    let done = lock().flush();
    checked(done);
}
/// At the end of the program, where an error has nobody left to catch it; false when it failed.
pub fn flush_quietly() -> bool {
    lock().flush().is_ok()
}

/// Keeps what is written to both streams (`contextlib.redirect_stdout`, tests) until `captured` takes it.
pub fn capture(on: bool) {
    let mut out = lock();
    let _ = out.flush();
    out.kept = on.then(Default::default);
}
pub fn captured() -> (String, String) {
    let kept = lock().kept.take().unwrap_or_default();
    (String::from_utf8_lossy(&kept.0).into_owned(), String::from_utf8_lossy(&kept.1).into_owned())
}

pub fn write_err(text: &str) {
    if let Some(kept) = &mut lock().kept {
        return kept.1.extend_from_slice(text.as_bytes());
    }
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// What `print` writes.
pub fn line_of(args: &[&dyn PyStr], sep: &str, end: &str) -> String {
    let mut line = String::new();
    for (i, a) in args.iter().enumerate() {
        if i > 0 {
            line.push_str(sep);
        }
        a.str_into(&mut line);
    }
    line.push_str(end);
    line
}

pub fn print(args: &[&dyn PyStr]) {
    write(&line_of(args, " ", "\n"));
}
pub fn print_sep(args: &[&dyn PyStr], sep: &str, end: &str) {
    write(&line_of(args, sep, end));
}
/// `print(.., file=sys.stderr)`.
pub fn eprint(args: &[&dyn PyStr], sep: &str, end: &str) {
    write_err(&line_of(args, sep, end));
}

/// Bytes to text as stdin and files do it: strict UTF-8, universal newlines.
pub fn decode_text(bytes: Vec<u8>) -> Result<String, Exc> {
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let byte = e.as_bytes().get(at).copied().unwrap_or(0);
        let what = if e.utf8_error().error_len().is_none() {
            "unexpected end of data"
        } else if byte < 0xc2 || byte > 0xf4 {
            "invalid start byte"
        } else {
            "invalid continuation byte"
        };
        exc::new(
            &exc::UnicodeDecodeError,
            format!("'utf-8' codec can't decode byte 0x{byte:02x} in position {at}: {what}"),
        )
    })?;
    if text.contains('\r') {
        return Ok(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    Ok(text)
}

/// `sys.stdin.readline()`: "" at the end.
pub fn read_line() -> Result<Str, Exc> {
    if lock().terminal == Some(true) {
        flush();
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_until(b'\n', &mut bytes).map_err(|e| os_error(&e, None))?;
    Ok(Str::from(decode_text(bytes)?))
}
/// `sys.stdin.read()`.
pub fn read_all() -> Result<Str, Exc> {
    Ok(Str::from(decode_text(read_bytes()?)?))
}
/// `sys.stdin.buffer.read()`.
pub fn read_bytes() -> Result<Vec<u8>, Exc> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| os_error(&e, None))?;
    Ok(bytes)
}
/// `for line in sys.stdin`.
pub fn lines() -> impl Iterator<Item = Result<Str, Exc>> {
    std::iter::from_fn(|| match read_line() {
        Ok(l) if l.is_empty() => None,
        other => Some(other),
    })
}
/// `sys.stdin.readlines()`.
pub fn read_lines() -> Result<Vec<Str>, Exc> {
    lines().collect()
}

/// `input(prompt)`.
pub fn input(prompt: &str) -> Result<Str, Exc> {
    write(prompt);
    flush();
    let line = read_line()?;
    if line.is_empty() {
        return Err(exc::new(&exc::EOFError, "EOF when reading a line"));
    }
    Ok(Str::new(line.strip_suffix('\n').unwrap_or(&line)))
}
