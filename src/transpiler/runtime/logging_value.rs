//! needs: logging, value, convert, types
//! Loggers and handlers inside a Value.
super::convert::opaque_value!(super::logging::Logger, "Logger");
super::convert::opaque_value!(super::logging::Handler, "Handler");
