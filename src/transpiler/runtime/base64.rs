//! needs: exc, bytes, pystr, value
//! `base64` and the text forms of `binascii`. Source: RFC 4648.
use super::bytes::Bytes;
use super::exc::{self, Class, R};

/// `binascii.Error`.
#[allow(non_upper_case_globals)]
pub static Error: Class = Class::new("Error", &exc::ValueError);

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URLSAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn encode(data: &[u8], alphabet: &[u8; 64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4);
    for c in data.chunks(3) {
        let v = (c[0] as u32) << 16 | (*c.get(1).unwrap_or(&0) as u32) << 8 | *c.get(2).unwrap_or(&0) as u32;
        for k in 0..4 {
            out.push(if k <= c.len() { alphabet[(v >> (18 - 6 * k)) as usize & 63] } else { b'=' });
        }
    }
    out
}

pub fn b64encode(data: &[u8]) -> Bytes {
    Bytes::from(encode(data, STANDARD))
}
pub fn urlsafe_b64encode(data: &[u8]) -> Bytes {
    Bytes::from(encode(data, URLSAFE))
}

/// `b64decode(text, validate=..)`: what is not in the alphabet is skipped unless `validate`.
pub fn b64decode(text: &[u8], validate: bool) -> R<Bytes> {
    if validate && text.first() == Some(&b'=') {
        return Err(exc::new(&Error, "Leading padding not allowed"));
    }
    let mut out = Vec::new();
    let (mut value, mut have, mut pads, mut seen) = (0u32, 0, 0, 0);
    let mut padding = false;
    for (i, &b) in text.iter().enumerate() {
        if b == b'=' {
            padding = true;
            pads += (have >= 2) as i32;
            if have >= 2 && have + pads >= 4 {
                if validate && i + 1 < text.len() {
                    return Err(exc::new(&Error, "Excess data after padding"));
                }
                return Ok(Bytes::from(out));
            }
            continue;
        }
        let Some(d) = STANDARD.iter().position(|x| *x == b) else {
            if validate {
                return Err(exc::new(&Error, "Only base64 data is allowed"));
            }
            continue;
        };
        if validate && padding {
            return Err(exc::new(&Error, "Discontinuous padding not allowed"));
        }
        pads = 0;
        seen += 1;
        value = value << 6 | d as u32;
        have += 1;
        match have {
            2 => out.push((value >> 4) as u8),
            3 => out.push((value >> 2) as u8),
            4 => {
                out.push(value as u8);
                have = 0;
                value = 0;
            }
            _ => {}
        }
    }
    match have {
        0 => Ok(Bytes::from(out)),
        1 => {
            let text = format!(
                "Invalid base64-encoded string: number of data characters ({seen}) cannot be 1 more than a multiple of 4"
            );
            Err(exc::new(&Error, text))
        }
        _ => Err(exc::new(&Error, "Incorrect padding")),
    }
}
pub fn urlsafe_b64decode(text: &[u8]) -> R<Bytes> {
    let plain: Vec<u8> = text
        .iter()
        .map(|b| match b {
            b'-' => b'+',
            b'_' => b'/',
            b => *b,
        })
        .collect();
    b64decode(&plain, false)
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

pub fn b32encode(data: &[u8]) -> Bytes {
    let mut out = Vec::new();
    for c in data.chunks(5) {
        let mut part = [0u8; 8];
        part[3..3 + c.len()].copy_from_slice(c);
        let v = u64::from_be_bytes(part);
        let used = (c.len() * 8).div_ceil(5);
        for k in 0..8 {
            out.push(if k < used { BASE32[(v >> (35 - 5 * k)) as usize & 31] } else { b'=' });
        }
    }
    Bytes::from(out)
}
pub fn b32decode(text: &[u8]) -> R<Bytes> {
    if text.len() % 8 != 0 {
        return Err(exc::new(&Error, "Incorrect padding"));
    }
    let body = &text[..text.iter().position(|b| *b == b'=').unwrap_or(text.len())];
    let pads = text.len() - body.len();
    let (mut value, mut bits) = (0u64, 0);
    let mut out = Vec::new();
    for b in body {
        let Some(d) = BASE32.iter().position(|x| x == b) else {
            return Err(exc::new(&Error, "Non-base32 digit found"));
        };
        value = value << 5 | d as u64;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push((value >> bits) as u8);
        }
    }
    if !matches!(pads, 0 | 1 | 3 | 4 | 6) {
        return Err(exc::new(&Error, "Incorrect padding"));
    }
    Ok(Bytes::from(out))
}
pub fn b16encode(data: &[u8]) -> Bytes {
    Bytes::from(data.iter().flat_map(|b| format!("{b:02X}").into_bytes()).collect::<Vec<u8>>())
}
pub fn b16decode(text: &[u8]) -> R<Bytes> {
    if text.iter().any(|b| !matches!(b, b'0'..=b'9' | b'A'..=b'F')) {
        return Err(exc::new(&Error, "Non-base16 digit found"));
    }
    unhexlify(text)
}

pub fn hexlify(data: &[u8]) -> Bytes {
    Bytes::from(data.iter().flat_map(|b| format!("{b:02x}").into_bytes()).collect::<Vec<u8>>())
}
pub fn unhexlify(text: &[u8]) -> R<Bytes> {
    if text.len() % 2 != 0 {
        return Err(exc::new(&Error, "Odd-length string"));
    }
    let digit = |b: u8| (b as char).to_digit(16);
    let pair = |c: &[u8]| Some((digit(c[0])? << 4 | digit(c[1])?) as u8);
    match text.chunks(2).map(pair).collect::<Option<Vec<u8>>>() {
        Some(out) => Ok(Bytes::from(out)),
        None => Err(exc::new(&Error, "Non-hexadecimal digit found")),
    }
}

/// `zlib.crc32(data, value)`.
pub fn crc32(data: &[u8], value: i64) -> i64 {
    let mut crc = !(value as u32);
    for &b in data {
        crc ^= b as u32;
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !crc as i64
}
/// `zlib.adler32(data, value)`, 1 by default.
pub fn adler32(data: &[u8], value: i64) -> i64 {
    let (mut a, mut b) = (value as u32 & 0xffff, value as u32 >> 16);
    for &x in data {
        a = (a + x as u32) % 65521;
        b = (b + a) % 65521;
    }
    (b << 16 | a) as i64
}

/// What the decoders take: ASCII text or bytes.
pub fn text_or_bytes(v: &super::value::Value) -> R<Vec<u8>> {
    use super::value::Value;
    match v {
        Value::Bytes(b) => Ok(b.to_vec()),
        Value::ByteArray(b) => Ok(b.borrow().clone()),
        Value::Str(s) if s.is_ascii() => Ok(s.as_str().as_bytes().to_vec()),
        Value::Str(_) => Err(exc::new(&exc::ValueError, "string argument should contain only ASCII characters")),
        other => {
            let text = format!("argument should be a bytes-like object or ASCII string, not '{}'", other.type_name());
            Err(exc::new(&exc::TypeError, text))
        }
    }
}
