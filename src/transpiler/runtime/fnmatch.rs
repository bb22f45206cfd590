//! needs: pystr
//! `fnmatch` and the name patterns of `glob`.
use super::pystr::Str;

/// Case counts. `*`, `?`, `[seq]`, `[!seq]`.
pub fn matches(name: &str, pattern: &str) -> bool {
    let (n, p): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    go(&n, &p)
}

fn go(n: &[char], p: &[char]) -> bool {
    let Some(&first) = p.first() else { return n.is_empty() };
    match first {
        '*' => (0..=n.len()).any(|k| go(&n[k..], &p[1..])),
        '?' => !n.is_empty() && go(&n[1..], &p[1..]),
        '[' => match set_end(p) {
            Some(end) => n.first().is_some_and(|c| in_set(*c, &p[1..end])) && go(&n[1..], &p[end + 1..]),
            None => n.first() == Some(&'[') && go(&n[1..], &p[1..]),
        },
        c => n.first() == Some(&c) && go(&n[1..], &p[1..]),
    }
}

/// Position of the closing bracket.
fn set_end(p: &[char]) -> Option<usize> {
    let mut i = 1;
    if p.get(i) == Some(&'!') {
        i += 1;
    }
    if p.get(i) == Some(&']') {
        i += 1;
    }
    (i..p.len()).find(|&k| p[k] == ']')
}

fn in_set(c: char, set: &[char]) -> bool {
    let negated = set.first() == Some(&'!');
    let set = if negated { &set[1..] } else { set };
    let mut hit = false;
    let mut i = 0;
    while i < set.len() {
        if i + 2 < set.len() && set[i + 1] == '-' {
            hit |= set[i] <= c && c <= set[i + 2];
            i += 3;
        } else {
            hit |= set[i] == c;
            i += 1;
        }
    }
    hit != negated
}

pub fn filter(names: impl IntoIterator<Item = Str>, pattern: &str) -> Vec<Str> {
    names.into_iter().filter(|n| matches(n, pattern)).collect()
}

/// `glob.glob(pattern, recursive=..)`.
pub fn glob(pattern: &str, recursive: bool) -> Vec<Str> {
    let magic = |s: &str| s.contains(['*', '?', '[']);
    let absolute = pattern.starts_with('/');
    let mut found: Vec<String> = vec![if absolute { "/".to_string() } else { String::new() }];
    for part in pattern.split('/').filter(|p| !p.is_empty()) {
        let mut next = Vec::new();
        for base in &found {
            let joined = |n: &str| if base.is_empty() || base.ends_with('/') { format!("{base}{n}") } else { format!("{base}/{n}") };
            if recursive && part == "**" {
                next.push(base.clone());
                folders(base, &mut next);
            } else if !magic(part) {
                let p = joined(part);
                if std::fs::symlink_metadata(&p).is_ok() {
                    next.push(p);
                }
            } else {
                for n in names(base) {
                    if (!n.starts_with('.') || part.starts_with('.')) && matches(&n, part) {
                        next.push(joined(&n));
                    }
                }
            }
        }
        found = next;
    }
    found.into_iter().filter(|p| !p.is_empty()).map(Str::from).collect()
}

fn names(dir: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(if dir.is_empty() { "." } else { dir }) else { return Vec::new() };
    entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}

fn folders(base: &str, out: &mut Vec<String>) {
    for n in names(base).into_iter().filter(|n| !n.starts_with('.')) {
        let p = if base.is_empty() || base.ends_with('/') { format!("{base}{n}") } else { format!("{base}/{n}") };
        if std::path::Path::new(&p).is_dir() {
            out.push(p.clone());
            folders(&p, out);
        }
    }
}
