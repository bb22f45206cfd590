//! needs:
//! Texts of up to 22 bytes as three words: packed, compared, searched and changed in registers, without calls and loops over bytes.
//! The words are what `pystr::Str` looks like in memory: its tag, the length, and the text.

/// Bytes 0..6 above 16 bits for tag and length, 6..14, 14..22; bytes beyond the text are zero.
pub type Words = [u64; 3];

pub const LENGTH_SHIFT: u32 = 8;
const TEXT_SHIFT: u32 = 16;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

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

/// The high bit of each byte of `x` (all below 128) that lies in `from..=to`.
#[inline(always)]
fn between(x: u64, from: u8, to: u8) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let at_least = x + ONES * (128 - from as u64);
    let above = x + ONES * (127 - to as u64);
    at_least & !above & HIGH_BITS
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
