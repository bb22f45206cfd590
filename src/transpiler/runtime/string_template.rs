//! needs: pystr, strm, strcase, textwrap, value, value_items, exc, traits, value_ops
//! `string.Template`, `string.capwords` and `textwrap.TextWrapper`.
use super::exc::{self, R};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;

#[derive(Clone, PartialEq)]
pub struct Template(pub Str);
impl Template {
    pub fn new(template: Str) -> Template {
        Template(template)
    }
    /// `substitute(mapping, **kw)`; safe leaves what it does not know.
    pub fn substitute(&self, mapping: &Value, kw: Vec<(Str, Value)>, safe: bool) -> R<Str> {
        let text = self.0.as_str();
        let mut out = String::new();
        let mut at = 0;
        while let Some(i) = text[at..].find('$').map(|i| at + i) {
            out.push_str(&text[at..i]);
            let rest = &text[i + 1..];
            let word = |s: &str| -> usize {
                let first = s.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
                let fine = |c: char| c.is_ascii_alphanumeric() || c == '_';
                if first { s.find(|c| !fine(c)).unwrap_or(s.len()) } else { 0 }
            };
            let (name, end) = if rest.starts_with('$') {
                out.push('$');
                at = i + 2;
                continue;
            } else if word(rest) > 0 {
                (&rest[..word(rest)], i + 1 + word(rest))
            } else if let Some(inner) = rest.strip_prefix('{').filter(|r| word(r) > 0 && r[word(r)..].starts_with('}')) {
                (&inner[..word(inner)], i + 3 + word(inner))
            } else if safe {
                out.push('$');
                at = i + 1;
                continue;
            } else {
                let line = text[..i].matches('\n').count() + 1;
                let column = text[..i].chars().rev().take_while(|c| *c != '\n').count() + 1;
                let text = format!("Invalid placeholder in string: line {line}, col {column}");
                return Err(exc::new(&exc::ValueError, text));
            };
            match self.value(name, mapping, &kw) {
                Ok(v) => out.push_str(&super::value_ops::to_str(&v)?),
                Err(e) if safe && e.is(&exc::KeyError) => out.push_str(&text[i..end]),
                Err(e) => return Err(e),
            }
            at = end;
        }
        out.push_str(&text[at..]);
        Ok(Str::from(out))
    }
    fn value(&self, name: &str, mapping: &Value, kw: &[(Str, Value)]) -> R<Value> {
        if let Some((_, v)) = kw.iter().find(|k| k.0.as_str() == name) {
            return Ok(v.clone());
        }
        if mapping.is_none() {
            return Err(exc::key_error(Str::new(name)));
        }
        super::value_items::getitem(mapping, &Value::from(name))
    }
}

/// `capwords(s, sep)`.
pub fn capwords(s: &Str, sep: Option<&Str>) -> R<Str> {
    let words = s.split(sep, -1)?;
    let joined = sep.cloned().unwrap_or(Str::lit(" "));
    Ok(joined.join(words.iter().map(|w| w.capitalize())))
}

#[derive(Clone)]
pub struct TextWrapper(pub std::rc::Rc<super::textwrap::Options>);
impl TextWrapper {
    pub fn new(o: super::textwrap::Options) -> TextWrapper {
        TextWrapper(std::rc::Rc::new(o))
    }
}

macro_rules! plain {
    ($($t:ty: $name:literal;)*) => { $(
        impl PyRepr for $t {
            fn repr_into(&self, out: &mut String) { out.push_str($name) }
        }
        impl PyStr for $t {
            fn str_into(&self, out: &mut String) { out.push_str($name) }
        }
        impl PyTruth for $t {
            fn truth(&self) -> bool { true }
        }
    )* };
}
plain! { Template: "<string.Template object>"; TextWrapper: "<textwrap.TextWrapper object>"; }
impl PartialEq for TextWrapper {
    fn eq(&self, o: &Self) -> bool {
        std::rc::Rc::ptr_eq(&self.0, &o.0)
    }
}
