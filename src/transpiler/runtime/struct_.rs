//! needs: exc, value, int, int_bits, bytes, pystr, tuple, traits, math
//! `struct`: packing and unpacking of binary records.
//! Source: Python 3.11 library reference, struct; IEEE 754 for half precision.
#![allow(non_upper_case_globals)]
use super::bytes::Bytes;
use super::exc::{self, Class, Exc, R};
use super::int::Int;
use super::tuple::Tuple;
use super::value::Value;

pub static error: Class = Class::new("error", &exc::Exception);

#[derive(Clone, Copy)]
struct Item {
    code: char,
    count: usize,
    size: usize,
    /// Padding bytes before it, in native alignment.
    pad: usize,
}

struct Layout {
    items: Vec<Item>,
    little: bool,
    size: usize,
}

#[cold]
fn fail(text: impl Into<super::pystr::Str>) -> Exc {
    exc::new(&error, text)
}

fn size_of(code: char, native: bool) -> Option<usize> {
    Some(match code {
        'x' | 'c' | 'b' | 'B' | '?' | 's' | 'p' => 1,
        'h' | 'H' | 'e' => 2,
        'i' | 'I' | 'f' => 4,
        'l' | 'L' => if native { 8 } else { 4 },
        'q' | 'Q' | 'd' => 8,
        'n' | 'N' | 'P' if native => 8,
        _ => return None,
    })
}

fn layout(format: &str) -> R<Layout> {
    let (little, native, body) = match format.chars().next() {
        Some('<') => (true, false, &format[1..]),
        Some('>' | '!') => (false, false, &format[1..]),
        Some('=') => (true, false, &format[1..]),
        Some('@') => (true, true, &format[1..]),
        _ => (true, true, format),
    };
    let mut out = Layout { items: Vec::new(), little, size: 0 };
    let mut count: Option<usize> = None;
    for c in body.chars() {
        if let Some(d) = c.to_digit(10) {
            count = Some(count.unwrap_or(0) * 10 + d as usize);
            continue;
        }
        if c.is_ascii_whitespace() {
            if count.is_some() {
                return Err(fail("bad char in struct format"));
            }
            continue;
        }
        let size = size_of(c, native).ok_or_else(|| fail("bad char in struct format"))?;
        let pad = if native { (size - out.size % size) % size } else { 0 };
        let n = count.take().unwrap_or(1);
        out.items.push(Item { code: c, count: n, size, pad });
        out.size += pad + n * size;
    }
    if count.is_some() {
        return Err(fail("repeat count given without format specifier"));
    }
    Ok(out)
}

impl Layout {
    /// Values that packing takes and unpacking gives.
    fn values(&self) -> usize {
        self.items
            .iter()
            .map(|i| match i.code {
                'x' => 0,
                's' | 'p' => 1,
                _ => i.count,
            })
            .sum()
    }
}

pub fn calcsize(format: &str) -> R<i64> {
    Ok(layout(format)?.size as i64)
}

pub fn pack(format: &str, args: &[Value]) -> R<Bytes> {
    let l = layout(format)?;
    if l.values() != args.len() {
        return Err(fail(format!("pack expected {} items for packing (got {})", l.values(), args.len())));
    }
    let mut out = Vec::with_capacity(l.size);
    let mut next = args.iter();
    for item in &l.items {
        out.extend(std::iter::repeat_n(0, item.pad));
        match item.code {
            'x' => out.extend(std::iter::repeat_n(0, item.count)),
            's' | 'p' => {
                if let Some(v) = next.next() {
                    pack_text(item, v, &mut out)?;
                }
            }
            _ => {
                for v in next.by_ref().take(item.count) {
                    let mut b = pack_one(item, v, l.little)?;
                    if !l.little {
                        b.reverse();
                    }
                    out.extend(b);
                }
            }
        }
    }
    Ok(Bytes::from(out))
}

