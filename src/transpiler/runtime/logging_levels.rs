//! needs: exc, pystr, traits, value
//! Names and numbers of logging's levels.
use super::exc::{self, R};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::cell::RefCell;

pub const WARNING: i64 = 30;
const LEVELS: [(i64, &str); 8] = [
    (50, "CRITICAL"), (40, "ERROR"), (30, "WARNING"), (20, "INFO"), (10, "DEBUG"), (0, "NOTSET"), (50, "FATAL"), (30, "WARN"),
];
thread_local! {
    static ADDED: RefCell<Vec<(i64, Str)>> = const { RefCell::new(Vec::new()) };
}

pub fn add(level: i64, name: &Str) {
    ADDED.with(|all| all.borrow_mut().push((level, name.clone())));
}
pub fn name_of(level: i64) -> Str {
    let added = ADDED.with(|all| all.borrow().iter().rev().find(|l| l.0 == level).map(|l| l.1.clone()));
    let known = LEVELS.iter().find(|l| l.0 == level).map(|l| Str::lit(l.1));
    added.or(known).unwrap_or_else(|| Str::from(format!("Level {level}")))
}
fn number_of(name: &str) -> Option<i64> {
    let added = ADDED.with(|all| all.borrow().iter().rev().find(|l| l.1.as_str() == name).map(|l| l.0));
    added.or_else(|| LEVELS.iter().find(|l| l.1 == name).map(|l| l.0))
}
/// A level by number or name.
pub fn of(level: &Value) -> R<i64> {
    match level {
        Value::Int(i) => i.index(),
        Value::Str(name) => number_of(name)
            .ok_or_else(|| exc::new(&exc::ValueError, format!("Unknown level: {}", name.repr()))),
        other => Err(exc::new(&exc::TypeError, format!("Level not an integer or a valid string: {}", other.repr()))),
    }
}
/// `getLevelName`: from a number to its name, or back.
pub fn translated(level: &Value) -> R<Value> {
    Ok(match level {
        Value::Int(i) => Value::Str(name_of(i.index()?)),
        Value::Str(name) => match number_of(name) {
            Some(level) => Value::from(level),
            None => Value::Str(Str::from(format!("Level {name}"))),
        },
        other => Value::Str(Str::from(format!("Level {}", other.to_str()))),
    })
}
