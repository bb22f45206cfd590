//! needs: exc, traits, seq, short
//! `Str`: Python's immutable string. Up to 22 bytes live inline, literals are borrowed, the rest is shared by `Rc`.
//! Indexing is O(1) for ASCII text; other long texts build an offset table at the first index.
use super::exc::{self, Exc};
use super::short::{self, Words};
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

const INLINE: usize = 22;

#[derive(Clone)]
pub struct Str(Repr);

/// Of a defined layout: an inline text is the words of `short`, whose tag is that of the first variant.
#[derive(Clone)]
#[repr(u8)]
enum Repr {
    Inline(u8, [u8; INLINE]),
    Lit(&'static str),
    Heap(Rc<Heap>),
}

struct Heap {
    text: String,
    chars: usize,
    offsets: OnceCell<Vec<u32>>,
}

/// Decimal digits of `i` from the start of `buf` (20 bytes suffice); how many were written.
pub fn write_digits(i: i64, buf: &mut [u8; INLINE]) -> usize {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut v = i.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (v % 10) as u8;
        v /= 10;
        if v == 0 {
            break;
        }
    }
    let sign = (i < 0) as usize;
    buf[0] = b'-';
    let n = digits.len() - at;
    buf[sign..sign + n].copy_from_slice(&digits[at..]);
    sign + n
}

fn count_chars(s: &str) -> usize {
    if s.is_ascii() {
        s.len()
    } else {
        s.chars().count()
    }
}

impl Str {
    pub const fn lit(s: &'static str) -> Str {
        Str(Repr::Lit(s))
    }

    #[inline]
    pub fn new(s: &str) -> Str {
        if s.len() <= INLINE {
            Str::of_words(short::pack(s.as_bytes()))
        } else {
            Str::heap(s.to_string())
        }
    }

    /// `Str::new(&s[start..end])`, for many parts of one text.
    #[inline]
    pub fn cut(s: &str, start: usize, end: usize) -> Str {
        assert!(s.is_char_boundary(start) && s.is_char_boundary(end));
        if end - start <= INLINE {
            Str::of_words(short::pack_part(s.as_bytes(), start, end - start))
        } else {
            Str::heap(s[start..end].to_string())
        }
    }

    /// A short text; the words hold whole characters.
    #[inline(always)]
    fn of_words(w: Words) -> Str {
        // SAFETY: with repr(u8), tag 0 (Inline), length and bytes fill the three words in this order.
        unsafe { std::mem::transmute::<Words, Str>(w.map(u64::to_le)) }
    }
    #[inline(always)]
    fn words(&self) -> Option<Words> {
        match self.0 {
            // SAFETY: it is Inline.
            Repr::Inline(..) => Some(unsafe { self.words_unchecked() }),
            Repr::Lit(s) if s.len() <= INLINE => Some(short::pack(s.as_bytes())),
            _ => None,
        }
    }

    /// # Safety
    /// Of an inline text only (see `of_words`), which has no byte that is not set.
    #[inline(always)]
    unsafe fn words_unchecked(&self) -> Words {
        (*(self as *const Str as *const Words)).map(u64::from_le)
    }

    fn heap(text: String) -> Str {
        let chars = count_chars(&text);
        Str(Repr::Heap(Rc::new(Heap { text, chars, offsets: OnceCell::new() })))
    }

    /// One ASCII character.
    #[inline]
    fn from_ascii(b: u8) -> Str {
        Str::of_words(short::one(b))
    }

