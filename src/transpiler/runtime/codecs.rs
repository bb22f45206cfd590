//! needs: exc, pystr, bytes
//! `str.encode` and `bytes.decode`: UTF-8, ASCII, Latin-1, UTF-16, UTF-32 with the usual error handlers.
use super::exc::{self, Exc};
use super::pystr::Str;

#[derive(Clone, Copy, PartialEq)]
enum Codec {
    Utf8,
    Utf8Sig,
    Ascii,
    Latin1,
    /// unit bytes, byte order (None: with a mark, little-endian when written)
    Utf16(Option<bool>),
    Utf32(Option<bool>),
}

fn lookup(name: &str) -> Result<Codec, Exc> {
    let plain = name.to_lowercase().replace(['_', ' '], "-");
    Ok(match plain.as_str() {
        "utf-8" | "utf8" | "u8" | "cp65001" => Codec::Utf8,
        "utf-8-sig" => Codec::Utf8Sig,
        "ascii" | "us-ascii" | "646" => Codec::Ascii,
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "8859" | "l1" => Codec::Latin1,
        "utf-16" | "utf16" | "u16" => Codec::Utf16(None),
        "utf-16-le" | "utf-16le" => Codec::Utf16(Some(true)),
        "utf-16-be" | "utf-16be" => Codec::Utf16(Some(false)),
        "utf-32" | "utf32" | "u32" => Codec::Utf32(None),
        "utf-32-le" | "utf-32le" => Codec::Utf32(Some(true)),
        "utf-32-be" | "utf-32be" => Codec::Utf32(Some(false)),
        _ => return Err(exc::new(&exc::LookupError, format!("unknown encoding: {name}"))),
    })
}

