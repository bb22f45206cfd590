//! needs: dict, exc, fmt, localtime, logging_levels, percent, pystr, string_template, strformat, struct_time, sys, traits, value, traceback
//! Records of logging and the texts that formatters make of them.
//! Source: Python 3.11 library reference, logging, "LogRecord attributes" and "Formatter objects".
use super::dict::Dict;
use super::exc::{self, Exc, R};
use super::logging_levels as levels;
use super::pystr::Str;
use super::traits::*;
use super::value::Value;

pub struct Record {
    name: Str,
    level: i64,
    message: Value,
    args: Vec<Value>,
    report: Option<Exc>,
    extra: Value,
    line: i64,
    function: Str,
    created: f64,
}

impl Record {
    #[allow(clippy::too_many_arguments)]
    pub fn new(
        name: Str, level: i64, message: Value, args: Vec<Value>, report: Option<Exc>, extra: Value, line: i64, function: &str,
    ) -> Record {
        let created = super::localtime::now_us() as f64 / 1e6;
        Record { name, level, message, args, report, extra, line, function: Str::new(function), created }
    }
    /// The message with its arguments in it.
    pub fn message(&self) -> R<Str> {
        let text = self.message.to_str();
        match &self.args[..] {
            [] => Ok(text),
            [Value::Dict(d)] if d.len() > 0 => super::percent::format(&text, &self.args[0]),
            all => super::percent::format(&text, &Value::tuple(all.to_vec())),
        }
    }
    fn time(&self, format: Option<&Str>) -> R<Str> {
        let at = super::struct_time::localtime(Some(self.created))?;
        match format {
            Some(format) => super::struct_time::strftime(format, Some(&at)),
            None => {
                let text = super::struct_time::strftime("%Y-%m-%d %H:%M:%S", Some(&at))?;
                let part = ((self.created - self.created.floor()) * 1000.0) as i64;
                Ok(Str::from(format!("{text},{part:03}")))
            }
        }
    }
    fn fields(&self, wanted: &str, datefmt: Option<&Str>) -> R<Dict<Value, Value>> {
        let all: Dict<Value, Value> = Dict::new();
        let put = |name: &str, value: Value| all.set(Value::from(name), value);
        let path = super::sys::script();
        let file = path.rsplit('/').next().unwrap_or(&path).to_string();
        put("name", Value::Str(self.name.clone()));
        put("levelname", Value::Str(levels::name_of(self.level)));
        put("levelno", Value::from(self.level));
        put("message", Value::Str(self.message()?));
        put("msg", self.message.clone());
        put("lineno", Value::from(self.line));
        put("funcName", Value::Str(self.function.clone()));
        put("module", Value::from(file.strip_suffix(".py").unwrap_or(&file)));
        put("filename", Value::from(file.as_str()));
        put("pathname", Value::from(path.as_str()));
        put("process", Value::from(std::process::id() as i64));
        put("processName", Value::from("MainProcess"));
        put("threadName", Value::from("MainThread"));
        put("created", Value::Float(self.created));
        put("msecs", Value::Float(((self.created - self.created.floor()) * 1000.0).trunc()));
        if wanted.contains("asctime") {
            put("asctime", Value::Str(self.time(datefmt)?));
        }
        if let Value::Dict(extra) = &self.extra {
            all.update(extra);
        }
        Ok(all)
    }
}

#[derive(Clone, PartialEq)]
pub struct Formatter {
    format: Str,
    datefmt: Option<Str>,
    style: char,
}

impl Formatter {
    pub fn new(format: Option<&Str>, datefmt: Option<&Str>, style: &str) -> R<Formatter> {
        let (style, plain) = match style {
            "%" => ('%', "%(message)s"),
            "{" => ('{', "{message}"),
            "$" => ('$', "${message}"),
            _ => return Err(exc::new(&exc::ValueError, "Style must be one of: %,{,$")),
        };
        Ok(Formatter { format: format.cloned().unwrap_or(Str::lit(plain)), datefmt: datefmt.cloned(), style })
    }
    pub fn plain() -> Formatter {
        Formatter { format: Str::lit("%(message)s"), datefmt: None, style: '%' }
    }
    /// What `basicConfig` uses without a format.
    pub fn basic() -> Formatter {
        Formatter { format: Str::lit("%(levelname)s:%(name)s:%(message)s"), ..Formatter::plain() }
    }
    pub fn basic_in(datefmt: Option<&Str>, style: &str) -> R<Formatter> {
        let format = match style {
            "{" => Str::lit("{levelname}:{name}:{message}"),
            "$" => Str::lit("${levelname}:${name}:${message}"),
            _ => Str::lit("%(levelname)s:%(name)s:%(message)s"),
        };
        Formatter::new(Some(&format), datefmt, style)
    }
    pub fn format(&self, record: &Record) -> R<String> {
        let fields = Value::Dict(record.fields(&self.format, self.datefmt.as_ref())?);
        let text = match self.style {
            '%' => super::percent::format(&self.format, &fields)?,
            '{' => super::strformat::format_map(&self.format, &fields)?,
            _ => super::string_template::Template::new(self.format.clone()).substitute(&fields, Vec::new(), false)?,
        };
        let mut text = text.to_string();
        if let Some(report) = &record.report {
            text.push('\n');
            text.push_str(super::traceback::report(report).trim_end_matches('\n'));
        }
        Ok(text)
    }
}
impl PyRepr for Formatter {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<logging.Formatter object>");
    }
}
str_is_repr!(Formatter);
super::fmt::fmt_is_str!(Formatter, "Formatter");
impl PyTruth for Formatter {
    fn truth(&self) -> bool {
        true
    }
}
