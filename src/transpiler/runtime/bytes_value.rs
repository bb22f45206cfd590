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
