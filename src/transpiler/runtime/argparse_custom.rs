//! needs: argparse, exc, value, value_items, called, pystr, traits
//! Actions of argparse that a program defines: their attributes as those of `add_argument`.
use super::argparse::{Argument, Converter, Namespace, ArgumentParser, Nargs};
use super::exc::R;
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
        nargs: match &nargs {
            Value::None => None,
            Value::Int(n) => Some(Nargs::Count(n.to_i64().unwrap_or(0))),
            other => Some(Nargs::Text(other.to_str())),
        },
        const_: Some(const_),
        default: (!default.is_none()).then_some(default),
        type_: (!type_.is_none()).then(|| {
            Converter::named(Str::lit(super::called::name_of(&type_)), move |s| {
                super::value_items::call(&type_, vec![Value::Str(s.clone())])
            })
        }),
        choices: (!choices.is_none()).then(|| super::value_items::to_vec(&choices).unwrap_or_default()),
        required: required.truth(),
        help: text(&help),
        metavar: match &metavar {
            Value::None => None,
            Value::Str(one) => Some(vec![one.clone()]),
            many => super::value_items::to_vec(many).ok().map(|all| all.iter().map(|v| v.to_str()).collect()),
        },
        custom: Some(Rc::new(call)),
        ..Argument::default()
    }
}
