//! needs: buffer, bytes, exc, fmt, list, pystr, seq, traits
//! `array.array`: numbers of one format in a buffer that memory views can share.
use super::buffer::{self, Item};
use super::bytes::{ByteArray, Bytes};
use super::exc::{self, Exc, R};
use super::seq;
use super::traits::*;
use std::marker::PhantomData;

pub struct Array<T> {
    pub data: ByteArray,
    pub code: char,
    size: usize,
    items: PhantomData<T>,
}
impl<T> Clone for Array<T> {
    fn clone(&self) -> Self {
        Array { data: self.data.clone(), code: self.code, size: self.size, items: PhantomData }
    }
}

#[cold]
fn out_of_range(code: char, less: bool) -> Exc {
    let side = if less { "less than minimum" } else { "greater than maximum" };
    let what = match code {
        'b' => "signed char is",
        'B' => "unsigned byte integer is",
        'h' => "signed short integer is",
        'H' => "unsigned short is",
        'i' => "signed integer is",
        'I' => "unsigned int is",
        'l' | 'q' => return exc::new(&exc::OverflowError, "int too big to convert"),
        _ if less => return exc::new(&exc::OverflowError, "can't convert negative int to unsigned"),
        _ => return exc::new(&exc::OverflowError, "int too big to convert"),
    };
    exc::new(&exc::OverflowError, format!("{what} {side}"))
}

