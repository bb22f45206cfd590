//! needs: exc, pystr, bytes, inflate, deflate, base64, os, ospath, files, localtime, datetime, traits
//! `zipfile.ZipFile` and `gzip.compress`/`decompress`. Sources: PKWARE APPNOTE (no ZIP64, no encryption); RFC 1952.
use super::bytes::Bytes;
use super::exc::{self, Class, Exc, R};
use super::pystr::Str;
use super::traits::*;
use std::cell::RefCell;
use std::rc::Rc;

#[allow(non_upper_case_globals)]
pub static BadZipFile: Class = Class::new("BadZipFile", &exc::Exception);

/// `gzip.BadGzipFile`.
#[allow(non_upper_case_globals)]
pub static BadGzipFile: Class = Class::new("BadGzipFile", &exc::OSError);

pub const ZIP_STORED: i64 = 0;
pub const ZIP_DEFLATED: i64 = 8;

#[derive(Clone, PartialEq)]
pub struct ZipInfo {
    pub filename: Str,
    pub file_size: i64,
    pub compress_size: i64,
    pub compress_type: i64,
    pub crc: i64,
    /// (year, month, day, hour, minute, second)
    pub date_time: (i64, i64, i64, i64, i64, i64),
    mode: i64,
    at: usize,
}

struct Archive {
    path: Str,
    data: Vec<u8>,
    entries: Vec<ZipInfo>,
    writing: bool,
    method: i64,
    closed: bool,
}

#[derive(Clone)]
pub struct ZipFile(Rc<RefCell<Archive>>);

#[cold]
fn bad(what: &str) -> Exc {
    exc::new(&BadZipFile, what)
}
fn number(b: &[u8], at: usize, size: usize) -> R<usize> {
    let part = b.get(at..at + size).ok_or_else(|| bad("File is not a zip file"))?;
    Ok(part.iter().rev().fold(0, |v, x| v << 8 | *x as usize))
}