pub fn encode(s: &Str, encoding: &str, errors: &str) -> Result<Vec<u8>, Exc> {
    let text = s.as_str();
    Ok(match lookup(encoding)? {
        Codec::Utf8 => text.as_bytes().to_vec(),
        Codec::Utf8Sig => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        Codec::Ascii => narrow(text, 0x80, "ascii", errors)?,
        Codec::Latin1 => narrow(text, 0x100, "latin-1", errors)?,
        Codec::Utf16(order) => {
            let mark = order.is_none().then_some(0xfeff);
            let units = mark.into_iter().chain(text.encode_utf16());
            units.flat_map(|u| if order == Some(false) { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        }
        Codec::Utf32(order) => {
            let mark = order.is_none().then_some('\u{feff}');
            let units = mark.into_iter().chain(text.chars()).map(|c| c as u32);
            units.flat_map(|u| if order == Some(false) { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        }
    })
}

fn narrow(text: &str, limit: u32, codec: &str, errors: &str) -> Result<Vec<u8>, Exc> {
    let mut out = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        i += 1;
        if (c as u32) < limit {
            out.push(c as u8);
            continue;
        }
        match errors {
            "strict" => {
                let end = chars[i..].iter().position(|&c| (c as u32) < limit).map_or(chars.len(), |n| i + n);
                return Err(cannot_encode(codec, &chars, i - 1, end, limit));
            }
            "ignore" => {}
            "replace" => out.push(b'?'),
            "xmlcharrefreplace" => out.extend(format!("&#{};", c as u32).bytes()),
            "backslashreplace" => {
                let v = c as u32;
                out.extend(match v {
                    0..=0xff => format!("\\x{v:02x}"),
                    0x100..=0xffff => format!("\\u{v:04x}"),
                    _ => format!("\\U{v:08x}"),
                }.bytes());
            }
            other => return Err(unknown_handler(other)),
        }
    }
    Ok(out)
}

fn unknown_handler(name: &str) -> Exc {
    exc::new(&exc::LookupError, format!("unknown error handler name '{name}'"))
}

fn cannot_encode(codec: &str, chars: &[char], start: usize, end: usize, limit: u32) -> Exc {
    let what = if end - start == 1 {
        let v = chars[start] as u32;
        let shown = match v {
            0..=0xff => format!("\\x{v:02x}"),
            0x100..=0xffff => format!("\\u{v:04x}"),
            _ => format!("\\U{v:08x}"),
        };
        format!("character '{shown}' in position {start}")
    } else {
        format!("characters in position {start}-{}", end - 1)
    };
    let text = format!("'{codec}' codec can't encode {what}: ordinal not in range({limit})");
    exc::new(&exc::UnicodeEncodeError, text)
}

pub fn decode(b: &[u8], encoding: &str, errors: &str) -> Result<Str, Exc> {
    match lookup(encoding)? {
        Codec::Utf8 => decode_utf8(b, errors),
        Codec::Utf8Sig => decode_utf8(b.strip_prefix(b"\xef\xbb\xbf").unwrap_or(b), errors),
        Codec::Latin1 => Ok(Str::from(b.iter().map(|&x| x as char).collect::<String>())),
        Codec::Ascii => decode_ascii(b, errors),
        Codec::Utf16(order) => decode_units(b, 2, order, errors),
        Codec::Utf32(order) => decode_units(b, 4, order, errors),
    }
}

/// What a handler puts in the place of undecodable bytes.
fn replacement(bad: &[u8], errors: &str, out: &mut String) -> Result<(), Exc> {
    match errors {
        "ignore" => {}
        "replace" => out.push('\u{fffd}'),
        "backslashreplace" => bad.iter().for_each(|x| out.push_str(&format!("\\x{x:02x}"))),
        other => return Err(unknown_handler(other)),
    }
    Ok(())
}

fn decode_error(codec: &str, bad: &[u8], at: usize, why: &str) -> Exc {
    let what = if bad.len() == 1 {
        format!("byte 0x{:02x} in position {at}", bad[0])
    } else {
        format!("bytes in position {at}-{}", at + bad.len() - 1)
    };
    exc::new(&exc::UnicodeDecodeError, format!("'{codec}' codec can't decode {what}: {why}"))
}

fn decode_utf8(b: &[u8], errors: &str) -> Result<Str, Exc> {
    let mut out = String::new();
    let mut at = 0;
    for part in b.utf8_chunks() {
        out.push_str(part.valid());
        at += part.valid().len();
        let bad = part.invalid();
        if bad.is_empty() {
            continue;
        }
        if errors == "strict" {
            let ends = at + bad.len() == b.len() && std::str::from_utf8(&b[at..]).is_err_and(|e| e.error_len().is_none());
            let why = match bad[0] {
                _ if ends => "unexpected end of data",
                0x80..=0xc1 | 0xf5..=0xff => "invalid start byte",
                _ => "invalid continuation byte",
            };
            return Err(decode_error("utf-8", bad, at, why));
        }
        replacement(bad, errors, &mut out)?;
        at += bad.len();
    }
    Ok(Str::from(out))
}

fn decode_ascii(b: &[u8], errors: &str) -> Result<Str, Exc> {
    let mut out = String::new();
    for (at, &x) in b.iter().enumerate() {
        if x < 0x80 {
            out.push(x as char);
        } else if errors == "strict" {
            return Err(decode_error("ascii", &[x], at, "ordinal not in range(128)"));
        } else {
            replacement(&[x], errors, &mut out)?;
        }
    }
    Ok(Str::from(out))
}

fn decode_units(b: &[u8], size: usize, order: Option<bool>, errors: &str) -> Result<Str, Exc> {
    let name = if size == 2 { "utf-16" } else { "utf-32" };
    let unit = |c: &[u8], little: bool| {
        let fold = |v: u32, x: &u8| v << 8 | *x as u32;
        if little { c.iter().rev().fold(0, fold) } else { c.iter().fold(0, fold) }
    };
    let (mut little, mut body) = (order.unwrap_or(true), b);
    if order.is_none() && b.len() >= size {
        let mark = unit(&b[..size], true);
        let swapped = if size == 2 { 0xfffe } else { 0xfffe0000 };
        little = mark != swapped;
        body = if mark == 0xfeff || mark == swapped { &b[size..] } else { b };
    }
    let units: Vec<u32> = body.chunks_exact(size).map(|c| unit(c, little)).collect();
    let whole = body.len() % size == 0;
    let text: Option<String> = if size == 2 {
        char::decode_utf16(units.iter().map(|&u| u as u16)).map(|c| c.ok()).collect()
    } else {
        units.iter().map(|&u| char::from_u32(u)).collect()
    };
    match text {
        Some(t) if whole => Ok(Str::from(t)),
        Some(mut t) if errors != "strict" => {
            replacement(&body[body.len() / size * size..], errors, &mut t)?;
            Ok(Str::from(t))
        }
        _ if errors != "strict" => Err(exc::new(&exc::UnicodeDecodeError, "unsupported: damaged UTF-16/32 with an error handler")),
        _ => {
            let at = b.len() - body.len() + body.len() / size * size;
            Err(decode_error(name, &b[at.min(b.len().saturating_sub(1))..], at, "truncated data"))
        }
    }
}

impl Str {
    pub fn encode(&self, encoding: &str, errors: &str) -> Result<super::bytes::Bytes, Exc> {
        Ok(super::bytes::Bytes::from(encode(self, encoding, errors)?))
    }
}
