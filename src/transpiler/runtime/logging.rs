//! needs: exc, files, fmt, list, logging_format, logging_levels, out, pystr, strm, traits, value
//! `logging`: a tree of loggers by dotted names, handlers, and what happens without them.
//! Source: Python 3.11 library reference, logging. Handlers and filters that programs define are out of reach.
use super::exc::{Exc, R};
use super::files::File;
use super::list::List;
use super::logging_format::{Formatter, Record};
use super::logging_levels::{self as levels, WARNING};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

enum Sink {
    /// stderr of the moment.
    Stderr,
    Stream(File),
    Null,
}

struct HandlerData {
    kind: &'static str,
    sink: Sink,
    level: Cell<i64>,
    formatter: RefCell<Option<Formatter>>,
}

#[derive(Clone)]
pub struct Handler(Rc<HandlerData>);

fn handler(kind: &'static str, sink: Sink) -> Handler {
    Handler(Rc::new(HandlerData { kind, sink, level: Cell::new(0), formatter: RefCell::new(None) }))
}
pub fn stream_handler(stream: Option<&File>) -> Handler {
    handler("StreamHandler", stream.map_or(Sink::Stderr, |f| Sink::Stream(f.clone())))
}
pub fn file_handler(name: &Str, mode: &str, encoding: Option<&Str>) -> R<Handler> {
    let file = super::files::open(name, mode, encoding, None, None)?;
    Ok(handler("FileHandler", Sink::Stream(file)))
}
pub fn null_handler() -> Handler {
    handler("NullHandler", Sink::Null)
}

impl Handler {
    pub fn set_level(&self, level: &Value) -> R<()> {
        self.0.level.set(levels::of(level)?);
        Ok(())
    }
    pub fn level(&self) -> i64 {
        self.0.level.get()
    }
    pub fn set_formatter(&self, formatter: &Formatter) {
        *self.0.formatter.borrow_mut() = Some(formatter.clone());
    }
    pub fn format(&self, record: &Record) -> R<String> {
        match &*self.0.formatter.borrow() {
            Some(formatter) => formatter.format(record),
            None => Formatter::plain().format(record),
        }
    }
    fn handle(&self, record: &Record) -> R<()> {
        let Sink::Null = self.0.sink else {
            let text = self.format(record)? + "\n";
            return self.write(&text);
        };
        Ok(())
    }
    fn write(&self, text: &str) -> R<()> {
        match &self.0.sink {
            Sink::Null => Ok(()),
            Sink::Stderr => {
                super::out::write_err(text);
                Ok(())
            }
            Sink::Stream(file) => {
                file.write(&Str::new(text))?;
                file.flush()
            }
        }
    }
    pub fn flush(&self) -> R<()> {
        if let Sink::Stream(file) = &self.0.sink { file.flush() } else { Ok(()) }
    }
    pub fn close(&self) -> R<()> {
        match (&self.0.sink, self.0.kind) {
            (Sink::Stream(file), "FileHandler") => file.close(),
            _ => Ok(()),
        }
    }
}
impl PyRepr for Handler {
    fn repr_into(&self, out: &mut String) {
        let stream = match &self.0.sink {
            Sink::Null => String::new(),
            Sink::Stderr => "<stderr> ".to_string(),
            Sink::Stream(f) => format!("{} ", f.name()),
        };
        out.push_str(&format!("<{} {stream}({})>", self.0.kind, levels::name_of(self.level())));
    }
}
impl PartialEq for Handler {
    fn eq(&self, o: &Handler) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}

struct LoggerData {
    name: Str,
    level: Cell<i64>,
    propagate: Cell<bool>,
    disabled: Cell<bool>,
    handlers: List<Handler>,
}

#[derive(Clone)]
pub struct Logger(Rc<LoggerData>);

thread_local! {
    static ROOT: Logger = logger(Str::lit("root"), WARNING);
    static LOGGERS: RefCell<Vec<Logger>> = const { RefCell::new(Vec::new()) };
    static DISABLED: Cell<i64> = const { Cell::new(0) };
}
fn logger(name: Str, level: i64) -> Logger {
    Logger(Rc::new(LoggerData {
        name,
        level: Cell::new(level),
        propagate: Cell::new(true),
        disabled: Cell::new(false),
        handlers: List::new(),
    }))
}
pub fn root() -> Logger {
    ROOT.with(Logger::clone)
}
pub fn get_logger(name: Option<&Str>) -> Logger {
    let Some(name) = name.filter(|n| !n.is_empty() && n.as_str() != "root") else { return root() };
    LOGGERS.with(|all| {
        let mut all = all.borrow_mut();
        if let Some(known) = all.iter().find(|l| l.0.name == *name) {
            return known.clone();
        }
        all.push(logger(name.clone(), 0));
        all[all.len() - 1].clone()
    })
}
pub fn disable(level: &Value) -> R<()> {
    let level = levels::of(level)?;
    DISABLED.with(|d| d.set(level));
    Ok(())
}

/// What the caller of a logging function gives along.
pub struct Call<'a> {
    pub handled: Option<&'a Exc>,
    pub line: i64,
    pub function: &'a str,
}

