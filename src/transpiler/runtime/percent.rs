//! needs: value, exc, int, float, pystr, traits, fmt_number, int_text, value_items, value_ops
//! `"..." % args`: printf-style formatting. Typed callers pass `args.to_value()`.
use super::exc::{self, R};
use super::fmt_number::{float_digits, place, FloatStyle};
use super::int::Int;
use super::pystr::Str;
use super::traits::{PyRepr, PyStr};
use super::value::Value;

#[derive(Default)]
struct Spec {
    key: Option<String>,
    left: bool,
    plus: bool,
    space: bool,
    zero: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
}

struct Arguments<'a> {
    mapping: Option<&'a Value>,
    items: Vec<Value>,
    next: usize,
    /// Fields were taken by name: the mapping is no argument itself.
    by_name: bool,
}

impl Arguments<'_> {
    fn take(&mut self) -> R<Value> {
        self.next += 1;
        match self.items.get(self.next - 1) {
            Some(v) if !self.by_name => Ok(v.clone()),
            _ => Err(exc::new(&exc::TypeError, "not enough arguments for format string")),
        }
    }
}

pub fn format(template: &Str, args: &Value) -> R<Str> {
    let mut given = Arguments {
        mapping: matches!(args, Value::Dict(_) | Value::Obj(_)).then_some(args),
        items: match args {
            Value::Tuple(t) => t.to_vec(),
            other => vec![other.clone()],
        },
        next: 0,
        by_name: false,
    };
    let chars: Vec<char> = template.as_str().chars().collect();
    let mut out = String::new();
    let mut i = 0;
    while i < chars.len() {
        if chars[i] != '%' {
            out.push(chars[i]);
            i += 1;
            continue;
        }
        i += 1;
        let spec = parse(&chars, &mut i, &mut given)?;
        let Some(&kind) = chars.get(i) else { return Err(exc::new(&exc::ValueError, "incomplete format")) };
        i += 1;
        if kind == '%' && chars[i - 2] == '%' {
            out.push('%');
            continue;
        }
        if !"diouxXeEfFgGcrsa".contains(kind) {
            let text = format!("unsupported format character '{kind}' (0x{:x}) at index {}", kind as u32, i - 1);
            return Err(exc::new(&exc::ValueError, text));
        }
        let value = match (&spec.key, given.mapping) {
            (Some(k), Some(m)) => {
                given.by_name = true;
                super::value_items::getitem(m, &Value::from(k.as_str()))?
            }
            (Some(_), None) => return Err(exc::new(&exc::TypeError, "format requires a mapping")),
            (None, _) => given.take()?,
        };
        out.push_str(&convert(kind, &spec, &value)?);
    }
    if given.mapping.is_none() && given.next < given.items.len() {
        return Err(exc::new(&exc::TypeError, "not all arguments converted during string formatting"));
    }
    Ok(Str::from(out))
}

fn parse(c: &[char], i: &mut usize, given: &mut Arguments) -> R<Spec> {
    let mut s = Spec::default();
    if c.get(*i) == Some(&'(') {
        let start = *i + 1;
        let mut depth = 1;
        *i = start;
        while depth > 0 {
            match c.get(*i) {
                Some('(') => depth += 1,
                Some(')') => depth -= 1,
                Some(_) => {}
                None => return Err(exc::new(&exc::ValueError, "incomplete format key")),
            }
            *i += 1;
        }
        s.key = Some(c[start..*i - 1].iter().collect());
    }
    loop {
        match c.get(*i) {
            Some('-') => s.left = true,
            Some('+') => s.plus = true,
            Some(' ') => s.space = true,
            Some('0') => s.zero = true,
            Some('#') => s.alternate = true,
            _ => break,
        }
        *i += 1;
    }
    match number(c, i, given)? {
        Some(w) if w < 0 => {
            s.left = true;
            s.width = w.unsigned_abs() as usize;
        }
        Some(w) => s.width = w as usize,
        None => {}
    }
    if c.get(*i) == Some(&'.') {
        *i += 1;
        s.precision = Some(number(c, i, given)?.unwrap_or(0).max(0) as usize);
    }
    while matches!(c.get(*i), Some('h' | 'l' | 'L')) {
        *i += 1;
    }
    Ok(s)
}

fn number(c: &[char], i: &mut usize, given: &mut Arguments) -> R<Option<i64>> {
    if c.get(*i) == Some(&'*') {
        *i += 1;
        return match given.take()? {
            Value::Int(v) => Ok(Some(v.index()?)),
            _ => Err(exc::new(&exc::TypeError, "* wants int")),
        };
    }
    let mut v = None;
    while let Some(d) = c.get(*i).and_then(|x| x.to_digit(10)) {
        v = Some(v.unwrap_or(0) * 10 + d as i64);
        *i += 1;
    }
    Ok(v)
}

