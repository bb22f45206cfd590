//! needs: exc, pystr, re_syntax, re_program, re_match, re_template, traits, dict, value, tuple
//! `re`: patterns, matches and the module's functions.
pub use super::re_syntax::{error, A, I, M, S, U, X};
use super::dict::Dict;
use super::exc::{self, R};
use super::pystr::Str;
use super::re_match::{Machine, UNSET};
use super::re_program::Program;
use super::re_template::Template;
use super::traits::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

struct Compiled {
    pattern: Str,
    flags: i64,
    program: Program,
    names: Vec<(Str, usize)>,
}

#[derive(Clone)]
pub struct Pattern(Rc<Compiled>);

/// What all matches of one scan share.
struct Subject {
    pattern: Pattern,
    text: Str,
    chars: Vec<char>,
    pos: usize,
}

#[derive(Clone)]
pub struct Match {
    subject: Rc<Subject>,
    slots: Rc<[usize]>,
    last: usize,
}

thread_local! {
    static CACHE: RefCell<HashMap<(String, i64), Pattern>> = RefCell::new(HashMap::new());
}

/// `re.compile(pattern, flags)`, cached.
pub fn compile(pattern: &Str, flags: i64) -> R<Pattern> {
    let key = (pattern.to_string(), flags);
    if let Some(p) = CACHE.with(|c| c.borrow().get(&key).cloned()) {
        return Ok(p);
    }
    let parsed = super::re_syntax::parse(pattern, flags)?;
    let program = super::re_program::compile(&parsed.tree, parsed.groups)?;
    let made = Compiled { pattern: pattern.clone(), flags: parsed.flags, program, names: parsed.names };
    let made = Pattern(Rc::new(made));
    CACHE.with(|c| c.borrow_mut().insert(key, made.clone()));
    Ok(made)
}

/// One pass over a text.
struct Scan<'a> {
    subject: Rc<Subject>,
    machine: Machine<'a>,
    at: usize,
    after_empty: bool,
}

impl Pattern {
    fn subject(&self, s: &Str, pos: Option<i64>, endpos: Option<i64>) -> (Rc<Subject>, usize) {
        let mut chars: Vec<char> = s.as_str().chars().collect();
        let n = chars.len() as i64;
        chars.truncate(endpos.unwrap_or(n).clamp(0, n) as usize);
        let pos = pos.unwrap_or(0).clamp(0, n) as usize;
        (Rc::new(Subject { pattern: self.clone(), text: s.clone(), chars, pos }), pos)
    }

    fn single(&self, s: &Str, pos: Option<i64>, endpos: Option<i64>, how: u8) -> Option<Match> {
        let (subject, start) = self.subject(s, pos, endpos);
        if start > subject.chars.len() {
            return None;
        }
        let mut m = Machine::new(&self.0.program, &subject.chars);
        let hit = match how {
            b's' => m.search(start, false),
            b'm' => m.at(start, false, false),
            _ => m.at(start, true, false),
        };
        let (last, slots): (usize, Rc<[usize]>) = (m.last, m.slots.into());
        hit.then(|| Match { subject: Rc::clone(&subject), slots, last })
    }

    pub fn search(&self, s: &Str, pos: Option<i64>, endpos: Option<i64>) -> Option<Match> {
        self.single(s, pos, endpos, b's')
    }
    pub fn match_(&self, s: &Str, pos: Option<i64>, endpos: Option<i64>) -> Option<Match> {
        self.single(s, pos, endpos, b'm')
    }
    pub fn fullmatch(&self, s: &Str, pos: Option<i64>, endpos: Option<i64>) -> Option<Match> {
        self.single(s, pos, endpos, b'f')
    }

    /// All matches, as `finditer` gives them.
    pub fn finditer(&self, s: &Str) -> Vec<Match> {
        let (subject, at) = self.subject(s, None, None);
        let for_machine = Rc::clone(&subject);
        let machine = Machine::new(&self.0.program, &for_machine.chars);
        let mut scan = Scan { subject, machine, at, after_empty: false };
        let mut out = Vec::new();
        while let Some(m) = scan.step() {
            out.push(m);
        }
        out
    }

