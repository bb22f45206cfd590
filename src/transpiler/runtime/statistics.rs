//! needs: exc, math_special, traits, pystr, seq, rational, map, math
//! `statistics` on floats. Sums are exact fractions rounded once, as CPython's are.
use super::exc::{self, Class, Exc, R};
use super::rational::Ratio;
use super::traits::*;

#[allow(non_upper_case_globals)]
pub static StatisticsError: Class = Class::new("StatisticsError", &exc::ValueError);

#[cold]
fn fail(text: &str) -> Exc {
    exc::new(&StatisticsError, text)
}

fn sum(data: &[f64]) -> R<Ratio> {
    data.iter().try_fold(Ratio::zero(), |acc, x| acc.add(&Ratio::from_f64(*x)?))
}
fn special(data: &[f64]) -> Option<f64> {
    data.iter().any(|x| !x.is_finite()).then(|| data.iter().sum())
}

pub fn mean(data: &[f64]) -> R<f64> {
    if data.is_empty() {
        return Err(fail("mean requires at least one data point"));
    }
    if let Some(x) = special(data) {
        return Ok(x / data.len() as f64);
    }
    sum(data)?.div_int(data.len() as i64)?.to_f64()
}
pub fn fmean(data: &[f64]) -> R<f64> {
    if data.is_empty() {
        return Err(fail("fmean requires at least one data point"));
    }
    Ok(super::math_special::fsum(data.iter().copied())? / data.len() as f64)
}
/// `fmean(data, weights)`.
pub fn fmean_weighted(data: &[f64], weights: &[f64]) -> R<f64> {
    if data.len() != weights.len() {
        return Err(fail("data and weights must be the same length"));
    }
    let total = super::math_special::fsum(weights.iter().copied())?;
    if total == 0.0 {
        return Err(fail("sum of weights must be non-zero"));
    }
    Ok(super::math_special::fsum(data.iter().zip(weights).map(|(x, w)| x * w))? / total)
}
pub fn median(data: &[f64]) -> R<f64> {
    let s = sorted(data, "no median for empty data")?;
    let n = s.len();
    Ok(if n % 2 == 1 { s[n / 2] } else { (s[n / 2 - 1] + s[n / 2]) / 2.0 })
}
pub fn median_low(data: &[f64]) -> R<f64> {
    let s = sorted(data, "no median for empty data")?;
    Ok(s[(s.len() - 1) / 2])
}
pub fn median_high(data: &[f64]) -> R<f64> {
    let s = sorted(data, "no median for empty data")?;
    Ok(s[s.len() / 2])
}
fn sorted(data: &[f64], empty: &str) -> R<Vec<f64>> {
    if data.is_empty() {
        return Err(fail(empty));
    }
    let mut s = data.to_vec();
    super::seq::sort(&mut s, false)?;
    Ok(s)
}

/// Sum of squared deviations, exact.
fn squares(data: &[f64], center: Option<f64>) -> R<Ratio> {
    let c = match center {
        Some(c) => Ratio::from_f64(c)?,
        None => sum(data)?.div_int(data.len() as i64)?,
    };
    data.iter().try_fold(Ratio::zero(), |acc, x| {
        let d = Ratio::from_f64(*x)?.sub(&c)?;
        acc.add(&d.mul(&d)?)
    })
}
pub fn variance(data: &[f64], center: Option<f64>) -> R<f64> {
    if data.len() < 2 {
        return Err(fail("variance requires at least two data points"));
    }
    squares(data, center)?.div_int(data.len() as i64 - 1)?.to_f64()
}
pub fn pvariance(data: &[f64], center: Option<f64>) -> R<f64> {
    if data.is_empty() {
        return Err(fail("pvariance requires at least one data point"));
    }
    squares(data, center)?.div_int(data.len() as i64)?.to_f64()
}
pub fn stdev(data: &[f64], center: Option<f64>) -> R<f64> {
    if data.len() < 2 {
        return Err(fail("stdev requires at least two data points"));
    }
    squares(data, center)?.div_int(data.len() as i64 - 1)?.sqrt()
}
pub fn pstdev(data: &[f64], center: Option<f64>) -> R<f64> {
    if data.is_empty() {
        return Err(fail("pstdev requires at least one data point"));
    }
    squares(data, center)?.div_int(data.len() as i64)?.sqrt()
}

