//! needs: re, value, pystr
//! `findall` and `split` of patterns whose groups only the run knows.
use super::pystr::Str;
use super::re::Pattern;
use super::value::Value;

/// Texts, or tuples of texts for several groups.
pub fn findall(pattern: &Pattern, s: &Str) -> Vec<Value> {
    if pattern.groups() < 2 {
        return pattern.findall(s).into_iter().map(Value::Str).collect();
    }
    let tuple = |parts: Vec<Str>| Value::tuple(parts.into_iter().map(Value::Str).collect());
    pattern.findall_groups(s).into_iter().map(tuple).collect()
}
/// Texts, and None for groups that took no part.
pub fn split(pattern: &Pattern, s: &Str, maxsplit: i64) -> Vec<Value> {
    pattern.split_groups(s, maxsplit).into_iter().map(|p| p.map_or(Value::None, Value::Str)).collect()
}
