//! needs: exc, pystr, traits, int, int_text, float, fmt_number
//! The format-spec mini-language: parsing and the `PyFormat` of strings, ints, floats and bools.
use super::exc::{self, Exc};
use super::fmt_number::{float_digits, group_digits, place, FloatStyle};
use super::int::Int;
use super::pystr::Str;
use super::traits::{PyRepr, PyStr};

pub trait PyFormat {
    fn py_format(&self, spec: &str) -> Result<Str, Exc>;
}

#[derive(Clone)]
pub struct Spec {
    pub fill: char,
    pub align: Option<char>,
    pub sign: Option<char>,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: usize,
    pub grouping: Option<char>,
    pub precision: Option<usize>,
    pub kind: Option<char>,
}

fn value_error<T>(text: impl Into<Str>) -> Result<T, Exc> {
    Err(exc::new(&exc::ValueError, text))
}

/// `default` is the alignment that a leading 0 turns into padding after the sign.
pub fn parse(text: &str, default: char, type_name: &str) -> Result<Spec, Exc> {
    let c: Vec<char> = text.chars().collect();
    let is_align = |i: usize| c.get(i).is_some_and(|a| "<>=^".contains(*a));
    let mut s = Spec {
        fill: ' ', align: None, sign: None, no_negative_zero: false, alternate: false, width: 0, grouping: None,
        precision: None, kind: None,
    };
    let mut i = 0;
    let mut fill_given = false;
    if is_align(1) {
        s.fill = c[0];
        s.align = Some(c[1]);
        fill_given = true;
        i = 2;
    } else if is_align(0) {
        s.align = Some(c[0]);
        i = 1;
    }
    if let Some(&sign) = c.get(i).filter(|x| "+- ".contains(**x)) {
        s.sign = Some(sign);
        i += 1;
    }
    let flag = |on: char, i: &mut usize| {
        let hit = c.get(*i) == Some(&on);
        *i += hit as usize;
        hit
    };
    s.no_negative_zero = flag('z', &mut i);
    s.alternate = flag('#', &mut i);
    if !fill_given && flag('0', &mut i) {
        s.fill = '0';
        if s.align.is_none() && default == '>' {
            s.align = Some('=');
        }
    }
    s.width = number(&c, &mut i)?.unwrap_or(0);
    parse_tail(&c, i, &mut s, type_name)?;
    Ok(s)
}

/// Grouping, precision and type.
fn parse_tail(c: &[char], mut i: usize, s: &mut Spec, type_name: &str) -> Result<(), Exc> {
    if c.get(i) == Some(&',') {
        s.grouping = Some(',');
        i += 1;
    }
    if c.get(i) == Some(&'_') {
        if s.grouping.is_some() {
            return value_error("Cannot specify both ',' and '_'.");
        }
        s.grouping = Some('_');
        i += 1;
    }
    if c.get(i) == Some(&',') && s.grouping.is_some() {
        return value_error(if s.grouping == Some('_') {
            "Cannot specify both ',' and '_'."
        } else {
            "Cannot specify ',' with ','."
        });
    }
    if c.get(i) == Some(&'.') {
        i += 1;
        s.precision = number(c, &mut i)?;
        if s.precision.is_none() {
            return value_error("Format specifier missing precision");
        }
    }
    match c.len() - i {
        0 => {}
        1 => s.kind = Some(c[i]),
        _ => {
            let text: String = c.iter().collect();
            return value_error(format!("Invalid format specifier '{text}' for object of type '{type_name}'"));
        }
    }
    let assumed = if type_name == "str" { Some('s') } else { None };
    if let (Some(g), Some(k)) = (s.grouping, s.kind.or(assumed)) {
        let fine = "defgEG%F".contains(k) || (g == '_' && "boxX".contains(k));
        if !fine {
            return value_error(format!("Cannot specify '{g}' with '{k}'."));
        }
    }
    Ok(())
}

