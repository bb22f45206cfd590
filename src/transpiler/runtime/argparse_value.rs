//! needs: argparse, value, convert, types
//! A parser of arguments where Values are used.
use super::argparse::ArgumentParser;

super::convert::opaque_value!(ArgumentParser, "ArgumentParser");
