//! needs: files, pathlib, value, convert, types, exc
//! Files and paths where Values are used.
use super::files::File;
use super::pathlib::Path;
use super::value::{Value, ValueIter};

super::convert::opaque_value!(File, "TextIOWrapper", {
    fn has(&self, name: &str) -> bool {
        name == "__iter__"
    }
    fn call_method(&self, name: &str, _args: Vec<Value>) -> super::exc::R<Value> {
        match name {
            "__iter__" => Ok(Value::Iter(ValueIter::new(self.lines().map(|line| line.map(Value::Str))))),
            _ => Err(super::value::no_attribute("_io.TextIOWrapper", name)),
        }
    }
});
super::convert::opaque_value!(Path, "PosixPath", ordered);
