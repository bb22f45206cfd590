//! needs: exc, int, int_div, float
//! Exact fractions of `Int`, always reduced with a positive denominator: behind `fractions` and `statistics`.
use super::exc::{self, R};
use super::int::Int;

#[derive(Clone, PartialEq)]
pub struct Ratio {
    pub num: Int,
    pub den: Int,
}

impl Ratio {
    pub fn new(num: Int, den: Int) -> R<Ratio> {
        if den.is_zero() {
            return Err(exc::new(&exc::ZeroDivisionError, format!("Fraction({num:?}, 0)")));
        }
        let g = num.gcd(&den);
        let g = if den.is_negative() { -g } else { g };
        Ok(Ratio { num: num.floordiv(&g)?, den: den.floordiv(&g)? })
    }
    pub fn zero() -> Ratio {
        Ratio::from_i64(0)
    }
    pub fn from_i64(n: i64) -> Ratio {
        Ratio { num: Int::from(n), den: Int::from(1) }
    }
    pub fn from_int(n: Int) -> Ratio {
        Ratio { num: n, den: Int::from(1) }
    }
    /// The int that it is, if it is whole.
    pub fn whole(&self) -> Option<Int> {
        (self.den.to_i64() == Some(1)).then(|| self.num.clone())
    }
    pub fn from_f64(x: f64) -> R<Ratio> {
        let (num, den) = super::float::as_integer_ratio(x)?;
        Ok(Ratio { num, den })
    }
    pub fn add(&self, o: &Ratio) -> R<Ratio> {
        Ratio::new(&(&self.num * &o.den) + &(&o.num * &self.den), &self.den * &o.den)
    }
    pub fn sub(&self, o: &Ratio) -> R<Ratio> {
        Ratio::new(&(&self.num * &o.den) - &(&o.num * &self.den), &self.den * &o.den)
    }
    pub fn mul(&self, o: &Ratio) -> R<Ratio> {
        Ratio::new(&self.num * &o.num, &self.den * &o.den)
    }
    pub fn div(&self, o: &Ratio) -> R<Ratio> {
        Ratio::new(&self.num * &o.den, &self.den * &o.num)
    }
    pub fn div_int(&self, n: i64) -> R<Ratio> {
        Ratio::new(self.num.clone(), &self.den * n)
    }
    pub fn to_f64(&self) -> R<f64> {
        self.num.truediv(&self.den)
    }
    /// Square root, correctly rounded: a wide integer root with a sticky bit.
    pub fn sqrt(&self) -> R<f64> {
        if self.num.is_zero() {
            return Ok(0.0);
        }
        let q = (self.num.bit_length() - self.den.bit_length() - 109).div_euclid(2);
        let shift = Int::from(2 * q.abs());
        let (n, d) =
            if q >= 0 { (self.num.clone(), self.den.shl(&shift)?) } else { (self.num.shl(&shift)?, self.den.clone()) };
        let whole = n.floordiv(&d)?;
        let root = whole.isqrt()?;
        let exact = &(&root * &root) * &d == n;
        let root = if exact { root } else { &root | 1 };
        let scale = Int::from(1).shl(&Int::from(q.abs()))?;
        if q >= 0 { (&root * &scale).truediv(&Int::from(1)) } else { root.truediv(&scale) }
    }
    pub fn lt(&self, o: &Ratio) -> bool {
        &self.num * &o.den < &o.num * &self.den
    }
}
