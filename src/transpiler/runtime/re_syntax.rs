//! needs: exc, pystr, traits, strcase, error_position
//! Regular expressions, reading: pattern text to a tree, with CPython's error messages and positions.
//! Source: Python 3.11 library reference, re (Regular Expression Syntax).
use super::exc::{self, Class, Exc, R};
use super::pystr::Str;

#[allow(non_upper_case_globals)]
pub static error: Class = Class::new("error", &exc::Exception);

pub const A: i64 = 256;
pub const I: i64 = 2;
pub const M: i64 = 8;
pub const S: i64 = 16;
pub const X: i64 = 64;
pub const U: i64 = 32;

#[derive(Clone, Debug, PartialEq)]
pub enum Class1 {
    Digit,
    Space,
    Word,
}

#[derive(Clone, Debug)]
pub enum SetItem {
    Range(char, char),
    Class { kind: Class1, negated: bool, ascii: bool },
}

#[derive(Clone, Debug, Default)]
pub struct Set {
    pub items: Vec<SetItem>,
    pub negated: bool,
    pub ignore_case: bool,
}

#[derive(Clone, Debug)]
pub enum Node {
    Empty,
    Char { c: char, ignore_case: bool },
    Any { newline: bool },
    Set(Set),
    Seq(Vec<Node>),
    Alt(Vec<Node>),
    Group { index: Option<usize>, body: Box<Node> },
    Repeat { body: Box<Node>, min: usize, max: usize, kind: RepeatKind },
    Atomic(Box<Node>),
    Look { body: Box<Node>, ahead: bool, negated: bool },
    Backref { group: usize, ignore_case: bool },
    Conditional { group: usize, yes: Box<Node>, no: Box<Node> },
    Start { multiline: bool },
    End { multiline: bool },
    TextStart,
    TextEnd,
    Boundary { negated: bool, ascii: bool },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RepeatKind {
    Greedy,
    Lazy,
    Possessive,
}

pub const UNBOUNDED: usize = usize::MAX;

pub struct Parsed {
    pub tree: Node,
    pub groups: usize,
    pub names: Vec<(Str, usize)>,
    pub flags: i64,
}

struct Reader<'a> {
    pattern: &'a str,
    c: Vec<char>,
    at: usize,
    groups: usize,
    open: Vec<usize>,
    /// Number of the first group inside the look-behind being read.
    behind: Option<usize>,
    /// Groups that conditions ask for, with their places: they may stand further on.
    asked: Vec<(usize, usize)>,
    names: Vec<(Str, usize)>,
    flags: i64,
}

pub fn error_at(msg: &str, pattern: &str, pos: usize) -> Exc {
    let before: Vec<char> = pattern.chars().take(pos).collect();
    let lineno = before.iter().filter(|c| **c == '\n').count() as i64 + 1;
    let colno = pos as i64 - before.iter().rposition(|c| *c == '\n').map_or(-1, |i| i as i64);
    let mut text = format!("{msg} at position {pos}");
    if pattern.contains('\n') {
        text.push_str(&format!(" (line {lineno}, column {colno})"));
    }
    let fields = super::error_position::Position { msg: Str::new(msg), doc: Str::new(pattern), pos: pos as i64, lineno, colno };
    exc::new(&error, text).with_payload(std::rc::Rc::new(fields))
}

pub fn parse(pattern: &str, flags: i64) -> R<Parsed> {
    let mut r = Reader {
        pattern,
        c: pattern.chars().collect(),
        at: 0,
        groups: 0,
        open: Vec::new(),
        behind: None,
        asked: Vec::new(),
        names: Vec::new(),
        flags,
    };
    let tree = r.alternatives(r.flags)?;
    if r.at < r.c.len() {
        return r.fail("unbalanced parenthesis", r.at);
    }
    if let Some(&(group, at)) = r.asked.iter().find(|a| a.0 > r.groups) {
        return r.fail(&format!("invalid group reference {group}"), at);
    }
    let flags = if r.flags & A == 0 { r.flags | U } else { r.flags };
    Ok(Parsed { tree, groups: r.groups, names: r.names, flags })
}

