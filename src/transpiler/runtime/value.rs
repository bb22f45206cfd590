//! needs: exc, types, pystr, int, bytes, list, tuple, dict, set, traits, fmt, float, value_ops
//! `Value`: what the translator uses where no better type is known. Containers inside a Value hold Values.
use super::bytes::{ByteArray, Bytes};
use super::dict::Dict;
use super::exc::{self, Class, Exc, R};
use super::int::Int;
use super::list::List;
use super::pystr::Str;
use super::set::{FrozenSet, Set};
use super::traits::*;
use super::tuple::Tuple;
use super::types;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone, Default)]
pub enum Value {
    #[default]
    None,
    Bool(bool),
    Int(Int),
    Float(f64),
    Str(Str),
    Bytes(Bytes),
    ByteArray(ByteArray),
    List(List<Value>),
    Tuple(Tuple<Value>),
    Dict(Dict<Value, Value>),
    Set(Set<Value>),
    FrozenSet(FrozenSet<Value>),
    Func(Func),
    Type(&'static Class),
    Obj(Rc<dyn PyObject>),
    Exc(Exc),
    Iter(ValueIter),
}

pub type Keywords = Vec<(Str, Value)>;

/// A callable with the name that its repr shows, and the attributes that a program gives it.
#[derive(Clone)]
pub struct Func(Rc<FuncData>);

pub struct FuncData {
    pub name: &'static str,
    pub attrs: RefCell<Vec<(Str, Value)>>,
    call: Box<dyn Fn(Vec<Value>, Keywords) -> R<Value>>,
}
impl std::ops::Deref for Func {
    type Target = FuncData;
    fn deref(&self) -> &FuncData {
        &self.0
    }
}
impl FuncData {
    pub fn call(&self, args: Vec<Value>, keywords: Keywords) -> R<Value> {
        (self.call)(args, keywords)
    }
    pub fn attr(&self, name: &str) -> Option<Value> {
        self.attrs.borrow().iter().find(|a| a.0.as_str() == name).map(|a| a.1.clone())
    }
    pub fn set_attr(&self, name: &str, value: Value) {
        let mut all = self.attrs.borrow_mut();
        match all.iter_mut().find(|a| a.0.as_str() == name) {
            Some(slot) => slot.1 = value,
            None => all.push((Str::new(name), value)),
        }
    }
    fn id(&self) -> i64 {
        (self as *const FuncData as i64) >> 4
    }
}

/// A generator or other iterator whose type is not known.
#[derive(Clone)]
pub struct ValueIter(pub Rc<RefCell<dyn Iterator<Item = R<Value>>>>);

impl ValueIter {
    pub fn new(it: impl Iterator<Item = R<Value>> + 'static) -> Self {
        ValueIter(Rc::new(RefCell::new(it)))
    }
}
impl Iterator for ValueIter {
    type Item = R<Value>;
    fn next(&mut self) -> Option<R<Value>> {
        self.0.borrow_mut().next()
    }
}

/// An instance of a user's class (or of a runtime class such as a date). Defaults are `object`'s behaviour.
pub trait PyObject {
    fn as_any(&self) -> &dyn Any;
    fn class(&self) -> &'static Class;
    /// What tells objects apart for `is` and `id`: several Values may hold one object.
    fn identity(&self) -> usize {
        self.as_any() as *const dyn Any as *const u8 as usize
    }
    fn getattr(&self, name: &str) -> R<Value> {
        Err(no_attribute(self.class().name, name))
    }
    fn setattr(&self, name: &str, _value: Value) -> R<()> {
        Err(no_attribute(self.class().name, name))
    }
    /// `o.name = value`, by way of what the class has to say to it: `__setattr__`, a property, a descriptor.
    fn set_attribute(&self, name: &str, value: Value) -> R<()> {
        self.setattr(name, value)
    }
    fn delattr(&self, name: &str) -> R<()> {
        Err(no_attribute(self.class().name, name))
    }
    /// The fields of a data class, for asdict() and astuple().
    fn as_data(&self) -> Option<Vec<(&'static str, Value)>> {
        None
    }
    /// What `__dict__` holds.
    fn dict(&self) -> R<Option<Dict<Str, Value>>> {
        Ok(None)
    }
    /// The class defines this method.
    fn has(&self, _name: &str) -> bool {
        false
    }
    fn call_method(&self, name: &str, _args: Vec<Value>) -> R<Value> {
        Err(no_attribute(self.class().name, name))
    }
    fn call_kw(&self, name: &str, args: Vec<Value>, keywords: Keywords) -> R<Value> {
        if keywords.is_empty() {
            return self.call_method(name, args);
        }
        let text = format!("{}.{name}() takes no keyword arguments", self.class().name);
        Err(exc::new(&exc::TypeError, text))
    }
    fn repr(&self) -> R<Str> {
        let at = self.as_any() as *const dyn Any as *const u8 as usize;
        Ok(Str::from(format!("<__main__.{} object at {at:#x}>", self.class().name)))
    }
    fn str(&self) -> R<Str> {
        self.repr()
    }
    fn format(&self, spec: &str) -> R<Str> {
        if spec.is_empty() {
            return self.str();
        }
        let text = format!("unsupported format string passed to {}.__format__", self.class().name);
        Err(exc::new(&exc::TypeError, text))
    }
    fn eq(&self, other: &Value) -> R<bool> {
        Ok(matches!(other, Value::Obj(o) if std::ptr::addr_eq(o.as_any(), self.as_any())))
    }
    fn lt(&self, other: &Value) -> R<bool> {
        Err(super::value_ops::not_comparable("<", self.class().name, other.type_name()))
    }
    fn hash(&self) -> R<i64> {
        Ok((self.as_any() as *const dyn Any as *const u8 as i64) >> 4)
    }
    fn truth(&self) -> R<bool> {
        Ok(true)
    }
    /// Of a data class: names and values of the fields that its repr shows.
    fn fields(&self) -> Option<Vec<(&'static str, Value)>> {
        None
    }
    /// The value of a built-in type that the object also is: a member of `class Status(str, Enum)`, a
    /// `class Config(dict)`.
    fn plain(&self) -> Option<Value> {
        None
    }
    /// copy.deepcopy and copy.copy; none where the object is its own copy.
    fn deep(&self) -> Option<Value> {
        None
    }
    fn shallow(&self) -> Option<Value> {
        None
    }
}

#[cold]
pub fn no_attribute(class: &str, name: &str) -> Exc {
    exc::new(&exc::AttributeError, format!("'{class}' object has no attribute '{name}'"))
}

impl Value {
    pub fn class(&self) -> &'static Class {
        match self {
            Value::None => &types::NoneType,
            Value::Bool(_) => &types::bool,
            Value::Int(_) => &types::int,
            Value::Float(_) => &types::float,
            Value::Str(_) => &types::str,
            Value::Bytes(_) => &types::bytes,
            Value::ByteArray(_) => &types::bytearray,
            Value::List(_) => &types::list,
            Value::Tuple(_) => &types::tuple,
            Value::Dict(_) => &types::dict,
            Value::Set(_) => &types::set,
            Value::FrozenSet(_) => &types::frozenset,
            Value::Func(_) => &types::function,
            Value::Type(_) => &types::type_,
            Value::Obj(o) => o.class(),
            Value::Exc(e) => e.class(),
            Value::Iter(_) => &types::generator,
        }
    }
    pub fn type_name(&self) -> &'static str {
        self.class().name
    }
    pub fn isinstance(&self, class: &'static Class) -> bool {
        std::ptr::eq(class, &types::object) || self.class().is_subclass(class)
    }
    /// What an object holds that is of a class made from a built-in type.
    pub fn held(&self) -> Option<Value> {
        if let Value::Obj(o) = self { o.plain() } else { None }
    }
    /// The str that this is, be it a member of an Enum of strs.
    pub fn text(&self) -> Option<Str> {
        match self {
            Value::Str(s) => Some(s.clone()),
            Value::Obj(o) => o.plain().and_then(|v| v.text()),
            _ => None,
        }
    }
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }
    /// `a is b`.
    pub fn same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Str(a), Value::Str(b)) => a.same(b),
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            (Value::ByteArray(a), Value::ByteArray(b)) => a.same(b),
            (Value::List(a), Value::List(b)) => a.same(b),
            (Value::Tuple(a), Value::Tuple(b)) => a.same(b),
            (Value::Dict(a), Value::Dict(b)) => a.same(b),
            (Value::Set(a), Value::Set(b)) => a.same(b),
            (Value::Func(a), Value::Func(b)) => Rc::ptr_eq(&a.0, &b.0),
            (Value::Type(a), Value::Type(b)) => std::ptr::eq(*a, *b),
            (Value::Obj(a), Value::Obj(b)) => std::ptr::eq(a.class(), b.class()) && a.identity() == b.identity(),
            (Value::Exc(a), Value::Exc(b)) => a.same(b),
            (Value::Iter(a), Value::Iter(b)) => Rc::ptr_eq(&a.0, &b.0),
            _ => false,
        }
    }
    /// Itself, when it can be a key: call before every use of a Value as one.
    pub fn hashable(self) -> R<Value> {
        self.check_hashable()?;
        Ok(self)
    }
    fn check_hashable(&self) -> R<()> {
        match self {
            Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::ByteArray(_) => {
                Err(exc::new(&exc::TypeError, format!("unhashable type: '{}'", self.type_name())))
            }
            Value::Tuple(t) => t.iter().try_for_each(Value::check_hashable),
            Value::Obj(o) => o.hash().map(|_| ()),
            _ => Ok(()),
        }
    }
    pub fn list(items: Vec<Value>) -> Value {
        Value::List(List::from(items))
    }
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(Tuple::from(items))
    }
    /// A function of positional arguments.
    pub fn func(name: &'static str, call: impl Fn(Vec<Value>) -> R<Value> + 'static) -> Value {
        Value::func_kw(name, move |args, keywords| match keywords.first() {
            None => call(args),
            Some((word, _)) => {
                let text = format!("{name}() got an unexpected keyword argument '{word}'");
                Err(exc::new(&exc::TypeError, text))
            }
        })
    }
    pub fn func_kw(name: &'static str, call: impl Fn(Vec<Value>, Keywords) -> R<Value> + 'static) -> Value {
        Value::Func(Func(Rc::new(FuncData { name, attrs: RefCell::new(Vec::new()), call: Box::new(call) })))
    }
}

