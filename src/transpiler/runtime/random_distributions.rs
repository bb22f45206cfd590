//! needs: random, exc, arith
//! Continuous distributions of `random`, with CPython's algorithms so that sequences agree.
//! Source: Python 3.11 library reference, random (real-valued distributions), and the papers it names (Kinderman and
//! Monahan; Cheng; Ahrens and Dieter; Fisher).
use super::exc::{self, R};
use super::random::Random;
use std::f64::consts::{E, PI, TAU};

impl Random {
    pub fn uniform(&self, a: f64, b: f64) -> f64 {
        a + (b - a) * self.random()
    }
    /// `triangular(low=0, high=1, mode=None)`.
    pub fn triangular(&self, low: f64, high: f64, mode: Option<f64>) -> f64 {
        let (mut low, mut high) = (low, high);
        let mut u = self.random();
        if high == low && mode.is_some() {
            return low;
        }
        let mut c = mode.map_or(0.5, |m| (m - low) / (high - low));
        if u > c {
            u = 1.0 - u;
            c = 1.0 - c;
            std::mem::swap(&mut low, &mut high);
        }
        low + (high - low) * (u * c).sqrt()
    }
    pub fn normalvariate(&self, mu: f64, sigma: f64) -> f64 {
        let magic = 4.0 * (-0.5f64).exp() / 2f64.sqrt();
        loop {
            let u1 = self.random();
            let u2 = 1.0 - self.random();
            let z = magic * (u1 - 0.5) / u2;
            if z * z / 4.0 <= -u2.ln() {
                return mu + z * sigma;
            }
        }
    }
    pub fn gauss(&self, mu: f64, sigma: f64) -> f64 {
        let kept = self.0.borrow_mut().gauss_next.take();
        let z = kept.unwrap_or_else(|| {
            let angle = self.random() * TAU;
            let radius = (-2.0 * (1.0 - self.random()).ln()).sqrt();
            self.0.borrow_mut().gauss_next = Some(angle.sin() * radius);
            angle.cos() * radius
        });
        mu + z * sigma
    }
    pub fn lognormvariate(&self, mu: f64, sigma: f64) -> f64 {
        self.normalvariate(mu, sigma).exp()
    }
    pub fn expovariate(&self, lambda: f64) -> R<f64> {
        super::arith::fdiv(-(1.0 - self.random()).ln(), lambda)
    }
    pub fn vonmisesvariate(&self, mu: f64, kappa: f64) -> f64 {
        if kappa <= 1e-6 {
            return TAU * self.random();
        }
        let s = 0.5 / kappa;
        let r = s + (1.0 + s * s).sqrt();
        let z = loop {
            let u1 = self.random();
            let z = (PI * u1).cos();
            let d = z / (r + z);
            let u2 = self.random();
            if u2 < 1.0 - d * d || u2 <= (1.0 - d) * d.exp() {
                break z;
            }
        };
        let q = 1.0 / r;
        let f = (q + z) / (1.0 + q * z);
        let u3 = self.random();
        let angle = if u3 > 0.5 { mu + f.acos() } else { mu - f.acos() };
        super::arith::fmod(angle, TAU).unwrap_or(angle)
    }
    pub fn gammavariate(&self, alpha: f64, beta: f64) -> R<f64> {
        if alpha <= 0.0 || beta <= 0.0 {
            return Err(exc::new(&exc::ValueError, "gammavariate: alpha and beta must be > 0.0"));
        }
        if alpha > 1.0 {
            return Ok(self.gamma_large(alpha) * beta);
        }
        if alpha == 1.0 {
            return Ok(-(1.0 - self.random()).ln() * beta);
        }
        loop {
            let u = self.random();
            let b = (E + alpha) / E;
            let p = b * u;
            let x = if p <= 1.0 { p.powf(1.0 / alpha) } else { -((b - p) / alpha).ln() };
            let u1 = self.random();
            if if p > 1.0 { u1 <= x.powf(alpha - 1.0) } else { u1 <= (-x).exp() } {
                return Ok(x * beta);
            }
        }
    }
    fn gamma_large(&self, alpha: f64) -> f64 {
        let magic = 1.0 + 4.5f64.ln();
        let ainv = (2.0 * alpha - 1.0).sqrt();
        let bbb = alpha - 4f64.ln();
        let ccc = alpha + ainv;
        loop {
            let u1 = self.random();
            if !(1e-7 < u1 && u1 < 0.9999999) {
                continue;
            }
            let u2 = 1.0 - self.random();
            let v = (u1 / (1.0 - u1)).ln() / ainv;
            let x = alpha * v.exp();
            let z = u1 * u1 * u2;
            let r = bbb + ccc * v - x;
            if r + magic - 4.5 * z >= 0.0 || r >= z.ln() {
                return x;
            }
        }
    }
    pub fn betavariate(&self, alpha: f64, beta: f64) -> R<f64> {
        let y = self.gammavariate(alpha, 1.0)?;
        if y == 0.0 {
            return Ok(0.0);
        }
        Ok(y / (y + self.gammavariate(beta, 1.0)?))
    }
    pub fn paretovariate(&self, alpha: f64) -> f64 {
        (1.0 - self.random()).powf(-1.0 / alpha)
    }
    pub fn weibullvariate(&self, alpha: f64, beta: f64) -> f64 {
        alpha * (-(1.0 - self.random()).ln()).powf(1.0 / beta)
    }
}
