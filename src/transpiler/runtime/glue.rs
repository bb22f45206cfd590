//! needs: exc, traits, pystr, list, int, int_text, float, arith, out, gen, seq, tuple
//! What written code leans on that is nobody's library: fields, globals, captured variables, control flow out of `finally`,
//! iterators as values, numbers.
use super::arith;
use super::exc::{self, Exc};
use super::gen::{Control, Gen};
use super::int::Int;
use super::list::List;
use super::pystr::Str;
use super::traits::*;
use std::cell::{RefCell, UnsafeCell};
use std::rc::Rc;

type Res<T> = Result<T, Exc>;

/// Within `try`: leaves the labelled block with the error.
#[allow(unused_macros)]
macro_rules! try_in {
    ($label:lifetime, $e:expr) => {
        match $e {
            Ok(v) => v,
            Err(e) => break $label Err(e),
        }
    };
}
#[allow(unused_imports)]
pub(crate) use try_in;

/// Within `try .. finally`.
#[allow(unused_macros)]
macro_rules! try_flow {
    ($label:lifetime, $e:expr) => {
        match $e {
            Ok(v) => v,
            Err(e) => break $label $crate::rt::glue::Flow::Raise(e),
        }
    };
}
#[allow(unused_imports)]
pub(crate) use try_flow;

/// How a block that something must follow came to its end.
pub enum Flow<T> {
    Normal,
    Raise(Exc),
    Return(T),
    Break,
    Continue,
}
impl<T> Flow<T> {
    pub fn error(&self) -> Option<Exc> {
        match self {
            Flow::Raise(e) => Some(e.clone()),
            _ => None,
        }
    }
}

/// A place whose value is only ever cloned out and replaced, so that no reference into it outlives a call.
struct Place<T>(UnsafeCell<Option<T>>);
impl<T> Place<T> {
    #[inline(always)]
    fn get(&self) -> Option<T>
    where
        T: Clone,
    {
        // SAFETY: cloning copies a number or a handle; it runs no code of the program, and so no `put`.
        unsafe { (*self.0.get()).clone() }
    }
    #[inline(always)]
    fn put(&self, value: T) {
        // SAFETY: nobody holds a reference. The old value is dropped afterwards: its drop may look at this place.
        let old = unsafe { (*self.0.get()).replace(value) };
        drop(old);
    }
    fn is_set(&self) -> bool {
        // SAFETY: as in `get`.
        unsafe { (*self.0.get()).is_some() }
    }
}

#[cold]
#[inline(never)]
fn unset() -> ! {
    exc::die(exc::new(&exc::AttributeError, "attribute read before it was assigned"))
}

/// An attribute of an object; unset until it is first assigned.
pub struct Field<T>(Place<T>);
impl<T> Default for Field<T> {
    fn default() -> Self {
        Field(Place(UnsafeCell::new(None)))
    }
}
impl<T: Clone> Field<T> {
    #[inline]
    pub fn new(value: T) -> Self {
        Field(Place(UnsafeCell::new(Some(value))))
    }
    #[inline]
    pub fn get(&self) -> T {
        self.0.get().unwrap_or_else(|| unset())
    }
    #[inline]
    pub fn set(&self, value: T) {
        self.0.put(value)
    }
    pub fn is_set(&self) -> bool {
        self.0.is_set()
    }
}

/// A variable that a nested function shares with the function around it.
pub struct Shared<T>(Rc<Place<T>>, &'static str);
impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(Rc::clone(&self.0), self.1)
    }
}
impl<T: Clone> Shared<T> {
    pub fn new(value: T) -> Self {
        Shared(Rc::new(Place(UnsafeCell::new(Some(value)))), "")
    }
    pub fn unset(name: &'static str) -> Self {
        Shared(Rc::new(Place(UnsafeCell::new(None))), name)
    }
    #[inline]
    pub fn get(&self) -> T {
        self.0.get().unwrap_or_else(|| exc::die(unbound(self.1)))
    }
    #[inline]
    pub fn set(&self, value: T) {
        self.0.put(value)
    }
}

