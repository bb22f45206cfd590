//! needs: value, exc, bytes, bytes_methods, bytes_text, bytes_value, value_items, pystr, codecs
//! Methods of bytes and bytearray inside a Value.
use super::bytes::{ByteArray, Bytes};
use super::bytes_methods as m;
use super::bytes_text as t;
use super::exc::{self, R};
use super::pystr::Str;
use super::value::{no_attribute, Value};
use super::value_items::index;

/// The bytes of an argument.
fn bytes(v: Option<&Value>) -> R<Bytes> {
    match v {
        Some(Value::Bytes(b)) => Ok(b.clone()),
        Some(Value::ByteArray(b)) => Ok(b.to_bytes()),
        Some(Value::Int(i)) => Ok(Bytes::from(vec![super::bytes::byte(i.index()?, "byte")?])),
        other => {
            let got = other.map_or("NoneType", Value::type_name);
            Err(exc::new(&exc::TypeError, format!("a bytes-like object is required, not '{got}'")))
        }
    }
}
fn opt_bytes(v: Option<&Value>) -> R<Option<Bytes>> {
    v.filter(|v| !v.is_none()).map(|v| bytes(Some(v))).transpose()
}
fn opt_int(v: Option<&Value>) -> R<Option<i64>> {
    v.filter(|v| !v.is_none()).map(index).transpose()
}
fn text(v: Option<&Value>, default: &'static str) -> R<Str> {
    match v {
        Some(Value::Str(s)) => Ok(s.clone()),
        None | Some(Value::None) => Ok(Str::lit(default)),
        Some(other) => Err(exc::new(&exc::TypeError, format!("argument must be str, not {}", other.type_name()))),
    }
}
/// One of several prefixes, or a single one.
fn any_of(v: Option<&Value>, test: impl Fn(&[u8]) -> bool) -> R<Value> {
    if let Some(Value::Tuple(all)) = v {
        for one in all.iter() {
            if test(&bytes(Some(one))?) {
                return Ok(Value::Bool(true));
            }
        }
        return Ok(Value::Bool(false));
    }
    Ok(Value::Bool(test(&bytes(v)?)))
}

