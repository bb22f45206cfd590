//! needs: re, value, exc, convert, pystr, tuple, value_items
//! Matches and patterns where Values are used.
use super::exc::R;
use super::re::{Match, Pattern};
use super::value::Value;

super::convert::opaque_value!(Match, "Match");
super::convert::opaque_value!(Pattern, "Pattern");

impl super::re::Piece for Value {
    fn piece(self) -> R<super::pystr::Str> {
        match self {
            Value::Str(s) => Ok(s),
            Value::None => Ok(super::pystr::Str::lit("")),
            other => {
                let message = format!("sequence item 0: expected str instance, {} found", other.type_name());
                Err(super::exc::new(&super::exc::TypeError, message))
            }
        }
    }
}

/// `sub(repl, s, count)` where only the run knows whether that is a text or a function.
pub fn sub(pattern: &Pattern, repl: &Value, s: &super::pystr::Str, count: i64) -> R<super::pystr::Str> {
    match repl {
        Value::Str(template) => pattern.sub(template, s, count),
        function => pattern.sub_fn(
            |m| super::value_items::call(function, vec![super::convert::ToValue::to_value(m)]),
            s,
            count,
        ),
    }
}

fn text(s: Option<super::pystr::Str>) -> Value {
    s.map_or(Value::None, Value::Str)
}

impl Match {
    /// `group(*groups)` with numbers and names.
    pub fn group_py(&self, groups: &[Value]) -> R<Value> {
        let one = |g: &Value| -> R<Value> {
            Ok(text(match g {
                Value::Str(name) => self.group_named(name)?,
                other => self.group(super::value_items::index(other)?)?,
            }))
        };
        match groups {
            [] => Ok(Value::Str(self.whole())),
            [g] => one(g),
            many => Ok(Value::tuple(many.iter().map(one).collect::<R<Vec<Value>>>()?)),
        }
    }
}
