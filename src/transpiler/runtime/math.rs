//! needs: exc, int, int_div, float, math_special, pystr, arith, int_bits
//! `math`: functions of floats with CPython's domain and range errors, and of integers.
#![allow(non_upper_case_globals)]
pub use super::math_special::{dist, erf, erfc, fsum, gamma, hypot, lgamma};
use super::exc::{self, Exc, R};
use super::int::Int;

pub const pi: f64 = std::f64::consts::PI;
pub const e: f64 = std::f64::consts::E;
pub const tau: f64 = std::f64::consts::TAU;
pub const inf: f64 = f64::INFINITY;
pub const nan: f64 = f64::NAN;

#[cold]
pub fn domain() -> Exc {
    exc::new(&exc::ValueError, "math domain error")
}
#[cold]
pub fn range() -> Exc {
    exc::new(&exc::OverflowError, "math range error")
}

/// A NaN from a number is a domain error; an infinity from a finite number is one too, or an overflow.
fn checked(x: f64, y: f64, can_overflow: bool) -> R<f64> {
    if y.is_nan() && !x.is_nan() {
        return Err(domain());
    }
    if y.is_infinite() && x.is_finite() {
        return Err(if can_overflow { range() } else { domain() });
    }
    Ok(y)
}

macro_rules! checked_functions {
    ($($name:ident $f:expr, $overflow:literal;)*) => { $(
        #[inline]
        pub fn $name(x: f64) -> R<f64> {
            let f: fn(f64) -> f64 = $f;
            checked(x, f(x), $overflow)
        }
    )* };
}
checked_functions! {
    sqrt f64::sqrt, false; exp f64::exp, true; expm1 f64::exp_m1, true; exp2 f64::exp2, true;
    sin f64::sin, false; cos f64::cos, false; tan f64::tan, false; asin f64::asin, false; acos f64::acos, false;
    sinh f64::sinh, true; cosh f64::cosh, true; acosh |x| if x < 1.0 { f64::NAN } else { libm::acosh(x) }, false;
    atanh |x| if x.abs() == 1.0 { f64::NAN } else { libm::atanh(x) }, false; log1p f64::ln_1p, false;
}

/// Functions of the C library where std's own formulas differ in the last digit.
mod libm {
    mod c {
        extern "C" {
            pub fn acosh(x: f64) -> f64;
            pub fn asinh(x: f64) -> f64;
            pub fn atanh(x: f64) -> f64;
            pub fn cbrt(x: f64) -> f64;
        }
    }
    // SAFETY: pure functions of the C library that std links already.
    pub fn acosh(x: f64) -> f64 {
        unsafe { c::acosh(x) }
    }
    pub fn asinh(x: f64) -> f64 {
        unsafe { c::asinh(x) }
    }
    pub fn cbrt(x: f64) -> f64 {
        unsafe { c::cbrt(x) }
    }
    pub fn atanh(x: f64) -> f64 {
        unsafe { c::atanh(x) }
    }
}

macro_rules! plain_functions {
    ($($name:ident $f:expr;)*) => { $(
        #[inline]
        pub fn $name(x: f64) -> f64 {
            let f: fn(f64) -> f64 = $f;
            f(x)
        }
    )* };
}
plain_functions! {
    atan f64::atan; asinh libm::asinh; tanh f64::tanh; fabs f64::abs; cbrt libm::cbrt;
    degrees |x| x * (180.0 / pi); radians |x| x * (pi / 180.0);
}

pub fn atan2(y: f64, x: f64) -> f64 {
    y.atan2(x)
}
pub fn copysign(x: f64, y: f64) -> f64 {
    x.copysign(y)
}
pub fn isnan(x: f64) -> bool {
    x.is_nan()
}
pub fn isinf(x: f64) -> bool {
    x.is_infinite()
}
pub fn isfinite(x: f64) -> bool {
    x.is_finite()
}

fn log_checked(x: f64, f: fn(f64) -> f64) -> R<f64> {
    if x.is_nan() {
        return Ok(x);
    }
    if x <= 0.0 {
        return Err(domain());
    }
    Ok(f(x))
}
/// `log(x)`; an int beyond floats goes through `log_int`.
pub fn log(x: f64) -> R<f64> {
    log_checked(x, f64::ln)
}
pub fn log_base(x: f64, base: f64) -> R<f64> {
    let (a, b) = (log(x)?, log(base)?);
    super::arith::fdiv(a, b)
}
pub fn log2(x: f64) -> R<f64> {
    log_checked(x, f64::log2)
}
pub fn log10(x: f64) -> R<f64> {
    log_checked(x, f64::log10)
}
/// Logarithm of an int of any size; `f` is one of the above, `unit` its value at 2.
pub fn log_int(x: &Int, f: fn(f64) -> R<f64>) -> R<f64> {
    if x.is_zero() || x.is_negative() {
        return Err(domain());
    }
    if let Ok(v) = x.to_f64() {
        return f(v);
    }
    let bits = x.bit_length();
    let head = x.shr(&Int::from(bits - 64))?.to_f64()?;
    Ok(f(head / 2f64.powi(64))? + f(2.0)? * bits as f64)
}

pub fn pow(x: f64, y: f64) -> R<f64> {
    let r = x.powf(y);
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain());
    }
    if r.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(if x == 0.0 { domain() } else { range() });
    }
    Ok(r)
}

