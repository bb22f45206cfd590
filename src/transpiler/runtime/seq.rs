//! needs: exc, traits
//! Index and slice arithmetic of Python on plain slices; what list, tuple, str and bytes share.
use super::exc::{self, Class, Exc};
use super::traits::{PyOrd, PyRepr};

/// A resolved slice: like `slice.indices(len)`.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}

fn clamp(i: i64, len: i64, low: i64, high: i64) -> i64 {
    let i = if i < 0 { i.saturating_add(len) } else { i };
    i.clamp(low, high)
}

impl Slice {
    pub fn new(start: Option<i64>, stop: Option<i64>, step: Option<i64>, len: i64) -> Result<Slice, Exc> {
        let step = step.unwrap_or(1);
        if step == 0 {
            return Err(exc::new(&exc::ValueError, "slice step cannot be zero"));
        }
        if step > 0 {
            return Ok(Slice { step, ..Slice::plain(start, stop, len) });
        }
        let start = start.map_or(len - 1, |i| clamp(i, len, -1, len - 1));
        let stop = stop.map_or(-1, |i| clamp(i, len, -1, len - 1));
        Ok(Slice { start, stop, step })
    }

    /// Step 1.
    #[inline]
    pub fn plain(start: Option<i64>, stop: Option<i64>, len: i64) -> Slice {
        let start = start.map_or(0, |i| clamp(i, len, 0, len));
        let stop = stop.map_or(len, |i| clamp(i, len, 0, len));
        Slice { start, stop, step: 1 }
    }

    pub fn count(&self) -> i64 {
        let (a, b, s) = (self.start, self.stop, self.step);
        if s > 0 && a < b {
            (b - a - 1) / s + 1
        } else if s < 0 && b < a {
            (a - b - 1) / s.saturating_neg() + 1
        } else {
            0
        }
    }

    pub fn indices(self) -> impl Iterator<Item = usize> {
        (0..self.count()).map(move |k| (self.start + k * self.step) as usize)
    }
}

/// Position of `index` in a sequence of `len` items.
#[inline]
pub fn at(index: i64, len: usize) -> Option<usize> {
    let i = if index < 0 { index + len as i64 } else { index };
    if i >= 0 && i < len as i64 {
        Some(i as usize)
    } else {
        None
    }
}

#[cold]
pub fn out_of_range(what: &str) -> Exc {
    exc::new(&exc::IndexError, format!("{what} index out of range"))
}

/// `items[index]` of a list that is a plain slice.
#[inline]
pub fn get<T: Clone>(items: &[T], index: i64) -> Result<T, Exc> {
    match at(index, items.len()) {
        Some(i) => Ok(items[i].clone()),
        None => Err(out_of_range("list")),
    }
}

#[inline]
pub fn get_ref<T>(items: &[T], index: i64) -> Result<&T, Exc> {
    match at(index, items.len()) {
        Some(i) => Ok(&items[i]),
        None => Err(out_of_range("list")),
    }
}

/// `items[index] = value` (also for `+=` and friends: the place itself).
#[inline]
pub fn place<T>(items: &mut [T], index: i64) -> Result<&mut T, Exc> {
    match at(index, items.len()) {
        Some(i) => Ok(&mut items[i]),
        None => Err(exc::new(&exc::IndexError, "list assignment index out of range")),
    }
}

