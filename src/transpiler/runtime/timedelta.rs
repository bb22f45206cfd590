//! needs: exc, traits, arith, pystr, float, fmt
//! `datetime.timedelta`: days, seconds and microseconds, normalised.
use super::exc::{self, R};
use super::traits::*;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct TimeDelta {
    pub days: i64,
    pub seconds: i64,
    pub microseconds: i64,
}

const DAY_US: i128 = 86_400_000_000;

impl TimeDelta {
    pub fn from_us(us: i128) -> R<TimeDelta> {
        let days = us.div_euclid(DAY_US);
        if days.abs() > 999_999_999 {
            let text = format!("days={days}; must have magnitude <= 999999999");
            return Err(exc::new(&exc::OverflowError, text));
        }
        let rest = us.rem_euclid(DAY_US) as i64;
        Ok(TimeDelta { days: days as i64, seconds: rest / 1_000_000, microseconds: rest % 1_000_000 })
    }
    pub fn us(&self) -> i128 {
        self.days as i128 * DAY_US + self.seconds as i128 * 1_000_000 + self.microseconds as i128
    }
    /// Whole arguments.
    pub fn new(days: i64, seconds: i64, microseconds: i64) -> R<TimeDelta> {
        TimeDelta::from_us(days as i128 * DAY_US + seconds as i128 * 1_000_000 + microseconds as i128)
    }
    /// `timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks)` with fractions allowed.
    pub fn from_parts(
        days: f64, seconds: f64, microseconds: f64, milliseconds: f64, minutes: f64, hours: f64, weeks: f64,
    ) -> R<TimeDelta> {
        let parts = [
            (weeks, 7 * DAY_US), (days, DAY_US), (hours, 3_600_000_000), (minutes, 60_000_000), (seconds, 1_000_000),
            (milliseconds, 1000), (microseconds, 1),
        ];
        let (mut whole, mut rest) = (0i128, 0f64);
        for (x, unit) in parts {
            if !x.is_finite() {
                super::float::to_int(x)?;
            }
            // fractions of large units are carried in full seconds first, as CPython carries them
            whole += x.trunc() as i128 * unit;
            let part = x.fract() * unit as f64;
            whole += part.trunc() as i128;
            rest += part.fract();
        }
        TimeDelta::from_us(whole + rest.round_ties_even() as i128)
    }
    pub fn total_seconds(&self) -> f64 {
        self.us() as f64 / 1e6
    }
    pub fn add(&self, o: &TimeDelta) -> R<TimeDelta> {
        TimeDelta::from_us(self.us() + o.us())
    }
    pub fn sub(&self, o: &TimeDelta) -> R<TimeDelta> {
        TimeDelta::from_us(self.us() - o.us())
    }
    pub fn neg(&self) -> R<TimeDelta> {
        TimeDelta::from_us(-self.us())
    }
    pub fn abs(&self) -> R<TimeDelta> {
        TimeDelta::from_us(self.us().abs())
    }
    pub fn mul(&self, n: i64) -> R<TimeDelta> {
        TimeDelta::from_us(self.us() * n as i128)
    }
    pub fn mul_float(&self, x: f64) -> R<TimeDelta> {
        TimeDelta::from_us((self.us() as f64 * x).round_ties_even() as i128)
    }
    /// `self / other`.
    pub fn ratio(&self, o: &TimeDelta) -> R<f64> {
        if o.us() == 0 {
            return Err(exc::new(&exc::ZeroDivisionError, "division by zero"));
        }
        Ok(self.us() as f64 / o.us() as f64)
    }
    /// `self / n`, halves to even.
    pub fn div(&self, n: i64) -> R<TimeDelta> {
        if n == 0 {
            return Err(exc::new(&exc::ZeroDivisionError, "division by zero"));
        }
        let (us, n) = (self.us(), n as i128);
        let (q, r) = (us.div_euclid(n), us.rem_euclid(n));
        let up = 2 * r > n.abs() || (2 * r == n.abs() && q & 1 != 0);
        TimeDelta::from_us(if up { if n > 0 { q + 1 } else { q - 1 } } else { q })
    }
    pub fn div_float(&self, x: f64) -> R<TimeDelta> {
        TimeDelta::from_us(super::arith::fdiv(self.us() as f64, x)?.round_ties_even() as i128)
    }
    pub fn floordiv(&self, o: &TimeDelta) -> R<i64> {
        if o.us() == 0 {
            return Err(exc::new(&exc::ZeroDivisionError, "integer division or modulo by zero"));
        }
        let (a, b) = (self.us(), o.us());
        let q = a / b;
        Ok((q - (a % b != 0 && (a < 0) != (b < 0)) as i128) as i64)
    }
    pub fn floordiv_int(&self, n: i64) -> R<TimeDelta> {
        if n == 0 {
            return Err(exc::new(&exc::ZeroDivisionError, "integer division or modulo by zero"));
        }
        let (a, b) = (self.us(), n as i128);
        let q = a / b;
        TimeDelta::from_us(q - (a % b != 0 && (a < 0) != (b < 0)) as i128)
    }
    pub fn modulo(&self, o: &TimeDelta) -> R<TimeDelta> {
        let q = self.floordiv(o)?;
        self.sub(&o.mul(q)?)
    }
}

impl PyStr for TimeDelta {
    fn str_into(&self, out: &mut String) {
        if self.days != 0 {
            let plural = if self.days.abs() == 1 { "" } else { "s" };
            out.push_str(&format!("{} day{plural}, ", self.days));
        }
        let s = self.seconds;
        out.push_str(&format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60));
        if self.microseconds != 0 {
            out.push_str(&format!(".{:06}", self.microseconds));
        }
    }
}
impl PyRepr for TimeDelta {
    fn repr_into(&self, out: &mut String) {
        let parts = [("days", self.days), ("seconds", self.seconds), ("microseconds", self.microseconds)];
        let shown: Vec<String> = parts.iter().filter(|p| p.1 != 0).map(|p| format!("{}={}", p.0, p.1)).collect();
        let inside = if shown.is_empty() { "0".to_string() } else { shown.join(", ") };
        out.push_str(&format!("datetime.timedelta({inside})"));
    }
}
impl PyTruth for TimeDelta {
    fn truth(&self) -> bool {
        self.us() != 0
    }
}
impl PyHash for TimeDelta {
    fn py_hash(&self) -> i64 {
        (self.days, self.seconds, self.microseconds).py_hash()
    }
}
impl PyOrd for TimeDelta {
    const TOTAL: bool = true;
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self < o)
    }
}
super::fmt::fmt_is_str!(TimeDelta, "datetime.timedelta");
