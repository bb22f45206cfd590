//! needs: bytes, dict, exc, files, out, pystr, set, strm, traits, value, value_ops
//! `pprint`: values on lines that are no wider than asked for.
//! Source: Python 3.11 library reference, pprint; the layout follows what CPython prints.
use super::dict::Kind;
use super::exc::R;
use super::files::File;
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::cmp::Ordering;

#[derive(Clone, PartialEq)]
pub struct Printer {
    pub indent: i64,
    pub width: i64,
    pub depth: Option<i64>,
    pub compact: bool,
    pub sort_dicts: bool,
}

/// What is being written, and the columns around it.
#[derive(Clone, Copy)]
struct At {
    indent: i64,
    /// Columns that what follows on the line needs.
    allowance: i64,
    level: i64,
}
impl At {
    fn inside(self, indent: i64, allowance: i64) -> At {
        At { indent, allowance, ..self }
    }
}

fn width(text: &str) -> i64 {
    text.chars().count() as i64
}
fn break_at(indent: i64) -> String {
    format!("\n{}", " ".repeat(indent.max(0) as usize))
}
/// Keys that cannot be compared come in the order of their types' names.
fn key_order(a: &Value, b: &Value) -> Ordering {
    match (super::value_ops::lt(a, b), super::value_ops::lt(b, a)) {
        (Ok(true), _) => Ordering::Less,
        (Ok(false), Ok(true)) => Ordering::Greater,
        (Ok(false), _) => Ordering::Equal,
        (Err(_), _) => a.type_name().cmp(b.type_name()),
    }
}

