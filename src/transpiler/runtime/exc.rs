//! needs: pystr, traits, exc_classes
//! Exceptions: a class descriptor, arguments, an optional payload of a user class, cause, context and traceback.
pub use super::exc_classes::*;
use super::pystr::Str;
use super::traits::{PyRepr, PyStr};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// One static per exception class; identity is the address.
pub struct Class {
    pub name: &'static str,
    pub base: Option<&'static Class>,
    /// Further bases of a class with several.
    pub more: &'static [&'static Class],
}

pub type R<T> = Result<T, Exc>;

impl Class {
    pub const fn new(name: &'static str, base: &'static Class) -> Class {
        Class { name, base: Some(base), more: &[] }
    }
    pub const fn with_bases(name: &'static str, base: &'static Class, more: &'static [&'static Class]) -> Class {
        Class { name, base: Some(base), more }
    }
    pub fn is_subclass(&'static self, of: &'static Class) -> bool {
        let mut at = Some(self);
        while let Some(c) = at {
            if std::ptr::eq(c, of) || c.more.iter().any(|m| m.is_subclass(of)) {
                return true;
            }
            at = c.base;
        }
        false
    }
}

/// One argument of an exception; everything that is not a plain scalar keeps its value behind `Any`.
#[derive(Clone)]
pub enum Arg {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(Str),
    Obj(Rc<dyn ArgObj>),
}

pub trait ArgObj {
    fn arg_repr(&self) -> Str;
    fn arg_str(&self) -> Str;
    fn as_any(&self) -> &dyn Any;
}

impl<T: PyRepr + PyStr + 'static> ArgObj for T {
    fn arg_repr(&self) -> Str {
        self.repr()
    }
    fn arg_str(&self) -> Str {
        self.to_str()
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Arg {
    pub fn obj<T: PyRepr + PyStr + 'static>(x: T) -> Arg {
        Arg::Obj(Rc::new(x))
    }
    pub fn to_str(&self) -> Str {
        match self {
            Arg::Str(s) => s.clone(),
            Arg::Obj(o) => o.arg_str(),
            _ => self.repr(),
        }
    }
    pub fn repr(&self) -> Str {
        match self {
            Arg::None => Str::lit("None"),
            Arg::Bool(b) => b.repr(),
            Arg::Int(i) => i.repr(),
            Arg::Float(f) => f.repr(),
            Arg::Str(s) => s.repr(),
            Arg::Obj(o) => o.arg_repr(),
        }
    }
}
impl PyRepr for Arg {
    fn repr_into(&self, out: &mut String) {
        out.push_str(Arg::repr(self).as_str());
    }
}
impl PyStr for Arg {
    fn str_into(&self, out: &mut String) {
        out.push_str(Arg::to_str(self).as_str());
    }
}
impl From<Str> for Arg {
    fn from(s: Str) -> Arg {
        Arg::Str(s)
    }
}
impl From<&str> for Arg {
    fn from(s: &str) -> Arg {
        Arg::Str(Str::new(s))
    }
}
impl From<String> for Arg {
    fn from(s: String) -> Arg {
        Arg::Str(Str::from(s))
    }
}
impl From<i64> for Arg {
    fn from(i: i64) -> Arg {
        Arg::Int(i)
    }
}
impl From<f64> for Arg {
    fn from(f: f64) -> Arg {
        Arg::Float(f)
    }
}
impl From<bool> for Arg {
    fn from(b: bool) -> Arg {
        Arg::Bool(b)
    }
}

#[derive(Clone)]
pub struct Frame {
    pub file: &'static str,
    pub line: u32,
    pub function: &'static str,
}

struct Data {
    class: &'static Class,
    args: RefCell<Vec<Arg>>,
    payload: RefCell<Option<Rc<dyn Any>>>,
    text: RefCell<Option<Str>>,
    cause: RefCell<Option<Exc>>,
    context: RefCell<Option<Exc>>,
    hide_context: Cell<bool>,
    notes: RefCell<Vec<Str>>,
    frames: RefCell<Vec<Frame>>,
}

/// A raised (or raisable) exception object: a handle, so that `Result<i64, Exc>` stays two words.
#[derive(Clone)]
pub struct Exc(Rc<Data>);

#[cold]
pub fn new(class: &'static Class, message: impl Into<Str>) -> Exc {
    with_args(class, vec![Arg::Str(message.into())])
}

