//! needs: argparse, argparse_build, value, convert, types
//! A parser of arguments, or a group of them, where Values are used.
use super::argparse::ArgumentParser;
use super::argparse_build::ArgumentGroup;

super::convert::opaque_value!(ArgumentParser, "ArgumentParser");
super::convert::opaque_value!(ArgumentGroup, "_ArgumentGroup", handle);