pub fn slice<T: Clone>(items: &[T], start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<Vec<T>, Exc> {
    let cut = Slice::new(start, stop, step, items.len() as i64)?;
    if cut.step == 1 {
        return Ok(items[cut.start as usize..cut.start.max(cut.stop) as usize].to_vec());
    }
    if cut.step == -1 && cut.start >= cut.stop {
        return Ok(items[(cut.stop + 1) as usize..(cut.start + 1) as usize].iter().rev().cloned().collect());
    }
    Ok(cut.indices().map(|i| items[i].clone()).collect())
}

/// `items[start:stop]`, which cannot raise.
pub fn plain_slice<T: Clone>(items: &[T], start: Option<i64>, stop: Option<i64>) -> Vec<T> {
    let cut = Slice::plain(start, stop, items.len() as i64);
    items[cut.start as usize..cut.start.max(cut.stop) as usize].to_vec()
}

/// `items[a:b:c] = new`.
pub fn assign_slice<T>(
    items: &mut Vec<T>, start: Option<i64>, stop: Option<i64>, step: Option<i64>, new: Vec<T>,
) -> Result<(), Exc> {
    let cut = Slice::new(start, stop, step, items.len() as i64)?;
    if cut.step == 1 {
        if cut.count() == new.len() as i64 {
            for (place, x) in items[cut.start as usize..].iter_mut().zip(new) {
                *place = x;
            }
            return Ok(());
        }
        items.splice(cut.start as usize..cut.start.max(cut.stop) as usize, new);
        return Ok(());
    }
    if cut.count() != new.len() as i64 {
        return Err(exc::new(
            &exc::ValueError,
            format!("attempt to assign sequence of size {} to extended slice of size {}", new.len(), cut.count()),
        ));
    }
    for (i, x) in cut.indices().zip(new) {
        items[i] = x;
    }
    Ok(())
}

/// `del items[a:b:c]`.
pub fn delete_slice<T>(
    items: &mut Vec<T>, start: Option<i64>, stop: Option<i64>, step: Option<i64>,
) -> Result<(), Exc> {
    let cut = Slice::new(start, stop, step, items.len() as i64)?;
    let mut drop = vec![false; items.len()];
    cut.indices().for_each(|i| drop[i] = true);
    let mut i = 0;
    items.retain(|_| {
        i += 1;
        !drop[i - 1]
    });
    Ok(())
}

pub fn delete<T>(items: &mut Vec<T>, index: i64) -> Result<(), Exc> {
    match at(index, items.len()) {
        Some(i) => {
            items.remove(i);
            Ok(())
        }
        None => Err(exc::new(&exc::IndexError, "list assignment index out of range")),
    }
}

pub fn pop<T>(items: &mut Vec<T>, index: Option<i64>) -> Result<T, Exc> {
    if items.is_empty() {
        return Err(exc::new(&exc::IndexError, "pop from empty list"));
    }
    match index {
        None => items.pop().ok_or_else(|| exc::new(&exc::IndexError, "pop from empty list")),
        Some(i) => match at(i, items.len()) {
            Some(i) => Ok(items.remove(i)),
            None => Err(exc::new(&exc::IndexError, "pop index out of range")),
        },
    }
}

pub fn insert<T>(items: &mut Vec<T>, index: i64, x: T) {
    let i = clamp(index, items.len() as i64, 0, items.len() as i64);
    items.insert(i as usize, x);
}

pub fn remove<T: PartialEq>(items: &mut Vec<T>, x: &T) -> Result<(), Exc> {
    match items.iter().position(|y| y == x) {
        Some(i) => {
            items.remove(i);
            Ok(())
        }
        None => Err(exc::new(&exc::ValueError, "list.remove(x): x not in list")),
    }
}

pub fn index<T: PartialEq + PyRepr>(items: &[T], x: &T, start: Option<i64>, stop: Option<i64>) -> Result<i64, Exc> {
    let cut = Slice::plain(start, stop, items.len() as i64);
    for i in cut.start..cut.stop {
        if items[i as usize] == *x {
            return Ok(i);
        }
    }
    Err(exc::new(&exc::ValueError, format!("{} is not in list", x.repr())))
}

pub fn count<T: PartialEq>(items: &[T], x: &T) -> i64 {
    items.iter().filter(|y| *y == x).count() as i64
}

pub fn repeat<T: Clone>(items: &[T], times: i64) -> Vec<T> {
    if let [one] = items {
        return vec![one.clone(); times.max(0) as usize];
    }
    let mut out = Vec::with_capacity(items.len() * times.max(0) as usize);
    for _ in 0..times.max(0) {
        out.extend_from_slice(items);
    }
    out
}

/// Stable; an exception raised by a comparison ends it and is passed on.
pub fn sort<T: PyOrd>(items: &mut [T], reverse: bool) -> Result<(), Exc> {
    if items.iter().all(T::ordered) {
        // reversed the other way round, so that equal items stay in their first order
        items.sort_by(|a, b| if reverse { b.order(a) } else { a.order(b) });
        return Ok(());
    }
    sort_by(items, reverse, T::TOTAL, |a, b| a.py_lt(b))
}

/// Sorts by keys computed once each, as Python does.
pub fn sort_key<T, K: PyOrd>(
    items: &mut Vec<T>, mut key: impl FnMut(&T) -> Result<K, Exc>, reverse: bool,
) -> Result<(), Exc> {
    let mut keyed = Vec::with_capacity(items.len());
    for x in items.iter() {
        keyed.push(key(x)?);
    }
    let mut pairs: Vec<(K, T)> = keyed.into_iter().zip(items.drain(..)).collect();
    if pairs.iter().all(|p| p.0.ordered()) {
        pairs.sort_by(|a, b| if reverse { b.0.order(&a.0) } else { a.0.order(&b.0) });
        items.extend(pairs.into_iter().map(|p| p.1));
        return Ok(());
    }
    let done = sort_by(&mut pairs, reverse, K::TOTAL, |a, b| a.0.py_lt(&b.0));
    items.extend(pairs.into_iter().map(|p| p.1));
    done
}

/// `total`: `less` is a total order and never fails, so that std's sort applies (it may panic on others).
pub fn sort_by<T>(
    items: &mut [T], reverse: bool, total: bool, mut less: impl FnMut(&T, &T) -> Result<bool, Exc>,
) -> Result<(), Exc> {
    use std::cmp::Ordering;
    if total {
        let mut lt = |a: &T, b: &T| less(a, b).unwrap_or(false);
        let mut order = |a: &T, b: &T| match (lt(a, b), lt(b, a)) {
            (true, _) => Ordering::Less,
            (_, true) => Ordering::Greater,
            _ => Ordering::Equal,
        };
        if reverse {
            items.sort_by(|a, b| order(b, a));
        } else {
            items.sort_by(order);
        }
        return Ok(());
    }
    let order = sorted_order(items.len(), reverse, |i, j| less(&items[i], &items[j]))?;
    permute(items, order);
    Ok(())
}

/// Positions in sorted order. `less(later, earlier)` alone decides, so any comparison gives some order: up to 63
/// items the one that CPython's comparisons give, which matters where the order is not total (NaN, sets).
fn sorted_order(
    n: usize, reverse: bool, mut less: impl FnMut(usize, usize) -> Result<bool, Exc>,
) -> Result<Vec<usize>, Exc> {
    // a reversed stable sort keeps equal items in their first order
    let mut order: Vec<usize> = if reverse { (0..n).rev().collect() } else { (0..n).collect() };
    if n < 64 {
        insert_in_order(&mut order, &mut less)?;
    } else {
        merge_in_order(&mut order, &mut less)?;
    }
    if reverse {
        order.reverse();
    }
    Ok(order)
}

/// The run at the beginning, turned round where it falls; then each item by bisection.
fn insert_in_order(
    order: &mut [usize], less: &mut impl FnMut(usize, usize) -> Result<bool, Exc>,
) -> Result<(), Exc> {
    if order.len() < 2 {
        return Ok(());
    }
    let falls = less(order[1], order[0])?;
    let mut run = 2;
    while run < order.len() && less(order[run], order[run - 1])? == falls {
        run += 1;
    }
    if falls {
        order[..run].reverse();
    }
    for at in run..order.len() {
        let (mut low, mut high) = (0, at);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(order[at], order[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        order[low..=at].rotate_right(1);
    }
    Ok(())
}

fn merge_in_order(
    order: &mut Vec<usize>, less: &mut impl FnMut(usize, usize) -> Result<bool, Exc>,
) -> Result<(), Exc> {
    let n = order.len();
    let mut spare = order.clone();
    let mut width = 1;
    while width < n {
        for start in (0..n).step_by(2 * width) {
            let (mid, end) = ((start + width).min(n), (start + 2 * width).min(n));
            let (mut i, mut j) = (start, mid);
            for slot in spare[start..end].iter_mut() {
                let right = i >= mid || (j < end && less(order[j], order[i])?);
                let from = if right { &mut j } else { &mut i };
                *slot = order[*from];
                *from += 1;
            }
        }
        std::mem::swap(order, &mut spare);
        width *= 2;
    }
    Ok(())
}

/// Moves `items[order[k]]` to position k, by swaps along the cycles.
fn permute<T>(items: &mut [T], mut order: Vec<usize>) {
    for k in 0..order.len() {
        let mut from = order[k];
        while from < k {
            from = order[from];
        }
        order[k] = from;
        items.swap(k, from);
    }
}

/// The two messages of unpacking a sequence of the wrong length.
pub fn unpack<T: Clone>(items: &[T], want: usize) -> Result<(), Exc> {
    unpack_error(&exc::ValueError, items.len(), want)
}

fn unpack_error(class: &'static Class, got: usize, want: usize) -> Result<(), Exc> {
    if got < want {
        return Err(exc::new(class, format!("not enough values to unpack (expected {want}, got {got})")));
    }
    if got > want {
        return Err(exc::new(class, format!("too many values to unpack (expected {want})")));
    }
    Ok(())
}

pub fn min<T: PyOrd>(items: impl IntoIterator<Item = T>, what: &str) -> Result<T, Exc> {
    extreme(items, what, |new, best| new.py_lt(best))
}

pub fn max<T: PyOrd>(items: impl IntoIterator<Item = T>, what: &str) -> Result<T, Exc> {
    extreme(items, what, |new, best| new.py_gt(best))
}

/// `what` is "min" or "max"; `better(new, best)`.
pub fn extreme<T>(
    items: impl IntoIterator<Item = T>, what: &str, mut better: impl FnMut(&T, &T) -> Result<bool, Exc>,
) -> Result<T, Exc> {
    let mut it = items.into_iter();
    let mut best =
        it.next().ok_or_else(|| exc::new(&exc::ValueError, format!("{what}() arg is an empty sequence")))?;
    for x in it {
        if better(&x, &best)? {
            best = x;
        }
    }
    Ok(best)
}

/// min/max with a key.
pub fn extreme_key<T, K: PyOrd>(
    items: impl IntoIterator<Item = T>, what: &str, mut key: impl FnMut(&T) -> Result<K, Exc>,
) -> Result<T, Exc> {
    let mut it = items.into_iter();
    let mut best =
        it.next().ok_or_else(|| exc::new(&exc::ValueError, format!("{what}() arg is an empty sequence")))?;
    let mut best_key = key(&best)?;
    for x in it {
        let k = key(&x)?;
        if if what == "min" { k.py_lt(&best_key)? } else { k.py_gt(&best_key)? } {
            best = x;
            best_key = k;
        }
    }
    Ok(best)
}
