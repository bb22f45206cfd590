//! needs: exc, pystr, strm, out, bytes, codecs, traits
//! `open` and file objects, `io.StringIO`, `io.BytesIO`: one type of text file, one of binary file.
//! A file is read whole when it is opened and written when it is flushed or closed; sockets and pipes are out of reach.
use super::bytes::Bytes;
use super::exc::{self, Exc, R};
use super::out::{self, os_error};
use super::pystr::Str;
use super::traits::*;
use std::cell::{Ref, RefCell, RefMut};
use std::io::Write;
use std::rc::Rc;

enum Sink {
    Memory,
    Disk(std::fs::File),
    /// Packed as a whole when the file is closed, and written there.
    Packed(File, Box<dyn Fn(&[u8]) -> Bytes>),
    Stdout,
    Stderr,
}

struct Inner {
    name: Str,
    mode: Str,
    encoding: Str,
    errors: Str,
    data: Vec<u8>,
    at: usize,
    sink: Sink,
    /// Bytes of `data` that are on disk already (append and write modes).
    written: usize,
    readable: bool,
    writable: bool,
    closed: bool,
    changed: bool,
    newline_as_is: bool,
    delete: bool,
}

/// A file object of either kind; text methods decode, the `_bytes` ones do not.
#[derive(Clone)]
pub struct File(Rc<RefCell<Inner>>);

impl File {
    /// `type(f).__name__`, as a file of text or of bytes.
    pub fn class_name(&self, text: bool) -> Str {
        let f = self.0.borrow();
        Str::lit(match (&f.sink, text) {
            (Sink::Memory, true) if !f.delete => "StringIO",
            (Sink::Memory, false) => "BytesIO",
            (_, true) => "TextIOWrapper",
            _ if f.readable && f.writable => "BufferedRandom",
            _ if f.writable => "BufferedWriter",
            _ => "BufferedReader",
        })
    }
}

/// `io.UnsupportedOperation`.
#[allow(non_upper_case_globals)]
pub static UnsupportedOperation: exc::Class = exc::Class::new("UnsupportedOperation", &exc::OSError);

fn unsupported(text: &'static str) -> Exc {
    exc::new(&UnsupportedOperation, text)
}

/// `open(path, mode, encoding=.., errors=.., newline=..)`.
pub fn open(path: &Str, mode: &str, encoding: Option<&Str>, errors: Option<&Str>, newline: Option<&Str>) -> R<File> {
    let kinds = mode.chars().filter(|c| "rwax".contains(*c)).count();
    if mode.chars().any(|c| !"rwaxbt+".contains(c)) {
        return Err(exc::new(&exc::ValueError, format!("invalid mode: {}", Str::new(mode).repr())));
    }
    if kinds != 1 {
        let text = "must have exactly one of create/read/write/append mode";
        return Err(exc::new(&exc::ValueError, text));
    }
    let plus = mode.contains('+');
    let (read, write) = (mode.contains('r') || plus, !mode.contains('r') || plus);
    if std::path::Path::new(path.as_str()).is_dir() {
        return Err(os_error(&std::io::Error::from_raw_os_error(21), Some(path)));
    }
    let mut how = std::fs::OpenOptions::new();
    how.read(read || mode.contains('a')).write(write && !mode.contains('a')).append(mode.contains('a'));
    how.create(mode.contains(['w', 'a'])).truncate(mode.contains('w')).create_new(mode.contains('x'));
    let mut file = how.open(path.as_str()).map_err(|e| os_error(&e, Some(path)))?;
    let mut data = Vec::new();
    if read || mode.contains('a') {
        std::io::Read::read_to_end(&mut file, &mut data).map_err(|e| os_error(&e, Some(path)))?;
    }
    let at = if mode.contains('a') { data.len() } else { 0 };
    Ok(File(Rc::new(RefCell::new(Inner {
        name: path.clone(),
        mode: Str::new(mode),
        encoding: encoding.cloned().unwrap_or(Str::lit("utf-8")),
        errors: errors.cloned().unwrap_or(Str::lit("strict")),
        written: data.len(),
        data,
        at,
        sink: Sink::Disk(file),
        readable: read,
        writable: write,
        closed: false,
        changed: false,
        newline_as_is: newline.is_some(),
        delete: false,
    }))))
}

