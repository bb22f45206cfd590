//! needs: exc, value, types, pystr, int, int_text, traits, dict, list, json_parse, float, seq, value_items
//! `json.dumps`; reading is in `json_parse`.
//! Source: Python 3.11 library reference, json; RFC 8259.
pub use super::json_parse::{load_error, loads, loads_with, Hooks, JSONDecodeError};
use super::exc::{self, R};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::rc::Rc;

/// Keyword arguments of `dumps`.
#[derive(Clone)]
pub struct Options {
    pub skipkeys: bool,
    pub ensure_ascii: bool,
    pub allow_nan: bool,
    /// The text of one level (`indent=2` is two spaces).
    pub indent: Option<Str>,
    pub separators: Option<(Str, Str)>,
    pub default: Option<Rc<dyn Fn(Value) -> R<Value>>>,
    pub sort_keys: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            skipkeys: false,
            ensure_ascii: true,
            allow_nan: true,
            indent: None,
            separators: None,
            default: None,
            sort_keys: false,
        }
    }
}

/// `indent=n`.
pub fn spaces(n: i64) -> Option<Str> {
    Some(Str::lit(" ").repeat(n))
}

struct Writer<'a> {
    o: &'a Options,
    item: Str,
    colon: Str,
    out: String,
    open: Vec<i64>,
}

pub fn dumps(v: &Value, o: &Options) -> R<Str> {
    let (item, colon) = o.separators.clone().unwrap_or_else(|| {
        (if o.indent.is_some() { Str::lit(",") } else { Str::lit(", ") }, Str::lit(": "))
    });
    let mut w = Writer { o, item, colon, out: String::new(), open: Vec::new() };
    w.value(v)?;
    Ok(Str::from(w.out))
}

impl Writer<'_> {
    fn value(&mut self, v: &Value) -> R<()> {
        match v {
            Value::None => self.out.push_str("null"),
            Value::Bool(b) => self.out.push_str(if *b { "true" } else { "false" }),
            Value::Int(i) => i.repr_into(&mut self.out),
            Value::Float(x) => {
                let text = self.float(*x)?;
                self.out.push_str(&text);
            }
            Value::Str(s) => quote(s, self.o.ensure_ascii, &mut self.out),
            Value::List(l) => {
                let items = l.to_vec();
                self.entered(l.id(), |w| w.items(&items))?;
            }
            Value::Tuple(t) => self.items(t)?,
            Value::Dict(d) => self.entered(d.id(), |w| w.members(d.items().into_iter().collect()))?,
            Value::Obj(o) if o.plain().is_some() => self.value(&o.plain().unwrap_or_default())?,
            other => match &self.o.default {
                Some(f) => {
                    let replaced = f(other.clone())?;
                    self.value(&replaced)?;
                }
                None => {
                    let text = format!("Object of type {} is not JSON serializable", other.type_name());
                    return Err(exc::new(&exc::TypeError, text));
                }
            },
        }
        Ok(())
    }

    fn float(&self, x: f64) -> R<String> {
        if !x.is_finite() && !self.o.allow_nan {
            return Err(exc::new(&exc::ValueError, "Out of range float values are not JSON compliant"));
        }
        Ok(match x {
            _ if x.is_nan() => "NaN".to_string(),
            f64::INFINITY => "Infinity".to_string(),
            f64::NEG_INFINITY => "-Infinity".to_string(),
            _ => x.repr().to_string(),
        })
    }

    fn entered(&mut self, id: i64, f: impl FnOnce(&mut Self) -> R<()>) -> R<()> {
        if self.open.contains(&id) {
            return Err(exc::new(&exc::ValueError, "Circular reference detected"));
        }
        self.open.push(id);
        f(self)?;
        self.open.pop();
        Ok(())
    }

    fn newline(&mut self, less: usize, depth: usize) {
        if let Some(indent) = &self.o.indent {
            self.out.push('\n');
            (0..depth - less).for_each(|_| self.out.push_str(indent));
        }
    }

    fn items(&mut self, items: &[Value]) -> R<()> {
        if items.is_empty() {
            self.out.push_str("[]");
            return Ok(());
        }
        // depth counts containers of all kinds; tuples have no identity and are counted here too
        self.open.push(-1);
        let depth = self.depth();
        self.out.push('[');
        for (i, v) in items.iter().enumerate() {
            if i > 0 {
                self.out.push_str(&self.item.clone());
            }
            self.newline(0, depth);
            self.value(v)?;
        }
        self.newline(1, depth);
        self.out.push(']');
        self.open.pop();
        Ok(())
    }

    fn depth(&self) -> usize {
        self.open.iter().filter(|id| **id == -1).count()
    }

    fn members(&mut self, mut pairs: Vec<(Value, Value)>) -> R<()> {
        if pairs.is_empty() {
            self.out.push_str("{}");
            return Ok(());
        }
        if self.o.sort_keys {
            super::seq::sort_key(&mut pairs, |p| Ok(p.0.clone()), false)?;
        }
        self.open.push(-1);
        let depth = self.depth();
        self.out.push('{');
        let mut first = true;
        for (k, v) in &pairs {
            let Some(key) = self.key(k)? else { continue };
            if !first {
                self.out.push_str(&self.item.clone());
            }
            first = false;
            self.newline(0, depth);
            quote(&key, self.o.ensure_ascii, &mut self.out);
            self.out.push_str(&self.colon.clone());
            self.value(v)?;
        }
        self.newline(1, depth);
        self.out.push('}');
        self.open.pop();
        Ok(())
    }

    /// None: skipped.
    fn key(&self, k: &Value) -> R<Option<Str>> {
        Ok(Some(match k {
            Value::Str(s) => s.clone(),
            Value::Int(i) => i.repr(),
            Value::Bool(b) => Str::lit(if *b { "true" } else { "false" }),
            Value::None => Str::lit("null"),
            Value::Float(x) => Str::from(self.float(*x)?),
            Value::Obj(o) if o.plain().is_some() => return self.key(&o.plain().unwrap_or_default()),
            _ if self.o.skipkeys => return Ok(None),
            other => {
                let text = format!("keys must be str, int, float, bool or None, not {}", other.type_name());
                return Err(exc::new(&exc::TypeError, text));
            }
        }))
    }
}

