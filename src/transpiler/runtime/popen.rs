//! needs: exc, pystr, traits, value, subprocess
//! `subprocess.Popen`: started at once, read when the program asks for all of it.
use super::exc::R;
use super::pystr::Str;
use super::subprocess::{self, Options};
use super::traits::*;
use super::value::Value;
use std::cell::RefCell;
use std::process::Child;
use std::rc::Rc;

struct Running {
    child: Child,
    args: Value,
    options: Options,
    status: Option<i64>,
}
#[derive(Clone)]
pub struct Popen(Rc<RefCell<Running>>);

impl Popen {
    pub fn new(args: Value, options: Options) -> R<Popen> {
        let child = subprocess::start(&args, &options)?;
        Ok(Popen(Rc::new(RefCell::new(Running { child, args, options, status: None }))))
    }
    /// (stdout, stderr), when the program has ended.
    pub fn communicate(&self, input: Value, timeout: Option<f64>) -> R<(Value, Value)> {
        let mut p = self.0.borrow_mut();
        let Running { child, args, options, status } = &mut *p;
        let Some(done) = subprocess::talk(child, &input, timeout)? else {
            return Err(subprocess::expired(args, timeout.unwrap_or(0.0)));
        };
        *status = Some(done.status);
        Ok((subprocess::shown(&options.stdout, options.text, done.stdout)?, subprocess::shown(&options.stderr, options.text, done.stderr)?))
    }
    pub fn wait(&self, timeout: Option<f64>) -> R<i64> {
        let mut p = self.0.borrow_mut();
        if let Some(s) = p.status {
            return Ok(s);
        }
        match subprocess::wait(&mut p.child, timeout)? {
            Some(s) => {
                p.status = Some(s);
                Ok(s)
            }
            None => Err(subprocess::expired(&p.args, timeout.unwrap_or(0.0))),
        }
    }
    pub fn poll(&self) -> R<Option<i64>> {
        let mut p = self.0.borrow_mut();
        if p.status.is_none() {
            p.status = subprocess::wait(&mut p.child, Some(0.0))?;
        }
        Ok(p.status)
    }
    pub fn kill(&self) {
        let _ = self.0.borrow_mut().child.kill();
    }
    /// SIGTERM.
    pub fn terminate(&self) {
        extern "C" {
            fn kill(pid: i32, signal: i32) -> i32;
        }
        // SAFETY: a call of the C library with the number of a child that was not waited for.
        if self.0.borrow().status.is_none() {
            unsafe { kill(self.pid() as i32, 15) };
        }
    }
    pub fn pid(&self) -> i64 {
        self.0.borrow().child.id() as i64
    }
    pub fn returncode(&self) -> Option<i64> {
        self.0.borrow().status
    }
    pub fn args(&self) -> Value {
        self.0.borrow().args.clone()
    }
}
impl PartialEq for Popen {
    fn eq(&self, o: &Popen) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
impl PyRepr for Popen {
    fn repr_into(&self, out: &mut String) {
        let p = self.0.borrow();
        let status = p.status.map_or(Str::lit("None"), |s| PyRepr::repr(&s));
        out.push_str(&format!("<Popen: returncode: {status} args: {}>", PyRepr::repr(&p.args)));
    }
}
str_is_repr!(Popen);
impl PyTruth for Popen {
    fn truth(&self) -> bool {
        true
    }
}
