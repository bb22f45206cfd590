//! needs: exc, pystr, out, dict, ospath, bytes, traits, value
//! `os`: files and folders, environment, process; with the copying parts of `shutil` and the makers of `tempfile`.
#![allow(non_upper_case_globals)]
use super::dict::Dict;
use super::exc::{self, Exc, R};
use super::out::os_error;
use super::pystr::Str;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

pub const sep: Str = Str::lit("/");
pub const linesep: Str = Str::lit("\n");
pub const name: Str = Str::lit("posix");
pub const pathsep: Str = Str::lit(":");
pub const curdir: Str = Str::lit(".");

fn done<T>(r: std::io::Result<T>, p: &str) -> R<T> {
    r.map_err(|e| os_error(&e, Some(p)))
}
fn errno(code: i32, p: &str) -> Exc {
    os_error(&std::io::Error::from_raw_os_error(code), Some(p))
}
fn two<T>(r: std::io::Result<T>, a: &str, b: &str) -> R<T> {
    r.map_err(|e| {
        let made = os_error(&e, Some(a));
        let mut args = made.args();
        args.extend([exc::Arg::None, b.into()]);
        made.set_args(args);
        made
    })
}

pub fn getcwd() -> Str {
    super::ospath::cwd()
}
pub fn chdir(p: &str) -> R<()> {
    done(std::env::set_current_dir(p), p)
}
pub fn listdir(p: &str) -> R<Vec<Str>> {
    done(fs::read_dir(p), p)?
        .map(|e| done(e, p).map(|e| Str::from(e.file_name().to_string_lossy().into_owned())))
        .collect()
}
pub fn mkdir(p: &str) -> R<()> {
    done(fs::create_dir(p), p)
}
pub fn makedirs(p: &str, exist_ok: bool) -> R<()> {
    if Path::new(p).is_dir() {
        return if exist_ok { Ok(()) } else { Err(errno(17, p)) };
    }
    done(fs::create_dir_all(p), p)
}
pub fn remove(p: &str) -> R<()> {
    done(fs::remove_file(p), p)
}
pub fn rmdir(p: &str) -> R<()> {
    done(fs::remove_dir(p), p)
}
pub fn rename(a: &str, b: &str) -> R<()> {
    two(fs::rename(a, b), a, b)
}
pub fn symlink(a: &str, b: &str) -> R<()> {
    two(std::os::unix::fs::symlink(a, b), a, b)
}
pub fn link(a: &str, b: &str) -> R<()> {
    two(fs::hard_link(a, b), a, b)
}
pub fn readlink(p: &str) -> R<Str> {
    Ok(Str::from(done(fs::read_link(p), p)?.to_string_lossy().into_owned()))
}
pub fn chmod(p: &str, mode: i64) -> R<()> {
    done(fs::set_permissions(p, fs::Permissions::from_mode(mode as u32)), p)
}

/// What programs use of `os.stat`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stat {
    pub st_mode: i64,
    pub st_size: i64,
    pub st_mtime: f64,
    pub st_atime: f64,
    pub st_ctime: f64,
    pub st_ino: i64,
    pub st_nlink: i64,
    pub st_uid: i64,
    pub st_gid: i64,
    pub st_dev: i64,
}
impl super::traits::PyTruth for Stat {
    fn truth(&self) -> bool {
        true
    }
}
pub fn stat(p: &str) -> R<Stat> {
    let m = done(fs::metadata(p), p)?;
    let at = |s: i64, ns: i64| s as f64 + ns as f64 / 1e9;
    Ok(Stat {
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
    })
}

/// `os.walk(top)`: (folder, folders in it, files in it), top first, in the order the system lists them.
pub fn walk(top: &str) -> Vec<(Str, Vec<Str>, Vec<Str>)> {
    let mut out = Vec::new();
    let Ok(entries) = fs::read_dir(top) else { return out };
    let (mut dirs, mut files) = (Vec::new(), Vec::new());
    for e in entries.flatten() {
        let n = Str::from(e.file_name().to_string_lossy().into_owned());
        if e.path().is_dir() { dirs.push(n) } else { files.push(n) }
    }
    out.push((Str::new(top), dirs.clone(), files));
    for d in dirs {
        let inner = super::ospath::join(top, &[d]);
        if !super::ospath::islink(&inner) {
            out.extend(walk(&inner));
        }
    }
    out
}

/// `os.environ.get(name)`, `os.getenv(name)`.
pub fn getenv(key: &str) -> Option<Str> {
    std::env::var_os(key).map(|v| Str::from(v.to_string_lossy().into_owned()))
}
/// `os.environ[name]`.
pub fn environ_item(key: &Str) -> R<Str> {
    getenv(key).ok_or_else(|| exc::key_error(key.clone()))
}
/// Changes the environment of this process. Programs with threads that read it at the same moment are on their own, as
/// they are in C.
pub fn setenv(key: &str, value: &str) {
    // SAFETY: translated programs run one thread at a time unless they use `threading`.
    unsafe { std::env::set_var(key, value) }
}
pub fn unsetenv(key: &str) {
    // SAFETY: as above.
    unsafe { std::env::remove_var(key) }
}
pub fn environ() -> Dict<Str, Str> {
    let text = |s: std::ffi::OsString| Str::from(s.to_string_lossy().into_owned());
    std::env::vars_os().map(|(k, v)| (text(k), text(v))).collect()
}
pub fn getpid() -> i64 {
    std::process::id() as i64
}
pub fn cpu_count() -> Option<i64> {
    std::thread::available_parallelism().ok().map(|n| n.get() as i64)
}
pub fn urandom(n: i64) -> R<super::bytes::Bytes> {
    let mut out = vec![0; n.max(0) as usize];
    let read = fs::File::open("/dev/urandom").and_then(|mut f| std::io::Read::read_exact(&mut f, &mut out));
    done(read, "/dev/urandom")?;
    Ok(super::bytes::Bytes::from(out))
}

