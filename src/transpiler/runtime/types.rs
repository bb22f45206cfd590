//! needs: exc
//! Descriptors of the built-in types, for `isinstance`, `type(x)` and `Value::Type`.
#![allow(non_upper_case_globals)]
use super::exc::Class;

pub static object: Class = Class { name: "object", base: None, more: &[] };

macro_rules! types {
    ($($id:ident $name:literal : $base:ident),* $(,)?) => {
        $(pub static $id: Class = Class::new($name, &$base);)*
    };
}
types! {
    type_ "type": object, NoneType "NoneType": object, int "int": object, bool "bool": int, float "float": object,
    complex "complex": object, str "str": object, bytes "bytes": object, bytearray "bytearray": object,
    list "list": object, tuple "tuple": object, dict "dict": object, set "set": object,
    frozenset "frozenset": object, range "range": object, function "function": object, generator "generator": object,
    module "module": object, OrderedDict "OrderedDict": dict, defaultdict "defaultdict": dict, Counter "Counter": dict,
    deque "deque": object, ArgumentParser "ArgumentParser": object,
}
