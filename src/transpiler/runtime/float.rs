//! needs: exc, traits, int, pystr
//! Python's float: repr, parsing, rounding, hash, exact ratios, hexadecimal text.
use super::exc::{self, Exc};
use super::int::Int;
use super::pystr::Str;

/// Shortest digits that read back as `x` and the decimal exponent of the first one.
pub fn shortest(x: f64) -> (String, i32) {
    let text = format!("{:e}", x.abs());
    let (digits, exp) = text.split_once('e').unwrap_or((&text, "0"));
    let (mut digits, exp) = (digits.replace('.', ""), exp.parse().unwrap_or(0));
    if digits.len() >= 15 {
        break_tie(x.abs(), &mut digits);
    }
    (digits, exp)
}

/// Where two shortest texts are equally near, CPython takes the even digit and std the upper one.
fn break_tie(x: f64, digits: &mut String) {
    let n = digits.len();
    let exact = format!("{:.*e}", n + 30, x).replace('.', "");
    let exact = exact.split('e').next().unwrap_or("");
    let odd = digits.ends_with(['1', '3', '5', '7', '9']);
    let tie = exact[n..].starts_with('5') && exact[n + 1..].bytes().all(|b| b == b'0');
    if odd && tie && exact[..n] != digits[..] {
        *digits = exact[..n].to_string();
    }
}

pub fn repr_into(x: f64, out: &mut String) {
    if x.is_nan() {
        out.push_str("nan");
        return;
    }
    if x.is_sign_negative() {
        out.push('-');
    }
    if x.is_infinite() {
        out.push_str("inf");
        return;
    }
    if x.abs() < 1e15 && x.fract() == 0.0 {
        use std::fmt::Write;
        let _ = write!(out, "{}.0", x.abs() as u64);
        return;
    }
    let (digits, exp) = shortest(x);
    if (-4..16).contains(&exp) {
        place_point(&digits, exp, out);
    } else {
        out.push_str(&digits[..1]);
        if digits.len() > 1 {
            out.push('.');
            out.push_str(&digits[1..]);
        }
        push_exponent(exp, 'e', out);
    }
}

fn place_point(digits: &str, exp: i32, out: &mut String) {
    if exp < 0 {
        out.push_str("0.");
        (1..-exp).for_each(|_| out.push('0'));
        out.push_str(digits);
        return;
    }
    let whole = exp as usize + 1;
    if digits.len() <= whole {
        out.push_str(digits);
        (digits.len()..whole).for_each(|_| out.push('0'));
        out.push_str(".0");
    } else {
        out.push_str(&digits[..whole]);
        out.push('.');
        out.push_str(&digits[whole..]);
    }
}

/// `e+07`: at least two digits and always a sign.
pub fn push_exponent(exp: i32, letter: char, out: &mut String) {
    use std::fmt::Write;
    let _ = write!(out, "{letter}{}{:02}", if exp < 0 { '-' } else { '+' }, exp.unsigned_abs());
}

/// `float(text)`.
pub fn parse(text: &Str) -> Result<f64, Exc> {
    match parse_text(text.trim_matches(super::pystr::is_space)) {
        Some(x) => Ok(x),
        None => {
            let mut shown = String::new();
            super::pystr::repr_into(text, &mut shown);
            Err(exc::new(&exc::ValueError, format!("could not convert string to float: {shown}")))
        }
    }
}

fn parse_text(s: &str) -> Option<f64> {
    let plain: String = s.chars().map(super::pystr::ascii_digit).collect();
    let body = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let negative = plain.starts_with('-');
    let lower = body.to_ascii_lowercase();
    let size = match lower.as_str() {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => {
            let bytes = lower.as_bytes();
            let ok = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
            for (i, b) in bytes.iter().enumerate() {
                let fine = match b {
                    b'0'..=b'9' | b'.' | b'e' => true,
                    b'+' | b'-' => i > 0 && bytes[i - 1] == b'e',
                    b'_' => i > 0 && ok(i - 1) && ok(i + 1),
                    _ => false,
                };
                if !fine {
                    return None;
                }
            }
            lower.replace('_', "").parse().ok()?
        }
    };
    Some(if negative { -size } else { size })
}

