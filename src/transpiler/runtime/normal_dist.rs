//! needs: exc, statistics, math_special, seq, traits, value, random, random_distributions
//! `statistics.NormalDist`. Source of the quantile's coefficients: Wichura, algorithm AS 241 (1988).
use super::exc::{self, R};
use super::statistics::{self, StatisticsError};
use super::traits::*;
use std::f64::consts::TAU;

#[derive(Clone, Copy, PartialEq)]
pub struct NormalDist {
    pub mu: f64,
    pub sigma: f64,
}

fn fail<T>(text: &str) -> R<T> {
    Err(exc::new(&StatisticsError, text))
}

fn polynomial(x: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().fold(0.0, |acc, c| acc * x + c)
}

const A: [f64; 8] = [
    2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
    1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0,
];
const B: [f64; 8] = [
    5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
    5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0,
];
const C: [f64; 8] = [
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
    1.27045825245236838258e+0, 3.64784832476320460504e+0, 5.76949722146069140550e+0,
    4.63033784615654529590e+0, 1.42343711074968357734e+0,
];
const D: [f64; 8] = [
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
    1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e+0,
    2.05319162663775882187e+0, 1.0,
];
const E: [f64; 8] = [
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
    2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e+0,
    5.46378491116411436990e+0, 6.65790464350110377720e+0,
];
const F: [f64; 8] = [
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
    7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
    5.99832206555887937690e-1, 1.0,
];

fn quantile(p: f64, mu: f64, sigma: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return mu + polynomial(r, &A) * q / polynomial(r, &B) * sigma;
    }
    let r = (-(if q <= 0.0 { p } else { 1.0 - p }).ln()).sqrt();
    let x = if r <= 5.0 {
        polynomial(r - 1.6, &C) / polynomial(r - 1.6, &D)
    } else {
        polynomial(r - 5.0, &E) / polynomial(r - 5.0, &F)
    };
    mu + if q < 0.0 { -x } else { x } * sigma
}