/// A variable of the module that functions use.
pub struct Global<T>(Place<T>);
impl<T> Global<T> {
    pub const fn new() -> Self {
        Global(Place(UnsafeCell::new(None)))
    }
}
type Key<T> = std::thread::LocalKey<Global<T>>;

#[cold]
fn undefined(name: &str) -> Exc {
    exc::new(&exc::NameError, format!("name '{name}' is not defined"))
}
#[inline]
pub fn global<T: Clone>(key: &'static Key<T>, name: &str) -> Res<T> {
    key.with(|g| g.0.get()).ok_or_else(|| undefined(name))
}
pub fn set_global<T>(key: &'static Key<T>, value: T) {
    key.with(|g| g.0.put(value));
}
/// The default of a parameter: made once.
pub fn default<T: Clone>(key: &'static Key<T>, make: impl FnOnce() -> Res<T>) -> Res<T> {
    if let Some(v) = key.with(|g| g.0.get()) {
        return Ok(v);
    }
    let v = make()?;
    set_global(key, v.clone());
    Ok(v)
}

#[cold]
fn unbound(name: &str) -> Exc {
    exc::new(
        &exc::UnboundLocalError,
        format!("cannot access local variable '{name}' where it is not associated with a value"),
    )
}
#[inline]
pub fn bound<'a, T>(slot: &'a Option<T>, name: &str) -> Res<&'a T> {
    slot.as_ref().ok_or_else(|| unbound(name))
}

#[inline]
pub fn bound_copy<T: Copy>(slot: &Option<T>, name: &str) -> Res<T> {
    slot.ok_or_else(|| unbound(name))
}

/// A value where None has no place.
#[inline]
pub fn some<T>(x: Option<T>) -> Res<T> {
    x.ok_or_else(|| exc::new(&exc::TypeError, "unsupported operand type(s): 'NoneType'"))
}
#[inline]
pub fn some_for<T>(x: Option<T>, attribute: &str) -> Res<T> {
    x.ok_or_else(|| {
        exc::new(&exc::AttributeError, format!("'NoneType' object has no attribute '{attribute}'"))
    })
}
pub fn same_option<T>(a: &Option<T>, b: &Option<T>, same: impl Fn(&T, &T) -> bool) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// Itself, when its hash raises nothing.
pub fn as_key<K: PyHash>(key: K) -> Res<K> {
    key.check_hash()?;
    Ok(key)
}
pub fn as_keys<K: PyHash>(keys: Vec<K>) -> Res<Vec<K>> {
    keys.iter().try_for_each(PyHash::check_hash)?;
    Ok(keys)
}

pub fn as_pairs<K: PyHash, V>(pairs: Vec<(K, V)>) -> Res<Vec<(K, V)>> {
    pairs.iter().try_for_each(|p| p.0.check_hash())?;
    Ok(pairs)
}

/// For traits that cannot fail: what a method raises there ends the program.
pub fn or_die<T>(r: Res<T>) -> T {
    match r {
        Ok(v) => v,
        Err(e) => exc::die(e),
    }
}

/// The fields of a user's exception.
pub fn payload<T: 'static>(e: &Exc) -> Rc<T> {
    match e.payload::<T>() {
        Some(p) => p,
        None => exc::die(exc::new(&exc::AttributeError, format!("'{}' object has no such attribute", e.class().name))),
    }
}

// --- Functions as values ---

/// A function; equal when it is the same object.
pub struct Fun<F: ?Sized>(pub Rc<F>);
impl<F: ?Sized> Clone for Fun<F> {
    fn clone(&self) -> Self {
        Fun(Rc::clone(&self.0))
    }
}
impl<F: ?Sized> PartialEq for Fun<F> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::addr_eq(Rc::as_ptr(&self.0), Rc::as_ptr(&other.0))
    }
}
impl<F: ?Sized> PyRepr for Fun<F> {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<function at {:#x}>", Rc::as_ptr(&self.0) as *const u8 as usize));
    }
}
impl<F: ?Sized> PyStr for Fun<F> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<F: ?Sized> PyTruth for Fun<F> {
    fn truth(&self) -> bool {
        true
    }
}
impl<F: ?Sized> PyHash for Fun<F> {
    fn py_hash(&self) -> i64 {
        (Rc::as_ptr(&self.0) as *const u8 as i64) >> 4
    }
}


