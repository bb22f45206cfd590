//! needs: files, pathlib, value, convert, types
//! Files and paths where Values are used.
use super::files::File;
use super::pathlib::Path;

super::convert::opaque_value!(File, "TextIOWrapper");
super::convert::opaque_value!(Path, "PosixPath", ordered);
