//! needs: fmt, percent, strformat, value, convert
use rt::convert::ToValue;
use rt::exc::R;
use rt::fmt::PyFormat;
use rt::value::Value;

fn value(a: &Arg) -> Value {
    match a.0 {
        'i' => Value::Int(a.int()),
        'f' => Value::Float(a.f64()),
        't' => Value::Bool(a.bool()),
        _ => Value::Str(a.str()),
    }
}

fn run(op: &str, a: &[Arg]) -> R<String> {
    let s = |i: usize| a[i].str();
    let v = |i: usize| value(&a[i]);
    let text = match op {
        "int" => a[0].int().py_format(&s(1))?,
        "float" => a[0].f64().py_format(&s(1))?,
        "str" => s(0).py_format(&s(1))?,
        "bool" => a[0].bool().py_format(&s(1))?,
        "pint" | "pfloat" | "pstr" => rt::percent::format(&s(0), &v(1))?,
        "ptuple" => rt::percent::format(&s(0), &(v(1), v(2), v(3)).to_value())?,
        "pdict" => {
            let d = rt::dict::Dict::from([(Value::from("a"), v(1)), (Value::from("b"), v(2))]);
            rt::percent::format(&s(0), &Value::Dict(d))?
        }
        "format" => {
            let d = rt::dict::Dict::from([(Value::from("k"), v(3))]);
            let list = Value::list(vec![Value::from(1i64), Value::from(2i64), v(2)]);
            rt::strformat::format(&s(0), &[v(1), v(2), v(3)], &[("name", v(1)), ("lst", list), ("d", Value::Dict(d))])?
        }
        _ => rt::pystr::Str::lit("?"),
    };
    Ok(text.to_string())
}
