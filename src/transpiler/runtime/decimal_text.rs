//! needs: decimal, decimal_context, exc, fmt, fmt_number, int, pystr, traits, tuple
//! Formatting of `decimal`, `as_tuple`, and other texts.
//! Source: Python 3.11 library reference, format mini-language.
use super::decimal::{digit_text, Decimal, Kind};
use super::decimal_context::{current, Rounding};
use super::exc::{self, R};
use super::fmt::PyFormat;
use super::fmt_number::{group_digits, place};
use super::int::Int;
use super::pystr::Str;
use super::traits::*;
use super::tuple::Tuple;

impl Decimal {
    /// To so many digits.
    fn to_digits(&self, digits: i64, rounding: Rounding) -> Decimal {
        let drop = self.count() - digits;
        if drop <= 0 {
            return self.clone();
        }
        let made = self.rescaled(self.exp + drop, rounding);
        if made.count() > digits { made.rescaled(made.exp + 1, rounding) } else { made }
    }
    pub fn number_class(&self) -> Str {
        let sign = if self.negative { "-" } else { "+" };
        let what = match self.kind {
            Kind::Nan => return Str::lit("NaN"),
            Kind::Infinite => "Infinity",
            Kind::Finite if self.is_zero() => "Zero",
            Kind::Finite => "Normal",
        };
        Str::from(format!("{sign}{what}"))
    }
    pub fn to_eng_string(&self) -> Str {
        let digits = digit_text(&self.digits);
        let left = self.exp + digits.len() as i64;
        if !self.is_finite() || (self.exp <= 0 && left > -6) {
            return self.to_str();
        }
        let point = if self.is_zero() { (left + 1).rem_euclid(3) - 1 } else { (left - 1).rem_euclid(3) + 1 };
        let mut out = String::from(if self.negative { "-" } else { "" });
        super::decimal::push_digits(&digits, point, &mut out);
        if left != point {
            out.push_str(&format!("E{:+}", left - point));
        }
        Str::from(out)
    }
}

impl PyFormat for Decimal {
    fn py_format(&self, spec: &str) -> R<Str> {
        if spec.is_empty() {
            return Ok(self.to_str());
        }
        let f = super::fmt::parse(spec, '>', "decimal.Decimal").map_err(|_| exc::new(&exc::ValueError, "invalid format string"))?;
        let kind = f.kind.unwrap_or('G');
        if !"eEfFgGn%".contains(kind) || f.alternate {
            return Err(exc::new(&exc::ValueError, "invalid format string"));
        }
        let lead = match (self.negative, f.sign) {
            (true, _) => "-",
            (_, Some('+')) => "+",
            (_, Some(' ')) => " ",
            _ => "",
        };
        let align = f.align.unwrap_or('>');
        if !self.is_finite() {
            let text = if self.is_nan() { "NaN" } else { "Infinity" };
            let text = if kind == '%' { format!("{text}%") } else { text.to_string() };
            let fill = if f.fill == '0' && align == '=' { ' ' } else { f.fill };
            return Ok(Str::from(place(lead, &text, lead.len() + text.len(), fill, if align == '=' { '>' } else { align }, f.width)));
        }
        let (digits, point, exp) = parts(self, kind, f.precision.map(|p| p as i64));
        let mut text = String::new();
        super::decimal::push_digits(&digits, point, &mut text);
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let mut rest = if part.is_empty() { String::new() } else { format!(".{part}") };
        if exp != 0 || matches!(kind, 'e' | 'E') {
            let letter = if kind.is_lowercase() { 'e' } else { 'E' };
            rest.push_str(&format!("{letter}{exp:+}"));
        }
        if kind == '%' {
            rest.push('%');
        }
        let zeros = if f.fill == '0' && align == '=' { f.width.saturating_sub(lead.len() + rest.len()) } else { 0 };
        let body = match f.grouping {
            Some(sep) => group_digits(whole, sep, 3, zeros),
            None => whole.to_string(),
        };
        let text = body + &rest;
        let n = lead.len() + text.chars().count();
        Ok(Str::from(place(lead, &text, n, f.fill, align, f.width)))
    }
}

/// The digits as the kind and precision ask for, the place of the point among them, and the exponent that is shown.
fn parts(x: &Decimal, kind: char, precision: Option<i64>) -> (String, i64, i64) {
    let rounding = current().rounding;
    let mut x = if kind == '%' { Decimal { exp: x.exp + 2, ..x.clone() } } else { x.clone() };
    let fixed = matches!(kind, 'f' | 'F' | '%');
    match (kind, precision) {
        ('e' | 'E', Some(p)) => x = x.to_digits(p + 1, rounding),
        (_, Some(p)) if fixed => x = x.rescaled(-p, rounding),
        ('g' | 'G' | 'n', Some(p)) => x = x.to_digits(p.max(1), rounding),
        _ => {}
    }
    if x.is_zero() && x.exp > 0 && fixed {
        x = x.rescaled(0, rounding);
    }
    let mut digits = digit_text(&x.digits);
    let left = x.exp + digits.len() as i64;
    let point = match kind {
        'e' | 'E' => match precision {
            Some(p) if x.is_zero() => 1 - p,
            Some(p) => {
                // As many digits behind the point as asked for.
                (digits.len() as i64..p + 1).for_each(|_| digits.push('0'));
                1
            }
            None => 1,
        },
        _ if fixed => left,
        _ if x.exp <= 0 && left > -6 => left,
        _ => 1,
    };
    (digits, point, left - point)
}

/// `DecimalTuple`.
#[derive(Clone, PartialEq)]
pub struct DecimalTuple {
    pub sign: i64,
    pub digits: Tuple<i64>,
    pub exponent: i64,
}
impl DecimalTuple {
    pub fn of(x: &Decimal) -> R<DecimalTuple> {
        if !x.is_finite() {
            return Err(exc::new(&exc::ValueError, "unsupported: as_tuple() of a Decimal that is no finite number"));
        }
        let digits = digit_text(&x.digits).bytes().map(|b| (b - b'0') as i64).collect::<Vec<_>>();
        Ok(DecimalTuple { sign: x.negative as i64, digits: Tuple::from(digits), exponent: x.exp })
    }
    pub fn parts(&self) -> (i64, Tuple<i64>, i64) {
        (self.sign, self.digits.clone(), self.exponent)
    }
}
impl PyRepr for DecimalTuple {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("DecimalTuple(sign={}, digits=", self.sign));
        self.digits.repr_into(out);
        out.push_str(&format!(", exponent={})", self.exponent));
    }
}
str_is_repr!(DecimalTuple);
impl PyTruth for DecimalTuple {
    fn truth(&self) -> bool {
        true
    }
}

/// `Decimal((sign, digits, exponent))`.
pub fn of_parts(sign: i64, digits: &[i64], exponent: i64) -> R<Decimal> {
    if !(0..=1).contains(&sign) {
        return Err(exc::new(&exc::ValueError, "sign must be an integer with the value 0 or 1"));
    }
    if digits.iter().any(|d| !(0..=9).contains(d)) {
        return Err(exc::new(&exc::ValueError, "coefficient must be a tuple of digits"));
    }
    let all = digits.iter().fold(Int::from(0), |all, d| &(&all * 10) + &Int::from(*d));
    Ok(Decimal::finite(sign == 1, all, exponent))
}