    pub fn from_char(c: char) -> Str {
        let mut buf = [0u8; INLINE];
        let n = c.encode_utf8(&mut buf).len();
        Str(Repr::Inline(n as u8, buf))
    }

    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // SAFETY: an inline buffer is filled only from whole `&str` values or `encode_utf8`.
            Repr::Inline(n, buf) => unsafe { std::str::from_utf8_unchecked(buf.get_unchecked(..*n as usize)) },
            Repr::Lit(s) => s,
            Repr::Heap(h) => &h.text,
        }
    }

    /// Number of code points.
    #[inline]
    pub fn len(&self) -> i64 {
        match &self.0 {
            Repr::Heap(h) => h.chars as i64,
            Repr::Inline(n, _) if self.is_ascii() => *n as i64,
            _ => count_chars(self.as_str()) as i64,
        }
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    #[inline]
    pub fn is_ascii(&self) -> bool {
        match &self.0 {
            Repr::Heap(h) => h.chars == h.text.len(),
            _ => self.words().map_or_else(|| self.as_str().is_ascii(), |w| short::is_ascii(&w)),
        }
    }

    /// Byte offset of code point `i`, `i <= len`.
    pub fn offset(&self, i: usize) -> usize {
        let s = self.as_str();
        if self.is_ascii() {
            return i;
        }
        if let Repr::Heap(h) = &self.0 {
            if h.chars > 32 {
                let table = h.offsets.get_or_init(|| s.char_indices().map(|(at, _)| at as u32).collect());
                return table.get(i).map_or(s.len(), |&at| at as usize);
            }
        }
        s.char_indices().nth(i).map_or(s.len(), |(at, _)| at)
    }

    /// Code points `start..stop`, both within 0..=len and start <= stop.
    pub fn part(&self, start: usize, stop: usize) -> Str {
        let (a, b) = (self.offset(start), self.offset(stop));
        Str::cut(self.as_str(), a, b)
    }

    #[inline]
    pub fn get(&self, index: i64) -> Result<Str, Exc> {
        let s = self.as_str();
        if self.is_ascii() {
            let n = s.len() as i64;
            let i = if index < 0 { index + n } else { index };
            if i < 0 || i >= n {
                return Err(exc::new(&exc::IndexError, "string index out of range"));
            }
            return Ok(Str::from_ascii(s.as_bytes()[i as usize]));
        }
        let n = self.len();
        let i = if index < 0 { index + n } else { index };
        if i < 0 || i >= n {
            return Err(exc::new(&exc::IndexError, "string index out of range"));
        }
        let at = self.offset(i as usize);
        Ok(Str::from_char(s[at..].chars().next().unwrap_or('\0')))
    }

    /// The character that `get` gives a text of.
    #[inline]
    pub fn char_at(&self, index: i64) -> Result<char, Exc> {
        if self.is_ascii() {
            let b = self.as_str().as_bytes();
            let i = if index < 0 { index + b.len() as i64 } else { index };
            if let Some(b) = usize::try_from(i).ok().and_then(|i| b.get(i)) {
                return Ok(*b as char);
            }
        }
        self.get(index).map(|c| c.as_str().chars().next().unwrap_or('\0'))
    }

    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<Str, Exc> {
        let cut = super::seq::Slice::new(start, stop, step, self.len())?;
        if cut.step == 1 {
            return Ok(self.part(cut.start as usize, cut.start.max(cut.stop) as usize));
        }
        if self.is_ascii() {
            let b = self.as_str().as_bytes();
            return Ok(Str::from(cut.indices().map(|i| b[i] as char).collect::<String>()));
        }
        let all: Vec<char> = self.as_str().chars().collect();
        Ok(Str::from(cut.indices().map(|i| all[i]).collect::<String>()))
    }

    /// `s[start:stop]`.
    pub fn substr(&self, start: Option<i64>, stop: Option<i64>) -> Str {
        let cut = super::seq::Slice::plain(start, stop, self.len());
        self.part(cut.start as usize, cut.start.max(cut.stop) as usize)
    }

    /// The order of this text and a text of one character.
    #[inline]
    pub fn order_to(&self, c: char) -> Ordering {
        let mut all = self.as_str().chars();
        match all.next() {
            Some(first) => first.cmp(&c).then_with(|| if all.as_str().is_empty() { Ordering::Equal } else { Ordering::Greater }),
            None => Ordering::Less,
        }
    }

    /// The code points, each as a string; owns the text, so that the variable may be reassigned meanwhile.
    pub fn chars(&self) -> Chars {
        Chars { text: self.clone(), at: 0 }
    }

    pub fn contains(&self, part: &Str) -> bool {
        match part.as_str().as_bytes() {
            // one byte needs no search machinery
            [b] => self.as_str().as_bytes().contains(b),
            _ => self.as_str().contains(part.as_str()),
        }
    }

    /// `str(i)`, without a detour over the heap.
    pub fn from_i64(i: i64) -> Str {
        if (0..100_000_000).contains(&i) {
            return Str::of_words(short::digits(i as u32));
        }
        let mut buf = [0u8; INLINE];
        let n = write_digits(i, &mut buf);
        Str(Repr::Inline(n as u8, buf))
    }

    /// The same ASCII text in lower case.
    pub fn ascii_lower(&self) -> Str {
        match self.words() {
            Some(w) => Str::of_words(short::lower(&w)),
            None => Str::from(self.as_str().to_ascii_lowercase()),
        }
    }
    /// The same ASCII text in upper case.
    pub fn ascii_upper(&self) -> Str {
        match self.words() {
            Some(w) => Str::of_words(short::upper(&w)),
            None => Str::from(self.as_str().to_ascii_uppercase()),
        }
    }

    /// `self += tail`; in place when nobody else holds the text.
    pub fn push(&mut self, tail: &Str) {
        self.push_str(tail.as_str());
    }

    pub fn push_str(&mut self, tail: &str) {
        if let Repr::Heap(h) = &mut self.0 {
            if let Some(h) = Rc::get_mut(h) {
                if let [b] = tail.as_bytes() {
                    h.text.push(*b as char);
                    h.chars += 1;
                    h.offsets.take();
                    return;
                }
                h.text.push_str(tail);
                h.chars += count_chars(tail);
                h.offsets = OnceCell::new();
                return;
            }
        }
        *self = Str::concat(self.as_str(), tail);
    }

    pub fn concat(a: &str, b: &str) -> Str {
        let n = a.len() + b.len();
        if n <= INLINE {
            let mut buf = [0u8; INLINE];
            buf[..a.len()].copy_from_slice(a.as_bytes());
            buf[a.len()..n].copy_from_slice(b.as_bytes());
            return Str(Repr::Inline(n as u8, buf));
        }
        let mut text = String::with_capacity(n + n / 4);
        text.push_str(a);
        text.push_str(b);
        Str::heap(text)
    }

    pub fn repeat(&self, times: i64) -> Str {
        Str::from(self.as_str().repeat(times.max(0) as usize))
    }

    /// `ord(s)`.
    #[inline]
    pub fn ord(&self) -> Result<i64, Exc> {
        match &self.0 {
            Repr::Inline(1, buf) => return Ok(buf[0] as i64),
            Repr::Lit(text) if text.len() == 1 => return Ok(text.as_bytes()[0] as i64),
            _ => {}
        }
        self.ord_any()
    }
    fn ord_any(&self) -> Result<i64, Exc> {
        let mut it = self.as_str().chars();
        match (it.next(), it.next()) {
            (Some(c), None) => Ok(c as i64),
            _ => Err(exc::new(
                &exc::TypeError,
                format!("ord() expected a character, but string of length {} found", self.len()),
            )),
        }
    }

    /// True when both are one object as far as a program can see (`is`).
    pub fn same(&self, other: &Str) -> bool {
        match (&self.0, &other.0) {
            (Repr::Heap(a), Repr::Heap(b)) => Rc::ptr_eq(a, b),
            _ => self == other,
        }
    }
}

