//! needs: exc, rational, int, int_div, float, pystr, traits, fmt, int_text
//! `fractions.Fraction`.
use super::exc::{self, R};
use super::int::Int;
use super::pystr::Str;
use super::rational::Ratio;
use super::traits::*;

#[derive(Clone, PartialEq)]
pub struct Fraction(pub Ratio);

impl Fraction {
    pub fn new(num: i64, den: i64) -> R<Fraction> {
        if den == 0 {
            return Err(exc::new(&exc::ZeroDivisionError, format!("Fraction({num}, 0)")));
        }
        Ok(Fraction(Ratio::new(Int::from(num), Int::from(den))?))
    }
    pub fn from_float(x: f64) -> R<Fraction> {
        Ok(Fraction(Ratio::from_f64(x)?))
    }
    /// `Fraction("3/4")`, `Fraction("0.25")`, `Fraction("1e3")`.
    pub fn parse(s: &Str) -> R<Fraction> {
        let bad = || exc::new(&exc::ValueError, format!("Invalid literal for Fraction: {}", s.repr()));
        let t = s.as_str().trim();
        let whole = |t: &str| -> R<Int> {
            if t.is_empty() || !t.trim_start_matches(['+', '-']).bytes().all(|b| b.is_ascii_digit() || b == b'_') {
                return Err(bad());
            }
            super::int_text::parse(&Str::new(t)).map_err(|_| bad())
        };
        if let Some((a, b)) = t.split_once('/') {
            let (n, d) = (whole(a)?, whole(b)?);
            if d.is_zero() {
                return Err(exc::new(&exc::ZeroDivisionError, format!("Fraction({n:?}, 0)")));
            }
            return Ok(Fraction(Ratio::new(n, d)?));
        }
        let (mantissa, exp) = t.split_once(['e', 'E']).unwrap_or((t, "0"));
        let exp: i64 = exp.parse().map_err(|_| bad())?;
        let (a, b) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{a}{b}");
        let n = whole(if matches!(digits.as_str(), "" | "+" | "-") { "x" } else { &digits })?;
        let shift = exp - b.len() as i64;
        let ten = Int::from(10).pow_u(shift.unsigned_abs());
        Ok(Fraction(if shift >= 0 { Ratio::new(n * ten, Int::from(1))? } else { Ratio::new(n, ten)? }))
    }
    pub fn of_int(n: i64) -> Fraction {
        Fraction(Ratio::from_i64(n))
    }
    pub fn numerator(&self) -> R<i64> {
        self.0.num.index()
    }
    pub fn denominator(&self) -> R<i64> {
        self.0.den.index()
    }
    pub fn add(&self, o: &Fraction) -> R<Fraction> {
        Ok(Fraction(self.0.add(&o.0)?))
    }
    pub fn sub(&self, o: &Fraction) -> R<Fraction> {
        Ok(Fraction(self.0.sub(&o.0)?))
    }
    pub fn mul(&self, o: &Fraction) -> R<Fraction> {
        Ok(Fraction(self.0.mul(&o.0)?))
    }
    pub fn div(&self, o: &Fraction) -> R<Fraction> {
        if o.0.num.is_zero() {
            let text = format!("Fraction({:?}, 0)", &self.0.num * &o.0.den);
            return Err(exc::new(&exc::ZeroDivisionError, text));
        }
        Ok(Fraction(self.0.div(&o.0)?))
    }
    pub fn floordiv(&self, o: &Fraction) -> R<i64> {
        (&self.0.num * &o.0.den).floordiv(&(&self.0.den * &o.0.num))?.index()
    }
    pub fn modulo(&self, o: &Fraction) -> R<Fraction> {
        let q = self.floordiv(o)?;
        self.sub(&o.mul(&Fraction::of_int(q))?)
    }
    pub fn pow(&self, n: i64) -> R<Fraction> {
        let k = n.unsigned_abs();
        let (a, b) = (self.0.num.pow_u(k), self.0.den.pow_u(k));
        if n < 0 && a.is_zero() {
            return Err(exc::new(&exc::ZeroDivisionError, format!("Fraction({b:?}, 0)")));
        }
        Ok(Fraction(if n >= 0 { Ratio { num: a, den: b } } else { Ratio::new(b, a)? }))
    }
    pub fn neg(&self) -> Fraction {
        Fraction(Ratio { num: -&self.0.num, den: self.0.den.clone() })
    }
    pub fn abs(&self) -> Fraction {
        Fraction(Ratio { num: self.0.num.abs(), den: self.0.den.clone() })
    }
    pub fn to_float(&self) -> R<f64> {
        self.0.to_f64()
    }
    /// Towards zero.
    pub fn to_int(&self) -> R<i64> {
        let q = self.0.num.abs().floordiv(&self.0.den)?;
        if self.0.num.is_negative() { (-q).index() } else { q.index() }
    }
    pub fn floor(&self) -> R<i64> {
        self.0.num.floordiv(&self.0.den)?.index()
    }
    /// `limit_denominator(n)`: the nearest fraction with a denominator of at most n.
    pub fn limit_denominator(&self, max: i64) -> R<Fraction> {
        if max < 1 {
            return Err(exc::new(&exc::ValueError, "max_denominator should be at least 1"));
        }
        if self.0.den <= max {
            return Ok(self.clone());
        }
        let (mut p0, mut q0, mut p1, mut q1) = (Int::from(0), Int::from(1), Int::from(1), Int::from(0));
        let (mut n, mut d) = (self.0.num.clone(), self.0.den.clone());
        loop {
            let a = n.floordiv(&d)?;
            let q2 = &q0 + &(&a * &q1);
            if q2 > max {
                break;
            }
            (p0, q0, p1, q1) = (p1.clone(), q1, &p0 + &(&a * &p1), q2);
            let next = &n - &(&a * &d);
            n = std::mem::replace(&mut d, next);
        }
        let k = (&Int::from(max) - &q0).floordiv(&q1)?;
        let one = Fraction(Ratio::new(&p0 + &(&k * &p1), &q0 + &(&k * &q1))?);
        let two = Fraction(Ratio::new(p1, q1)?);
        let (a, b) = (two.sub(self)?.abs(), one.sub(self)?.abs());
        Ok(if b.0.lt(&a.0) { one } else { two })
    }
}
impl PyStr for Fraction {
    fn str_into(&self, out: &mut String) {
        self.0.num.repr_into(out);
        if self.0.den != 1 {
            out.push('/');
            self.0.den.repr_into(out);
        }
    }
}
impl PyRepr for Fraction {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("Fraction({:?}, {:?})", self.0.num, self.0.den));
    }
}
impl PyTruth for Fraction {
    fn truth(&self) -> bool {
        !self.0.num.is_zero()
    }
}
impl PartialOrd for Fraction {
    fn partial_cmp(&self, o: &Fraction) -> Option<std::cmp::Ordering> {
        (&self.0.num * &o.0.den).partial_cmp(&(&o.0.num * &self.0.den))
    }
}
impl PyOrd for Fraction {
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self < o)
    }
}
/// Equal to the hash of an equal int or float: numerator times the inverse of the denominator modulo 2^61-1.
impl PyHash for Fraction {
    fn py_hash(&self) -> i64 {
        let p = Int::from(HASH_MODULUS);
        let inverse = self.0.den.pow_mod(&Int::from(HASH_MODULUS - 2), &p).unwrap_or_default();
        let h = (&self.0.num.abs() * &inverse).pymod(&p).ok().and_then(|i| i.to_i64()).unwrap_or(314159);
        match if self.0.num.is_negative() { -h } else { h } {
            -1 => -2,
            h => h,
        }
    }
}
super::fmt::fmt_is_str!(Fraction, "Fraction");
