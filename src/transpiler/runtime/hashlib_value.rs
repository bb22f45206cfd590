//! needs: hashlib, value, convert, types
//! Hash objects where Values are used.
use super::hashlib::{Hash, Hmac};

super::convert::opaque_value!(Hash, "HASH");
super::convert::opaque_value!(Hmac, "HMAC");
