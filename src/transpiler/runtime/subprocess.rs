//! needs: exc, pystr, bytes, out, traits, value, convert, types, value_items, environ
//! `subprocess.run` and what is made of it: `check_output`, `call`, `getoutput`.
use super::bytes::Bytes;
use super::exc::{self, Class, Exc, R};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;

#[allow(non_upper_case_globals)]
pub static SubprocessError: Class = Class::new("SubprocessError", &exc::Exception);
#[allow(non_upper_case_globals)]
pub static CalledProcessError: Class = Class::new("CalledProcessError", &SubprocessError);
#[allow(non_upper_case_globals)]
pub static TimeoutExpired: Class = Class::new("TimeoutExpired", &SubprocessError);

pub const PIPE: i64 = -1;
pub const STDOUT: i64 = -2;
pub const DEVNULL: i64 = -3;

#[derive(Clone, PartialEq)]
pub struct CompletedProcess {
    pub args: Value,
    pub returncode: i64,
    pub stdout: Value,
    pub stderr: Value,
}

/// The keyword arguments that `run` understands.
#[derive(Clone, Default)]
pub struct Options {
    pub text: bool,
    pub input: Value,
    pub check: bool,
    pub shell: bool,
    pub cwd: Option<Str>,
    /// PIPE, STDOUT, DEVNULL or None: inherited.
    pub stdin: Value,
    pub stdout: Value,
    pub stderr: Value,
    pub timeout: Option<f64>,
    pub env: Value,
}
impl Options {
    /// `capture_output=True` is PIPE for both.
    pub fn captured(mut self, capture: bool) -> R<Options> {
        if capture {
            if !self.stdout.is_none() || !self.stderr.is_none() {
                return Err(exc::new(&exc::ValueError, "stdout and stderr arguments may not be used with capture_output."));
            }
            (self.stdout, self.stderr) = (Value::from(PIPE), Value::from(PIPE));
        }
        Ok(self)
    }
}

/// Whether the streams are text: an encoding says so too.
pub fn as_text(text: bool, encoding: Option<&Str>) -> bool {
    text || encoding.is_some()
}
/// `cwd`: a text or a path.
pub fn folder(v: &Value) -> Option<Str> {
    if v.is_none() { None } else { Some(v.to_str()) }
}
fn is(v: &Value, code: i64) -> bool {
    *v == Value::from(code)
}
fn command(args: &Value, o: &Options) -> R<(Command, Str)> {
    let words: Vec<Str> = match args {
        Value::Str(s) if o.shell => vec![Str::lit("/bin/sh"), Str::lit("-c"), s.clone()],
        Value::Str(s) => vec![s.clone()],
        other => super::value_items::to_vec(other)?.iter().map(|v| v.to_str()).collect(),
    };
    let Some(first) = words.first() else {
        return Err(exc::new(&exc::IndexError, "list index out of range"));
    };
    let mut c = Command::new(first.as_str());
    c.args(words[1..].iter().map(|w| w.as_str()));
    if let Some(d) = &o.cwd {
        c.current_dir(d.as_str());
    }
    if !o.env.is_none() {
        c.env_clear();
        for name in super::value_items::to_vec(&o.env)? {
            c.env(name.to_str().as_str(), super::value_items::getitem(&o.env, &name)?.to_str().as_str());
        }
    }
    Ok((c, first.clone()))
}
fn stream(v: &Value, name: &str) -> R<Stdio> {
    match v {
        Value::None => Ok(Stdio::inherit()),
        v if is(v, PIPE) => Ok(Stdio::piped()),
        v if is(v, DEVNULL) => Ok(Stdio::null()),
        _ => Err(exc::new(&exc::NotImplementedError, format!("subprocess: {name} other than PIPE, DEVNULL and None"))),
    }
}
/// Starts the program, its streams as the options say.
pub fn start(args: &Value, o: &Options) -> R<Child> {
    super::out::flush();
    let (mut c, first) = command(args, o)?;
    let merged = is(&o.stderr, STDOUT);
    if o.input.is_none() {
        c.stdin(stream(&o.stdin, "stdin")?);
    } else {
        c.stdin(Stdio::piped());
    }
    c.stdout(stream(&o.stdout, "stdout")?);
    if merged {
        // the C library's dup2 in the child, after its output is in place
        extern "C" {
            fn dup2(from: i32, to: i32) -> i32;
        }
        // SAFETY: dup2 is safe to call between fork and exec.
        unsafe { std::os::unix::process::CommandExt::pre_exec(&mut c, || if dup2(1, 2) < 0 { Err(std::io::Error::last_os_error()) } else { Ok(()) }) };
    } else {
        c.stderr(stream(&o.stderr, "stderr")?);
    }
    c.spawn().map_err(|e| super::out::os_error(&e, Some(&first)))
}
/// What a program printed, and its exit status: all of it, or TimeoutExpired.
pub struct Ended {
    pub status: i64,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}
