//! needs: exc, pystr
//! Where in a text an error of `json` or `re` is: the attributes of the exception.
use super::exc::{self, Exc, R};
use super::pystr::Str;
use std::rc::Rc;

pub struct Position {
    pub msg: Str,
    /// The JSON text, or the pattern.
    pub doc: Str,
    pub pos: i64,
    pub lineno: i64,
    pub colno: i64,
}

pub fn of(e: &Exc, attribute: &str) -> R<Rc<Position>> {
    e.payload::<Position>().ok_or_else(|| {
        let text = format!("'{}' object has no attribute '{attribute}'", e.class().name);
        exc::new(&exc::AttributeError, text)
    })
}
