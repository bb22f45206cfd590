//! needs: exc, glue, list, value, value_ops, traits, arith, sequences, itertools
//! The parts of `itertools`, `functools` and `bisect` whose form depends on the types.
use super::exc::{self, R};
use super::glue::PyIter;
use super::list::List;
use super::traits::*;
use super::value::Value;

pub fn count_float(start: f64, step: f64) -> impl Iterator<Item = f64> {
    // CPython adds the step again and again where it is no int.
    let mut at = start;
    std::iter::from_fn(move || {
        let x = at;
        at += step;
        Some(x)
    })
}
pub fn sums_int(items: Vec<i64>) -> Vec<i64> {
    let mut total = 0;
    items.into_iter().enumerate().map(|(i, x)| {
        total = if i == 0 { x } else { super::arith::iadd(total, x) };
        total
    }).collect()
}
pub fn sums_float(items: Vec<f64>) -> Vec<f64> {
    let mut total = 0.0;
    items.into_iter().enumerate().map(|(i, x)| {
        total = if i == 0 { x } else { total + x };
        total
    }).collect()
}
/// `accumulate(items, f, initial=..)`.
pub fn accumulate<T: Clone>(items: Vec<T>, mut f: impl FnMut(T, T) -> R<T>, initial: Option<T>) -> R<Vec<T>> {
    let mut out: Vec<T> = initial.into_iter().collect();
    for x in items {
        let next = match out.last() {
            Some(total) => f(total.clone(), x)?,
            None => x,
        };
        out.push(next);
    }
    Ok(out)
}
pub fn sums_value(items: Vec<Value>) -> R<Vec<Value>> {
    let mut out: Vec<Value> = Vec::new();
    for x in items {
        let next = match out.last() {
            Some(total) => super::value_ops::add(total, &x)?,
            None => x,
        };
        out.push(next);
    }
    Ok(out)
}
pub fn groupby<T: Clone + PartialEq>(items: Vec<T>) -> Vec<(T, Vec<T>)> {
    let mut out: Vec<(T, Vec<T>)> = Vec::new();
    for x in items {
        match out.last_mut() {
            Some((key, group)) if *key == x => group.push(x),
            _ => out.push((x.clone(), vec![x])),
        }
    }
    out
}
pub fn product3<A: Clone, B: Clone, C: Clone>(a: &[A], b: &[B], c: &[C]) -> Vec<(A, B, C)> {
    let mut out = Vec::new();
    for x in a {
        for y in b {
            out.extend(c.iter().map(|z| (x.clone(), y.clone(), z.clone())));
        }
    }
    out
}
pub fn product_repeat<T: Clone>(items: Vec<T>, times: i64) -> Vec<Vec<T>> {
    super::itertools::product(&vec![items; times.max(0) as usize])
}
/// Of an iterator that goes on afterwards, and may have no end.
pub fn islice<T: 'static>(items: &PyIter<T>, start: i64, stop: Option<i64>, step: i64) -> R<PyIter<T>> {
    if start < 0 || stop.is_some_and(|s| s < 0) || step < 1 {
        let text = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
        return Err(exc::new(&exc::ValueError, text));
    }
    let (items, mut at) = (items.clone(), 0);
    Ok(PyIter::fallible(std::iter::from_fn(move || {
        while stop.is_none_or(|s| at < s) {
            let x = match items.try_next() {
                Ok(x) => x?,
                Err(e) => return Some(Err(e)),
            };
            at += 1;
            if at > start && (at - 1 - start) % step == 0 {
                return Some(Ok(x));
            }
        }
        None
    })))
}
/// Of an iterator that may have no end.
pub fn takewhile<T: 'static>(items: &PyIter<T>, mut f: impl FnMut(&T) -> R<bool>) -> R<Vec<T>> {
    let mut out = Vec::new();
    while let Some(x) = items.try_next()? {
        if !f(&x)? {
            break;
        }
        out.push(x);
    }
    Ok(out)
}
pub fn zip_longest<T: Clone>(a: Vec<T>, b: Vec<T>, fill: T) -> Vec<(T, T)> {
    let get = |v: &Vec<T>, i: usize| v.get(i).cloned().unwrap_or_else(|| fill.clone());
    (0..a.len().max(b.len())).map(|i| (get(&a, i), get(&b, i))).collect()
}
/// Rows as long as the longest of the lists.
pub fn zip_longest_filled<T: Clone>(lists: Vec<Vec<T>>, fill: &T) -> Vec<Vec<T>> {
    let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
    let row = |i: usize| lists.iter().map(|l| l.get(i).unwrap_or(fill).clone()).collect();
    (0..longest).map(row).collect()
}
pub fn zip_longest3<A: Clone, B: Clone, C: Clone>(a: Vec<A>, b: Vec<B>, c: Vec<C>) -> Vec<(Option<A>, Option<B>, Option<C>)> {
    let longest = a.len().max(b.len()).max(c.len());
    (0..longest).map(|i| (a.get(i).cloned(), b.get(i).cloned(), c.get(i).cloned())).collect()
}
pub fn zip_longest_none<A: Clone, B: Clone>(a: Vec<A>, b: Vec<B>) -> Vec<(Option<A>, Option<B>)> {
    (0..a.len().max(b.len())).map(|i| (a.get(i).cloned(), b.get(i).cloned())).collect()
}
pub fn starmap<A, B, T>(mut f: impl FnMut(A, B) -> R<T>, items: Vec<(A, B)>) -> R<Vec<T>> {
    items.into_iter().map(|(a, b)| f(a, b)).collect()
}
/// `reduce(f, items, initial)`.
pub fn fold<T, V>(items: Vec<T>, mut f: impl FnMut(V, T) -> R<V>, initial: V) -> R<V> {
    items.into_iter().try_fold(initial, |acc, x| f(acc, x))
}
fn keys<T, K>(a: &[T], key: impl FnMut(&T) -> R<K>) -> R<Vec<K>> {
    a.iter().map(key).collect()
}
pub fn bisect_left_key<T, K: PyOrd>(a: &[T], x: &K, key: impl FnMut(&T) -> R<K>, lo: i64, hi: Option<i64>) -> R<i64> {
    super::sequences::bisect_left(&keys(a, key)?, x, lo, hi)
}
pub fn bisect_right_key<T, K: PyOrd>(a: &[T], x: &K, key: impl FnMut(&T) -> R<K>, lo: i64, hi: Option<i64>) -> R<i64> {
    super::sequences::bisect_right(&keys(a, key)?, x, lo, hi)
}
pub fn insort_left_key<T, K: PyOrd>(list: &List<T>, x: T, mut key: impl FnMut(&T) -> R<K>) -> R<()> {
    let k = key(&x)?;
    list.change(|a| {
        let at = bisect_left_key(a, &k, key, 0, None)?;
        a.insert(at as usize, x);
        Ok(())
    })
}
pub fn insort_right_key<T, K: PyOrd>(list: &List<T>, x: T, mut key: impl FnMut(&T) -> R<K>) -> R<()> {
    let k = key(&x)?;
    list.change(|a| {
        let at = bisect_right_key(a, &k, key, 0, None)?;
        a.insert(at as usize, x);
        Ok(())
    })
}
