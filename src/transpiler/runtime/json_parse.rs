//! needs: exc, value, pystr, int, int_text, traits, dict, list, error_position
//! `json.loads` with CPython's messages and positions.
use super::dict::Dict;
use super::error_position::Position;
use super::exc::{self, Class, Exc, R};
use super::list::List;
use super::pystr::Str;
use super::value::Value;
use std::rc::Rc;

#[allow(non_upper_case_globals)]
pub static JSONDecodeError: Class = Class::new("JSONDecodeError", &exc::ValueError);

/// Callbacks of `loads`.
#[derive(Clone, Default)]
pub struct Hooks {
    pub object_hook: Option<Rc<dyn Fn(Value) -> R<Value>>>,
    pub object_pairs_hook: Option<Rc<dyn Fn(Value) -> R<Value>>>,
    pub parse_float: Option<Rc<dyn Fn(Str) -> R<Value>>>,
    pub parse_int: Option<Rc<dyn Fn(Str) -> R<Value>>>,
}

pub fn loads(text: &Str) -> R<Value> {
    loads_with(text, &Hooks::default())
}

pub fn loads_with(text: &Str, hooks: &Hooks) -> R<Value> {
    if text.as_str().starts_with('\u{feff}') {
        return Err(load_error("Unexpected UTF-8 BOM (decode using utf-8-sig)", text, 0));
    }
    let mut p = Reader { text, b: text.as_str().as_bytes(), at: 0, hooks, depth: 0 };
    p.blanks();
    let v = p.value()?;
    p.blanks();
    if p.at < p.b.len() {
        return Err(p.error("Extra data", p.at));
    }
    Ok(v)
}

/// `pos` counts code points.
pub fn load_error(msg: &str, doc: &Str, pos: i64) -> Exc {
    let before: Vec<char> = doc.as_str().chars().take(pos as usize).collect();
    let lineno = before.iter().filter(|c| **c == '\n').count() as i64 + 1;
    let colno = pos - before.iter().rposition(|c| *c == '\n').map_or(-1, |i| i as i64);
    let text = format!("{msg}: line {lineno} column {colno} (char {pos})");
    let fields = Position { msg: Str::new(msg), doc: doc.clone(), pos, lineno, colno };
    exc::new(&JSONDecodeError, text).with_payload(Rc::new(fields))
}

struct Reader<'a> {
    text: &'a Str,
    b: &'a [u8],
    at: usize,
    hooks: &'a Hooks,
    depth: usize,
}