fn target(src: &str, dst: &str) -> Str {
    if Path::new(dst).is_dir() {
        return super::ospath::join(dst, &[super::ospath::basename(src)]);
    }
    Str::new(dst)
}
/// `shutil.copy`, `copy2`, `copyfile`: the path written.
pub fn copy(src: &str, dst: &str) -> R<Str> {
    let to = target(src, dst);
    if Path::new(src).is_dir() {
        return Err(errno(21, src));
    }
    done(fs::metadata(src), src)?;
    done(fs::copy(src, &*to), &to)?;
    Ok(to)
}
/// `shutil.copy2`: times too.
pub fn copy2(src: &str, dst: &str) -> R<Str> {
    let to = copy(src, dst)?;
    let m = done(fs::metadata(src), src)?;
    if let (Ok(a), Ok(t), Ok(f)) = (m.accessed(), m.modified(), fs::File::options().write(true).open(&*to)) {
        let _ = f.set_times(fs::FileTimes::new().set_accessed(a).set_modified(t));
    }
    Ok(to)
}
pub fn copytree(src: &str, dst: &str, dirs_exist_ok: bool) -> R<Str> {
    let entries = listdir(src)?;
    makedirs(dst, dirs_exist_ok)?;
    for e in entries {
        let (from, to) = (super::ospath::join(src, &[e.clone()]), super::ospath::join(dst, &[e]));
        if Path::new(&*from).is_dir() {
            copytree(&from, &to, dirs_exist_ok)?;
        } else {
            copy2(&from, &to)?;
        }
    }
    Ok(Str::new(dst))
}
/// `shutil.move`.
pub fn move_(src: &str, dst: &str) -> R<Str> {
    let to = target(src, dst);
    if fs::rename(src, &*to).is_err() {
        if Path::new(src).is_dir() {
            copytree(src, &to, false)?;
            rmtree(src, false)?;
        } else {
            copy2(src, &to)?;
            remove(src)?;
        }
    }
    Ok(to)
}
pub fn rmtree(p: &str, ignore_errors: bool) -> R<()> {
    match fs::remove_dir_all(p) {
        Err(e) if !ignore_errors => Err(os_error(&e, Some(p))),
        _ => Ok(()),
    }
}
/// `shutil.which`.
pub fn which(cmd: &str) -> Option<Str> {
    let runs = |p: &str| fs::metadata(p).is_ok_and(|m| m.is_file() && m.mode() & 0o111 != 0);
    if cmd.contains('/') {
        return runs(cmd).then(|| Str::new(cmd));
    }
    let path = getenv("PATH")?;
    path.as_str().split(':').map(|d| super::ospath::join(d, &[Str::new(cmd)])).find(|p| runs(p))
}

pub fn gettempdir() -> Str {
    Str::from(std::env::temp_dir().to_string_lossy().trim_end_matches('/').to_string())
}
/// A fresh name in the temporary folder (or `dir`).
pub fn temp_name(suffix: &str, prefix: &str, dir: Option<&Str>) -> R<Str> {
    let base = dir.cloned().unwrap_or_else(gettempdir);
    loop {
        let random: String = urandom(8)?.iter().map(|b| b"abcdefghijklmnopqrstuvwxyz0123456789_"[*b as usize % 37] as char).collect();
        let p = super::ospath::join(&base, &[Str::from(format!("{prefix}{random}{suffix}"))]);
        if !super::ospath::lexists(&p) {
            return Ok(p);
        }
    }
}
/// `tempfile.mkdtemp(suffix, prefix, dir)`.
pub fn mkdtemp(suffix: &str, prefix: &str, dir: Option<&Str>) -> R<Str> {
    let p = temp_name(suffix, prefix, dir)?;
    mkdir(&p)?;
    chmod(&p, 0o700)?;
    Ok(p)
}

/// The text of a path argument: str, bytes or an object with `__fspath__`.
pub fn path_text(v: &super::value::Value) -> Str {
    use super::value::Value;
    match v {
        Value::Bytes(b) => Str::from(String::from_utf8_lossy(b).into_owned()),
        other => super::traits::PyStr::to_str(other),
    }
}
impl super::traits::PyRepr for Stat {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!(
            "os.stat_result(st_mode={}, st_ino={}, st_dev={}, st_nlink={}, st_uid={}, st_gid={}, st_size={}, st_atime={}, st_mtime={}, st_ctime={})",
            self.st_mode, self.st_ino, self.st_dev, self.st_nlink, self.st_uid, self.st_gid, self.st_size,
            self.st_atime as i64, self.st_mtime as i64, self.st_ctime as i64
        ));
    }
}
super::traits::str_is_repr!(Stat);