// --- Iterators ---

/// An iterator that a variable holds: a generator, `iter(x)`, `map(..)`.
pub struct PyIter<T> {
    it: Rc<RefCell<dyn Iterator<Item = Res<T>>>>,
    control: Option<Rc<Control>>,
}
impl<T> Clone for PyIter<T> {
    fn clone(&self) -> Self {
        PyIter { it: Rc::clone(&self.it), control: self.control.clone() }
    }
}
impl<T: 'static> PyIter<T> {
    pub fn new(it: impl IntoIterator<Item = T> + 'static) -> Self {
        PyIter::fallible(it.into_iter().map(Ok))
    }
    pub fn fallible(it: impl IntoIterator<Item = Res<T>> + 'static) -> Self {
        PyIter { it: Rc::new(RefCell::new(it.into_iter())), control: None }
    }
    pub fn from_vec(items: Vec<T>) -> Self {
        PyIter::new(items)
    }
    pub fn from_gen(gen: Gen<T>) -> Self {
        let control = Some(Rc::clone(&gen.control));
        PyIter { it: Rc::new(RefCell::new(gen)), control }
    }
    #[inline]
    fn step(&self) -> Option<Res<T>> {
        match self.it.try_borrow_mut() {
            Ok(mut it) => it.next(),
            Err(_) => Some(Err(exc::new(&exc::ValueError, "generator already executing"))),
        }
    }
    pub fn try_next(&self) -> Res<Option<T>> {
        self.step().transpose()
    }
    pub fn next_item(&self) -> Res<T> {
        self.try_next()?.ok_or_else(|| exc::bare(&exc::StopIteration))
    }
    pub fn control(&self) -> Option<&Rc<Control>> {
        self.control.as_ref()
    }
    /// Raises `e` where the generator waits.
    pub fn throw(&self, e: Exc) -> Res<Option<T>> {
        match &self.control {
            Some(control) if control.started() && !control.over() => {
                control.throw(e);
                self.try_next()
            }
            Some(control) => {
                control.finish();
                Err(e)
            }
            None => Err(exc::new(&exc::AttributeError, "'iterator' object has no attribute 'throw'")),
        }
    }
    pub fn close(&self) -> Res<()> {
        let Some(control) = &self.control else { return Ok(()) };
        if !control.started() || control.over() {
            control.finish();
            return Ok(());
        }
        match self.throw(exc::bare(&exc::GeneratorExit)) {
            Ok(None) => Ok(()),
            Ok(Some(_)) => Err(exc::new(&exc::RuntimeError, "generator ignored GeneratorExit")),
            Err(e) if e.is(&exc::GeneratorExit) || e.is(&exc::StopIteration) => Ok(()),
            Err(e) => Err(e),
        }
    }
    /// `with`: up to the generator's `yield`.
    pub fn enter(&self) -> Res<T> {
        self.try_next()?.ok_or_else(|| exc::new(&exc::RuntimeError, "generator didn't yield"))
    }
    /// The end of `with`; true when the generator swallows the exception.
    pub fn leave(&self, error: Option<Exc>) -> Res<bool> {
        let Some(e) = error else {
            return match self.try_next()? {
                None => Ok(false),
                Some(_) => Err(exc::new(&exc::RuntimeError, "generator didn't stop")),
            };
        };
        match self.throw(e.clone()) {
            Ok(None) => Ok(true),
            Ok(Some(_)) => Err(exc::new(&exc::RuntimeError, "generator didn't stop after throw()")),
            Err(other) if other.same(&e) => Ok(false),
            Err(other) => Err(other),
        }
    }
}
impl<T: 'static> Iterator for PyIter<T> {
    type Item = Res<T>;
    #[inline]
    fn next(&mut self) -> Option<Res<T>> {
        self.step()
    }
}
impl<T> PyTruth for PyIter<T> {
    fn truth(&self) -> bool {
        true
    }
}
impl<T> PyRepr for PyIter<T> {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<generator object>");
    }
}
impl<T> PyStr for PyIter<T> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<T> PartialEq for PyIter<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.it, &other.it)
    }
}

