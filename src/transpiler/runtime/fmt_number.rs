//! needs: float
//! Digits of floats in the styles of `e`, `f`, `g` and repr; grouping; alignment.
use super::float;

#[derive(Clone, Copy, PartialEq)]
pub enum FloatStyle {
    Repr,
    Exponent,
    Fixed,
    General,
    /// `g` that always shows a point or an exponent: an empty type with a precision.
    GeneralDot,
}

/// Text of a non-negative float; `alternate` is the `#` flag.
pub fn float_digits(x: f64, style: FloatStyle, precision: usize, alternate: bool) -> String {
    if !x.is_finite() {
        return if x.is_nan() { "nan" } else { "inf" }.to_string();
    }
    match style {
        FloatStyle::Repr => {
            let mut out = String::new();
            float::repr_into(x, &mut out);
            if alternate && !out.contains('.') {
                let at = out.find('e').unwrap_or(out.len());
                out.insert(at, '.');
            }
            out
        }
        FloatStyle::Fixed => {
            let text = format!("{x:.precision$}");
            if alternate && precision == 0 { text + "." } else { text }
        }
        FloatStyle::Exponent => {
            let (digits, exp) = exponent_digits(x, precision);
            scientific(&digits, exp, alternate)
        }
        _ => general(x, precision.max(1), style == FloatStyle::GeneralDot, alternate),
    }
}

/// `precision + 1` digits and the exponent of the first.
fn exponent_digits(x: f64, precision: usize) -> (String, i32) {
    let text = format!("{x:.precision$e}");
    let (digits, exp) = text.split_once('e').unwrap_or((&text, "0"));
    (digits.replace('.', ""), exp.parse().unwrap_or(0))
}

fn scientific(digits: &str, exp: i32, point: bool) -> String {
    let mut out = digits[..1].to_string();
    if digits.len() > 1 || point {
        out.push('.');
    }
    out.push_str(&digits[1..]);
    float::push_exponent(exp, 'e', &mut out);
    out
}

fn general(x: f64, precision: usize, dot: bool, alternate: bool) -> String {
    let (all, exp) = exponent_digits(x, precision - 1);
    let kept = if alternate { &all[..] } else { all.trim_end_matches('0') };
    let digits = if kept.is_empty() { "0" } else { kept };
    let decpt = exp + 1;
    if decpt <= -4 || decpt > precision as i32 - dot as i32 {
        return scientific(digits, exp, alternate);
    }
    let mut out = String::new();
    if decpt <= 0 {
        out.push_str("0.");
        (decpt..0).for_each(|_| out.push('0'));
        out.push_str(digits);
        return out;
    }
    let whole = decpt as usize;
    if digits.len() > whole {
        return format!("{}.{}", &digits[..whole], &digits[whole..]);
    }
    out.push_str(digits);
    (digits.len()..whole).for_each(|_| out.push('0'));
    if dot {
        out.push_str(".0");
    } else if alternate {
        out.push('.');
    }
    out
}

/// Separators every `size` digits from the right; leading zeros up to `width` characters, never starting with one.
pub fn group_digits(digits: &str, sep: char, size: usize, width: usize) -> String {
    let mut out: Vec<char> = Vec::new();
    let mut n = 0;
    for d in digits.chars().rev() {
        if n > 0 && n % size == 0 {
            out.push(sep);
        }
        out.push(d);
        n += 1;
    }
    while out.len() < width {
        if n % size == 0 {
            out.push(sep);
        }
        out.push('0');
        n += 1;
    }
    out.iter().rev().collect()
}

/// `lead` (sign and prefix) and `text`, together `n` characters, in a field of `width`.
pub fn place(lead: &str, text: &str, n: usize, fill: char, align: char, width: usize) -> String {
    let pad = width.saturating_sub(n);
    let (left, middle, right) = match align {
        '<' => (0, 0, pad),
        '^' => (pad / 2, 0, pad - pad / 2),
        '=' => (0, pad, 0),
        _ => (pad, 0, 0),
    };
    let mut out = String::with_capacity(n + pad);
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(lead);
    out.extend(std::iter::repeat_n(fill, middle));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, right));
    out
}
