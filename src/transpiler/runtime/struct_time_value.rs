//! needs: struct_time, value, value_items, convert, types, value_ops, fmt, exc
//! Broken-down times where Values are used, and plain tuples where a function takes one.
use super::exc::R;
use super::struct_time::StructTime;
use super::value::Value;

super::convert::opaque_value!(StructTime, "time.struct_time", ordered);

/// A struct_time, or a tuple of its numbers (six are enough for timegm).
pub fn of(v: &Value) -> R<StructTime> {
    if let Some(t) = super::convert::held::<StructTime>(v) {
        return Ok(t);
    }
    let mut items = super::value_items::to_vec(v)?.iter().map(super::value_items::index).collect::<R<Vec<i64>>>()?;
    if items.len() >= 6 {
        items.resize(items.len().max(9), 0);
    }
    StructTime::from_items(&items)
}
