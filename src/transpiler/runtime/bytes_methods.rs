//! needs: exc, bytes, pystr, seq, traits
//! Methods that `bytes` and `bytearray` share, on slices.
use super::bytes::Bytes;
use super::exc::{self, R};
use super::pystr::Str;
use super::seq::Slice;

pub fn hex(b: &[u8]) -> Str {
    Str::from(b.iter().map(|x| format!("{x:02x}")).collect::<String>())
}

/// `b.hex(sep, bytes_per_sep)`: groups counted from the right, from the left when negative.
pub fn hex_sep(b: &[u8], sep: &Str, group: i64) -> R<Str> {
    if sep.len() != 1 {
        return Err(exc::new(&exc::ValueError, "sep must be length 1."));
    }
    if !sep.is_ascii() {
        return Err(exc::new(&exc::ValueError, "sep must be ASCII."));
    }
    if group == 0 {
        return Ok(hex(b));
    }
    let n = group.unsigned_abs() as usize;
    let first = if group > 0 { b.len() % n } else { 0 };
    let mut out = String::new();
    for (i, x) in b.iter().enumerate() {
        if i > 0 && i % n == first {
            out.push_str(sep.as_str());
        }
        out.push_str(&format!("{x:02x}"));
    }
    Ok(Str::from(out))
}

/// `bytes.fromhex(text)`.
pub fn fromhex(s: &Str) -> R<Vec<u8>> {
    let c: Vec<char> = s.as_str().chars().collect();
    let bad = |i: usize| {
        exc::new(&exc::ValueError, format!("non-hexadecimal number found in fromhex() arg at position {i}"))
    };
    let mut out = Vec::new();
    let mut i = 0;
    while i < c.len() {
        if c[i].is_ascii_whitespace() || c[i] == '\x0b' {
            i += 1;
            continue;
        }
        let high = c[i].to_digit(16).ok_or_else(|| bad(i))?;
        let low = c.get(i + 1).and_then(|x| x.to_digit(16)).ok_or_else(|| bad(i + 1))?;
        out.push((high << 4 | low) as u8);
        i += 2;
    }
    Ok(out)
}

fn search(b: &[u8], sub: &[u8]) -> Option<usize> {
    if sub.is_empty() {
        return Some(0);
    }
    b.windows(sub.len()).position(|w| w == sub)
}
fn search_last(b: &[u8], sub: &[u8]) -> Option<usize> {
    if sub.is_empty() {
        return Some(b.len());
    }
    b.windows(sub.len()).rposition(|w| w == sub)
}

fn window(b: &[u8], start: Option<i64>, end: Option<i64>) -> Option<(usize, &[u8])> {
    let n = b.len() as i64;
    if start.is_some_and(|s| s > n) {
        return None;
    }
    let cut = Slice::plain(start, end, n);
    (cut.start <= cut.stop).then(|| (cut.start as usize, &b[cut.start as usize..cut.stop as usize]))
}

pub fn find(b: &[u8], sub: &[u8], start: Option<i64>, end: Option<i64>) -> i64 {
    window(b, start, end).and_then(|(at, w)| search(w, sub).map(|i| (at + i) as i64)).unwrap_or(-1)
}
pub fn rfind(b: &[u8], sub: &[u8], start: Option<i64>, end: Option<i64>) -> i64 {
    window(b, start, end).and_then(|(at, w)| search_last(w, sub).map(|i| (at + i) as i64)).unwrap_or(-1)
}
pub fn index(b: &[u8], sub: &[u8], start: Option<i64>, end: Option<i64>) -> R<i64> {
    match find(b, sub, start, end) {
        -1 => Err(exc::new(&exc::ValueError, "subsection not found")),
        i => Ok(i),
    }
}
pub fn contains(b: &[u8], sub: &[u8]) -> bool {
    search(b, sub).is_some()
}
pub fn count(b: &[u8], sub: &[u8], start: Option<i64>, end: Option<i64>) -> i64 {
    let Some((_, mut w)) = window(b, start, end) else { return 0 };
    if sub.is_empty() {
        return w.len() as i64 + 1;
    }
    let mut n = 0;
    while let Some(i) = search(w, sub) {
        n += 1;
        w = &w[i + sub.len()..];
    }
    n
}
pub fn startswith(b: &[u8], prefix: &[u8]) -> bool {
    b.starts_with(prefix)
}
pub fn endswith(b: &[u8], suffix: &[u8]) -> bool {
    b.ends_with(suffix)
}
pub fn replace(b: &[u8], old: &[u8], new: &[u8], count: i64) -> Bytes {
    let mut left = if count < 0 { i64::MAX } else { count };
    let mut out = Vec::new();
    let mut rest = b;
    if old.is_empty() {
        for (i, x) in b.iter().enumerate() {
            if (i as i64) < left {
                out.extend_from_slice(new);
            }
            out.push(*x);
        }
        if (b.len() as i64) < left {
            out.extend_from_slice(new);
        }
        return Bytes::from(out);
    }
    while left > 0 {
        let Some(i) = search(rest, old) else { break };
        out.extend_from_slice(&rest[..i]);
        out.extend_from_slice(new);
        rest = &rest[i + old.len()..];
        left -= 1;
    }
    out.extend_from_slice(rest);
    Bytes::from(out)
}

