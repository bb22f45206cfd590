//! needs: exc, fmt, out, pystr, traits
//! `traceback`: reports of exceptions. Lines of the program that an exception passed are not known.
use super::exc::Exc;
use super::pystr::Str;
use super::traits::*;

pub fn report(e: &Exc) -> String {
    let text = e.traceback();
    if text.starts_with("Traceback") { text } else { format!("Traceback (most recent call last):\n{text}") }
}
pub fn format_exc(e: Option<&Exc>) -> Str {
    e.map_or(Str::lit("NoneType: None\n"), |e| Str::from(report(e)))
}
pub fn print_exc(e: Option<&Exc>) {
    super::out::write_err(&format_exc(e));
}
/// The lines of a report, each with its end.
pub fn lines(e: &Exc) -> Vec<Str> {
    report(e).split_inclusive('\n').map(Str::new).collect()
}
pub fn last_line(e: &Exc) -> Vec<Str> {
    vec![Str::from(format!("{}\n", e.one_line()))]
}

/// `e.__traceback__`: where the exception passed, which only its report shows.
#[derive(Clone, PartialEq)]
pub struct Traceback(Exc);
impl Traceback {
    pub fn of(e: &Exc) -> Traceback {
        Traceback(e.clone())
    }
}
impl PyRepr for Traceback {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<traceback object at {:#x}>", self.0.py_hash() << 4));
    }
}
str_is_repr!(Traceback);
super::fmt::fmt_is_str!(Traceback, "traceback");
impl PyTruth for Traceback {
    fn truth(&self) -> bool {
        true
    }
}
