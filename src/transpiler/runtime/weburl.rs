//! needs: exc, pystr, list, dict, codecs, traits, fmt
//! `urllib.parse` and `html`. Sources: RFC 3986; Python 3.11 library reference.
use super::exc::R;
use super::pystr::Str;

/// `quote(text, safe="/")`.
pub fn quote(s: &str, safe: &str) -> Str {
    let mut out = String::new();
    for b in s.bytes() {
        if b.is_ascii_alphanumeric() || b"_.-~".contains(&b) || (b.is_ascii() && safe.as_bytes().contains(&b)) {
            out.push(b as char);
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    Str::from(out)
}
pub fn quote_plus(s: &str, safe: &str) -> Str {
    if !s.contains(' ') {
        return quote(s, safe);
    }
    Str::from(quote(s, &format!("{safe} ")).as_str().replace(' ', "+"))
}
pub fn unquote(s: &str) -> R<Str> {
    let b = s.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while i < b.len() {
        let pair = b.get(i + 1..i + 3).filter(|p| b[i] == b'%' && p.iter().all(u8::is_ascii_hexdigit));
        match pair.and_then(|p| u8::from_str_radix(std::str::from_utf8(p).ok()?, 16).ok()) {
            Some(x) => {
                out.push(x);
                i += 3;
            }
            None => {
                out.push(b[i]);
                i += 1;
            }
        }
    }
    super::codecs::decode(&out, "utf-8", "replace")
}
pub fn unquote_plus(s: &str) -> R<Str> {
    unquote(&s.replace('+', " "))
}
/// `urlencode` of pairs of texts.
pub fn urlencode(pairs: &[(Str, Str)]) -> Str {
    let parts: Vec<String> = pairs.iter().map(|(k, v)| format!("{}={}", quote_plus(k, ""), quote_plus(v, ""))).collect();
    Str::from(parts.join("&"))
}
/// `parse_qsl(text, keep_blank_values)`.
pub fn parse_qsl(s: &str, keep_blank: bool) -> R<Vec<(Str, Str)>> {
    let mut out = Vec::new();
    for part in s.split('&').filter(|p| !p.is_empty()) {
        let (k, v) = match part.split_once('=') {
            Some(p) => p,
            None if keep_blank => (part, ""),
            None => continue,
        };
        if !v.is_empty() || keep_blank {
            out.push((unquote_plus(k)?, unquote_plus(v)?));
        }
    }
    Ok(out)
}

/// The six parts of `urlparse`, or the five of `urlsplit`.
#[derive(Clone, PartialEq)]
pub struct ParseResult {
    pub split: bool,
    pub scheme: Str,
    pub netloc: Str,
    pub path: Str,
    pub params: Str,
    pub query: Str,
    pub fragment: Str,
}
pub fn urlparse(url: &str) -> ParseResult {
    let mut rest = url.trim_matches(|c: char| c <= ' ');
    let mut scheme = String::new();
    if let Some(i) = rest.find(':') {
        let head = &rest[..i];
        let fine = head.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if fine && head.starts_with(|c: char| c.is_ascii_alphabetic()) {
            scheme = head.to_lowercase();
            rest = &rest[i + 1..];
        }
    }
    let mut netloc = "";
    if let Some(r) = rest.strip_prefix("//") {
        let end = r.find(['/', '?', '#']).unwrap_or(r.len());
        (netloc, rest) = r.split_at(end);
    }
    let (body, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = body.split_once('?').unwrap_or((body, ""));
    let last = path.rfind('/').unwrap_or(0);
    const WITH_PARAMS: &str = " ftp hdl prospero http https shttp rtsp rtspu sip sips mms sftp tel ";
    let has_params = scheme.is_empty() || WITH_PARAMS.contains(&format!(" {scheme} "));
    let (path, params) = match path[last..].find(';').filter(|_| has_params) {
        Some(i) => (&path[..last + i], &path[last + i + 1..]),
        None => (path, ""),
    };
    ParseResult {
        split: false, scheme: Str::from(scheme), netloc: netloc.into(), path: path.into(), params: params.into(), query: query.into(),
        fragment: fragment.into(),
    }
}
impl ParseResult {
    pub fn hostname(&self) -> Option<Str> {
        let host = self.netloc.as_str().rsplit('@').next().unwrap_or("");
        let host = match host.strip_prefix('[') {
            Some(six) => six.split(']').next().unwrap_or(""),
            None => host.split(':').next().unwrap_or(""),
        };
        (!host.is_empty()).then(|| Str::from(host.to_lowercase()))
    }
    pub fn port(&self) -> Option<i64> {
        let host = self.netloc.as_str().rsplit('@').next().unwrap_or("");
        host.rsplit_once(':').and_then(|(_, p)| p.parse().ok())
    }
    pub fn username(&self) -> Option<Str> {
        let (user, _) = self.netloc.as_str().rsplit_once('@')?;
        Some(Str::new(user.split(':').next().unwrap_or("")))
    }
    pub fn password(&self) -> Option<Str> {
        let (user, _) = self.netloc.as_str().rsplit_once('@')?;
        user.split_once(':').map(|p| Str::new(p.1))
    }
    pub fn geturl(&self) -> Str {
        let mut out = self.path.to_string();
        if !self.params.is_empty() {
            out.push_str(&format!(";{}", self.params));
        }
        const WITH_NETLOC: &str = " ftp http gopher nntp telnet imap wais file mms https shttp snews prospero rtsp rtspu rsync svn svn+ssh sftp nfs git git+ssh ws wss ";
        let wants = !self.scheme.is_empty() && WITH_NETLOC.contains(&format!(" {} ", self.scheme)) && !out.starts_with("//");
        if !self.netloc.is_empty() || wants {
            if !out.is_empty() && !out.starts_with('/') {
                out.insert(0, '/');
            }
            out = format!("//{}{out}", self.netloc);
        }
        if !self.scheme.is_empty() {
            out = format!("{}:{out}", self.scheme);
        }
        if !self.query.is_empty() {
            out.push_str(&format!("?{}", self.query));
        }
        if !self.fragment.is_empty() {
            out.push_str(&format!("#{}", self.fragment));
        }
        Str::from(out)
    }
}
impl super::traits::PyRepr for ParseResult {
    fn repr_into(&self, out: &mut String) {
        let parts: Vec<String> =
            self.named().iter().map(|(name, part)| format!("{name}={}", super::traits::PyRepr::repr(part))).collect();
        let name = if self.split { "SplitResult" } else { "ParseResult" };
        out.push_str(&format!("{name}({})", parts.join(", ")));
    }
}
super::traits::str_is_repr!(ParseResult);
impl super::traits::PyTruth for ParseResult {
    fn truth(&self) -> bool {
        true
    }
}

/// `html.escape(text, quote=True)`.
pub fn html_escape(s: &str, quotes: bool) -> Str {
    let mut out = s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if quotes {
        out = out.replace('"', "&quot;").replace('\'', "&#x27;");
    }
    Str::from(out)
}
/// `parse_qs`: all values of each name.
pub fn parse_qs(s: &str, keep_blank: bool) -> R<super::dict::Dict<Str, super::list::List<Str>>> {
    let out = super::dict::Dict::new();
    for (k, v) in parse_qsl(s, keep_blank)? {
        out.with_place_or(k, super::list::List::new, |l| l.append(v));
    }
    Ok(out)
}
impl ParseResult {
    /// The parts with their names, as a tuple has them.
    pub fn named(&self) -> Vec<(Str, Str)> {
        let names = ["scheme", "netloc", "path", "params", "query", "fragment"];
        let all = names.iter().zip(self.parts()).filter(|(n, _)| !self.split || **n != "params");
        all.map(|(n, p)| (Str::lit(n), p.clone())).collect()
    }
    pub fn shown_parts(&self) -> std::vec::IntoIter<Str> {
        self.named().into_iter().map(|(_, part)| part).collect::<Vec<_>>().into_iter()
    }
    pub fn len(&self) -> i64 {
        if self.split { 5 } else { 6 }
    }
    pub fn item(&self, index: i64) -> R<Str> {
        let all: Vec<Str> = self.shown_parts().collect();
        let at = if index < 0 { index + all.len() as i64 } else { index };
        usize::try_from(at).ok().and_then(|i| all.get(i).cloned()).ok_or_else(|| {
            super::exc::new(&super::exc::IndexError, "tuple index out of range")
        })
    }
    /// `_replace`.
    pub fn replace(&self, new: [Option<Str>; 6]) -> ParseResult {
        let old = self.parts().map(Str::clone);
        let [scheme, netloc, path, params, query, fragment] =
            std::array::from_fn(|i| new[i].clone().unwrap_or_else(|| old[i].clone()));
        ParseResult { split: self.split, scheme, netloc, path, params, query, fragment }
    }
    fn parts(&self) -> [&Str; 6] {
        [&self.scheme, &self.netloc, &self.path, &self.params, &self.query, &self.fragment]
    }
}
impl super::traits::PyHash for ParseResult {
    fn py_hash(&self) -> i64 {
        super::traits::hash_items(self.parts().iter().map(|p| super::traits::PyHash::py_hash(*p)))
    }
}
impl super::traits::PyOrd for ParseResult {
    const TOTAL: bool = true;
    fn py_lt(&self, other: &Self) -> R<bool> {
        Ok(self.parts() < other.parts())
    }
}
super::fmt::fmt_is_str!(ParseResult, "ParseResult");
