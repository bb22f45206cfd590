//! needs: exc, int, float
//! Arithmetic on `i64` and `f64` with Python's rules for signs, zero and overflow.
use super::exc::{self, Exc};
use super::int::Int;

#[cold]
#[inline(never)]
fn zero_division(what: &'static str) -> Exc {
    exc::new(&exc::ZeroDivisionError, what)
}

#[inline]
pub fn floordiv(a: i64, b: i64) -> Result<i64, Exc> {
    if b == 0 {
        return Err(zero_division("integer division or modulo by zero"));
    }
    let q = a.wrapping_div(b);
    Ok(q - ((a ^ b) < 0 && q.wrapping_mul(b) != a) as i64)
}

#[inline]
pub fn pymod(a: i64, b: i64) -> Result<i64, Exc> {
    if b == 0 {
        return Err(zero_division("integer modulo by zero"));
    }
    let r = a.wrapping_rem(b);
    Ok(if r != 0 && (r ^ b) < 0 { r + b } else { r })
}

/// `a // b` and `a % b` for a positive number that is written in the program.
#[inline(always)]
pub fn div(a: i64, b: i64) -> i64 {
    a.div_euclid(b)
}
#[inline(always)]
pub fn rem(a: i64, b: i64) -> i64 {
    a.rem_euclid(b)
}

pub fn divmod(a: i64, b: i64) -> Result<(i64, i64), Exc> {
    let q = floordiv(a, b)?;
    Ok((q, a.wrapping_sub(q.wrapping_mul(b))))
}

#[inline]
pub fn truediv(a: i64, b: i64) -> Result<f64, Exc> {
    const EXACT: i64 = 1 << 53;
    if b != 0 && (-EXACT..=EXACT).contains(&a) && (-EXACT..=EXACT).contains(&b) {
        return Ok(a as f64 / b as f64);
    }
    Int::from(a).truediv(&Int::from(b))
}

/// An int beside a float, compared exactly: rounding an int to a float keeps its order beside every float that it
/// does not become.
#[inline(always)]
pub fn int_eq(a: i64, b: f64) -> bool {
    a as f64 == b && a as i128 == b as i128
}
#[inline(always)]
pub fn int_lt(a: i64, b: f64) -> bool {
    (a as f64) < b || (a as f64 == b && (a as i128) < b as i128)
}
#[inline(always)]
pub fn int_gt(a: i64, b: f64) -> bool {
    a as f64 > b || (a as f64 == b && a as i128 > b as i128)
}
#[inline(always)]
pub fn int_le(a: i64, b: f64) -> bool {
    (a as f64) < b || (a as f64 == b && a as i128 <= b as i128)
}
#[inline(always)]
pub fn int_ge(a: i64, b: f64) -> bool {
    a as f64 > b || (a as f64 == b && a as i128 >= b as i128)
}
/// The int as a key among floats: NaN, which equals none, where no float is the same number.
#[inline]
pub fn float_key(a: i64) -> f64 {
    if int_eq(a, a as f64) {
        a as f64
    } else {
        f64::NAN
    }
}

#[cold]
#[inline(never)]
pub fn overflow() -> ! {
    exc::die(exc::new(&exc::OverflowError, "integer beyond 64 bits where 64 were inferred"))
}
/// i64 arithmetic where 64 bits were inferred: an overflow ends the program, it never wraps.
#[inline(always)]
pub fn iadd(a: i64, b: i64) -> i64 {
    a.checked_add(b).unwrap_or_else(|| overflow())
}
#[inline(always)]
pub fn isub(a: i64, b: i64) -> i64 {
    a.checked_sub(b).unwrap_or_else(|| overflow())
}
#[inline(always)]
pub fn imul(a: i64, b: i64) -> i64 {
    a.checked_mul(b).unwrap_or_else(|| overflow())
}
#[inline(always)]
pub fn ineg(a: i64) -> i64 {
    a.checked_neg().unwrap_or_else(|| overflow())
}
#[inline(always)]
pub fn iabs(a: i64) -> i64 {
    a.checked_abs().unwrap_or_else(|| overflow())
}
/// `a << n` within 64 bits.
pub fn ishl(a: i64, n: i64) -> Result<i64, Exc> {
    match shl(a, n)?.to_i64() {
        Some(v) => Ok(v),
        None => overflow(),
    }
}