/// `raise Class` or `Class()`.
#[cold]
pub fn bare(class: &'static Class) -> Exc {
    with_args(class, Vec::new())
}

#[cold]
pub fn with_args(class: &'static Class, args: Vec<Arg>) -> Exc {
    Exc(Rc::new(Data {
        class,
        args: RefCell::new(args),
        payload: RefCell::new(None),
        text: RefCell::new(None),
        cause: RefCell::new(None),
        context: RefCell::new(HANDLED.with_borrow(|all| all.last().cloned())),
        hide_context: Cell::new(false),
        notes: RefCell::new(Vec::new()),
        frames: RefCell::new(Vec::new()),
    }))
}

thread_local! {
    /// The exceptions being handled, the innermost last: kept only by programs that look at `__context__`.
    static HANDLED: RefCell<Vec<Exc>> = const { RefCell::new(Vec::new()) };
}

/// While it lives, exceptions that are made have this one as their context.
pub struct Handling;
impl Handling {
    pub fn of(e: &Exc) -> Handling {
        HANDLED.with_borrow_mut(|all| all.push(e.clone()));
        Handling
    }
}
impl Drop for Handling {
    fn drop(&mut self) {
        HANDLED.with_borrow_mut(|all| all.pop());
    }
}

#[cold]
pub fn key_error<K: PyRepr + PyStr + 'static>(key: K) -> Exc {
    with_args(&KeyError, vec![Arg::obj(key)])
}

impl Exc {
    pub fn class(&self) -> &'static Class {
        self.0.class
    }
    /// `except CLASS`.
    pub fn is(&self, class: &'static Class) -> bool {
        self.0.class.is_subclass(class)
    }
    pub fn is_any(&self, classes: &[&'static Class]) -> bool {
        classes.iter().any(|c| self.is(c))
    }
    /// `a is b`.
    pub fn same(&self, other: &Exc) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
    pub fn args(&self) -> Vec<Arg> {
        self.0.args.borrow().clone()
    }
    pub fn set_args(&self, args: Vec<Arg>) {
        *self.0.args.borrow_mut() = args;
    }
    /// The fields of a user's exception class.
    pub fn with_payload<T: 'static>(self, fields: Rc<T>) -> Exc {
        *self.0.payload.borrow_mut() = Some(fields);
        self
    }
    pub fn payload<T: 'static>(&self) -> Option<Rc<T>> {
        self.0.payload.borrow().clone().and_then(|p| p.downcast::<T>().ok())
    }
    /// What a user's `__str__` gives, when the class has one (kept at construction or re-set by the emitter).
    pub fn with_text(self, text: impl Into<Str>) -> Exc {
        *self.0.text.borrow_mut() = Some(text.into());
        self
    }
    pub fn cause(&self) -> Option<Exc> {
        self.0.cause.borrow().clone()
    }
    pub fn context(&self) -> Option<Exc> {
        self.0.context.borrow().clone()
    }
    pub fn suppress_context(&self) -> bool {
        self.0.hide_context.get()
    }
    /// `raise self from cause`.
    pub fn set_cause(self, cause: Option<Exc>) -> Exc {
        self.0.hide_context.set(true);
        *self.0.cause.borrow_mut() = cause;
        self
    }
    /// Raised while `context` was being handled.
    pub fn set_context(self, context: &Exc) -> Exc {
        if !self.same(context) && self.0.context.borrow().is_none() {
            *self.0.context.borrow_mut() = Some(context.clone());
        }
        self
    }
    fn os_arg(&self, i: usize) -> Option<Arg> {
        let args = self.0.args.borrow();
        let has = self.is(&OSError) && args.len() >= 2;
        args.get(i).filter(|_| has).cloned()
    }
    /// `e.errno`, `e.strerror`, `e.filename` of an OSError.
    pub fn errno(&self) -> Option<i64> {
        match self.os_arg(0) {
            Some(Arg::Int(i)) => Some(i),
            _ => None,
        }
    }
    pub fn strerror(&self) -> Option<Str> {
        self.os_arg(1).map(|a| a.to_str())
    }
    pub fn filename(&self) -> Option<Str> {
        self.os_arg(2).map(|a| a.to_str())
    }
    pub fn add_note(&self, note: &Str) {
        self.0.notes.borrow_mut().push(note.clone());
    }
    /// Records that the exception passed this line (innermost first).
    pub fn at(self, file: &'static str, line: u32, function: &'static str) -> Exc {
        self.0.frames.borrow_mut().push(Frame { file, line, function });
        self
    }
    /// Process status of a SystemExit, with the text for stderr where the code is not a number.
    pub fn exit_status(&self) -> (i32, Option<Str>) {
        match self.0.args.borrow().first() {
            None | Some(Arg::None) => (0, None),
            Some(Arg::Int(i)) => ((*i & 0xff) as i32, None),
            Some(Arg::Bool(b)) => (*b as i32, None),
            Some(other) => (1, Some(other.to_str())),
        }
    }
    fn text(&self) -> Str {
        if let Some(t) = &*self.0.text.borrow() {
            return t.clone();
        }
        let args = self.0.args.borrow();
        if self.is(&KeyError) && args.len() == 1 {
            return args[0].repr();
        }
        if self.is(&OSError) && (2..=5).contains(&args.len()) {
            let mut out = format!("[Errno {}] {}", args[0].to_str(), args[1].to_str());
            if args.len() > 2 {
                out.push_str(&format!(": {}", args[2].repr()));
            }
            if args.len() == 5 {
                out.push_str(&format!(" -> {}", args[4].repr()));
            }
            return Str::from(out);
        }
        match args.len() {
            0 => Str::lit(""),
            1 => args[0].to_str(),
            _ => {
                let parts: Vec<String> = args.iter().map(|a| a.repr().to_string()).collect();
                Str::from(format!("({})", parts.join(", ")))
            }
        }
    }
    /// The whole report as CPython writes it on stderr.
    pub fn traceback(&self) -> String {
        let mut out = String::new();
        self.report(&mut out);
        out
    }
    fn report(&self, out: &mut String) {
        if let Some(c) = self.cause() {
            c.report(out);
            out.push_str("\nThe above exception was the direct cause of the following exception:\n\n");
        } else if let (Some(c), false) = (self.context(), self.0.hide_context.get()) {
            c.report(out);
            out.push_str("\nDuring handling of the above exception, another exception occurred:\n\n");
        }
        let frames = self.0.frames.borrow();
        if !frames.is_empty() {
            out.push_str("Traceback (most recent call last):\n");
        }
        for f in frames.iter().rev() {
            out.push_str(&format!("  File \"{}\", line {}, in {}\n", f.file, f.line, f.function));
        }
        out.push_str(&self.one_line());
        out.push('\n');
        for n in self.0.notes.borrow().iter() {
            out.push_str(n.as_str());
            out.push('\n');
        }
    }
    /// `ValueError: message`.
    pub fn one_line(&self) -> String {
        let text = self.text();
        if text.is_empty() {
            self.class().name.to_string()
        } else {
            format!("{}: {}", self.class().name, text)
        }
    }
}

