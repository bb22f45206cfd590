//! needs: bigint, decimal_context, exc, float, int, int_bits, int_div, int_text, pystr, traits
//! `decimal.Decimal`: the number itself, its texts, comparison. Arithmetic is in `decimal_arith`.
//! Source: M. Cowlishaw, General Decimal Arithmetic Specification 1.70; Python 3.11 library reference, decimal.
use super::decimal_context::{self as context, Rounding};
use super::exc::{self, R};
use super::int::Int;
use super::pystr::Str;
use super::traits::*;
use std::cmp::Ordering;

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Finite,
    Infinite,
    Nan,
}

/// `digits` times ten to `exp`.
#[derive(Clone)]
pub struct Decimal {
    pub negative: bool,
    pub digits: Int,
    pub exp: i64,
    pub kind: Kind,
}

pub fn ten_to(n: i64) -> Int {
    Int::from(10).pow_u(n.max(0) as u64)
}
pub fn count_digits(i: &Int) -> i64 {
    match i.to_i64() {
        Some(0) => 1,
        Some(v) => v.unsigned_abs().ilog10() as i64 + 1,
        None => super::bigint::to_text(&i.magnitude(), 10).len() as i64,
    }
}

impl Decimal {
    pub fn finite(negative: bool, digits: Int, exp: i64) -> Decimal {
        Decimal { negative, digits, exp, kind: Kind::Finite }
    }
    pub fn infinity(negative: bool) -> Decimal {
        Decimal { negative, digits: Int::from(0), exp: 0, kind: Kind::Infinite }
    }
    pub fn nan() -> Decimal {
        Decimal { negative: false, digits: Int::from(0), exp: 0, kind: Kind::Nan }
    }
    pub fn from_int(i: &Int) -> Decimal {
        Decimal::finite(i.is_negative(), i.abs(), 0)
    }
    /// Exactly what the float is.
    pub fn from_float(x: f64) -> Decimal {
        if !x.is_finite() {
            let negative = x.is_sign_negative();
            return if x.is_nan() { Decimal { negative, ..Decimal::nan() } } else { Decimal::infinity(negative) };
        }
        let (top, bottom) = super::float::as_integer_ratio(x).unwrap_or_else(|e| exc::die(e));
        let twos = bottom.bit_length() - 1;
        let digits = &top.abs() * &Int::from(5).pow_u(twos as u64);
        Decimal::finite(x.is_sign_negative(), digits, -twos)
    }
    pub fn parse(text: &Str) -> R<Decimal> {
        parse(text.trim_matches(super::pystr::is_space)).ok_or_else(|| context::invalid("ConversionSyntax"))
    }
    pub fn is_finite(&self) -> bool {
        self.kind == Kind::Finite
    }
    pub fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }
    pub fn is_nan(&self) -> bool {
        self.kind == Kind::Nan
    }
    pub fn is_zero(&self) -> bool {
        self.is_finite() && self.digits.is_zero()
    }
    pub fn count(&self) -> i64 {
        count_digits(&self.digits)
    }
    /// The exponent of the first digit.
    pub fn adjusted(&self) -> i64 {
        if self.is_finite() { self.exp + self.count() - 1 } else { 0 }
    }
    pub fn with_sign(&self, negative: bool) -> Decimal {
        Decimal { negative, ..self.clone() }
    }
    /// The number with the exponent asked for, digits dropped as the rounding says.
    pub fn rescaled(&self, exp: i64, rounding: Rounding) -> Decimal {
        if self.exp >= exp {
            return Decimal { digits: &self.digits * &ten_to(self.exp - exp), exp, ..self.clone() };
        }
        let drop = exp - self.exp;
        let (kept, rest, half) = if drop > self.count() {
            (Int::from(0), self.digits.clone(), Ordering::Less)
        } else {
            let unit = ten_to(drop);
            let (kept, rest) = self.digits.divmod(&unit).unwrap_or_default();
            let half = (&rest * 2).cmp(&unit);
            (kept, rest, half)
        };
        let up = rounding.goes_up(self.negative, &kept, !rest.is_zero(), half);
        Decimal { digits: if up { &kept + 1 } else { kept }, exp, ..self.clone() }
    }
    /// The whole part, towards zero or as the rounding says.
    pub fn whole(&self, rounding: Rounding) -> R<Int> {
        match self.kind {
            Kind::Nan => return Err(exc::new(&exc::ValueError, "cannot convert NaN to integer")),
            Kind::Infinite => return Err(exc::new(&exc::OverflowError, "cannot convert Infinity to integer")),
            Kind::Finite => {}
        }
        let made = if self.exp >= 0 { self.rescaled(0, Rounding::Down) } else { self.rescaled(0, rounding) };
        Ok(if self.negative { -made.digits } else { made.digits })
    }
    pub fn to_float(&self) -> R<f64> {
        if self.is_nan() {
            return Ok(f64::NAN);
        }
        super::float::parse(&self.to_str())
    }
    pub fn ratio(&self) -> R<(Int, Int)> {
        match self.kind {
            Kind::Nan => return Err(exc::new(&exc::ValueError, "cannot convert NaN to integer ratio")),
            Kind::Infinite => return Err(exc::new(&exc::OverflowError, "cannot convert Infinity to integer ratio")),
            Kind::Finite => {}
        }
        let top = if self.negative { -&self.digits } else { self.digits.clone() };
        if self.exp >= 0 {
            return Ok((&top * &ten_to(self.exp), Int::from(1)));
        }
        let bottom = ten_to(-self.exp);
        let common = top.gcd(&bottom);
        Ok((top.floordiv(&common)?, bottom.floordiv(&common)?))
    }
    /// The order of two numbers; nothing where one is none.
    pub fn order(&self, o: &Decimal) -> Option<Ordering> {
        if self.is_nan() || o.is_nan() {
            return None;
        }
        let rank = |d: &Decimal| -> i64 { match (d.is_infinite(), d.is_zero(), d.negative) {
            (true, _, negative) => if negative { -2 } else { 2 },
            (_, true, _) => 0,
            (_, _, negative) => if negative { -1 } else { 1 },
        }};
        let (a, b) = (rank(self), rank(o));
        if a != b || a.abs() != 1 {
            return Some(a.cmp(&b));
        }
        let size = self.adjusted().cmp(&o.adjusted()).then_with(|| {
            let exp = self.exp.min(o.exp);
            let digits = |d: &Decimal| &d.digits * &ten_to(d.exp - exp);
            digits(self).cmp(&digits(o))
        });
        Some(if a < 0 { size.reverse() } else { size })
    }
    fn ordered(&self, o: &Decimal) -> R<Ordering> {
        self.order(o).ok_or_else(|| context::invalid("InvalidOperation"))
    }
}

