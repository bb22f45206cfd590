//! needs: exc, pystr, float
//! What every value can do: repr, str, truth, length, hash, order. Implementations for Rust's own types.
use super::exc::Exc;
use super::pystr::{self, Str};
use std::cmp::Ordering;

pub trait PyRepr {
    fn repr_into(&self, out: &mut String);
    fn repr(&self) -> Str {
        let mut out = String::new();
        self.repr_into(&mut out);
        Str::from(out)
    }
}

pub trait PyStr {
    fn str_into(&self, out: &mut String);
    fn to_str(&self) -> Str {
        let mut out = String::new();
        self.str_into(&mut out);
        Str::from(out)
    }
}

pub trait PyTruth {
    fn truth(&self) -> bool;
}

pub trait PyLen {
    fn py_len(&self) -> i64;
}

pub trait PyHash {
    /// Equality is cheap, runs no code of the program, and every value equals itself.
    const PLAIN: bool = false;
    fn py_hash(&self) -> i64;
    /// The error that its hash raises: asked where the type allows one, before the value becomes a key.
    fn check_hash(&self) -> Result<(), Exc> {
        Ok(())
    }
}

/// What a dict or set needs of its keys.
pub trait Key: PyHash + PartialEq + Clone {}
impl<T: PyHash + PartialEq + Clone> Key for T {}

pub trait PyOrd {
    /// Comparison never raises and is a total order: sorting may use std's algorithm.
    const TOTAL: bool = false;
    fn py_lt(&self, other: &Self) -> Result<bool, Exc>;
    fn py_gt(&self, other: &Self) -> Result<bool, Exc> {
        other.py_lt(self)
    }
    fn py_le(&self, other: &Self) -> Result<bool, Exc> {
        Ok(!other.py_lt(self)?)
    }
    fn py_ge(&self, other: &Self) -> Result<bool, Exc> {
        Ok(!self.py_lt(other)?)
    }
    /// Comes at one place among all others of its kind (NaN does not), so that `order` is one.
    #[inline]
    fn ordered(&self) -> bool {
        false
    }
    /// For ordered values.
    #[inline]
    fn order(&self, other: &Self) -> Ordering {
        match (self.py_lt(other), other.py_lt(self)) {
            (Ok(true), _) => Ordering::Less,
            (_, Ok(true)) => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }
}

/// For types whose `str()` is their `repr()`.
#[allow(unused_macros)]
macro_rules! str_is_repr {
    ($($t:ty),* $(,)?) => { $(impl $crate::rt::traits::PyStr for $t {
        fn str_into(&self, out: &mut String) { $crate::rt::traits::PyRepr::repr_into(self, out) }
    })* };
}
#[allow(unused_imports)]
pub(crate) use str_is_repr;

macro_rules! natural_order {
    ($($t:ty = $total:literal),* $(,)?) => { $(impl PyOrd for $t {
        const TOTAL: bool = $total;
        #[inline]
        fn py_lt(&self, other: &Self) -> Result<bool, Exc> { Ok(self < other) }
        #[inline]
        fn py_le(&self, other: &Self) -> Result<bool, Exc> { Ok(self <= other) }
        #[inline]
        fn py_ge(&self, other: &Self) -> Result<bool, Exc> { Ok(self >= other) }
        #[inline]
        fn ordered(&self) -> bool { $total || self.partial_cmp(self).is_some() }
        #[inline]
        fn order(&self, other: &Self) -> Ordering { self.partial_cmp(other).unwrap_or(Ordering::Equal) }
    })* };
}
natural_order!(i64 = true, f64 = false, bool = true, Str = true);
str_is_repr!(f64, bool, ());

/// CPython's modulus for numeric hashes.
pub const HASH_MODULUS: u64 = (1 << 61) - 1;

#[inline]
pub fn hash_i64(i: i64) -> i64 {
    let m = i.unsigned_abs();
    let m = if m >= HASH_MODULUS { m % HASH_MODULUS } else { m } as i64;
    match if i < 0 { -m } else { m } {
        -1 => -2,
        h => h,
    }
}

/// A fast hash of bytes; str has no fixed value in CPython either (PYTHONHASHSEED), only determinism counts.
pub fn hash_bytes(b: &[u8]) -> i64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let n = b.len();
    let word = |at: usize| u64::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3], b[at + 4], b[at + 5], b[at + 6], b[at + 7]]);
    let half = |at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]) as u64;
    let mut h = (n as u64).wrapping_mul(K);
    let mut step = |v: u64| {
        h = (h ^ v).wrapping_mul(K);
        h ^= h >> 32;
    };
    // short ends are read as overlapping words instead of byte by byte
    match n {
        0 => {}
        1..=3 => step(b[0] as u64 | (b[n / 2] as u64) << 8 | (b[n - 1] as u64) << 16),
        4..=7 => step(half(0) | half(n - 4) << 32),
        _ => {
            (0..(n - 1) / 8).for_each(|k| step(word(8 * k)));
            step(word(n - 8));
        }
    }
    (h ^ h >> 29) as i64
}