    /// For patterns with at most one group.
    pub fn findall(&self, s: &Str) -> Vec<Str> {
        let g = self.0.program.groups.min(1);
        self.finditer(s).iter().map(|m| m.text(g).unwrap_or_default()).collect()
    }
    /// For patterns with several groups: what each captured.
    pub fn findall_groups(&self, s: &Str) -> Vec<Vec<Str>> {
        let n = self.0.program.groups;
        self.finditer(s).iter().map(|m| (1..=n).map(|g| m.text(g).unwrap_or_default()).collect()).collect()
    }

    /// Pieces between matches, groups included (None where one took no part).
    pub fn split_groups(&self, s: &Str, maxsplit: i64) -> Vec<Option<Str>> {
        let mut out = Vec::new();
        let mut at = 0;
        for (i, m) in self.finditer(s).iter().enumerate() {
            if maxsplit > 0 && i as i64 >= maxsplit {
                break;
            }
            out.push(Some(m.subject.part(at, m.slots[0])));
            out.extend((1..=self.0.program.groups).map(|g| m.text(g)));
            at = m.slots[1];
        }
        out.push(Some(s.part(at, s.len() as usize)));
        out
    }
    /// The same for patterns without groups.
    pub fn split(&self, s: &Str, maxsplit: i64) -> Vec<Str> {
        self.split_groups(s, maxsplit).into_iter().map(Option::unwrap_or_default).collect()
    }

    /// `subn(function, s, count)`.
    pub fn subn_fn(&self, mut f: impl FnMut(&Match) -> R<Str>, s: &Str, count: i64) -> R<(Str, i64)> {
        let mut out = String::new();
        let (mut at, mut n) = (0, 0);
        for m in self.finditer(s) {
            if count > 0 && n >= count {
                break;
            }
            out.extend(&m.subject.chars[at..m.slots[0]]);
            out.push_str(&f(&m)?);
            at = m.slots[1];
            n += 1;
        }
        if n == 0 {
            return Ok((s.clone(), 0));
        }
        out.push_str(&s.part(at, s.len() as usize));
        Ok((Str::from(out), n))
    }
    pub fn sub_fn<P: Piece>(&self, mut f: impl FnMut(&Match) -> R<P>, s: &Str, count: i64) -> R<Str> {
        Ok(self.subn_fn(|m| f(m)?.piece(), s, count)?.0)
    }
    /// `subn(template, s, count)`.
    pub fn subn(&self, template: &Str, s: &Str, count: i64) -> R<(Str, i64)> {
        let t = Template::parse(template, self.groups() as usize, &self.0.names)?;
        self.subn_fn(|m| Ok(t.expand(|g| m.text(g))), s, count)
    }
    pub fn sub(&self, template: &Str, s: &Str, count: i64) -> R<Str> {
        Ok(self.subn(template, s, count)?.0)
    }

    pub fn pattern(&self) -> Str {
        self.0.pattern.clone()
    }
    pub fn flags(&self) -> i64 {
        self.0.flags
    }
    pub fn groups(&self) -> i64 {
        self.0.program.groups as i64
    }
    pub fn groupindex(&self) -> Dict<Str, i64> {
        self.0.names.iter().map(|(n, i)| (n.clone(), *i as i64)).collect()
    }
}

impl Scan<'_> {
    fn step(&mut self) -> Option<Match> {
        if self.at > self.subject.chars.len() || !self.machine.search(self.at, self.after_empty) {
            return None;
        }
        let slots: Rc<[usize]> = self.machine.slots.clone().into();
        self.after_empty = slots[0] == slots[1];
        self.at = slots[1];
        // a match that is not empty may be followed by an empty one at its end
        Some(Match { subject: Rc::clone(&self.subject), slots, last: self.machine.last })
    }
}

impl Subject {
    fn part(&self, a: usize, b: usize) -> Str {
        if self.text.is_ascii() {
            return Str::new(&self.text.as_str()[a..b]);
        }
        Str::from(self.chars[a..b].iter().collect::<String>())
    }
}