fn parse(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| *c != '_').map(super::pystr::ascii_digit).collect();
    let (negative, body) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    match body.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Some(Decimal::infinity(negative)),
        "nan" => return Some(Decimal { negative, ..Decimal::nan() }),
        _ => {}
    }
    let (mantissa, exp) = match body.split_once(['e', 'E']) {
        Some((mantissa, exp)) => (mantissa, exp),
        None => (body, "0"),
    };
    let bare = exp.strip_prefix(['+', '-']).unwrap_or(exp);
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let numeric = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if bare.is_empty() || !numeric(bare) || !numeric(whole) || !numeric(part) || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    let exp: i64 = exp.parse().ok()?;
    let digits: Vec<u8> = whole.bytes().chain(part.bytes()).map(|b| b - b'0').collect();
    Some(Decimal::finite(negative, Int::from_parts(false, super::bigint::from_digits(&digits, 10)), exp - part.len() as i64))
}

pub fn digit_text(i: &Int) -> String {
    match i.to_i64() {
        Some(v) => v.to_string(),
        None => super::bigint::to_text(&i.magnitude(), 10),
    }
}

impl PyStr for Decimal {
    fn str_into(&self, out: &mut String) {
        if self.negative {
            out.push('-');
        }
        match self.kind {
            Kind::Infinite => return out.push_str("Infinity"),
            Kind::Nan => return out.push_str("NaN"),
            Kind::Finite => {}
        }
        let digits = digit_text(&self.digits);
        let left = self.exp + digits.len() as i64;
        let point = if self.exp <= 0 && left > -6 { left } else { 1 };
        push_digits(&digits, point, out);
        if left != point {
            out.push_str(&format!("E{:+}", left - point));
        }
    }
}
/// The digits with a point after the first `point` of them.
pub fn push_digits(digits: &str, point: i64, out: &mut String) {
    let n = digits.len() as i64;
    if point <= 0 {
        out.push_str("0.");
        (point..0).for_each(|_| out.push('0'));
        out.push_str(digits);
    } else if point >= n {
        out.push_str(digits);
        (n..point).for_each(|_| out.push('0'));
    } else {
        out.push_str(&digits[..point as usize]);
        out.push('.');
        out.push_str(&digits[point as usize..]);
    }
}
impl PyRepr for Decimal {
    fn repr_into(&self, out: &mut String) {
        out.push_str("Decimal('");
        self.str_into(out);
        out.push_str("')");
    }
}
impl PyTruth for Decimal {
    fn truth(&self) -> bool {
        !self.is_zero()
    }
}
impl PartialEq for Decimal {
    fn eq(&self, o: &Decimal) -> bool {
        self.order(o) == Some(Ordering::Equal)
    }
}
impl PartialOrd for Decimal {
    fn partial_cmp(&self, o: &Decimal) -> Option<Ordering> {
        self.order(o)
    }
}
impl PyOrd for Decimal {
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self.ordered(o)? == Ordering::Less)
    }
    fn py_le(&self, o: &Self) -> R<bool> {
        Ok(self.ordered(o)? != Ordering::Greater)
    }
    fn py_gt(&self, o: &Self) -> R<bool> {
        Ok(self.ordered(o)? == Ordering::Greater)
    }
    fn py_ge(&self, o: &Self) -> R<bool> {
        Ok(self.ordered(o)? != Ordering::Less)
    }
}
/// Equal to the hash of an equal int or float: digits times a power of ten modulo 2^61-1.
impl PyHash for Decimal {
    fn py_hash(&self) -> i64 {
        match self.kind {
            Kind::Infinite => return if self.negative { -314159 } else { 314159 },
            Kind::Nan => return 0,
            Kind::Finite => {}
        }
        let modulus = Int::from(HASH_MODULUS);
        let base = if self.exp >= 0 { Int::from(10) } else { Int::from(10).pow_mod(&Int::from(HASH_MODULUS - 2), &modulus).unwrap_or_default() };
        let scale = base.pow_mod(&Int::from(self.exp.abs()), &modulus).unwrap_or_default();
        let hash = (&self.digits * &scale).pymod(&modulus).ok().and_then(|i| i.to_i64()).unwrap_or(0);
        match if self.negative { -hash } else { hash } {
            -1 => -2,
            h => h,
        }
    }
}
