//! needs: exc, glue, list, traits, sequences, itertools
//! The parts of `itertools`, `functools` and `bisect` whose form depends on the types.
use super::exc::{self, R};
use super::glue::PyIter;
use super::list::List;
use super::traits::*;
use std::cell::RefCell;
use std::rc::Rc;

pub fn count_float(start: f64, step: f64) -> impl Iterator<Item = f64> {
    // CPython adds the step again and again where it is no int.
    let mut at = start;
    std::iter::from_fn(move || {
        let x = at;
        at += step;
        Some(x)
    })
}
/// `accumulate(items, f, initial=..)`: the first total is `first` of the first item where there is no start.
pub fn accumulate<T, A: Clone>(
    items: impl IntoIterator<Item = R<T>>, start: Option<A>, mut first: impl FnMut(T) -> R<A>,
    mut f: impl FnMut(A, T) -> R<A>,
) -> impl Iterator<Item = R<A>> {
    let (mut items, mut total, mut begun) = (items.into_iter(), start, false);
    std::iter::from_fn(move || {
        if !std::mem::replace(&mut begun, true) && total.is_some() {
            return total.clone().map(Ok);
        }
        let step = items.next()?.and_then(|x| match total.take() {
            Some(so_far) => f(so_far, x),
            None => first(x),
        });
        total = step.as_ref().ok().cloned();
        Some(step)
    })
}
/// `accumulate(items)` by a sum of two.
pub fn sums<T: Clone>(
    items: impl IntoIterator<Item = R<T>>, start: Option<T>, add: impl FnMut(T, T) -> R<T>,
) -> impl Iterator<Item = R<T>> {
    accumulate(items, start, Ok, add)
}
/// `groupby(items, key)`: each group is read when it is asked for.
pub fn groupby_key<T: Clone + 'static, K: Clone + PartialEq>(
    items: PyIter<T>, mut key: impl FnMut(T) -> R<K>,
) -> impl Iterator<Item = R<(K, PyIter<T>)>> {
    let mut ahead: Option<(K, T)> = None;
    let mut read = move |items: &PyIter<T>| -> R<Option<(K, T)>> {
        match items.try_next()? {
            Some(x) => Ok(Some((key(x.clone())?, x))),
            None => Ok(None),
        }
    };
    std::iter::from_fn(move || {
        let mut group = || -> R<Option<(K, PyIter<T>)>> {
            let Some((k, x)) = (match ahead.take() {
                Some(next) => Some(next),
                None => read(&items)?,
            }) else {
                return Ok(None);
            };
            let mut all = vec![x];
            while let Some((other, x)) = read(&items)? {
                if other != k {
                    ahead = Some((other, x));
                    break;
                }
                all.push(x);
            }
            Ok(Some((k, PyIter::from_vec(all))))
        };
        group().transpose()
    })
}
pub fn cycle<T: Clone>(items: impl IntoIterator<Item = R<T>>) -> impl Iterator<Item = R<T>> {
    let (mut items, mut seen, mut at) = (items.into_iter(), Vec::new(), None);
    std::iter::from_fn(move || {
        if at.is_none() {
            match items.next() {
                Some(Ok(x)) => seen.push(x),
                Some(Err(e)) => return Some(Err(e)),
                None => at = Some(0),
            }
        }
        match at {
            None => seen.last().cloned().map(Ok),
            Some(i) => {
                at = Some((i + 1) % seen.len().max(1));
                seen.get(i).cloned().map(Ok)
            }
        }
    })
}
pub fn pairwise<T: Clone>(items: impl IntoIterator<Item = R<T>>) -> impl Iterator<Item = R<(T, T)>> {
    let (mut items, mut last) = (items.into_iter(), None);
    std::iter::from_fn(move || {
        if last.is_none() {
            match items.next()? {
                Ok(x) => last = Some(x),
                Err(e) => return Some(Err(e)),
            }
        }
        match items.next()? {
            Ok(x) => Some(Ok((last.replace(x.clone())?, x))),
            Err(e) => Some(Err(e)),
        }
    })
}
pub fn compress<T, S: PyTruth>(
    items: impl IntoIterator<Item = R<T>>, on: impl IntoIterator<Item = R<S>>,
) -> impl Iterator<Item = R<T>> {
    super::glue::zip_lazy(items, on).filter_map(|pair| match pair {
        Ok((x, on)) => on.truth().then_some(Ok(x)),
        Err(e) => Some(Err(e)),
    })
}
/// `tee(items, n)`: what one has read is kept for the others.
pub fn tee<T: Clone + 'static>(items: PyIter<T>, n: i64) -> Vec<PyIter<T>> {
    let seen: Rc<RefCell<Vec<T>>> = Rc::default();
    let made = |_| {
        let (items, seen, mut at) = (items.clone(), Rc::clone(&seen), 0);
        PyIter::fallible(std::iter::from_fn(move || {
            at += 1;
            if let Some(x) = seen.borrow().get(at - 1) {
                return Some(Ok(x.clone()));
            }
            let next = items.try_next();
            if let Ok(Some(x)) = &next {
                seen.borrow_mut().push(x.clone());
            }
            next.transpose()
        }))
    };
    (0..n).map(made).collect()
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
pub fn takewhile<T: Clone, B: PyTruth>(
    items: impl IntoIterator<Item = R<T>>, mut f: impl FnMut(T) -> R<B>,
) -> impl Iterator<Item = R<T>> {
    let (mut items, mut over) = (items.into_iter(), false);
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        let kept = items.next()?.and_then(|x| Ok(f(x.clone())?.truth().then_some(x)));
        over = matches!(kept, Ok(None));
        kept.transpose()
    })
}
pub fn dropwhile<T: Clone, B: PyTruth>(
    items: impl IntoIterator<Item = R<T>>, mut f: impl FnMut(T) -> R<B>,
) -> impl Iterator<Item = R<T>> {
    let mut begun = false;
    items.into_iter().filter_map(move |x| {
        if begun {
            return Some(x);
        }
        let kept = x.and_then(|x| Ok((!f(x.clone())?.truth()).then_some(x)));
        begun = matches!(kept, Ok(Some(_)));
        kept.transpose()
    })
}
pub fn filterfalse<T: Clone, B: PyTruth>(
    items: impl IntoIterator<Item = R<T>>, mut f: impl FnMut(T) -> R<B>,
) -> impl Iterator<Item = R<T>> {
    items.into_iter().filter_map(move |x| x.and_then(|x| Ok((!f(x.clone())?.truth()).then_some(x))).transpose())
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