impl Match {
    fn text(&self, g: usize) -> Option<Str> {
        let (a, b) = (self.slots[2 * g], self.slots[2 * g + 1]);
        (a != UNSET && b != UNSET).then(|| self.subject.part(a, b))
    }
    fn check(&self, g: i64) -> R<usize> {
        if g < 0 || g as usize * 2 >= self.slots.len() {
            return Err(exc::new(&exc::IndexError, "no such group"));
        }
        Ok(g as usize)
    }
    fn number(&self, name: &str) -> R<usize> {
        let names = &self.subject.pattern.0.names;
        match names.iter().find(|n| n.0 == *name) {
            Some(n) => Ok(n.1),
            None => Err(exc::new(&exc::IndexError, "no such group")),
        }
    }
    /// `m.group()`, `m[0]`: the whole match.
    pub fn whole(&self) -> Str {
        self.text(0).unwrap_or_default()
    }
    pub fn group(&self, g: i64) -> R<Option<Str>> {
        Ok(self.text(self.check(g)?))
    }
    pub fn group_named(&self, name: &str) -> R<Option<Str>> {
        Ok(self.text(self.number(name)?))
    }
    pub fn groups(&self) -> Vec<Option<Str>> {
        (1..self.slots.len() / 2).map(|g| self.text(g)).collect()
    }
    pub fn groupdict(&self) -> Dict<Str, Option<Str>> {
        self.subject.pattern.0.names.iter().map(|(n, g)| (n.clone(), self.text(*g))).collect()
    }
    pub fn span(&self, g: i64) -> R<(i64, i64)> {
        let g = self.check(g)?;
        let at = |slot: usize| if self.slots[slot] == UNSET { -1 } else { self.slots[slot] as i64 };
        let both = (at(2 * g), at(2 * g + 1));
        Ok(if both.0 < 0 || both.1 < 0 { (-1, -1) } else { both })
    }
    pub fn span_named(&self, name: &str) -> R<(i64, i64)> {
        self.span(self.number(name)? as i64)
    }
    pub fn start(&self, g: i64) -> R<i64> {
        Ok(self.span(g)?.0)
    }
    pub fn end(&self, g: i64) -> R<i64> {
        Ok(self.span(g)?.1)
    }
    pub fn expand(&self, template: &Str) -> R<Str> {
        let p = &self.subject.pattern.0;
        Ok(Template::parse(template, p.program.groups, &p.names)?.expand(|g| self.text(g)))
    }
    pub fn string(&self) -> Str {
        self.subject.text.clone()
    }
    pub fn re(&self) -> Pattern {
        self.subject.pattern.clone()
    }
    pub fn pos(&self) -> i64 {
        self.subject.pos as i64
    }
    pub fn endpos(&self) -> i64 {
        self.subject.chars.len() as i64
    }
    /// The group that closed last.
    pub fn lastindex(&self) -> Option<i64> {
        (self.last > 0).then_some(self.last as i64)
    }
    pub fn lastgroup(&self) -> Option<Str> {
        let g = self.lastindex()? as usize;
        self.subject.pattern.0.names.iter().find(|n| n.1 == g).map(|n| n.0.clone())
    }
}