pub fn fmod(x: f64, y: f64) -> R<f64> {
    let r = x % y;
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain());
    }
    Ok(r)
}

/// IEEE remainder.
pub fn remainder(x: f64, y: f64) -> R<f64> {
    if x.is_nan() || y.is_nan() {
        return Ok(x + y);
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain());
    }
    if y.is_infinite() {
        return Ok(x);
    }
    let (a, b) = (x.abs(), y.abs());
    let m = a % b;
    let c = b - m;
    let r = if m < c {
        m
    } else if m > c {
        -c
    } else {
        m - 2.0 * ((0.5 * (a - m)) % b)
    };
    Ok(1f64.copysign(x) * r)
}

pub fn frexp(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (m, exp) = super::float::decompose(x.abs());
    let bits = 64 - m.leading_zeros() as i32;
    let fraction = m as f64 / 2f64.powi(bits);
    (fraction.copysign(x), (exp + bits) as i64)
}

pub fn ldexp(x: f64, i: i64) -> R<f64> {
    if x == 0.0 || !x.is_finite() {
        return Ok(x);
    }
    let (m, exp) = frexp(x);
    let total = exp.saturating_add(i);
    if total > 1024 {
        return Err(range());
    }
    if total < -1080 {
        return Ok(0f64.copysign(x));
    }
    // two exact halves, then one rounding
    let half = total / 2;
    Ok(m * 2f64.powi(half as i32) * 2f64.powi((total - half) as i32))
}

/// (fraction, whole)
pub fn modf(x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return (0f64.copysign(x), x);
    }
    let whole = x.trunc();
    ((x - whole).copysign(x), whole)
}

pub fn floor(x: f64) -> R<Int> {
    super::float::to_int(x.floor())
}
pub fn ceil(x: f64) -> R<Int> {
    super::float::to_int(x.ceil())
}
pub fn trunc(x: f64) -> R<Int> {
    super::float::to_int(x)
}

/// `isclose(a, b, rel_tol=1e-09, abs_tol=0.0)`.
pub fn isclose(a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> R<bool> {
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(exc::new(&exc::ValueError, "tolerances must be non-negative"));
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let d = (b - a).abs();
    Ok(d <= (rel_tol * b).abs() || d <= (rel_tol * a).abs() || d <= abs_tol)
}

pub fn nextafter(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x == y {
        y
    } else if x < y {
        x.next_up()
    } else {
        x.next_down()
    }
}
pub fn ulp(x: f64) -> f64 {
    if x.is_nan() || x.is_infinite() {
        return x.abs();
    }
    let x = x.abs();
    let up = x.next_up();
    if up.is_infinite() { x - x.next_down() } else { up - x }
}

pub fn gcd(a: &Int, b: &Int) -> Int {
    a.gcd(b)
}
pub fn lcm(a: &Int, b: &Int) -> R<Int> {
    if a.is_zero() || b.is_zero() {
        return Ok(Int::from(0));
    }
    Ok((&a.floordiv(&a.gcd(b))? * b).abs())
}
pub fn isqrt(n: &Int) -> R<Int> {
    n.isqrt()
}

/// Product of lo..=hi, halving so that the factors stay balanced.
fn product(lo: i64, hi: i64) -> Int {
    if hi - lo < 8 {
        return (lo..=hi).fold(Int::from(1), |acc, k| acc * k);
    }
    let mid = lo + (hi - lo) / 2;
    product(lo, mid) * product(mid + 1, hi)
}

pub fn factorial(n: i64) -> R<Int> {
    if n < 0 {
        return Err(exc::new(&exc::ValueError, "factorial() not defined for negative values"));
    }
    Ok(product(1, n))
}

/// `perm(n, k)`; None is n!.
pub fn perm(n: i64, k: Option<i64>) -> R<Int> {
    let Some(k) = k else { return factorial(n) };
    if n < 0 {
        return Err(exc::new(&exc::ValueError, "n must be a non-negative integer"));
    }
    if k < 0 {
        return Err(exc::new(&exc::ValueError, "k must be a non-negative integer"));
    }
    Ok(if k > n { Int::from(0) } else { product(n - k + 1, n) })
}

pub fn comb(n: i64, k: i64) -> R<Int> {
    if n < 0 {
        return Err(exc::new(&exc::ValueError, "n must be a non-negative integer"));
    }
    if k < 0 {
        return Err(exc::new(&exc::ValueError, "k must be a non-negative integer"));
    }
    if k > n {
        return Ok(Int::from(0));
    }
    let k = k.min(n - k);
    product(n - k + 1, n).floordiv(&product(1, k))
}

/// `log(x, base)`.
pub fn log_opt(x: f64, base: Option<f64>) -> R<f64> {
    match base {
        Some(b) => log_base(x, b),
        None => log(x),
    }
}
pub fn gcd_all(items: &[i64]) -> R<i64> {
    items.iter().fold(Int::from(0), |g, x| g.gcd(&Int::from(*x))).index()
}
pub fn lcm_all(items: &[i64]) -> R<i64> {
    items.iter().try_fold(Int::from(1), |m, x| lcm(&m, &Int::from(*x)))?.index()
}
