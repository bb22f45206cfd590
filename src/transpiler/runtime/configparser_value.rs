//! needs: configparser, value, convert, types
//! Parsers and sections inside a Value.
use super::configparser::{ConfigParser, Section};
super::convert::opaque_value!(ConfigParser, "ConfigParser");
super::convert::opaque_value!(Section, "SectionProxy");
