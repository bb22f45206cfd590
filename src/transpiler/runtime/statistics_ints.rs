//! needs: statistics, rational, value, value_ops, convert, exc, int, seq, gluev
//! `statistics` on ints and on what is only known when the program runs: a whole mean of ints is an int.
use super::exc::R;
use super::int::Int;
use super::rational::Ratio;
use super::statistics as plain;
use super::value::Value;

fn ints(data: &[Value]) -> Option<Vec<Int>> {
    data.iter().map(|v| if let Value::Int(i) = v { Some(i.clone()) } else { None }).collect()
}
fn floats(data: &[Value]) -> R<Vec<f64>> {
    data.iter().map(super::gluev::to_float).collect()
}
/// The float, or the int when it is whole.
fn whole(x: &Ratio) -> R<Value> {
    Ok(match x.whole() {
        Some(i) => Value::Int(i),
        None => Value::Float(x.to_f64()?),
    })
}
fn total(data: &[Int]) -> R<Ratio> {
    Ok(Ratio::from_int(data.iter().fold(Int::from(0i64), |a, b| &a + b)))
}

pub fn mean(data: &[Value]) -> R<Value> {
    match ints(data) {
        Some(all) if !all.is_empty() => whole(&total(&all)?.div_int(all.len() as i64)?),
        _ => plain::mean(&floats(data)?).map(Value::Float),
    }
}
pub fn median(data: &[Value]) -> R<Value> {
    let mut s = data.to_vec();
    super::seq::sort(&mut s, false)?;
    let n = s.len();
    match n {
        0 => plain::median(&[]).map(Value::Float),
        _ if n % 2 == 1 => Ok(s[n / 2].clone()),
        _ => super::value_ops::truediv(&super::value_ops::add(&s[n / 2 - 1], &s[n / 2])?, &Value::from(2i64)),
    }
}
/// The middle item, or the lower or higher of the two in the middle.
fn middle(data: &[Value], high: bool) -> R<Value> {
    let mut s = data.to_vec();
    super::seq::sort(&mut s, false)?;
    if s.is_empty() {
        return plain::median(&[]).map(Value::Float);
    }
    Ok(s[if high { s.len() / 2 } else { (s.len() - 1) / 2 }].clone())
}
pub fn median_low(data: &[Value]) -> R<Value> {
    middle(data, false)
}
pub fn median_high(data: &[Value]) -> R<Value> {
    middle(data, true)
}
fn spread(data: &[Value], less: i64, center: &Value, float: fn(&[f64], Option<f64>) -> R<f64>) -> R<Value> {
    let all = match (ints(data), center) {
        (Some(all), Value::None | Value::Int(_)) if all.len() as i64 > less => all,
        _ => {
            let c = if center.is_none() { None } else { Some(super::gluev::to_float(center)?) };
            return float(&floats(data)?, c).map(Value::Float);
        }
    };
    let n = all.len() as i64;
    let c = match center {
        Value::Int(i) => Ratio::from_int(i.clone()),
        _ => total(&all)?.div_int(n)?,
    };
    let sum = all.iter().try_fold(Ratio::zero(), |acc, x| {
        let d = Ratio::from_int(x.clone()).sub(&c)?;
        acc.add(&d.mul(&d)?)
    })?;
    whole(&sum.div_int(n - less)?)
}
pub fn variance(data: &[Value], center: &Value) -> R<Value> {
    spread(data, 1, center, plain::variance)
}
pub fn pvariance(data: &[Value], center: &Value) -> R<Value> {
    spread(data, 0, center, plain::pvariance)
}
