//! needs: exc, pystr, strm, ospath, os, files, traits, bytes, fnmatch, fmt
//! `pathlib.Path` on POSIX: a normalised text.
use super::bytes::Bytes;
use super::exc::{self, R};
use super::files::{self, File};
use super::pystr::Str;
use super::traits::*;
use super::{os, ospath};

/// The text, and whether it is a PurePosixPath.
#[derive(Clone)]
pub struct Path(Str, bool);

/// Single slashes, no `.` parts, no slash at the end.
fn tidy(p: &str) -> Str {
    let root = if p.starts_with("//") && !p.starts_with("///") { "//" } else if p.starts_with('/') { "/" } else { "" };
    let parts: Vec<&str> = p.split('/').filter(|x| !x.is_empty() && *x != ".").collect();
    let out = format!("{root}{}", parts.join("/"));
    if out.is_empty() { Str::lit(".") } else { Str::from(out) }
}

impl Path {
    /// `Path(a, b, ..)`.
    pub fn new(parts: &[Str]) -> Path {
        match parts.split_first() {
            Some((first, rest)) => Path(tidy(&ospath::join(first, rest)), false),
            None => Path(Str::lit("."), false),
        }
    }
    /// `PurePath(a, b, ..)`.
    pub fn pure(parts: &[Str]) -> Path {
        Path(Path::new(parts).0, true)
    }
    /// Another path of the same class.
    fn like(&self, parts: &[Str]) -> Path {
        Path(Path::new(parts).0, self.1)
    }
    pub fn of(p: &Str) -> Path {
        Path(tidy(p), false)
    }
    pub fn cwd() -> Path {
        Path(os::getcwd(), false)
    }
    pub fn home() -> Path {
        Path(ospath::expanduser("~"), false)
    }
    /// `self / other`.
    pub fn join(&self, other: &Str) -> Path {
        Path(tidy(&ospath::join(&self.0, &[other.clone()])), self.1)
    }
    pub fn joinpath(&self, parts: &[Str]) -> Path {
        Path(tidy(&ospath::join(&self.0, parts)), self.1)
    }
    pub fn as_text(&self) -> Str {
        self.0.clone()
    }
    fn root(&self) -> &'static str {
        if self.0.as_str().starts_with("//") { "//" } else if self.0.as_str().starts_with('/') { "/" } else { "" }
    }
    pub fn as_uri(&self) -> R<Str> {
        if !self.is_absolute() {
            return Err(exc::new(&exc::ValueError, "relative path can't be expressed as a file URI"));
        }
        let mut out = String::from("file://");
        for b in self.0.as_str().bytes() {
            if b.is_ascii_alphanumeric() || b"/_.-~".contains(&b) {
                out.push(b as char);
            } else {
                out.push_str(&format!("%{b:02X}"));
            }
        }
        Ok(Str::from(out))
    }
    pub fn anchor(&self) -> Str {
        Str::lit(self.root())
    }
    pub fn parts(&self) -> Vec<Str> {
        let root = self.root();
        let mut out: Vec<Str> = if root.is_empty() { Vec::new() } else { vec![Str::lit(root)] };
        if self.0 != "." {
            out.extend(self.0.as_str().split('/').filter(|p| !p.is_empty()).map(Str::new));
        }
        out
    }
    pub fn name(&self) -> Str {
        let last = self.parts().pop().unwrap_or_default();
        if last.as_str().starts_with('/') { Str::lit("") } else { last }
    }
    pub fn parent(&self) -> Path {
        let mut parts = self.parts();
        let keep = !self.root().is_empty() as usize;
        if parts.len() > keep {
            parts.pop();
        }
        self.like(&parts)
    }
    pub fn parents(&self) -> Vec<Path> {
        let mut out = Vec::new();
        let mut at = self.clone();
        loop {
            let up = at.parent();
            if up == at {
                return out;
            }
            out.push(up.clone());
            at = up;
        }
    }
    pub fn suffix(&self) -> Str {
        let n = self.name();
        match n.as_str().rfind('.') {
            Some(i) if i > 0 && i + 1 < n.as_str().len() => Str::new(&n.as_str()[i..]),
            _ => Str::lit(""),
        }
    }
    pub fn suffixes(&self) -> Vec<Str> {
        let n = self.name();
        if n.as_str().ends_with('.') {
            return Vec::new();
        }
        n.as_str().trim_start_matches('.').split('.').skip(1).map(|s| Str::from(format!(".{s}"))).collect()
    }
    pub fn stem(&self) -> Str {
        self.name().removesuffix(&self.suffix())
    }
    pub fn with_name(&self, name: &Str) -> R<Path> {
        if self.name().is_empty() {
            return Err(exc::new(&exc::ValueError, format!("{} has an empty name", self.repr())));
        }
        if name.is_empty() || name.as_str().contains('/') || *name == "." {
            return Err(exc::new(&exc::ValueError, format!("Invalid name {}", name.repr())));
        }
        Ok(self.parent().join(name))
    }
    pub fn with_suffix(&self, suffix: &Str) -> R<Path> {
        let s = suffix.as_str();
        if s.contains('/') || (!s.is_empty() && (!s.starts_with('.') || s == ".")) {
            return Err(exc::new(&exc::ValueError, format!("Invalid suffix {}", suffix.repr())));
        }
        self.with_name(&(self.stem() + suffix))
    }
    pub fn with_stem(&self, stem: &Str) -> R<Path> {
        self.with_name(&(stem + &self.suffix()))
    }
    pub fn is_absolute(&self) -> bool {
        ospath::isabs(&self.0)
    }
    pub fn absolute(&self) -> Path {
        if self.is_absolute() { self.clone() } else { Path::cwd().join(&self.0) }
    }
    pub fn resolve(&self) -> Path {
        Path(ospath::realpath(&self.0), false)
    }
    pub fn expanduser(&self) -> Path {
        Path(ospath::expanduser(&self.0), false)
    }
    pub fn relative_to(&self, other: &Path) -> R<Path> {
        let (a, b) = (self.parts(), other.parts());
        if a.len() >= b.len() && a[..b.len()] == b[..] && self.root() == other.root() {
            return Ok(self.like(&a[b.len()..]));
        }
        let text = format!(
            "{} is not in the subpath of {} OR one path is relative and the other is absolute.",
            self.0.repr(),
            if b.is_empty() { Str::lit("''") } else { other.0.repr() }
        );
        Err(exc::new(&exc::ValueError, text))
    }
    pub fn is_relative_to(&self, other: &Path) -> bool {
        self.relative_to(other).is_ok()
    }
    pub fn match_(&self, pattern: &Str) -> R<bool> {
        let (mine, wanted) = (self.parts(), Path::of(pattern).parts());
        if wanted.is_empty() {
            return Err(exc::new(&exc::ValueError, "empty pattern"));
        }
        let absolute = pattern.as_str().starts_with('/');
        if wanted.len() > mine.len() || (absolute && wanted.len() != mine.len()) {
            return Ok(false);
        }
        Ok(mine[mine.len() - wanted.len()..].iter().zip(&wanted).all(|(m, w)| super::fnmatch::matches(m, w)))
    }

    pub fn exists(&self) -> bool {
        ospath::exists(&self.0)
    }
    pub fn is_file(&self) -> bool {
        ospath::isfile(&self.0)
    }
    pub fn is_dir(&self) -> bool {
        ospath::isdir(&self.0)
    }
    pub fn is_symlink(&self) -> bool {
        ospath::islink(&self.0)
    }
    pub fn stat(&self) -> R<os::Stat> {
        os::stat(&self.0)
    }
    pub fn mkdir(&self, parents: bool, exist_ok: bool) -> R<()> {
        if parents {
            return os::makedirs(&self.0, exist_ok);
        }
        if exist_ok && self.is_dir() { Ok(()) } else { os::mkdir(&self.0) }
    }
    pub fn rmdir(&self) -> R<()> {
        os::rmdir(&self.0)
    }
    pub fn unlink(&self, missing_ok: bool) -> R<()> {
        match os::remove(&self.0) {
            Err(e) if missing_ok && e.is(&exc::FileNotFoundError) => Ok(()),
            other => other,
        }
    }
    pub fn rename(&self, to: &Str) -> R<Path> {
        os::rename(&self.0, to)?;
        Ok(Path::of(to))
    }
    pub fn touch(&self, exist_ok: bool) -> R<()> {
        if !exist_ok && self.exists() {
            return files::open(&self.0, "x", None, None, None).map(|_| ());
        }
        files::open(&self.0, "a", None, None, None).map(|_| ())
    }
    pub fn iterdir(&self) -> R<Vec<Path>> {
        Ok(os::listdir(&self.0)?.iter().map(|n| self.join(n)).collect())
    }
    /// `glob(pattern)`; `**` goes through folders.
    pub fn glob(&self, pattern: &Str) -> R<Vec<Path>> {
        let parts: Vec<&str> = pattern.as_str().split('/').filter(|p| !p.is_empty()).collect();
        let mut out = Vec::new();
        self.glob_parts(&parts, &mut out);
        Ok(out)
    }
    pub fn rglob(&self, pattern: &Str) -> R<Vec<Path>> {
        self.glob(&Str::from(format!("**/{pattern}")))
    }
    fn glob_parts(&self, parts: &[&str], out: &mut Vec<Path>) {
        let Some((first, rest)) = parts.split_first() else {
            if !out.contains(self) {
                out.push(self.clone());
            }
            return;
        };
        if *first == "**" {
            self.glob_parts(rest, out);
            for p in self.iterdir().unwrap_or_default().iter().filter(|p| p.is_dir() && !p.is_symlink()) {
                p.glob_parts(parts, out);
            }
            return;
        }
        for p in self.iterdir().unwrap_or_default() {
            if super::fnmatch::matches(&p.name(), &Str::new(first)) && (rest.is_empty() || p.is_dir()) {
                p.glob_parts(rest, out);
            }
        }
    }
    pub fn open(&self, mode: &str, encoding: Option<&Str>, errors: Option<&Str>, newline: Option<&Str>) -> R<File> {
        files::open(&self.0, mode, encoding, errors, newline)
    }
    pub fn read_text(&self, encoding: Option<&Str>, errors: Option<&Str>) -> R<Str> {
        self.open("r", encoding, errors, None)?.read(None)
    }
    pub fn read_bytes(&self) -> R<Bytes> {
        self.open("rb", None, None, None)?.read_bytes(None)
    }
    pub fn write_text(&self, text: &Str, encoding: Option<&Str>, errors: Option<&Str>, newline: Option<&Str>) -> R<i64> {
        let f = self.open("w", encoding, errors, newline)?;
        let n = f.write(text)?;
        f.close()?;
        Ok(n)
    }
    pub fn write_bytes(&self, data: &[u8]) -> R<i64> {
        let f = self.open("wb", None, None, None)?;
        let n = f.write_bytes(data)?;
        f.close()?;
        Ok(n)
    }
}

impl PartialEq for Path {
    fn eq(&self, o: &Path) -> bool {
        self.0 == o.0
    }
}
impl PartialOrd for Path {
    fn partial_cmp(&self, o: &Path) -> Option<std::cmp::Ordering> {
        self.0.partial_cmp(&o.0)
    }
}
impl PyStr for Path {
    fn str_into(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}
impl PyRepr for Path {
    fn repr_into(&self, out: &mut String) {
        let name = if self.1 { "PurePosixPath" } else { "PosixPath" };
        out.push_str(&format!("{name}({})", self.0.repr()));
    }
}
impl PyTruth for Path {
    fn truth(&self) -> bool {
        true
    }
}
impl PyHash for Path {
    fn py_hash(&self) -> i64 {
        self.0.py_hash()
    }
}
impl PyOrd for Path {
    const TOTAL: bool = true;
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self.parts() < o.parts())
    }
}
super::fmt::fmt_is_str!(Path, "PosixPath");
