//! needs: os, ospath, os_walk, exc, pystr, traits, value, value_items, out, list, seq, convert
//! The rarer parts of `os`, `os.path`, `shutil` and `tempfile`.
use super::exc::{self, Class, R};
use super::os_walk::DirEntry;
use super::out::os_error;
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

#[allow(non_upper_case_globals)]
pub static Error: Class = Class::new("Error", &exc::OSError);
#[allow(non_upper_case_globals)]
pub static SameFileError: Class = Class::new("SameFileError", &Error);

fn done<T>(r: std::io::Result<T>, p: &str) -> R<T> {
    r.map_err(|e| os_error(&e, Some(p)))
}

/// `os.path.join(*parts)` of texts and paths.
pub fn join(parts: &[Value]) -> R<Str> {
    let Some((first, rest)) = parts.split_first() else {
        let text = "join() missing 1 required positional argument: 'a'";
        return Err(exc::new(&exc::TypeError, text));
    };
    for p in parts {
        if !matches!(p, Value::Str(_) | Value::Obj(_) | Value::Bytes(_)) {
            let text = format!("expected str, bytes or os.PathLike object, not {}", p.type_name());
            return Err(exc::new(&exc::TypeError, text));
        }
    }
    let rest: Vec<Str> = rest.iter().map(super::os::path_text).collect();
    Ok(super::ospath::join(&super::os::path_text(first), &rest))
}

/// What `os.scandir` gives.
#[derive(Clone, PartialEq)]
pub struct Scan(std::rc::Rc<Vec<DirEntry>>);
impl Scan {
    pub fn new(entries: Vec<DirEntry>) -> Scan {
        Scan(std::rc::Rc::new(entries))
    }
    pub fn entries(&self) -> Vec<DirEntry> {
        self.0.to_vec()
    }
}

pub fn lstat(p: &str) -> R<super::os::Stat> {
    if super::ospath::islink(p) {
        let m = done(fs::symlink_metadata(p), p)?;
        let at = |s: i64, ns: i64| s as f64 + ns as f64 / 1e9;
        return Ok(super::os::Stat {
            st_mode: m.mode() as i64,
            st_size: m.size() as i64,
            st_mtime: at(m.mtime(), m.mtime_nsec()),
            st_atime: at(m.atime(), m.atime_nsec()),
            st_ctime: at(m.ctime(), m.ctime_nsec()),
            st_ino: m.ino() as i64,
            st_nlink: m.nlink() as i64,
            st_uid: m.uid() as i64,
            st_gid: m.gid() as i64,
            st_dev: m.dev() as i64,
        });
    }
    super::os::stat(p)
}

#[allow(non_camel_case_types)]
type c_int = i32;
extern "C" {
    #[link_name = "access"]
    fn c_access(path: *const std::ffi::c_char, mode: c_int) -> c_int;
    #[link_name = "getppid"]
    fn c_getppid() -> c_int;
    #[link_name = "getuid"]
    fn c_getuid() -> u32;
    #[link_name = "getgid"]
    fn c_getgid() -> u32;
    #[link_name = "umask"]
    fn c_umask(mask: u32) -> u32;
}
pub fn access(p: &str, mode: i64) -> bool {
    let Ok(path) = std::ffi::CString::new(p) else { return false };
    // SAFETY: the path is a C string that outlives the call.
    unsafe { c_access(path.as_ptr(), mode as c_int) == 0 }
}
pub fn getppid() -> i64 {
    // SAFETY: takes nothing and cannot fail.
    i64::from(unsafe { c_getppid() })
}
pub fn getuid() -> i64 {
    // SAFETY: takes nothing and cannot fail.
    i64::from(unsafe { c_getuid() })
}
pub fn getgid() -> i64 {
    // SAFETY: takes nothing and cannot fail.
    i64::from(unsafe { c_getgid() })
}
pub fn umask(mask: i64) -> i64 {
    // SAFETY: takes a number and cannot fail.
    i64::from(unsafe { c_umask(mask as u32) })
}
pub fn removedirs(p: &str) -> R<()> {
    super::os::rmdir(p)?;
    let mut at = Path::new(p).parent();
    while let Some(up) = at.filter(|up| !up.as_os_str().is_empty()) {
        if fs::remove_dir(up).is_err() {
            break;
        }
        at = up.parent();
    }
    Ok(())
}
pub fn renames(a: &str, b: &str) -> R<()> {
    if let Some(up) = Path::new(b).parent().filter(|up| !up.as_os_str().is_empty()) {
        done(fs::create_dir_all(up), b)?;
    }
    super::os::rename(a, b)
}
pub fn truncate(p: &str, length: i64) -> R<()> {
    let file = done(fs::OpenOptions::new().write(true).open(p), p)?;
    done(file.set_len(length.max(0) as u64), p)
}
pub fn utime(p: &str, times: Option<(f64, f64)>) -> R<()> {
    let at = |t: f64| std::time::UNIX_EPOCH + std::time::Duration::from_secs_f64(t.max(0.0));
    let now = std::time::SystemTime::now();
    let (accessed, modified) = times.map_or((now, now), |(a, m)| (at(a), at(m)));
    let file = done(fs::OpenOptions::new().read(true).open(p), p)?;
    done(file.set_times(fs::FileTimes::new().set_accessed(accessed).set_modified(modified)), p)
}
/// The command's wait status: its exit status times 256.
pub fn system(command: &str) -> R<i64> {
    super::out::flush();
    let status = done(std::process::Command::new("sh").arg("-c").arg(command).status(), command)?;
    Ok(status.code().map_or(1, |c| i64::from(c) << 8))
}
pub fn strerror(code: i64) -> Str {
    let text = std::io::Error::from_raw_os_error(code as i32).to_string();
    Str::new(text.split(" (os error").next().unwrap_or(&text))
}

