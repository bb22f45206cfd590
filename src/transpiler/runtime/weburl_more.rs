//! needs: weburl, uuid, value, value_items, value_ops, pystr, exc, int, int_bits, bytes
//! `urlencode` of any mapping, joining and splitting of URLs (RFC 3986), UUIDs from bytes and ints.
use super::exc::{self, R};
use super::pystr::Str;
use super::uuid::Uuid;
use super::value::Value;
use super::weburl::{quote_plus, urlparse, ParseResult};

pub fn urlencode(query: &Value, doseq: bool) -> R<Str> {
    let pairs: Vec<(Value, Value)> = match query {
        Value::Dict(d) => d.items().into_iter().collect(),
        other => {
            let mut out = Vec::new();
            for pair in super::value_items::to_vec(other)? {
                let kv = super::value_items::unpack(&pair, 2)?;
                out.push((kv[0].clone(), kv[1].clone()));
            }
            out
        }
    };
    let text = |v: &Value| -> R<Str> {
        Ok(match v {
            Value::Bytes(b) => quote_plus(&String::from_utf8_lossy(b), ""),
            other => quote_plus(&super::value_ops::to_str(other)?, ""),
        })
    };
    let mut parts = Vec::new();
    for (k, v) in pairs {
        let key = text(&k)?;
        match &v {
            Value::List(_) | Value::Tuple(_) if doseq => {
                for one in super::value_items::to_vec(&v)? {
                    parts.push(format!("{key}={}", text(&one)?));
                }
            }
            _ => parts.push(format!("{key}={}", text(&v)?)),
        }
    }
    Ok(Str::from(parts.join("&")))
}

fn unsplit(p: &ParseResult) -> Str {
    p.geturl()
}
pub fn urlsplit(url: &str) -> ParseResult {
    let p = urlparse(url);
    if p.params.is_empty() {
        return ParseResult { split: true, ..p };
    }
    ParseResult { split: true, path: Str::from(format!("{};{}", p.path, p.params)), params: Str::lit(""), ..p }
}
pub fn urlunparse(parts: &[Str]) -> R<Str> {
    let [scheme, netloc, path, params, query, fragment] = parts else {
        let text = format!("not enough values to unpack (expected 6, got {})", parts.len());
        return Err(exc::new(&exc::ValueError, text));
    };
    let p = ParseResult {
        split: false,
        scheme: scheme.clone(),
        netloc: netloc.clone(),
        path: path.clone(),
        params: params.clone(),
        query: query.clone(),
        fragment: fragment.clone(),
    };
    Ok(unsplit(&p))
}
/// `urlunsplit(five parts)`.
pub fn urlunsplit(parts: &[Str]) -> R<Str> {
    let [scheme, netloc, path, query, fragment] = parts else {
        let text = format!("not enough values to unpack (expected 5, got {})", parts.len());
        return Err(exc::new(&exc::ValueError, text));
    };
    urlunparse(&[scheme.clone(), netloc.clone(), path.clone(), Str::lit(""), query.clone(), fragment.clone()])
}
pub fn urldefrag(url: &str) -> (Str, Str) {
    match url.split_once('#') {
        Some(_) => {
            let p = urlparse(url);
            let fragment = p.fragment.clone();
            (unsplit(&ParseResult { fragment: Str::lit(""), ..p }), fragment)
        }
        None => (Str::new(url), Str::lit("")),
    }
}
/// `urljoin(base, url)`.
pub fn urljoin(base: &str, url: &str) -> Str {
    if base.is_empty() {
        return Str::new(url);
    }
    if url.is_empty() {
        return Str::new(base);
    }
    let (b, mut u) = (urlparse(base), urlparse(url));
    if !u.scheme.is_empty() && u.scheme != b.scheme {
        return Str::new(url);
    }
    u.scheme = b.scheme.clone();
    if !u.netloc.is_empty() {
        return unsplit(&u);
    }
    u.netloc = b.netloc.clone();
    if u.path.is_empty() && u.params.is_empty() {
        u.path = b.path.clone();
        u.params = b.params.clone();
        if u.query.is_empty() {
            u.query = b.query.clone();
        }
        return unsplit(&u);
    }
    let mut base_parts: Vec<&str> = b.path.as_str().split('/').collect();
    if base_parts.last().is_some_and(|l| !l.is_empty()) {
        base_parts.pop();
    }
    let path = u.path.as_str().to_string();
    let segments: Vec<&str> = if path.starts_with('/') {
        path.split('/').collect()
    } else {
        let mut all: Vec<&str> = base_parts.iter().copied().chain(path.split('/')).collect();
        let n = all.len();
        if n > 2 {
            let middle: Vec<&str> = all[1..n - 1].iter().copied().filter(|s| !s.is_empty()).collect();
            all = [&[all[0]][..], &middle, &[all[n - 1]]].concat();
        }
        all
    };
    let mut out: Vec<&str> = Vec::new();
    for s in &segments {
        match *s {
            ".." => {
                out.pop();
            }
            "." => {}
            other => out.push(other),
        }
    }
    if matches!(segments.last(), Some(&"." | &"..")) {
        out.push("");
    }
    let joined = out.join("/");
    u.path = Str::from(if joined.is_empty() { "/".to_string() } else { joined });
    unsplit(&u)
}

pub fn uuid_of_bytes(b: &[u8]) -> R<Uuid> {
    match b.try_into() {
        Ok(all) => Ok(Uuid(all)),
        Err(_) => Err(exc::new(&exc::ValueError, "bytes is not a 16-char string")),
    }
}
pub fn uuid_of_int(v: &Value) -> R<Uuid> {
    let Value::Int(i) = v else {
        return Err(exc::new(&exc::TypeError, "int is not an int"));
    };
    match i.to_bytes(16, "big", false) {
        Ok(b) => uuid_of_bytes(&b),
        Err(_) => Err(exc::new(&exc::ValueError, "int is out of range (need a 128-bit value)")),
    }
}
