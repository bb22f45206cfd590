//! needs: asyncio, asyncio_sync, called, value, convert, exc, types, traits
//! Coroutines and tasks inside Values.
use super::asyncio::{AsyncIter, Coro, Task};
use super::convert::{FromValue, ToValue};
use super::exc::{self, Class, R};
use super::value::{PyObject, Value};
use std::any::Any;

struct Any_<T: 'static>(T, &'static Class);
impl<T> PyObject for Any_<T> {
    fn as_any(&self) -> &dyn Any {
        &self.0
    }
    fn class(&self) -> &'static Class {
        self.1
    }
}
static COROUTINE: Class = Class::new("coroutine", &super::types::object);
static TASK: Class = Class::new("Task", &super::types::object);

impl<T: ToValue + 'static> ToValue for Coro<T> {
    fn to_value(&self) -> Value {
        let body = self.clone().map(|x| Ok(x.to_value()));
        Value::Obj(std::rc::Rc::new(Any_(body, &COROUTINE)))
    }
}
impl<T: ToValue + Clone + 'static> ToValue for Task<T> {
    fn to_value(&self) -> Value {
        Value::Obj(std::rc::Rc::new(Any_(self.clone(), &TASK)))
    }
}
impl<T: Clone + 'static> FromValue for Task<T> {
    fn from_value(v: &Value) -> R<Self> {
        match v {
            Value::Obj(o) if o.as_any().is::<Task<T>>() => Ok(o.as_any().downcast_ref::<Task<T>>().unwrap().clone()),
            _ => Err(super::convert::mismatch("Task", v)),
        }
    }
}
fn coroutine(v: &Value) -> R<Coro<Value>> {
    if let Value::Obj(o) = v {
        if let Some(c) = o.as_any().downcast_ref::<Coro<Value>>() {
            return Ok(c.clone());
        }
        if let Some(t) = o.as_any().downcast_ref::<Task<Value>>() {
            let t = t.clone();
            return Ok(Coro::new(async move { t.wait().await }));
        }
    }
    let text = format!("object {} can't be used in 'await' expression", v.type_name());
    Err(exc::new(&exc::TypeError, text))
}
/// `await v`
pub async fn wait(v: &Value) -> R<Value> {
    coroutine(v)?.wait().await
}
pub fn task(v: &Value) -> Task<Value> {
    match coroutine(v) {
        Ok(c) => Task::new(c, None),
        Err(e) => Task::new(Coro::new(async move { Err(e) }), None),
    }
}
impl ToValue for AsyncIter<Value> {
    fn to_value(&self) -> Value {
        Value::Obj(std::rc::Rc::new(Any_(self.clone(), &ASYNC_GENERATOR)))
    }
}
static ASYNC_GENERATOR: Class = Class::new("async_generator", &super::types::object);

/// What `async for` over a Value goes over.
pub fn aiter(v: &Value) -> R<Value> {
    match v {
        Value::Obj(o) if o.has("__aiter__") => o.call_method("__aiter__", Vec::new()),
        Value::Obj(o) if o.as_any().is::<AsyncIter<Value>>() => Ok(v.clone()),
        _ => Err(exc::new(
            &exc::TypeError,
            format!("'async for' requires an object with __aiter__ method, got {}", v.type_name()),
        )),
    }
}
pub async fn next(v: &Value) -> R<Option<Value>> {
    let Value::Obj(o) = v else { return Ok(None) };
    if let Some(it) = o.as_any().downcast_ref::<AsyncIter<Value>>() {
        return it.try_next().await;
    }
    let step = o.call_method("__anext__", Vec::new())?;
    super::asyncio_sync::stepped(wait(&step).await)
}
/// `coroutine.send(None)`: one step by hand.
pub fn send<T: ToValue + 'static>(c: &Coro<T>) -> R<Value> {
    let Some(ended) = c.poll_once() else { return Ok(Value::None) };
    let value = ended?.to_value();
    let args = if value.is_none() { Vec::new() } else { vec![super::called::argument(value)] };
    Err(exc::with_args(&exc::StopIteration, args))
}