#[derive(Clone, Copy, PartialEq)]
pub struct TerminalSize {
    pub columns: i64,
    pub lines: i64,
}
impl TerminalSize {
    pub fn item(&self, i: i64) -> R<i64> {
        super::seq::get(&[self.columns, self.lines], i)
    }
    pub fn items(&self) -> std::array::IntoIter<i64, 2> {
        [self.columns, self.lines].into_iter()
    }
}
impl PyRepr for TerminalSize {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("os.terminal_size(columns={}, lines={})", self.columns, self.lines));
    }
}
impl PyStr for TerminalSize {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
/// COLUMNS and LINES of the environment, else the fallback: output that is read by tests is no terminal.
pub fn get_terminal_size(fallback: (i64, i64)) -> TerminalSize {
    let of = |name: &str| super::os::getenv(name).and_then(|v| v.as_str().trim().parse::<i64>().ok()).filter(|n| *n > 0);
    let asked = terminal_size_of_stdout().ok();
    let columns = of("COLUMNS").or(asked.map(|t| t.columns)).unwrap_or(fallback.0);
    TerminalSize { columns, lines: of("LINES").or(asked.map(|t| t.lines)).unwrap_or(fallback.1) }
}
pub fn terminal_size_of_stdout() -> R<TerminalSize> {
    #[cfg(target_os = "linux")]
    {
        extern "C" {
            fn ioctl(fd: c_int, request: u64, ...) -> c_int;
        }
        let mut size = [0u16; 4];
        // SAFETY: TIOCGWINSZ writes four u16 to the pointer.
        if unsafe { ioctl(1, 0x5413, size.as_mut_ptr()) } == 0 && size[1] > 0 {
            return Ok(TerminalSize { columns: size[1].into(), lines: size[0].into() });
        }
    }
    Err(os_error(&std::io::Error::from_raw_os_error(25), None))
}

pub fn commonpath(paths: &[Str]) -> R<Str> {
    let error = |text: &str| Err(exc::new(&exc::ValueError, text));
    let Some(first) = paths.first() else { return error("commonpath() arg is an empty sequence") };
    let absolute = first.as_str().starts_with('/');
    if paths.iter().any(|p| p.as_str().starts_with('/') != absolute) {
        return error("Can't mix absolute and relative paths");
    }
    let split = |p: &Str| -> Vec<String> {
        p.as_str().split('/').filter(|c| !c.is_empty() && *c != ".").map(str::to_string).collect()
    };
    let mut common = split(first);
    for p in &paths[1..] {
        let same = common.iter().zip(split(p)).take_while(|(a, b)| **a == *b).count();
        common.truncate(same);
    }
    Ok(Str::from(format!("{}{}", if absolute { "/" } else { "" }, common.join("/"))))
}
pub fn ismount(p: &str) -> bool {
    let (Ok(a), Ok(b)) = (fs::symlink_metadata(p), fs::symlink_metadata(format!("{p}/.."))) else { return false };
    !a.file_type().is_symlink() && (a.dev() != b.dev() || a.ino() == b.ino())
}

#[derive(Clone, PartialEq)]
pub struct Uname {
    pub sysname: Str,
    pub nodename: Str,
    pub release: Str,
    pub version: Str,
    pub machine: Str,
}
pub fn uname() -> Uname {
    let of = |name: &str| {
        let text = fs::read_to_string(format!("/proc/sys/kernel/{name}")).unwrap_or_default();
        Str::new(text.trim())
    };
    Uname {
        sysname: Str::lit(if cfg!(target_os = "macos") { "Darwin" } else { "Linux" }),
        nodename: of("hostname"),
        release: of("osrelease"),
        version: of("version"),
        machine: Str::lit(std::env::consts::ARCH),
    }
}

pub fn environ_update(other: &Value) -> R<()> {
    let set = |k: &Value, v: &Value| super::os::setenv(&super::os::path_text(k), &super::os::path_text(v));
    match other {
        Value::Dict(d) => d.items().iter().for_each(|(k, v)| set(&k, &v)),
        _ => {
            for pair in super::value_items::to_vec(other)? {
                let kv = super::value_items::unpack(&pair, 2)?;
                set(&kv[0], &kv[1]);
            }
        }
    }
    Ok(())
}
pub fn environ_clear() {
    for (k, _) in super::os::environ().items() {
        super::os::unsetenv(&k);
    }
}

#[derive(Clone, Copy, PartialEq)]
pub struct DiskUsage {
    pub total: i64,
    pub used: i64,
    pub free: i64,
}
impl DiskUsage {
    pub fn items(&self) -> std::array::IntoIter<i64, 3> {
        [self.total, self.used, self.free].into_iter()
    }
}
impl PyRepr for DiskUsage {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("usage(total={}, used={}, free={})", self.total, self.used, self.free));
    }
}
impl PyStr for DiskUsage {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
/// From what `df` says, which std has no call for.
pub fn disk_usage(p: &str) -> R<DiskUsage> {
    done(fs::metadata(p), p)?;
    let ran = done(std::process::Command::new("df").args(["-Pk", p]).output(), p)?;
    let text = String::from_utf8_lossy(&ran.stdout).into_owned();
    let numbers: Vec<i64> = text.lines().last().unwrap_or("").split_whitespace().filter_map(|w| w.parse().ok()).collect();
    match numbers[..] {
        [total, used, free, ..] => Ok(DiskUsage { total: total * 1024, used: used * 1024, free: free * 1024 }),
        _ => Err(exc::new(&exc::OSError, "disk usage is not known")),
    }
}
pub fn copymode(src: &str, dst: &str) -> R<()> {
    let mode = done(fs::metadata(src), src)?.permissions().mode();
    done(fs::set_permissions(dst, fs::Permissions::from_mode(mode)), dst)
}
pub fn copystat(src: &str, dst: &str) -> R<()> {
    copymode(src, dst)?;
    let s = super::os::stat(src)?;
    utime(dst, Some((s.st_atime, s.st_mtime)))
}
pub fn glob_escape(p: &str) -> Str {
    let one = |c: char| if "*?[".contains(c) { format!("[{c}]") } else { c.to_string() };
    Str::from(p.chars().map(one).collect::<String>())
}
/// `fnmatch.translate(pattern)`.
pub fn fnmatch_translate(p: &str) -> Str {
    let c: Vec<char> = p.chars().collect();
    let mut parts: Vec<String> = Vec::new();
    let mut i = 0;
    while i < c.len() {
        let ch = c[i];
        i += 1;
        match ch {
            '*' if parts.last().is_some_and(|x| x == "*") => {}
            '*' => parts.push("*".to_string()),
            '?' => parts.push(".".to_string()),
            '[' => {
                let mut j = i + usize::from(c.get(i) == Some(&'!'));
                j += usize::from(c.get(j) == Some(&']'));
                while j < c.len() && c[j] != ']' {
                    j += 1;
                }
                if j >= c.len() {
                    parts.push("\\[".to_string());
                    continue;
                }
                let mut inside: String = c[i..j].iter().collect::<String>().replace('\\', "\\\\");
                i = j + 1;
                if let Some(rest) = inside.strip_prefix('!') {
                    inside = format!("^{rest}");
                } else if inside.starts_with(['^', '[']) {
                    inside = format!("\\{inside}");
                }
                parts.push(format!("[{inside}]"));
            }
            _ => parts.push(if ch.is_alphanumeric() || ch == '_' { ch.to_string() } else { format!("\\{ch}") }),
        }
    }
    let mut out = String::new();
    let (mut k, mut groups) = (0, 0);
    while k < parts.len() && parts[k] != "*" {
        out.push_str(&parts[k]);
        k += 1;
    }
    while k < parts.len() {
        k += 1;
        if k == parts.len() {
            out.push_str(".*");
            break;
        }
        let start = k;
        while k < parts.len() && parts[k] != "*" {
            k += 1;
        }
        let fixed = parts[start..k].concat();
        if k == parts.len() {
            out.push_str(&format!(".*{fixed}"));
        } else {
            out.push_str(&format!("(?>.*?{fixed})"));
            groups += 1;
        }
    }
    let _ = groups;
    Str::from(format!("(?s:{out})\\Z"))
}

macro_rules! plain {
    ($($t:ty: $name:literal;)*) => { $(
        impl PyRepr for $t {
            fn repr_into(&self, out: &mut String) { out.push_str($name) }
        }
        impl PyStr for $t {
            fn str_into(&self, out: &mut String) { out.push_str($name) }
        }
    )* };
}
plain! { Scan: "<posix.ScandirIterator object>"; Uname: "posix.uname_result(...)"; }
macro_rules! always_true {
    ($($t:ty),*) => { $(impl PyTruth for $t { fn truth(&self) -> bool { true } })* };
}
always_true!(Scan, Uname, TerminalSize, DiskUsage);
