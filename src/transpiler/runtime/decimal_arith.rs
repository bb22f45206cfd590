//! needs: decimal, decimal_context, exc, int, int_bits, int_div, traits, pystr
//! Arithmetic of `decimal`, rounded to the current precision.
//! Source: M. Cowlishaw, General Decimal Arithmetic Specification 1.70.
use super::decimal::{count_digits, ten_to, Decimal, Kind};
use super::decimal_context::{self as context, current, Rounding, EMAX, EMIN};
use super::exc::{self, R};
use super::int::Int;
use std::cmp::Ordering;

const INVALID: &str = "InvalidOperation";

impl Decimal {
    /// Rounded to the precision of the context.
    pub fn fixed(self) -> R<Decimal> {
        let settings = current();
        self.fixed_to(settings.prec, settings.rounding)
    }
    pub fn fixed_to(self, prec: i64, rounding: Rounding) -> R<Decimal> {
        if self.kind != Kind::Finite {
            return Ok(self);
        }
        let (tiny, top) = (EMIN - prec + 1, EMAX - prec + 1);
        if self.digits.is_zero() {
            return Ok(Decimal { exp: self.exp.clamp(tiny, EMAX), ..self });
        }
        let least = (self.count() + self.exp - prec).max(tiny);
        if least > top {
            return Err(context::overflow());
        }
        if self.exp >= least {
            return Ok(self);
        }
        let mut made = self.rescaled(least, rounding);
        if made.count() > prec {
            made.digits = made.digits.floordiv(&Int::from(10))?;
            made.exp += 1;
        }
        if made.exp > top { Err(context::overflow()) } else { Ok(made) }
    }
    pub fn neg(&self) -> R<Decimal> {
        let sign = if self.is_zero() { current().rounding == Rounding::Floor } else { !self.negative };
        self.with_sign(sign && !self.is_nan()).fixed()
    }
    pub fn pos(&self) -> R<Decimal> {
        let sign = if self.is_zero() { current().rounding == Rounding::Floor } else { self.negative };
        self.with_sign(sign).fixed()
    }
    pub fn abs(&self) -> R<Decimal> {
        self.with_sign(false).fixed()
    }
    pub fn sub(&self, o: &Decimal) -> R<Decimal> {
        self.add(&o.with_sign(!o.negative && !o.is_nan()))
    }
    pub fn add(&self, o: &Decimal) -> R<Decimal> {
        if self.is_nan() || o.is_nan() {
            return Ok(Decimal::nan());
        }
        match (self.is_infinite(), o.is_infinite()) {
            (true, true) if self.negative != o.negative => return Err(context::invalid(INVALID)),
            (true, _) => return Ok(self.clone()),
            (_, true) => return Ok(o.clone()),
            _ => {}
        }
        let settings = current();
        let exp = self.exp.min(o.exp);
        match (self.is_zero(), o.is_zero()) {
            (true, true) => {
                let floor = settings.rounding == Rounding::Floor && self.negative != o.negative;
                return Decimal::finite((self.negative && o.negative) || floor, Int::from(0), exp).fixed();
            }
            (true, false) => return o.rescaled(exp.max(o.exp - settings.prec - 1), settings.rounding).fixed(),
            (false, true) => return self.rescaled(exp.max(self.exp - settings.prec - 1), settings.rounding).fixed(),
            _ => {}
        }
        let (a, b) = aligned(self, o, settings.prec);
        let (exp, x, y) = (a.exp, signed(&a), signed(&b));
        let sum = &x + &y;
        if sum.is_zero() {
            return Decimal::finite(settings.rounding == Rounding::Floor, sum, exp).fixed();
        }
        Decimal::finite(sum.is_negative(), sum.abs(), exp).fixed()
    }
    pub fn mul(&self, o: &Decimal) -> R<Decimal> {
        self.times(o)?.fixed()
    }
    /// The exact product.
    pub fn times(&self, o: &Decimal) -> R<Decimal> {
        let negative = self.negative != o.negative;
        if self.is_nan() || o.is_nan() {
            return Ok(Decimal::nan());
        }
        if self.is_infinite() || o.is_infinite() {
            let undefined = self.is_zero() || o.is_zero();
            return if undefined { Err(context::invalid(INVALID)) } else { Ok(Decimal::infinity(negative)) };
        }
        Ok(Decimal::finite(negative, &self.digits * &o.digits, self.exp + o.exp))
    }
    pub fn div(&self, o: &Decimal) -> R<Decimal> {
        let negative = self.negative != o.negative;
        if self.is_nan() || o.is_nan() {
            return Ok(Decimal::nan());
        }
        match (self.is_infinite(), o.is_infinite()) {
            (true, true) => return Err(context::invalid(INVALID)),
            (true, false) => return Ok(Decimal::infinity(negative)),
            (false, true) => return Ok(Decimal::finite(negative, Int::from(0), EMIN - current().prec + 1)),
            _ => {}
        }
        if o.is_zero() {
            return Err(if self.is_zero() { context::invalid("DivisionUndefined") } else { context::by_zero() });
        }
        self.quotient(o, current().prec)?.fixed()
    }
    /// The quotient of finite numbers to at least `prec` digits, so that rounding it once more is right.
    pub fn quotient(&self, o: &Decimal, prec: i64) -> R<Decimal> {
        let (negative, ideal) = (self.negative != o.negative, self.exp - o.exp);
        if self.is_zero() {
            return Ok(Decimal::finite(negative, Int::from(0), ideal));
        }
        let shift = o.count() - self.count() + prec + 1;
        let mut exp = ideal - shift;
        let (mut digits, rest) = if shift >= 0 {
            (&self.digits * &ten_to(shift)).divmod(&o.digits)?
        } else {
            self.digits.divmod(&(&o.digits * &ten_to(-shift)))?
        };
        if !rest.is_zero() {
            digits = sticky(digits)?;
        } else {
            let ten = Int::from(10);
            while exp < ideal {
                let (less, last) = digits.divmod(&ten)?;
                if !last.is_zero() {
                    break;
                }
                digits = less;
                exp += 1;
            }
        }
        Ok(Decimal::finite(negative, digits, exp))
    }
    /// The whole quotient towards zero, and what is left.
    fn whole_quotient(&self, o: &Decimal) -> R<(Decimal, Decimal)> {
        let negative = self.negative != o.negative;
        let exp = if o.is_infinite() { self.exp } else { self.exp.min(o.exp) };
        let gap = self.adjusted() - o.adjusted();
        let settings = current();
        if self.is_zero() || o.is_infinite() || gap <= -2 {
            let left = self.rescaled(exp, settings.rounding);
            return Ok((Decimal::finite(negative, Int::from(0), 0), left));
        }
        if gap > settings.prec {
            return Err(context::invalid("DivisionImpossible"));
        }
        let scale = |d: &Decimal| &d.digits * &ten_to(d.exp - exp);
        let (whole, rest) = scale(self).divmod(&scale(o))?;
        if count_digits(&whole) > settings.prec {
            return Err(context::invalid("DivisionImpossible"));
        }
        Ok((Decimal::finite(negative, whole, 0), Decimal::finite(self.negative, rest, exp)))
    }
    pub fn floordiv(&self, o: &Decimal) -> R<Decimal> {
        if self.is_nan() || o.is_nan() {
            return Ok(Decimal::nan());
        }
        if self.is_infinite() {
            let undefined = o.is_infinite();
            return if undefined { Err(context::invalid(INVALID)) } else { Ok(Decimal::infinity(self.negative != o.negative)) };
        }
        if o.is_zero() {
            return Err(if self.is_zero() { context::invalid("DivisionUndefined") } else { context::by_zero() });
        }
        self.whole_quotient(o)?.0.fixed()
    }
    pub fn modulo(&self, o: &Decimal) -> R<Decimal> {
        if self.is_nan() || o.is_nan() {
            return Ok(Decimal::nan());
        }
        if self.is_infinite() {
            return Err(context::invalid(INVALID));
        }
        if o.is_zero() {
            return Err(context::invalid(if self.is_zero() { "DivisionUndefined" } else { INVALID }));
        }
        self.whole_quotient(o)?.1.fixed()
    }
    pub fn divmod(&self, o: &Decimal) -> R<(Decimal, Decimal)> {
        Ok((self.floordiv(o)?, self.modulo(o)?))
    }
    /// The remainder nearest to zero.
    pub fn remainder_near(&self, o: &Decimal) -> R<Decimal> {
        let whole = self.modulo(o)?;
        let exp = whole.exp.min(o.exp);
        let size = |d: &Decimal| &d.digits * &ten_to(d.exp - exp);
        let twice = &size(&whole) * 2;
        let odd = self.floordiv(o)?.digits.pymod(&Int::from(2))? == 1;
        match twice.cmp(&size(o)) {
            Ordering::Greater => whole.sub(&o.with_sign(whole.negative)),
            Ordering::Equal if odd => whole.sub(&o.with_sign(whole.negative)),
            _ => Ok(whole),
        }
    }
    pub fn fma(&self, o: &Decimal, third: &Decimal) -> R<Decimal> {
        self.times(o)?.add(third)
    }
    pub fn quantize(&self, like: &Decimal, rounding: Option<&super::pystr::Str>) -> R<Decimal> {
        let settings = current();
        let rounding = match rounding {
            Some(name) => Rounding::named(name)?,
            None => settings.rounding,
        };
        if self.is_nan() || like.is_nan() {
            return Ok(Decimal::nan());
        }
        if self.is_infinite() || like.is_infinite() {
            let both = self.is_infinite() && like.is_infinite();
            return if both { Ok(self.clone()) } else { Err(context::invalid(INVALID)) };
        }
        let fits = (EMIN - settings.prec + 1..=EMAX).contains(&like.exp) && self.adjusted() <= EMAX;
        if !fits || self.adjusted() - like.exp + 1 > settings.prec {
            return Err(context::invalid(INVALID));
        }
        let made = self.rescaled(like.exp, rounding);
        if made.count() > settings.prec { Err(context::invalid(INVALID)) } else { Ok(made) }
    }
    pub fn to_integral(&self, rounding: Option<&super::pystr::Str>) -> R<Decimal> {
        let rounding = match rounding {
            Some(name) => Rounding::named(name)?,
            None => current().rounding,
        };
        Ok(if !self.is_finite() || self.exp >= 0 { self.clone() } else { self.rescaled(0, rounding) })
    }
    pub fn normalize(&self) -> R<Decimal> {
        let mut made = self.clone().fixed()?;
        if made.is_zero() {
            return Ok(Decimal { exp: 0, ..made });
        }
        while made.is_finite() {
            let (less, last) = made.digits.divmod(&Int::from(10))?;
            if !last.is_zero() {
                break;
            }
            made.digits = less;
            made.exp += 1;
        }
        Ok(made)
    }
    pub fn scaleb(&self, o: &Decimal) -> R<Decimal> {
        let by = o.whole(Rounding::Down)?.index()?;
        if !self.is_finite() {
            return Ok(self.clone());
        }
        Decimal { exp: self.exp + by, ..self.clone() }.fixed()
    }
    /// -1, 0 or 1; NaN beside a NaN.
    pub fn compare(&self, o: &Decimal) -> Decimal {
        match self.order(o) {
            None => Decimal::nan(),
            Some(order) => Decimal::from_int(&Int::from(order as i64)),
        }
    }
    pub fn larger(&self, o: &Decimal, larger: bool) -> R<Decimal> {
        if self.is_nan() || o.is_nan() {
            return if self.is_nan() { o.clone().fixed() } else { self.clone().fixed() };
        }
        let first = match self.order(o) {
            // Of equal numbers the one of the larger exponent is larger where they are positive.
            Some(Ordering::Equal) | None => match (self.negative, o.negative) {
                (false, true) => larger,
                (true, false) => !larger,
                (negative, _) => ((self.exp >= o.exp) != negative) == larger,
            },
            Some(order) => (order == Ordering::Greater) == larger,
        };
        if first { self.clone().fixed() } else { o.clone().fixed() }
    }
    /// `round(x)`, and `round(x, digits)`.
    pub fn round(&self) -> R<i64> {
        self.whole(Rounding::HalfEven)?.index()
    }
    pub fn round_to(&self, digits: i64) -> R<Decimal> {
        let like = Decimal::finite(false, Int::from(1), -digits);
        self.quantize(&like, None)
    }
}