/// `chr(i)`. Lone surrogates cannot be held and raise.
#[inline]
pub fn chr(i: i64) -> Result<Str, Exc> {
    if !(0..0x110000).contains(&i) {
        return Err(exc::new(&exc::ValueError, "chr() arg not in range(0x110000)"));
    }
    if i < 128 {
        return Ok(Str::from_ascii(i as u8));
    }
    match char::from_u32(i as u32) {
        Some(c) => Ok(Str::from_char(c)),
        None => Err(exc::new(&exc::ValueError, "lone surrogates are not supported")),
    }
}

pub struct Chars {
    text: Str,
    at: usize,
}

impl Iterator for Chars {
    type Item = Str;
    #[inline]
    fn next(&mut self) -> Option<Str> {
        let s = self.text.as_str();
        let b = *s.as_bytes().get(self.at)?;
        if b < 0x80 {
            self.at += 1;
            return Some(Str::from_ascii(b));
        }
        let c = s[self.at..].chars().next()?;
        self.at += c.len_utf8();
        Some(Str::from_char(c))
    }
}

impl<'a> IntoIterator for &'a Str {
    type Item = Str;
    type IntoIter = Chars;
    fn into_iter(self) -> Chars {
        self.chars()
    }
}

impl From<String> for Str {
    fn from(s: String) -> Str {
        if s.len() <= INLINE {
            Str::new(&s)
        } else {
            Str::heap(s)
        }
    }
}
impl From<&str> for Str {
    fn from(s: &str) -> Str {
        Str::new(s)
    }
}
impl From<char> for Str {
    fn from(c: char) -> Str {
        Str::from_char(c)
    }
}
impl From<&Str> for Str {
    fn from(s: &Str) -> Str {
        s.clone()
    }
}
impl Default for Str {
    fn default() -> Str {
        Str::lit("")
    }
}
impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Str) -> bool {
        match (&self.0, &other.0) {
            // SAFETY: both are Inline; their unused bytes are zero.
            (Repr::Inline(..), Repr::Inline(..)) => unsafe { short::same(&self.words_unchecked(), &other.words_unchecked()) },
            _ => match (self.words(), other.words()) {
                (Some(a), Some(b)) => short::same(&a, &b),
                _ => self.as_str() == other.as_str(),
            },
        }
    }
}
impl Eq for Str {}
impl PartialEq<str> for Str {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}
impl PartialEq<&str> for Str {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}
impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Str) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Str {
    #[inline]
    fn cmp(&self, other: &Str) -> Ordering {
        match (self.words(), other.words()) {
            (Some(a), Some(b)) => short::order(&a, &b),
            _ => self.as_str().cmp(other.as_str()),
        }
    }
}
impl std::hash::Hash for Str {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state)
    }
}
impl std::ops::Deref for Str {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}
impl AsRef<str> for Str {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}
impl std::fmt::Display for Str {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
impl std::fmt::Debug for Str {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}
impl std::ops::Add<&Str> for Str {
    type Output = Str;
    fn add(mut self, tail: &Str) -> Str {
        self.push(tail);
        self
    }
}
impl std::ops::Add<Str> for Str {
    type Output = Str;
    fn add(mut self, tail: Str) -> Str {
        self.push(&tail);
        self
    }
}
impl std::ops::Add<&Str> for &Str {
    type Output = Str;
    fn add(self, tail: &Str) -> Str {
        Str::concat(self.as_str(), tail.as_str())
    }
}

/// Python's choice of quotes and escapes. `printable` is CPython's `str.isprintable` as far as std can tell.
pub fn repr_into(s: &str, out: &mut String) {
    let quote = if s.contains('\'') && !s.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for c in s.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            _ if c == quote => {
                out.push('\\');
                out.push(c);
            }
            ' '..='~' => out.push(c),
            _ if is_printable(c) => out.push(c),
            _ => escape_into(c, out),
        }
    }
    out.push(quote);
}