/// A method that both types have; `made` gives the result the type of the object.
fn shared(b: &[u8], name: &str, a: &[Value], made: &dyn Fn(Bytes) -> Value) -> R<Option<Value>> {
    let arg = |i: usize| a.get(i);
    let ints = |i: usize| -> R<(Option<i64>, Option<i64>)> { Ok((opt_int(arg(i))?, opt_int(arg(i + 1))?)) };
    let fill = || -> R<u8> { Ok(opt_bytes(arg(1))?.map_or(b' ', |f| f[0])) };
    let width = || -> R<i64> { Ok(opt_int(arg(0))?.unwrap_or(0)) };
    let list = |parts: Vec<Bytes>| Value::list(parts.into_iter().map(made).collect());
    let three = |(x, y, z): (Bytes, Bytes, Bytes)| Value::tuple(vec![made(x), made(y), made(z)]);
    let count = || -> R<i64> { Ok(opt_int(arg(1))?.unwrap_or(-1)) };
    Ok(Some(match name {
        "hex" => {
            let sep = arg(0).filter(|v| !v.is_none()).map(|v| text(Some(v), "")).transpose()?;
            Value::Str(m::hex_opt(b, sep.as_ref(), opt_int(arg(1))?.unwrap_or(1))?)
        }
        "decode" => Value::Str(Bytes::from(b).decode(&text(arg(0), "utf-8")?, &text(arg(1), "strict")?)?),
        "find" | "rfind" | "index" | "rindex" | "count" => {
            let (sub, (from, to)) = (bytes(arg(0))?, ints(1)?);
            Value::from(match name {
                "find" => m::find(b, &sub, from, to),
                "rfind" => m::rfind(b, &sub, from, to),
                "count" => m::count(b, &sub, from, to),
                "index" => m::index(b, &sub, from, to)?,
                _ => t::rindex(b, &sub, from, to)?,
            })
        }
        "startswith" => any_of(arg(0), |p| b.starts_with(p))?,
        "endswith" => any_of(arg(0), |p| b.ends_with(p))?,
        "replace" => made(m::replace(b, &bytes(arg(0))?, &bytes(arg(1))?, opt_int(arg(2))?.unwrap_or(-1))),
        "split" => list(m::split(b, opt_bytes(arg(0))?.as_deref(), count()?)?),
        "rsplit" => list(t::rsplit(b, opt_bytes(arg(0))?.as_deref(), count()?)?),
        "splitlines" => list(m::splitlines(b, opt_int(arg(0))?.unwrap_or(0) != 0)),
        "partition" => three(m::partition(b, &bytes(arg(0))?)?),
        "rpartition" => three(t::rpartition(b, &bytes(arg(0))?)?),
        "strip" => made(m::strip(b, opt_bytes(arg(0))?.as_deref())),
        "lstrip" => made(m::lstrip(b, opt_bytes(arg(0))?.as_deref())),
        "rstrip" => made(m::rstrip(b, opt_bytes(arg(0))?.as_deref())),
        "upper" => made(m::upper(b)),
        "lower" => made(m::lower(b)),
        "title" => made(t::title(b)),
        "capitalize" => made(t::capitalize(b)),
        "swapcase" => made(t::swapcase(b)),
        "ljust" => made(m::ljust(b, width()?, fill()?)),
        "rjust" => made(m::rjust(b, width()?, fill()?)),
        "center" => made(t::center(b, width()?, fill()?)),
        "zfill" => made(t::zfill(b, width()?)),
        "expandtabs" => made(t::expandtabs(b, opt_int(arg(0))?.unwrap_or(8))),
        "removeprefix" => made(t::removeprefix(b, &bytes(arg(0))?)),
        "removesuffix" => made(t::removesuffix(b, &bytes(arg(0))?)),
        "translate" => {
            let delete = opt_bytes(arg(1))?.unwrap_or_default();
            made(t::translate(b, opt_bytes(arg(0))?.as_deref(), &delete)?)
        }
        "join" => {
            let parts = super::value_items::to_vec(arg(0).unwrap_or(&Value::None))?;
            let parts = parts.iter().map(|p| bytes(Some(p))).collect::<R<Vec<_>>>()?;
            made(m::join(b, parts))
        }
        "isalpha" => Value::Bool(t::isalpha(b)),
        "isdigit" => Value::Bool(t::isdigit(b)),
        "isalnum" => Value::Bool(t::isalnum(b)),
        "isspace" => Value::Bool(t::isspace(b)),
        "isascii" => Value::Bool(t::isascii(b)),
        "isupper" => Value::Bool(t::isupper(b)),
        "islower" => Value::Bool(t::islower(b)),
        "istitle" => Value::Bool(t::istitle(b)),
        _ => return Ok(None),
    }))
}

pub fn bytes_method(b: &Bytes, name: &str, a: &[Value]) -> R<Value> {
    shared(b, name, a, &Value::Bytes)?.ok_or_else(|| no_attribute("bytes", name))
}

pub fn bytearray_method(b: &ByteArray, name: &str, a: &[Value]) -> R<Value> {
    let int = |i: usize| -> R<i64> { a.get(i).map_or(Ok(0), index) };
    match name {
        "append" => b.append(int(0)?)?,
        "extend" => b.extend_value(a.first().unwrap_or(&Value::None))?,
        "insert" => b.insert(int(0)?, int(1)?)?,
        "remove" => b.remove(int(0)?)?,
        "clear" => b.clear(),
        "reverse" => b.reverse(),
        "pop" => return b.pop(opt_int(a.first())?).map(Value::from),
        "copy" => return Ok(Value::ByteArray(ByteArray::from(b.borrow().clone()))),
        _ => {
            let now = b.borrow().clone();
            let made = |x: Bytes| Value::ByteArray(ByteArray::from(x.to_vec()));
            return shared(&now, name, a, &made)?.ok_or_else(|| no_attribute("bytearray", name));
        }
    }
    Ok(Value::None)
}
