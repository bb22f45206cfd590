//! Magnitudes of big integers: little-endian 64-bit limbs without leading zeros. Signs live in `int`.
use std::cmp::Ordering;

pub fn trim(a: &mut Vec<u64>) {
    while a.last() == Some(&0) {
        a.pop();
    }
}

pub fn from_u128(v: u128) -> Vec<u64> {
    let mut out = vec![v as u64, (v >> 64) as u64];
    trim(&mut out);
    out
}

pub fn cmp(a: &[u64], b: &[u64]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

pub fn add(a: &[u64], b: &[u64]) -> Vec<u64> {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut out = Vec::with_capacity(long.len() + 1);
    let mut carry = false;
    for (x, y) in long.iter().zip(short) {
        let (s, c1) = x.overflowing_add(*y);
        let (s, c2) = s.overflowing_add(carry as u64);
        out.push(s);
        carry = c1 | c2;
    }
    for x in &long[short.len()..] {
        let (s, c) = x.overflowing_add(carry as u64);
        out.push(s);
        carry = c;
    }
    if carry {
        out.push(1);
    }
    out
}

/// `a += b << 64*at`; true when a carry leaves `a`.
fn add_at(a: &mut [u64], b: &[u64], at: usize) -> bool {
    let mut carry = false;
    for (i, x) in a[at..].iter_mut().enumerate() {
        if i >= b.len() && !carry {
            return false;
        }
        let y = b.get(i).copied().unwrap_or(0);
        let (s, c1) = x.overflowing_add(y);
        let (s, c2) = s.overflowing_add(carry as u64);
        *x = s;
        carry = c1 | c2;
    }
    carry
}

/// a - b for a >= b.
pub fn sub(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = a.to_vec();
    sub_in_place(&mut out, b);
    trim(&mut out);
    out
}

fn sub_in_place(a: &mut [u64], b: &[u64]) {
    let mut borrow = false;
    for (i, x) in a.iter_mut().enumerate() {
        if i >= b.len() && !borrow {
            return;
        }
        let y = b.get(i).copied().unwrap_or(0);
        let (d, b1) = x.overflowing_sub(y);
        let (d, b2) = d.overflowing_sub(borrow as u64);
        *x = d;
        borrow = b1 | b2;
    }
}

const KARATSUBA: usize = 40;

pub fn mul(a: &[u64], b: &[u64]) -> Vec<u64> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let mut out = if a.len().min(b.len()) >= KARATSUBA { karatsuba(a, b) } else { school(a, b) };
    trim(&mut out);
    out
}

fn school(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = vec![0u64; a.len() + b.len()];
    for (i, &x) in a.iter().enumerate() {
        let mut carry = 0u128;
        for (j, &y) in b.iter().enumerate() {
            let t = x as u128 * y as u128 + out[i + j] as u128 + carry;
            out[i + j] = t as u64;
            carry = t >> 64;
        }
        out[i + b.len()] = carry as u64;
    }
    out
}

/// Three half-size products; unequal lengths are cut at half of the longer one.
fn karatsuba(a: &[u64], b: &[u64]) -> Vec<u64> {
    let half = a.len().max(b.len()).div_ceil(2);
    let cut = |x: &[u64]| -> (Vec<u64>, Vec<u64>) {
        let (lo, hi) = x.split_at(half.min(x.len()));
        let mut lo = lo.to_vec();
        trim(&mut lo);
        (lo, hi.to_vec())
    };
    let ((a0, a1), (b0, b1)) = (cut(a), cut(b));
    let low = mul(&a0, &b0);
    let high = mul(&a1, &b1);
    let mut mid = mul(&add(&a0, &a1), &add(&b0, &b1));
    sub_in_place(&mut mid, &low);
    sub_in_place(&mut mid, &high);
    trim(&mut mid);
    let mut out = vec![0u64; a.len() + b.len() + 1];
    out[..low.len()].copy_from_slice(&low);
    add_at(&mut out, &mid, half);
    add_at(&mut out, &high, 2 * half);
    out
}

/// `a = a * m + c`.
pub fn mul_small(a: &mut Vec<u64>, m: u64, c: u64) {
    let mut carry = c as u128;
    for x in a.iter_mut() {
        let t = *x as u128 * m as u128 + carry;
        *x = t as u64;
        carry = t >> 64;
    }
    if carry > 0 {
        a.push(carry as u64);
    }
}

/// `a /= d`, returning the remainder.
pub fn div_small(a: &mut Vec<u64>, d: u64) -> u64 {
    let mut rem = 0u128;
    for x in a.iter_mut().rev() {
        let t = rem << 64 | *x as u128;
        *x = (t / d as u128) as u64;
        rem = t % d as u128;
    }
    trim(a);
    rem as u64
}