/// i64 sums whose overflow becomes a big integer.
#[inline]
pub fn add(a: i64, b: i64) -> Int {
    a.checked_add(b).map_or_else(|| Int::from_i128(a as i128 + b as i128), Int::Small)
}
#[inline]
pub fn sub(a: i64, b: i64) -> Int {
    a.checked_sub(b).map_or_else(|| Int::from_i128(a as i128 - b as i128), Int::Small)
}
#[inline]
pub fn mul(a: i64, b: i64) -> Int {
    a.checked_mul(b).map_or_else(|| Int::from_i128(a as i128 * b as i128), Int::Small)
}

/// i64 powers that the caller has bounded; overflow is an OverflowError, never a wrong number.
pub fn pow(a: i64, n: i64) -> Result<i64, Exc> {
    match u32::try_from(n).ok().and_then(|n| a.checked_pow(n)) {
        Some(v) => Ok(v),
        None => Err(exc::new(&exc::OverflowError, "int power out of 64 bits where 64 were inferred")),
    }
}

pub fn shl(a: i64, n: i64) -> Result<Int, Exc> {
    Int::from(a).shl(&Int::from(n))
}

#[inline]
pub fn shr(a: i64, n: i64) -> Result<i64, Exc> {
    if n < 0 {
        return Err(exc::new(&exc::ValueError, "negative shift count"));
    }
    Ok(a >> n.min(63))
}

#[inline]
pub fn fdiv(a: f64, b: f64) -> Result<f64, Exc> {
    if b == 0.0 {
        return Err(zero_division("float division by zero"));
    }
    Ok(a / b)
}

/// `divmod(a, b)` of floats, by CPython's steps.
pub fn fdivmod(a: f64, b: f64) -> Result<(f64, f64), Exc> {
    if b == 0.0 {
        return Err(zero_division("float divmod()"));
    }
    let mut m = a % b;
    let mut d = (a - m) / b;
    if m != 0.0 {
        if (b < 0.0) != (m < 0.0) {
            m += b;
            d -= 1.0;
        }
    } else {
        m = 0f64.copysign(b);
    }
    let q = if d != 0.0 {
        let f = d.floor();
        if d - f > 0.5 { f + 1.0 } else { f }
    } else {
        0f64.copysign(a / b)
    };
    Ok((q, m))
}

pub fn ffloordiv(a: f64, b: f64) -> Result<f64, Exc> {
    if b == 0.0 {
        return Err(zero_division("float floor division by zero"));
    }
    Ok(fdivmod(a, b)?.0)
}

#[inline]
pub fn fmod(a: f64, b: f64) -> Result<f64, Exc> {
    if b == 0.0 {
        return Err(zero_division("float modulo"));
    }
    let m = a % b;
    if m != 0.0 {
        Ok(if (b < 0.0) != (m < 0.0) { m + b } else { m })
    } else {
        Ok(0f64.copysign(b))
    }
}

/// `a ** b` of floats. A negative base with a fraction as exponent is complex in Python and refused here.
pub fn powf(a: f64, b: f64) -> Result<f64, Exc> {
    if a == 0.0 && b < 0.0 {
        return Err(zero_division("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        return Err(exc::new(&exc::ValueError, "unsupported: negative number to a fractional power (complex result)"));
    }
    let x = a.powf(b);
    if x.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(exc::with_args(&exc::OverflowError, vec![34.into(), "Numerical result out of range".into()]));
    }
    Ok(x)
}
