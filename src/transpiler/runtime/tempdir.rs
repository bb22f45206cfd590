//! needs: exc, os, files, pystr, traits
//! Temporary folders and files that go away.
use super::exc::R;
use super::files::File;
use super::os;
use super::pystr::Str;
use super::traits::*;
use std::rc::Rc;

struct Owned(Str);
impl Drop for Owned {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.as_str());
    }
}

/// `tempfile.TemporaryDirectory`: removed by `cleanup` or with its last handle.
#[derive(Clone)]
pub struct TemporaryDirectory(Rc<Owned>);

impl TemporaryDirectory {
    pub fn new(suffix: &str, prefix: &str, dir: Option<&Str>) -> R<TemporaryDirectory> {
        Ok(TemporaryDirectory(Rc::new(Owned(os::mkdtemp(suffix, prefix, dir)?))))
    }
    pub fn name(&self) -> Str {
        self.0 .0.clone()
    }
    pub fn cleanup(&self) -> R<()> {
        os::rmtree(&self.0 .0, true)
    }
}
impl PartialEq for TemporaryDirectory {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
impl PyRepr for TemporaryDirectory {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<TemporaryDirectory {}>", self.name().repr()));
    }
}
str_is_repr!(TemporaryDirectory);
impl PyTruth for TemporaryDirectory {
    fn truth(&self) -> bool {
        true
    }
}

/// `tempfile.NamedTemporaryFile`: deleted when closed unless `delete` is false.
pub fn named(mode: &str, suffix: &str, prefix: &str, dir: Option<&Str>, delete: bool) -> R<File> {
    let path = os::temp_name(suffix, prefix, dir)?;
    let f = super::files::open(&path, mode, None, None, None)?;
    if delete {
        f.delete_on_close();
    }
    Ok(f)
}
