//! needs: normal_dist, value, convert, types
//! A distribution where Values are used.
use super::normal_dist::NormalDist;

super::convert::opaque_value!(NormalDist, "NormalDist");