/// CPython's tuple hash (xxHash's rounds) over the hashes of the items.
pub fn hash_items(items: impl Iterator<Item = i64>) -> i64 {
    const P1: u64 = 11400714785074694791;
    const P2: u64 = 14029467366897019727;
    const P5: u64 = 2870177450012600261;
    let (mut acc, mut n) = (P5, 0u64);
    for h in items {
        acc = acc.wrapping_add((h as u64).wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1);
        n += 1;
    }
    acc = acc.wrapping_add(n ^ (P5 ^ 3527539));
    if acc == u64::MAX {
        1546275796
    } else {
        acc as i64
    }
}

impl PyRepr for i64 {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&Str::from_i64(*self));
    }
    fn repr(&self) -> Str {
        Str::from_i64(*self)
    }
}
impl PyStr for i64 {
    fn str_into(&self, out: &mut String) {
        out.push_str(&Str::from_i64(*self));
    }
    fn to_str(&self) -> Str {
        Str::from_i64(*self)
    }
}
impl PyTruth for i64 {
    #[inline]
    fn truth(&self) -> bool {
        *self != 0
    }
}
impl PyHash for i64 {
    const PLAIN: bool = true;
    #[inline]
    fn py_hash(&self) -> i64 {
        hash_i64(*self)
    }
}
impl PyRepr for f64 {
    fn repr_into(&self, out: &mut String) {
        super::float::repr_into(*self, out)
    }
}
impl PyTruth for f64 {
    fn truth(&self) -> bool {
        *self != 0.0
    }
}
impl PyHash for f64 {
    fn py_hash(&self) -> i64 {
        super::float::hash(*self)
    }
}
impl PyRepr for bool {
    fn repr_into(&self, out: &mut String) {
        out.push_str(if *self { "True" } else { "False" })
    }
}
impl PyTruth for bool {
    #[inline]
    fn truth(&self) -> bool {
        *self
    }
}
impl PyHash for bool {
    const PLAIN: bool = true;
    fn py_hash(&self) -> i64 {
        *self as i64
    }
}
impl PyRepr for () {
    fn repr_into(&self, out: &mut String) {
        out.push_str("None")
    }
}
impl PyTruth for () {
    fn truth(&self) -> bool {
        false
    }
}
impl PyHash for () {
    const PLAIN: bool = true;
    fn py_hash(&self) -> i64 {
        0x7f5c_9a1d
    }
}
impl PyRepr for Str {
    fn repr_into(&self, out: &mut String) {
        pystr::repr_into(self.as_str(), out)
    }
}
impl PyStr for Str {
    fn str_into(&self, out: &mut String) {
        out.push_str(self.as_str())
    }
    fn to_str(&self) -> Str {
        self.clone()
    }
}
impl PyTruth for Str {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}
impl PyLen for Str {
    fn py_len(&self) -> i64 {
        self.len()
    }
}
impl PyHash for Str {
    const PLAIN: bool = true;
    fn py_hash(&self) -> i64 {
        hash_bytes(self.as_str().as_bytes())
    }
}
impl PyStr for str {
    fn str_into(&self, out: &mut String) {
        out.push_str(self)
    }
}