/// `int(x)`, towards zero.
pub fn to_int(x: f64) -> Result<Int, Exc> {
    if x.is_nan() {
        return Err(exc::new(&exc::ValueError, "cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(exc::new(&exc::OverflowError, "cannot convert float infinity to integer"));
    }
    Ok(Int::from_whole_f64(x.trunc()))
}

/// `round(x)`: to an integer, halves to even.
pub fn round_int(x: f64) -> Result<Int, Exc> {
    to_int(x.round_ties_even())
}

/// `round(x, digits)`: correctly rounded decimal, as CPython does by way of text.
pub fn round(x: f64, digits: i64) -> Result<f64, Exc> {
    if !x.is_finite() || x == 0.0 || digits > 323 {
        return Ok(x);
    }
    if digits < -308 {
        return Ok(0.0 * x);
    }
    let rounded: f64 = if digits >= 0 {
        format!("{:.*}", digits as usize, x).parse().unwrap_or(x)
    } else {
        round_whole(x, -digits as i32)
    };
    if rounded.is_infinite() {
        return Err(exc::new(&exc::OverflowError, "rounded value too large to represent"));
    }
    Ok(rounded)
}

/// Rounds to a multiple of 10^n.
fn round_whole(x: f64, n: i32) -> f64 {
    let exp = shortest(x).1;
    if exp >= n {
        return format!("{:.*e}", (exp - n) as usize, x).parse().unwrap_or(x);
    }
    let half: f64 = format!("5e{}", n - 1).parse().unwrap_or(f64::INFINITY);
    let size = if x.abs() > half { format!("1e{n}").parse().unwrap_or(0.0) } else { 0.0 };
    if x < 0.0 {
        -size
    } else {
        size
    }
}

/// CPython's hash: the value modulo 2^61-1, equal to the hash of an equal int.
pub fn hash(x: f64) -> i64 {
    if x.is_nan() {
        return 0x3fd1_77aa;
    }
    if x.is_infinite() {
        return if x > 0.0 { 314159 } else { -314159 };
    }
    if x.fract() == 0.0 && x.abs() < 9e18 {
        return super::traits::hash_i64(x as i64);
    }
    let (mantissa, exp) = decompose(x.abs());
    let shift = exp.rem_euclid(61) as u32;
    let m = mantissa as u128 % super::traits::HASH_MODULUS as u128;
    let rotated = (m << shift) % super::traits::HASH_MODULUS as u128;
    let h = rotated as i64;
    match if x < 0.0 { -h } else { h } {
        -1 => -2,
        h => h,
    }
}

/// `x = mantissa * 2^exp` for finite non-negative x.
pub fn decompose(x: f64) -> (u64, i32) {
    let bits = x.to_bits();
    let e = (bits >> 52 & 0x7ff) as i32;
    let m = bits & ((1 << 52) - 1);
    if e == 0 {
        (m, -1074)
    } else {
        (m | 1 << 52, e - 1075)
    }
}

pub fn is_integer(x: f64) -> bool {
    x.is_finite() && x.fract() == 0.0
}

pub fn as_integer_ratio(x: f64) -> Result<(Int, Int), Exc> {
    if x.is_nan() {
        return Err(exc::new(&exc::ValueError, "cannot convert NaN to integer ratio"));
    }
    if x.is_infinite() {
        return Err(exc::new(&exc::OverflowError, "cannot convert Infinity to integer ratio"));
    }
    let (mut m, mut e) = decompose(x.abs());
    if m == 0 {
        return Ok((Int::from(0), Int::from(1)));
    }
    while m & 1 == 0 && e < 0 {
        m >>= 1;
        e += 1;
    }
    let m = Int::from(if x < 0.0 { -(m as i64) } else { m as i64 });
    let one = Int::from(1);
    if e >= 0 {
        Ok((m.shl(&Int::from(e as i64))?, one))
    } else {
        Ok((m, one.shl(&Int::from(-e as i64))?))
    }
}

/// `x.hex()`.
pub fn hex(x: f64) -> Str {
    if !x.is_finite() {
        let mut out = String::new();
        repr_into(x, &mut out);
        return Str::from(out);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let bits = x.to_bits();
    let e = (bits >> 52 & 0x7ff) as i32;
    let m = bits & ((1 << 52) - 1);
    Str::from(match (e, m) {
        (0, 0) => format!("{sign}0x0.0p+0"),
        (0, _) => format!("{sign}0x0.{m:013x}p-1022"),
        _ => format!("{sign}0x1.{m:013x}p{:+}", e - 1023),
    })
}
