//! needs: exc, int, bigint, pystr
//! Text of `Int`: decimal with CPython's digit limit, other bases, and `int(text, base)`.
use super::bigint as mag;
use super::exc::{self, Exc};
use super::int::Int;
use super::pystr::{self, Str};

/// sys.get_int_max_str_digits()
const MAX_DIGITS: usize = 4300;

pub fn decimal(i: &Int) -> Result<String, Exc> {
    if let Int::Big(b) = i {
        // bits * log10(2), a little below: certainly too long, without the quadratic conversion
        if b.mag.len() > 300 && mag::bit_length(&b.mag) as f64 * 0.30102 > MAX_DIGITS as f64 {
            return Err(too_long());
        }
    }
    let text = in_base(i, 10);
    if text.len() - i.is_negative() as usize > MAX_DIGITS {
        return Err(too_long());
    }
    Ok(text)
}

fn too_long() -> Exc {
    exc::new(
        &exc::ValueError,
        "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
    )
}

/// Digits with a sign, without prefix.
pub fn in_base(i: &Int, base: u32) -> String {
    let digits = match i {
        Int::Small(v) if base == 10 => return v.to_string(),
        Int::Small(v) if base == 2 => format!("{:b}", v.unsigned_abs()),
        Int::Small(v) if base == 8 => format!("{:o}", v.unsigned_abs()),
        Int::Small(v) if base == 16 => format!("{:x}", v.unsigned_abs()),
        _ => mag::to_text(&i.magnitude(), base),
    };
    if i.is_negative() { format!("-{digits}") } else { digits }
}

fn prefixed(i: &Int, base: u32, prefix: &str) -> Str {
    let text = in_base(i, base);
    Str::from(match text.strip_prefix('-') {
        Some(digits) => format!("-{prefix}{digits}"),
        None => format!("{prefix}{text}"),
    })
}

pub fn hex(i: &Int) -> Str {
    prefixed(i, 16, "0x")
}
pub fn oct(i: &Int) -> Str {
    prefixed(i, 8, "0o")
}
pub fn bin(i: &Int) -> Str {
    prefixed(i, 2, "0b")
}

/// `int(text)`.
pub fn parse(text: &Str) -> Result<Int, Exc> {
    parse_base(text, 10)
}

pub fn parse_base(text: &Str, base: i64) -> Result<Int, Exc> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(exc::new(&exc::ValueError, "int() base must be >= 2 and <= 36, or 0"));
    }
    match parse_text(text.trim_matches(pystr::is_space), base as u32) {
        Ok(Some(i)) => Ok(i),
        Ok(None) => {
            let mut shown = String::new();
            pystr::repr_into(text, &mut shown);
            let shown: String = shown.chars().take(200).collect(); // CPython's message holds no more
            Err(exc::new(&exc::ValueError, format!("invalid literal for int() with base {base}: {shown}")))
        }
        Err(e) => Err(e),
    }
}

fn parse_text(s: &str, mut base: u32) -> Result<Option<Int>, Exc> {
    let negative = s.starts_with('-');
    let body = s.strip_prefix(['+', '-']).unwrap_or(s);
    let marked = match body.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") if base == 0 || base == 16 => 16,
        Some("0o") if base == 0 || base == 8 => 8,
        Some("0b") if base == 0 || base == 2 => 2,
        _ => 0,
    };
    let mut digits_text = body;
    if marked > 0 {
        base = marked;
        digits_text = &body[2..];
        digits_text = digits_text.strip_prefix('_').unwrap_or(digits_text);
    } else if base == 0 {
        base = 10;
        // an old octal literal is no number, zeros alone are
        if body.starts_with('0') && body.chars().any(|c| c != '0' && c != '_') {
            return Ok(None);
        }
    }
    let Some(digits) = digit_values(digits_text, base) else { return Ok(None) };
    if digits.len() > MAX_DIGITS && !base.is_power_of_two() {
        return Err(exc::new(
            &exc::ValueError,
            format!(
                "Exceeds the limit (4300 digits) for integer string conversion: value has {} digits; use sys.set_int_max_str_digits() to increase the limit",
                digits.len()
            ),
        ));
    }
    if digits.len() <= 18 && base <= 10 {
        let v = digits.iter().fold(0i64, |v, &d| v * base as i64 + d as i64);
        return Ok(Some(Int::Small(if negative { -v } else { v })));
    }
    Ok(Some(Int::from_parts(negative, mag::from_digits(&digits, base))))
}

fn digit_values(s: &str, base: u32) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(s.len());
    let mut after_digit = false;
    for c in s.chars() {
        if c == '_' && after_digit {
            after_digit = false;
            continue;
        }
        out.push(pystr::ascii_digit(c).to_digit(36).filter(|&d| d < base)? as u8);
        after_digit = true;
    }
    after_digit.then_some(out)
}