/// `decimal + float` and its kin.
#[cold]
pub fn with_float(op: &str, left: &str, right: &str) -> R<Decimal> {
    Err(exc::new(&exc::TypeError, format!("unsupported operand type(s) for {op}: '{left}' and '{right}'")))
}

/// Digits of a number that goes on behind them: never exactly at a half or at the end.
pub fn sticky(digits: Int) -> R<Int> {
    let fifth = digits.pymod(&Int::from(5))?.is_zero();
    Ok(if fifth { &digits + 1 } else { digits })
}
fn signed(d: &Decimal) -> Int {
    if d.negative { -&d.digits } else { d.digits.clone() }
}
/// Both with one exponent. What lies far below the precision of the other counts as a trace of it.
fn aligned(a: &Decimal, b: &Decimal, prec: i64) -> (Decimal, Decimal) {
    let (large, small) = if a.exp >= b.exp { (a, b) } else { (b, a) };
    let mut small = small.clone();
    let exp = large.exp + (-1i64).min(large.count() - prec - 2);
    if small.count() + small.exp - 1 < exp {
        small.digits = Int::from(1);
        small.exp = exp;
    }
    let large = Decimal { digits: &large.digits * &ten_to(large.exp - small.exp), exp: small.exp, ..large.clone() };
    (large, small)
}
