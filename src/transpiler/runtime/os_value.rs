//! needs: os, value, convert, types
//! What os.stat gives where Values are used.
use super::os::Stat;

super::convert::opaque_value!(Stat, "os.stat_result");