impl Reader<'_> {
    fn fail<T>(&self, msg: &str, pos: usize) -> R<T> {
        Err(error_at(msg, self.pattern, pos))
    }
    fn peek(&self) -> Option<char> {
        self.c.get(self.at).copied()
    }
    fn eat(&mut self, c: char) -> bool {
        let hit = self.peek() == Some(c);
        self.at += hit as usize;
        hit
    }

    fn alternatives(&mut self, flags: i64) -> R<Node> {
        let mut flags = flags;
        let mut all = vec![self.sequence(&mut flags)?];
        while self.eat('|') {
            all.push(self.sequence(&mut flags)?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Alt(all) })
    }

    fn sequence(&mut self, flags: &mut i64) -> R<Node> {
        let mut items: Vec<Node> = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let start = self.at;
            if *flags & X != 0 && (c.is_whitespace() || c == '#') {
                self.skip_comment(c);
                continue;
            }
            self.at += 1;
            let is_quantifier = matches!(c, '*' | '+' | '?') || (c == '{' && self.at_counts());
            if is_quantifier {
                self.at = start;
                self.quantifier(&mut items)?;
                continue;
            }
            if let Some(node) = self.item(c, start, flags)? {
                items.push(node);
            }
        }
        Ok(match items.len() {
            0 => Node::Empty,
            1 => items.remove(0),
            _ => Node::Seq(items),
        })
    }

    fn skip_comment(&mut self, c: char) {
        self.at += 1;
        while c == '#' && self.peek().is_some_and(|c| c != '\n') {
            self.at += 1;
        }
    }

    /// `{` starts counts (and not a literal brace).
    fn at_counts(&self) -> bool {
        let rest = &self.c[self.at..];
        let Some(end) = rest.iter().position(|c| *c == '}') else { return false };
        let body: String = rest[..end].iter().collect();
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        match body.split_once(',') {
            Some((a, b)) => digits(a) && digits(b),
            None => !body.is_empty() && digits(&body),
        }
    }

    fn quantifier(&mut self, items: &mut Vec<Node>) -> R<()> {
        let start = self.at;
        let c = self.c[start];
        self.at += 1;
        let (min, max) = match c {
            '*' => (0, UNBOUNDED),
            '+' => (1, UNBOUNDED),
            '?' => (0, 1),
            _ => self.counts(start)?,
        };
        let body = match items.pop() {
            None => return self.fail("nothing to repeat", start),
            Some(Node::Start { .. } | Node::End { .. } | Node::TextStart | Node::TextEnd | Node::Boundary { .. }) => {
                return self.fail("nothing to repeat", start);
            }
            Some(Node::Repeat { .. }) => return self.fail("multiple repeat", start),
            Some(Node::Atomic(b)) if matches!(*b, Node::Repeat { .. }) => return self.fail("multiple repeat", start),
            Some(b) => b,
        };
        let kind = if self.eat('?') {
            RepeatKind::Lazy
        } else if self.eat('+') {
            RepeatKind::Possessive
        } else {
            RepeatKind::Greedy
        };
        let repeat = Node::Repeat { body: Box::new(body), min, max, kind };
        items.push(if kind == RepeatKind::Possessive { Node::Atomic(Box::new(repeat)) } else { repeat });
        Ok(())
    }

    fn counts(&mut self, start: usize) -> R<(usize, usize)> {
        let end = (self.at..self.c.len()).find(|&i| self.c[i] == '}').unwrap_or(self.at);
        let body: String = self.c[self.at..end].iter().collect();
        self.at = end + 1;
        let number = |s: &str| s.parse::<usize>().ok();
        let (min, max) = match body.split_once(',') {
            Some((a, b)) => (number(a).unwrap_or(0), if b.is_empty() { UNBOUNDED } else { number(b).unwrap_or(UNBOUNDED) }),
            None => (number(&body).unwrap_or(0), number(&body).unwrap_or(0)),
        };
        if max < min {
            return self.fail("min repeat greater than max repeat", start + 1);
        }
        Ok((min, max))
    }

    /// One item other than a quantifier; None for what stands for nothing (comments, flags).
    fn item(&mut self, c: char, start: usize, flags: &mut i64) -> R<Option<Node>> {
        Ok(Some(match c {
            '.' => Node::Any { newline: *flags & S != 0 },
            '^' => Node::Start { multiline: *flags & M != 0 },
            '$' => Node::End { multiline: *flags & M != 0 },
            '[' => self.set(start, *flags)?,
            '(' => return self.group(start, flags),
            '\\' => self.escape(start, *flags)?,
            c => Node::Char { c, ignore_case: *flags & I != 0 },
        }))
    }

    fn group(&mut self, start: usize, flags: &mut i64) -> R<Option<Node>> {
        if !self.eat('?') {
            return self.capture(None, start, *flags).map(Some);
        }
        let Some(c) = self.peek() else { return self.fail("unexpected end of pattern", self.at) };
        self.at += 1;
        let body = match c {
            ':' => Node::Group { index: None, body: Box::new(self.body(start, *flags)?) },
            '=' | '!' => {
                let body = Box::new(self.body(start, *flags)?);
                Node::Look { body, ahead: true, negated: c == '!' }
            }
            '>' => {
                let body = Node::Atomic(Box::new(self.body(start, *flags)?));
                Node::Group { index: None, body: Box::new(body) }
            }
            '#' => {
                while let Some(c) = self.peek() {
                    self.at += 1;
                    if c == ')' {
                        return Ok(None);
                    }
                }
                return self.fail("missing ), unterminated comment", start);
            }
            '<' => {
                let Some(d) = self.peek() else { return self.fail("unexpected end of pattern", self.at) };
                if d != '=' && d != '!' {
                    return self.fail(&format!("unknown extension ?<{d}"), start + 1);
                }
                self.at += 1;
                let outer = self.behind;
                self.behind = outer.or(Some(self.groups + 1));
                let body = Box::new(self.body(start, *flags)?);
                self.behind = outer;
                Node::Look { body, ahead: false, negated: d == '!' }
            }
            'P' => return self.named(start, *flags).map(Some),
            '(' => self.conditional(start, *flags)?,
            _ if c == '-' || "aiLmsux".contains(c) => return self.inline_flags(c, start, flags),
            _ => return self.fail(&format!("unknown extension ?{c}"), start + 1),
        };
        Ok(Some(body))
    }

    /// What stands between the current place and the closing parenthesis.
    fn body(&mut self, start: usize, flags: i64) -> R<Node> {
        let body = self.alternatives(flags)?;
        if !self.eat(')') {
            return self.fail("missing ), unterminated subpattern", start);
        }
        Ok(body)
    }

    fn capture(&mut self, name: Option<(Str, usize)>, start: usize, flags: i64) -> R<Node> {
        self.groups += 1;
        let index = self.groups;
        if let Some((name, at)) = name {
            if let Some((_, old)) = self.names.iter().find(|n| n.0 == name) {
                let shown = super::traits::PyRepr::repr(&name);
                return self.fail(&format!("redefinition of group name {shown} as group {index}; was group {old}"), at);
            }
            self.names.push((name, index));
        }
        self.open.push(index);
        let body = Box::new(self.body(start, flags)?);
        self.open.pop();
        Ok(Node::Group { index: Some(index), body })
    }

    fn until(&mut self, close: char, what: &str) -> R<(Str, usize)> {
        let start = self.at;
        let Some(end) = (start..self.c.len()).find(|&i| self.c[i] == close) else {
            let missing = if start == self.c.len() { format!("missing {what}") } else { format!("missing {close}, unterminated name") };
            return self.fail(&missing, start);
        };
        self.at = end + 1;
        if end == start {
            return self.fail(&format!("missing {what}"), start);
        }
        Ok((Str::from(self.c[start..end].iter().collect::<String>()), start))
    }

    fn check_name(&self, name: &Str, at: usize) -> R<()> {
        if !name.isidentifier() {
            return self.fail(&format!("bad character in group name {}", super::traits::PyRepr::repr(name)), at);
        }
        Ok(())
    }

    fn named(&mut self, start: usize, flags: i64) -> R<Node> {
        match self.peek() {
            Some('<') => {
                self.at += 1;
                let (name, at) = self.until('>', "group name")?;
                self.check_name(&name, at)?;
                self.capture(Some((name, at)), start, flags)
            }
            Some('=') => {
                self.at += 1;
                let (name, at) = self.until(')', "group name")?;
                self.check_name(&name, at)?;
                let Some(&(_, group)) = self.names.iter().find(|n| n.0 == name) else {
                    return self.fail(&format!("unknown group name {}", super::traits::PyRepr::repr(&name)), at);
                };
                if self.open.contains(&group) {
                    return self.fail("cannot refer to an open group", at);
                }
                self.check_behind(group)?;
                Ok(Node::Backref { group, ignore_case: flags & I != 0 })
            }
            None => self.fail("unexpected end of pattern", self.at),
            Some(c) => self.fail(&format!("unknown extension ?P{c}"), start + 1),
        }
    }

    fn check_behind(&self, group: usize) -> R<()> {
        if self.behind.is_some_and(|first| group >= first) {
            return self.fail("cannot refer to group defined in the same lookbehind subpattern", self.at);
        }
        Ok(())
    }

    fn conditional(&mut self, start: usize, flags: i64) -> R<Node> {
        let (name, at) = self.until(')', "group name")?;
        let group = match name.parse::<usize>() {
            Ok(0) => return self.fail("bad group number", at),
            Ok(n) => n,
            Err(_) => {
                self.check_name(&name, at)?;
                match self.names.iter().find(|n| n.0 == name) {
                    Some(n) => n.1,
                    None => return self.fail(&format!("unknown group name {}", super::traits::PyRepr::repr(&name)), at),
                }
            }
        };
        self.asked.push((group, at));
        self.check_behind(group)?;
        let mut inner = flags;
        let yes = self.sequence(&mut inner)?;
        let no = if self.eat('|') { self.sequence(&mut inner)? } else { Node::Empty };
        if self.peek() == Some('|') {
            return self.fail("conditional backref with more than two branches", self.at);
        }
        if !self.eat(')') {
            return self.fail("missing ), unterminated subpattern", start);
        }
        Ok(Node::Conditional { group, yes: Box::new(yes), no: Box::new(no) })
    }

    fn inline_flags(&mut self, first: char, start: usize, flags: &mut i64) -> R<Option<Node>> {
        let (mut on, mut off, mut negative) = (0, 0, false);
        let mut c = first;
        loop {
            match c {
                '-' if !negative => negative = true,
                ')' if !negative => {
                    // flags of the whole expression
                    if start > 0 {
                        return self.fail("global flags not at the start of the expression", start);
                    }
                    self.flags |= on;
                    *flags |= on;
                    return Ok(None);
                }
                ':' => {
                    let body = self.body(start, (*flags | on) & !off)?;
                    return Ok(Some(Node::Group { index: None, body: Box::new(body) }));
                }
                _ => {
                    let bit = match c {
                        'a' => A,
                        'i' => I,
                        'L' => return self.fail("bad inline flags: cannot use 'L' flag with a str pattern", self.at),
                        'm' => M,
                        's' => S,
                        'u' => U,
                        'x' => X,
                        _ if c.is_alphabetic() => return self.fail("unknown flag", self.at - 1),
                        _ => return self.fail(if negative && off == 0 { "missing flag" } else if negative { "missing :" } else { "missing -, : or )" }, self.at - 1),
                    };
                    if negative { off |= bit } else { on |= bit }
                }
            }
            let Some(next) = self.peek() else {
                return self.fail(if negative { "missing flag" } else { "missing -, : or )" }, self.at);
            };
            c = next;
            self.at += 1;
        }
    }

    fn set(&mut self, start: usize, flags: i64) -> R<Node> {
        let mut set = Set { ignore_case: flags & I != 0, ..Set::default() };
        set.negated = self.eat('^');
        let first = self.at;
        loop {
            let Some(c) = self.peek() else { return self.fail("unterminated character set", start) };
            let at = self.at;
            if c == ']' && at > first {
                self.at += 1;
                return Ok(Node::Set(set));
            }
            let low = self.set_member(flags)?;
            if self.peek() == Some('-') && self.c.get(self.at + 1).is_some_and(|c| *c != ']') {
                self.at += 1;
                let high = self.set_member(flags)?;
                match (&low, &high) {
                    (SetItem::Range(a, _), SetItem::Range(b, _)) if a <= b => set.items.push(SetItem::Range(*a, *b)),
                    _ => {
                        let shown: String = self.c[at..self.at].iter().collect();
                        return self.fail(&format!("bad character range {shown}"), at);
                    }
                }
            } else if self.peek() == Some('-') && self.at + 1 >= self.c.len() {
                return self.fail("unterminated character set", start);
            } else {
                set.items.push(low);
            }
        }
    }

    fn set_member(&mut self, flags: i64) -> R<SetItem> {
        let at = self.at;
        let Some(c) = self.peek() else { return self.fail("unterminated character set", at) };
        self.at += 1;
        if c != '\\' {
            return Ok(SetItem::Range(c, c));
        }
        let Some(e) = self.peek() else { return self.fail("bad escape (end of pattern)", at) };
        self.at += 1;
        if let Some((kind, negated)) = class_of(e) {
            return Ok(SetItem::Class { kind, negated, ascii: flags & A != 0 });
        }
        let c = match e {
            'b' => '\x08',
            '0'..='7' => self.octal(e, 3, at)?,
            _ => match self.literal_escape(e, at)? {
                Some(c) => c,
                None => return self.fail(&format!("bad escape \\{e}"), at),
            },
        };
        Ok(SetItem::Range(c, c))
    }

    /// Octal digits after `\first`, `most` digits in all.
    fn octal(&mut self, first: char, most: usize, at: usize) -> R<char> {
        let mut v = first.to_digit(8).unwrap_or(0);
        let mut n = 1;
        while let Some(d) = self.peek().and_then(|c| c.to_digit(8)).filter(|_| n < most) {
            v = v * 8 + d;
            n += 1;
            self.at += 1;
        }
        if v > 0o377 {
            let shown: String = self.c[at..self.at].iter().collect();
            return self.fail(&format!("octal escape value {shown} outside of range 0-0o377"), at);
        }
        Ok(char::from_u32(v).unwrap_or('\0'))
    }

    /// Escapes that mean one character; None when `e` is no such letter.
    fn literal_escape(&mut self, e: char, at: usize) -> R<Option<char>> {
        Ok(Some(match e {
            'a' => '\x07',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            'x' | 'u' | 'U' => {
                let size = match e {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let end = (self.at..self.c.len().min(self.at + size)).take_while(|&i| self.c[i].is_ascii_hexdigit()).count();
                let digits: String = self.c[self.at..self.at + end].iter().collect();
                self.at += end;
                match u32::from_str_radix(&digits, 16).ok().filter(|_| end == size).and_then(char::from_u32) {
                    Some(c) => c,
                    None => return self.fail(&format!("incomplete escape \\{e}{digits}"), at),
                }
            }
            c if c.is_ascii_alphanumeric() => return Ok(None),
            c => c,
        }))
    }

    fn escape(&mut self, start: usize, flags: i64) -> R<Node> {
        let Some(e) = self.peek() else { return self.fail("bad escape (end of pattern)", start) };
        self.at += 1;
        let (ascii, ignore_case) = (flags & A != 0, flags & I != 0);
        if let Some((kind, negated)) = class_of(e) {
            let items = vec![SetItem::Class { kind, negated, ascii }];
            return Ok(Node::Set(Set { items, ..Set::default() }));
        }
        Ok(match e {
            'A' => Node::TextStart,
            'Z' => Node::TextEnd,
            'b' | 'B' => Node::Boundary { negated: e == 'B', ascii },
            '0' => {
                let c = self.octal(e, 3, start)?;
                Node::Char { c, ignore_case }
            }
            '1'..='9' => self.backreference(e, start, ignore_case)?,
            _ => match self.literal_escape(e, start)? {
                Some(c) => Node::Char { c, ignore_case },
                None => return self.fail(&format!("bad escape \\{e}"), start),
            },
        })
    }

    fn backreference(&mut self, first: char, start: usize, ignore_case: bool) -> R<Node> {
        let mut group = first.to_digit(10).unwrap_or(0) as usize;
        if let Some(d) = self.peek().and_then(|c| c.to_digit(10)) {
            let third = self.c.get(self.at + 1).is_some_and(|c| c.is_digit(8));
            if first.is_digit(8) && d < 8 && third {
                let c = self.octal(first, 3, start)?;
                return Ok(Node::Char { c, ignore_case });
            }
            group = group * 10 + d as usize;
            self.at += 1;
        }
        if group > self.groups {
            return self.fail(&format!("invalid group reference {group}"), start + 1);
        }
        if self.open.contains(&group) {
            return self.fail("cannot refer to an open group", start);
        }
        self.check_behind(group)?;
        Ok(Node::Backref { group, ignore_case })
    }
}

