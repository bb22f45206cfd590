//! needs: array, buffer, bytes, bytes_methods, exc, fmt, pystr, seq, traits, tuple
//! `memoryview` of bytes, bytearray and array: slices and casts share the object's bytes.
//! A bytearray may grow while it is viewed, which CPython forbids.
use super::array::Array;
use super::buffer::{self, Item};
use super::bytes::{ByteArray, Bytes};
use super::exc::{self, R};
use super::pystr::Str;
use super::seq;
use super::traits::*;
use super::tuple::Tuple;
use std::cell::Cell;
use std::marker::PhantomData;
use std::rc::Rc;

#[derive(Clone)]
enum Source {
    Fixed(Bytes),
    Shared(ByteArray),
}

/// `count` items from byte `start`, each `step` bytes after the one before.
pub struct View<T> {
    source: Source,
    start: usize,
    count: usize,
    step: i64,
    code: char,
    fixed: bool,
    released: Rc<Cell<bool>>,
    items: PhantomData<T>,
}
impl<T> Clone for View<T> {
    fn clone(&self) -> Self {
        View { source: self.source.clone(), released: Rc::clone(&self.released), items: PhantomData, ..*self }
    }
}

fn whole<T>(source: Source, bytes: usize, code: char, fixed: bool) -> View<T> {
    let size = buffer::size_of(code).unwrap_or(1);
    View {
        source, start: 0, count: bytes / size, step: size as i64, code, fixed, released: Rc::default(), items: PhantomData,
    }
}
pub fn of_bytes(b: &Bytes) -> View<i64> {
    whole(Source::Fixed(b.clone()), b.len() as usize, 'B', true)
}
pub fn of_bytearray(b: &ByteArray) -> View<i64> {
    whole(Source::Shared(b.clone()), b.len() as usize, 'B', false)
}
pub fn of_array<T>(a: &Array<T>) -> View<T> {
    whole(Source::Shared(a.data.clone()), a.data.len() as usize, a.code, false)
}

impl<T> View<T> {
    fn open(&self) -> R<&Self> {
        if self.released.get() {
            return Err(exc::new(&exc::ValueError, "operation forbidden on released memoryview object"));
        }
        Ok(self)
    }
    fn size(&self) -> usize {
        buffer::size_of(self.code).unwrap_or(1)
    }
    fn with<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        match &self.source {
            Source::Fixed(b) => look(b),
            Source::Shared(b) => look(&b.borrow()),
        }
    }
    fn place(&self, item: usize) -> usize {
        (self.start as i64 + item as i64 * self.step) as usize
    }
    pub fn len(&self) -> i64 {
        self.count as i64
    }
    pub fn itemsize(&self) -> i64 {
        self.size() as i64
    }
    pub fn nbytes(&self) -> i64 {
        (self.count * self.size()) as i64
    }
    pub fn format(&self) -> Str {
        Str::from(self.code.to_string())
    }
    pub fn readonly(&self) -> bool {
        self.fixed
    }
    pub fn shape(&self) -> Tuple<i64> {
        Tuple::from(vec![self.len()])
    }
    pub fn strides(&self) -> Tuple<i64> {
        Tuple::from(vec![self.step])
    }
    pub fn contiguous(&self) -> bool {
        self.step == self.size() as i64 || self.count <= 1
    }
    pub fn to_bytes(&self) -> Bytes {
        let size = self.size();
        self.with(|all| {
            let parts = (0..self.count).flat_map(|i| all.get(self.place(i)..self.place(i) + size).unwrap_or(&[]));
            parts.copied().collect()
        })
    }
    pub fn tobytes(&self) -> R<Bytes> {
        Ok(self.open()?.to_bytes())
    }
    pub fn hex(&self, sep: Option<&Str>, group: i64) -> R<Str> {
        super::bytes_methods::hex_opt(&self.open()?.to_bytes(), sep, group)
    }
    pub fn release(&self) {
        self.released.set(true);
    }
    pub fn enter(&self) -> R<View<T>> {
        Ok(self.open()?.clone())
    }
    pub fn toreadonly(&self) -> R<View<T>> {
        Ok(View { fixed: true, ..self.open()?.clone() })
    }
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> R<View<T>> {
        let cut = seq::Slice::new(start, stop, step, self.open()?.len())?;
        let from = (self.start as i64 + cut.start * self.step).max(0) as usize;
        Ok(View { start: from, count: cut.count() as usize, step: self.step * cut.step, ..self.clone() })
    }
    /// The same bytes as items of another format; one of the two is a byte.
    pub fn cast<U>(&self, format: &str) -> R<View<U>> {
        let type_error = |text: &str| exc::new(&exc::TypeError, text);
        let format = format.strip_prefix('@').unwrap_or(format);
        let text = "memoryview: destination format must be a native single character format prefixed with an optional '@'";
        let code = buffer::one_char(format, text).map_err(|_| exc::new(&exc::ValueError, text))?;
        let size = buffer::size_of(code).ok_or_else(|| exc::new(&exc::ValueError, text))?;
        let byte = |c: char| matches!(c, 'b' | 'B' | 'c');
        if !self.open()?.contiguous() {
            return Err(type_error("memoryview: casts are restricted to C-contiguous views"));
        }
        if !byte(code) && !byte(self.code) {
            return Err(type_error("memoryview: cannot cast between two non-byte formats"));
        }
        let n = self.count * self.size();
        if n % size != 0 {
            return Err(type_error("memoryview: length is not a multiple of itemsize"));
        }
        Ok(View {
            source: self.source.clone(),
            start: self.start,
            count: n / size,
            step: size as i64,
            code,
            fixed: self.fixed,
            released: Rc::clone(&self.released),
            items: PhantomData,
        })
    }
    fn write(&self, at: usize, new: &[u8]) -> R<()> {
        match &self.source {
            Source::Shared(b) if !self.fixed => {
                if let Some(place) = b.borrow_mut().get_mut(at..at + new.len()) {
                    place.copy_from_slice(new);
                }
                Ok(())
            }
            _ => Err(exc::new(&exc::TypeError, "cannot modify read-only memory")),
        }
    }
    /// `view[a:b] = new`: as many bytes as there were.
    pub fn set_slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>, new: &[u8]) -> R<()> {
        let part = self.slice(start, stop, step)?;
        if self.fixed {
            return Err(exc::new(&exc::TypeError, "cannot modify read-only memory"));
        }
        if part.nbytes() != new.len() as i64 {
            let text = "memoryview assignment: lvalue and rvalue have different structures";
            return Err(exc::new(&exc::ValueError, text));
        }
        new.chunks(part.size()).enumerate().try_for_each(|(i, bytes)| part.write(part.place(i), bytes))
    }
}