fn pack_text(item: &Item, v: &Value, out: &mut Vec<u8>) -> R<()> {
    let bytes = match v {
        Value::Bytes(b) => b.to_vec(),
        Value::ByteArray(b) => b.borrow().clone(),
        _ => return Err(fail(format!("argument for '{}' must be a bytes object", item.code))),
    };
    let mut field = Vec::new();
    if item.code == 'p' && item.count > 0 {
        let n = bytes.len().min(item.count - 1).min(255);
        field.push(n as u8);
        field.extend_from_slice(&bytes[..n]);
    } else {
        field.extend_from_slice(&bytes[..bytes.len().min(item.count)]);
    }
    field.resize(item.count, 0);
    out.extend(field);
    Ok(())
}

/// Little-endian bytes of one value.
fn pack_one(item: &Item, v: &Value, little: bool) -> R<Vec<u8>> {
    if let Value::Obj(o) = v {
        // A member of an Enum of ints, or what says which number it is.
        if let Some(plain) = o.plain() {
            return pack_one(item, &plain, little);
        }
        if o.has("__index__") {
            return pack_one(item, &o.call_method("__index__", Vec::new())?, little);
        }
    }
    match item.code {
        'c' => match v {
            Value::Bytes(b) if b.len() == 1 => Ok(b.to_vec()),
            _ => Err(fail("char format requires a bytes object of length 1")),
        },
        '?' => Ok(vec![super::traits::PyTruth::truth(v) as u8]),
        'e' | 'f' | 'd' => {
            let x = match v {
                Value::Float(x) => *x,
                Value::Int(i) => i.to_f64()?,
                Value::Bool(b) => *b as i64 as f64,
                _ => return Err(fail("required argument is not a float")),
            };
            Ok(match item.code {
                'd' => x.to_le_bytes().to_vec(),
                'f' => {
                    let y = x as f32;
                    if y.is_infinite() && x.is_finite() {
                        return Err(exc::new(&exc::OverflowError, "float too large to pack with f format"));
                    }
                    y.to_le_bytes().to_vec()
                }
                _ => half(x)?.to_le_bytes().to_vec(),
            })
        }
        _ => {
            let i = match v {
                Value::Int(i) => i.clone(),
                Value::Bool(b) => Int::from(*b),
                _ => return Err(fail("required argument is not an integer")),
            };
            let signed = item.code.is_lowercase();
            i.to_bytes(item.size as i64, "little", signed).map_err(|_| range_error(item, &i, little))
        }
    }
}

/// The host's byte order has messages of its own.
fn range_error(item: &Item, i: &Int, little: bool) -> Exc {
    let bits = item.size as u32 * 8;
    let signed = item.code.is_lowercase();
    let word = if signed { i.to_i64().is_some() } else { !i.is_negative() && i.bit_length() <= 64 };
    match item.code {
        'b' => fail("byte format requires -128 <= number <= 127"),
        'B' => fail("ubyte format requires 0 <= number <= 255"),
        'q' | 'Q' if !little => fail("int too large to convert"),
        'h' if little => fail("short format requires -32768 <= number <= 32767"),
        'H' if little => fail("ushort format requires 0 <= number <= 65535"),
        _ if !word => fail("argument out of range"),
        c if signed => {
            let high = (1i128 << (bits - 1)) - 1;
            fail(format!("'{c}' format requires {} <= number <= {high}", -high - 1))
        }
        c => fail(format!("'{c}' format requires 0 <= number <= {}", (1i128 << bits) - 1)),
    }
}

pub fn unpack(format: &str, data: &[u8]) -> R<Tuple<Value>> {
    let l = layout(format)?;
    if l.size != data.len() {
        return Err(fail(format!("unpack requires a buffer of {} bytes", l.size)));
    }
    Ok(Tuple::from(read(&l, data)?))
}