fn escape_into(c: char, out: &mut String) {
    let v = c as u32;
    if v < 0x100 {
        out.push_str(&format!("\\x{v:02x}"));
    } else if v < 0x10000 {
        out.push_str(&format!("\\u{v:04x}"));
    } else {
        out.push_str(&format!("\\U{v:08x}"));
    }
}

/// std's `escape_debug` leaves exactly the printable characters (and combining ones, which it escapes) alone.
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    if c.is_alphanumeric() {
        return true;
    }
    if c.is_whitespace() || c.is_control() || c == '\u{ad}' {
        return false;
    }
    let v = c as u32;
    if (0x300..0x370).contains(&v) || (0xfe00..0xfe10).contains(&v) || (0xe0100..0xe01f0).contains(&v) {
        return true; // combining marks, variation selectors: escaped by std, printable for Python
    }
    let mut shown = c.escape_debug();
    shown.next() != Some('\\') || shown.next() != Some('u')
}

/// What `str.isspace` and stripping call white space.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// Decimal digits of other scripts become ASCII (numbers may be written in any of them); the rest stays.
pub fn ascii_digit(c: char) -> char {
    match decimal_value(c) {
        Some(v) => (b'0' + v) as char,
        None => c,
    }
}

/// Value of a character of category Nd. Each script's ten digits are consecutive, from these zeros on.
pub fn decimal_value(c: char) -> Option<u8> {
    const ZEROS: [u32; 64] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
        0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620,
        0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0,
        0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60,
        0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0,
    ];
    let v = c as u32;
    if v < 0x660 {
        return (0x30..0x3a).contains(&v).then(|| (v - 0x30) as u8);
    }
    let i = ZEROS.partition_point(|&z| z <= v);
    let zero = if i > 0 { ZEROS[i - 1] } else { return None };
    (v - zero < 10).then(|| (v - zero) as u8)
}