impl Logger {
    pub fn name(&self) -> Str {
        self.0.name.clone()
    }
    pub fn level(&self) -> i64 {
        self.0.level.get()
    }
    pub fn handlers(&self) -> List<Handler> {
        self.0.handlers.clone()
    }
    pub fn propagate(&self) -> bool {
        self.0.propagate.get()
    }
    pub fn set_propagate(&self, on: bool) {
        self.0.propagate.set(on);
    }
    pub fn disabled(&self) -> bool {
        self.0.disabled.get()
    }
    pub fn set_disabled(&self, on: bool) {
        self.0.disabled.set(on);
    }
    pub fn set_level(&self, level: &Value) -> R<()> {
        self.0.level.set(levels::of(level)?);
        Ok(())
    }
    pub fn add_handler(&self, handler: &Handler) {
        if !self.0.handlers.contains(handler) {
            self.0.handlers.append(handler.clone());
        }
    }
    pub fn remove_handler(&self, handler: &Handler) {
        let left: Vec<Handler> = self.0.handlers.iter().filter(|h| h != handler).collect();
        self.0.handlers.clear();
        self.0.handlers.extend(left);
    }
    pub fn child(&self, suffix: &Str) -> Logger {
        let above = if *self == root() { String::new() } else { format!("{}.", self.0.name) };
        get_logger(Some(&Str::from(format!("{above}{suffix}"))))
    }
    /// The nearest logger above by name that there is.
    pub fn parent(&self) -> Option<Logger> {
        if *self == root() {
            return None;
        }
        let mut name = self.0.name.as_str();
        LOGGERS.with(|all| {
            while let Some((above, _)) = name.rsplit_once('.') {
                if let Some(found) = all.borrow().iter().find(|l| l.0.name.as_str() == above) {
                    return Some(found.clone());
                }
                name = above;
            }
            Some(root())
        })
    }
    pub fn effective_level(&self) -> i64 {
        match (self.level(), self.parent()) {
            (0, Some(above)) => above.effective_level(),
            (level, _) => level,
        }
    }
    pub fn enabled_for(&self, level: i64) -> bool {
        !self.disabled() && DISABLED.with(Cell::get) < level && level >= self.effective_level()
    }
    fn chain(&self) -> Vec<Handler> {
        let mut all = self.0.handlers.to_vec();
        if let (true, Some(above)) = (self.propagate(), self.parent()) {
            all.extend(above.chain());
        }
        all
    }
    pub fn has_handlers(&self) -> bool {
        !self.chain().is_empty()
    }
    pub fn log(&self, level: i64, message: Value, args: Vec<Value>, exc_info: &Value, extra: &Value, call: Call) -> R<()> {
        if !self.enabled_for(level) {
            return Ok(());
        }
        let report = match exc_info {
            Value::Exc(e) => Some(e.clone()),
            other => call.handled.filter(|_| other.truth()).cloned(),
        };
        let record = Record::new(self.name(), level, message, args, report, extra.clone(), call.line, call.function);
        let handlers = self.chain();
        for handler in handlers.iter().filter(|h| level >= h.level()) {
            handler.handle(&record)?;
        }
        // Without any handler, warnings and worse go to stderr as they are.
        if handlers.is_empty() && level >= WARNING {
            super::out::write_err(&format!("{}\n", record.message()?));
        }
        Ok(())
    }
}
/// A function of the module: logs with the root, which gets a handler first where it has none.
pub fn log(level: i64, message: Value, args: Vec<Value>, exc_info: &Value, extra: &Value, call: Call) -> R<()> {
    let root = root();
    if root.0.handlers.len() == 0 {
        let handler = stream_handler(None);
        handler.set_formatter(&Formatter::basic());
        root.add_handler(&handler);
    }
    root.log(level, message, args, exc_info, extra, call)
}

/// `basicConfig`'s choices.
#[derive(Default)]
pub struct Basic {
    pub level: Value,
    pub format: Option<Str>,
    pub datefmt: Option<Str>,
    pub style: Option<Str>,
    pub stream: Option<File>,
    pub filename: Option<Str>,
    pub filemode: Option<Str>,
    pub handlers: Option<Vec<Handler>>,
    pub force: bool,
    pub encoding: Option<Str>,
}
pub fn basic_config(b: Basic) -> R<()> {
    let root = root();
    if b.force {
        root.0.handlers.clear();
    }
    if root.0.handlers.len() > 0 {
        return Ok(());
    }
    let handlers = match (b.handlers, &b.filename) {
        (Some(all), _) => all,
        (None, Some(name)) => vec![file_handler(name, b.filemode.as_ref().map_or("a", |m| m.as_str()), b.encoding.as_ref())?],
        _ => vec![stream_handler(b.stream.as_ref())],
    };
    let style = b.style.as_ref().map_or("%", |s| s.as_str());
    let formatter = match b.format {
        Some(format) => Formatter::new(Some(&format), b.datefmt.as_ref(), style)?,
        None => Formatter::basic_in(b.datefmt.as_ref(), style)?,
    };
    for handler in handlers {
        if handler.0.formatter.borrow().is_none() {
            handler.set_formatter(&formatter);
        }
        root.add_handler(&handler);
    }
    if !b.level.is_none() {
        root.set_level(&b.level)?;
    }
    Ok(())
}

impl PyRepr for Logger {
    fn repr_into(&self, out: &mut String) {
        let kind = if *self == root() { "RootLogger" } else { "Logger" };
        out.push_str(&format!("<{kind} {} ({})>", self.0.name, levels::name_of(self.effective_level())));
    }
}
impl PartialEq for Logger {
    fn eq(&self, o: &Logger) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
str_is_repr!(Logger, Handler);
super::fmt::fmt_is_str!(Logger, "Logger");
super::fmt::fmt_is_str!(Handler, "Handler");
impl PyTruth for Logger {
    fn truth(&self) -> bool {
        true
    }
}
impl PyTruth for Handler {
    fn truth(&self) -> bool {
        true
    }
}
impl PyHash for Logger {
    fn py_hash(&self) -> i64 {
        PyHash::py_hash(&self.0.name)
    }
}
