//! needs: exc
//! `itertools` on materialised inputs; the lazy ones are Rust iterators.
use super::exc::R;

/// `count(start, step)`.
pub fn count(start: i64, step: i64) -> impl Iterator<Item = i64> {
    (0..).map(move |k: i64| start + k * step)
}
pub fn cycle<T: Clone>(items: Vec<T>) -> impl Iterator<Item = T> {
    items.into_iter().cycle_owned()
}

/// `cycle` that owns its items and ends when there are none.
pub trait CycleOwned<T> {
    fn cycle_owned(self) -> Cycle<T>;
}
impl<T: Clone> CycleOwned<T> for std::vec::IntoIter<T> {
    fn cycle_owned(self) -> Cycle<T> {
        Cycle { items: self.collect(), at: 0 }
    }
}
pub struct Cycle<T> {
    items: Vec<T>,
    at: usize,
}
impl<T: Clone> Iterator for Cycle<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        let x = self.items.get(self.at)?.clone();
        self.at = (self.at + 1) % self.items.len();
        Some(x)
    }
}

/// `accumulate(items, f, initial=..)`.
pub fn accumulate<T: Clone>(
    items: impl IntoIterator<Item = T>, mut f: impl FnMut(&T, &T) -> R<T>, initial: Option<T>,
) -> R<Vec<T>> {
    let mut out: Vec<T> = initial.into_iter().collect();
    for x in items {
        let next = match out.last() {
            Some(last) => f(last, &x)?,
            None => x,
        };
        out.push(next);
    }
    Ok(out)
}

/// `product` of inputs of one type.
pub fn product<T: Clone>(inputs: &[Vec<T>]) -> Vec<Vec<T>> {
    inputs.iter().fold(vec![Vec::new()], |rows, input| {
        rows.iter()
            .flat_map(|row| input.iter().map(move |x| row.iter().cloned().chain([x.clone()]).collect()))
            .collect()
    })
}
/// `product(a, b)` of two types.
pub fn product2<A: Clone, B: Clone>(a: &[A], b: &[B]) -> Vec<(A, B)> {
    a.iter().flat_map(|x| b.iter().map(move |y| (x.clone(), y.clone()))).collect()
}

fn choose<T: Clone>(
    items: &[T], r: i64, next_start: impl Fn(usize) -> usize + Copy, distinct: bool,
) -> Vec<Vec<T>> {
    fn go<T: Clone>(
        items: &[T], r: usize, start: usize, next: impl Fn(usize) -> usize + Copy, distinct: bool,
        picked: &mut Vec<usize>, out: &mut Vec<Vec<T>>,
    ) {
        if picked.len() == r {
            out.push(picked.iter().map(|&i| items[i].clone()).collect());
            return;
        }
        for i in start..items.len() {
            if distinct && picked.contains(&i) {
                continue;
            }
            picked.push(i);
            go(items, r, next(i), next, distinct, picked, out);
            picked.pop();
        }
    }
    let mut out = Vec::new();
    if r >= 0 {
        go(items, r as usize, 0, next_start, distinct, &mut Vec::new(), &mut out);
    }
    out
}
pub fn combinations<T: Clone>(items: &[T], r: i64) -> Vec<Vec<T>> {
    choose(items, r, |i| i + 1, false)
}
pub fn combinations_with_replacement<T: Clone>(items: &[T], r: i64) -> Vec<Vec<T>> {
    choose(items, r, |i| i, false)
}
pub fn permutations<T: Clone>(items: &[T], r: Option<i64>) -> Vec<Vec<T>> {
    choose(items, r.unwrap_or(items.len() as i64), |_| 0, true)
}

/// Consecutive items with equal keys.
pub fn groupby<T, K: PartialEq>(items: impl IntoIterator<Item = T>, mut key: impl FnMut(&T) -> R<K>) -> R<Vec<(K, Vec<T>)>> {
    let mut out: Vec<(K, Vec<T>)> = Vec::new();
    for x in items {
        let k = key(&x)?;
        match out.last_mut() {
            Some((last, group)) if *last == k => group.push(x),
            _ => out.push((k, vec![x])),
        }
    }
    Ok(out)
}

pub fn takewhile<T>(items: impl IntoIterator<Item = T>, mut f: impl FnMut(&T) -> R<bool>) -> R<Vec<T>> {
    let mut out = Vec::new();
    for x in items {
        if !f(&x)? {
            break;
        }
        out.push(x);
    }
    Ok(out)
}
pub fn dropwhile<T>(items: impl IntoIterator<Item = T>, mut f: impl FnMut(&T) -> R<bool>) -> R<Vec<T>> {
    let mut out = Vec::new();
    for x in items {
        if !out.is_empty() || !f(&x)? {
            out.push(x);
        }
    }
    Ok(out)
}
pub fn filterfalse<T>(items: impl IntoIterator<Item = T>, mut f: impl FnMut(&T) -> R<bool>) -> R<Vec<T>> {
    let mut out = Vec::new();
    for x in items {
        if !f(&x)? {
            out.push(x);
        }
    }
    Ok(out)
}
pub fn compress<T>(items: impl IntoIterator<Item = T>, on: impl IntoIterator<Item = bool>) -> Vec<T> {
    items.into_iter().zip(on).filter(|p| p.1).map(|p| p.0).collect()
}
pub fn pairwise<T: Clone>(items: &[T]) -> Vec<(T, T)> {
    items.windows(2).map(|w| (w[0].clone(), w[1].clone())).collect()
}
pub fn zip_longest<A: Clone, B: Clone>(a: &[A], b: &[B], fill_a: A, fill_b: B) -> Vec<(A, B)> {
    (0..a.len().max(b.len()))
        .map(|i| (a.get(i).cloned().unwrap_or_else(|| fill_a.clone()), b.get(i).cloned().unwrap_or_else(|| fill_b.clone())))
        .collect()
}
/// `islice(it, start, stop, step)`, lazy.
pub fn islice<I: Iterator>(it: I, start: i64, stop: Option<i64>, step: i64) -> impl Iterator<Item = I::Item> {
    let left = stop.map_or(usize::MAX, |s| (s - start).max(0) as usize);
    it.skip(start.max(0) as usize).take(left).step_by(step.max(1) as usize)
}

/// `functools.reduce(f, items, initial)`.
pub fn reduce<T>(items: impl IntoIterator<Item = T>, mut f: impl FnMut(T, T) -> R<T>) -> R<T> {
    let mut it = items.into_iter();
    let Some(mut acc) = it.next() else {
        let text = "reduce() of empty iterable with no initial value";
        return Err(super::exc::new(&super::exc::TypeError, text));
    };
    for x in it {
        acc = f(acc, x)?;
    }
    Ok(acc)
}

/// `reduce` with an optional start.
pub fn reduce_from<T>(items: impl IntoIterator<Item = T>, f: impl FnMut(T, T) -> R<T>, initial: Option<T>) -> R<T> {
    reduce(initial.into_iter().chain(items), f)
}
