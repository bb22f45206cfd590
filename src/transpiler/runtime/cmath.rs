//! needs: complex, exc, math, float, pystr, traits
//! `cmath`: elementary functions of finite complex numbers.
//! Source: W. Kahan, "Branch cuts for complex elementary functions" (1987); Python 3.11 library reference, cmath.
use super::complex::{self, Complex};
use super::exc::{self, R};
use super::math;
use std::f64::consts::{E, LN_10, LN_2, PI};

/// Beyond these, squares or exponentials of a part leave the range of floats.
const LARGE: f64 = f64::MAX / 4.0;
fn large_log() -> f64 {
    LARGE.ln()
}

fn finite(z: Complex) -> R<Complex> {
    if z.is_finite() {
        return Ok(z);
    }
    Err(exc::new(&exc::ValueError, "unsupported: a function of cmath of an infinite or undefined number"))
}
fn in_range(z: Complex) -> R<Complex> {
    if z.is_finite() { Ok(z) } else { Err(math::range()) }
}
/// The number times i, and back.
fn turned(z: Complex) -> Complex {
    complex::new(-z.imag, z.real)
}
fn turned_back(z: Complex) -> Complex {
    complex::new(z.imag, -z.real)
}

pub fn sqrt(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    let (x, y) = (z.real.abs(), z.imag.abs());
    if x == 0.0 && y == 0.0 {
        return Ok(complex::new(0.0, z.imag));
    }
    let s = if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        let up = 2f64.powi(53);
        let x = x * up;
        (x + x.hypot(y * up)).sqrt() * 2f64.powi(-27)
    } else {
        let x = x / 8.0;
        2.0 * (x + x.hypot(y / 8.0)).sqrt()
    };
    let d = y / (2.0 * s);
    Ok(if z.real >= 0.0 { complex::new(s, d.copysign(z.imag)) } else { complex::new(d, s.copysign(z.imag)) })
}

pub fn log(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    let (x, y) = (z.real.abs(), z.imag.abs());
    let real = if x > LARGE || y > LARGE {
        (x / 2.0).hypot(y / 2.0).ln() + LN_2
    } else if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        if x == 0.0 && y == 0.0 {
            return Err(math::domain());
        }
        let up = 2f64.powi(53);
        (x * up).hypot(y * up).ln() - 53.0 * LN_2
    } else {
        let size = x.hypot(y);
        if (0.71..=1.73).contains(&size) {
            let (more, less) = (x.max(y), x.min(y));
            ((more - 1.0) * (more + 1.0) + less * less).ln_1p() / 2.0
        } else {
            size.ln()
        }
    };
    Ok(complex::new(real, z.imag.atan2(z.real)))
}
pub fn log_base(z: Complex, base: Complex) -> R<Complex> {
    log(z)?.div(log(base)?).map_err(|_| math::domain())
}
pub fn log10(z: Complex) -> R<Complex> {
    let made = log(z)?;
    Ok(complex::new(made.real / LN_10, made.imag / LN_10))
}

pub fn exp(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    let (sin, cos) = z.imag.sin_cos();
    if z.real > large_log() {
        let size = (z.real - 1.0).exp();
        return in_range(complex::new(size * cos * E, size * sin * E));
    }
    let size = z.real.exp();
    in_range(complex::new(size * cos, size * sin))
}

pub fn cosh(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    let (sin, cos) = z.imag.sin_cos();
    if z.real.abs() > large_log() {
        let less = z.real - 1f64.copysign(z.real);
        return in_range(complex::new(cos * less.cosh() * E, sin * less.sinh() * E));
    }
    in_range(complex::new(cos * z.real.cosh(), sin * z.real.sinh()))
}
pub fn sinh(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    let (sin, cos) = z.imag.sin_cos();
    if z.real.abs() > large_log() {
        let less = z.real - 1f64.copysign(z.real);
        return in_range(complex::new(cos * less.sinh() * E, sin * less.cosh() * E));
    }
    in_range(complex::new(cos * z.real.sinh(), sin * z.real.cosh()))
}
pub fn tanh(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    if z.real.abs() > large_log() {
        let imag = 4.0 * z.imag.sin() * z.imag.cos() * (-2.0 * z.real.abs()).exp();
        return Ok(complex::new(1f64.copysign(z.real), imag));
    }
    let (tx, ty) = (z.real.tanh(), z.imag.tan());
    let less = 1.0 / z.real.cosh();
    let both = tx * ty;
    let under = 1.0 + both * both;
    Ok(complex::new(tx * (1.0 + ty * ty) / under, ((ty / under) * less) * less))
}
pub fn cos(z: Complex) -> R<Complex> {
    cosh(turned(z))
}
pub fn sin(z: Complex) -> R<Complex> {
    sinh(turned(z)).map(turned_back)
}
pub fn tan(z: Complex) -> R<Complex> {
    tanh(turned(z)).map(turned_back)
}