impl<T: PyRepr> PyRepr for Option<T> {
    fn repr_into(&self, out: &mut String) {
        match self {
            Some(x) => x.repr_into(out),
            None => out.push_str("None"),
        }
    }
}
impl<T: PyStr> PyStr for Option<T> {
    fn str_into(&self, out: &mut String) {
        match self {
            Some(x) => x.str_into(out),
            None => out.push_str("None"),
        }
    }
}
impl<T: PyTruth> PyTruth for Option<T> {
    fn truth(&self) -> bool {
        self.as_ref().is_some_and(|x| x.truth())
    }
}
impl<T: PyHash> PyHash for Option<T> {
    const PLAIN: bool = T::PLAIN;
    fn py_hash(&self) -> i64 {
        self.as_ref().map_or(().py_hash(), |x| x.py_hash())
    }
    fn check_hash(&self) -> Result<(), Exc> {
        self.as_ref().map_or(Ok(()), |x| x.check_hash())
    }
}
impl<T: PyOrd> PyOrd for Option<T> {
    fn py_lt(&self, other: &Self) -> Result<bool, Exc> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_lt(b),
            _ => Err(super::exc::new(
                &super::exc::TypeError,
                "'<' not supported between instances of 'NoneType' and 'NoneType'",
            )),
        }
    }
}

macro_rules! repr_by_reference {
    ($($to:ty),*) => { $(impl<T: PyRepr + ?Sized> PyRepr for $to {
        fn repr_into(&self, out: &mut String) { (**self).repr_into(out) }
    })* };
}
repr_by_reference!(&T, std::rc::Rc<T>, Box<T>);
macro_rules! str_by_reference {
    ($($to:ty),*) => { $(impl<T: PyStr + ?Sized> PyStr for $to {
        fn str_into(&self, out: &mut String) { (**self).str_into(out) }
    })* };
}
str_by_reference!(&T, std::rc::Rc<T>, Box<T>);
macro_rules! truth_by_reference {
    ($($to:ty),*) => { $(impl<T: PyTruth + ?Sized> PyTruth for $to {
        fn truth(&self) -> bool { (**self).truth() }
    })* };
}
truth_by_reference!(&T, std::rc::Rc<T>, Box<T>);
macro_rules! len_by_reference {
    ($($to:ty),*) => { $(impl<T: PyLen + ?Sized> PyLen for $to {
        fn py_len(&self) -> i64 { (**self).py_len() }
    })* };
}
len_by_reference!(&T, std::rc::Rc<T>, Box<T>);
macro_rules! hash_by_reference {
    ($($to:ty),*) => { $(impl<T: PyHash + ?Sized> PyHash for $to {
        fn py_hash(&self) -> i64 { (**self).py_hash() }
        fn check_hash(&self) -> Result<(), Exc> { (**self).check_hash() }
    })* };
}
hash_by_reference!(&T, std::rc::Rc<T>, Box<T>);
impl<T: PyOrd + ?Sized> PyOrd for &T {
    fn py_lt(&self, other: &Self) -> Result<bool, Exc> {
        (**self).py_lt(&**other)
    }
}

/// Items between brackets, as list, tuple and set show them.
pub fn repr_items<'a, T: PyRepr + 'a>(items: impl Iterator<Item = &'a T>, out: &mut String) {
    for (i, x) in items.enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        x.repr_into(out);
    }
}

