//! needs: marks
//! Texts of up to 22 bytes as three words: packed, compared, searched and changed in registers, without calls and loops over bytes.
//! The words are what `pystr::Str` looks like in memory: its tag, the length, and the text.

use super::marks::{between, HIGH_BITS};

/// Bytes 0..6 above 16 bits for tag and length, 6..14, 14..22; bytes beyond the text are zero.
pub type Words = [u64; 3];

pub const LENGTH_SHIFT: u32 = 8;
const TEXT_SHIFT: u32 = 16;

#[inline(always)]
fn word(b: &[u8], at: usize) -> u64 {
    u64::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3], b[at + 4], b[at + 5], b[at + 6], b[at + 7]])
}
#[inline(always)]
fn half(b: &[u8], at: usize) -> u64 {
    u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]) as u64
}
/// The last `n` (1 to 8) bytes of `b`, which has 8 or more.
#[inline(always)]
fn last(b: &[u8], n: usize) -> u64 {
    word(b, b.len() - 8) >> (64 - 8 * n as u32)
}

/// The words of a text of up to 22 bytes, with its length and a tag of zero.
#[inline(always)]
pub fn pack(b: &[u8]) -> Words {
    let n = b.len();
    let length = (n as u64) << LENGTH_SHIFT;
    // Ends are read as words that overlap: what two of them hold is the same.
    if n < 8 {
        let text = match n {
            0 => 0,
            1..=3 => b[0] as u64 | (b[n / 2] as u64) << (8 * (n / 2)) | (b[n - 1] as u64) << (8 * (n - 1)),
            _ => half(b, 0) | half(b, n - 4) << (8 * (n - 4)),
        };
        return [length | text << TEXT_SHIFT, text >> 48, 0];
    }
    let head = length | word(b, 0) << TEXT_SHIFT;
    if n <= 14 {
        return [head, last(b, n - 6), 0];
    }
    [head, word(b, 6), last(b, n - 14)]
}

/// `pack` of `b[start..start + n]`, `n` up to 22. What follows the text in `b` is read and cut off: no branch depends on the length.
#[inline(always)]
pub fn pack_part(b: &[u8], start: usize, n: usize) -> Words {
    if b.len() < start + 22 {
        return pack(&b[start..start + n]);
    }
    let b = &b[start..start + 22];
    let first = |k: usize| if k >= 8 { !0 } else { (1u64 << (8 * k)) - 1 };
    let length = (n as u64) << LENGTH_SHIFT;
    [
        length | (word(b, 0) & first(n)) << TEXT_SHIFT,
        word(b, 6) & first(n.saturating_sub(6)),
        word(b, 14) & first(n.saturating_sub(14)),
    ]
}

/// The decimal digits of `n`, which is below 10^8: halves are divided in one word until each byte holds a digit, the first in the lowest.
/// Source: P. Khuong, "How to print integers really fast" (2017), the idea.
#[inline]
pub fn digits(n: u32) -> Words {
    let (high, low) = (n as u64 / 10_000, n as u64 % 10_000);
    let fours = high | low << 32;
    // x * 10486 >> 20 is x / 100 below 10^4, x * 103 >> 10 is x / 10 below 100
    let hundreds = fours * 10_486 >> 20 & 0x0000_007f_0000_007f;
    let twos = hundreds | (fours - 100 * hundreds) << 16;
    let tens = twos * 103 >> 10 & 0x000f_000f_000f_000f;
    let ones = tens | (twos - 10 * tens) << 8;
    let zeros = (ones.trailing_zeros() / 8).min(7);
    let text = (ones | 0x3030_3030_3030_3030) >> (8 * zeros);
    [(8 - zeros as u64) << LENGTH_SHIFT | text << TEXT_SHIFT, text >> 48, 0]
}

/// The words of one byte.
#[inline(always)]
pub const fn one(b: u8) -> Words {
    [1 << LENGTH_SHIFT | (b as u64) << TEXT_SHIFT, 0, 0]
}

/// By words: a comparison of the whole would load two of them at once, which waits for both to be stored.
#[inline(always)]
pub fn same(a: &Words, b: &Words) -> bool {
    (a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) == 0
}

#[inline(always)]
pub fn is_ascii(w: &Words) -> bool {
    (w[0] & (HIGH_BITS << TEXT_SHIFT) | (w[1] | w[2]) & HIGH_BITS) == 0
}

/// ASCII letters of `from..=to` get the other case.
#[inline(always)]
fn flipped(w: &Words, from: u8, to: u8) -> Words {
    let flip = |x: u64| x ^ between(x, from, to) >> 2;
    const FRONT: u64 = (1 << TEXT_SHIFT) - 1;
    [flip(w[0] & !FRONT) | w[0] & FRONT, flip(w[1]), flip(w[2])]
}
/// Lower case of an ASCII text.
#[inline(always)]
pub fn lower(w: &Words) -> Words {
    flipped(w, b'A', b'Z')
}
#[inline(always)]
pub fn upper(w: &Words) -> Words {
    flipped(w, b'a', b'z')
}

/// The order of two texts, by bytes.
#[inline(always)]
pub fn order(a: &Words, b: &Words) -> std::cmp::Ordering {
    let text = |w: &Words| (w[0] >> TEXT_SHIFT).swap_bytes();
    let length = |w: &Words| w[0] >> LENGTH_SHIFT & 0xff;
    let later = |w: &Words| (w[1].swap_bytes(), w[2].swap_bytes(), length(w));
    text(a).cmp(&text(b)).then_with(|| later(a).cmp(&later(b)))
}
