//! needs: difflib, difflib_more, value, convert, types
//! A matcher and what it finds where Values are used.
use super::difflib::SequenceMatcher;
use super::difflib_more::Block;

super::convert::opaque_value!(SequenceMatcher, "SequenceMatcher");
super::convert::opaque_value!(Block, "Match");