/// `mode`: the first of the most frequent.
pub fn mode<T: Key>(data: &[T]) -> R<T> {
    multimode(data).into_iter().next().ok_or_else(|| fail("no mode for empty data"))
}
pub fn multimode<T: Key>(data: &[T]) -> Vec<T> {
    let mut counts: super::map::Map<T, i64> = super::map::Map::new();
    for x in data {
        *counts.place(x.clone(), || 0) += 1;
    }
    let most = counts.values().copied().max().unwrap_or(0);
    counts.iter().filter(|e| *e.1 == most).map(|e| e.0.clone()).collect()
}
pub fn geometric_mean(data: &[f64]) -> R<f64> {
    if data.is_empty() {
        return Err(fail("geometric mean requires a non-empty dataset containing positive numbers"));
    }
    let logs: R<Vec<f64>> = data.iter().map(|x| super::math::log(*x)).collect();
    match logs {
        Ok(l) => Ok(fmean(&l)?.exp()),
        Err(_) => Err(fail("geometric mean requires a non-empty dataset containing positive numbers")),
    }
}
pub fn harmonic_mean(data: &[f64]) -> R<f64> {
    if data.is_empty() {
        return Err(fail("harmonic_mean requires at least one data point"));
    }
    if data.iter().any(|x| *x < 0.0) {
        return Err(fail("harmonic mean does not support negative values"));
    }
    if data.contains(&0.0) {
        return Ok(0.0);
    }
    let inverse: Vec<f64> = data.iter().map(|x| 1.0 / x).collect();
    let total = sum(&inverse)?;
    Ratio::from_i64(data.len() as i64).div(&total)?.to_f64()
}
/// `quantiles(data, n=4, method=..)`.
pub fn quantiles(data: &[f64], n: i64, inclusive: bool) -> R<Vec<f64>> {
    if n < 1 {
        return Err(fail("n must be at least 1"));
    }
    if data.len() < 2 {
        return Err(fail("must have at least two data points"));
    }
    let s = sorted(data, "")?;
    let len = s.len() as i64;
    let m = if inclusive { len - 1 } else { len + 1 };
    Ok((1..n)
        .map(|i| {
            let (j, delta) = if inclusive {
                (i * m / n, i * m % n)
            } else {
                let j = (i * m / n).clamp(1, len - 1);
                (j - 1, i * m - j * n)
            };
            (s[j as usize] * (n - delta) as f64 + s[j as usize + 1] * delta as f64) / n as f64
        })
        .collect())
}
fn deviations(x: &[f64], y: &[f64], what: &str) -> R<(Vec<f64>, Vec<f64>)> {
    if x.len() != y.len() {
        return Err(fail(&format!("{what} requires that both inputs have same number of data points")));
    }
    if x.len() < 2 {
        return Err(fail(&format!("{what} requires at least two data points")));
    }
    let center = |v: &[f64]| -> R<Vec<f64>> {
        let m = super::math_special::fsum(v.iter().copied())? / v.len() as f64;
        Ok(v.iter().map(|a| a - m).collect())
    };
    Ok((center(x)?, center(y)?))
}
fn dot(a: &[f64], b: &[f64]) -> R<f64> {
    super::math_special::fsum(a.iter().zip(b).map(|(p, q)| p * q))
}
pub fn covariance(x: &[f64], y: &[f64]) -> R<f64> {
    let (a, b) = deviations(x, y, "covariance")?;
    Ok(dot(&a, &b)? / (x.len() - 1) as f64)
}
pub fn correlation(x: &[f64], y: &[f64]) -> R<f64> {
    let (a, b) = deviations(x, y, "correlation")?;
    let scale = (dot(&a, &a)? * dot(&b, &b)?).sqrt();
    if scale == 0.0 {
        return Err(fail("at least one of the inputs is constant"));
    }
    Ok(dot(&a, &b)? / scale)
}
/// (slope, intercept)
pub fn linear_regression(x: &[f64], y: &[f64]) -> R<(f64, f64)> {
    let (a, b) = deviations(x, y, "linear regression")?;
    let scale = dot(&a, &a)?;
    if scale == 0.0 {
        return Err(fail("x is constant"));
    }
    let slope = dot(&a, &b)? / scale;
    let mean_of = |v: &[f64]| -> R<f64> { Ok(super::math_special::fsum(v.iter().copied())? / v.len() as f64) };
    Ok((slope, mean_of(y)? - slope * mean_of(x)?))
}
