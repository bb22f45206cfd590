//! needs: threading, value, value_items, called, exc, pystr, convert, types, traits
//! Threads whose target and arguments are Values.
use super::exc::R;
use super::threading::{Event, Lock, Thread};
use super::value::Value;

super::convert::opaque_value!(Lock, "lock");
super::convert::opaque_value!(Event, "Event");
super::convert::opaque_value!(Thread, "Thread");

/// `Thread(target=.., args=.., kwargs=.., name=.., daemon=..)`.
pub fn thread(target: &Value, args: &Value, kwargs: &Value, name: &Value, daemon: &Value) -> R<Thread> {
    let args = if args.is_none() { Vec::new() } else { super::value_items::to_vec(args)? };
    let function = match target {
        Value::Func(f) => f.name,
        _ => "",
    };
    let words = if kwargs.is_none() { Vec::new() } else { super::called::keywords_of(kwargs)? };
    let name = match name {
        Value::Str(s) => Some(s.clone()),
        _ => None,
    };
    let target = target.clone();
    let made = Thread::new(name, function, move || match target {
        Value::None => Ok(()),
        f => super::value_items::call_kw(&f, args, words).map(|_| ()),
    });
    made.set_daemon(super::traits::PyTruth::truth(daemon));
    Ok(made)
}