/// `return NotImplemented`: the other operand is asked.
pub static NOT_IMPLEMENTED: exc::Class = exc::Class::new("NotImplementedType", &exc::BaseException);
#[cold]
pub fn not_implemented() -> Exc {
    exc::bare(&NOT_IMPLEMENTED)
}
/// The result of an operator's method, or what else is tried.
#[inline]
pub fn or_else<T>(result: Res<T>, other: impl FnOnce() -> Res<T>) -> Res<T> {
    match result {
        Err(e) if e.is(&NOT_IMPLEMENTED) => other(),
        result => result,
    }
}

/// Calls `__next__` until it raises StopIteration.
pub struct Stepping<O, F>(O, F);
pub fn stepping<O, T, F: FnMut(&O) -> Res<T>>(object: O, step: F) -> Stepping<O, F> {
    Stepping(object, step)
}
impl<O, T, F: FnMut(&O) -> Res<T>> Iterator for Stepping<O, F> {
    type Item = Res<T>;
    fn next(&mut self) -> Option<Res<T>> {
        match (self.1)(&self.0) {
            Err(e) if e.is(&exc::StopIteration) => None,
            other => Some(other),
        }
    }
}

/// f(*items) for fixed parameters: at least `least` and at most `most` items.
pub fn spread<T>(items: Vec<T>, least: usize, most: usize, name: &str) -> Res<Vec<T>> {
    let n = items.len();
    if n < least {
        let word = if least - n == 1 { "argument" } else { "arguments" };
        return Err(exc::new(&exc::TypeError, format!("{name}() missing {} required positional {word}", least - n)));
    }
    if n > most {
        let word = if most == 1 { "argument" } else { "arguments" };
        let were = if n == 1 { "was" } else { "were" };
        return Err(exc::new(
            &exc::TypeError,
            format!("{name}() takes {most} positional {word} but {n} {were} given"),
        ));
    }
    Ok(items)
}
/// iter(f, stop): what f gives until that equals `stop`.
pub fn until<T: PartialEq>(mut f: impl FnMut() -> Res<T>, stop: T) -> impl Iterator<Item = Res<T>> {
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        match f() {
            Ok(x) if x != stop => Some(Ok(x)),
            Err(e) if !e.is(&exc::StopIteration) => Some(Err(e)),
            _ => {
                done = true;
                None
            }
        }
    })
}
/// What `__next__` gave; None where it raised StopIteration.
pub fn step_or_none<T>(step: Res<T>) -> Res<Option<T>> {
    match step {
        Ok(x) => Ok(Some(x)),
        Err(e) if e.is(&exc::StopIteration) => Ok(None),
        Err(e) => Err(e),
    }
}

