//! needs: exc, traits, list, seq
//! `heapq` and `bisect`. What changes a list takes it after its other arguments have been made, which may look at it.
use super::exc::{self, R};
use super::list::List;
use super::traits::PyOrd;

fn sift_up<T: PyOrd>(h: &mut [T], start: usize, mut pos: usize) -> R<()> {
    while pos > start {
        let parent = (pos - 1) / 2;
        if !h[pos].py_lt(&h[parent])? {
            break;
        }
        h.swap(pos, parent);
        pos = parent;
    }
    Ok(())
}

/// Moves a hole down to a leaf and the item up from there: the order CPython's heap has.
fn sift_down<T: PyOrd>(h: &mut [T], mut pos: usize) -> R<()> {
    let (start, end) = (pos, h.len());
    let mut child = 2 * pos + 1;
    while child < end {
        let right = child + 1;
        if right < end && !h[child].py_lt(&h[right])? {
            child = right;
        }
        h.swap(pos, child);
        pos = child;
        child = 2 * pos + 1;
    }
    sift_up(h, start, pos)
}

pub fn heappush<T: PyOrd>(heap: &List<T>, x: T) -> R<()> {
    heap.change(|h| {
        h.push(x);
        let last = h.len() - 1;
        sift_up(h, 0, last)
    })
}
pub fn heappop<T: PyOrd>(heap: &List<T>) -> R<T> {
    heap.change(|h| {
        let Some(last) = h.pop() else { return Err(exc::new(&exc::IndexError, "index out of range")) };
        if h.is_empty() {
            return Ok(last);
        }
        replace_top(h, last)
    })
}
pub fn heapify<T: PyOrd>(heap: &List<T>) -> R<()> {
    heap.change(|h| (0..h.len() / 2).rev().try_for_each(|i| sift_down(h, i)))
}
pub fn heapreplace<T: PyOrd>(heap: &List<T>, x: T) -> R<T> {
    heap.change(|h| replace_top(h, x))
}
fn replace_top<T: PyOrd>(h: &mut [T], x: T) -> R<T> {
    if h.is_empty() {
        return Err(exc::new(&exc::IndexError, "index out of range"));
    }
    let top = std::mem::replace(&mut h[0], x);
    sift_down(h, 0)?;
    Ok(top)
}
pub fn heappushpop<T: PyOrd>(heap: &List<T>, x: T) -> R<T> {
    heap.change(|h| if !h.is_empty() && h[0].py_lt(&x)? { replace_top(h, x) } else { Ok(x) })
}
/// `nlargest(n, items)`: sorted, largest first.
pub fn nlargest<T: PyOrd>(n: i64, items: impl IntoIterator<Item = T>) -> R<Vec<T>> {
    let mut all: Vec<T> = items.into_iter().collect();
    super::seq::sort(&mut all, true)?;
    all.truncate(n.max(0) as usize);
    Ok(all)
}
pub fn nsmallest<T: PyOrd>(n: i64, items: impl IntoIterator<Item = T>) -> R<Vec<T>> {
    let mut all: Vec<T> = items.into_iter().collect();
    super::seq::sort(&mut all, false)?;
    all.truncate(n.max(0) as usize);
    Ok(all)
}
/// With a key; `largest` chooses the end.
pub fn n_best_key<T, K: PyOrd>(
    n: i64, items: impl IntoIterator<Item = T>, key: impl FnMut(&T) -> R<K>, largest: bool,
) -> R<Vec<T>> {
    let mut all: Vec<T> = items.into_iter().collect();
    super::seq::sort_key(&mut all, key, largest)?;
    all.truncate(n.max(0) as usize);
    Ok(all)
}
/// `heapq.merge` of sorted inputs.
pub fn merge<T: PyOrd>(inputs: Vec<Vec<T>>) -> R<Vec<T>> {
    let mut all: Vec<T> = inputs.into_iter().flatten().collect();
    super::seq::sort(&mut all, false)?;
    Ok(all)
}

fn bounds(len: usize, lo: i64, hi: Option<i64>) -> R<(usize, usize)> {
    if lo < 0 {
        return Err(exc::new(&exc::ValueError, "lo must be non-negative"));
    }
    Ok((lo as usize, hi.filter(|h| *h >= 0).map_or(len, |h| h as usize)))
}
pub fn bisect_left<T: PyOrd>(a: &[T], x: &T, lo: i64, hi: Option<i64>) -> R<i64> {
    let (mut lo, mut hi) = bounds(a.len(), lo, hi)?;
    while lo < hi {
        let mid = (lo + hi) / 2;
        if a[mid].py_lt(x)? { lo = mid + 1 } else { hi = mid }
    }
    Ok(lo as i64)
}
pub fn bisect_right<T: PyOrd>(a: &[T], x: &T, lo: i64, hi: Option<i64>) -> R<i64> {
    let (mut lo, mut hi) = bounds(a.len(), lo, hi)?;
    while lo < hi {
        let mid = (lo + hi) / 2;
        if x.py_lt(&a[mid])? { hi = mid } else { lo = mid + 1 }
    }
    Ok(lo as i64)
}
pub fn insort_left<T: PyOrd>(list: &List<T>, x: T) -> R<()> {
    list.change(|a| {
        let at = bisect_left(a, &x, 0, None)?;
        a.insert(at as usize, x);
        Ok(())
    })
}
pub fn insort_right<T: PyOrd>(list: &List<T>, x: T) -> R<()> {
    list.change(|a| {
        let at = bisect_right(a, &x, 0, None)?;
        a.insert(at as usize, x);
        Ok(())
    })
}
