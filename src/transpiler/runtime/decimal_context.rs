//! needs: exc, fmt, int, int_div, pystr, traits
//! The precision and rounding of `decimal`, and its exceptions.
//! Source: Python 3.11 library reference, decimal, "Context objects" and "Signals".
#![allow(non_upper_case_globals)]
use super::exc::{self, Arg, Class, Exc, R};
use super::int::Int;
use super::pystr::Str;
use super::traits::*;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

pub static DecimalException: Class = Class::new("DecimalException", &exc::ArithmeticError);
pub static InvalidOperation: Class = Class::new("InvalidOperation", &DecimalException);
pub static DivisionByZero: Class = Class::with_bases("DivisionByZero", &DecimalException, &[&exc::ZeroDivisionError]);
pub static Inexact: Class = Class::new("Inexact", &DecimalException);
pub static Overflow: Class = Class::new("Overflow", &Inexact);

/// What the exceptions carry: the conditions, as a list of classes.
#[derive(Clone)]
struct Conditions(&'static str);
impl PyRepr for Conditions {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("[<class 'decimal.{}'>]", self.0));
    }
}
str_is_repr!(Conditions);

#[cold]
fn signal(class: &'static Class, condition: &'static str) -> Exc {
    exc::with_args(class, vec![Arg::obj(Conditions(condition))])
}
#[cold]
pub fn invalid(condition: &'static str) -> Exc {
    signal(&InvalidOperation, condition)
}
#[cold]
pub fn by_zero() -> Exc {
    signal(&DivisionByZero, "DivisionByZero")
}
#[cold]
pub fn overflow() -> Exc {
    signal(&Overflow, "Overflow")
}
#[derive(Clone, Copy, PartialEq)]
pub enum Rounding {
    Ceiling,
    Down,
    Floor,
    HalfDown,
    HalfEven,
    HalfUp,
    Up,
    ZeroFiveUp,
}
const NAMES: [(Rounding, &str); 8] = [
    (Rounding::Ceiling, "ROUND_CEILING"), (Rounding::Down, "ROUND_DOWN"), (Rounding::Floor, "ROUND_FLOOR"),
    (Rounding::HalfDown, "ROUND_HALF_DOWN"), (Rounding::HalfEven, "ROUND_HALF_EVEN"), (Rounding::HalfUp, "ROUND_HALF_UP"),
    (Rounding::Up, "ROUND_UP"), (Rounding::ZeroFiveUp, "ROUND_05UP"),
];

impl Rounding {
    pub fn named(name: &str) -> R<Rounding> {
        let found = NAMES.iter().find(|(_, n)| *n == name).map(|(r, _)| *r);
        found.ok_or_else(|| {
            let text = "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   \
                        ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]";
            exc::new(&exc::TypeError, text)
        })
    }
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(r, _)| *r == self).map_or("", |(_, n)| n)
    }
    /// Whether the digits that are kept grow by one: `rest` was dropped, which is `half` to a half.
    pub fn goes_up(self, negative: bool, kept: &Int, rest: bool, half: Ordering) -> bool {
        let ends = |with: &[i64]| kept.pymod(&Int::from(10)).is_ok_and(|d| with.iter().any(|w| d == *w));
        rest && match self {
            Rounding::Ceiling => !negative,
            Rounding::Floor => negative,
            Rounding::Down => false,
            Rounding::Up => true,
            Rounding::HalfUp => half != Ordering::Less,
            Rounding::HalfDown => half == Ordering::Greater,
            Rounding::HalfEven => half == Ordering::Greater || (half == Ordering::Equal && ends(&[1, 3, 5, 7, 9])),
            Rounding::ZeroFiveUp => ends(&[0, 5]),
        }
    }
}

pub const EMAX: i64 = 999_999;
pub const EMIN: i64 = -999_999;

#[derive(Clone, Copy)]
pub struct Settings {
    pub prec: i64,
    pub rounding: Rounding,
}

/// A context object; the current one is shared with whoever asked for it.
#[derive(Clone)]
pub struct Context(Rc<RefCell<Settings>>);

thread_local! {
    static CURRENT: RefCell<Context> =
        RefCell::new(Context(Rc::new(RefCell::new(Settings { prec: 28, rounding: Rounding::HalfEven }))));
}
pub fn current() -> Settings {
    CURRENT.with(|c| *c.borrow().0.borrow())
}
pub fn getcontext() -> Context {
    CURRENT.with(|c| c.borrow().clone())
}
pub fn setcontext(context: &Context) {
    CURRENT.with(|c| *c.borrow_mut() = context.clone());
}

impl Context {
    pub fn new(prec: Option<i64>, rounding: Option<&Str>) -> R<Context> {
        let made = Context(Rc::new(RefCell::new(Settings { prec: 28, rounding: Rounding::HalfEven })));
        made.change(prec, rounding)
    }
    fn change(self, prec: Option<i64>, rounding: Option<&Str>) -> R<Context> {
        if let Some(prec) = prec {
            self.set_prec(prec)?;
        }
        if let Some(rounding) = rounding {
            self.set_rounding(rounding.clone())?;
        }
        Ok(self)
    }
    pub fn copy(&self) -> Context {
        Context(Rc::new(RefCell::new(*self.0.borrow())))
    }
    pub fn prec(&self) -> i64 {
        self.0.borrow().prec
    }
    pub fn rounding(&self) -> Str {
        Str::lit(self.0.borrow().rounding.name())
    }
    pub fn set_prec(&self, prec: i64) -> R<()> {
        if !(1..=999_999_999_999_999_999).contains(&prec) {
            return Err(exc::new(&exc::ValueError, "valid range for prec is [1, MAX_PREC]"));
        }
        self.0.borrow_mut().prec = prec;
        Ok(())
    }
    pub fn set_rounding(&self, name: Str) -> R<()> {
        self.0.borrow_mut().rounding = Rounding::named(&name)?;
        Ok(())
    }
    /// The work done with this context as the current one.
    pub fn within<T>(&self, work: impl FnOnce() -> R<T>) -> R<T> {
        let before = getcontext();
        setcontext(self);
        let made = work();
        setcontext(&before);
        made
    }
}
impl PyRepr for Context {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!(
            "Context(prec={}, rounding={}, Emin={EMIN}, Emax={EMAX}, capitals=1, clamp=0, flags=[], \
             traps=[InvalidOperation, DivisionByZero, Overflow])",
            self.prec(), self.rounding()
        ));
    }
}
str_is_repr!(Context);
super::fmt::fmt_is_str!(Context, "decimal.Context");
impl PyTruth for Context {
    fn truth(&self) -> bool {
        true
    }
}
impl PartialEq for Context {
    fn eq(&self, o: &Context) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}

/// `with localcontext() as ctx`: a copy that is the current one until the block ends.
#[derive(Clone)]
pub struct Local {
    within: Context,
    before: Rc<RefCell<Option<Context>>>,
}
pub fn localcontext(context: Option<&Context>, prec: Option<i64>, rounding: Option<&Str>) -> R<Local> {
    let within = context.cloned().unwrap_or_else(getcontext).copy().change(prec, rounding)?;
    Ok(Local { within, before: Rc::default() })
}
impl Local {
    pub fn enter(&self) -> Context {
        *self.before.borrow_mut() = Some(getcontext());
        setcontext(&self.within);
        self.within.clone()
    }
    pub fn exit(&self) {
        if let Some(before) = self.before.borrow_mut().take() {
            setcontext(&before);
        }
    }
}
