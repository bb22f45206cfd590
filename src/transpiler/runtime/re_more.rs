//! needs: re, pystr, tuple, dict
//! Groups of a match with a default for those that took no part.
use super::dict::Dict;
use super::pystr::Str;
use super::re::Match;
use super::tuple::Tuple;

pub fn groups(m: &Match, default: &Str) -> Tuple<Str> {
    Tuple::from(m.groups().into_iter().map(|g| g.unwrap_or_else(|| default.clone())).collect::<Vec<_>>())
}
pub fn groupdict(m: &Match, default: &Str) -> Dict<Str, Str> {
    m.groupdict().items().iter().map(|(k, v)| (k, v.unwrap_or_else(|| default.clone()))).collect()
}
