//! needs: argparse, argparse_build, argparse_value, convert, exc, value, value_items, called, pystr, traits
//! Keyword arguments of argparse that a program computes: `add_argument(*flags, **options)`, `ArgumentParser(**options)`.
use super::argparse::{Argument, ArgumentGroup, ArgumentParser, Converter, Nargs, ParserOptions};
use super::exc::{self, Exc, R};
use super::pystr::Str;
use super::traits::{PyStr, PyTruth};
use super::value::Value;

fn unexpected(of: &str, word: &str) -> Exc {
    exc::new(&exc::TypeError, format!("{of}.__init__() got an unexpected keyword argument '{word}'"))
}
fn text(v: &Value) -> Option<Str> {
    (!v.is_none()).then(|| v.to_str())
}
pub fn nargs(v: &Value) -> Option<Nargs> {
    match v {
        Value::None => None,
        Value::Int(n) => Some(Nargs::Count(n.to_i64().unwrap_or(0))),
        other => Some(Nargs::Text(other.to_str())),
    }
}
pub fn converter(f: Value) -> Option<Converter> {
    (!f.is_none()).then(|| {
        Converter::named(Str::lit(super::called::name_of(&f)), move |s| {
            super::value_items::call(&f, vec![Value::Str(s.clone())])
        })
    })
}
pub fn metavar(v: &Value) -> Option<Vec<Str>> {
    match v {
        Value::None => None,
        Value::Str(one) => Some(vec![one.clone()]),
        many => super::value_items::to_vec(many).ok().map(|all| all.iter().map(|v| v.to_str()).collect()),
    }
}

/// `add_argument(*names, **words)`, beside the keywords that are written down.
pub fn add_argument(parser: &impl TakesArguments, names: Vec<Value>, base: Argument, words: Vec<(Str, Value)>) -> R<()> {
    let names: Vec<Str> = names.iter().map(|n| n.to_str()).collect();
    let names: Vec<&str> = names.iter().map(|n| n.as_str()).collect();
    parser.take_argument(&names, argument(base, words)?)
}

fn argument(mut a: Argument, words: Vec<(Str, Value)>) -> R<Argument> {
    for (word, v) in words {
        match word.as_str() {
            "action" => a.action = text(&v),
            "nargs" => a.nargs = nargs(&v),
            "const" => a.const_ = Some(v),
            "default" => a.default = Some(v),
            "type" => a.type_ = converter(v),
            "choices" => a.choices = if v.is_none() { None } else { Some(super::value_items::to_vec(&v)?) },
            "required" => a.required = v.truth(),
            "help" => a.help = text(&v),
            "metavar" => a.metavar = metavar(&v),
            "dest" => a.dest = text(&v),
            "version" => a.version = text(&v),
            other => return Err(unexpected("_StoreAction", other)),
        }
    }
    Ok(a)
}

/// `ArgumentParser(*list, **words)`, beside the keywords that are written down.
pub fn parser(mut o: ParserOptions, list: Vec<Value>, words: Vec<(Str, Value)>) -> R<ArgumentParser> {
    if let Some(prog) = list.first() {
        o.prog = text(prog);
    }
    for (word, v) in words {
        match word.as_str() {
            "prog" => o.prog = text(&v),
            "usage" => o.usage = text(&v),
            "description" => o.description = text(&v),
            "epilog" => o.epilog = text(&v),
            "prefix_chars" => o.prefix_chars = v.to_str(),
            "add_help" => o.add_help = v.truth(),
            "allow_abbrev" => o.allow_abbrev = v.truth(),
            "exit_on_error" => o.exit_on_error = v.truth(),
            "fromfile_prefix_chars" => o.file_prefixes = v.to_str(),
            "argument_default" => o.argument_default = Some(v),
            "formatter_class" | "parents" | "conflict_handler" => {
                let text = format!("ArgumentParser({word}=) from a dict is not translated");
                return Err(exc::new(&exc::NotImplementedError, text));
            }
            other => return Err(unexpected("ArgumentParser", other)),
        }
    }
    ArgumentParser::new(o)
}

/// Parsers and groups.
pub trait TakesArguments {
    fn take_argument(&self, names: &[&str], a: Argument) -> R<()>;
}
impl TakesArguments for ArgumentParser {
    fn take_argument(&self, names: &[&str], a: Argument) -> R<()> {
        self.add_argument(names, a)
    }
}
impl TakesArguments for ArgumentGroup {
    fn take_argument(&self, names: &[&str], a: Argument) -> R<()> {
        self.add_argument(names, a)
    }
}

/// A parser or group inside a Value.
pub enum Taker {
    Parser(ArgumentParser),
    Group(ArgumentGroup),
}
impl Taker {
    pub fn add_argument(&self, names: &[&str], a: Argument) -> R<()> {
        match self {
            Taker::Parser(p) => p.add_argument(names, a),
            Taker::Group(g) => g.add_argument(names, a),
        }
    }
}
impl TakesArguments for Taker {
    fn take_argument(&self, names: &[&str], a: Argument) -> R<()> {
        self.add_argument(names, a)
    }
}
fn of_library(v: &Value) -> Value {
    match v {
        Value::Obj(o) => o.plain().unwrap_or_else(|| v.clone()),
        _ => v.clone(),
    }
}
pub fn taker(v: &Value) -> R<Taker> {
    let inside = of_library(v);
    if let Some(p) = super::convert::held(&inside) {
        return Ok(Taker::Parser(p));
    }
    let group = super::convert::held(&inside).map(Taker::Group);
    group.ok_or_else(|| super::value::no_attribute(v.type_name(), "add_argument"))
}
pub fn parser_of(v: &Value) -> R<ArgumentParser> {
    super::convert::held(&of_library(v)).ok_or_else(|| super::value::no_attribute(v.type_name(), "parse_args"))
}
