//! needs: exc, pystr, seq, traits, strcase, marks
//! Methods of `str`: searching, splitting, trimming, padding, replacing. Letter case and classes are in `strcase`.
use super::exc::{self, Exc};
use super::marks;
use super::pystr::{is_space, Str};
use super::seq::Slice;

/// Whether a set of characters, given as text, holds `c`.
#[inline]
fn within(set: &Str, c: char) -> bool {
    if c.is_ascii() { set.as_str().as_bytes().contains(&(c as u8)) } else { set.as_str().contains(c) }
}

/// A set of ASCII characters, a bit for each.
type Ascii = [u64; 2];
const WHITE: Ascii = [1 << b' ' | 0x1f << 9 | 0xf << 28, 0];
/// Bytes of longer characters are none of an ASCII text.
#[inline(always)]
fn ascii_set(chars: &Str) -> Ascii {
    let mut set = [0; 2];
    chars.as_str().bytes().filter(u8::is_ascii).for_each(|b| set[b as usize >> 6] |= 1 << (b & 63));
    set
}
#[inline(always)]
fn trim_ascii(s: &str, set: Ascii, left: bool, right: bool) -> &str {
    let b = s.as_bytes();
    let cut = |x: u8| set[x as usize >> 6 & 1] >> (x & 63) & 1 != 0;
    let (mut start, mut end) = (0, b.len());
    while left && start < end && cut(b[start]) {
        start += 1;
    }
    while right && start < end && cut(b[end - 1]) {
        end -= 1;
    }
    &s[start..end]
}
fn trim(s: &str, cut: impl Fn(char) -> bool, left: bool, right: bool) -> &str {
    let s = if left { s.trim_start_matches(&cut) } else { s };
    if right { s.trim_end_matches(&cut) } else { s }
}

impl Str {
    /// Byte range of `self[start:end]` for searching; None when start lies beyond the end.
    fn window(&self, start: Option<i64>, end: Option<i64>) -> Option<(usize, usize)> {
        if start.is_none() && end.is_none() {
            return Some((0, self.as_str().len()));
        }
        let n = self.len();
        if start.is_some_and(|s| s > n) {
            return None;
        }
        let cut = Slice::plain(start, end, n);
        (cut.start <= cut.stop).then(|| (self.offset(cut.start as usize), self.offset(cut.stop as usize)))
    }

    /// Code point index of a byte offset.
    fn char_index(&self, byte: usize) -> i64 {
        if self.is_ascii() { byte as i64 } else { self.as_str()[..byte].chars().count() as i64 }
    }

    pub fn find(&self, sub: &Str, start: Option<i64>, end: Option<i64>) -> i64 {
        let Some((a, b)) = self.window(start, end) else { return -1 };
        find_in(&self.as_str()[a..b], sub).map_or(-1, |at| self.char_index(a + at))
    }
    pub fn rfind(&self, sub: &Str, start: Option<i64>, end: Option<i64>) -> i64 {
        let Some((a, b)) = self.window(start, end) else { return -1 };
        self.as_str()[a..b].rfind(sub.as_str()).map_or(-1, |at| self.char_index(a + at))
    }
    pub fn index(&self, sub: &Str, start: Option<i64>, end: Option<i64>) -> Result<i64, Exc> {
        found(self.find(sub, start, end))
    }
    pub fn rindex(&self, sub: &Str, start: Option<i64>, end: Option<i64>) -> Result<i64, Exc> {
        found(self.rfind(sub, start, end))
    }
    pub fn count(&self, sub: &Str, start: Option<i64>, end: Option<i64>) -> i64 {
        let Some((a, b)) = self.window(start, end) else { return 0 };
        let text = &self.as_str()[a..b];
        if sub.is_empty() { text.chars().count() as i64 + 1 } else { text.matches(sub.as_str()).count() as i64 }
    }
    pub fn startswith(&self, prefix: &Str, start: Option<i64>, end: Option<i64>) -> bool {
        self.window(start, end).is_some_and(|(a, b)| self.as_str()[a..b].starts_with(prefix.as_str()))
    }
    pub fn endswith(&self, suffix: &Str, start: Option<i64>, end: Option<i64>) -> bool {
        self.window(start, end).is_some_and(|(a, b)| self.as_str()[a..b].ends_with(suffix.as_str()))
    }
    /// `startswith((a, b, ..))`.
    pub fn startswith_any(&self, prefixes: &[Str]) -> bool {
        prefixes.iter().any(|p| self.as_str().starts_with(p.as_str()))
    }
    pub fn endswith_any(&self, suffixes: &[Str]) -> bool {
        suffixes.iter().any(|p| self.as_str().ends_with(p.as_str()))
    }
    pub fn removeprefix(&self, prefix: &Str) -> Str {
        self.as_str().strip_prefix(prefix.as_str()).map_or_else(|| self.clone(), Str::new)
    }
    pub fn removesuffix(&self, suffix: &Str) -> Str {
        self.as_str().strip_suffix(suffix.as_str()).map_or_else(|| self.clone(), Str::new)
    }

