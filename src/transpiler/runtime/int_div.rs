//! needs: exc, int, bigint, float, arith
//! Division, remainder, power and related functions of `Int`, with Python's signs and messages.
use super::bigint as mag;
use super::exc::{self, Exc};
use super::int::Int;

#[cold]
fn zero_division(what: &'static str) -> Exc {
    exc::new(&exc::ZeroDivisionError, what)
}

impl Int {
    /// `self // o`.
    #[inline]
    pub fn floordiv(&self, o: &Int) -> Result<Int, Exc> {
        if let (Int::Small(a), Int::Small(b)) = (self, o) {
            if *b > 0 {
                return Ok(Int::Small(a.div_euclid(*b)));
            }
        }
        if o.is_zero() {
            return Err(zero_division("integer division or modulo by zero"));
        }
        Ok(big_divmod(self, o).0)
    }

    /// `self % o`.
    #[inline]
    pub fn pymod(&self, o: &Int) -> Result<Int, Exc> {
        if let (Int::Small(a), Int::Small(b)) = (self, o) {
            if *b > 0 {
                return Ok(Int::Small(a.rem_euclid(*b)));
            }
        }
        if o.is_zero() {
            return Err(zero_division("integer modulo by zero"));
        }
        Ok(big_divmod(self, o).1)
    }

    pub fn divmod(&self, o: &Int) -> Result<(Int, Int), Exc> {
        if o.is_zero() {
            return Err(zero_division("integer division or modulo by zero"));
        }
        Ok(big_divmod(self, o))
    }

    /// `self / o`, correctly rounded.
    pub fn truediv(&self, o: &Int) -> Result<f64, Exc> {
        if o.is_zero() {
            return Err(zero_division("division by zero"));
        }
        const EXACT: i64 = 1 << 53;
        if let (Int::Small(a), Int::Small(b)) = (self, o) {
            if (-EXACT..=EXACT).contains(a) && (-EXACT..=EXACT).contains(b) {
                return Ok(*a as f64 / *b as f64);
            }
        }
        let x = ratio(&self.magnitude(), &o.magnitude());
        if x.is_infinite() {
            return Err(exc::new(&exc::OverflowError, "integer division result too large for a float"));
        }
        Ok(if self.is_negative() != o.is_negative() { -x } else { x })
    }

    /// `self ** n` for n >= 0.
    pub fn pow_u(&self, mut n: u64) -> Int {
        let mut base = self.clone();
        let mut out = Int::Small(1);
        while n > 0 {
            if n & 1 == 1 {
                out = &out * &base;
            }
            n >>= 1;
            if n > 0 {
                base = &base * &base;
            }
        }
        out
    }

    /// `self ** o` where the exponent is known not to be negative (a negative one needs `pow_float`).
    pub fn pow(&self, o: &Int) -> Result<Int, Exc> {
        match o {
            Int::Small(n) if *n >= 0 => Ok(self.pow_u(*n as u64)),
            Int::Big(b) if !b.negative && (*self == 0 || *self == 1) => Ok(self.clone()),
            Int::Big(b) if !b.negative && *self == -1 => Ok(self.pow_u(b.mag[0] & 1)),
            Int::Big(b) if !b.negative => Err(exc::bare(&exc::MemoryError)),
            _ => Err(exc::new(&exc::TypeError, "unsupported: int ** negative int where an int was inferred")),
        }
    }

    /// `self ** o` as a float, for negative exponents.
    pub fn pow_float(&self, o: &Int) -> Result<f64, Exc> {
        if self.is_zero() {
            return Err(zero_division("0.0 cannot be raised to a negative power"));
        }
        super::arith::powf(self.to_f64()?, o.to_f64()?)
    }

    /// `pow(self, e, m)`.
    pub fn pow_mod(&self, e: &Int, m: &Int) -> Result<Int, Exc> {
        if m.is_zero() {
            return Err(exc::new(&exc::ValueError, "pow() 3rd argument cannot be 0"));
        }
        let mut base = self.clone();
        let mut e = e.clone();
        if e.is_negative() {
            base = base.inverse(m)?;
            e = -e;
        }
        let mut out = Int::Small(1).pymod(m)?;
        base = base.pymod(m)?;
        let bits = e.magnitude();
        for i in 0..mag::bit_length(&bits) {
            if bits[i / 64] >> (i % 64) & 1 == 1 {
                out = (&out * &base).pymod(m)?;
            }
            base = (&base * &base).pymod(m)?;
        }
        Ok(out)
    }

