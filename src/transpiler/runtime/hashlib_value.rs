//! needs: hashlib, value, value_bytes, convert, types, exc, pystr, bytes
//! Hash objects where Values are used, and the functions of hashlib by their names.
use super::convert::{FromValue, ToValue};
use super::exc::{self, R};
use super::hashlib::{self, Hash, Hmac};
use super::pystr::Str;
use super::value::Value;

super::convert::opaque_value!(Hash, "HASH");
super::convert::opaque_value!(Hmac, "HMAC");

/// `getattr(hashlib, name)`, with `default` where there is none of that name.
pub fn constructor(name: &Str, default: Option<Value>) -> R<Value> {
    let known = hashlib::new(name, &[]).is_ok_and(|h| h.name() == *name);
    if !known {
        let missing = || exc::new(&exc::AttributeError, format!("module 'hashlib' has no attribute '{name}'"));
        return default.ok_or_else(missing);
    }
    let name = name.clone();
    Ok(Value::func("openssl_hash", move |args| {
        let data = match args.first() {
            Some(data) => super::bytes::Bytes::from_value(data)?,
            None => super::bytes::Bytes::default(),
        };
        Ok(hashlib::new(&name, &data)?.to_value())
    }))
}
