//! needs: exc, int, math
//! Sums, norms and special functions of `math`.
use super::exc::{self, R};
use super::math::{domain, range};

mod c {
    extern "C" {
        pub fn erf(x: f64) -> f64;
        pub fn erfc(x: f64) -> f64;
        pub fn tgamma(x: f64) -> f64;
        pub fn lgamma(x: f64) -> f64;
    }
}
// SAFETY (all four): pure functions of the C library that std links already.
pub fn erf(x: f64) -> f64 {
    unsafe { c::erf(x) }
}
pub fn erfc(x: f64) -> f64 {
    unsafe { c::erfc(x) }
}
pub fn gamma(x: f64) -> R<f64> {
    if x == f64::NEG_INFINITY || (x <= 0.0 && x == x.floor()) {
        return Err(domain());
    }
    if x == x.floor() && (1.0..=23.0).contains(&x) {
        return Ok((1..x as u64).fold(1.0, |p, k| p * k as f64));
    }
    let y = unsafe { c::tgamma(x) };
    if y.is_infinite() && x.is_finite() { Err(range()) } else { Ok(y) }
}
pub fn lgamma(x: f64) -> R<f64> {
    if x.is_infinite() {
        return Ok(f64::INFINITY);
    }
    if x <= 0.0 && x == x.floor() {
        return Err(domain());
    }
    let y = unsafe { c::lgamma(x) };
    if y.is_infinite() && x.is_finite() { Err(range()) } else { Ok(y) }
}

/// Exact sum, rounded once (Shewchuk's partials).
pub fn fsum(items: impl IntoIterator<Item = f64>) -> R<f64> {
    let mut parts: Vec<f64> = Vec::new();
    let (mut special, mut infinities) = (0.0, 0.0);
    for item in items {
        let mut x = item;
        let mut kept = 0;
        for j in 0..parts.len() {
            let mut y = parts[j];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let hi = x + y;
            let lo = y - (hi - x);
            if lo != 0.0 {
                parts[kept] = lo;
                kept += 1;
            }
            x = hi;
        }
        parts.truncate(kept);
        if x != 0.0 {
            if !x.is_finite() {
                if item.is_finite() {
                    return Err(exc::new(&exc::OverflowError, "intermediate overflow in fsum"));
                }
                if item.is_infinite() {
                    infinities += item;
                }
                special += item;
                parts.clear();
            } else {
                parts.push(x);
            }
        }
    }
    if special != 0.0 {
        if f64::is_nan(infinities) {
            return Err(exc::new(&exc::ValueError, "-inf + inf in fsum"));
        }
        return Ok(special);
    }
    Ok(round_parts(parts))
}

fn round_parts(mut parts: Vec<f64>) -> f64 {
    let Some(mut hi) = parts.pop() else { return 0.0 };
    let mut lo = 0.0;
    while let Some(y) = parts.pop() {
        let x = hi;
        hi = x + y;
        lo = y - (hi - x);
        if lo != 0.0 {
            break;
        }
    }
    // half-way cases look at the sign of what is left
    if let Some(last) = parts.last() {
        if (lo < 0.0 && *last < 0.0) || (lo > 0.0 && *last > 0.0) {
            let y = lo * 2.0;
            let x = hi + y;
            if y == x - hi {
                hi = x;
            }
        }
    }
    hi
}

/// Euclidean norm: scaled by a power of two, squares summed with their rounding errors, one correction of the root.
pub fn hypot(items: &[f64]) -> f64 {
    if items.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    if items.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    let max = items.iter().fold(0.0f64, |m, x| m.max(x.abs()));
    if max == 0.0 || items.len() < 2 {
        return max;
    }
    let exp = super::math::frexp(max).1 as i32;
    if exp < -1023 {
        // subnormals: bring them into the normal range first
        let up: Vec<f64> = items.iter().map(|x| x / f64::MIN_POSITIVE).collect();
        return f64::MIN_POSITIVE * hypot(&up);
    }
    let scale = 2f64.powi(-exp);
    let (mut sum, mut frac1, mut frac2) = (1.0f64, 0.0f64, 0.0f64);
    let mut add = |x: f64| {
        let square = x * x;
        let error = x.mul_add(x, -square);
        let s = sum + square;
        frac1 += square - (s - sum);
        sum = s;
        frac2 += error;
    };
    items.iter().for_each(|x| add(x.abs() * scale));
    let mut h = (sum - 1.0 + (frac1 + frac2)).sqrt();
    // the square of the root, subtracted with its error, gives the correction
    let square = -h * h;
    let error = (-h).mul_add(h, -square);
    let s = sum + square;
    frac1 += square - (s - sum);
    sum = s;
    frac2 += error;
    let x = sum - 1.0 + (frac1 + frac2);
    h += x / (2.0 * h);
    h / scale
}

pub fn dist(p: &[f64], q: &[f64]) -> R<f64> {
    if p.len() != q.len() {
        return Err(exc::new(&exc::ValueError, "both points must have the same number of dimensions"));
    }
    Ok(hypot(&p.iter().zip(q).map(|(a, b)| a - b).collect::<Vec<f64>>()))
}
