//! needs: traceback, value, convert, types
//! Tracebacks inside a Value.
use super::traceback::Traceback;
super::convert::opaque_value!(Traceback, "traceback");
