//! needs: exc, int, bigint
//! Bit operations of `Int` in two's complement of unbounded width, shifts, conversions to bytes.
use super::bigint as mag;
use super::exc::{self, Exc};
use super::int::Int;

#[inline]
pub fn and(a: &Int, b: &Int) -> Int {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        return Int::Small(x & y);
    }
    wide(a, b, |x, y| x & y)
}
#[inline]
pub fn or(a: &Int, b: &Int) -> Int {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        return Int::Small(x | y);
    }
    wide(a, b, |x, y| x | y)
}
#[inline]
pub fn xor(a: &Int, b: &Int) -> Int {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        return Int::Small(x ^ y);
    }
    wide(a, b, |x, y| x ^ y)
}

/// Limbs in two's complement, `n` of them.
fn complement(a: &Int, n: usize) -> Vec<u64> {
    let mut m = a.magnitude();
    m.resize(n, 0);
    if a.is_negative() {
        negate(&mut m);
    }
    m
}

fn negate(m: &mut [u64]) {
    let mut carry = true;
    for x in m.iter_mut() {
        let (v, c) = (!*x).overflowing_add(carry as u64);
        *x = v;
        carry = c;
    }
}

#[cold]
fn wide(a: &Int, b: &Int, f: impl Fn(u64, u64) -> u64) -> Int {
    let n = a.magnitude().len().max(b.magnitude().len()) + 1;
    let mut out: Vec<u64> = complement(a, n).iter().zip(complement(b, n)).map(|(x, y)| f(*x, y)).collect();
    from_complement(&mut out)
}

fn from_complement(m: &mut Vec<u64>) -> Int {
    let negative = m.last().is_some_and(|x| x >> 63 == 1);
    if negative {
        negate(m);
    }
    mag::trim(m);
    Int::from_parts(negative, std::mem::take(m))
}

impl Int {
    pub fn shl(&self, n: &Int) -> Result<Int, Exc> {
        let n = shift_count(n)?;
        if self.is_zero() {
            return Ok(Int::Small(0));
        }
        if let (Int::Small(x), true) = (self, n < 63) {
            if *x << n >> n == *x {
                return Ok(Int::Small(*x << n));
            }
        }
        if n > 1 << 36 {
            return Err(exc::bare(&exc::MemoryError));
        }
        Ok(Int::from_parts(self.is_negative(), mag::shl(&self.magnitude(), n as usize)))
    }

    pub fn shr(&self, n: &Int) -> Result<Int, Exc> {
        let n = shift_count(n)?;
        if let Int::Small(x) = self {
            return Ok(Int::Small(*x >> n.min(63)));
        }
        let m = self.magnitude();
        let n = n.min(i64::MAX >> 1) as usize;
        let out = Int::from_parts(self.is_negative(), mag::shr(&m, n));
        Ok(if self.is_negative() && mag::low_bits(&m, n.min(m.len() * 64)) { out - 1 } else { out })
    }

    pub fn bit_length(&self) -> i64 {
        match self {
            Int::Small(i) => 64 - i.unsigned_abs().leading_zeros() as i64,
            Int::Big(b) => mag::bit_length(&b.mag) as i64,
        }
    }

    pub fn bit_count(&self) -> i64 {
        self.magnitude().iter().map(|x| x.count_ones() as i64).sum()
    }

    /// `self.to_bytes(length, "big" | "little", signed=..)`.
    pub fn to_bytes(&self, length: i64, order: &str, signed: bool) -> Result<Vec<u8>, Exc> {
        let little = byte_order(order)?;
        if length < 0 {
            return Err(exc::new(&exc::ValueError, "length argument must be non-negative"));
        }
        if self.is_negative() && !signed {
            return Err(exc::new(&exc::OverflowError, "can't convert negative int to unsigned"));
        }
        let length = length as usize;
        let limbs = (length / 8 + 1).max(self.magnitude().len() + 1);
        let all: Vec<u8> = complement(self, limbs).iter().flat_map(|x| x.to_le_bytes()).collect();
        let fill = if self.is_negative() { 0xff } else { 0 };
        let sign_fits = !signed || length == 0 || (all[length - 1] >= 0x80) == self.is_negative();
        let fits = all[length..].iter().all(|&b| b == fill) && sign_fits;
        if !fits {
            return Err(exc::new(&exc::OverflowError, "int too big to convert"));
        }
        let mut out = all[..length].to_vec();
        if !little {
            out.reverse();
        }
        Ok(out)
    }

    pub fn from_bytes(bytes: &[u8], order: &str, signed: bool) -> Result<Int, Exc> {
        let mut le = bytes.to_vec();
        if !byte_order(order)? {
            le.reverse();
        }
        let fill = if signed && le.last().is_some_and(|&b| b >= 0x80) { 0xff } else { 0 };
        le.resize(le.len() / 8 * 8 + 16, fill);
        let mut limbs: Vec<u64> =
            le.chunks_exact(8).map(|c| c.iter().rev().fold(0, |v, &b| v << 8 | b as u64)).collect();
        Ok(from_complement(&mut limbs))
    }
}

/// True for little.
fn byte_order(order: &str) -> Result<bool, Exc> {
    match order {
        "little" => Ok(true),
        "big" => Ok(false),
        _ => Err(exc::new(&exc::ValueError, "byteorder must be either 'little' or 'big'")),
    }
}

fn shift_count(n: &Int) -> Result<i64, Exc> {
    if n.is_negative() {
        return Err(exc::new(&exc::ValueError, "negative shift count"));
    }
    Ok(n.clamp())
}
