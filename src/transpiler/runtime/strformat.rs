//! needs: value, exc, fmt, pystr, value_items, value_ops, percent, int_text
//! `str.format` for templates that are not known when the program is translated.
use super::exc::{self, R};
use super::fmt::PyFormat;
use super::pystr::Str;
use super::value::Value;
use super::value_items::{getattr, getitem};

struct Fields<'a> {
    positional: &'a [Value],
    named: &'a [(&'a str, Value)],
    /// Of format_map.
    mapping: Option<&'a Value>,
    /// Next automatic number; -1 once a field was numbered by hand.
    auto: i64,
}

pub fn format(template: &str, positional: &[Value], named: &[(&str, Value)]) -> R<Str> {
    let mut fields = Fields { positional, named, mapping: None, auto: 0 };
    Ok(Str::from(expand(template, &mut fields, 3)?))
}

/// `template.format_map(mapping)`.
pub fn format_map(template: &str, mapping: &Value) -> R<Str> {
    let mut fields = Fields { positional: &[], named: &[], mapping: Some(mapping), auto: 0 };
    Ok(Str::from(expand(template, &mut fields, 3)?))
}

fn error<T>(text: impl Into<Str>) -> R<T> {
    Err(exc::new(&exc::ValueError, text))
}

fn expand(template: &str, fields: &mut Fields, depth: u32) -> R<String> {
    if depth <= 1 {
        return error("Max string recursion exceeded");
    }
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let brace = &rest[at..at + 1];
        rest = &rest[at + 1..];
        if rest.starts_with(brace) {
            out.push_str(brace);
            rest = &rest[1..];
            continue;
        }
        if brace == "}" {
            return error("Single '}' encountered in format string");
        }
        if rest.is_empty() {
            return error("Single '{' encountered in format string");
        }
        let end = field_end(rest)?;
        out.push_str(&field(&rest[..end], fields, depth)?);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

fn field_end(s: &str) -> R<usize> {
    let mut depth = 1;
    for (i, c) in s.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(i);
        }
    }
    error("expected '}' before end of string")
}

fn field(body: &str, fields: &mut Fields, depth: u32) -> R<String> {
    // a ':' or '!' inside brackets belongs to the key
    let mut in_bracket = false;
    let mut cut = body.len();
    for (i, c) in body.char_indices() {
        match c {
            '[' => in_bracket = true,
            ']' => in_bracket = false,
            ':' | '!' if !in_bracket => {
                cut = i;
                break;
            }
            _ => {}
        }
    }
    let (name, mut rest) = body.split_at(cut);
    let mut conversion = None;
    if let Some(r) = rest.strip_prefix('!') {
        let mut it = r.chars();
        conversion = it.next();
        rest = it.as_str();
        if conversion.is_none() {
            return error("unmatched '{' in format spec");
        }
        if !rest.is_empty() && !rest.starts_with(':') {
            return error("expected ':' after conversion specifier");
        }
    }
    let value = lookup(name, fields)?;
    let spec = rest.strip_prefix(':').unwrap_or("");
    let spec = if spec.contains(['{', '}']) { expand(spec, fields, depth - 1)? } else { spec.to_string() };
    let value = match conversion {
        None => value,
        Some('s') => Value::Str(super::value_ops::to_str(&value)?),
        Some('r') => Value::Str(super::value_ops::repr(&value)?),
        Some('a') => Value::Str(super::percent::ascii(&value)),
        Some(c) => return error(format!("Unknown conversion specifier {c}")),
    };
    Ok(value.py_format(&spec)?.to_string())
}

fn lookup(name: &str, fields: &mut Fields) -> R<Value> {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut path) = name.split_at(end);
    let number = first.parse::<usize>().ok().filter(|_| first.bytes().all(|b| b.is_ascii_digit()));
    let mut value = if first.is_empty() || number.is_some() {
        let i = match number {
            Some(_) if fields.auto > 0 => {
                return error("cannot switch from automatic field numbering to manual field specification")
            }
            Some(n) => {
                fields.auto = -1;
                n
            }
            None if fields.auto < 0 => {
                return error("cannot switch from manual field specification to automatic field numbering")
            }
            None => {
                fields.auto += 1;
                fields.auto as usize - 1
            }
        };
        match fields.positional.get(i) {
            Some(v) => v.clone(),
            None => {
                let text = format!("Replacement index {i} out of range for positional args tuple");
                return Err(exc::new(&exc::IndexError, text));
            }
        }
    } else {
        match fields.named.iter().find(|e| e.0 == first) {
            Some(e) => e.1.clone(),
            None if fields.mapping.is_some() => getitem(fields.mapping.unwrap_or(&Value::None), &Value::from(first))?,
            None => return Err(exc::key_error(Str::new(first))),
        }
    };
    while !path.is_empty() {
        if let Some(r) = path.strip_prefix('.') {
            let end = r.find(['.', '[']).unwrap_or(r.len());
            if end == 0 {
                return error("Empty attribute in format string");
            }
            value = getattr(&value, &r[..end])?;
            path = &r[end..];
        } else if let Some(r) = path.strip_prefix('[') {
            let Some(end) = r.find(']') else { return error("Missing ']' in format string") };
            let key = match r[..end].parse::<i64>() {
                Ok(i) => Value::from(i),
                Err(_) => Value::from(&r[..end]),
            };
            value = getitem(&value, &key)?;
            path = &r[end + 1..];
        } else {
            return error("Only '.' or '[' may follow ']' in format field specifier");
        }
    }
    Ok(value)
}
