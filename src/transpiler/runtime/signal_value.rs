//! needs: signal, value, convert, types, value_ops, fmt, traits, exc, pystr, value_items
//! Signals inside a Value.
use super::signal::{Action, Signal};
super::convert::opaque_value!(Signal, "Signals", ordered);
super::convert::opaque_value!(Action, "Handlers");

/// A signal's number: of a signal or an int.
pub fn number(v: &super::value::Value) -> super::exc::R<i64> {
    match super::convert::held::<Signal>(v) {
        Some(s) => Ok(s.0),
        None => super::value_items::index(v),
    }
}