fn number(c: &[char], i: &mut usize) -> Result<Option<usize>, Exc> {
    let start = *i;
    let mut v = 0usize;
    while let Some(d) = c.get(*i).and_then(|x| x.to_digit(10)) {
        v = v * 10 + d as usize;
        if v > i64::MAX as usize / 20 {
            return value_error("Too many decimal digits in format string");
        }
        *i += 1;
    }
    Ok((*i > start).then_some(v))
}

fn unknown<T>(kind: char, type_name: &str) -> Result<T, Exc> {
    if (kind as u32) > 32 && (kind as u32) < 128 {
        return value_error(format!("Unknown format code '{kind}' for object of type '{type_name}'"));
    }
    value_error(format!("Unknown format code '\\x{:x}' for object of type '{type_name}'", kind as u32))
}

pub fn format_str(s: &str, spec: &str) -> Result<Str, Exc> {
    if spec.is_empty() {
        return Ok(Str::new(s));
    }
    let f = parse(spec, '<', "str")?;
    if let Some(k) = f.kind.filter(|k| *k != 's') {
        return unknown(k, "str");
    }
    if let Some(sign) = f.sign {
        return value_error(if sign == ' ' {
            "Space not allowed in string format specifier"
        } else {
            "Sign not allowed in string format specifier"
        });
    }
    if f.no_negative_zero {
        return value_error("Negative zero coercion (z) not allowed in string format specifier");
    }
    if f.alternate {
        return value_error("Alternate form (#) not allowed in string format specifier");
    }
    if f.align == Some('=') {
        return value_error("'=' alignment not allowed in string format specifier");
    }
    if let Some(g) = f.grouping {
        return value_error(format!("Cannot specify '{g}' with 's'."));
    }
    let cut: String = match f.precision {
        Some(p) => s.chars().take(p).collect(),
        None => s.to_string(),
    };
    let n = cut.chars().count();
    Ok(Str::from(place("", &cut, n, f.fill, f.align.unwrap_or('<'), f.width)))
}

pub fn format_int(i: &Int, spec: &str) -> Result<Str, Exc> {
    format_integer(i, spec, "int")
}

/// `5`, `05`, `5d`, `05d` on a 64-bit int: what most specs are.
fn format_short(i: &Int, spec: &str) -> Option<Str> {
    let digits = spec.strip_suffix('d').unwrap_or(spec);
    let zero = digits.starts_with('0');
    let width: usize = digits.parse().ok().filter(|w| *w < 64 && digits.bytes().all(|b| b.is_ascii_digit()))?;
    let text = Str::from_i64(i.to_i64()?);
    let pad = width.saturating_sub(text.as_str().len());
    if pad == 0 {
        return Some(text);
    }
    let mut out = String::with_capacity(width);
    let body = match (zero, text.as_str().strip_prefix('-')) {
        (true, Some(rest)) => {
            out.push('-');
            rest
        }
        _ => text.as_str(),
    };
    out.extend(std::iter::repeat_n(if zero { '0' } else { ' ' }, pad));
    out.push_str(body);
    Some(Str::from(out))
}

fn format_integer(i: &Int, spec: &str, type_name: &str) -> Result<Str, Exc> {
    if spec.is_empty() {
        return Ok(i.to_str());
    }
    if let Some(s) = format_short(i, spec) {
        return Ok(s);
    }
    let f = parse(spec, '>', type_name)?;
    let kind = f.kind.unwrap_or('d');
    if "eEfFgG%".contains(kind) {
        return format_float_spec(i.to_f64()?, &f);
    }
    let base = match kind {
        'd' | 'n' | 'c' => 10,
        'b' => 2,
        'o' => 8,
        'x' | 'X' => 16,
        other => return unknown(other, type_name),
    };
    if f.precision.is_some() {
        return value_error("Precision not allowed in integer format specifier");
    }
    if f.no_negative_zero {
        return value_error("Negative zero coercion (z) not allowed in integer format specifier");
    }
    if kind == 'c' {
        return format_char(i, &f);
    }
    let digits = if base == 10 {
        super::int_text::decimal(&i.abs())?
    } else {
        super::int_text::in_base(&i.abs(), base)
    };
    let prefix = if f.alternate && base != 10 { format!("0{}", kind) } else { String::new() };
    let digits = if kind == 'X' { digits.to_uppercase() } else { digits };
    let sign = sign_text(i.is_negative(), f.sign);
    Ok(Str::from(finish(&f, &format!("{sign}{prefix}"), &digits, "", if base == 10 { 3 } else { 4 })))
}