fn is_space(b: u8) -> bool {
    b.is_ascii_whitespace() || b == 0x0b
}

/// `split(sep, maxsplit)`.
pub fn split(b: &[u8], sep: Option<&[u8]>, maxsplit: i64) -> R<Vec<Bytes>> {
    let mut left = if maxsplit < 0 { i64::MAX } else { maxsplit };
    let mut out = Vec::new();
    let mut rest = b;
    let Some(sep) = sep else {
        loop {
            rest = rest.trim_ascii_start();
            while rest.first().is_some_and(|x| is_space(*x)) {
                rest = &rest[1..];
            }
            if rest.is_empty() {
                return Ok(out);
            }
            if left == 0 {
                out.push(Bytes::from(rest));
                return Ok(out);
            }
            let end = rest.iter().position(|x| is_space(*x)).unwrap_or(rest.len());
            out.push(Bytes::from(&rest[..end]));
            rest = &rest[end..];
            left -= 1;
        }
    };
    if sep.is_empty() {
        return Err(exc::new(&exc::ValueError, "empty separator"));
    }
    while left > 0 {
        let Some(i) = search(rest, sep) else { break };
        out.push(Bytes::from(&rest[..i]));
        rest = &rest[i + sep.len()..];
        left -= 1;
    }
    out.push(Bytes::from(rest));
    Ok(out)
}

pub fn partition(b: &[u8], sep: &[u8]) -> R<(Bytes, Bytes, Bytes)> {
    if sep.is_empty() {
        return Err(exc::new(&exc::ValueError, "empty separator"));
    }
    Ok(match search(b, sep) {
        Some(i) => (Bytes::from(&b[..i]), Bytes::from(sep), Bytes::from(&b[i + sep.len()..])),
        None => (Bytes::from(b), Bytes::default(), Bytes::default()),
    })
}

/// `splitlines()`: only \n, \r and \r\n count.
pub fn splitlines(b: &[u8], keepends: bool) -> Vec<Bytes> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < b.len() {
        let size = match b[i] {
            b'\r' if b.get(i + 1) == Some(&b'\n') => 2,
            b'\r' | b'\n' => 1,
            _ => {
                i += 1;
                continue;
            }
        };
        out.push(Bytes::from(&b[start..if keepends { i + size } else { i }]));
        i += size;
        start = i;
    }
    if start < b.len() {
        out.push(Bytes::from(&b[start..]));
    }
    out
}

fn strip_ends(b: &[u8], set: Option<&[u8]>, left: bool, right: bool) -> Bytes {
    let gone = |x: &u8| set.map_or(is_space(*x), |s| s.contains(x));
    let start = if left { b.iter().position(|x| !gone(x)).unwrap_or(b.len()) } else { 0 };
    let end = if right { b.iter().rposition(|x| !gone(x)).map_or(start, |i| i + 1) } else { b.len() };
    Bytes::from(&b[start..end.max(start)])
}
pub fn strip(b: &[u8], set: Option<&[u8]>) -> Bytes {
    strip_ends(b, set, true, true)
}
pub fn lstrip(b: &[u8], set: Option<&[u8]>) -> Bytes {
    strip_ends(b, set, true, false)
}
pub fn rstrip(b: &[u8], set: Option<&[u8]>) -> Bytes {
    strip_ends(b, set, false, true)
}
pub fn join<B: AsRef<[u8]>>(sep: &[u8], parts: impl IntoIterator<Item = B>) -> Bytes {
    let mut out = Vec::new();
    for (i, p) in parts.into_iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(sep);
        }
        out.extend_from_slice(p.as_ref());
    }
    Bytes::from(out)
}
impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}
pub fn upper(b: &[u8]) -> Bytes {
    Bytes::from(b.to_ascii_uppercase())
}
pub fn lower(b: &[u8]) -> Bytes {
    Bytes::from(b.to_ascii_lowercase())
}

fn pad(b: &[u8], left: i64, right: i64, fill: u8) -> Bytes {
    let n = |k: i64| vec![fill; k.max(0) as usize];
    Bytes::from([n(left), b.to_vec(), n(right)].concat())
}
pub fn ljust(b: &[u8], width: i64, fill: u8) -> Bytes {
    pad(b, 0, width - b.len() as i64, fill)
}
pub fn rjust(b: &[u8], width: i64, fill: u8) -> Bytes {
    pad(b, width - b.len() as i64, 0, fill)
}

/// `b.hex(sep, bytes_per_sep)` with an optional separator.
pub fn hex_opt(b: &[u8], sep: Option<&Str>, group: i64) -> R<Str> {
    match sep {
        Some(s) => hex_sep(b, s, group),
        None => Ok(hex(b)),
    }
}
