//! needs: random, value, convert, types
//! A generator of random numbers where Values are used.
use super::random::Random;

super::convert::opaque_value!(Random, "Random");