fn format_char(i: &Int, f: &Spec) -> Result<Str, Exc> {
    if f.sign.is_some() {
        return value_error("Sign not allowed with integer format specifier 'c'");
    }
    if f.alternate {
        return value_error("Alternate form (#) not allowed with integer format specifier 'c'");
    }
    if i.to_i64().is_none() {
        return Err(exc::new(&exc::OverflowError, "Python int too large to convert to C long"));
    }
    let c = match i.to_i64().and_then(|v| u32::try_from(v).ok()).and_then(char::from_u32) {
        Some(c) => c,
        None => return Err(exc::new(&exc::OverflowError, "%c arg not in range(0x110000)")),
    };
    Ok(Str::from(place("", &c.to_string(), 1, f.fill, f.align.unwrap_or('>'), f.width)))
}

fn sign_text(negative: bool, wanted: Option<char>) -> &'static str {
    match (negative, wanted) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    }
}

/// Grouping, zero padding and alignment of a number in its parts.
fn finish(f: &Spec, lead: &str, digits: &str, rest: &str, group: usize) -> String {
    let align = f.align.unwrap_or('>');
    let zeros = if f.fill == '0' && align == '=' {
        f.width.saturating_sub(lead.chars().count() + rest.len())
    } else {
        0
    };
    let body = match f.grouping {
        Some(g) => group_digits(digits, g, group, zeros),
        None => digits.to_string(),
    };
    let text = format!("{body}{rest}");
    let n = lead.len() + text.chars().count();
    place(lead, &text, n, f.fill, align, f.width)
}

pub fn format_float(x: f64, spec: &str) -> Result<Str, Exc> {
    if spec.is_empty() {
        return Ok(x.to_str());
    }
    if let Some(digits) = spec.strip_prefix('.').and_then(|s| s.strip_suffix('f')) {
        if let (true, Ok(n), true) = (digits.bytes().all(|b| b.is_ascii_digit()), digits.parse::<usize>(), x.is_finite()) {
            let mut out = String::new();
            fixed_into(x, n, &mut out);
            return Ok(Str::from(out));
        }
    }
    let f = parse(spec, '>', "float")?;
    format_float_spec(x, &f)
}

fn format_float_spec(x: f64, f: &Spec) -> Result<Str, Exc> {
    let kind = f.kind.unwrap_or('\0');
    let style = match kind {
        '\0' if f.precision.is_none() => FloatStyle::Repr,
        '\0' => FloatStyle::GeneralDot,
        'e' | 'E' => FloatStyle::Exponent,
        'f' | 'F' | '%' => FloatStyle::Fixed,
        'g' | 'G' | 'n' => FloatStyle::General,
        other => return unknown(other, "float"),
    };
    let scaled = if kind == '%' { x * 100.0 } else { x };
    let mut text = float_digits(scaled.abs(), style, f.precision.unwrap_or(6), f.alternate);
    if kind.is_ascii_uppercase() {
        text = text.to_uppercase();
    }
    let mut negative = x.is_sign_negative() && !x.is_nan();
    if f.no_negative_zero && negative {
        negative = text.chars().take_while(|c| !matches!(c, 'e' | 'E')).any(|c| ('1'..='9').contains(&c) || c == 'i' || c == 'I');
    }
    if kind == '%' {
        text.push('%');
    }
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = if whole == 0 { (&text[..], "") } else { text.split_at(whole) };
    if whole == 0 {
        let plain = Spec { grouping: None, ..f.clone() };
        return Ok(Str::from(finish(&plain, sign_text(negative, f.sign), digits, rest, 3)));
    }
    Ok(Str::from(finish(f, sign_text(negative, f.sign), digits, rest, 3)))
}

