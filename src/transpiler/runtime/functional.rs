//! needs: value, value_ops, value_items, exc, traits, pystr
//! `functools.partial` and `operator` on Values.
use super::exc::R;
use super::value::Value;
use super::{value_items, value_ops};

/// `partial(f, *args)`.
pub fn partial(f: &Value, args: &[Value]) -> Value {
    let (f, first) = (f.clone(), args.to_vec());
    Value::func("partial", move |rest| value_items::call(&f, first.iter().cloned().chain(rest).collect()))
}
/// `operator.itemgetter(*keys)`.
pub fn itemgetter(keys: &[Value]) -> Value {
    let keys = keys.to_vec();
    Value::func("itemgetter", move |args| match &keys[..] {
        [k] => value_items::getitem(&args[0], k),
        many => Ok(Value::tuple(many.iter().map(|k| value_items::getitem(&args[0], k)).collect::<R<Vec<_>>>()?)),
    })
}
/// `operator.attrgetter(*names)`; a name may have dots.
pub fn attrgetter(names: &[Value]) -> Value {
    let names: Vec<_> = names.iter().map(super::traits::PyStr::to_str).collect();
    Value::func("attrgetter", move |args| {
        let of = |name: &super::pystr::Str| {
            name.as_str().split('.').try_fold(args[0].clone(), |v, part| value_items::getattr(&v, part))
        };
        match &names[..] {
            [name] => of(name),
            many => Ok(Value::tuple(many.iter().map(of).collect::<R<Vec<_>>>()?)),
        }
    })
}
/// A binary operator of `operator` as a function value.
pub fn operator(f: fn(&Value, &Value) -> R<Value>) -> Value {
    Value::func("operator", move |args| f(&args[0], &args[1]))
}
pub fn concat(a: &Value, b: &Value) -> R<Value> {
    value_ops::add(a, b)
}