fn memory(data: Vec<u8>, sink: Sink, mode: &'static str, name: &'static str) -> File {
    let reads = matches!(sink, Sink::Memory);
    File(Rc::new(RefCell::new(Inner {
        name: Str::lit(name),
        mode: Str::lit(mode),
        encoding: Str::lit("utf-8"),
        errors: Str::lit("strict"),
        written: data.len(),
        data,
        at: 0,
        sink,
        readable: reads,
        writable: true,
        closed: false,
        changed: false,
        newline_as_is: true,
        delete: false,
    })))
}
/// `io.StringIO(text)`.
pub fn string_io(text: &str) -> File {
    memory(text.as_bytes().to_vec(), Sink::Memory, "w+", "")
}
/// `io.BytesIO(data)`.
pub fn bytes_io(data: &[u8]) -> File {
    memory(data.to_vec(), Sink::Memory, "w+b", "")
}
/// `sys.stdout` as an object.
pub fn stdout() -> File {
    memory(Vec::new(), Sink::Stdout, "w", "<stdout>")
}
pub fn stderr() -> File {
    memory(Vec::new(), Sink::Stderr, "w", "<stderr>")
}
/// `sys.stdin` as an object.
pub fn stdin() -> R<File> {
    let f = memory(out::read_bytes()?, Sink::Memory, "r", "<stdin>");
    f.0.borrow_mut().newline_as_is = false;
    f.0.borrow_mut().writable = false;
    Ok(f)
}