fn or_die<T>(r: R<T>) -> T {
    match r {
        Ok(x) => x,
        Err(e) => exc::die(e),
    }
}

impl PyRepr for Value {
    fn repr_into(&self, out: &mut String) {
        match self {
            Value::None => out.push_str("None"),
            Value::Bool(x) => x.repr_into(out),
            Value::Int(x) => x.repr_into(out),
            Value::Float(x) => x.repr_into(out),
            Value::Str(x) => x.repr_into(out),
            Value::Bytes(x) => x.repr_into(out),
            Value::ByteArray(x) => x.repr_into(out),
            Value::List(x) => guarded(x.id(), "[...]", out, |out| x.repr_into(out)),
            Value::Tuple(x) => x.repr_into(out),
            Value::Dict(x) => guarded(x.id(), "{...}", out, |out| x.repr_into(out)),
            Value::Set(x) => x.repr_into(out),
            Value::FrozenSet(x) => x.repr_into(out),
            Value::Func(f) => {
                out.push_str(&format!("<function {} at {:#x}>", f.name, f.id() << 4));
            }
            Value::Type(c) => out.push_str(&class_repr(c)),
            Value::Obj(o) => out.push_str(&or_die(o.repr())),
            Value::Exc(e) => e.repr_into(out),
            Value::Iter(_) => out.push_str("<generator object>"),
        }
    }
}

