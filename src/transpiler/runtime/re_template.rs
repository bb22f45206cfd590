//! needs: exc, pystr, re_syntax, traits, strcase
//! Replacement templates of `re.sub`: `\1`, `\g<name>`, character escapes.
use super::exc::{self, R};
use super::pystr::Str;
use super::re_syntax::error_at;

enum Part {
    Text(String),
    Group(usize),
}

pub struct Template(Vec<Part>);

impl Template {
    pub fn parse(template: &Str, groups: usize, names: &[(Str, usize)]) -> R<Template> {
        let text = template.as_str();
        let c: Vec<char> = text.chars().collect();
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut i = 0;
        while i < c.len() {
            if c[i] != '\\' {
                plain.push(c[i]);
                i += 1;
                continue;
            }
            let start = i;
            let Some(&e) = c.get(i + 1) else { return Err(error_at("bad escape (end of pattern)", text, start)) };
            i += 2;
            let octal = |k: usize| c.get(k).and_then(|x| x.to_digit(8));
            let group = match e {
                'g' => Some((named(text, &c, &mut i, groups, names)?, start + 3)),
                '0' => {
                    let mut v = 0;
                    let mut n = 0;
                    while let Some(d) = octal(i).filter(|_| n < 2) {
                        v = v * 8 + d;
                        n += 1;
                        i += 1;
                    }
                    plain.push(char::from_u32(v).unwrap_or('\0'));
                    None
                }
                '1'..='9' => match (e.to_digit(8), octal(i), octal(i + 1)) {
                    (Some(a), Some(b), Some(d)) => {
                        let v = a * 64 + b * 8 + d;
                        if v > 0o377 {
                            let shown: String = c[start..i + 2].iter().collect();
                            let text_ = format!("octal escape value {shown} outside of range 0-0o377");
                            return Err(error_at(&text_, text, start));
                        }
                        i += 2;
                        plain.push(char::from_u32(v).unwrap_or('\0'));
                        None
                    }
                    _ => {
                        let mut n = e.to_digit(10).unwrap_or(0) as usize;
                        if let Some(d) = c.get(i).and_then(|x| x.to_digit(10)) {
                            n = n * 10 + d as usize;
                            i += 1;
                        }
                        Some((n, start + 1))
                    }
                },
                _ => {
                    match e {
                        'a' => plain.push('\x07'),
                        'b' => plain.push('\x08'),
                        'f' => plain.push('\x0c'),
                        'n' => plain.push('\n'),
                        'r' => plain.push('\r'),
                        't' => plain.push('\t'),
                        'v' => plain.push('\x0b'),
                        '\\' => plain.push('\\'),
                        _ if e.is_ascii_alphabetic() => return Err(error_at(&format!("bad escape \\{e}"), text, start)),
                        _ => plain.extend(['\\', e]),
                    }
                    None
                }
            };
            if let Some((g, at)) = group {
                if g > groups {
                    return Err(error_at(&format!("invalid group reference {g}"), text, at));
                }
                parts.push(Part::Text(std::mem::take(&mut plain)));
                parts.push(Part::Group(g));
            }
        }
        parts.push(Part::Text(plain));
        Ok(Template(parts))
    }

    pub fn expand(&self, group: impl Fn(usize) -> Option<Str>) -> Str {
        let mut out = String::new();
        for p in &self.0 {
            match p {
                Part::Text(t) => out.push_str(t),
                Part::Group(g) => out.push_str(group(*g).unwrap_or_default().as_str()),
            }
        }
        Str::from(out)
    }
}

/// `<name>` or `<number>` after `\g`.
fn named(text: &str, c: &[char], i: &mut usize, groups: usize, names: &[(Str, usize)]) -> R<usize> {
    if c.get(*i) != Some(&'<') {
        return Err(error_at("missing <", text, *i));
    }
    let start = *i + 1;
    let Some(end) = (start..c.len()).find(|&k| c[k] == '>') else {
        let what = if start == c.len() { "missing group name" } else { "missing >, unterminated name" };
        return Err(error_at(what, text, start));
    };
    *i = end + 1;
    let name: String = c[start..end].iter().collect();
    if name.is_empty() {
        return Err(error_at("missing group name", text, start));
    }
    if let Ok(n) = name.parse::<usize>() {
        if n > groups {
            return Err(error_at(&format!("invalid group reference {n}"), text, start));
        }
        return Ok(n);
    }
    let shown = Str::new(&name);
    if !shown.isidentifier() {
        let quoted = super::traits::PyRepr::repr(&shown);
        return Err(error_at(&format!("bad character in group name {quoted}"), text, start));
    }
    match names.iter().find(|n| n.0 == shown) {
        Some(n) => Ok(n.1),
        None => Err(exc::new(&exc::IndexError, format!("unknown group name {}", super::traits::PyRepr::repr(&shown)))),
    }
}