impl File {
    fn open_inner(&self) -> R<RefMut<'_, Inner>> {
        let i = self.0.borrow_mut();
        if i.closed {
            return Err(exc::new(&exc::ValueError, "I/O operation on closed file."));
        }
        Ok(i)
    }
    fn reading(&self) -> R<RefMut<'_, Inner>> {
        let i = self.open_inner()?;
        if !i.readable {
            return Err(unsupported("not readable"));
        }
        Ok(i)
    }
    fn look(&self) -> Ref<'_, Inner> {
        self.0.borrow()
    }

    /// `read(size)` of a binary file; None or a negative size reads all.
    pub fn read_bytes(&self, size: Option<i64>) -> R<Bytes> {
        let mut i = self.reading()?;
        let left = i.data.len().saturating_sub(i.at);
        let n = size.filter(|s| *s >= 0).map_or(left, |s| left.min(s as usize));
        let at = i.at.min(i.data.len());
        i.at += n;
        Ok(Bytes::from(&i.data[at..at + n]))
    }
    fn decode(&self, b: &[u8]) -> R<Str> {
        let i = self.look();
        let text = super::codecs::decode(b, &i.encoding, &i.errors)?;
        if i.newline_as_is || !text.as_str().contains('\r') {
            return Ok(text);
        }
        Ok(Str::from(text.as_str().replace("\r\n", "\n").replace('\r', "\n")))
    }
    /// `read(size)` of a text file, in characters.
    pub fn read(&self, size: Option<i64>) -> R<Str> {
        let Some(size) = size.filter(|s| *s >= 0) else {
            let b = self.read_bytes(None)?;
            return self.decode(&b);
        };
        let rest = {
            let i = self.reading()?;
            i.data[i.at.min(i.data.len())..].to_vec()
        };
        let end = String::from_utf8_lossy(&rest).char_indices().nth(size as usize).map_or(rest.len(), |c| c.0);
        let b = self.read_bytes(Some(end as i64))?;
        self.decode(&b)
    }
    pub fn readline_bytes(&self) -> R<Bytes> {
        let n = {
            let i = self.reading()?;
            let rest = &i.data[i.at.min(i.data.len())..];
            let break_at = if i.newline_as_is || i.mode.as_str().contains('b') {
                rest.iter().position(|b| *b == b'\n').map(|p| p + 1)
            } else {
                rest.iter().position(|b| matches!(b, b'\n' | b'\r')).map(|p| {
                    if rest[p] == b'\r' && rest.get(p + 1) == Some(&b'\n') { p + 2 } else { p + 1 }
                })
            };
            break_at.unwrap_or(rest.len())
        };
        self.read_bytes(Some(n as i64))
    }
    pub fn readline(&self) -> R<Str> {
        let b = self.readline_bytes()?;
        self.decode(&b)
    }
    pub fn readlines(&self) -> R<Vec<Str>> {
        self.lines().collect()
    }
    /// `for line in file`.
    pub fn lines(&self) -> impl Iterator<Item = R<Str>> {
        let f = self.clone();
        std::iter::from_fn(move || match f.readline() {
            Ok(l) if l.is_empty() => None,
            other => Some(other),
        })
    }
    pub fn lines_bytes(&self) -> impl Iterator<Item = R<Bytes>> {
        let f = self.clone();
        std::iter::from_fn(move || match f.readline_bytes() {
            Ok(l) if l.is_empty() => None,
            other => Some(other),
        })
    }

    /// `write(data)` of a binary file.
    pub fn write_bytes(&self, b: &[u8]) -> R<i64> {
        let mut i = self.open_inner()?;
        match i.sink {
            Sink::Stdout => {
                drop(i);
                out::write_bytes(b);
                return Ok(b.len() as i64);
            }
            Sink::Stderr => {
                out::write_err(&String::from_utf8_lossy(b));
                return Ok(b.len() as i64);
            }
            _ => {}
        }
        if !i.writable {
            return Err(unsupported("not writable"));
        }
        if i.mode.as_str().contains('a') {
            i.at = i.data.len();
        }
        let (at, end) = (i.at, i.at + b.len());
        if i.data.len() < end {
            i.data.resize(end, 0);
        }
        i.data[at..end].copy_from_slice(b);
        i.at = end;
        i.written = i.written.min(at);
        i.changed = true;
        if i.data.len() - i.written > 1 << 20 {
            drop(i);
            self.flush()?;
        }
        Ok(b.len() as i64)
    }
    /// `write(text)`: characters written.
    pub fn write(&self, s: &Str) -> R<i64> {
        let b = {
            let i = self.look();
            super::codecs::encode(s, &i.encoding, &i.errors)?
        };
        self.write_bytes(&b)?;
        Ok(s.len())
    }
    pub fn writelines(&self, items: impl IntoIterator<Item = Str>) -> R<()> {
        items.into_iter().try_for_each(|s| self.write(&s).map(|_| ()))
    }
    /// `print(.., file=self)`.
    pub fn print(&self, args: &[&dyn PyStr], sep: &str, end: &str) -> R<()> {
        self.write(&Str::from(out::line_of(args, sep, end))).map(|_| ())
    }
    pub fn flush(&self) -> R<()> {
        let mut i = self.0.borrow_mut();
        if matches!(i.sink, Sink::Stdout) {
            out::flush();
            return Ok(());
        }
        if !i.changed {
            return Ok(());
        }
        let Inner { sink, data, written, name, .. } = &mut *i;
        if let Sink::Disk(f) = sink {
            let at = std::io::SeekFrom::Start(*written as u64);
            let saved = std::io::Seek::seek(f, at).and_then(|_| f.write_all(&data[*written..]));
            saved.map_err(|e| os_error(&e, Some(name)))?;
        }
        *written = data.len();
        i.changed = false;
        Ok(())
    }
    /// The same file as a view of unpacked data: what was read is unpacked, what is written is packed when it is closed.
    pub fn packed(self, mode: &str, names: [Option<&Str>; 3], unpack: fn(&[u8]) -> R<Bytes>, pack: Box<dyn Fn(&[u8]) -> Bytes>) -> R<File> {
        let writes = mode.contains(['w', 'a', 'x']);
        let data = if writes { Vec::new() } else { unpack(&self.0.borrow().data[self.0.borrow().at..])?.to_vec() };
        let made = memory(data, Sink::Memory, if writes { "wb" } else { "rb" }, "");
        let mut i = made.0.borrow_mut();
        i.name = self.name();
        (i.readable, i.writable, i.changed) = (!writes, writes, writes);
        i.newline_as_is = names[2].is_some();
        i.encoding = names[0].cloned().unwrap_or(Str::lit("utf-8"));
        i.errors = names[1].cloned().unwrap_or(Str::lit("strict"));
        if writes {
            i.sink = Sink::Packed(self, pack);
        }
        drop(i);
        Ok(made)
    }
    pub fn close(&self) -> R<()> {
        self.flush()?;
        let sink = std::mem::replace(&mut self.0.borrow_mut().sink, Sink::Memory);
        if let Sink::Packed(to, pack) = sink {
            to.write_bytes(&pack(&self.look().data))?;
            if !matches!(to.look().sink, Sink::Memory) {
                to.close()?;
            }
        } else {
            self.0.borrow_mut().sink = sink;
        }
        let mut i = self.0.borrow_mut();
        i.closed = true;
        if std::mem::take(&mut i.delete) {
            let _ = std::fs::remove_file(i.name.as_str());
        }
        if !matches!(i.sink, Sink::Memory) {
            i.sink = Sink::Memory;
        }
        Ok(())
    }
    pub fn seek(&self, offset: i64, whence: i64) -> R<i64> {
        let mut i = self.open_inner()?;
        let base = match whence {
            0 => 0,
            1 => i.at as i64,
            _ => i.data.len() as i64,
        };
        if base + offset < 0 {
            return Err(exc::new(&exc::ValueError, format!("negative seek value {}", base + offset)));
        }
        i.at = (base + offset) as usize;
        Ok(i.at as i64)
    }
    pub fn tell(&self) -> R<i64> {
        Ok(self.open_inner()?.at as i64)
    }
    pub fn truncate(&self, size: Option<i64>) -> R<i64> {
        let mut i = self.open_inner()?;
        let n = size.map_or(i.at, |s| s.max(0) as usize);
        if n < i.data.len() || !matches!(i.sink, Sink::Memory) {
            i.data.resize(n, 0);
        }
        i.written = i.written.min(n);
        let name = i.name.clone();
        if let Sink::Disk(f) = &i.sink {
            f.set_len(n as u64).map_err(|e| os_error(&e, Some(&name)))?;
        }
        Ok(n as i64)
    }
    pub fn getvalue(&self) -> R<Str> {
        let b = self.open_inner()?.data.clone();
        self.decode(&b)
    }
    pub fn getvalue_bytes(&self) -> R<Bytes> {
        Ok(Bytes::from(self.open_inner()?.data.clone()))
    }
    pub fn delete_on_close(&self) {
        self.0.borrow_mut().delete = true;
    }
    pub fn name(&self) -> Str {
        self.look().name.clone()
    }
    pub fn mode(&self) -> Str {
        self.look().mode.clone()
    }
    pub fn closed(&self) -> bool {
        self.look().closed
    }
    pub fn readable(&self) -> bool {
        self.look().readable
    }
    pub fn writable(&self) -> bool {
        self.look().writable
    }
}