impl ZipFile {
    /// `ZipFile(path, mode, compression)`.
    pub fn open(path: &Str, mode: &str, method: i64) -> R<ZipFile> {
        let mut a = Archive { path: path.clone(), data: Vec::new(), entries: Vec::new(), writing: true, method, closed: false };
        match mode {
            "r" | "a" => {
                let exists = super::ospath::exists(path);
                if mode == "r" || exists {
                    a.data = super::files::open(path, "rb", None, None, None)?.read_bytes(None)?.to_vec();
                    a.read_directory()?;
                }
                a.writing = mode == "a";
            }
            "w" | "x" => drop(super::files::open(path, mode, None, None, None)?),
            _ => return Err(exc::new(&exc::ValueError, "ZipFile requires mode 'r', 'w', 'x', or 'a'")),
        }
        Ok(ZipFile(Rc::new(RefCell::new(a))))
    }
    pub fn infolist(&self) -> Vec<ZipInfo> {
        self.0.borrow().entries.clone()
    }
    pub fn namelist(&self) -> Vec<Str> {
        self.0.borrow().entries.iter().map(|e| e.filename.clone()).collect()
    }
    pub fn getinfo(&self, name: &Str) -> R<ZipInfo> {
        self.0.borrow().entries.iter().rev().find(|e| e.filename == *name).cloned().ok_or_else(|| {
            exc::with_args(&exc::KeyError, vec![format!("There is no item named {} in the archive", name.repr()).into()])
        })
    }
    pub fn read(&self, name: &Str) -> R<Bytes> {
        let info = self.getinfo(name)?;
        let a = self.0.borrow();
        let start = info.at + 30 + number(&a.data, info.at + 26, 2)? + number(&a.data, info.at + 28, 2)?;
        let packed = a.data.get(start..start + info.compress_size as usize).ok_or_else(|| bad("Truncated file header"))?;
        let out = match info.compress_type {
            ZIP_STORED => packed.to_vec(),
            ZIP_DEFLATED => super::inflate::raw(packed)?.0,
            _ => return Err(exc::new(&exc::NotImplementedError, "That compression method is not supported")),
        };
        if super::base64::crc32(&out, 0) != info.crc {
            return Err(bad(&format!("Bad CRC-32 for file {}", name.repr())));
        }
        Ok(Bytes::from(out))
    }
    /// `write(path, arcname)`.
    pub fn write(&self, path: &Str, arcname: Option<&Str>) -> R<()> {
        let name = arcname.unwrap_or(path).as_str().trim_start_matches('/').to_string();
        let stat = super::os::stat(path)?;
        let when = super::datetime::DateTime::fromtimestamp(stat.st_mtime, None)?;
        if super::ospath::isdir(path) {
            return self.add(&format!("{}/", name.trim_end_matches('/')), &[], ZIP_STORED, stat.st_mode << 16 | 0x10, &when);
        }
        let data = super::files::open(path, "rb", None, None, None)?.read_bytes(None)?;
        let method = self.0.borrow().method;
        self.add(&name, &data, method, stat.st_mode << 16, &when)
    }
    /// `writestr(name, data)`.
    pub fn writestr(&self, name: &Str, data: &[u8]) -> R<()> {
        let method = self.0.borrow().method;
        self.add(name, data, method, 0o600 << 16, &super::datetime::DateTime::now(None))
    }
    fn add(&self, name: &str, data: &[u8], method: i64, mode: i64, when: &super::datetime::DateTime) -> R<()> {
        let mut a = self.0.borrow_mut();
        if a.closed || !a.writing {
            return Err(exc::new(&exc::ValueError, "write() requires mode 'w', 'x', or 'a'"));
        }
        let packed = if method == ZIP_DEFLATED { super::deflate::raw(data, 6) } else { data.to_vec() };
        let (d, t) = (&when.date, &when.time);
        let info = ZipInfo {
            filename: Str::new(name),
            file_size: data.len() as i64,
            compress_size: packed.len() as i64,
            compress_type: method,
            crc: super::base64::crc32(data, 0),
            date_time: (d.year, d.month, d.day, t.hour, t.minute, t.second / 2 * 2),
            mode,
            at: a.data.len(),
        };
        let mut header = b"PK\x03\x04".to_vec();
        header.extend(info.common());
        header.extend((name.len() as u16).to_le_bytes());
        header.extend(0u16.to_le_bytes());
        header.extend(name.as_bytes());
        a.data.extend(header);
        a.data.extend(packed);
        a.entries.push(info);
        Ok(())
    }
    pub fn extract(&self, name: &Str, path: &str) -> R<Str> {
        // names that climb out of the folder lose their dots, as in CPython
        let safe: Vec<&str> = name.as_str().split('/').filter(|p| !matches!(*p, "" | "." | "..")).collect();
        let to = super::ospath::join(path, &[Str::from(safe.join("/"))]);
        if name.as_str().ends_with('/') {
            super::os::makedirs(&to, true)?;
            return Ok(to);
        }
        super::os::makedirs(&super::ospath::dirname(&to), true)?;
        let f = super::files::open(&to, "wb", None, None, None)?;
        f.write_bytes(&self.read(name)?)?;
        f.close()?;
        Ok(to)
    }
    pub fn extractall(&self, path: &str) -> R<()> {
        self.namelist().iter().try_for_each(|n| self.extract(n, path).map(|_| ()))
    }
    /// Writes the directory, and everything to disk.
    pub fn close(&self) -> R<()> {
        let mut a = self.0.borrow_mut();
        if a.closed || !a.writing {
            a.closed = true;
            return Ok(());
        }
        a.closed = true;
        let start = a.data.len();
        let mut tail = Vec::new();
        for e in &a.entries {
            tail.extend(b"PK\x01\x02\x14\x03");
            tail.extend(e.common());
            tail.extend((e.filename.as_str().len() as u16).to_le_bytes());
            tail.extend([0; 8]);
            tail.extend((e.mode as u32).to_le_bytes());
            tail.extend((e.at as u32).to_le_bytes());
            tail.extend(e.filename.as_str().as_bytes());
        }
        let (n, size) = (a.entries.len() as u16, tail.len() as u32);
        tail.extend(b"PK\x05\x06\0\0\0\0");
        tail.extend(n.to_le_bytes());
        tail.extend(n.to_le_bytes());
        tail.extend(size.to_le_bytes());
        tail.extend((start as u32).to_le_bytes());
        tail.extend([0; 2]);
        a.data.extend(tail);
        let f = super::files::open(&a.path, "wb", None, None, None)?;
        f.write_bytes(&a.data)?;
        f.close()
    }
}

impl ZipInfo {
    /// From "version needed" to the sizes: the same in both headers.
    fn common(&self) -> Vec<u8> {
        let (y, mo, d, h, mi, s) = self.date_time;
        let mut out = 20u16.to_le_bytes().to_vec();
        out.extend(if self.filename.is_ascii() { 0u16 } else { 0x800 }.to_le_bytes());
        out.extend((self.compress_type as u16).to_le_bytes());
        out.extend(((h << 11 | mi << 5 | s / 2) as u16).to_le_bytes());
        out.extend((((y - 1980).max(0) << 9 | mo << 5 | d) as u16).to_le_bytes());
        out.extend((self.crc as u32).to_le_bytes());
        out.extend((self.compress_size as u32).to_le_bytes());
        out.extend((self.file_size as u32).to_le_bytes());
        out
    }
    pub fn is_dir(&self) -> bool {
        self.filename.as_str().ends_with('/')
    }
}

