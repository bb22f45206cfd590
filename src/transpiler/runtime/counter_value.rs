//! needs: counter, value, convert, dict, exc, traits
//! A Counter inside a Value: a dict that shows itself as a Counter.
use super::convert::{FromValue, ToValue};
use super::counter::Counter;
use super::dict::{Dict, Kind};
use super::exc::R;
use super::traits::Key;
use super::value::Value;

fn by_count(a: &Value, b: &Value) -> std::cmp::Ordering {
    let count = |v: &Value| i64::from_value(v).unwrap_or(0);
    count(a).cmp(&count(b))
}
impl<K: Key + ToValue + 'static> ToValue for Counter<K> {
    fn to_value(&self) -> Value {
        let items: Dict<Value, Value> = self.items().into_iter().map(|(k, n)| (k.to_value(), n.to_value())).collect();
        Value::Dict(items.of_kind(Kind::Counted(by_count, || 0i64.to_value())))
    }
}
impl<K: Key + FromValue + 'static> FromValue for Counter<K> {
    fn from_value(v: &Value) -> R<Counter<K>> {
        Dict::<K, i64>::from_value(v).map(Counter::from)
    }
}
