//! needs: struct_more, value, convert, types
//! A Struct where Values are used.
use super::struct_more::Struct;

super::convert::opaque_value!(Struct, "Struct");
