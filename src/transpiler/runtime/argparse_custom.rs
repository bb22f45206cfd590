//! needs: argparse, argparse_words, exc, value, value_items, pystr, traits
//! Actions of argparse that a program defines: their attributes as those of `add_argument`.
use super::argparse::{Argument, ArgumentError, ArgumentParser, Namespace};
use super::exc::{self, Exc, R};
use super::pystr::Str;
use super::traits::{PyStr, PyTruth};
use super::value::Value;
use std::rc::Rc;

/// Of the attributes dest, nargs, const, default, type, choices, required, help and metavar of the action.
pub fn argument(
    fields: [Value; 9],
    call: impl Fn(ArgumentParser, Namespace, Value, Option<Str>) -> R<()> + 'static,
) -> Argument {
    let [dest, nargs, const_, default, type_, choices, required, help, metavar] = fields;
    let text = |v: &Value| (!v.is_none()).then(|| v.to_str());
    Argument {
        action: Some(Str::lit("custom")),
        dest: text(&dest),
        nargs: super::argparse_words::nargs(&nargs),
        const_: Some(const_),
        default: (!default.is_none()).then_some(default),
        type_: super::argparse_words::converter(type_),
        choices: (!choices.is_none()).then(|| super::value_items::to_vec(&choices).unwrap_or_default()),
        required: required.truth(),
        help: text(&help),
        metavar: super::argparse_words::metavar(&metavar),
        custom: Some(Rc::new(call)),
        ..Argument::default()
    }
}

/// `ArgumentError(action, message)` of the action's option strings, metavar and dest.
pub fn error(action: Option<[Value; 3]>, message: Str) -> Exc {
    let name = action.and_then(|[options, metavar, dest]| {
        let options = super::value_items::to_vec(&options).unwrap_or_default();
        if !options.is_empty() {
            return Some(Str::from(super::argparse::join_str(&options, "/")));
        }
        [metavar, dest].iter().find(|v| !v.is_none()).map(|v| v.to_str())
    });
    match name {
        Some(name) => {
            let text = format!("argument {name}: {message}");
            exc::new(&ArgumentError, text).with_payload(Rc::new((name, message)))
        }
        None => exc::new(&ArgumentError, message),
    }
}