/// A file that nobody closed is written when its last handle goes.
impl Drop for Inner {
    fn drop(&mut self) {
        if let (Sink::Disk(f), true) = (&mut self.sink, self.changed) {
            let at = std::io::SeekFrom::Start(self.written as u64);
            let _ = std::io::Seek::seek(f, at).and_then(|_| f.write_all(&self.data[self.written..]));
        }
        if let Sink::Packed(to, pack) = &self.sink {
            let _ = to.write_bytes(&pack(&self.data));
        }
        if self.delete {
            let _ = std::fs::remove_file(self.name.as_str());
        }
    }
}
impl File {
    /// `f is sys.stdin`: each reading of a standard stream's name gives an object of its own here.
    pub fn same(&self, o: &File) -> bool {
        self == o || (self.look().name.as_str().starts_with("<std") && self.look().name == o.look().name)
    }
}
impl PyRepr for File {
    fn repr_into(&self, out: &mut String) {
        let i = self.look();
        out.push_str(&format!(
            "<_io.TextIOWrapper name={} mode={} encoding={}>",
            i.name.repr(), i.mode.repr(), Str::from(i.encoding.to_uppercase()).repr()
        ));
    }
}
str_is_repr!(File);
impl PyTruth for File {
    fn truth(&self) -> bool {
        true
    }
}
impl PartialEq for File {
    fn eq(&self, o: &File) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
