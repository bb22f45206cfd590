//! needs: slices, value, convert, types
//! Slices where Values are used.
use super::slices::Slice;

super::convert::opaque_value!(Slice, "slice");