impl NormalDist {
    pub fn new(mu: f64, sigma: f64) -> R<NormalDist> {
        if sigma < 0.0 {
            return fail("sigma must be non-negative");
        }
        Ok(NormalDist { mu, sigma })
    }
    pub fn from_samples(data: &[f64]) -> R<NormalDist> {
        NormalDist::new(statistics::fmean(data)?, statistics::stdev(data, None)?)
    }
    pub fn variance(&self) -> f64 {
        self.sigma * self.sigma
    }
    pub fn pdf(&self, x: f64) -> R<f64> {
        let variance = self.variance();
        if variance == 0.0 {
            return fail("pdf() not defined when sigma is zero");
        }
        let diff = x - self.mu;
        Ok((diff * diff / (-2.0 * variance)).exp() / (TAU * variance).sqrt())
    }
    pub fn cdf(&self, x: f64) -> R<f64> {
        if self.sigma == 0.0 {
            return fail("cdf() not defined when sigma is zero");
        }
        Ok(0.5 * (1.0 + super::math_special::erf((x - self.mu) / (self.sigma * 2.0f64.sqrt()))))
    }
    pub fn inv_cdf(&self, p: f64) -> R<f64> {
        if p <= 0.0 || p >= 1.0 {
            return fail("p must be in the range 0.0 < p < 1.0");
        }
        if self.sigma <= 0.0 {
            return fail("cdf() not defined when sigma at or below zero");
        }
        Ok(quantile(p, self.mu, self.sigma))
    }
    pub fn quantiles(&self, n: i64) -> R<Vec<f64>> {
        (1..n).map(|i| self.inv_cdf(i as f64 / n as f64)).collect()
    }
    pub fn zscore(&self, x: f64) -> R<f64> {
        if self.sigma == 0.0 {
            return fail("zscore() not defined when sigma is zero");
        }
        Ok((x - self.mu) / self.sigma)
    }
    pub fn overlap(&self, other: &NormalDist) -> R<f64> {
        let (x, y) = if (self.sigma, self.mu) > (other.sigma, other.mu) { (other, self) } else { (self, other) };
        let (xv, yv) = (x.variance(), y.variance());
        if xv == 0.0 || yv == 0.0 {
            return fail("overlap() not defined when sigma is zero");
        }
        let (dv, dm) = (yv - xv, (y.mu - x.mu).abs());
        if dv == 0.0 {
            return Ok(1.0 - super::math_special::erf(dm / (2.0 * x.sigma * 2.0f64.sqrt())));
        }
        let a = x.mu * yv - y.mu * xv;
        let b = x.sigma * y.sigma * (dm * dm + dv * (yv / xv).ln()).sqrt();
        let (x1, x2) = ((a + b) / dv, (a - b) / dv);
        Ok(1.0 - ((y.cdf(x1)? - x.cdf(x1)?).abs() + (y.cdf(x2)? - x.cdf(x2)?).abs()))
    }
    pub fn add(&self, other: &NormalDist) -> NormalDist {
        NormalDist { mu: self.mu + other.mu, sigma: self.sigma.hypot(other.sigma) }
    }
    pub fn sub(&self, other: &NormalDist) -> NormalDist {
        NormalDist { mu: self.mu - other.mu, sigma: self.sigma.hypot(other.sigma) }
    }
    pub fn shift(&self, x: f64) -> NormalDist {
        NormalDist { mu: self.mu + x, sigma: self.sigma }
    }
    pub fn scale(&self, x: f64) -> NormalDist {
        NormalDist { mu: self.mu * x, sigma: self.sigma * x.abs() }
    }
    /// `samples(n, seed=..)`.
    pub fn samples(&self, n: i64, seed: &super::value::Value) -> R<Vec<f64>> {
        let r = super::random::seeded(seed)?;
        Ok((0..n).map(|_| r.gauss(self.mu, self.sigma)).collect())
    }
}
impl PyRepr for NormalDist {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("NormalDist(mu={}, sigma={})", self.mu.repr(), self.sigma.repr()));
    }
}
impl PyStr for NormalDist {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl PyTruth for NormalDist {
    fn truth(&self) -> bool {
        true
    }
}

/// What `linear_regression` gives: a tuple whose items have names.
#[derive(Clone, Copy, PartialEq)]
pub struct LinearRegression {
    pub slope: f64,
    pub intercept: f64,
}
impl LinearRegression {
    pub fn of((slope, intercept): (f64, f64)) -> LinearRegression {
        LinearRegression { slope, intercept }
    }
    pub fn items(&self) -> std::array::IntoIter<f64, 2> {
        [self.slope, self.intercept].into_iter()
    }
    pub fn item(&self, i: i64) -> R<f64> {
        super::seq::get(&[self.slope, self.intercept], i)
    }
}
impl PyRepr for LinearRegression {
    fn repr_into(&self, out: &mut String) {
        let (s, i) = (self.slope.repr(), self.intercept.repr());
        out.push_str(&format!("LinearRegression(slope={s}, intercept={i})"));
    }
}
impl PyStr for LinearRegression {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl PyTruth for LinearRegression {
    fn truth(&self) -> bool {
        true
    }
}

/// `median_grouped(data, interval)`.
pub fn median_grouped(data: &[f64], interval: f64) -> R<f64> {
    if data.is_empty() {
        return fail("no median for empty data");
    }
    let mut s = data.to_vec();
    super::seq::sort(&mut s, false)?;
    let x = s[s.len() / 2];
    let below = s.iter().filter(|y| **y < x).count() as f64;
    let same = s.iter().filter(|y| **y == x).count() as f64;
    Ok((x - interval / 2.0) + interval * (s.len() as f64 / 2.0 - below) / same)
}
impl super::traits::PyHash for NormalDist {
    fn py_hash(&self) -> i64 {
        super::traits::hash_items([super::traits::PyHash::py_hash(&self.mu), super::traits::PyHash::py_hash(&self.sigma)].into_iter())
    }
}
impl super::traits::PyOrd for NormalDist {
    fn py_lt(&self, _: &Self) -> R<bool> {
        Err(exc::new(&exc::TypeError, "'<' not supported between instances of 'statistics.NormalDist' and 'statistics.NormalDist'"))
    }
}