/// `f"{i:5}"` and `f"{i:05}"` without parsing a spec.
pub fn int_into(i: i64, width: usize, zero: bool, out: &mut String) {
    let text = Str::from_i64(i);
    let pad = width.saturating_sub(text.as_str().len());
    let sign = (zero && i < 0) as usize;
    out.push_str(&text.as_str()[..sign]);
    out.extend(std::iter::repeat_n(if zero { '0' } else { ' ' }, pad));
    out.push_str(&text.as_str()[sign..]);
}

/// `f"{x:.{digits}f}"` without parsing a spec.
pub fn fixed_into(x: f64, digits: usize, out: &mut String) {
    use std::fmt::Write;
    // a scaled value below 1e9 is off by less than 1.2e-7: enough to tell that no tie is near; the rest goes the exact way
    const POWERS: [f64; 5] = [1.0, 10.0, 100.0, 1000.0, 10000.0];
    if digits < POWERS.len() && x.abs() < 1e9 / POWERS[digits] {
        let scaled = x.abs() * POWERS[digits];
        let whole = scaled.round();
        if (scaled - scaled.trunc() - 0.5).abs() > 1e-5 {
            let v = whole as u64;
            let unit = POWERS[digits] as u64;
            if x.is_sign_negative() {
                out.push('-');
            }
            out.push_str(&Str::from_i64((v / unit) as i64));
            if digits > 0 {
                out.push('.');
                let part = Str::from_i64((v % unit) as i64);
                out.extend(std::iter::repeat_n('0', digits - part.as_str().len()));
                out.push_str(&part);
            }
            return;
        }
    }
    if x.is_finite() {
        let _ = write!(out, "{x:.digits$}");
    } else {
        x.repr_into(out);
    }
}

impl PyFormat for Str {
    fn py_format(&self, spec: &str) -> Result<Str, Exc> {
        if spec.is_empty() {
            return Ok(self.clone());
        }
        format_str(self.as_str(), spec)
    }
}
impl PyFormat for str {
    fn py_format(&self, spec: &str) -> Result<Str, Exc> {
        format_str(self, spec)
    }
}
impl PyFormat for i64 {
    fn py_format(&self, spec: &str) -> Result<Str, Exc> {
        format_int(&Int::Small(*self), spec)
    }
}
impl PyFormat for Int {
    fn py_format(&self, spec: &str) -> Result<Str, Exc> {
        format_int(self, spec)
    }
}
impl PyFormat for f64 {
    fn py_format(&self, spec: &str) -> Result<Str, Exc> {
        format_float(*self, spec)
    }
}
impl PyFormat for bool {
    fn py_format(&self, spec: &str) -> Result<Str, Exc> {
        if spec.is_empty() {
            return Ok(self.to_str());
        }
        format_integer(&Int::from(*self), spec, "bool")
    }
}
impl<T: PyFormat + ?Sized> PyFormat for &T {
    fn py_format(&self, spec: &str) -> Result<Str, Exc> {
        (**self).py_format(spec)
    }
}
impl<T: PyFormat> PyFormat for Option<T> {
    fn py_format(&self, spec: &str) -> Result<Str, Exc> {
        match self {
            Some(x) => x.py_format(spec),
            None => default_format(&(), spec, "NoneType"),
        }
    }
}

/// `object.__format__`: `str(x)`, and no spec is understood.
pub fn default_format(x: &impl PyStr, spec: &str, type_name: &str) -> Result<Str, Exc> {
    if spec.is_empty() {
        return Ok(x.to_str());
    }
    Err(exc::new(&exc::TypeError, format!("unsupported format string passed to {type_name}.__format__")))
}

/// `fmt_is_str!(Type, "Type")` for classes without `__format__`.
#[allow(unused_macros)]
macro_rules! fmt_is_str {
    ($t:ty, $name:expr) => {
        impl $crate::rt::fmt::PyFormat for $t {
            fn py_format(&self, spec: &str) -> Result<$crate::rt::pystr::Str, $crate::rt::exc::Exc> {
                $crate::rt::fmt::default_format(self, spec, $name)
            }
        }
    };
}
#[allow(unused_imports)]
pub(crate) use fmt_is_str;

fmt_is_str!((), "NoneType");