/// Quotient and remainder; Knuth's algorithm D.
pub fn divrem(a: &[u64], b: &[u64]) -> (Vec<u64>, Vec<u64>) {
    if cmp(a, b) == Ordering::Less {
        return (Vec::new(), a.to_vec());
    }
    if b.len() == 1 {
        let mut q = a.to_vec();
        let r = div_small(&mut q, b[0]);
        return (q, if r == 0 { Vec::new() } else { vec![r] });
    }
    let shift = b[b.len() - 1].leading_zeros() as usize;
    let b = shl(b, shift);
    let mut a = shl(a, shift);
    a.push(0);
    let (n, m) = (b.len(), a.len() - b.len());
    let mut q = vec![0u64; m];
    for j in (0..m).rev() {
        q[j] = quotient_digit(&mut a[j..=j + n], &b);
    }
    a.truncate(n);
    trim(&mut a);
    trim(&mut q);
    (q, shr(&a, shift))
}

/// One digit of the quotient; subtracts digit * b from the n+1 limbs of `a`.
fn quotient_digit(a: &mut [u64], b: &[u64]) -> u64 {
    let n = b.len();
    let top = (a[n] as u128) << 64 | a[n - 1] as u128;
    let mut digit = top / b[n - 1] as u128;
    let mut rest = top % b[n - 1] as u128;
    while digit >> 64 != 0 || digit * b[n - 2] as u128 > (rest << 64 | a[n - 2] as u128) {
        digit -= 1;
        rest += b[n - 1] as u128;
        if rest >> 64 != 0 {
            break;
        }
    }
    let (mut borrow, mut carry) = (0i128, 0u128);
    for i in 0..n {
        let p = digit * b[i] as u128 + carry;
        carry = p >> 64;
        let t = a[i] as i128 - (p as u64) as i128 + borrow;
        a[i] = t as u64;
        borrow = t >> 64;
    }
    let t = a[n] as i128 - carry as i128 + borrow;
    a[n] = t as u64;
    if t < 0 {
        digit -= 1;
        let over = add_at(&mut a[..n], b, 0);
        a[n] = a[n].wrapping_add(over as u64);
    }
    digit as u64
}

pub fn shl(a: &[u64], bits: usize) -> Vec<u64> {
    if a.is_empty() {
        return Vec::new();
    }
    let (limbs, bits) = (bits / 64, bits % 64);
    let mut out = vec![0u64; limbs];
    if bits == 0 {
        out.extend_from_slice(a);
        return out;
    }
    let mut carry = 0;
    for &x in a {
        out.push(x << bits | carry);
        carry = x >> (64 - bits);
    }
    if carry > 0 {
        out.push(carry);
    }
    out
}

pub fn shr(a: &[u64], bits: usize) -> Vec<u64> {
    let (limbs, bits) = (bits / 64, bits % 64);
    if limbs >= a.len() {
        return Vec::new();
    }
    let mut out = a[limbs..].to_vec();
    if bits > 0 {
        for i in 0..out.len() {
            let above = out.get(i + 1).copied().unwrap_or(0);
            out[i] = out[i] >> bits | above << (64 - bits);
        }
    }
    trim(&mut out);
    out
}

pub fn bit_length(a: &[u64]) -> usize {
    a.last().map_or(0, |x| a.len() * 64 - x.leading_zeros() as usize)
}

/// Any of the lowest `bits` bits set.
pub fn low_bits(a: &[u64], bits: usize) -> bool {
    let (limbs, bits) = (bits / 64, bits % 64);
    a.iter().take(limbs).any(|&x| x != 0) || a.get(limbs).is_some_and(|&x| bits > 0 && x << (64 - bits) != 0)
}

/// The largest power of `base` in one limb, and its exponent.
fn chunk(base: u32) -> (u64, usize) {
    let (mut power, mut n) = (base as u64, 1);
    while let Some(p) = power.checked_mul(base as u64) {
        power = p;
        n += 1;
    }
    (power, n)
}

/// Digits in lower case; "0" for zero.
pub fn to_text(a: &[u64], base: u32) -> String {
    let (power, width) = chunk(base);
    let mut rest = a.to_vec();
    let mut out: Vec<u8> = Vec::new();
    loop {
        let mut part = div_small(&mut rest, power);
        for _ in 0..width {
            out.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(part % base as u64) as usize]);
            part /= base as u64;
        }
        if rest.is_empty() {
            break;
        }
    }
    while out.len() > 1 && out.last() == Some(&b'0') {
        out.pop();
    }
    out.reverse();
    String::from_utf8(out).unwrap_or_default()
}

/// `digits` are values below `base`.
pub fn from_digits(digits: &[u8], base: u32) -> Vec<u64> {
    let (_, width) = chunk(base);
    let mut out = Vec::new();
    for part in digits.chunks(width) {
        let value = part.iter().fold(0u64, |v, &d| v * base as u64 + d as u64);
        mul_small(&mut out, (base as u64).pow(part.len() as u32 - 1).wrapping_mul(base as u64), value);
        // base^width may be 2^64 exactly only for bases that `chunk` already shortened
    }
    trim(&mut out);
    out
}

/// Floor of the square root, by Newton's iteration from above.
pub fn isqrt(a: &[u64]) -> Vec<u64> {
    if a.is_empty() {
        return Vec::new();
    }
    let mut x = shl(&[1], bit_length(a).div_ceil(2));
    loop {
        let next = shr(&add(&x, &divrem(a, &x).0), 1);
        if cmp(&next, &x) != Ordering::Less {
            return x;
        }
        x = next;
    }
}