fn reader(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut all = Vec::new();
        if let Some(mut p) = pipe {
            let _ = p.read_to_end(&mut all);
        }
        all
    })
}
/// Waits at most so long; None when the program still runs.
pub fn wait(child: &mut Child, timeout: Option<f64>) -> R<Option<i64>> {
    let broken = |e: std::io::Error| super::out::os_error(&e, None);
    let until = timeout.map(|s| std::time::Instant::now() + std::time::Duration::from_secs_f64(s.max(0.0)));
    loop {
        let done = if until.is_none() { Some(child.wait().map_err(broken)?) } else { child.try_wait().map_err(broken)? };
        if let Some(s) = done {
            return Ok(Some(std::os::unix::process::ExitStatusExt::signal(&s).map_or(s.code().unwrap_or(0) as i64, |n| -(n as i64))));
        }
        if until.is_some_and(|u| std::time::Instant::now() >= u) {
            return Ok(None);
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}
/// Gives the input, reads both streams, waits; None when the time is over (the program still runs).
pub fn talk(child: &mut Child, input: &Value, timeout: Option<f64>) -> R<Option<Ended>> {
    let data = match input {
        Value::Str(s) => s.as_str().as_bytes().to_vec(),
        Value::Bytes(b) => b.to_vec(),
        _ => Vec::new(),
    };
    if let Some(mut pipe) = child.stdin.take() {
        // written beside the reading: a full pipe must not stop both sides
        std::thread::spawn(move || pipe.write_all(&data));
    }
    let (out, err) = (reader(child.stdout.take()), reader(child.stderr.take()));
    let Some(status) = wait(child, timeout)? else { return Ok(None) };
    Ok(Some(Ended { status, stdout: out.join().unwrap_or_default(), stderr: err.join().unwrap_or_default() }))
}
/// What a stream holds as Python gives it.
pub fn shown(asked: &Value, text: bool, data: Vec<u8>) -> R<Value> {
    Ok(match (is(asked, PIPE), text) {
        (false, _) => Value::None,
        (true, true) => Value::Str(Str::from(String::from_utf8_lossy(&super::out::decode_text(data)?.into_bytes()).replace("\r\n", "\n").replace('\r', "\n"))),
        (true, false) => Value::Bytes(Bytes::from(data)),
    })
}
/// A TimeoutExpired whose attributes are those of `made`.
pub fn expired(args: &Value, seconds: f64) -> Exc {
    let made = CompletedProcess { args: args.clone(), returncode: 0, stdout: Value::None, stderr: Value::None };
    exc::new(&TimeoutExpired, format!("Command '{}' timed out after {} seconds", args.to_str(), PyRepr::repr(&seconds))).with_payload(Rc::new((made, seconds)))
}

pub fn run(args: &Value, o: &Options) -> R<CompletedProcess> {
    let mut child = start(args, o)?;
    let Some(done) = talk(&mut child, &o.input, o.timeout)? else {
        let _ = child.kill();
        let _ = child.wait();
        return Err(expired(args, o.timeout.unwrap_or(0.0)));
    };
    let (stdout, stderr) = (shown(&o.stdout, o.text, done.stdout)?, shown(&o.stderr, o.text, done.stderr)?);
    let made = CompletedProcess { args: args.clone(), returncode: done.status, stdout, stderr };
    if o.check {
        made.check_returncode()?;
    }
    Ok(made)
}
/// `check_output(args, ..)`.
pub fn check_output(args: &Value, mut o: Options) -> R<Value> {
    o.stdout = Value::from(PIPE);
    o.check = true;
    run(args, &o).map(|done| done.stdout)
}
/// `getstatusoutput(text)`.
pub fn getstatusoutput(text: &Str) -> R<(i64, Str)> {
    let o = Options { text: true, shell: true, stdout: Value::from(PIPE), stderr: Value::from(STDOUT), ..Options::default() };
    let done = run(&Value::Str(text.clone()), &o)?;
    let shown = done.stdout.to_str();
    Ok((done.returncode, Str::from(shown.as_str().strip_suffix('\n').unwrap_or(shown.as_str()).to_string())))
}

impl CompletedProcess {
    pub fn check_returncode(&self) -> R<()> {
        if self.returncode == 0 {
            return Ok(());
        }
        let (command, status) = (self.args.to_str(), self.returncode);
        let text = if status < 0 {
            format!("Command '{command}' died with {}.", signal_text(-status))
        } else {
            format!("Command '{command}' returned non-zero exit status {status}.")
        };
        Err(exc::new(&CalledProcessError, text).with_payload(Rc::new(self.clone())))
    }
}
fn signal_text(n: i64) -> String {
    const NAMES: [&str; 32] = [
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM",
        "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];
    match NAMES.get(n as usize) {
        Some(name) => format!("<Signals.{name}: {n}>"),
        None => format!("unknown signal {n}"),
    }
}
/// The process that a CalledProcessError or TimeoutExpired is about.
pub fn of(e: &Exc, name: &str) -> R<Rc<CompletedProcess>> {
    let found = e.payload::<CompletedProcess>().or_else(|| e.payload::<(CompletedProcess, f64)>().map(|p| Rc::new(p.0.clone())));
    found.ok_or_else(|| exc::new(&exc::AttributeError, format!("'{}' object has no attribute '{name}'", e.class().name)))
}
/// `e.timeout` of a TimeoutExpired.
pub fn timeout_of(e: &Exc) -> R<f64> {
    let found = e.payload::<(CompletedProcess, f64)>().map(|p| p.1);
    found.ok_or_else(|| exc::new(&exc::AttributeError, format!("'{}' object has no attribute 'timeout'", e.class().name)))
}

impl PyRepr for CompletedProcess {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("CompletedProcess(args={}, returncode={}", PyRepr::repr(&self.args), self.returncode));
        for (name, v) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !v.is_none() {
                out.push_str(&format!(", {name}={}", PyRepr::repr(v)));
            }
        }
        out.push(')');
    }
}
str_is_repr!(CompletedProcess);
impl PyTruth for CompletedProcess {
    fn truth(&self) -> bool {
        true
    }
}