    /// `replace(old, new, count)`; a negative count replaces all.
    pub fn replace(&self, old: &Str, new: &Str, count: i64) -> Str {
        let s = self.as_str();
        Str::from(match count {
            i64::MIN..=-1 => s.replace(old.as_str(), new.as_str()),
            n => s.replacen(old.as_str(), new.as_str(), n as usize),
        })
    }

    /// `split(sep, maxsplit)`; None splits at runs of white space.
    pub fn split(&self, sep: Option<&Str>, maxsplit: i64) -> Result<Vec<Str>, Exc> {
        let s = self.as_str();
        let Some(sep) = sep else {
            return Ok(if maxsplit < 0 && self.is_ascii() { split_ascii(s) } else { self.split_space(maxsplit) });
        };
        if let ([b], true) = (sep.as_str().as_bytes(), maxsplit < 0) {
            return Ok(split_at(s, *b));
        }
        if sep.is_empty() {
            return Err(exc::new(&exc::ValueError, "empty separator"));
        }
        Ok(if maxsplit < 0 {
            s.split(sep.as_str()).map(Str::new).collect()
        } else {
            s.splitn((maxsplit as usize).saturating_add(1), sep.as_str()).map(Str::new).collect()
        })
    }
    fn split_space(&self, maxsplit: i64) -> Vec<Str> {
        let mut out = Vec::new();
        let mut rest = self.as_str().trim_start_matches(is_space);
        while !rest.is_empty() {
            if maxsplit >= 0 && out.len() as i64 >= maxsplit {
                out.push(Str::new(rest));
                break;
            }
            let end = rest.find(is_space).unwrap_or(rest.len());
            out.push(Str::new(&rest[..end]));
            rest = rest[end..].trim_start_matches(is_space);
        }
        out
    }
    pub fn rsplit(&self, sep: Option<&Str>, maxsplit: i64) -> Result<Vec<Str>, Exc> {
        let s = self.as_str();
        let mut out: Vec<Str> = match sep {
            Some(sep) if sep.is_empty() => return Err(exc::new(&exc::ValueError, "empty separator")),
            _ if maxsplit < 0 => return self.split(sep, -1),
            Some(sep) => s.rsplitn((maxsplit as usize).saturating_add(1), sep.as_str()).map(Str::new).collect(),
            None => self.rsplit_space(maxsplit),
        };
        out.reverse();
        Ok(out)
    }
    fn rsplit_space(&self, maxsplit: i64) -> Vec<Str> {
        let mut out = Vec::new();
        let mut rest = self.as_str().trim_end_matches(is_space);
        while !rest.is_empty() {
            if out.len() as i64 >= maxsplit {
                out.push(Str::new(rest));
                break;
            }
            let start = rest.char_indices().rev().find(|(_, c)| is_space(*c)).map_or(0, |(i, c)| i + c.len_utf8());
            out.push(Str::new(&rest[start..]));
            rest = rest[..start].trim_end_matches(is_space);
        }
        out
    }
    pub fn splitlines(&self, keepends: bool) -> Vec<Str> {
        let s = self.as_str();
        let b = s.as_bytes();
        let mut out = Vec::new();
        let mut start = 0;
        marks::each_of(b, marks::control, |at| {
            let n = line_break(&b[at..]);
            // the second half of a break was seen with the first
            if n > 0 && at >= start {
                out.push(Str::cut(s, start, if keepends { at + n } else { at }));
                start = at + n;
            }
        });
        if start < s.len() {
            out.push(Str::cut(s, start, s.len()));
        }
        out
    }
    pub fn partition(&self, sep: &Str) -> Result<(Str, Str, Str), Exc> {
        if sep.is_empty() {
            return Err(exc::new(&exc::ValueError, "empty separator"));
        }
        Ok(match self.as_str().split_once(sep.as_str()) {
            Some((a, b)) => (Str::new(a), sep.clone(), Str::new(b)),
            None => (self.clone(), Str::lit(""), Str::lit("")),
        })
    }
    pub fn rpartition(&self, sep: &Str) -> Result<(Str, Str, Str), Exc> {
        if sep.is_empty() {
            return Err(exc::new(&exc::ValueError, "empty separator"));
        }
        Ok(match self.as_str().rsplit_once(sep.as_str()) {
            Some((a, b)) => (Str::new(a), sep.clone(), Str::new(b)),
            None => (Str::lit(""), Str::lit(""), self.clone()),
        })
    }

    /// `self.join(parts)`.
    pub fn join<S: AsRef<str>>(&self, parts: impl IntoIterator<Item = S>) -> Str {
        let mut out = String::new();
        for (i, p) in parts.into_iter().enumerate() {
            if i > 0 {
                out.push_str(self.as_str());
            }
            out.push_str(p.as_ref());
        }
        Str::from(out)
    }

