//! needs: exc, value, pystr, int, int_text, float, set, dict
//! `ast.literal_eval`: Python literals as Values.
use super::dict::Dict;
use super::exc::{self, Exc, R};
use super::pystr::Str;
use super::set::Set;
use super::value::Value;

struct Reader {
    c: Vec<char>,
    at: usize,
}

pub fn literal_eval(text: &Str) -> R<Value> {
    let mut r = Reader { c: text.as_str().trim_matches([' ', '\t']).chars().collect(), at: 0 };
    let v = r.value()?;
    r.blanks();
    if r.at < r.c.len() {
        return Err(r.bad());
    }
    Ok(v)
}

impl Reader {
    /// Names and calls are syntax that literal_eval refuses; the rest is no Python.
    fn bad(&self) -> Exc {
        let operator = self.at > 0 && self.peek().is_some_and(|c| "*+-/%|&^<>=.".contains(c));
        let name = self.at > 0 && self.c.get(self.at - 1).is_some_and(|c| c.is_alphabetic() || *c == '_');
        if operator || name {
            return exc::new(&exc::ValueError, "malformed node or string on line 1");
        }
        exc::new(&exc::SyntaxError, "invalid syntax (<unknown>, line 1)")
    }
    fn peek(&self) -> Option<char> {
        self.c.get(self.at).copied()
    }
    fn blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }
    fn eat(&mut self, c: char) -> bool {
        self.blanks();
        let hit = self.peek() == Some(c);
        self.at += hit as usize;
        hit
    }

    fn value(&mut self) -> R<Value> {
        self.blanks();
        match self.peek().ok_or_else(|| self.bad())? {
            '[' => {
                self.at += 1;
                Ok(Value::list(self.items(']')?.0))
            }
            '(' => {
                self.at += 1;
                let (mut items, comma) = self.items(')')?;
                Ok(if items.len() == 1 && !comma { items.remove(0) } else { Value::tuple(items) })
            }
            '{' => self.braces(),
            '\'' | '"' => self.strings(),
            '-' | '+' | '0'..='9' | '.' => self.number(),
            _ => self.word(),
        }
    }

    /// Items up to a closing bracket, and whether a comma stood among them.
    fn items(&mut self, close: char) -> R<(Vec<Value>, bool)> {
        let mut out = Vec::new();
        let mut comma = false;
        while !self.eat(close) {
            if !out.is_empty() && !comma {
                return Err(self.bad());
            }
            out.push(self.value()?);
            let more = self.eat(',');
            if !more && !self.eat(close) {
                return Err(self.bad());
            }
            if !more {
                return Ok((out, comma));
            }
            comma = true;
        }
        Ok((out, comma))
    }

    fn braces(&mut self) -> R<Value> {
        self.at += 1;
        let d: Dict<Value, Value> = Dict::new();
        if self.eat('}') {
            return Ok(Value::Dict(d));
        }
        let first = self.value()?;
        if !self.eat(':') {
            let mut all = vec![first];
            if self.eat(',') {
                all.extend(self.items('}')?.0);
            } else if !self.eat('}') {
                return Err(self.bad());
            }
            let all: R<Vec<Value>> = all.into_iter().map(Value::hashable).collect();
            return Ok(Value::Set(Set::from_iter(all?)));
        }
        let mut key = first;
        loop {
            let v = self.value()?;
            d.set(key.hashable()?, v);
            let comma = self.eat(',');
            if self.eat('}') {
                return Ok(Value::Dict(d));
            }
            if !comma {
                return Err(self.bad());
            }
            key = self.value()?;
            if !self.eat(':') {
                return Err(self.bad());
            }
        }
    }

    fn number(&mut self) -> R<Value> {
        let sign = self.peek().filter(|c| matches!(c, '-' | '+'));
        self.at += sign.is_some() as usize;
        let start = self.at;
        while let Some(c) = self.peek() {
            let exponent = matches!(c, '-' | '+') && self.at > start && matches!(self.c[self.at - 1], 'e' | 'E');
            if !(c.is_ascii_alphanumeric() || c == '.' || c == '_' || exponent) {
                break;
            }
            self.at += 1;
        }
        let body: String = self.c[start..self.at].iter().collect();
        let hex = body.starts_with("0x") || body.starts_with("0X");
        let text = Str::from(body.clone());
        let negative = sign == Some('-');
        if !hex && body.contains(['.', 'e', 'E']) {
            let x = super::float::parse(&text).map_err(|_| self.bad())?;
            return Ok(Value::Float(if negative { -x } else { x }));
        }
        let i = super::int_text::parse_base(&text, 0).map_err(|_| self.bad())?;
        Ok(Value::Int(if negative { -i } else { i }))
    }

    fn word(&mut self) -> R<Value> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.at += 1;
        }
        let w: String = self.c[start..self.at].iter().collect();
        match (w.as_str(), self.peek()) {
            ("None", _) => Ok(Value::None),
            ("True", _) => Ok(Value::Bool(true)),
            ("False", _) => Ok(Value::Bool(false)),
            ("b" | "B", Some('\'' | '"')) => {
                let Value::Str(s) = self.strings()? else { return Err(self.bad()) };
                Ok(Value::Bytes(s.as_str().chars().map(|c| c as u8).collect()))
            }
            ("r" | "R", Some('\'' | '"')) => Ok(Value::Str(Str::from(self.one_string(true)?))),
            _ => Err(self.bad()),
        }
    }

    /// Adjacent strings are one.
    fn strings(&mut self) -> R<Value> {
        let mut out = String::new();
        while matches!(self.peek(), Some('\'' | '"')) {
            out.push_str(&self.one_string(false)?);
            self.blanks();
        }
        Ok(Value::Str(Str::from(out)))
    }

    fn one_string(&mut self, raw: bool) -> R<String> {
        let quote = self.c[self.at];
        let triple = self.c.get(self.at..self.at + 3).is_some_and(|q| q.iter().all(|c| *c == quote));
        let width = if triple { 3 } else { 1 };
        self.at += width;
        let mut out = String::new();
        loop {
            let c = self.peek().ok_or_else(|| self.bad())?;
            let closes = self.c.get(self.at..self.at + width).is_some_and(|q| q.iter().all(|c| *c == quote));
            if closes {
                self.at += width;
                return Ok(out);
            }
            self.at += 1;
            if c != '\\' || raw {
                out.push(c);
                continue;
            }
            self.escape(&mut out)?;
        }
    }

    fn escape(&mut self, out: &mut String) -> R<()> {
        let e = self.peek().ok_or_else(|| self.bad())?;
        self.at += 1;
        let size = match e {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if size > 0 {
            let digits: String = self.c.iter().skip(self.at).take(size).collect();
            self.at += size;
            let c = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
            out.push(c.ok_or_else(|| self.bad())?);
            return Ok(());
        }
        match e {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'a' => out.push('\x07'),
            'b' => out.push('\x08'),
            'f' => out.push('\x0c'),
            'v' => out.push('\x0b'),
            '0'..='7' => {
                let mut v = e.to_digit(8).unwrap_or(0);
                for _ in 0..2 {
                    let Some(d) = self.peek().and_then(|c| c.to_digit(8)) else { break };
                    v = v * 8 + d;
                    self.at += 1;
                }
                out.push(char::from_u32(v).unwrap_or('\0'));
            }
            '\n' => {}
            '\\' | '\'' | '"' => out.push(e),
            other => out.extend(['\\', other]),
        }
        Ok(())
    }
}
