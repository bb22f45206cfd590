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

/// `e.msg`: what those errors say, and the first argument of a SyntaxError or ImportError.
pub fn msg(e: &Exc) -> R<Str> {
    if e.is(&exc::SyntaxError) || e.is(&exc::ImportError) {
        return Ok(e.args().first().map_or(Str::lit("None"), |a| a.to_str()));
    }
    of(e, "msg").map(|p| p.msg.clone())
}
