//! needs: logging_format, value, convert, types
//! Formatters inside a Value.
super::convert::opaque_value!(super::logging_format::Formatter, "Formatter");