impl<T: Item + PyRepr> Array<T> {
    pub fn new(code: &str, items: Vec<T>) -> R<Array<T>> {
        let made = Array::of_bytes(code, &[])?;
        made.extend(items)?;
        Ok(made)
    }
    /// The items that the bytes are.
    pub fn of_bytes(code: &str, bytes: &[u8]) -> R<Array<T>> {
        let code = buffer::one_char(code, "array() argument 1 must be a unicode character, not str")?;
        let size = match buffer::size_of(code) {
            Some(size) if code != 'c' && code != '?' => size,
            _ => {
                let text = "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)";
                return Err(exc::new(&exc::ValueError, text));
            }
        };
        let made = Array { data: ByteArray::default(), code, size, items: PhantomData };
        made.frombytes(bytes)?;
        Ok(made)
    }
    fn with(&self, data: Vec<u8>) -> Array<T> {
        Array { data: ByteArray::from(data), code: self.code, size: self.size, items: PhantomData }
    }
    fn bytes_of(&self, item: &T) -> R<Vec<u8>> {
        let less = || item.repr().as_str().starts_with('-');
        item.bytes(self.code).ok_or_else(|| out_of_range(self.code, less()))
    }
    pub fn typecode(&self) -> super::pystr::Str {
        super::pystr::Str::from(self.code.to_string())
    }
    pub fn itemsize(&self) -> i64 {
        self.size as i64
    }
    pub fn len(&self) -> i64 {
        self.data.len() / self.size as i64
    }
    fn read(&self, at: usize) -> T {
        T::read(self.code, &self.data.borrow()[at * self.size..(at + 1) * self.size])
    }
    fn at(&self, index: i64, what: &str) -> R<usize> {
        seq::at(index, self.len() as usize).ok_or_else(|| exc::new(&exc::IndexError, what))
    }
    pub fn item(&self, index: i64) -> R<T> {
        Ok(self.read(self.at(index, "array index out of range")?))
    }
    pub fn set(&self, index: i64, item: T) -> R<()> {
        let at = self.at(index, "array assignment index out of range")?;
        let bytes = self.bytes_of(&item)?;
        self.data.borrow_mut()[at * self.size..(at + 1) * self.size].copy_from_slice(&bytes);
        Ok(())
    }
    fn splice(&self, from: usize, to: usize, new: Vec<u8>) {
        self.data.borrow_mut().splice(from * self.size..to * self.size, new);
    }
    pub fn append(&self, item: T) -> R<()> {
        let bytes = self.bytes_of(&item)?;
        self.data.extend(&bytes);
        Ok(())
    }
    pub fn extend(&self, items: Vec<T>) -> R<()> {
        items.into_iter().try_for_each(|item| self.append(item))
    }
    /// All or none.
    pub fn fromlist(&self, items: Vec<T>) -> R<()> {
        let new = items.iter().map(|item| self.bytes_of(item)).collect::<R<Vec<_>>>()?.concat();
        self.data.extend(&new);
        Ok(())
    }
    pub fn insert(&self, index: i64, item: T) -> R<()> {
        let bytes = self.bytes_of(&item)?;
        let n = self.len();
        let at = if index < 0 { (index + n).max(0) } else { index.min(n) } as usize;
        self.splice(at, at, bytes);
        Ok(())
    }
    pub fn pop(&self, index: i64) -> R<T> {
        if self.len() == 0 {
            return Err(exc::new(&exc::IndexError, "pop from empty array"));
        }
        let at = self.at(index, "pop index out of range")?;
        let item = self.read(at);
        self.splice(at, at + 1, Vec::new());
        Ok(item)
    }
    pub fn del(&self, index: i64) -> R<()> {
        let at = self.at(index, "array assignment index out of range")?;
        self.splice(at, at + 1, Vec::new());
        Ok(())
    }
    pub fn to_vec(&self) -> Vec<T> {
        (0..self.len() as usize).map(|i| self.read(i)).collect()
    }
    pub fn iter(&self) -> impl Iterator<Item = T> {
        let (all, mut at) = (self.clone(), 0);
        std::iter::from_fn(move || {
            at += 1;
            (at <= all.len()).then(|| all.read(at as usize - 1))
        })
    }
    pub fn contains(&self, item: &T) -> bool {
        self.iter().any(|x| x == *item)
    }
    pub fn index(&self, item: T, start: Option<i64>, stop: Option<i64>) -> R<i64> {
        let range = seq::Slice::plain(start, stop, self.len());
        let found = (range.start..range.stop).find(|i| self.read(*i as usize) == item);
        found.ok_or_else(|| exc::new(&exc::ValueError, "array.index(x): x not in array"))
    }
    pub fn remove(&self, item: T) -> R<()> {
        match self.iter().position(|x| x == item) {
            Some(at) => self.del(at as i64),
            None => Err(exc::new(&exc::ValueError, "array.remove(x): x not in array")),
        }
    }
    pub fn count(&self, item: T) -> i64 {
        self.iter().filter(|x| *x == item).count() as i64
    }
    pub fn reverse(&self) {
        let turned: Vec<u8> = self.data.borrow().chunks(self.size).rev().flatten().copied().collect();
        *self.data.borrow_mut() = turned;
    }
    pub fn byteswap(&self) {
        self.data.borrow_mut().chunks_mut(self.size).for_each(<[u8]>::reverse);
    }
    pub fn to_bytes(&self) -> Bytes {
        self.data.to_bytes()
    }
    pub fn frombytes(&self, bytes: &[u8]) -> R<()> {
        if bytes.len() % self.size != 0 {
            return Err(exc::new(&exc::ValueError, "bytes length not a multiple of item size"));
        }
        self.data.extend(bytes);
        Ok(())
    }
    pub fn copy(&self) -> Array<T> {
        self.with(self.data.borrow().clone())
    }
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> R<Array<T>> {
        let cut = seq::Slice::new(start, stop, step, self.len())?;
        let data = self.data.borrow();
        let part = cut.indices().flat_map(|i| data[i * self.size..(i + 1) * self.size].to_vec()).collect();
        Ok(self.with(part))
    }
    pub fn set_slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>, new: &Array<T>) -> R<()> {
        if new.code != self.code {
            return Err(exc::new(&exc::TypeError, "bad argument type for built-in operation"));
        }
        let mut all = self.to_vec();
        seq::assign_slice(&mut all, start, stop, step, new.to_vec())?;
        let data = all.iter().map(|item| self.bytes_of(item)).collect::<R<Vec<_>>>()?.concat();
        *self.data.borrow_mut() = data;
        Ok(())
    }
    pub fn add(&self, other: &Array<T>) -> R<Array<T>> {
        if other.code != self.code {
            return Err(exc::new(&exc::TypeError, "bad argument type for built-in operation"));
        }
        Ok(self.with([&self.data.borrow()[..], &other.data.borrow()[..]].concat()))
    }
    pub fn repeat(&self, times: i64) -> Array<T> {
        self.with(self.data.borrow().repeat(times.max(0) as usize))
    }
}

impl<T: Item + PyRepr> PyRepr for Array<T> {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("array('{}'", self.code));
        if self.len() > 0 {
            out.push_str(", [");
            let all = self.to_vec();
            repr_items(all.iter(), out);
            out.push(']');
        }
        out.push(')');
    }
}
impl<T: Item + PyRepr> PyStr for Array<T> {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl<T: Item + PyRepr> super::fmt::PyFormat for Array<T> {
    fn py_format(&self, spec: &str) -> R<super::pystr::Str> {
        super::fmt::default_format(self, spec, "array.array")
    }
}
impl<T> PyTruth for Array<T> {
    fn truth(&self) -> bool {
        self.data.len() > 0
    }
}
impl<T: Item + PyRepr> PartialEq for Array<T> {
    fn eq(&self, other: &Self) -> bool {
        self.to_vec() == other.to_vec()
    }
}
impl<T: Item + PyRepr + PyOrd> PyOrd for Array<T> {
    fn py_lt(&self, other: &Self) -> R<bool> {
        self.to_vec().py_lt(&other.to_vec())
    }
}
impl<T> PyHash for Array<T> {
    fn py_hash(&self) -> i64 {
        exc::die(exc::new(&exc::TypeError, "unhashable type: 'array.array'"))
    }
}