impl<T: PyRepr> PyRepr for [T] {
    fn repr_into(&self, out: &mut String) {
        out.push('[');
        repr_items(self.iter(), out);
        out.push(']');
    }
}
impl<T: PyRepr> PyStr for [T] {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<T> PyTruth for [T] {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}
impl<T> PyLen for [T] {
    fn py_len(&self) -> i64 {
        self.len() as i64
    }
}
impl<T: PyOrd + PartialEq> PyOrd for [T] {
    fn py_lt(&self, other: &Self) -> Result<bool, Exc> {
        for (a, b) in self.iter().zip(other) {
            if a != b {
                return a.py_lt(b);
            }
        }
        Ok(self.len() < other.len())
    }
}
impl<T: PyRepr> PyRepr for Vec<T> {
    fn repr_into(&self, out: &mut String) {
        self[..].repr_into(out)
    }
}
impl<T: PyRepr> PyStr for Vec<T> {
    fn str_into(&self, out: &mut String) {
        self[..].repr_into(out)
    }
}
impl<T> PyTruth for Vec<T> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}
impl<T> PyLen for Vec<T> {
    fn py_len(&self) -> i64 {
        self.len() as i64
    }
}
impl<T: PyOrd + PartialEq> PyOrd for Vec<T> {
    fn py_lt(&self, other: &Self) -> Result<bool, Exc> {
        self[..].py_lt(&other[..])
    }
}

/// Calls a macro with the table of all tuples: size, then type and index of each part.
macro_rules! tuples {
    ($each:ident) => { $each! {
        1: A 0; 2: A 0, B 1; 3: A 0, B 1, C 2; 4: A 0, B 1, C 2, D 3; 5: A 0, B 1, C 2, D 3, E 4;
        6: A 0, B 1, C 2, D 3, E 4, F 5; 7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
        8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7; 9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
        10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    } };
}
#[allow(unused_imports)]
pub(crate) use tuples;

macro_rules! tuple_repr {
    ($($n:literal: $($t:ident $i:tt),*);* $(;)?) => { $(impl<$($t: PyRepr),*> PyRepr for ($($t,)*) {
        fn repr_into(&self, out: &mut String) {
            out.push('(');
            $( if $i > 0 { out.push_str(", "); } self.$i.repr_into(out); )*
            if $n == 1 { out.push(','); }
            out.push(')');
        }
    })* };
}
tuples!(tuple_repr);
macro_rules! tuple_str {
    ($($n:literal: $($t:ident $i:tt),*);* $(;)?) => { $(impl<$($t: PyRepr),*> PyStr for ($($t,)*) {
        fn str_into(&self, out: &mut String) { self.repr_into(out) }
    })* };
}
tuples!(tuple_str);
macro_rules! tuple_truth {
    ($($n:literal: $($t:ident $i:tt),*);* $(;)?) => { $(impl<$($t),*> PyTruth for ($($t,)*) {
        fn truth(&self) -> bool { true }
    })* };
}
tuples!(tuple_truth);
macro_rules! tuple_len {
    ($($n:literal: $($t:ident $i:tt),*);* $(;)?) => { $(impl<$($t),*> PyLen for ($($t,)*) {
        fn py_len(&self) -> i64 { $n }
    })* };
}
tuples!(tuple_len);
macro_rules! tuple_hash {
    ($($n:literal: $($t:ident $i:tt),*);* $(;)?) => { $(impl<$($t: PyHash),*> PyHash for ($($t,)*) {
        const PLAIN: bool = $($t::PLAIN)&&*;
        fn py_hash(&self) -> i64 { hash_items([$(self.$i.py_hash()),*].into_iter()) }
        fn check_hash(&self) -> Result<(), Exc> {
            $( self.$i.check_hash()?; )*
            Ok(())
        }
    })* };
}
tuples!(tuple_hash);
macro_rules! tuple_ord {
    ($($n:literal: $($t:ident $i:tt),*);* $(;)?) => { $(impl<$($t: PyOrd + PartialEq),*> PyOrd for ($($t,)*) {
        const TOTAL: bool = $($t::TOTAL)&&*;
        fn py_lt(&self, other: &Self) -> Result<bool, Exc> {
            $( if self.$i != other.$i { return self.$i.py_lt(&other.$i); } )*
            Ok(false)
        }
        fn ordered(&self) -> bool { $(self.$i.ordered())&&* }
        fn order(&self, other: &Self) -> Ordering {
            Ordering::Equal$(.then_with(|| self.$i.order(&other.$i)))*
        }
    })* };
}
tuples!(tuple_ord);
