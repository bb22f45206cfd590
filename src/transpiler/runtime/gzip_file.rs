//! needs: exc, pystr, files, zipfile, traits
//! `gzip.open` and `gzip.GzipFile`: a file is unpacked when it is opened and packed when it is closed.
use super::exc::{self, R};
use super::files::{self, File};
use super::pystr::Str;
use super::traits::PyRepr;
use super::zipfile;

/// `gzip.open(path, mode, level, encoding, errors, newline)`.
pub fn open(path: &Str, mode: &str, level: i64, names: [Option<&Str>; 3]) -> R<File> {
    let kind = mode.replace(['b', 't'], "");
    if !matches!(kind.as_str(), "" | "r" | "w" | "a" | "x") {
        return Err(exc::new(&exc::ValueError, format!("Invalid mode: {}", PyRepr::repr(&Str::new(mode)))));
    }
    let raw = files::open(path, &format!("{}b", if kind.is_empty() { "r" } else { &kind }), None, None, None)?;
    raw.packed(&kind, names, zipfile::gunzip, Box::new(move |data| zipfile::gzip(data, level, -1)))
}
/// `GzipFile(fileobj=file, mode, level, mtime)`.
pub fn of_file(file: File, mode: &str, level: i64, mtime: i64) -> R<File> {
    file.packed(mode, [None; 3], zipfile::gunzip, Box::new(move |data| zipfile::gzip(data, level, mtime)))
}
