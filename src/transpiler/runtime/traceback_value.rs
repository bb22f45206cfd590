//! needs: traceback, value, convert, types
//! Tracebacks inside a Value.
super::convert::opaque_value!(super::traceback::Traceback, "traceback");
