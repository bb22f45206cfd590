//! needs: base64, bytes, exc, pystr
//! Base85, Ascii85, base32 with the hex alphabet, and base64 with other characters.
use super::base64::{b32decode, b32encode, b64decode, b64encode};
use super::bytes::Bytes;
use super::exc::{self, R};

pub fn b64encode_alt(data: &[u8], alt: &[u8]) -> Bytes {
    Bytes::from(b64encode(data).iter().map(|b| match b {
        b'+' => alt[0],
        b'/' => alt[1],
        other => *other,
    }).collect::<Vec<u8>>())
}
pub fn b64decode_alt(text: &[u8], alt: &[u8], validate: bool) -> R<Bytes> {
    let plain: Vec<u8> = text.iter().map(|b| if *b == alt[0] { b'+' } else if *b == alt[1] { b'/' } else { *b }).collect();
    b64decode(&plain, validate)
}
pub fn b2a_base64(data: &[u8], newline: bool) -> Bytes {
    let mut out = b64encode(data).to_vec();
    if newline {
        out.push(b'\n');
    }
    Bytes::from(out)
}
/// Lines of 76 characters.
pub fn encodebytes(data: &[u8]) -> Bytes {
    Bytes::from(data.chunks(57).flat_map(|c| b2a_base64(c, true).to_vec()).collect::<Vec<u8>>())
}

const HEX32: &[u8; 32] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV";
const PLAIN32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
fn swapped(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    text.iter().map(|b| from.iter().position(|x| x == b).map_or(*b, |i| to[i])).collect()
}
pub fn b32hexencode(data: &[u8]) -> Bytes {
    Bytes::from(swapped(&b32encode(data), PLAIN32, HEX32))
}
pub fn b32hexdecode(text: &[u8]) -> R<Bytes> {
    b32decode(&swapped(text, HEX32, PLAIN32))
}

const B85: &[u8; 85] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

fn five(word: u32) -> [u32; 5] {
    let mut out = [0; 5];
    let mut rest = word;
    for place in out.iter_mut().rev() {
        *place = rest % 85;
        rest /= 85;
    }
    out
}
fn word(chunk: &[u8]) -> u32 {
    let mut four = [0; 4];
    four[..chunk.len()].copy_from_slice(chunk);
    u32::from_be_bytes(four)
}
pub fn b85encode(data: &[u8], pad: bool) -> Bytes {
    let mut out = Vec::new();
    for chunk in data.chunks(4) {
        let keep = if pad { 5 } else { chunk.len() + 1 };
        out.extend(five(word(chunk)).iter().take(keep).map(|d| B85[*d as usize]));
    }
    Bytes::from(out)
}
pub fn b85decode(text: &[u8]) -> R<Bytes> {
    let mut digits = Vec::new();
    for (i, b) in text.iter().enumerate() {
        match B85.iter().position(|x| x == b) {
            Some(d) => digits.push(d as u64),
            None => return Err(exc::new(&exc::ValueError, format!("bad base85 character at position {i}"))),
        }
    }
    let mut out = Vec::new();
    for (i, chunk) in digits.chunks(5).enumerate() {
        let value = (0..5).fold(0u64, |acc, k| acc * 85 + chunk.get(k).copied().unwrap_or(84));
        let Ok(value) = u32::try_from(value) else {
            return Err(exc::new(&exc::ValueError, format!("base85 overflow in hunk starting at byte {}", i * 5)));
        };
        out.extend(value.to_be_bytes().iter().take(chunk.len() - 1));
    }
    Ok(Bytes::from(out))
}
pub fn a85encode(data: &[u8]) -> Bytes {
    let mut out = Vec::new();
    for chunk in data.chunks(4) {
        if chunk == [0; 4] {
            out.push(b'z');
        } else {
            out.extend(five(word(chunk)).iter().take(chunk.len() + 1).map(|d| *d as u8 + b'!'));
        }
    }
    Bytes::from(out)
}
pub fn a85decode(text: &[u8]) -> R<Bytes> {
    let mut out = Vec::new();
    let mut digits: Vec<u64> = Vec::new();
    let flush = |digits: &mut Vec<u64>, out: &mut Vec<u8>| -> R<()> {
        let n = digits.len();
        let value = (0..5).fold(0u64, |acc, k| acc * 85 + digits.get(k).copied().unwrap_or(84));
        let Ok(value) = u32::try_from(value) else {
            return Err(exc::new(&exc::ValueError, "Ascii85 overflow"));
        };
        out.extend(value.to_be_bytes().iter().take(n.saturating_sub(1)));
        digits.clear();
        Ok(())
    };
    for b in text {
        match b {
            b'!'..=b'u' => digits.push(u64::from(b - b'!')),
            b'z' if digits.is_empty() => out.extend([0; 4]),
            b'z' => return Err(exc::new(&exc::ValueError, "z inside Ascii85 5-tuple")),
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b => continue,
            _ => return Err(exc::new(&exc::ValueError, format!("Non-Ascii85 digit found: {}", *b as char))),
        }
        if digits.len() == 5 {
            flush(&mut digits, &mut out)?;
        }
    }
    if !digits.is_empty() {
        flush(&mut digits, &mut out)?;
    }
    Ok(Bytes::from(out))
}
pub fn crc_hqx(data: &[u8], value: i64) -> i64 {
    let mut crc = value as u32 & 0xffff;
    for b in data {
        crc ^= u32::from(*b) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 != 0 { (crc << 1 ^ 0x1021) & 0xffff } else { crc << 1 & 0xffff };
        }
    }
    i64::from(crc)
}