/// `<class 'int'>`; classes of the program belong to `__main__`.
pub fn class_repr(c: &'static Class) -> String {
    if is_builtin(c) { format!("<class '{}'>", c.name) } else { format!("<class '__main__.{}'>", c.name) }
}
pub fn is_builtin(c: &'static Class) -> bool {
    let exception = c.is_subclass(&exc::BaseException) && exc::ALL.iter().any(|x| std::ptr::eq(*x, c));
    exception || BUILTIN.iter().any(|x| std::ptr::eq(*x, c))
}
static BUILTIN: &[&Class] = &[
    &types::object, &types::type_, &types::NoneType, &types::int, &types::bool, &types::float, &types::complex,
    &types::str, &types::bytes, &types::bytearray, &types::list, &types::tuple, &types::dict, &types::set,
    &types::frozenset, &types::range, &types::function, &types::generator, &types::module, &exc::BaseException,
];

thread_local! {
    static SHOWING: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}
/// A container that holds itself shows as dots.
fn guarded(id: i64, dots: &str, out: &mut String, show: impl FnOnce(&mut String)) {
    if SHOWING.with(|s| s.borrow().contains(&id)) {
        return out.push_str(dots);
    }
    SHOWING.with(|s| s.borrow_mut().push(id));
    show(out);
    SHOWING.with(|s| s.borrow_mut().pop());
}