pub fn vec<T>(it: impl IntoIterator<Item = T>) -> Vec<T> {
    it.into_iter().collect()
}
pub fn collect<T>(it: impl IntoIterator<Item = Res<T>>) -> Res<Vec<T>> {
    it.into_iter().collect()
}
pub fn collect_truthy<T: PyTruth>(it: impl IntoIterator<Item = T>) -> Vec<T> {
    it.into_iter().filter(|x| x.truth()).collect()
}
pub fn fine<T>(it: impl IntoIterator<Item = T>) -> impl Iterator<Item = Res<T>> {
    it.into_iter().map(Ok)
}
/// The items of each of `all`, which `items` makes an iterator.
pub fn flattened<T, R>(
    all: impl IntoIterator<Item = Res<T>>, mut items: impl FnMut(T) -> Res<Box<dyn Iterator<Item = Res<R>>>>,
) -> impl Iterator<Item = Res<R>> {
    let mut all = all.into_iter();
    let mut now: Option<Box<dyn Iterator<Item = Res<R>>>> = None;
    std::iter::from_fn(move || loop {
        if let Some(x) = now.as_mut().and_then(Iterator::next) {
            return Some(x);
        }
        match all.next()?.and_then(&mut items) {
            Ok(next) => now = Some(next),
            Err(e) => return Some(Err(e)),
        }
    })
}
pub fn zip<A, B>(a: impl IntoIterator<Item = A>, b: impl IntoIterator<Item = B>) -> impl Iterator<Item = (A, B)> {
    a.into_iter().zip(b)
}
/// Stops at the first end: of what follows nothing is taken.
pub fn zip_lazy<A, B>(
    a: impl IntoIterator<Item = Res<A>>, b: impl IntoIterator<Item = Res<B>>,
) -> impl Iterator<Item = Res<(A, B)>> {
    let (mut a, mut b) = (a.into_iter(), b.into_iter());
    std::iter::from_fn(move || {
        Some(match a.next()? {
            Ok(x) => b.next()?.map(|y| (x, y)),
            Err(e) => Err(e),
        })
    })
}
/// `ascii`, from the repr.
pub fn ascii(repr: &Str) -> Str {
    let mut out = String::new();
    for c in repr.as_str().chars() {
        match c as u32 {
            0..=0x7f => out.push(c),
            code @ ..=0xff => out.push_str(&format!("\\x{code:02x}")),
            code @ ..=0xffff => out.push_str(&format!("\\u{code:04x}")),
            code => out.push_str(&format!("\\U{code:08x}")),
        }
    }
    Str::from(out)
}
pub fn zip_strict<A, B>(a: impl IntoIterator<Item = A>, b: impl IntoIterator<Item = B>) -> Res<Vec<(A, B)>> {
    let (a, b): (Vec<A>, Vec<B>) = (a.into_iter().collect(), b.into_iter().collect());
    if a.len() != b.len() {
        let word = if b.len() < a.len() { "shorter" } else { "longer" };
        return Err(exc::new(&exc::ValueError, format!("zip() argument 2 is {word} than argument 1")));
    }
    Ok(a.into_iter().zip(b).collect())
}
pub fn columns<T>(rows: Vec<Vec<T>>) -> Vec<super::tuple::Tuple<T>> {
    let mut rows: Vec<_> = rows.into_iter().map(|r| r.into_iter()).collect();
    let mut out = Vec::new();
    while !rows.is_empty() {
        let column: Vec<T> = rows.iter_mut().filter_map(|r| r.next()).collect();
        if column.len() < rows.len() {
            break;
        }
        out.push(super::tuple::Tuple::from(column));
    }
    out
}
/// Of iterators, one of which may stand for several rows: each is asked in turn, up to the first end.
pub fn columns_lazy<T: 'static>(rows: Vec<PyIter<T>>) -> impl Iterator<Item = Res<super::tuple::Tuple<T>>> {
    std::iter::from_fn(move || {
        if rows.is_empty() {
            return None;
        }
        let column: Res<Option<Vec<T>>> = rows.iter().map(PyIter::try_next).collect();
        column.map(|all| all.map(super::tuple::Tuple::from)).transpose()
    })
}
pub fn enumerate<T>(it: impl IntoIterator<Item = Res<T>>, start: i64) -> impl Iterator<Item = Res<(i64, T)>> {
    it.into_iter().zip(start..).map(|(x, i)| x.map(|x| (i, x)))
}
pub fn map<T, R>(it: impl IntoIterator<Item = T>, mut f: impl FnMut(T) -> Res<R>) -> Res<Vec<R>> {
    it.into_iter().map(|x| f(x)).collect()
}
pub fn map_lazy<T, R>(
    it: impl IntoIterator<Item = Res<T>>,
    mut f: impl FnMut(T) -> Res<R>,
) -> impl Iterator<Item = Res<R>> {
    it.into_iter().map(move |x| f(x?))
}
pub fn filter_lazy<T: Clone, R: PyTruth>(
    it: impl IntoIterator<Item = Res<T>>,
    mut f: impl FnMut(T) -> Res<R>,
) -> impl Iterator<Item = Res<T>> {
    it.into_iter().filter_map(move |x| match x {
        Ok(x) => match f(x.clone()) {
            Ok(kept) => kept.truth().then_some(Ok(x)),
            Err(e) => Some(Err(e)),
        },
        Err(e) => Some(Err(e)),
    })
}
pub fn filter<T: Clone, R: PyTruth>(it: impl IntoIterator<Item = T>, mut f: impl FnMut(T) -> Res<R>) -> Res<Vec<T>> {
    let mut out = Vec::new();
    for x in it {
        if f(x.clone())?.truth() {
            out.push(x);
        }
    }
    Ok(out)
}

