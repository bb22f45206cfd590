//! needs:
//! Where certain bytes stand in a text, found eight at a time: each gives the high bit of its byte in a word.

pub const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

/// The bytes of `x` (all below 128) that lie in `from..=to`.
#[inline(always)]
pub fn between(x: u64, from: u8, to: u8) -> u64 {
    let at_least = x + ONES * (128 - from as u64);
    let above = x + ONES * (127 - to as u64);
    at_least & !above & HIGH_BITS
}
/// White space among ASCII characters, as Python counts it.
#[inline(always)]
pub fn white(x: u64) -> u64 {
    between(x, 9, 13) | between(x, 28, 32)
}
/// The bytes that are `b`.
#[inline(always)]
pub fn equal(x: u64, b: u8) -> u64 {
    let y = x ^ ONES * b as u64;
    !((y & !HIGH_BITS) + !HIGH_BITS | y) & HIGH_BITS
}
/// Control characters, and all bytes of characters beyond ASCII.
#[inline(always)]
pub fn control(x: u64) -> u64 {
    (x | !((x & !HIGH_BITS) + ONES * (128 - 32))) & HIGH_BITS
}

/// Calls `each` with the position of every byte that `marks` finds, in order.
#[inline(always)]
pub fn each_of(text: &[u8], marks: impl Fn(u64) -> u64, mut each: impl FnMut(usize)) {
    let mut report = |at: usize, found: u64| {
        let mut found = found;
        while found != 0 {
            each(at + found.trailing_zeros() as usize / 8);
            found &= found - 1;
        }
    };
    let whole = text.len() & !7;
    for at in (0..whole).step_by(8) {
        let b = &text[at..at + 8];
        report(at, marks(u64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]])));
    }
    let rest = &text[whole..];
    if !rest.is_empty() {
        let word = rest.iter().rev().fold(0, |x, b| x << 8 | *b as u64);
        report(whole, marks(word) & (1 << (8 * rest.len())) - 1);
    }
}
