//! needs: exc, traits, dict, glue
//! Comparisons of what has no order: they raise, should a sort or a heap come to them.
use super::dict::Dict;
use super::exc::{self, Exc, R};
use super::glue::{Fun, PyIter, Range};
use super::traits::PyOrd;

fn no_order(op: &str, name: &str) -> R<bool> {
    let text = format!("'{op}' not supported between instances of '{name}' and '{name}'");
    Err(exc::new(&exc::TypeError, text))
}

macro_rules! unordered {
    ($([$($g:tt)*] $t:ty, $name:literal;)*) => { $(impl<$($g)*> PyOrd for $t {
        fn py_lt(&self, _: &Self) -> R<bool> {
            no_order("<", $name)
        }
        fn py_gt(&self, _: &Self) -> R<bool> {
            no_order(">", $name)
        }
        fn py_le(&self, _: &Self) -> R<bool> {
            no_order("<=", $name)
        }
        fn py_ge(&self, _: &Self) -> R<bool> {
            no_order(">=", $name)
        }
    })* };
}
unordered! {
    [K, V] Dict<K, V>, "dict";
    [F: ?Sized] Fun<F>, "function";
    [T] PyIter<T>, "generator";
    [] Range, "range";
    [] Exc, "Exception";
    [] (), "NoneType";
}