fn class_of(e: char) -> Option<(Class1, bool)> {
    Some(match e {
        'd' => (Class1::Digit, false),
        'D' => (Class1::Digit, true),
        's' => (Class1::Space, false),
        'S' => (Class1::Space, true),
        'w' => (Class1::Word, false),
        'W' => (Class1::Word, true),
        _ => return None,
    })
}

impl Node {
    /// (shortest, longest) match in characters.
    pub fn width(&self) -> (usize, usize) {
        match self {
            Node::Char { .. } | Node::Any { .. } | Node::Set(_) => (1, 1),
            Node::Seq(items) => items.iter().fold((0, 0), |(a, b), n| {
                let (x, y) = n.width();
                (a + x, b.saturating_add(y))
            }),
            Node::Alt(items) => items.iter().fold((UNBOUNDED, 0), |(a, b), n| {
                let (x, y) = n.width();
                (a.min(x), b.max(y))
            }),
            Node::Group { body, .. } | Node::Atomic(body) => body.width(),
            Node::Repeat { body, min, max, .. } => {
                let (x, y) = body.width();
                (x.saturating_mul(*min), if y == 0 { 0 } else { y.saturating_mul(*max) })
            }
            Node::Conditional { yes, no, .. } => {
                let ((a, b), (x, y)) = (yes.width(), no.width());
                (a.min(x), b.max(y))
            }
            Node::Backref { .. } => (0, UNBOUNDED),
            _ => (0, 0),
        }
    }
}
