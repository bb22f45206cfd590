//! needs: list, pystr, traits
//! Views of dicts as texts: what they show is a list.
use super::list::List;
use super::pystr::Str;
use super::traits::*;

/// `dict_keys(['a'])`.
pub fn shown<T: PyRepr>(name: &str, items: &List<T>) -> Str {
    let mut out = String::from(name);
    out.push('(');
    items.repr_into(&mut out);
    out.push(')');
    Str::from(out)
}
