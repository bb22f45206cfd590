//! needs: exc, traits, seq, pystr, codecs, fmt
//! `Bytes` (shared, immutable) and `ByteArray` (shared, mutable); their common methods work on `&[u8]` in `bytes_methods`.
use super::exc::{self, Exc};
use super::pystr::Str;
use super::seq;
use super::traits::*;
use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(Rc<[u8]>);

#[derive(Clone, Default)]
pub struct ByteArray(Rc<RefCell<Vec<u8>>>);

impl From<Vec<u8>> for Bytes {
    fn from(b: Vec<u8>) -> Bytes {
        Bytes(b.into())
    }
}
impl From<&[u8]> for Bytes {
    fn from(b: &[u8]) -> Bytes {
        Bytes(b.into())
    }
}
impl Default for Bytes {
    fn default() -> Bytes {
        Bytes::lit(b"")
    }
}
impl FromIterator<u8> for Bytes {
    fn from_iter<I: IntoIterator<Item = u8>>(it: I) -> Bytes {
        Bytes(it.into_iter().collect())
    }
}
impl std::ops::Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// One byte from an integer, with the message of `what` ("bytes" or "byte").
pub fn byte(v: i64, what: &str) -> Result<u8, Exc> {
    u8::try_from(v).map_err(|_| exc::new(&exc::ValueError, format!("{what} must be in range(0, 256)")))
}

/// `bytes(iterable of int)`.
pub fn from_ints(items: impl IntoIterator<Item = i64>) -> Result<Vec<u8>, Exc> {
    items.into_iter().map(|v| byte(v, "bytes")).collect()
}
/// `bytes(n)`.
pub fn zeros(n: i64) -> Result<Vec<u8>, Exc> {
    if n < 0 {
        return Err(exc::new(&exc::ValueError, "negative count"));
    }
    Ok(vec![0; n as usize])
}

impl Bytes {
    pub fn lit(b: &'static [u8]) -> Bytes {
        Bytes(b.into())
    }
    pub fn len(&self) -> i64 {
        self.0.len() as i64
    }
    pub fn item(&self, index: i64) -> Result<i64, Exc> {
        seq::at(index, self.0.len()).map(|i| self.0[i] as i64).ok_or_else(|| exc::new(&exc::IndexError, "index out of range"))
    }
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<Bytes, Exc> {
        Ok(Bytes::from(seq::slice(&self.0, start, stop, step)?))
    }
    pub fn substr(&self, start: Option<i64>, stop: Option<i64>) -> Bytes {
        Bytes::from(seq::plain_slice(&self.0, start, stop))
    }
    pub fn ints(&self) -> impl Iterator<Item = i64> {
        let b = self.clone();
        (0..b.0.len()).map(move |i| b.0[i] as i64)
    }
    pub fn add(&self, other: &[u8]) -> Bytes {
        Bytes::from([&self.0, other].concat())
    }
    pub fn repeat(&self, times: i64) -> Bytes {
        Bytes::from(self.0.repeat(times.max(0) as usize))
    }
    pub fn decode(&self, encoding: &str, errors: &str) -> Result<Str, Exc> {
        super::codecs::decode(&self.0, encoding, errors)
    }
}

