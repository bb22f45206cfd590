//! needs: difflib, value, convert, types
//! A matcher where Values are used.
use super::difflib::SequenceMatcher;

super::convert::opaque_value!(SequenceMatcher, "SequenceMatcher");
