//! needs: re, value, exc, convert, pystr, tuple, value_items
//! Matches and patterns where Values are used.
use super::exc::R;
use super::re::{Match, Pattern};
use super::value::Value;

super::convert::opaque_value!(Match, "Match");
super::convert::opaque_value!(Pattern, "Pattern");

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