impl Reader<'_> {
    #[cold]
    fn error(&self, msg: &str, byte: usize) -> Exc {
        let pos = self.text.as_str()[..byte.min(self.b.len())].chars().count() as i64;
        load_error(msg, self.text, pos)
    }
    fn peek(&self) -> Option<u8> {
        self.b.get(self.at).copied()
    }
    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }
    fn word(&mut self, w: &str) -> bool {
        let hit = self.b[self.at..].starts_with(w.as_bytes());
        if hit {
            self.at += w.len();
        }
        hit
    }

    fn value(&mut self) -> R<Value> {
        match self.peek() {
            Some(b'"') => Ok(Value::Str(self.string()?)),
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.word("null") => Ok(Value::None),
            _ if self.word("true") => Ok(Value::Bool(true)),
            _ if self.word("false") => Ok(Value::Bool(false)),
            _ if self.word("NaN") => Ok(Value::Float(f64::NAN)),
            _ if self.word("Infinity") => Ok(Value::Float(f64::INFINITY)),
            _ => Err(self.error("Expecting value", self.at)),
        }
    }

    fn nested(&mut self, f: fn(&mut Self) -> R<Value>) -> R<Value> {
        self.depth += 1;
        if self.depth > 990 {
            let text = "maximum recursion depth exceeded while decoding a JSON array from a unicode string";
            return Err(exc::new(&exc::RecursionError, text));
        }
        let v = f(self);
        self.depth -= 1;
        v
    }

    fn object(&mut self) -> R<Value> {
        self.at += 1;
        let mut pairs = Vec::new();
        self.blanks();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return self.finish(pairs);
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.error("Expecting property name enclosed in double quotes", self.at));
            }
            let key = self.string()?;
            self.blanks();
            if self.peek() != Some(b':') {
                return Err(self.error("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.blanks();
            let v = self.value()?;
            pairs.push((Value::Str(key), v));
            self.blanks();
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    return self.finish(pairs);
                }
                Some(b',') => self.at += 1,
                _ => return Err(self.error("Expecting ',' delimiter", self.at)),
            }
            self.blanks();
        }
    }

    fn finish(&self, pairs: Vec<(Value, Value)>) -> R<Value> {
        if let Some(hook) = &self.hooks.object_pairs_hook {
            return hook(Value::list(pairs.into_iter().map(|(k, v)| Value::tuple(vec![k, v])).collect()));
        }
        let made = Value::Dict(Dict::from(pairs));
        match &self.hooks.object_hook {
            Some(hook) => hook(made),
            None => Ok(made),
        }
    }

    fn array(&mut self) -> R<Value> {
        self.at += 1;
        let mut items = Vec::new();
        self.blanks();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(List::from(items)));
        }
        loop {
            items.push(self.value()?);
            self.blanks();
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::List(List::from(items)));
                }
                Some(b',') => self.at += 1,
                _ => return Err(self.error("Expecting ',' delimiter", self.at)),
            }
            self.blanks();
        }
    }

    fn number(&mut self) -> R<Value> {
        let start = self.at;
        if self.word("-Infinity") {
            return Ok(Value::Float(f64::NEG_INFINITY));
        }
        let digit = |b: &[u8], i: usize| b.get(i).is_some_and(u8::is_ascii_digit);
        let mut i = start + (self.b[start] == b'-') as usize;
        if !digit(self.b, i) {
            return Err(self.error("Expecting value", start));
        }
        if self.b[i] == b'0' {
            i += 1;
        } else {
            while digit(self.b, i) {
                i += 1;
            }
        }
        let mut whole = true;
        if self.b.get(i) == Some(&b'.') && digit(self.b, i + 1) {
            whole = false;
            i += 1;
            while digit(self.b, i) {
                i += 1;
            }
        }
        if matches!(self.b.get(i), Some(b'e' | b'E')) {
            let sign = matches!(self.b.get(i + 1), Some(b'+' | b'-')) as usize;
            if digit(self.b, i + 1 + sign) {
                whole = false;
                i += 1 + sign;
                while digit(self.b, i) {
                    i += 1;
                }
            }
        }
        self.at = i;
        let text = Str::new(&self.text.as_str()[start..i]);
        match (whole, &self.hooks.parse_int, &self.hooks.parse_float) {
            (true, Some(f), _) => f(text),
            (true, None, _) => Ok(Value::Int(super::int_text::parse(&text)?)),
            (false, _, Some(f)) => f(text),
            (false, _, None) => Ok(Value::Float(text.as_str().parse().unwrap_or(f64::NAN))),
        }
    }

    fn string(&mut self) -> R<Str> {
        let open = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            while self.peek().is_some_and(|c| c != b'"' && c != b'\\' && c >= 0x20) {
                self.at += 1;
            }
            let run = &self.text.as_str()[start..self.at];
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    if out.is_empty() {
                        return Ok(Str::new(run));
                    }
                    out.push_str(run);
                    return Ok(Str::from(out));
                }
                Some(b'\\') => {
                    out.push_str(run);
                    let c = self.escape(open)?;
                    out.push(c);
                }
                Some(_) => return Err(self.error("Invalid control character at", self.at)),
                None => return Err(self.error("Unterminated string starting at", open)),
            }
        }
    }

    fn escape(&mut self, open: usize) -> R<char> {
        let at = self.at;
        self.at += 2;
        Ok(match self.b.get(at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(at),
            Some(_) => return Err(self.error("Invalid \\escape", at)),
            None => return Err(self.error("Unterminated string starting at", open)),
        })
    }

    fn hex4(&self, at: usize) -> Option<u32> {
        let d = self.b.get(at..at + 4)?;
        if !d.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        u32::from_str_radix(std::str::from_utf8(d).ok()?, 16).ok()
    }

    fn unicode(&mut self, at: usize) -> R<char> {
        let first = self.hex4(at + 2).ok_or_else(|| self.error("Invalid \\uXXXX escape", at + 1))?;
        self.at = at + 6;
        if (0xd800..0xdc00).contains(&first) && self.b[self.at..].starts_with(b"\\u") {
            let Some(next) = self.hex4(self.at + 2) else { return Err(self.error("Invalid \\uXXXX escape", self.at + 1)) };
            if let Some(low) = Some(next).filter(|l| (0xdc00..0xe000).contains(l)) {
                self.at += 6;
                return Ok(char::from_u32(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00)).unwrap_or('\u{fffd}'));
            }
        }
        match char::from_u32(first) {
            Some(c) => Ok(c),
            None => Err(exc::new(&exc::ValueError, "unsupported: a lone surrogate in a JSON string")),
        }
    }
}
