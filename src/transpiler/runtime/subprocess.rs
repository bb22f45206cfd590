//! needs: exc, pystr, bytes, out, traits, value, convert, types, value_items
//! `subprocess.run` and `check_output` for commands that run to their end.
use super::bytes::Bytes;
use super::exc::{self, Class, R};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::io::Write;
use std::process::{Command, Stdio};

#[allow(non_upper_case_globals)]
pub static SubprocessError: Class = Class::new("SubprocessError", &exc::Exception);
#[allow(non_upper_case_globals)]
pub static CalledProcessError: Class = Class::new("CalledProcessError", &SubprocessError);

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
    pub capture_output: bool,
    pub text: bool,
    pub input: Value,
    pub check: bool,
    pub shell: bool,
    pub cwd: Option<Str>,
}

pub fn run(args: &Value, o: &Options) -> R<CompletedProcess> {
    super::out::flush();
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
    if o.capture_output {
        c.stdout(Stdio::piped()).stderr(Stdio::piped());
    }
    let input: Option<Vec<u8>> = match &o.input {
        Value::Str(s) => Some(s.as_str().as_bytes().to_vec()),
        Value::Bytes(b) => Some(b.to_vec()),
        _ => None,
    };
    if input.is_some() {
        c.stdin(Stdio::piped());
    }
    let mut child = c.spawn().map_err(|e| super::out::os_error(&e, Some(first)))?;
    if let (Some(data), Some(mut pipe)) = (input, child.stdin.take()) {
        // written beside the reading: a full pipe must not stop both sides
        std::thread::spawn(move || pipe.write_all(&data));
    }
    let done = child.wait_with_output().map_err(|e| super::out::os_error(&e, Some(first)))?;
    let status = std::os::unix::process::ExitStatusExt::signal(&done.status).map_or(done.status.code().unwrap_or(0) as i64, |s| -(s as i64));
    let shown = |b: Vec<u8>| -> R<Value> {
        Ok(match (o.capture_output, o.text) {
            (false, _) => Value::None,
            (true, true) => Value::Str(Str::from(super::out::decode_text(b)?)),
            (true, false) => Value::Bytes(Bytes::from(b)),
        })
    };
    let made = CompletedProcess { args: args.clone(), returncode: status, stdout: shown(done.stdout)?, stderr: shown(done.stderr)? };
    if o.check && status != 0 {
        let text = format!("Command {} returned non-zero exit status {status}.", PyRepr::repr(args));
        return Err(exc::new(&CalledProcessError, text).with_payload(std::rc::Rc::new(made)));
    }
    Ok(made)
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
