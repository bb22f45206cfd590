//! needs: logging, value, convert, types
//! Loggers and handlers inside a Value.
use super::logging::{Handler, Logger};
super::convert::opaque_value!(Logger, "Logger");
super::convert::opaque_value!(Handler, "Handler");
