//! needs: configparser, value, convert, types
//! Parsers and sections inside a Value.
super::convert::opaque_value!(super::configparser::ConfigParser, "ConfigParser");
super::convert::opaque_value!(super::configparser::Section, "SectionProxy");
