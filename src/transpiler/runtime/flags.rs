//! needs: exc, pystr
//! What `enum.Flag` and `enum.IntFlag` know of their numbers: `members` are all names, in order; single bits first count.
//! Source: Python 3.11 library reference, enum.
use super::exc::{self, R};
use super::pystr::Str;

fn is_single(value: i64) -> bool {
    value > 0 && value & (value - 1) == 0
}

/// The name of a value: a member's own, or those of its bits; none for nothing and for unknown bits alone.
pub fn name(value: i64, members: &[(i64, &str)]) -> Option<Str> {
    if let Some((_, name)) = members.iter().find(|(v, _)| *v == value) {
        return Some(Str::new(name));
    }
    let mut names: Vec<String> = Vec::new();
    let mut left = value;
    for (v, name) in members.iter().filter(|(v, _)| is_single(*v) && value & v != 0) {
        names.push(name.to_string());
        left &= !v;
    }
    if names.is_empty() {
        return None;
    }
    if left != 0 {
        names.push(left.to_string());
    }
    Some(Str::from(names.join("|")))
}

fn bits(value: i64, width: u32) -> String {
    let sign = if value < 0 { '1' } else { '0' };
    let digits: String = (0..width).rev().map(|i| if value >> i & 1 == 1 { '1' } else { '0' }).collect();
    format!("0b{sign} {digits}")
}

/// `Flag(value)`: unknown bits are an error, or kept where they are ints too.
pub fn checked(value: i64, mask: i64, keeps: bool, class: &str) -> R<i64> {
    let width = 64 - mask.leading_zeros();
    let all = (1i64 << width) - 1;
    if value >= -all - 1 && value <= all && value & (all ^ mask) == 0 {
        return Ok(if value < 0 { all + 1 + value } else { value });
    }
    let length = 64 - value.unsigned_abs().leading_zeros();
    if keeps {
        return Ok(if value < 0 { (all + 1).max(1 << length) + value } else { value });
    }
    let width = width.max(length);
    let text = format!(
        "<flag '{class}'> invalid value {value}\n    given {}\n  allowed {}", bits(value, width), bits(mask, width)
    );
    Err(exc::new(&exc::ValueError, text))
}