impl ByteArray {
    pub fn borrow(&self) -> Ref<'_, Vec<u8>> {
        self.0.borrow()
    }
    pub fn borrow_mut(&self) -> RefMut<'_, Vec<u8>> {
        self.0.borrow_mut()
    }
    pub fn len(&self) -> i64 {
        self.0.borrow().len() as i64
    }
    pub fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
    pub fn item(&self, index: i64) -> Result<i64, Exc> {
        let b = self.0.borrow();
        let found = seq::at(index, b.len()).map(|i| b[i] as i64);
        found.ok_or_else(|| exc::new(&exc::IndexError, "bytearray index out of range"))
    }
    pub fn set(&self, index: i64, v: i64) -> Result<(), Exc> {
        let v = byte(v, "byte")?;
        let mut b = self.0.borrow_mut();
        match seq::at(index, b.len()) {
            Some(i) => b[i] = v,
            None => return Err(exc::new(&exc::IndexError, "bytearray index out of range")),
        }
        Ok(())
    }
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<ByteArray, Exc> {
        Ok(ByteArray::from(seq::slice(&self.0.borrow(), start, stop, step)?))
    }
    pub fn set_slice(&self, a: Option<i64>, b: Option<i64>, step: Option<i64>, new: &[u8]) -> Result<(), Exc> {
        seq::assign_slice(&mut self.0.borrow_mut(), a, b, step, new.to_vec())
    }
    pub fn append(&self, v: i64) -> Result<(), Exc> {
        let v = byte(v, "byte")?;
        self.0.borrow_mut().push(v);
        Ok(())
    }
    pub fn extend(&self, new: &[u8]) {
        self.0.borrow_mut().extend_from_slice(new);
    }
    pub fn insert(&self, index: i64, v: i64) -> Result<(), Exc> {
        let v = byte(v, "byte")?;
        seq::insert(&mut self.0.borrow_mut(), index, v);
        Ok(())
    }
    pub fn pop(&self, index: Option<i64>) -> Result<i64, Exc> {
        if self.0.borrow().is_empty() {
            return Err(exc::new(&exc::IndexError, "pop from empty bytearray"));
        }
        Ok(seq::pop(&mut self.0.borrow_mut(), index)? as i64)
    }
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }
    pub fn reverse(&self) {
        self.0.borrow_mut().reverse();
    }
    pub fn to_bytes(&self) -> Bytes {
        Bytes::from(self.0.borrow().clone())
    }
    pub fn decode(&self, encoding: &str, errors: &str) -> Result<Str, Exc> {
        super::codecs::decode(&self.0.borrow(), encoding, errors)
    }
    pub fn ints(&self) -> impl Iterator<Item = i64> {
        let b = self.clone();
        let mut i = 0;
        std::iter::from_fn(move || {
            i += 1;
            b.0.borrow().get(i - 1).map(|&x| x as i64)
        })
    }
}
impl From<Vec<u8>> for ByteArray {
    fn from(b: Vec<u8>) -> ByteArray {
        ByteArray(Rc::new(RefCell::new(b)))
    }
}
impl PartialEq for ByteArray {
    fn eq(&self, other: &Self) -> bool {
        *self.0.borrow() == *other.0.borrow()
    }
}
impl PartialEq<Bytes> for ByteArray {
    fn eq(&self, other: &Bytes) -> bool {
        self.0.borrow()[..] == other.0[..]
    }
}

pub fn repr_into(b: &[u8], out: &mut String) {
    let quote = if b.contains(&b'\'') && !b.contains(&b'"') { '"' } else { '\'' };
    out.push('b');
    out.push(quote);
    for &x in b {
        match x {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'\\' => out.push_str("\\\\"),
            b' '..=b'~' if x as char != quote => out.push(x as char),
            b' '..=b'~' => {
                out.push('\\');
                out.push(quote);
            }
            _ => out.push_str(&format!("\\x{x:02x}")),
        }
    }
    out.push(quote);
}

impl PyRepr for Bytes {
    fn repr_into(&self, out: &mut String) {
        repr_into(&self.0, out)
    }
}
impl PyRepr for ByteArray {
    fn repr_into(&self, out: &mut String) {
        out.push_str("bytearray(");
        let mut text = String::new();
        repr_into(&self.0.borrow(), &mut text);
        // unlike bytes, a bytearray escapes apostrophes between double quotes too
        out.push_str(&if text.starts_with("b\"") { text.replace('\'', "\\'") } else { text });
        out.push(')');
    }
}
str_is_repr!(Bytes, ByteArray);
super::fmt::fmt_is_str!(Bytes, "bytes");
super::fmt::fmt_is_str!(ByteArray, "bytearray");
impl PyTruth for Bytes {
    fn truth(&self) -> bool {
        !self.0.is_empty()
    }
}
impl PyTruth for ByteArray {
    fn truth(&self) -> bool {
        !self.0.borrow().is_empty()
    }
}
impl PyLen for Bytes {
    fn py_len(&self) -> i64 {
        self.len()
    }
}
impl PyLen for ByteArray {
    fn py_len(&self) -> i64 {
        self.len()
    }
}
impl PyHash for Bytes {
    fn py_hash(&self) -> i64 {
        hash_bytes(&self.0)
    }
}
impl PyOrd for Bytes {
    const TOTAL: bool = true;
    fn py_lt(&self, other: &Self) -> Result<bool, Exc> {
        Ok(self < other)
    }
}
impl super::traits::PyOrd for ByteArray {
    const TOTAL: bool = true;
    fn py_lt(&self, other: &Self) -> Result<bool, super::exc::Exc> {
        Ok(*self.0.borrow() < *other.0.borrow())
    }
}
impl PyHash for ByteArray {
    fn py_hash(&self) -> i64 {
        exc::die(exc::new(&exc::TypeError, "unhashable type: 'bytearray'"))
    }
}
