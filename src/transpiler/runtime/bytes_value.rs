//! needs: bytes, value, exc, value_items, codecs
//! `bytes(x)` and `bytearray(x)` by what x is.
use super::bytes::{self, ByteArray};
use super::exc::{self, R};
use super::value::Value;

pub fn make(source: &Value, encoding: &str) -> R<Vec<u8>> {
    match source {
        Value::None => Ok(Vec::new()),
        Value::Int(n) => bytes::zeros(n.index()?),
        Value::Bytes(b) => Ok(b.to_vec()),
        Value::ByteArray(b) => Ok(b.borrow().clone()),
        Value::Str(s) => super::codecs::encode(s, encoding, "strict"),
        Value::Float(_) | Value::Bool(_) => {
            Err(exc::new(&exc::TypeError, format!("cannot convert '{}' object to bytes", source.type_name())))
        }
        other => {
            let items = super::value_items::to_vec(other)?;
            bytes::from_ints(items.iter().map(super::value_items::index).collect::<R<Vec<i64>>>()?)
        }
    }
}

impl ByteArray {
    /// `extend` with bytes or any iterable of ints.
    pub fn extend_value(&self, data: &Value) -> R<()> {
        let new = make(data, "utf-8")?;
        self.extend(&new);
        Ok(())
    }
}

/// The bytes to look for: bytes, a bytearray or one byte as an int.
pub fn sub(v: &Value) -> R<Vec<u8>> {
    match v {
        Value::Bytes(b) => Ok(b.to_vec()),
        Value::ByteArray(b) => Ok(b.borrow().clone()),
        Value::Int(i) => Ok(vec![bytes::byte(i.index()?, "byte")?]),
        _ => {
            let text = format!("argument should be integer or bytes-like object, not '{}'", v.type_name());
            Err(exc::new(&exc::TypeError, text))
        }
    }
}
/// Whether the test holds for the bytes, or for one of a tuple of them.
pub fn any_of(v: &Value, test: impl Fn(&[u8]) -> bool) -> R<bool> {
    match v {
        Value::Tuple(all) => all.iter().try_fold(false, |found, one| Ok(found || test(&sub(one)?))),
        Value::Int(_) => {
            Err(exc::new(&exc::TypeError, "startswith first arg must be bytes or a tuple of bytes, not int"))
        }
        _ => sub(v).map(|b| test(&b)),
    }
}
pub fn array(b: bytes::Bytes) -> ByteArray {
    ByteArray::from(b.to_vec())
}
pub fn arrays(all: Vec<bytes::Bytes>) -> Vec<ByteArray> {
    all.into_iter().map(array).collect()
}
impl ByteArray {
    pub fn remove(&self, value: i64) -> R<()> {
        match self.ints().position(|x| x == value) {
            Some(at) => self.pop(Some(at as i64)).map(|_| ()),
            None => Err(exc::new(&exc::ValueError, "value not found in bytearray")),
        }
    }
}

/// Optional bytes as the methods on slices take them.
pub fn slice(b: Option<&bytes::Bytes>) -> Option<&[u8]> {
    b.map(|b| &b[..])
}

pub fn joined(a: &ByteArray, b: &[u8]) -> ByteArray {
    ByteArray::from([&a.borrow()[..], b].concat())
}
pub fn repeated(a: &ByteArray, times: i64) -> ByteArray {
    ByteArray::from(a.borrow().repeat(times.max(0) as usize))
}
