//! needs: pystr, traits
//! What `dataclasses.fields` tells of a field: its name. It has no repr, so that a program that shows one is not accepted.
use super::pystr::Str;

#[derive(Clone, PartialEq)]
pub struct DataField(&'static str);

impl DataField {
    pub fn new(name: &'static str) -> DataField {
        DataField(name)
    }
    pub fn name(&self) -> Str {
        Str::lit(self.0)
    }
}
impl super::traits::PyTruth for DataField {
    fn truth(&self) -> bool {
        true
    }
}
