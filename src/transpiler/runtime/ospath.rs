//! needs: exc, pystr, strm, out
//! `os.path` on POSIX: text operations, and questions to the file system.
use super::exc::R;
use super::out::os_error;
use super::pystr::Str;
use std::os::unix::fs::MetadataExt;

pub fn join(first: &str, rest: &[Str]) -> Str {
    let mut out = first.to_string();
    for p in rest {
        if p.as_str().starts_with('/') {
            out = p.to_string();
        } else {
            if !out.is_empty() && !out.ends_with('/') {
                out.push('/');
            }
            out.push_str(p);
        }
    }
    Str::from(out)
}
pub fn split(p: &str) -> (Str, Str) {
    let at = p.rfind('/').map_or(0, |i| i + 1);
    let (head, tail) = p.split_at(at);
    let trimmed = head.trim_end_matches('/');
    (Str::new(if trimmed.is_empty() { head } else { trimmed }), Str::new(tail))
}
pub fn basename(p: &str) -> Str {
    split(p).1
}
pub fn dirname(p: &str) -> Str {
    split(p).0
}
pub fn splitext(p: &str) -> (Str, Str) {
    let base = p.rfind('/').map_or(0, |i| i + 1);
    let name = &p[base..];
    let lead = name.len() - name.trim_start_matches('.').len();
    match name[lead..].rfind('.') {
        Some(dot) => (Str::new(&p[..base + lead + dot]), Str::new(&p[base + lead + dot..])),
        None => (Str::new(p), Str::lit("")),
    }
}
pub fn isabs(p: &str) -> bool {
    p.starts_with('/')
}
pub fn normpath(p: &str) -> Str {
    if p.is_empty() {
        return Str::lit(".");
    }
    let slashes = if p.starts_with("//") && !p.starts_with("///") { 2 } else { p.starts_with('/') as usize };
    let mut parts: Vec<&str> = Vec::new();
    for part in p.split('/') {
        match part {
            "" | "." => {}
            ".." if slashes > 0 && parts.is_empty() => {}
            ".." if parts.last().is_some_and(|l| *l != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let out = format!("{}{}", "/".repeat(slashes), parts.join("/"));
    Str::from(if out.is_empty() { ".".to_string() } else { out })
}
pub fn abspath(p: &str) -> Str {
    if isabs(p) {
        return normpath(p);
    }
    normpath(&join(&cwd(), &[Str::new(p)]))
}
pub fn cwd() -> Str {
    Str::from(std::env::current_dir().map_or(String::new(), |d| d.to_string_lossy().into_owned()))
}
pub fn realpath(p: &str) -> Str {
    match std::fs::canonicalize(p) {
        Ok(r) => Str::from(r.to_string_lossy().into_owned()),
        Err(_) => abspath(p),
    }
}
pub fn relpath(p: &str, start: &str) -> Str {
    let (a, b) = (abspath(start), abspath(p));
    let parts = |s: &Str| -> Vec<String> { s.as_str().split('/').filter(|x| !x.is_empty()).map(str::to_string).collect() };
    let (from, to) = (parts(&a), parts(&b));
    let same = from.iter().zip(&to).take_while(|(x, y)| x == y).count();
    let mut out: Vec<String> = vec!["..".to_string(); from.len() - same];
    out.extend_from_slice(&to[same..]);
    Str::from(if out.is_empty() { ".".to_string() } else { out.join("/") })
}
pub fn commonprefix(items: &[Str]) -> Str {
    let Some(first) = items.first() else { return Str::lit("") };
    let n = items.iter().fold(first.as_str().chars().count(), |n, s| {
        n.min(first.as_str().chars().zip(s.as_str().chars()).take_while(|(a, b)| a == b).count())
    });
    first.part(0, n)
}
pub fn expanduser(p: &str) -> Str {
    match (p.strip_prefix('~'), std::env::var("HOME")) {
        (Some(rest), Ok(home)) if rest.is_empty() || rest.starts_with('/') => {
            Str::from(format!("{}{rest}", home.trim_end_matches('/')))
        }
        _ => Str::new(p),
    }
}
/// `$name` and `${name}`; unknown ones stay.
pub fn expandvars(p: &str) -> Str {
    let mut out = String::new();
    let mut rest = p;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let (name, used) = match tail.strip_prefix('{') {
            Some(t) => t.find('}').map_or(("", 0), |e| (&t[..e], e + 2)),
            None => {
                let e = tail.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(tail.len());
                (&tail[..e], e)
            }
        };
        match std::env::var(name) {
            Ok(v) if !name.is_empty() => out.push_str(&v),
            _ => out.push_str(&rest[at..at + 1 + used]),
        }
        rest = &tail[used..];
    }
    out.push_str(rest);
    Str::from(out)
}

pub fn exists(p: &str) -> bool {
    std::path::Path::new(p).exists()
}
pub fn lexists(p: &str) -> bool {
    std::fs::symlink_metadata(p).is_ok()
}
pub fn isfile(p: &str) -> bool {
    std::path::Path::new(p).is_file()
}
pub fn isdir(p: &str) -> bool {
    std::path::Path::new(p).is_dir()
}
pub fn islink(p: &str) -> bool {
    std::fs::symlink_metadata(p).is_ok_and(|m| m.is_symlink())
}
fn meta(p: &str) -> R<std::fs::Metadata> {
    std::fs::metadata(p).map_err(|e| os_error(&e, Some(p)))
}
pub fn getsize(p: &str) -> R<i64> {
    Ok(meta(p)?.len() as i64)
}
pub fn getmtime(p: &str) -> R<f64> {
    let m = meta(p)?;
    Ok(m.mtime() as f64 + m.mtime_nsec() as f64 / 1e9)
}
pub fn getatime(p: &str) -> R<f64> {
    let m = meta(p)?;
    Ok(m.atime() as f64 + m.atime_nsec() as f64 / 1e9)
}
pub fn getctime(p: &str) -> R<f64> {
    let m = meta(p)?;
    Ok(m.ctime() as f64 + m.ctime_nsec() as f64 / 1e9)
}
pub fn samefile(a: &str, b: &str) -> R<bool> {
    let (x, y) = (meta(a)?, meta(b)?);
    Ok(x.ino() == y.ino() && x.dev() == y.dev())
}
