//! needs: decimal, decimal_arith, decimal_context, exc, int, int_bits, int_div, traits, pystr
//! Roots, logarithms, exponentials and powers of `decimal`, by whole numbers of more digits than are asked for.
//! Source: M. Cowlishaw, General Decimal Arithmetic Specification 1.70; J.-M. Muller, "Elementary Functions", chapter 5.
use super::decimal::{count_digits, ten_to, Decimal};
use super::decimal_arith::sticky;
use super::decimal_context::{self as context, current, Rounding};
use super::exc::R;
use super::int::Int;

const INVALID: &str = "InvalidOperation";
/// Digits behind those asked for.
const GUARD: i64 = 14;

fn divided(a: &Int, b: &Int) -> Int {
    a.floordiv(b).unwrap_or_default()
}

/// ln of a number of at least one, both times ten to `places`.
fn ln_fixed(x: &Int, places: i64) -> R<Int> {
    let more = places + 20;
    let unit = ten_to(more);
    let mut root = x * &ten_to(20);
    // Roots until it is so near to one that the series is short.
    let near = divided(&unit, &Int::from(64));
    let mut halvings = 0;
    while &root - &unit > near {
        root = (&root * &unit).isqrt()?;
        halvings += 1;
    }
    let ratio = divided(&(&(&root - &unit) * &unit), &(&root + &unit));
    let square = divided(&(&ratio * &ratio), &unit);
    let (mut sum, mut term, mut n) = (Int::from(0), ratio, 1);
    while !term.is_zero() {
        sum = &sum + &divided(&term, &Int::from(n));
        term = divided(&(&term * &square), &unit);
        n += 2;
    }
    let doubled = &sum * &Int::from(2).pow_u(halvings + 1);
    Ok(divided(&doubled, &ten_to(20)))
}
fn ln_ten(places: i64) -> R<Int> {
    ln_fixed(&(&Int::from(10) * &ten_to(places)), places)
}
/// ln of a positive number times ten to `places`, cut off.
fn ln_scaled(x: &Decimal, places: i64) -> R<Int> {
    let first = x.adjusted();
    let shift = places - (x.count() - 1);
    let mantissa = if shift >= 0 { &x.digits * &ten_to(shift) } else { divided(&x.digits, &ten_to(-shift)) };
    let work = places + 6;
    let tens = &ln_ten(work)? * &Int::from(first);
    let rest = &ln_fixed(&mantissa, places)? * &ten_to(6);
    Ok(divided(&(&tens + &rest), &ten_to(6)))
}
/// e to the power of `x` times ten to `-places`: digits and exponent.
fn exp_scaled(x: &Int, places: i64) -> R<(Int, i64)> {
    let unit = ten_to(places);
    let ten = ln_ten(places)?;
    let (power, rest) = x.divmod(&ten)?;
    // A small part of it, whose series is short, then squared back.
    let halvings = 12u64;
    let more = places + 10;
    let wide = ten_to(more);
    let part = divided(&(&rest * &ten_to(10)), &Int::from(2).pow_u(halvings));
    let (mut sum, mut term, mut n) = (wide.clone(), wide.clone(), 1);
    while !term.is_zero() {
        term = divided(&divided(&(&term * &part), &wide), &Int::from(n));
        sum = &sum + &term;
        n += 1;
    }
    for _ in 0..halvings {
        sum = divided(&(&sum * &sum), &wide);
    }
    let made = divided(&(&sum * &unit), &wide);
    Ok((made, power.index()? - places))
}

fn inexact(negative: bool, digits: Int, exp: i64) -> R<Decimal> {
    let settings = current();
    Decimal::finite(negative, sticky(digits)?, exp).fixed_to(settings.prec, Rounding::HalfEven)
}

