//! needs: exc, value, int, value_items, convert
//! Items of `array` and `memoryview`: numbers in the bytes that their format code says, in the machine's order.
//! Source: Python 3.11 library reference, array and memoryview.
use super::convert::FromValue;
use super::exc::{self, R};
use super::int::Int;
use super::value::Value;

/// Bytes of one item; nothing for a code that is none.
pub fn size_of(code: char) -> Option<usize> {
    Some(match code {
        'b' | 'B' | 'c' | '?' => 1,
        'h' | 'H' => 2,
        'i' | 'I' | 'f' => 4,
        'l' | 'L' | 'q' | 'Q' | 'd' => 8,
        _ => return None,
    })
}
pub fn is_float(code: char) -> bool {
    matches!(code, 'f' | 'd')
}

pub trait Item: Clone + PartialEq {
    fn read(code: char, bytes: &[u8]) -> Self;
    /// As the format's range allows; `None` where it does not.
    fn bytes(&self, code: char) -> Option<Vec<u8>>;
}

fn wide(bytes: &[u8], signed: bool) -> i128 {
    let negative = signed && bytes.last().is_some_and(|b| b & 0x80 != 0);
    let mut all = [if negative { 0xff } else { 0 }; 16];
    all[..bytes.len()].copy_from_slice(bytes);
    i128::from_le_bytes(all)
}
fn narrow(x: i128, code: char) -> Option<Vec<u8>> {
    let size = size_of(code)?;
    let bits = size as u32 * 8;
    let (low, high) = if code.is_lowercase() { (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1) } else { (0, (1i128 << bits) - 1) };
    (low..=high).contains(&x).then(|| x.to_le_bytes()[..size].to_vec())
}

impl Item for i64 {
    fn read(code: char, bytes: &[u8]) -> i64 {
        match i64::try_from(wide(bytes, code.is_lowercase())) {
            Ok(x) => x,
            Err(_) => exc::die(exc::new(&exc::OverflowError, "integer beyond 64 bits where 64 were inferred")),
        }
    }
    fn bytes(&self, code: char) -> Option<Vec<u8>> {
        narrow(*self as i128, code)
    }
}
impl Item for f64 {
    fn read(code: char, bytes: &[u8]) -> f64 {
        match (code, bytes) {
            ('f', [a, b, c, d]) => f32::from_le_bytes([*a, *b, *c, *d]) as f64,
            (_, [a, b, c, d, e, f, g, h]) => f64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
            _ => 0.0,
        }
    }
    fn bytes(&self, code: char) -> Option<Vec<u8>> {
        Some(if code == 'f' { (*self as f32).to_le_bytes().to_vec() } else { self.to_le_bytes().to_vec() })
    }
}
impl Item for Value {
    fn read(code: char, bytes: &[u8]) -> Value {
        if is_float(code) {
            return Value::Float(f64::read(code, bytes));
        }
        Value::Int(Int::from_i128(wide(bytes, code.is_lowercase())))
    }
    fn bytes(&self, code: char) -> Option<Vec<u8>> {
        if is_float(code) {
            return f64::from_value(self).ok()?.bytes(code);
        }
        match self {
            Value::Int(i) => {
                let size = size_of(code)?;
                i.to_bytes(size as i64, "little", code.is_lowercase()).ok()
            }
            Value::Bool(b) => narrow(*b as i128, code),
            _ => None,
        }
    }
}

pub fn one_char(code: &str, what: &str) -> R<char> {
    let mut all = code.chars();
    match (all.next(), all.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(exc::new(&exc::TypeError, what)),
    }
}
