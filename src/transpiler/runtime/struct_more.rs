//! needs: struct_, bytes, value, exc, pystr, traits
//! `struct.Struct` and packing into a bytearray.
use super::bytes::ByteArray;
use super::exc::{self, R};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;

#[derive(Clone, PartialEq)]
pub struct Struct {
    pub format: Str,
    pub size: i64,
}
impl Struct {
    pub fn new(format: &Str) -> R<Struct> {
        Ok(Struct { format: format.clone(), size: super::struct_::calcsize(format)? })
    }
}
impl PyRepr for Struct {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<_struct.Struct object>");
    }
}
impl PyStr for Struct {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl PyTruth for Struct {
    fn truth(&self) -> bool {
        true
    }
}

pub fn pack_into(format: &str, buffer: &ByteArray, offset: i64, values: &[Value]) -> R<()> {
    let new = super::struct_::pack(format, values)?;
    let room = buffer.len();
    let at = if offset < 0 { offset + room } else { offset };
    if at < 0 || at + new.len() > room {
        let text = format!(
            "pack_into requires a buffer of at least {} bytes for packing {} bytes at offset {offset} (actual buffer size is {room})",
            at.max(0) + new.len(),
            new.len()
        );
        return Err(exc::new(&super::struct_::error, text));
    }
    buffer.borrow_mut()[at as usize..(at + new.len()) as usize].copy_from_slice(&new);
    Ok(())
}
