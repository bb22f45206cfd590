//! needs: logging_format, value, convert, types
//! Formatters inside a Value.
use super::logging_format::Formatter;
super::convert::opaque_value!(Formatter, "Formatter");