impl<T: Item> View<T> {
    fn read(&self, item: usize) -> T {
        let (from, size) = (self.place(item), self.size());
        self.with(|all| T::read(self.code, all.get(from..from + size).unwrap_or(&[0; 8][..size])))
    }
    fn at(&self, index: i64) -> R<usize> {
        let text = "index out of bounds on dimension 1";
        seq::at(index, self.open()?.count).ok_or_else(|| exc::new(&exc::IndexError, text))
    }
    pub fn item(&self, index: i64) -> R<T> {
        Ok(self.read(self.at(index)?))
    }
    pub fn set(&self, index: i64, item: T) -> R<()> {
        let at = self.at(index)?;
        if self.fixed {
            return Err(exc::new(&exc::TypeError, "cannot modify read-only memory"));
        }
        let text = || format!("memoryview: invalid value for format '{}'", self.code);
        let new = item.bytes(self.code).ok_or_else(|| exc::new(&exc::ValueError, text()))?;
        self.write(self.place(at), &new)
    }
    pub fn to_vec(&self) -> Vec<T> {
        (0..self.count).map(|i| self.read(i)).collect()
    }
    pub fn tolist(&self) -> R<Vec<T>> {
        Ok(self.open()?.to_vec())
    }
    pub fn contains(&self, item: &T) -> bool {
        self.to_vec().contains(item)
    }
}

impl<T: Item> PartialEq for View<T> {
    fn eq(&self, other: &Self) -> bool {
        self.to_vec() == other.to_vec()
    }
}
impl<T> PyRepr for View<T> {
    fn repr_into(&self, out: &mut String) {
        let at = Rc::as_ptr(&self.released) as usize;
        out.push_str(&if self.released.get() { format!("<released memory at {at:#x}>") } else { format!("<memory at {at:#x}>") });
    }
}
impl<T> PyStr for View<T> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<T> PyTruth for View<T> {
    fn truth(&self) -> bool {
        self.count > 0
    }
}
impl<T> super::fmt::PyFormat for View<T> {
    fn py_format(&self, spec: &str) -> R<Str> {
        super::fmt::default_format(self, spec, "memoryview")
    }
}
impl<T> PyHash for View<T> {
    fn py_hash(&self) -> i64 {
        hash_bytes(&self.to_bytes())
    }
}