impl Printer {
    pub fn text(&self, v: &Value) -> String {
        let mut out = String::new();
        self.write(v, At { indent: 0, allowance: 0, level: 0 }, &mut out);
        out
    }
    pub fn pformat(&self, v: &Value) -> Str {
        Str::from(self.text(v))
    }
    pub fn pprint(&self, v: &Value, to: Option<&File>) -> R<()> {
        let text = self.text(v) + "\n";
        match to {
            Some(file) => file.write(&Str::from(text)).map(|_| ()),
            None => {
                super::out::write(&text);
                Ok(())
            }
        }
    }
    fn pairs(&self, v: &Value) -> Vec<(Value, Value)> {
        let Value::Dict(d) = v else { return Vec::new() };
        let mut all: Vec<(Value, Value)> = d.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        if self.sort_dicts && matches!(d.kind(), Kind::Plain | Kind::Default(_)) {
            all.sort_by(|a, b| key_order(&a.0, &b.0));
        }
        if let Kind::Counted(order, _) = d.kind() {
            all.sort_by(|a, b| order(&b.1, &a.1));
        }
        all
    }
    /// The value on one line.
    fn line(&self, v: &Value, level: i64) -> String {
        let deep = self.depth.is_some_and(|d| level >= d);
        let join = |items: &[Value]| items.iter().map(|x| self.line(x, level + 1)).collect::<Vec<_>>().join(", ");
        match v {
            Value::Dict(d) if matches!(d.kind(), Kind::Plain) && d.len() > 0 => {
                if deep {
                    return "{...}".to_string();
                }
                let one = |(k, x): &(Value, Value)| format!("{}: {}", self.line(k, level + 1), self.line(x, level + 1));
                format!("{{{}}}", self.pairs(v).iter().map(one).collect::<Vec<_>>().join(", "))
            }
            Value::List(l) if l.len() > 0 => {
                if deep { "[...]".to_string() } else { format!("[{}]", join(&l.to_vec())) }
            }
            Value::Tuple(t) if t.py_len() > 0 => match (deep, t.py_len()) {
                (true, 1) => "(...,)".to_string(),
                (true, _) => "(...)".to_string(),
                (_, 1) => format!("({},)", join(t)),
                _ => format!("({})", join(t)),
            },
            _ => v.repr().to_string(),
        }
    }
    fn write(&self, v: &Value, at: At, out: &mut String) {
        let line = self.line(v, at.level);
        if width(&line) <= self.width - at.indent - at.allowance {
            return out.push_str(&line);
        }
        let at = At { level: at.level + 1, ..at };
        match v {
            Value::Dict(d) => match d.kind() {
                Kind::Plain => self.write_dict(v, at, out),
                Kind::Ordered if d.len() > 0 => {
                    out.push_str("OrderedDict(");
                    let items = self.pairs(v).into_iter().map(|(k, x)| Value::tuple(vec![k, x])).collect();
                    self.write(&Value::list(items), at.inside(at.indent + 12, at.allowance + 1), out);
                    out.push(')');
                }
                Kind::Default(f) => {
                    let indent = at.indent + 12;
                    out.push_str(&format!("defaultdict({},{}", f.shown, break_at(indent)));
                    self.write_dict(v, at.inside(indent, at.allowance + 1), out);
                    out.push(')');
                }
                Kind::Counted(..) if d.len() > 0 => {
                    out.push_str("Counter(");
                    self.write_dict(v, at.inside(at.indent + 8, at.allowance + 1), out);
                    out.push(')');
                }
                Kind::Ordered | Kind::Counted(..) => out.push_str(&line),
            },
            Value::List(l) => {
                out.push('[');
                self.write_items(&l.to_vec(), at.inside(at.indent, at.allowance + 1), out);
                out.push(']');
            }
            Value::Tuple(t) => {
                let end = if t.py_len() == 1 { ",)" } else { ")" };
                out.push('(');
                self.write_items(t, at.inside(at.indent, at.allowance + end.len() as i64), out);
                out.push_str(end);
            }
            Value::Set(s) if s.len() > 0 => self.write_set(s.iter().collect(), "{", "}", at, out),
            Value::FrozenSet(s) if s.len() > 0 => {
                let at = at.inside(at.indent + 10, at.allowance);
                self.write_set(s.iter().collect(), "frozenset({", "})", at, out);
            }
            Value::Str(s) if !s.is_empty() => self.write_str(s, at, out),
            Value::Bytes(b) if b.len() > 4 => self.write_bytes(b, at, out),
            Value::Obj(o) => match o.fields() {
                Some(fields) => self.write_fields(o.class().name, &fields, at, out),
                None => out.push_str(&line),
            },
            _ => out.push_str(&line),
        }
    }
    fn push_indent(&self, out: &mut String) {
        (1..self.indent).for_each(|_| out.push(' '));
    }
    fn write_dict(&self, v: &Value, at: At, out: &mut String) {
        out.push('{');
        self.push_indent(out);
        let pairs = self.pairs(v);
        let indent = at.indent + self.indent;
        for (i, (key, x)) in pairs.iter().enumerate() {
            if i > 0 {
                out.push(',');
                out.push_str(&break_at(indent));
            }
            let shown = self.line(key, at.level);
            out.push_str(&shown);
            out.push_str(": ");
            let last = i + 1 == pairs.len();
            self.write(x, at.inside(indent + width(&shown) + 2, if last { at.allowance + 1 } else { 1 }), out);
        }
        out.push('}');
    }
    fn write_set(&self, mut items: Vec<Value>, begin: &str, end: &str, at: At, out: &mut String) {
        out.push_str(begin);
        items.sort_by(key_order);
        self.write_items(&items, at.inside(at.indent, at.allowance + end.len() as i64), out);
        out.push_str(end);
    }
    fn write_items(&self, items: &[Value], at: At, out: &mut String) {
        let indent = at.indent + self.indent;
        self.push_indent(out);
        let mut most = self.width - indent + 1;
        let mut left = most;
        let mut between = String::new();
        for (i, x) in items.iter().enumerate() {
            let last = i + 1 == items.len();
            if last {
                most -= at.allowance;
                left -= at.allowance;
            }
            if self.compact {
                let line = self.line(x, at.level);
                let need = width(&line) + 2;
                if left < need {
                    left = most;
                    if !between.is_empty() {
                        between = format!(",{}", break_at(indent));
                    }
                }
                if left >= need {
                    left -= need;
                    out.push_str(&between);
                    between = ", ".to_string();
                    out.push_str(&line);
                    continue;
                }
            }
            out.push_str(&between);
            between = format!(",{}", break_at(indent));
            self.write(x, at.inside(indent, if last { at.allowance } else { 1 }), out);
        }
    }
    fn write_fields(&self, class: &str, fields: &[(&'static str, Value)], at: At, out: &mut String) {
        out.push_str(&format!("{class}("));
        let indent = at.indent + width(class) + 1;
        for (i, (name, x)) in fields.iter().enumerate() {
            if i > 0 {
                out.push(',');
                out.push_str(&break_at(indent));
            }
            out.push_str(&format!("{name}="));
            let last = i + 1 == fields.len();
            self.write(x, at.inside(indent + width(name) + 1, if last { at.allowance } else { 1 }), out);
        }
        out.push(')');
    }
    /// A text in pieces that end at white space.
    fn write_str(&self, s: &Str, at: At, out: &mut String) {
        let outer = at.level == 1;
        let (indent, allowance) = if outer { (at.indent + 1, at.allowance + 1) } else { (at.indent, at.allowance) };
        let most = self.width - indent;
        let lines = s.splitlines(true);
        let mut chunks: Vec<String> = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let last = i + 1 == lines.len();
            let whole = line.repr().to_string();
            if width(&whole) <= most - if last { allowance } else { 0 } {
                chunks.push(whole);
                continue;
            }
            let parts = words(line);
            let mut current = String::new();
            for (j, part) in parts.iter().enumerate() {
                let candidate = format!("{current}{part}");
                let end = j + 1 == parts.len() && last;
                if width(&Str::new(&candidate).repr()) > most - if end { allowance } else { 0 } {
                    if !current.is_empty() {
                        chunks.push(Str::new(&current).repr().to_string());
                    }
                    current = part.to_string();
                } else {
                    current = candidate;
                }
            }
            if !current.is_empty() {
                chunks.push(Str::new(&current).repr().to_string());
            }
        }
        if let [only] = &chunks[..] {
            return out.push_str(only);
        }
        let text = chunks.join(&break_at(indent));
        out.push_str(&if outer { format!("({text})") } else { text });
    }
    fn write_bytes(&self, b: &[u8], at: At, out: &mut String) {
        let outer = at.level == 1;
        let (indent, allowance) = if outer { (at.indent + 1, at.allowance + 1) } else { (at.indent, at.allowance) };
        let repr = |b: &[u8]| {
            let mut text = String::new();
            super::bytes::repr_into(b, &mut text);
            text
        };
        let (mut most, mut current, mut chunks): (i64, Vec<u8>, Vec<String>) = (self.width - indent, Vec::new(), Vec::new());
        let last = b.len() / 4 * 4;
        for (i, part) in b.chunks(4).enumerate() {
            let candidate = [&current[..], part].concat();
            if i * 4 == last {
                most -= allowance;
            }
            if width(&repr(&candidate)) > most {
                if !current.is_empty() {
                    chunks.push(repr(&current));
                }
                current = part.to_vec();
            } else {
                current = candidate;
            }
        }
        if !current.is_empty() {
            chunks.push(repr(&current));
        }
        let text = chunks.join(&break_at(indent));
        out.push_str(&if outer { format!("({text})") } else { text });
    }
}

/// Words with the white space behind them.
fn words(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let end = rest[word..].find(|c: char| !c.is_whitespace()).map_or(rest.len(), |n| word + n);
        out.push(&rest[..end]);
        rest = &rest[end..];
    }
    out
}
impl PyRepr for Printer {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<pprint.PrettyPrinter object>");
    }
}
str_is_repr!(Printer);
impl PyTruth for Printer {
    fn truth(&self) -> bool {
        true
    }
}
