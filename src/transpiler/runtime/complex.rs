//! needs: exc, float, fmt, fmt_number, math, pystr, traits
//! `complex`: arithmetic, powers, text. Numbers of other kinds are made complex before every operation, as in CPython.
//! Source: Python 3.11 reference, complex numbers and the format mini-language; R. L. Smith's quotient (CACM 5, 1962).
use super::exc::{self, R};
use super::fmt::{PyFormat, Spec};
use super::fmt_number::{float_digits, group_digits, place, FloatStyle};
use super::pystr::Str;
use super::traits::*;

#[derive(Clone, Copy, Default, PartialEq)]
pub struct Complex {
    pub real: f64,
    pub imag: f64,
}

/// `a + b * 1j` of two complex numbers is what `complex(a, b)` means.
pub fn new(real: f64, imag: f64) -> Complex {
    Complex { real, imag }
}
pub fn of_parts(a: Complex, b: Complex) -> Complex {
    new(a.real - b.imag, a.imag + b.real)
}

impl From<f64> for Complex {
    fn from(real: f64) -> Complex {
        new(real, 0.0)
    }
}

impl Complex {
    pub fn conjugate(self) -> Complex {
        new(self.real, -self.imag)
    }
    pub fn neg(self) -> Complex {
        new(-self.real, -self.imag)
    }
    pub fn add(self, o: Complex) -> Complex {
        new(self.real + o.real, self.imag + o.imag)
    }
    pub fn sub(self, o: Complex) -> Complex {
        new(self.real - o.real, self.imag - o.imag)
    }
    pub fn mul(self, o: Complex) -> Complex {
        new(self.real * o.real - self.imag * o.imag, self.real * o.imag + self.imag * o.real)
    }
    pub fn div(self, o: Complex) -> R<Complex> {
        if o.real == 0.0 && o.imag == 0.0 {
            return Err(exc::new(&exc::ZeroDivisionError, "complex division by zero"));
        }
        Ok(if o.real.abs() >= o.imag.abs() {
            let ratio = o.imag / o.real;
            let under = o.real + o.imag * ratio;
            new((self.real + self.imag * ratio) / under, (self.imag - self.real * ratio) / under)
        } else if o.imag.abs() >= o.real.abs() {
            let ratio = o.real / o.imag;
            let under = o.real * ratio + o.imag;
            new((self.real * ratio + self.imag) / under, (self.imag * ratio - self.real) / under)
        } else {
            new(f64::NAN, f64::NAN)
        })
    }
    /// A small whole exponent by squaring, any other by logarithms.
    pub fn pow(self, o: Complex) -> R<Complex> {
        let undefined = || exc::new(&exc::ZeroDivisionError, "0.0 to a negative or complex power");
        let made = if o.imag == 0.0 && o.real == o.real.floor() && o.real.abs() <= 100.0 {
            let power = self.power(o.real.abs() as u32);
            if o.real > 0.0 { power } else { new(1.0, 0.0).div(power).map_err(|_| undefined())? }
        } else if o.real == 0.0 && o.imag == 0.0 {
            new(1.0, 0.0)
        } else if self.real == 0.0 && self.imag == 0.0 {
            if o.imag != 0.0 || o.real < 0.0 {
                return Err(undefined());
            }
            new(0.0, 0.0)
        } else {
            let size = self.real.hypot(self.imag);
            let at = self.imag.atan2(self.real);
            let (mut length, mut phase) = (size.powf(o.real), at * o.real);
            if o.imag != 0.0 {
                length *= (-at * o.imag).exp();
                phase += o.imag * size.ln();
            }
            new(length * phase.cos(), length * phase.sin())
        };
        if made.real.is_infinite() || made.imag.is_infinite() {
            return Err(exc::new(&exc::OverflowError, "complex exponentiation"));
        }
        Ok(made)
    }
    fn power(self, n: u32) -> Complex {
        let (mut result, mut square, mut bit) = (new(1.0, 0.0), self, 1);
        while n >= bit {
            if n & bit != 0 {
                result = result.mul(square);
            }
            bit <<= 1;
            square = square.mul(square);
        }
        result
    }
    pub fn abs(self) -> R<f64> {
        let size = self.real.hypot(self.imag);
        if size.is_infinite() && self.real.is_finite() && self.imag.is_finite() {
            return Err(exc::new(&exc::OverflowError, "absolute value too large"));
        }
        Ok(size)
    }
    pub fn is_finite(self) -> bool {
        self.real.is_finite() && self.imag.is_finite()
    }
    pub fn parse(text: &Str) -> R<Complex> {
        parse(text.trim_matches(super::pystr::is_space))
            .ok_or_else(|| exc::new(&exc::ValueError, "complex() arg is a malformed string"))
    }
}

/// The number that the text begins with, and what follows it.
fn leading(s: &str) -> Option<(f64, &str)> {
    let low = s.to_ascii_lowercase();
    let bytes = low.as_bytes();
    let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let word = ["infinity", "inf", "nan"].iter().find(|w| low[end..].starts_with(**w));
    if let Some(word) = word {
        end += word.len();
    } else {
        let digits = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit() || **b == b'_').count();
        end = digits(end);
        if bytes.get(end) == Some(&b'.') {
            end = digits(end + 1);
        }
        if bytes.get(end) == Some(&b'e') {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let last = digits(end + 1 + sign);
            end = if last > end + 1 + sign { last } else { end };
        }
    }
    Some((super::float::parse(&Str::new(&s[..end])).ok()?, &s[end..]))
}