pub fn search(pattern: &Str, s: &Str, flags: i64) -> R<Option<Match>> {
    Ok(compile(pattern, flags)?.search(s, None, None))
}
pub fn match_(pattern: &Str, s: &Str, flags: i64) -> R<Option<Match>> {
    Ok(compile(pattern, flags)?.match_(s, None, None))
}
pub fn fullmatch(pattern: &Str, s: &Str, flags: i64) -> R<Option<Match>> {
    Ok(compile(pattern, flags)?.fullmatch(s, None, None))
}
pub fn findall(pattern: &Str, s: &Str, flags: i64) -> R<Vec<Str>> {
    Ok(compile(pattern, flags)?.findall(s))
}
pub fn findall_groups(pattern: &Str, s: &Str, flags: i64) -> R<Vec<Vec<Str>>> {
    Ok(compile(pattern, flags)?.findall_groups(s))
}
pub fn finditer(pattern: &Str, s: &Str, flags: i64) -> R<Vec<Match>> {
    Ok(compile(pattern, flags)?.finditer(s))
}
pub fn sub(pattern: &Str, template: &Str, s: &Str, count: i64, flags: i64) -> R<Str> {
    compile(pattern, flags)?.sub(template, s, count)
}
pub fn subn(pattern: &Str, template: &Str, s: &Str, count: i64, flags: i64) -> R<(Str, i64)> {
    compile(pattern, flags)?.subn(template, s, count)
}
/// What a function may give for a match: None stands for no text.
pub trait Piece {
    fn piece(self) -> R<Str>;
}
impl Piece for Str {
    fn piece(self) -> R<Str> {
        Ok(self)
    }
}
fn no_text(kind: &str) -> R<Str> {
    Err(exc::new(&exc::TypeError, format!("sequence item 0: expected str instance, {kind} found")))
}
impl Piece for i64 {
    fn piece(self) -> R<Str> {
        no_text("int")
    }
}
impl Piece for f64 {
    fn piece(self) -> R<Str> {
        no_text("float")
    }
}
impl Piece for () {
    fn piece(self) -> R<Str> {
        Ok(Str::lit(""))
    }
}
impl<P: Piece> Piece for Option<P> {
    fn piece(self) -> R<Str> {
        self.map_or(Ok(Str::lit("")), P::piece)
    }
}
pub fn sub_fn<P: Piece>(pattern: &Str, f: impl FnMut(&Match) -> R<P>, s: &Str, count: i64, flags: i64) -> R<Str> {
    compile(pattern, flags)?.sub_fn(f, s, count)
}
pub fn split(pattern: &Str, s: &Str, maxsplit: i64, flags: i64) -> R<Vec<Str>> {
    Ok(compile(pattern, flags)?.split(s, maxsplit))
}
pub fn split_groups(pattern: &Str, s: &Str, maxsplit: i64, flags: i64) -> R<Vec<Option<Str>>> {
    Ok(compile(pattern, flags)?.split_groups(s, maxsplit))
}

/// `re.escape(text)`.
pub fn escape(s: &Str) -> Str {
    let mut out = String::new();
    for c in s.as_str().chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\x0b\x0c".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    Str::from(out)
}

impl PyRepr for Match {
    fn repr_into(&self, out: &mut String) {
        let shown = self.whole().repr();
        let cut: String = shown.as_str().chars().take(50).collect();
        out.push_str(&format!("<re.Match object; span=({}, {}), match={cut}>", self.slots[0], self.slots[1]));
    }
}
impl PyRepr for Pattern {
    fn repr_into(&self, out: &mut String) {
        let names = [(I, "IGNORECASE"), (M, "MULTILINE"), (S, "DOTALL"), (X, "VERBOSE"), (A, "ASCII")];
        let on: Vec<String> =
            names.iter().filter(|(bit, _)| self.0.flags & bit != 0).map(|(_, n)| format!("re.{n}")).collect();
        let cut: String = self.0.pattern.repr().as_str().chars().take(200).collect();
        out.push_str(&format!("re.compile({cut}{}{})", if on.is_empty() { "" } else { ", " }, on.join("|")));
    }
}
str_is_repr!(Match, Pattern);
impl PyTruth for Match {
    fn truth(&self) -> bool {
        true
    }
}
impl PyTruth for Pattern {
    fn truth(&self) -> bool {
        true
    }
}
impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.0.pattern == other.0.pattern && self.0.flags == other.0.flags
    }
}

impl Pattern {
    /// `findall` of a pattern with several groups, as tuples.
    pub fn findall_many(&self, s: &Str) -> Vec<super::tuple::Tuple<Str>> {
        self.findall_groups(s).into_iter().map(super::tuple::Tuple::from).collect()
    }
}
pub fn findall_many(pattern: &Str, s: &Str, flags: i64) -> R<Vec<super::tuple::Tuple<Str>>> {
    Ok(compile(pattern, flags)?.findall_many(s))
}

impl PartialEq for Match {
    fn eq(&self, other: &Match) -> bool {
        Rc::ptr_eq(&self.slots, &other.slots)
    }
}
impl PyHash for Pattern {
    fn py_hash(&self) -> i64 {
        PyHash::py_hash(&PyRepr::repr(self))
    }
}
impl super::traits::PyOrd for Pattern {
    fn py_lt(&self, _: &Self) -> R<bool> {
        Err(exc::new(&exc::TypeError, "'<' not supported between instances of 're.Pattern' and 're.Pattern'"))
    }
}