impl PyStr for Exc {
    fn str_into(&self, out: &mut String) {
        out.push_str(self.text().as_str());
    }
}
impl PyRepr for Exc {
    fn repr_into(&self, out: &mut String) {
        out.push_str(self.class().name);
        out.push('(');
        let args = self.0.args.borrow();
        // OSError shows errno and text only, whatever else it carries
        let shown = if self.is(&OSError) && args.len() > 2 { 2 } else { args.len() };
        for (i, a) in args[..shown].iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            out.push_str(a.repr().as_str());
        }
        out.push(')');
    }
}
impl PartialEq for Exc {
    fn eq(&self, other: &Exc) -> bool {
        self.same(other)
    }
}
impl std::fmt::Debug for Exc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.one_line())
    }
}
impl super::traits::PyTruth for Exc {
    fn truth(&self) -> bool {
        true
    }
}
impl super::traits::PyHash for Exc {
    fn py_hash(&self) -> i64 {
        (Rc::as_ptr(&self.0) as *const u8 as i64) >> 4
    }
}

/// The end of a program whose exception cannot be passed on (raised inside an infallible trait method).
#[cold]
pub fn die(e: Exc) -> ! {
    std::panic::resume_unwind(Box::new(Dying(e)))
}

/// Carried by the unwinding of `die`; `start::run` reports it. Only the thread that raised it reads it.
pub struct Dying(pub Exc);
// SAFETY: the payload never leaves the thread whose unwinding carries it; `Box<dyn Any + Send>` merely asks for it.
unsafe impl Send for Dying {}
