//! needs: exc, dict, traits
//! Making `collections.defaultdict` and `OrderedDict`, and the methods that only they have.
use super::dict::{Dict, Factory, Kind};
use super::exc::{self, R};
use super::traits::*;
use std::rc::Rc;

/// `defaultdict(factory, items)`; `shown` is the factory's repr.
pub fn defaultdict<K: Key, V: Clone>(shown: &'static str, make: impl Fn() -> R<V> + 'static, items: Dict<K, V>) -> Dict<K, V> {
    items.of_kind(Kind::Default(Factory { shown, make: Rc::new(make) }))
}
/// `OrderedDict(items)`.
pub fn ordered<K: Key, V: Clone>(items: Dict<K, V>) -> Dict<K, V> {
    items.of_kind(Kind::Ordered)
}

/// `OrderedDict.move_to_end(key, last)`.
pub fn move_to_end<K: Key + PyRepr + PyStr + 'static, V: Clone>(d: &Dict<K, V>, key: &K, last: bool) -> R<()> {
    let v = d.pop(key)?;
    if last {
        d.set(key.clone(), v);
        return Ok(());
    }
    let rest: Vec<(K, V)> = d.items().into_iter().collect();
    d.clear();
    d.set(key.clone(), v);
    d.extend(rest);
    Ok(())
}

/// `OrderedDict.popitem(last)`.
pub fn popitem<K: Key, V>(d: &Dict<K, V>, last: bool) -> R<(K, V)> {
    let gone = if last { d.borrow_mut().pop_last() } else { d.borrow_mut().pop_first() };
    gone.ok_or_else(|| exc::with_args(&exc::KeyError, vec!["dictionary is empty".into()]))
}