/// log of twice the half of |z|, for parts so large that their squares would overflow.
fn log_size(z: Complex) -> f64 {
    (z.real / 2.0).hypot(z.imag / 2.0).ln() + LN_2 * 2.0
}
fn is_large(z: Complex) -> bool {
    z.real.abs() > LARGE || z.imag.abs() > LARGE
}

pub fn acos(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    if is_large(z) {
        let imag = if z.real < 0.0 { -log_size(z).copysign(z.imag) } else { log_size(z).copysign(-z.imag) };
        return Ok(complex::new(z.imag.abs().atan2(z.real), imag));
    }
    let a = sqrt(complex::new(1.0 - z.real, -z.imag))?;
    let b = sqrt(complex::new(1.0 + z.real, z.imag))?;
    Ok(complex::new(2.0 * a.real.atan2(b.real), math::asinh(b.real * a.imag - b.imag * a.real)))
}
pub fn acosh(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    if is_large(z) {
        return Ok(complex::new(log_size(z), z.imag.atan2(z.real)));
    }
    let a = sqrt(complex::new(z.real - 1.0, z.imag))?;
    let b = sqrt(complex::new(z.real + 1.0, z.imag))?;
    Ok(complex::new(math::asinh(a.real * b.real + a.imag * b.imag), 2.0 * a.imag.atan2(b.real)))
}
pub fn asinh(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    if is_large(z) {
        let real = if z.real.is_sign_negative() { -log_size(z) } else { log_size(z) };
        return Ok(complex::new(real, z.imag.atan2(z.real.abs())));
    }
    let a = sqrt(complex::new(1.0 + z.imag, -z.real))?;
    let b = sqrt(complex::new(1.0 - z.imag, z.real))?;
    Ok(complex::new(
        math::asinh(a.real * b.imag - b.real * a.imag),
        z.imag.atan2(a.real * b.real - a.imag * b.imag),
    ))
}
pub fn asin(z: Complex) -> R<Complex> {
    asinh(turned(z)).map(turned_back)
}
pub fn atanh(z: Complex) -> R<Complex> {
    let z = finite(z)?;
    if z.real < 0.0 || (z.real == 0.0 && z.real.is_sign_negative()) {
        return atanh(z.neg()).map(Complex::neg);
    }
    let y = z.imag.abs();
    let limit = LARGE.sqrt();
    if z.real > limit || y > limit {
        let size = (z.real / 2.0).hypot(z.imag / 2.0);
        return Ok(complex::new(z.real / 4.0 / size / size, -(PI / 2.0).copysign(-z.imag)));
    }
    if z.real == 1.0 && y < f64::MIN_POSITIVE.sqrt() {
        if y == 0.0 {
            return Err(math::domain());
        }
        let real = -(y.sqrt() / y.hypot(2.0).sqrt()).ln();
        return Ok(complex::new(real, (2f64.atan2(-y) / 2.0).copysign(z.imag)));
    }
    let less = 1.0 - z.real;
    let real = (4.0 * z.real / (less * less + y * y)).ln_1p() / 4.0;
    Ok(complex::new(real, -(-2.0 * z.imag).atan2(less * (1.0 + z.real) - y * y) / 2.0))
}
pub fn atan(z: Complex) -> R<Complex> {
    atanh(turned(z)).map(turned_back)
}

pub fn phase(z: Complex) -> f64 {
    z.imag.atan2(z.real)
}
pub fn polar(z: Complex) -> R<(f64, f64)> {
    let size = z.real.hypot(z.imag);
    if size.is_infinite() && z.is_finite() {
        return Err(math::range());
    }
    Ok((size, phase(z)))
}
pub fn rect(r: f64, phi: f64) -> R<Complex> {
    if phi == 0.0 {
        return Ok(complex::new(r, r * phi));
    }
    if phi.is_infinite() && r != 0.0 && !r.is_nan() {
        return Err(math::domain());
    }
    let (sin, cos) = phi.sin_cos();
    Ok(complex::new(r * cos, r * sin))
}
pub fn isnan(z: Complex) -> bool {
    z.real.is_nan() || z.imag.is_nan()
}
pub fn isinf(z: Complex) -> bool {
    z.real.is_infinite() || z.imag.is_infinite()
}
pub fn isclose(a: Complex, b: Complex, relative: f64, absolute: f64) -> R<bool> {
    if relative < 0.0 || absolute < 0.0 {
        return Err(exc::new(&exc::ValueError, "tolerances must be non-negative"));
    }
    if a == b {
        return Ok(true);
    }
    if isinf(a) || isinf(b) {
        return Ok(false);
    }
    let size = |z: Complex| z.real.hypot(z.imag);
    let gap = size(a.sub(b));
    Ok(gap <= relative * size(b) || gap <= relative * size(a) || gap <= absolute)
}