#[derive(Clone, Copy, PartialEq, Default)]
pub struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}
impl Range {
    pub fn new(start: i64, stop: i64, step: i64) -> Res<Range> {
        if step == 0 {
            return Err(exc::new(&exc::ValueError, "range() arg 3 must not be zero"));
        }
        Ok(Range { start, stop, step })
    }
    /// `range(*parts)`
    pub fn spread(parts: &[i64]) -> Res<Range> {
        match *parts {
            [stop] => Range::new(0, stop, 1),
            [start, stop] => Range::new(start, stop, 1),
            [start, stop, step] => Range::new(start, stop, step),
            [] => Err(exc::new(&exc::TypeError, "range expected at least 1 argument, got 0")),
            _ => Err(exc::new(&exc::TypeError, format!("range expected at most 3 arguments, got {}", parts.len()))),
        }
    }
    pub fn len(&self) -> i64 {
        let (a, b, s) = (self.start as i128, self.stop as i128, self.step as i128);
        let n = if s > 0 { (b - a + s - 1) / s } else { (a - b - s - 1) / -s };
        n.max(0) as i64
    }
    pub fn iter(&self) -> RangeIter {
        RangeIter { at: self.start, left: self.len(), step: self.step }
    }
    pub fn contains(&self, x: i64) -> bool {
        let inside = if self.step > 0 { x >= self.start && x < self.stop } else { x <= self.start && x > self.stop };
        inside && (x as i128 - self.start as i128) % self.step as i128 == 0
    }
}
impl PyTruth for Range {
    fn truth(&self) -> bool {
        self.len() > 0
    }
}
impl PyRepr for Range {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("range({}, {}", self.start, self.stop));
        if self.step != 1 {
            out.push_str(&format!(", {}", self.step));
        }
        out.push(')');
    }
}
impl PyStr for Range {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
pub struct RangeIter {
    at: i64,
    left: i64,
    step: i64,
}
impl Iterator for RangeIter {
    type Item = i64;
    #[inline]
    fn next(&mut self) -> Option<i64> {
        if self.left <= 0 {
            return None;
        }
        self.left -= 1;
        let x = self.at;
        self.at = x.wrapping_add(self.step);
        Some(x)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}
impl DoubleEndedIterator for RangeIter {
    fn next_back(&mut self) -> Option<i64> {
        if self.left <= 0 {
            return None;
        }
        self.left -= 1;
        Some(self.at + self.left * self.step)
    }
}
pub fn range(start: i64, stop: i64, step: i64) -> Res<RangeIter> {
    Ok(Range::new(start, stop, step)?.iter())
}

pub fn unpack<const N: usize, T>(items: Vec<T>) -> Res<[T; N]> {
    let got = items.len();
    items.try_into().map_err(|_| {
        let text = if got < N {
            format!("not enough values to unpack (expected {N}, got {got})")
        } else {
            format!("too many values to unpack (expected {N})")
        };
        exc::new(&exc::ValueError, text)
    })
}
/// The `n`th item that dict(..) was given: a sequence of two.
pub fn pair<T>(n: usize, items: Vec<T>) -> Res<[T; 2]> {
    let got = items.len();
    items.try_into().map_err(|_| {
        let text = format!("dictionary update sequence element #{n} has length {got}; 2 is required");
        exc::new(&exc::ValueError, text)
    })
}
pub fn unpack_star<T: Clone>(items: Vec<T>, before: usize, after: usize) -> Res<(Vec<T>, Vec<T>, Vec<T>)> {
    if items.len() < before + after {
        let text = format!("not enough values to unpack (expected at least {}, got {})", before + after, items.len());
        return Err(exc::new(&exc::ValueError, text));
    }
    let end = items.len() - after;
    Ok((items[..before].to_vec(), items[before..end].to_vec(), items[end..].to_vec()))
}
pub fn sorted<T: PyOrd>(mut items: Vec<T>, reverse: bool) -> Res<List<T>> {
    super::seq::sort(&mut items, reverse)?;
    Ok(List::from(items))
}
pub fn sorted_by<T, K: PyOrd>(mut items: Vec<T>, key: impl FnMut(&T) -> Res<K>, reverse: bool) -> Res<List<T>> {
    super::seq::sort_key(&mut items, key, reverse)?;
    Ok(List::from(items))
}

// --- Numbers ---

/// An int that the translator keeps in 64 bits.
pub fn narrow(i: &Int) -> Res<i64> {
    i.to_i64().ok_or_else(|| exc::new(&exc::OverflowError, "this integer does not fit in 64 bits"))
}
pub fn parse_int(text: &Str) -> Res<i64> {
    narrow(&super::int_text::parse(text)?)
}
pub fn parse_int_base(text: &Str, base: i64) -> Res<i64> {
    narrow(&super::int_text::parse_base(text, base)?)
}
pub fn float_to_int(x: f64) -> Res<i64> {
    narrow(&super::float::to_int(x)?)
}
pub fn round_float(x: f64) -> Res<i64> {
    narrow(&super::float::round_int(x)?)
}
/// round(int, n): to tens and hundreds for a negative n, half to even.
pub fn round_int(x: i64, digits: i64) -> i64 {
    if digits >= 0 {
        return x;
    }
    let unit = 10i128.checked_pow((-digits).min(38) as u32).unwrap_or(i128::MAX);
    let (x, mut down) = (x as i128, (x as i128).div_euclid(unit) * unit);
    let rest = x - down;
    if rest * 2 > unit || (rest * 2 == unit && (down / unit) % 2 != 0) {
        down += unit;
    }
    i64::try_from(down).unwrap_or_else(|_| arith::overflow())
}
pub fn pow_mod(base: i64, exponent: i64, modulus: i64) -> Res<i64> {
    if modulus == 0 {
        return Err(exc::new(&exc::ValueError, "pow() 3rd argument cannot be 0"));
    }
    if exponent < 0 {
        return narrow(&Int::from(base).pow_mod(&Int::from(exponent), &Int::from(modulus))?);
    }
    let m = modulus as i128;
    let (mut result, mut b, mut e) = (1i128.rem_euclid(m), (base as i128).rem_euclid(m), exponent);
    while e > 0 {
        if e & 1 == 1 {
            result = result * b % m;
        }
        b = b * b % m;
        e >>= 1;
    }
    Ok((if modulus < 0 && result != 0 { result + m } else { result }) as i64)
}
pub trait Whole {
    fn whole(self) -> i64;
}
impl Whole for i64 {
    fn whole(self) -> i64 {
        self
    }
}
impl Whole for bool {
    fn whole(self) -> i64 {
        self as i64
    }
}
pub fn sum_int<T: Whole>(start: i64, items: impl IntoIterator<Item = T>) -> i64 {
    items.into_iter().fold(start, |a, b| super::arith::iadd(a, b.whole()))
}
pub fn try_sum_int<T: Whole>(start: i64, items: impl IntoIterator<Item = Res<T>>) -> Res<i64> {
    items.into_iter().try_fold(start, |a, b| Ok(super::arith::iadd(a, b?.whole())))
}
pub fn sum_mixed<T: Whole>(start: f64, items: impl IntoIterator<Item = T>) -> f64 {
    items.into_iter().fold(start, |a, b| a + b.whole() as f64)
}
pub fn sum_float(start: f64, items: impl IntoIterator<Item = f64>) -> f64 {
    items.into_iter().fold(start, |a, b| a + b)
}

pub fn no_keywords(count: i64) -> Res<()> {
    if count == 0 {
        return Ok(());
    }
    exc::die(exc::new(&exc::RuntimeError, "keyword arguments through ** of a function value are not translated"))
}
pub fn enum_member<E: Copy, V: PartialEq + PyRepr>(all: &[E], value: &V, of: impl Fn(&E) -> V, name: &str) -> Res<E> {
    all.iter()
        .find(|m| of(m) == *value)
        .copied()
        .ok_or_else(|| exc::new(&exc::ValueError, format!("{} is not a valid {name}", value.repr())))
}
pub fn print_all(parts: &[Str], sep: &str, end: &str, to_stderr: bool) {
    let mut text = Str::from(sep).join_all(parts);
    text.push_str(end);
    if to_stderr { super::out::write_err(&text) } else { super::out::write(&text) }
}
trait JoinAll {
    fn join_all(&self, parts: &[Str]) -> String;
}
impl JoinAll for Str {
    fn join_all(&self, parts: &[Str]) -> String {
        parts.iter().map(|p| p.as_str()).collect::<Vec<_>>().join(self.as_str())
    }
}

/// sum() of floats without a start; None, which stands for the int 0, when there are none.
pub fn sum_option(items: impl IntoIterator<Item = f64>) -> Option<f64> {
    items.into_iter().fold(None, |sum, x| Some(sum.unwrap_or(0.0) + x))
}
/// The sum of what a loop or test found not to be empty.
pub fn filled(sum: Option<f64>) -> f64 {
    sum.unwrap_or_else(|| exc::die(exc::new(&exc::RuntimeError, "the sum of nothing, where a sum of floats was inferred")))
}
/// `sum(..) / n`
pub fn mean(sum: Option<f64>, n: f64) -> Res<f64> {
    match sum {
        Some(sum) => arith::fdiv(sum, n),
        None if n == 0.0 => Err(exc::new(&exc::ZeroDivisionError, "division by zero")),
        None => Ok(0.0 / n),
    }
}
/// `sum(..) / sum(..)`
pub fn sum_ratio(a: Option<f64>, b: Option<f64>) -> Res<f64> {
    match b {
        Some(b) => arith::fdiv(a.unwrap_or(0.0), b),
        None => mean(a, 0.0),
    }
}

/// `x % m` of a product or sum of 64-bit numbers.
#[inline]
pub fn wide_mod(x: i128, m: i64) -> Res<i64> {
    if m == 0 {
        return Err(exc::new(&exc::ZeroDivisionError, "integer modulo by zero"));
    }
    if let Ok(x) = i64::try_from(x) {
        if m > 0 {
            return Ok(x.rem_euclid(m));
        }
    }
    let rest = x % m as i128;
    Ok(if rest != 0 && (rest < 0) != (m < 0) { (rest + m as i128) as i64 } else { rest as i64 })
}
/// `x & (1 << n)`
#[inline]
pub fn bit(x: i64, n: i64) -> Res<i64> {
    match n {
        0..=62 => Ok(x & (1 << n)),
        _ if n < 0 => Err(exc::new(&exc::ValueError, "negative shift count")),
        _ if x >= 0 => Ok(0),
        _ => exc::die(exc::new(&exc::OverflowError, "integer beyond 64 bits where 64 were inferred")),
    }
}
pub fn big(hex: &str) -> Int {
    match super::int_text::parse_base(&Str::new(hex), 16) {
        Ok(i) => i,
        Err(e) => exc::die(e),
    }
}
impl super::traits::PyHash for Range {
    /// The hash of (length, first, step), what does not matter as None.
    fn py_hash(&self) -> i64 {
        const NONE: i64 = 0xfca8_6420;
        let n = self.len();
        super::traits::hash_items([n, if n > 0 { self.start } else { NONE }, if n > 1 { self.step } else { NONE }].into_iter())
    }
}
