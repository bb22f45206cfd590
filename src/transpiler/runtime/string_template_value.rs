//! needs: string_template, value, convert, types
//! Templates and wrappers of text where Values are used.
use super::string_template::{TextWrapper, Template};

super::convert::opaque_value!(TextWrapper, "TextWrapper");
super::convert::opaque_value!(Template, "Template");