    fn inverse(&self, m: &Int) -> Result<Int, Exc> {
        let (mut a, mut n) = (self.pymod(&m.abs())?, m.abs());
        let (mut x, mut y) = (Int::Small(1), Int::Small(0));
        while !n.is_zero() {
            let (q, r) = a.divmod(&n)?;
            a = std::mem::replace(&mut n, r);
            let next = &x - &(&q * &y);
            x = std::mem::replace(&mut y, next);
        }
        if a != 1 && m.abs() != 1 {
            return Err(exc::new(&exc::ValueError, "base is not invertible for the given modulus"));
        }
        Ok(x)
    }

    pub fn gcd(&self, o: &Int) -> Int {
        let (mut a, mut b) = (self.abs(), o.abs());
        while let (Int::Big(_), false) = (&a, b.is_zero()) {
            let r = big_divmod(&a, &b).1;
            a = std::mem::replace(&mut b, r);
        }
        if let (Int::Small(mut x), Int::Small(mut y)) = (&a, &b) {
            while y != 0 {
                (x, y) = (y, x % y);
            }
            return Int::Small(x);
        }
        if b.is_zero() {
            return a;
        }
        b.gcd(&a)
    }

    pub fn isqrt(&self) -> Result<Int, Exc> {
        if self.is_negative() {
            return Err(exc::new(&exc::ValueError, "isqrt() argument must be nonnegative"));
        }
        Ok(Int::from_parts(false, mag::isqrt(&self.magnitude())))
    }

    /// `round(self, digits)`.
    pub fn round(&self, digits: i64) -> Result<Int, Exc> {
        if digits >= 0 {
            return Ok(self.clone());
        }
        let unit = Int::Small(10).pow_u(digits.unsigned_abs());
        let (q, r) = big_divmod(self, &unit);
        let twice = &r + &r;
        let up = twice > unit || (twice == unit && !(&q & 1).is_zero());
        Ok(&(if up { q + 1 } else { q }) * &unit)
    }
}

/// Floor division with remainder; `b` is not zero.
fn big_divmod(a: &Int, b: &Int) -> (Int, Int) {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        if *y != -1 {
            let (q, r) = (x / y, x % y);
            let fix = r != 0 && (r < 0) != (*y < 0);
            return (Int::Small(q - fix as i64), Int::Small(if fix { r + y } else { r }));
        }
    }
    let (mut wa, mut wb) = ([0], [0]);
    let (q, r) = mag::divrem(a.limbs(&mut wa), b.limbs(&mut wb));
    let apart = a.is_negative() != b.is_negative();
    let (q, r) = (Int::from_parts(apart, q), Int::from_parts(a.is_negative(), r));
    if apart && !r.is_zero() {
        return (q - 1, &r + b);
    }
    (q, r)
}

/// a / b of magnitudes: a quotient of at least 55 bits whose last bit is sticky, then one rounding.
fn ratio(a: &[u64], b: &[u64]) -> f64 {
    if a.is_empty() {
        return 0.0;
    }
    let exponent = mag::bit_length(a) as i64 - mag::bit_length(b) as i64;
    if exponent > 1025 {
        return f64::INFINITY;
    }
    if exponent < -1080 {
        return 0.0;
    }
    // subnormal results have fewer bits: ask for no more than they can hold, plus two
    let wanted = (exponent + 1076).clamp(2, 56);
    let shift = wanted - exponent;
    let (q, r) = if shift >= 0 {
        mag::divrem(&mag::shl(a, shift as usize), b)
    } else {
        mag::divrem(a, &mag::shl(b, -shift as usize))
    };
    let q = q.first().copied().unwrap_or(0);
    let sticky = (!r.is_empty()) as u64;
    round_scaled(q << 1 | sticky, -shift - 1)
}

/// m * 2^e rounded once, m below 2^60 with a sticky last bit.
fn round_scaled(m: u64, e: i64) -> f64 {
    let bits = 64 - m.leading_zeros() as i64;
    let keep = (bits + e + 1074).min(53);
    let drop = (bits - keep).max(0);
    let (mut top, low) = (m >> drop, m & ((1u64 << drop) - 1));
    if drop > 0 {
        let half = 1u64 << (drop - 1);
        top += (low > half || (low == half && top & 1 == 1)) as u64;
    }
    let e = e + drop;
    // two exact steps: powi of the whole exponent could underflow
    let first = e / 2;
    top as f64 * 2f64.powi(first as i32) * 2f64.powi((e - first) as i32)
}