pub fn unpack_from(format: &str, data: &[u8], offset: i64) -> R<Tuple<Value>> {
    let l = layout(format)?;
    let at = if offset < 0 { offset + data.len() as i64 } else { offset };
    if at < 0 || at as usize + l.size > data.len() {
        return Err(fail(format!(
            "unpack_from requires a buffer of at least {} bytes for unpacking {} bytes at offset {offset} (actual buffer size is {})",
            at.max(0) as usize + l.size,
            l.size,
            data.len()
        )));
    }
    Ok(Tuple::from(read(&l, &data[at as usize..at as usize + l.size])?))
}

pub fn iter_unpack(format: &str, data: &[u8]) -> R<Vec<Tuple<Value>>> {
    let l = layout(format)?;
    if l.size == 0 {
        return Err(fail("cannot iteratively unpack with a struct of length 0"));
    }
    if data.len() % l.size != 0 {
        return Err(fail(format!("iterative unpacking requires a buffer of a multiple of {} bytes", l.size)));
    }
    data.chunks_exact(l.size).map(|c| Ok(Tuple::from(read(&l, c)?))).collect()
}

fn read(l: &Layout, data: &[u8]) -> R<Vec<Value>> {
    let mut out = Vec::new();
    let mut at = 0;
    for item in &l.items {
        at += item.pad;
        let field = &data[at..at + item.count * item.size];
        at += field.len();
        match item.code {
            'x' => {}
            's' => out.push(Value::Bytes(Bytes::from(field))),
            'p' => {
                let n = field.first().map_or(0, |n| (*n as usize).min(field.len() - 1));
                out.push(Value::Bytes(Bytes::from(field.get(1..1 + n).unwrap_or(&[]))));
            }
            _ => {
                for c in field.chunks_exact(item.size) {
                    let mut b = c.to_vec();
                    if !l.little {
                        b.reverse();
                    }
                    out.push(read_one(item, &b)?);
                }
            }
        }
    }
    Ok(out)
}

fn read_one(item: &Item, le: &[u8]) -> R<Value> {
    let eight = |fill: u8| {
        let mut b = [fill; 8];
        b[..le.len()].copy_from_slice(le);
        b
    };
    Ok(match item.code {
        'c' => Value::Bytes(Bytes::from(le)),
        '?' => Value::Bool(le[0] != 0),
        'd' => Value::Float(f64::from_le_bytes(eight(0))),
        'f' => Value::Float(f32::from_le_bytes([le[0], le[1], le[2], le[3]]) as f64),
        'e' => Value::Float(from_half(u16::from_le_bytes([le[0], le[1]]))),
        _ => Value::Int(Int::from_bytes(le, "little", item.code.is_lowercase())?),
    })
}

fn from_half(h: u16) -> f64 {
    let sign = if h >> 15 == 1 { -1.0 } else { 1.0 };
    let (e, m) = ((h >> 10 & 31) as i32, (h & 1023) as f64);
    sign * match e {
        0 => m * 2f64.powi(-24),
        31 => if m == 0.0 { f64::INFINITY } else { f64::NAN },
        _ => (1.0 + m / 1024.0) * 2f64.powi(e - 15),
    }
}

fn half(x: f64) -> R<u16> {
    let sign = (x.is_sign_negative() as u16) << 15;
    let a = x.abs();
    if a.is_nan() {
        return Ok(sign | 0x7e00);
    }
    if a.is_infinite() {
        return Ok(sign | 0x7c00);
    }
    if a >= 65520.0 {
        return Err(exc::new(&exc::OverflowError, "float too large to pack with e format"));
    }
    if a < 2f64.powi(-14) {
        return Ok(sign | (a * 2f64.powi(24)).round_ties_even() as u16);
    }
    let (_, exp) = super::math::frexp(a);
    let e = exp - 1;
    let m = ((a / 2f64.powi(e as i32) - 1.0) * 1024.0).round_ties_even() as u16;
    Ok(sign | (((e + 15) as u16) << 10) + m)
}
