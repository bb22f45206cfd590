//! needs: exc, traits, pystr, seq
//! Slices as objects: `slice(1, 5)`, and what `__getitem__` of a program's class is given for `x[1:5]`.
use super::exc::R;
use super::pystr::Str;
use super::traits::*;

#[derive(Clone, PartialEq)]
pub struct Slice {
    pub start: Option<i64>,
    pub stop: Option<i64>,
    pub step: Option<i64>,
}

impl Slice {
    pub fn new(start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Slice {
        Slice { start, stop, step }
    }
    pub fn indices(&self, len: i64) -> R<(i64, i64, i64)> {
        let s = super::seq::Slice::new(self.start, self.stop, self.step, len)?;
        Ok((s.start, s.stop, s.step))
    }
}
impl PyRepr for Slice {
    fn repr_into(&self, out: &mut String) {
        let shown = |x: Option<i64>| x.map_or(String::from("None"), |i| i.to_string());
        out.push_str(&format!("slice({}, {}, {})", shown(self.start), shown(self.stop), shown(self.step)));
    }
}
str_is_repr!(Slice);
impl PyTruth for Slice {
    fn truth(&self) -> bool {
        true
    }
}