impl PyStr for Value {
    fn str_into(&self, out: &mut String) {
        match self {
            Value::Str(s) => out.push_str(s),
            Value::Obj(o) => out.push_str(&or_die(o.str())),
            Value::Exc(e) => e.str_into(out),
            _ => self.repr_into(out),
        }
    }
}
impl PyTruth for Value {
    fn truth(&self) -> bool {
        match self {
            Value::None => false,
            Value::Bool(b) => *b,
            Value::Int(i) => i.truth(),
            Value::Float(f) => f.truth(),
            Value::Str(s) => s.truth(),
            Value::Bytes(b) => b.truth(),
            Value::ByteArray(b) => b.truth(),
            Value::List(l) => l.truth(),
            Value::Tuple(t) => t.truth(),
            Value::Dict(d) => d.truth(),
            Value::Set(s) => s.truth(),
            Value::FrozenSet(s) => s.truth(),
            Value::Obj(o) => or_die(o.truth()),
            Value::Func(_) | Value::Type(_) | Value::Exc(_) | Value::Iter(_) => true,
        }
    }
}
impl PyHash for Value {
    fn py_hash(&self) -> i64 {
        match self {
            Value::None => ().py_hash(),
            Value::Bool(b) => b.py_hash(),
            Value::Int(i) => i.py_hash(),
            Value::Float(f) => f.py_hash(),
            Value::Str(s) => s.py_hash(),
            Value::Bytes(b) => b.py_hash(),
            Value::Tuple(t) => t.py_hash(),
            Value::FrozenSet(s) => s.py_hash(),
            Value::Func(f) => f.id(),
            Value::Type(c) => (*c as *const Class as i64) >> 4,
            Value::Obj(o) => or_die(o.hash()),
            Value::Exc(e) => e.py_hash(),
            Value::Iter(i) => (Rc::as_ptr(&i.0) as *const u8 as i64) >> 4,
            _ => exc::die(exc::new(&exc::TypeError, format!("unhashable type: '{}'", self.type_name()))),
        }
    }
    fn check_hash(&self) -> Result<(), Exc> {
        self.check_hashable()
    }
}
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        or_die(super::value_ops::eq(self, other))
    }
}
impl PyOrd for Value {
    fn py_lt(&self, other: &Value) -> R<bool> {
        super::value_ops::lt(self, other)
    }
    fn py_gt(&self, other: &Value) -> R<bool> {
        super::value_ops::compare(">", self, other)
    }
    fn py_le(&self, other: &Value) -> R<bool> {
        super::value_ops::compare("<=", self, other)
    }
    fn py_ge(&self, other: &Value) -> R<bool> {
        super::value_ops::compare(">=", self, other)
    }
}
impl super::fmt::PyFormat for Value {
    fn py_format(&self, spec: &str) -> R<Str> {
        match self {
            Value::Bool(x) => x.py_format(spec),
            Value::Int(x) => x.py_format(spec),
            Value::Float(x) => x.py_format(spec),
            Value::Str(x) => x.py_format(spec),
            Value::Obj(o) => o.format(spec),
            _ => super::fmt::default_format(self, spec, self.type_name()),
        }
    }
}
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(PyRepr::repr(self).as_str())
    }
}