impl Decimal {
    pub fn sqrt(&self) -> R<Decimal> {
        if self.is_nan() || (self.is_infinite() && !self.negative) {
            return Ok(self.clone());
        }
        if self.is_zero() {
            return Decimal { exp: self.exp.div_euclid(2), ..self.clone() }.fixed();
        }
        if self.negative {
            return Err(context::invalid(INVALID));
        }
        let prec = current().prec + 1;
        let odd = self.exp.rem_euclid(2) == 1;
        let mut exp = self.exp.div_euclid(2);
        let digits = if odd { &self.digits * 10 } else { self.digits.clone() };
        let have = if odd { self.count() / 2 + 1 } else { (self.count() + 1) / 2 };
        let shift = prec - have;
        let (scaled, rest) = if shift >= 0 {
            (&digits * &ten_to(2 * shift), Int::from(0))
        } else {
            digits.divmod(&ten_to(-2 * shift))?
        };
        exp -= shift;
        let mut root = scaled.isqrt()?;
        if rest.is_zero() && &root * &root == scaled {
            root = if shift >= 0 { divided(&root, &ten_to(shift)) } else { &root * &ten_to(-shift) };
            exp += shift;
        } else {
            root = sticky(root)?;
        }
        Decimal::finite(false, root, exp).fixed_to(current().prec, Rounding::HalfEven)
    }
    pub fn ln(&self) -> R<Decimal> {
        if self.is_nan() || (self.is_infinite() && !self.negative) {
            return Ok(self.clone());
        }
        if self.is_zero() {
            return Ok(Decimal::infinity(true));
        }
        if self.negative {
            return Err(context::invalid(INVALID));
        }
        if *self == Decimal::from_int(&Int::from(1)) {
            return Ok(Decimal::from_int(&Int::from(0)));
        }
        let mut places = current().prec + GUARD;
        loop {
            let value = ln_scaled(self, places)?;
            // Near to one the first digits of the logarithm are zeros.
            if count_digits(&value) >= current().prec + GUARD / 2 {
                return inexact(value.is_negative(), value.abs(), -places);
            }
            places *= 2;
        }
    }
    pub fn log10(&self) -> R<Decimal> {
        if self.is_nan() || (self.is_infinite() && !self.negative) {
            return Ok(self.clone());
        }
        if self.is_zero() {
            return Ok(Decimal::infinity(true));
        }
        if self.negative {
            return Err(context::invalid(INVALID));
        }
        let first = self.adjusted();
        if self.digits == ten_to(self.count() - 1) {
            return Decimal::from_int(&Int::from(first)).fixed();
        }
        let mut places = current().prec + GUARD;
        loop {
            let top = &ln_scaled(self, places)? * &ten_to(places);
            let value = divided(&top, &ln_ten(places)?);
            if count_digits(&value) >= current().prec + GUARD / 2 {
                return inexact(value.is_negative(), value.abs(), -places);
            }
            places *= 2;
        }
    }
    pub fn exp(&self) -> R<Decimal> {
        if self.is_nan() {
            return Ok(self.clone());
        }
        if self.is_infinite() {
            return Ok(if self.negative { Decimal::from_int(&Int::from(0)) } else { self.clone() });
        }
        if self.is_zero() {
            return Ok(Decimal::from_int(&Int::from(1)));
        }
        if self.adjusted() > 8 {
            return if self.negative { Ok(Decimal::finite(false, Int::from(0), context::EMIN - current().prec + 1)) } else { Err(context::overflow()) };
        }
        let places = current().prec + GUARD + self.adjusted().max(0);
        let scaled = self.rescaled(-places, Rounding::HalfEven);
        let x = if self.negative { -scaled.digits } else { scaled.digits };
        let (digits, exp) = exp_scaled(&x, places)?;
        inexact(false, digits, exp)
    }
    pub fn pow(&self, o: &Decimal) -> R<Decimal> {
        if self.is_nan() || o.is_nan() {
            return Ok(Decimal::nan());
        }
        let one = Decimal::from_int(&Int::from(1));
        if o.is_zero() {
            return if self.is_zero() { Err(context::invalid(INVALID)) } else { Ok(one) };
        }
        let whole = o.is_finite() && o.to_integral(Some(&super::pystr::Str::lit("ROUND_DOWN")))? == *o;
        let odd = whole && o.whole(Rounding::Down)?.pymod(&Int::from(2))? == 1;
        let negative = self.negative && odd;
        if self.negative && !whole && !self.is_zero() {
            return Err(context::invalid(INVALID));
        }
        if self.is_zero() || self.is_infinite() {
            let zero = self.is_zero() != o.negative;
            return Ok(if zero { Decimal::finite(negative, Int::from(0), 0) } else { Decimal::infinity(negative) });
        }
        if o.is_infinite() {
            let size = self.with_sign(false).order(&one);
            let grows = (size == Some(std::cmp::Ordering::Greater)) != o.negative;
            return Ok(match size {
                Some(std::cmp::Ordering::Equal) => one,
                _ if grows => Decimal::infinity(false),
                _ => Decimal::from_int(&Int::from(0)),
            });
        }
        if whole && o.adjusted() < 10 {
            return self.whole_power(&o.whole(Rounding::Down)?, negative);
        }
        self.real_power(o, negative)
    }
    fn whole_power(&self, n: &Int, negative: bool) -> R<Decimal> {
        let times = n.abs().index()?;
        if self.count().saturating_mul(times) > 20_000 {
            return self.real_power(&Decimal::from_int(n), negative);
        }
        let power = Decimal::finite(negative, self.digits.pow_u(times as u64), self.exp * times);
        if n.is_negative() {
            return Decimal::from_int(&Int::from(1)).quotient(&power, current().prec)?.fixed();
        }
        power.fixed()
    }
    /// By the logarithm; exact results are filled up with zeros.
    fn real_power(&self, o: &Decimal, negative: bool) -> R<Decimal> {
        let prec = current().prec;
        let places = prec + GUARD + self.adjusted().abs().max(1).ilog10() as i64 + o.adjusted().max(0) + 4;
        let log = ln_scaled(&self.with_sign(false), places)?;
        let product = &log * &o.digits;
        let product = if o.negative { -product } else { product };
        let x = if o.exp >= 0 { &product * &ten_to(o.exp) } else { divided(&product, &ten_to(-o.exp)) };
        if count_digits(&x) > places + 9 {
            return if x.is_negative() { Ok(Decimal::finite(false, Int::from(0), context::EMIN - prec + 1)) } else { Err(context::overflow()) };
        }
        let (digits, exp) = exp_scaled(&x, places)?;
        let drop = count_digits(&digits) - prec - GUARD / 2;
        let near = Decimal::finite(negative, digits.clone(), exp).rescaled(exp + drop, Rounding::HalfEven);
        let (start, zeros) = near.digits.divmod(&ten_to(GUARD / 2))?;
        if zeros.is_zero() {
            return Decimal::finite(negative, start, near.exp + GUARD / 2).fixed();
        }
        Decimal::finite(negative, sticky(digits)?, exp).fixed_to(prec, Rounding::HalfEven)
    }
}