/// A JSON string.
pub fn quote(s: &str, ascii: bool, out: &mut String) {
    use std::fmt::Write;
    out.push('"');
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\0'..='\x1f' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            _ if ascii && c > '~' => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// `dumps` with Python's keyword arguments as values.
#[allow(clippy::too_many_arguments)]
pub fn dumps_py(
    v: &Value, indent: &Value, separators: Option<(Str, Str)>, sort_keys: bool, ensure_ascii: bool, default: &Value,
    skipkeys: bool, allow_nan: bool,
) -> R<Str> {
    let indent = match indent {
        Value::Int(n) => spaces(n.index()?),
        Value::Str(s) => Some(s.clone()),
        _ => None,
    };
    dumps(v, &Options { skipkeys, ensure_ascii, allow_nan, indent, separators, default: callback(default), sort_keys })
}

fn callback(f: &Value) -> Option<Rc<dyn Fn(Value) -> R<Value>>> {
    let f = Some(f.clone()).filter(|f| !f.is_none())?;
    Some(Rc::new(move |x| super::value_items::call(&f, vec![x])))
}

/// The text of what `loads` is given.
fn text_of(s: &Value) -> R<Str> {
    match s {
        Value::Str(s) => Ok(s.clone()),
        Value::Bytes(b) => b.decode("utf-8", "strict"),
        Value::ByteArray(b) => b.decode("utf-8", "strict"),
        other => {
            let text = format!("the JSON object must be str, bytes or bytearray, not {}", other.type_name());
            Err(exc::new(&exc::TypeError, text))
        }
    }
}
/// `loads(s, object_pairs_hook=..)`.
pub fn loads_pairs(s: &Value, hook: &Value) -> R<Value> {
    loads_with(&text_of(s)?, &Hooks { object_pairs_hook: callback(hook), ..Hooks::default() })
}

/// `loads` of str or bytes, with hooks as values.
pub fn loads_py(s: &Value, object_hook: &Value, parse_float: &Value, parse_int: &Value) -> R<Value> {
    let text = text_of(s)?;
    let on_text = |f: &Value| -> Option<Rc<dyn Fn(Str) -> R<Value>>> {
        let f = callback(f)?;
        Some(Rc::new(move |s| f(Value::Str(s))))
    };
    let hooks = Hooks {
        object_hook: callback(object_hook),
        parse_float: on_text(parse_float),
        parse_int: on_text(parse_int),
        ..Hooks::default()
    };
    loads_with(&text, &hooks)
}
