//! needs: exc, value, pystr, list, dict, traits, convert, argparse_build, argparse_parse, argparse_help, argparse_namespace, int_text, float, tuple, strm
//! `argparse`: the data of parsers and actions. Building is in `argparse_build`, parsing in `argparse_parse`, help texts in
//! `argparse_help`.
//! Source: Python 3.11 library reference, argparse; its texts and layouts observed on CPython 3.11.
pub use super::argparse_build::*;
pub use super::argparse_namespace::Namespace;
use super::exc::{Class, R};
use super::pystr::Str;
use super::value::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// `argparse.SUPPRESS` as a text.
pub const SUPPRESS: &str = "==SUPPRESS==";
pub const OPTIONAL: &str = "?";
pub const ZERO_OR_MORE: &str = "*";
pub const ONE_OR_MORE: &str = "+";
pub const REMAINDER: &str = "...";
pub const PARSER: &str = "A...";

/// Raised by a type function with a message of its own.
#[allow(non_upper_case_globals)]
pub static ArgumentTypeError: Class = Class::new("ArgumentTypeError", &super::exc::Exception);
#[allow(non_upper_case_globals)]
pub static ArgumentError: Class = Class::new("ArgumentError", &super::exc::Exception);

#[derive(Clone, PartialEq)]
pub enum Nargs {
    One,
    Count(i64),
    Text(Str),
}

/// `type=`: the name that error messages show and the conversion.
#[derive(Clone)]
pub struct Converter {
    pub name: Str,
    pub call: Rc<dyn Fn(&Str) -> R<Value>>,
}

impl Converter {
    pub fn new(name: &'static str, call: impl Fn(&Str) -> R<Value> + 'static) -> Converter {
        Converter { name: Str::lit(name), call: Rc::new(call) }
    }
    pub fn named(name: Str, call: impl Fn(&Str) -> R<Value> + 'static) -> Converter {
        Converter { name, call: Rc::new(call) }
    }
    pub fn int() -> Converter {
        Converter::new("int", |s| Ok(Value::Int(super::int_text::parse(s)?)))
    }
    pub fn float() -> Converter {
        Converter::new("float", |s| Ok(Value::Float(super::float::parse(s)?)))
    }
    pub fn str() -> Converter {
        Converter::new("str", |s| Ok(Value::Str(s.clone())))
    }
    pub fn bool() -> Converter {
        Converter::new("bool", |s| Ok(Value::Bool(!s.is_empty())))
    }
}

/// What the formatters of argparse that a parser uses do.
#[derive(Clone, Copy, Default)]
pub struct Formatter {
    pub raw_description: bool,
    pub raw_text: bool,
    pub defaults: bool,
    pub metavar_type: bool,
    pub max_help_position: Option<i64>,
    pub width: Option<i64>,
}

/// The method `__call__` of an action of the program: parser, namespace, values, option string.
pub type Call = Rc<dyn Fn(ArgumentParser, Namespace, Value, Option<Str>) -> R<()>>;

/// The method `error` of a class of the program: parser, message.
pub type OnError = Rc<dyn Fn(&ArgumentParser, &Str) -> R<()>>;

/// Keyword arguments of `add_argument`.
#[derive(Clone, Default)]
pub struct Argument {
    pub action: Option<Str>,
    pub nargs: Option<Nargs>,
    pub const_: Option<Value>,
    pub default: Option<Value>,
    pub type_: Option<Converter>,
    pub choices: Option<Vec<Value>>,
    pub required: bool,
    pub help: Option<Str>,
    /// One name, or one for each argument.
    pub metavar: Option<Vec<Str>>,
    pub dest: Option<Str>,
    pub version: Option<Str>,
    pub custom: Option<Call>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Store,
    StoreConst,
    Append,
    AppendConst,
    Extend,
    Count,
    Help,
    Version,
    Boolean,
    Parsers,
    Custom,
}