fn parse(s: &str) -> Option<Complex> {
    let inside = s.strip_prefix('(').and_then(|s| s.strip_suffix(')'));
    let s = inside.map_or(s, |s| s.trim_matches(super::pystr::is_space));
    let is_unit = |s: &str| matches!(s, "j" | "J");
    let unit = |s: &str| match s {
        "+j" | "+J" | "j" | "J" => Some(1.0),
        "-j" | "-J" => Some(-1.0),
        _ => None,
    };
    if let Some(imag) = unit(s) {
        return Some(new(0.0, imag));
    }
    let (first, rest) = leading(s)?;
    if rest.is_empty() {
        return Some(new(first, 0.0));
    }
    if is_unit(rest) {
        return Some(new(0.0, first));
    }
    if !rest.starts_with(['+', '-']) {
        return None;
    }
    if let Some(imag) = unit(rest) {
        return Some(new(first, imag));
    }
    let (imag, rest) = leading(rest)?;
    is_unit(rest).then_some(new(first, imag))
}

/// A float as complex numbers show it: no point where it is whole.
fn part(x: f64) -> String {
    let mut out = String::new();
    super::float::repr_into(x, &mut out);
    if out.ends_with(".0") {
        out.truncate(out.len() - 2);
    }
    out
}

impl PyRepr for Complex {
    fn repr_into(&self, out: &mut String) {
        let imag = part(self.imag);
        if self.real == 0.0 && self.real.is_sign_positive() {
            out.push_str(&imag);
            out.push('j');
            return;
        }
        let plus = if imag.starts_with('-') { "" } else { "+" };
        out.push_str(&format!("({}{plus}{imag}j)", part(self.real)));
    }
}
str_is_repr!(Complex);
impl PyTruth for Complex {
    fn truth(&self) -> bool {
        self.real != 0.0 || self.imag != 0.0
    }
}
impl PyHash for Complex {
    fn py_hash(&self) -> i64 {
        let hash = self.real.py_hash().wrapping_add(self.imag.py_hash().wrapping_mul(1000003));
        if hash == -1 { -2 } else { hash }
    }
}
impl PyOrd for Complex {
    fn py_lt(&self, _: &Self) -> R<bool> {
        Err(exc::new(&exc::TypeError, "'<' not supported between instances of 'complex' and 'complex'"))
    }
    fn py_gt(&self, _: &Self) -> R<bool> {
        Err(exc::new(&exc::TypeError, "'>' not supported between instances of 'complex' and 'complex'"))
    }
    fn py_le(&self, _: &Self) -> R<bool> {
        Err(exc::new(&exc::TypeError, "'<=' not supported between instances of 'complex' and 'complex'"))
    }
    fn py_ge(&self, _: &Self) -> R<bool> {
        Err(exc::new(&exc::TypeError, "'>=' not supported between instances of 'complex' and 'complex'"))
    }
}

/// One part by a spec: sign, digits in groups, without padding.
fn formatted(x: f64, f: &Spec, sign: Option<char>) -> String {
    let kind = f.kind.unwrap_or('\0');
    let style = match kind {
        '\0' if f.precision.is_none() => FloatStyle::Repr,
        'e' | 'E' => FloatStyle::Exponent,
        'f' | 'F' => FloatStyle::Fixed,
        _ => FloatStyle::General,
    };
    let mut text = float_digits(x.abs(), style, f.precision.unwrap_or(6), f.alternate);
    if style == FloatStyle::Repr && text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    if kind.is_ascii_uppercase() {
        text = text.to_uppercase();
    }
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    if let (Some(sep), true) = (f.grouping, whole > 0) {
        text = group_digits(&text[..whole], sep, 3, 0) + &text[whole..];
    }
    let lead = match sign {
        _ if x.is_sign_negative() && !x.is_nan() => "-",
        Some('+') => "+",
        Some(' ') => " ",
        _ => "",
    };
    lead.to_string() + &text
}

impl PyFormat for Complex {
    fn py_format(&self, spec: &str) -> R<Str> {
        if spec.is_empty() {
            return Ok(self.to_str());
        }
        let f = super::fmt::parse(spec, '>', "complex")?;
        let refused = |text: &str| Err(exc::new(&exc::ValueError, text));
        if f.fill == '0' {
            return refused("Zero padding is not allowed in complex format specifier");
        }
        if f.align == Some('=') {
            return refused("'=' alignment flag is not allowed in complex format specifier");
        }
        if let Some(kind) = f.kind.filter(|k| !"eEfFgGn".contains(*k)) {
            return refused(&format!("Unknown format code '{kind}' for object of type 'complex'"));
        }
        let bare = f.kind.is_none();
        let only_imag = bare && self.real == 0.0 && self.real.is_sign_positive();
        let mut text = if only_imag { String::new() } else { formatted(self.real, &f, f.sign) };
        text += &formatted(self.imag, &f, if only_imag { f.sign } else { Some('+') });
        text.push('j');
        if bare && !only_imag {
            text = format!("({text})");
        }
        let n = text.chars().count();
        Ok(Str::from(place("", &text, n, f.fill, f.align.unwrap_or('>'), f.width)))
    }
}