impl Archive {
    fn read_directory(&mut self) -> R<()> {
        let d = &self.data;
        let end = d.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or_else(|| bad("File is not a zip file"))?;
        let (count, start) = (number(d, end + 10, 2)?, number(d, end + 16, 4)?);
        let mut at = start;
        for _ in 0..count {
            if d.get(at..at + 4) != Some(b"PK\x01\x02") {
                return Err(bad("Bad magic number for central directory"));
            }
            let n = |offset: usize, size: usize| number(d, at + offset, size);
            let (time, date) = (n(12, 2)? as i64, n(14, 2)? as i64);
            let name = d.get(at + 46..at + 46 + n(28, 2)?).ok_or_else(|| bad("Truncated central directory"))?;
            self.entries.push(ZipInfo {
                filename: Str::from(String::from_utf8_lossy(name).into_owned()),
                file_size: n(24, 4)? as i64,
                compress_size: n(20, 4)? as i64,
                compress_type: n(10, 2)? as i64,
                crc: n(16, 4)? as i64,
                date_time: ((date >> 9) + 1980, date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, (time & 31) * 2),
                mode: n(38, 4)? as i64,
                at: n(42, 4)?,
            });
            at += 46 + n(28, 2)? + n(30, 2)? + n(32, 2)?;
        }
        self.data.truncate(start);
        Ok(())
    }
}
/// An archive that nobody closed gets its directory when its last handle goes.
impl Drop for Archive {
    fn drop(&mut self) {
        if self.writing && !self.closed {
            let taken = Archive {
                path: self.path.clone(),
                data: std::mem::take(&mut self.data),
                entries: std::mem::take(&mut self.entries),
                writing: true,
                method: self.method,
                closed: false,
            };
            self.closed = true;
            let _ = ZipFile(Rc::new(RefCell::new(taken))).close();
        }
    }
}

/// `is_zipfile(path)`.
pub fn is_zipfile(path: &Str) -> bool {
    ZipFile::open(path, "r", 0).is_ok()
}

/// `gzip.decompress(data)`.
pub fn gunzip(data: &[u8]) -> R<Bytes> {
    let (mut out, mut rest) = (Vec::new(), data);
    while !rest.is_empty() {
        let (part, used) = gzip_member(rest)?;
        out.extend(part);
        rest = &rest[used.min(rest.len())..];
        let zeros = rest.iter().take_while(|b| **b == 0).count();
        rest = &rest[zeros..];
    }
    Ok(Bytes::from(out))
}
/// What one member holds, and its length.
fn gzip_member(data: &[u8]) -> R<(Vec<u8>, usize)> {
    let broken = |text: &str| exc::new(&BadGzipFile, text.to_string());
    let short = |_| exc::new(&exc::EOFError, "Compressed file ended before the end-of-stream marker was reached");
    if data.get(..2) != Some(b"\x1f\x8b") {
        let shown = Bytes::from(&data[..data.len().min(2)]).repr();
        return Err(broken(&format!("Not a gzipped file ({shown})")));
    }
    let flags = data.get(3).copied().unwrap_or(0);
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + number(data, at, 2).map_err(short)?;
    }
    for bit in [8, 16] {
        if flags & bit != 0 {
            at += data[at.min(data.len())..].iter().position(|b| *b == 0).map_or(0, |n| n + 1);
        }
    }
    at += if flags & 2 != 0 { 2 } else { 0 };
    let (out, used) = super::inflate::raw(&data[at.min(data.len())..]).map_err(|e| if data.len() < 18 { short(e) } else { e })?;
    if number(data, at + used, 4).map_err(short)? as i64 != super::base64::crc32(&out, 0) {
        return Err(broken("CRC check failed"));
    }
    Ok((out, at + used + 8))
}
/// `gzip.compress(data, compresslevel, mtime)`; a negative time is now.
pub fn gzip(data: &[u8], level: i64, mtime: i64) -> Bytes {
    let level = level.clamp(1, 9);
    let mut out = b"\x1f\x8b\x08\0".to_vec();
    let stamp = if mtime < 0 { (super::localtime::now_us() / 1_000_000) as i64 } else { mtime };
    out.extend((stamp as u32).to_le_bytes());
    // with a time of 0 CPython leaves the header to zlib, which names its system
    let system = if mtime == 0 { 3 } else { 255 };
    out.extend([if level == 9 { 2 } else if level == 1 { 4 } else { 0 }, system]);
    out.extend(super::deflate::raw(data, level as usize));
    out.extend((super::base64::crc32(data, 0) as u32).to_le_bytes());
    out.extend((data.len() as u32).to_le_bytes());
    Bytes::from(out)
}

impl PartialEq for ZipFile {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
impl PyRepr for ZipFile {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<zipfile.ZipFile filename={}>", self.0.borrow().path.repr()));
    }
}
impl PyRepr for ZipInfo {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<ZipInfo filename={} file_size={}>", self.filename.repr(), self.file_size));
    }
}
str_is_repr!(ZipFile, ZipInfo);
impl PyTruth for ZipFile {
    fn truth(&self) -> bool {
        true
    }
}
impl PyTruth for ZipInfo {
    fn truth(&self) -> bool {
        true
    }
}
