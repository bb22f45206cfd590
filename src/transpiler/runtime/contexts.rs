//! needs: exc, out, files, pystr, traits
//! `contextlib.redirect_stdout` and `nullcontext`-like helpers.
use super::exc::R;
use super::files::File;
use super::pystr::Str;
use super::traits::*;
use std::rc::Rc;

/// While entered, what goes to stdout is kept; leaving writes it to the target.
#[derive(Clone, PartialEq)]
pub struct Redirect {
    target: File,
    stderr: Rc<bool>,
}
impl Redirect {
    pub fn new(target: &File, stderr: bool) -> Redirect {
        Redirect { target: target.clone(), stderr: Rc::new(stderr) }
    }
    pub fn enter(&self) -> File {
        super::out::capture(true);
        self.target.clone()
    }
    pub fn exit(&self) -> R<()> {
        let (out, err) = super::out::captured();
        super::out::capture(false);
        let (mine, other) = if *self.stderr { (err, out) } else { (out, err) };
        if *self.stderr {
            super::out::write(&other);
        } else {
            super::out::write_err(&other);
        }
        self.target.write(&Str::from(mine)).map(|_| ())
    }
}
impl PyRepr for Redirect {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<contextlib.redirect_stdout>");
    }
}
str_is_repr!(Redirect);
impl PyTruth for Redirect {
    fn truth(&self) -> bool {
        true
    }
}
