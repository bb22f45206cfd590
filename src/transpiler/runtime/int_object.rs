//! needs: exc, value, value_ops
//! Objects that are ints (members of an IntEnum) inside a Value: what they inherit from int.
use super::exc::{self, R};
use super::value::Value;
use super::value_ops;

const BINARY: [&str; 22] = [
    "__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__rtruediv__",
    "__floordiv__", "__rfloordiv__", "__mod__", "__rmod__", "__pow__", "__rpow__", "__and__", "__rand__",
    "__or__", "__ror__", "__lshift__", "__rlshift__", "__rshift__", "__rrshift__",
];

pub fn has(name: &str) -> bool {
    BINARY.contains(&name)
        || matches!(name, "__index__" | "__int__" | "__float__" | "__lt__" | "__le__" | "__gt__" | "__ge__")
}

pub fn call(v: &Value, name: &str, args: &[Value]) -> R<Value> {
    let Some(other) = args.first() else { return Ok(v.clone()) };
    let order = match name {
        "__lt__" => "<",
        "__le__" => "<=",
        "__gt__" => ">",
        "__ge__" => ">=",
        _ => "",
    };
    if !order.is_empty() {
        return value_ops::compare(order, v, other).map(Value::Bool);
    }
    let (a, b) = if name.starts_with("__r") && name != "__rshift__" { (other, v) } else { (v, other) };
    match name.trim_start_matches("__").trim_end_matches("__") {
        "add" | "radd" => value_ops::add(a, b),
        "sub" | "rsub" => value_ops::sub(a, b),
        "mul" | "rmul" => value_ops::mul(a, b),
        "truediv" | "rtruediv" => value_ops::truediv(a, b),
        "floordiv" | "rfloordiv" => value_ops::floordiv(a, b),
        "mod" | "rmod" => value_ops::modulo(a, b),
        "pow" | "rpow" => value_ops::pow(a, b),
        "and" | "rand" => value_ops::and(a, b),
        "or" | "ror" => value_ops::or(a, b),
        "lshift" | "rlshift" => value_ops::shl(a, b),
        "rshift" | "rrshift" => value_ops::shr(a, b),
        _ => Err(exc::new(&exc::AttributeError, format!("'int' object has no attribute '{name}'"))),
    }
}
