//! needs: exc, bytes, bytes_methods
//! Methods of `bytes` and `bytearray` that treat the bytes as ASCII text, and splitting from the right.
use super::bytes::Bytes;
use super::bytes_methods as m;
use super::exc::{self, R};

pub fn capitalize(b: &[u8]) -> Bytes {
    let mut out = b.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    Bytes::from(out)
}
pub fn title(b: &[u8]) -> Bytes {
    let mut inside = false;
    let one = |x: &u8| {
        let y = if inside { x.to_ascii_lowercase() } else { x.to_ascii_uppercase() };
        inside = x.is_ascii_alphabetic();
        y
    };
    Bytes::from(b.iter().map(one).collect::<Vec<u8>>())
}
pub fn swapcase(b: &[u8]) -> Bytes {
    let one = |x: &u8| if x.is_ascii_uppercase() { x.to_ascii_lowercase() } else { x.to_ascii_uppercase() };
    Bytes::from(b.iter().map(one).collect::<Vec<u8>>())
}
/// `center(width, fill)`: the odd byte goes to the left when the width is odd.
pub fn center(b: &[u8], width: i64, fill: u8) -> Bytes {
    let gap = width - b.len() as i64;
    if gap <= 0 {
        return Bytes::from(b);
    }
    let left = gap / 2 + (gap & width & 1);
    let n = |k: i64| vec![fill; k as usize];
    Bytes::from([n(left), b.to_vec(), n(gap - left)].concat())
}
pub fn zfill(b: &[u8], width: i64) -> Bytes {
    let gap = width - b.len() as i64;
    if gap <= 0 {
        return Bytes::from(b);
    }
    let sign = usize::from(matches!(b.first(), Some(b'+' | b'-')));
    Bytes::from([&b[..sign], &vec![b'0'; gap as usize], &b[sign..]].concat())
}
pub fn expandtabs(b: &[u8], size: i64) -> Bytes {
    let mut out = Vec::new();
    let mut column = 0;
    for &x in b {
        match x {
            b'\t' if size > 0 => {
                let gap = size - column % size;
                out.extend(std::iter::repeat_n(b' ', gap as usize));
                column += gap;
            }
            b'\t' => {}
            _ => {
                out.push(x);
                column = if x == b'\n' || x == b'\r' { 0 } else { column + 1 };
            }
        }
    }
    Bytes::from(out)
}
pub fn removeprefix(b: &[u8], prefix: &[u8]) -> Bytes {
    Bytes::from(b.strip_prefix(prefix).unwrap_or(b))
}
pub fn removesuffix(b: &[u8], suffix: &[u8]) -> Bytes {
    Bytes::from(b.strip_suffix(suffix).unwrap_or(b))
}
/// `translate(table, delete)`; without a table the bytes stay.
pub fn translate(b: &[u8], table: Option<&[u8]>, delete: &[u8]) -> R<Bytes> {
    if table.is_some_and(|t| t.len() != 256) {
        return Err(exc::new(&exc::ValueError, "translation table must be 256 characters long"));
    }
    let kept = b.iter().filter(|x| !delete.contains(x));
    Ok(Bytes::from(kept.map(|x| table.map_or(*x, |t| t[*x as usize])).collect::<Vec<u8>>()))
}
/// `bytes.maketrans(from, to)`.
pub fn maketrans(from: &[u8], to: &[u8]) -> R<Bytes> {
    if from.len() != to.len() {
        return Err(exc::new(&exc::ValueError, "maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (a, b) in from.iter().zip(to) {
        table[*a as usize] = *b;
    }
    Ok(Bytes::from(table))
}

pub fn isalpha(b: &[u8]) -> bool {
    !b.is_empty() && b.iter().all(u8::is_ascii_alphabetic)
}
pub fn isdigit(b: &[u8]) -> bool {
    !b.is_empty() && b.iter().all(u8::is_ascii_digit)
}
pub fn isalnum(b: &[u8]) -> bool {
    !b.is_empty() && b.iter().all(u8::is_ascii_alphanumeric)
}
pub fn isspace(b: &[u8]) -> bool {
    !b.is_empty() && b.iter().all(|x| x.is_ascii_whitespace() || *x == 0x0b)
}
pub fn isascii(b: &[u8]) -> bool {
    b.is_ascii()
}
pub fn isupper(b: &[u8]) -> bool {
    b.iter().any(u8::is_ascii_uppercase) && !b.iter().any(u8::is_ascii_lowercase)
}
pub fn islower(b: &[u8]) -> bool {
    b.iter().any(u8::is_ascii_lowercase) && !b.iter().any(u8::is_ascii_uppercase)
}
pub fn istitle(b: &[u8]) -> bool {
    b.iter().any(u8::is_ascii_alphabetic) && *title(b) == *b
}

pub fn rindex(b: &[u8], sub: &[u8], start: Option<i64>, end: Option<i64>) -> R<i64> {
    match m::rfind(b, sub, start, end) {
        -1 => Err(exc::new(&exc::ValueError, "subsection not found")),
        i => Ok(i),
    }
}
pub fn rpartition(b: &[u8], sep: &[u8]) -> R<(Bytes, Bytes, Bytes)> {
    if sep.is_empty() {
        return Err(exc::new(&exc::ValueError, "empty separator"));
    }
    Ok(match m::rfind(b, sep, None, None) {
        -1 => (Bytes::default(), Bytes::default(), Bytes::from(b)),
        i => (Bytes::from(&b[..i as usize]), Bytes::from(sep), Bytes::from(&b[i as usize + sep.len()..])),
    })
}
/// `rsplit(sep, maxsplit)`: the pieces of the reversed bytes, turned back.
pub fn rsplit(b: &[u8], sep: Option<&[u8]>, maxsplit: i64) -> R<Vec<Bytes>> {
    let back = |x: &[u8]| x.iter().rev().copied().collect::<Vec<u8>>();
    let sep = sep.map(back);
    let mut parts = m::split(&back(b), sep.as_deref(), maxsplit)?;
    parts.reverse();
    Ok(parts.iter().map(|p| Bytes::from(back(p))).collect())
}
/// Whether the bytes start or end with one of several.
pub fn startswith_any(b: &[u8], all: &[Bytes]) -> bool {
    all.iter().any(|p| b.starts_with(p))
}
pub fn endswith_any(b: &[u8], all: &[Bytes]) -> bool {
    all.iter().any(|p| b.ends_with(p))
}