    /// `strip(chars)`; None strips white space.
    pub fn strip(&self, chars: Option<&Str>) -> Str {
        self.stripped(chars, true, true)
    }
    pub fn lstrip(&self, chars: Option<&Str>) -> Str {
        self.stripped(chars, true, false)
    }
    pub fn rstrip(&self, chars: Option<&Str>) -> Str {
        self.stripped(chars, false, true)
    }
    fn stripped(&self, chars: Option<&Str>, left: bool, right: bool) -> Str {
        let s = self.as_str();
        let rest = match (chars, self.is_ascii()) {
            (None, true) => trim_ascii(s, WHITE, left, right),
            (Some(set), true) => trim_ascii(s, ascii_set(set), left, right),
            (None, false) => trim(s, is_space, left, right),
            (Some(set), false) => trim(s, |c| within(set, c), left, right),
        };
        if rest.len() == s.len() { self.clone() } else { Str::new(rest) }
    }

    fn pad(&self, left: i64, right: i64, fill: &Str) -> Result<Str, Exc> {
        let mut it = fill.as_str().chars();
        let (Some(c), None) = (it.next(), it.next()) else {
            return Err(exc::new(&exc::TypeError, "The fill character must be exactly one character long"));
        };
        if left <= 0 && right <= 0 {
            return Ok(self.clone());
        }
        let mut out = String::new();
        out.extend(std::iter::repeat_n(c, left.max(0) as usize));
        out.push_str(self.as_str());
        out.extend(std::iter::repeat_n(c, right.max(0) as usize));
        Ok(Str::from(out))
    }
    /// Pads with `fill`, a space by default.
    pub fn ljust(&self, width: i64, fill: Option<&Str>) -> Result<Str, Exc> {
        self.pad(0, width - self.len(), fill.unwrap_or(&Str::lit(" ")))
    }
    pub fn rjust(&self, width: i64, fill: Option<&Str>) -> Result<Str, Exc> {
        self.pad(width - self.len(), 0, fill.unwrap_or(&Str::lit(" ")))
    }
    pub fn center(&self, width: i64, fill: Option<&Str>) -> Result<Str, Exc> {
        let pad = (width - self.len()).max(0);
        // an odd remainder goes left only when the width is odd too
        let left = pad / 2 + (pad & width & 1);
        self.pad(left, pad - left, fill.unwrap_or(&Str::lit(" ")))
    }
    pub fn zfill(&self, width: i64) -> Str {
        let s = self.as_str();
        let zeros = "0".repeat((width - self.len()).max(0) as usize);
        let sign = s.starts_with(['+', '-']) as usize;
        Str::from(format!("{}{zeros}{}", &s[..sign], &s[sign..]))
    }
    pub fn expandtabs(&self, size: i64) -> Str {
        let mut out = String::new();
        let mut column = 0;
        for c in self.as_str().chars() {
            match c {
                '\t' if size > 0 => {
                    let n = size - column % size;
                    out.extend(std::iter::repeat_n(' ', n as usize));
                    column += n;
                }
                '\t' => {}
                _ => {
                    out.push(c);
                    column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
                }
            }
        }
        Str::from(out)
    }
}

fn find_in(text: &str, sub: &str) -> Option<usize> {
    match sub.as_bytes() {
        [b] => text.as_bytes().iter().position(|x| x == b),
        _ => text.find(sub),
    }
}

/// Words of an ASCII text.
fn split_ascii(s: &str) -> Vec<Str> {
    let mut out = Vec::with_capacity(s.len() / 6);
    let mut start = 0;
    marks::each_of(s.as_bytes(), marks::white, |at| {
        if at > start {
            out.push(Str::cut(s, start, at));
        }
        start = at + 1;
    });
    if start < s.len() {
        out.push(Str::cut(s, start, s.len()));
    }
    out
}
/// Parts between the bytes `b`, an ASCII character.
fn split_at(s: &str, b: u8) -> Vec<Str> {
    let mut out = Vec::new();
    let mut start = 0;
    marks::each_of(s.as_bytes(), |x| marks::equal(x, b), |at| {
        out.push(Str::cut(s, start, at));
        start = at + 1;
    });
    out.push(Str::cut(s, start, s.len()));
    out
}

fn found(at: i64) -> Result<i64, Exc> {
    if at < 0 {
        return Err(exc::new(&exc::ValueError, "substring not found"));
    }
    Ok(at)
}

/// How many bytes the line break at the front has; 0 where there is none.
#[inline(always)]
fn line_break(b: &[u8]) -> usize {
    match b[0] {
        b' '..=b'~' => 0,
        b'\r' if b.get(1) == Some(&b'\n') => 2,
        b'\n'..=b'\r' | 0x1c..=0x1e => 1,
        0xc2 if b[1] == 0x85 => 2,
        0xe2 if b[1] == 0x80 && matches!(b[2], 0xa8 | 0xa9) => 3,
        _ => 0,
    }
}