#[derive(Clone)]
pub struct Action {
    pub kind: Kind,
    pub options: Vec<Str>,
    pub dest: Str,
    pub nargs: Nargs,
    pub const_: Value,
    pub default: RefCell<Value>,
    pub type_: Option<Converter>,
    pub choices: Option<Vec<Value>>,
    pub required: bool,
    pub help: Option<Str>,
    pub metavar: Option<Vec<Str>>,
    pub version: Option<Str>,
    pub custom: Option<Call>,
    pub subs: Option<Rc<RefCell<Subs>>>,
}

/// What `add_subparsers` keeps.
pub struct Subs {
    pub prog: Str,
    /// Names and aliases in order.
    pub parsers: Vec<(Str, ArgumentParser)>,
    /// Those with a help text: shown name and text.
    pub shown: Vec<(Str, Str)>,
}

#[derive(Clone)]
pub struct Section {
    pub title: Option<Str>,
    pub description: Option<Str>,
    pub actions: Vec<Rc<Action>>,
}

#[derive(Clone)]
pub struct Exclusive {
    pub required: bool,
    pub actions: Vec<Rc<Action>>,
}

pub struct Parser {
    pub prog: Str,
    pub usage: Option<Str>,
    pub description: Option<Str>,
    pub epilog: Option<Str>,
    pub formatter: Formatter,
    pub prefix_chars: Str,
    pub allow_abbrev: bool,
    pub argument_default: Option<Value>,
    pub actions: Vec<Rc<Action>>,
    pub sections: Vec<Section>,
    pub exclusive: Vec<Exclusive>,
    pub option_map: Vec<(Str, Rc<Action>)>,
    pub defaults: Vec<(Str, Value)>,
    pub negative_like_options: bool,
    pub exit_on_error: bool,
    /// The later of two equal option strings counts (`conflict_handler="resolve"`).
    pub resolve: bool,
    /// An argument that starts with one of these names a file of arguments.
    pub file_prefixes: Str,
    pub on_error: Option<OnError>,
}

#[derive(Clone)]
pub struct ArgumentParser(pub Rc<RefCell<Parser>>);

impl Action {
    pub fn is_suppressed(&self) -> bool {
        self.help.as_ref().is_some_and(|h| *h == SUPPRESS)
    }
    pub fn has_dest(&self) -> bool {
        self.dest != SUPPRESS
    }
    pub fn nargs_text(&self) -> Option<&str> {
        match &self.nargs {
            Nargs::Text(t) => Some(t.as_str()),
            _ => None,
        }
    }
    /// Choices as texts; those of subparsers are their names.
    pub fn choice_values(&self) -> Option<Vec<Value>> {
        match &self.subs {
            Some(s) => Some(s.borrow().parsers.iter().map(|p| Value::Str(p.0.clone())).collect()),
            None => self.choices.clone(),
        }
    }
    /// How error messages call it.
    pub fn name(&self) -> Option<Str> {
        if !self.options.is_empty() {
            return Some(Str::lit("/").join(&self.options));
        }
        if let Some(m) = self.metavar.as_ref().filter(|m| m.len() != 1 || m[0] != SUPPRESS) {
            return Some(if m.len() == 1 {
                m[0].clone()
            } else {
                super::traits::PyStr::to_str(&super::tuple::Tuple::from(m.clone()))
            });
        }
        if self.has_dest() {
            return Some(self.dest.clone());
        }
        let choices = self.choice_values()?;
        Some(Str::from(format!("{{{}}}", join_str(&choices, ","))))
    }
}

pub fn join_str(values: &[Value], sep: &str) -> String {
    values.iter().map(|v| super::traits::PyStr::to_str(v).to_string()).collect::<Vec<_>>().join(sep)
}
impl PartialEq for ArgumentParser {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
impl super::traits::PyRepr for ArgumentParser {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<argparse.ArgumentParser object>");
    }
}
super::traits::str_is_repr!(ArgumentParser);
impl super::traits::PyTruth for ArgumentParser {
    fn truth(&self) -> bool {
        true
    }
}