fn convert(kind: char, s: &Spec, v: &Value) -> R<String> {
    if let Value::Obj(o) = v {
        // A member of an Enum of ints is its number where a number is wanted.
        if let Some(plain) = o.plain().filter(|_| !matches!(kind, 's' | 'r' | 'a')) {
            return convert(kind, s, &plain);
        }
    }
    match kind {
        's' => Ok(text(s, super::value_ops::to_str(v)?.as_str())),
        'r' => Ok(text(s, super::value_ops::repr(v)?.as_str())),
        'a' => Ok(text(s, ascii(v).as_str())),
        'c' => character(s, v),
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => integer(kind, s, v),
        _ => float(kind, s, v),
    }
}

fn text(s: &Spec, body: &str) -> String {
    let cut: String = match s.precision {
        Some(p) => body.chars().take(p).collect(),
        None => body.to_string(),
    };
    let n = cut.chars().count();
    place("", &cut, n, ' ', if s.left { '<' } else { '>' }, s.width)
}

fn character(s: &Spec, v: &Value) -> R<String> {
    let plain = Spec { left: s.left, width: s.width, ..Spec::default() };
    match v {
        Value::Str(x) if x.len() == 1 => Ok(text(&plain, x.as_str())),
        Value::Int(i) => match i.to_i64().and_then(|v| u32::try_from(v).ok()).and_then(char::from_u32) {
            Some(c) => Ok(text(&plain, &c.to_string())),
            None => Err(exc::new(&exc::OverflowError, "%c arg not in range(0x110000)")),
        },
        _ => Err(exc::new(&exc::TypeError, "%c requires int or char")),
    }
}

fn sign(s: &Spec, negative: bool) -> &'static str {
    match (negative, s.plus, s.space) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    }
}

fn numeric(s: &Spec, lead: &str, digits: &str, zero_pad: bool) -> String {
    let align = if s.left { '<' } else if zero_pad { '=' } else { '>' };
    place(lead, digits, lead.len() + digits.len(), if align == '=' { '0' } else { ' ' }, align, s.width)
}

fn integer(kind: char, s: &Spec, v: &Value) -> R<String> {
    let i = match v {
        Value::Int(i) => i.clone(),
        Value::Bool(b) => Int::from(*b),
        Value::Float(x) if "diu".contains(kind) => super::float::to_int(*x)?,
        Value::Float(_) => {
            return Err(exc::new(&exc::TypeError, format!("%{kind} format: an integer is required, not float")))
        }
        other => {
            let what = if "diu".contains(kind) { "a real number" } else { "an integer" };
            let text = format!("%{kind} format: {what} is required, not {}", other.type_name());
            return Err(exc::new(&exc::TypeError, text));
        }
    };
    let base = match kind {
        'o' => 8,
        'x' | 'X' => 16,
        _ => 10,
    };
    let mut digits = super::int_text::in_base(&i.abs(), base);
    if let Some(p) = s.precision {
        digits = format!("{}{digits}", "0".repeat(p.saturating_sub(digits.len())));
    }
    let prefix = match kind {
        'o' if s.alternate => "0o",
        'x' if s.alternate => "0x",
        'X' if s.alternate => "0X",
        _ => "",
    };
    if kind == 'X' {
        digits = digits.to_uppercase();
    }
    Ok(numeric(s, &format!("{}{prefix}", sign(s, i.is_negative())), &digits, s.zero))
}

fn float(kind: char, s: &Spec, v: &Value) -> R<String> {
    let x = match v {
        Value::Float(x) => *x,
        Value::Int(i) => i.to_f64()?,
        Value::Bool(b) => *b as i64 as f64,
        Value::Obj(o) if o.has("__float__") => return float(kind, s, &o.call_method("__float__", Vec::new())?),
        other => {
            return Err(exc::new(&exc::TypeError, format!("must be real number, not {}", other.type_name())))
        }
    };
    let style = match kind {
        'e' | 'E' => FloatStyle::Exponent,
        'f' | 'F' => FloatStyle::Fixed,
        _ => FloatStyle::General,
    };
    let mut digits = float_digits(x.abs(), style, s.precision.unwrap_or(6), s.alternate);
    if kind.is_ascii_uppercase() {
        digits = digits.to_uppercase();
    }
    Ok(numeric(s, sign(s, x.is_sign_negative() && !x.is_nan()), &digits, s.zero))
}

/// `ascii(x)`.
pub fn ascii(x: &(impl PyRepr + ?Sized)) -> Str {
    let mut out = String::new();
    for c in x.repr().as_str().chars() {
        match c as u32 {
            0..=0x7f => out.push(c),
            v @ 0x80..=0xff => out.push_str(&format!("\\x{v:02x}")),
            v @ 0x100..=0xffff => out.push_str(&format!("\\u{v:04x}")),
            v => out.push_str(&format!("\\U{v:08x}")),
        }
    }
    Str::from(out)
}

/// Joins already formatted parts; what the emitter makes of a literal template.
pub fn parts(items: &[&dyn PyStr]) -> Str {
    let mut out = String::new();
    items.iter().for_each(|x| x.str_into(&mut out));
    Str::from(out)
}
