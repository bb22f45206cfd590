//! needs: re_program, re_syntax, pystr, strcase
//! Regular expressions, matching: a backtracking machine over code points.
use super::re_program::{fold, Op, Program};
use super::re_syntax::{Class1, Set, SetItem};

pub const UNSET: usize = usize::MAX;

/// What to undo or try when a path fails.
enum Retry {
    Branch(usize, usize),
    /// More ends of a run: code to go on with, shortest and current end, and its direction.
    Shorter { next: usize, least: usize, now: usize },
    Longer { one: usize, next: usize, now: usize, most: usize },
    Slot(usize, usize),
    Mark(usize, usize),
    Last(usize),
}

pub struct Machine<'a> {
    program: &'a Program,
    text: &'a [char],
    /// Ends of groups, two for each.
    pub slots: Vec<usize>,
    /// The group that closed last, 0 for none.
    pub last: usize,
    marks: Vec<usize>,
    retries: Vec<Retry>,
    /// An empty match at this position does not count.
    forbidden: usize,
    whole: bool,
}

impl<'a> Machine<'a> {
    pub fn new(program: &'a Program, text: &'a [char]) -> Self {
        Machine {
            program,
            text,
            slots: vec![UNSET; 2 * program.groups + 2],
            last: 0,
            marks: vec![UNSET; program.marks],
            retries: Vec::new(),
            forbidden: UNSET,
            whole: false,
        }
    }

    /// A match that starts exactly at `start`; `whole` asks that it ends with the text.
    pub fn at(&mut self, start: usize, whole: bool, forbid_empty: bool) -> bool {
        self.slots.fill(UNSET);
        self.marks.fill(UNSET);
        self.last = 0;
        self.retries.clear();
        self.whole = whole;
        self.forbidden = if forbid_empty { start } else { UNSET };
        match self.run(0, start) {
            Some(end) => {
                self.slots[0] = start;
                self.slots[1] = end;
                true
            }
            None => false,
        }
    }

    /// The first match that starts at `start` or later.
    pub fn search(&mut self, start: usize, forbid_empty: bool) -> bool {
        let first = match self.program.ops.first() {
            Some(Op::Char(c)) => Some(*c),
            _ => None,
        };
        let mut at = start;
        while at <= self.text.len() {
            if let Some(c) = first {
                match self.text[at..].iter().position(|x| *x == c) {
                    Some(n) => at += n,
                    None => return false,
                }
            }
            if self.at(at, false, forbid_empty && at == start) {
                return true;
            }
            at += 1;
        }
        false
    }

    fn one(&self, op: usize, c: char) -> bool {
        match &self.program.ops[op] {
            Op::Char(x) => *x == c,
            Op::CharFold(x) => *x == fold(c),
            Op::Any => true,
            Op::AnyButNewline => c != '\n',
            Op::Set(s) => set_has(&self.program.sets[*s], c),
            _ => false,
        }
    }

    /// Runs from `pc` until Match or Accept; leaves what may be undone on the stack above `base`.
    fn run(&mut self, mut pc: usize, mut at: usize) -> Option<usize> {
        let base = self.retries.len();
        loop {
            let ok = match &self.program.ops[pc] {
                Op::Char(_) | Op::CharFold(_) | Op::Any | Op::AnyButNewline | Op::Set(_) => {
                    match self.text.get(at) {
                        Some(&c) if self.one(pc, c) => {
                            at += 1;
                            pc += 1;
                            true
                        }
                        _ => false,
                    }
                }
                Op::Run { one, min, max, greedy } => {
                    let (one, min, max, greedy) = (*one, *min, *max, *greedy);
                    self.start_run(one, min, max, greedy, &mut pc, &mut at)
                }
                Op::Split(a, b) => {
                    self.retries.push(Retry::Branch(*b, at));
                    pc = *a;
                    true
                }
                Op::Jump(to) => {
                    pc = *to;
                    true
                }
                Op::Save(slot) => {
                    self.retries.push(Retry::Slot(*slot, self.slots[*slot]));
                    self.slots[*slot] = at;
                    if slot % 2 == 1 {
                        self.retries.push(Retry::Last(self.last));
                        self.last = slot / 2;
                    }
                    pc += 1;
                    true
                }
                Op::Mark(m) => {
                    self.retries.push(Retry::Mark(*m, self.marks[*m]));
                    self.marks[*m] = at;
                    pc += 1;
                    true
                }
                Op::Advanced(m, end) => {
                    pc = if self.marks[*m] == at { *end } else { pc + 1 };
                    true
                }
                Op::Look { ahead_by, negated, next } => {
                    let (back, negated, next) = (*ahead_by, *negated, *next);
                    let found = at >= back && self.nested(pc + 1, at - back.min(at), negated).is_some();
                    pc = next;
                    found != negated
                }
                Op::Atomic { next } => {
                    let next = *next;
                    match self.nested(pc + 1, at, false) {
                        Some(end) => {
                            at = end;
                            pc = next;
                            true
                        }
                        None => false,
                    }
                }
                Op::Accept => return Some(at),
                Op::Match => {
                    if at == self.forbidden || (self.whole && at != self.text.len()) {
                        false
                    } else {
                        return Some(at);
                    }
                }
                Op::IfGroup(g, other) => {
                    pc = if self.slots.get(2 * g + 1).is_some_and(|s| *s != UNSET) { pc + 1 } else { *other };
                    true
                }
                Op::Backref(g, ignore) => match self.backref(*g, *ignore, at) {
                    Some(end) => {
                        at = end;
                        pc += 1;
                        true
                    }
                    None => false,
                },
                Op::Fail => false,
                place => {
                    let ok = self.holds(place, at);
                    pc += 1;
                    ok
                }
            };
            if !ok && !self.retry(base, &mut pc, &mut at) {
                return None;
            }
        }
    }

    fn start_run(&mut self, one: usize, min: usize, max: usize, greedy: bool, pc: &mut usize, at: &mut usize) -> bool {
        let room = (self.text.len() - *at).min(max);
        let wanted = if greedy { room } else { min.min(room) };
        let mut n = 0;
        while n < wanted && self.one(one, self.text[*at + n]) {
            n += 1;
        }
        if n < min {
            return false;
        }
        let next = one + 1;
        if greedy && n > min {
            self.retries.push(Retry::Shorter { next, least: *at + min, now: *at + n });
        } else if !greedy && n < room {
            self.retries.push(Retry::Longer { one, next, now: *at + n, most: *at + room });
        }
        *at += n;
        *pc = next;
        true
    }

    /// Goes back to the latest choice above `base`; false when there is none.
    fn retry(&mut self, base: usize, pc: &mut usize, at: &mut usize) -> bool {
        while self.retries.len() > base {
            match self.retries.pop() {
                Some(Retry::Branch(p, a)) => {
                    (*pc, *at) = (p, a);
                    return true;
                }
                Some(Retry::Shorter { next, least, now }) => {
                    let now = now - 1;
                    if now > least {
                        self.retries.push(Retry::Shorter { next, least, now });
                    }
                    (*pc, *at) = (next, now);
                    return true;
                }
                Some(Retry::Longer { one, next, now, most }) => {
                    if self.text.get(now).is_some_and(|&c| self.one(one, c)) {
                        if now + 1 < most {
                            self.retries.push(Retry::Longer { one, next, now: now + 1, most });
                        }
                        (*pc, *at) = (next, now + 1);
                        return true;
                    }
                }
                Some(Retry::Slot(slot, old)) => self.slots[slot] = old,
                Some(Retry::Mark(m, old)) => self.marks[m] = old,
                Some(Retry::Last(old)) => self.last = old,
                None => return false,
            }
        }
        false
    }

    /// Runs inner code once: choices inside it are dropped, groups it set stay undoable (or are undone).
    fn nested(&mut self, pc: usize, at: usize, undo: bool) -> Option<usize> {
        let base = self.retries.len();
        let end = self.run(pc, at);
        if end.is_some() {
            if undo {
                let (mut p, mut a) = (0, 0);
                while self.retries.len() > base {
                    // only slots and marks matter; branches are discarded
                    match self.retries.pop() {
                        Some(Retry::Slot(slot, old)) => self.slots[slot] = old,
                        Some(Retry::Mark(m, old)) => self.marks[m] = old,
                        Some(Retry::Last(old)) => self.last = old,
                        _ => (p, a) = (p + 1, a + 1),
                    }
                }
            } else {
                let mut kept = self.retries.split_off(base);
                kept.retain(|r| matches!(r, Retry::Slot(..) | Retry::Mark(..) | Retry::Last(..)));
                self.retries.append(&mut kept);
            }
        }
        end
    }

    fn backref(&self, g: usize, ignore: bool, at: usize) -> Option<usize> {
        let (a, b) = (*self.slots.get(2 * g)?, *self.slots.get(2 * g + 1)?);
        if a == UNSET || b == UNSET {
            return None;
        }
        let part = self.text.get(at..at + (b - a))?;
        let same = |x: &char, y: &char| x == y || (ignore && fold(*x) == fold(*y));
        self.text[a..b].iter().zip(part).all(|(x, y)| same(x, y)).then_some(at + (b - a))
    }

    /// Assertions about a place.
    fn holds(&self, op: &Op, at: usize) -> bool {
        let n = self.text.len();
        match op {
            Op::Start => at == 0,
            Op::LineStart => at == 0 || self.text[at - 1] == '\n',
            Op::TextEnd => at == n,
            Op::End => at == n || (at + 1 == n && self.text[at] == '\n'),
            Op::LineEnd => at == n || self.text[at] == '\n',
            Op::Boundary { negated, ascii } => {
                let word = |i: usize| self.text.get(i).is_some_and(|&c| class_has(&Class1::Word, *ascii, c));
                let here = (at > 0 && word(at - 1)) != word(at);
                n > 0 && here != *negated
            }
            _ => false,
        }
    }
}

fn class_has(kind: &Class1, ascii: bool, c: char) -> bool {
    if c.is_ascii() || ascii {
        return match kind {
            Class1::Digit => c.is_ascii_digit(),
            Class1::Word => c.is_ascii_alphanumeric() || c == '_',
            Class1::Space => matches!(c, ' ' | '\t'..='\r') || (!ascii && ('\x1c'..='\x1f').contains(&c)),
        };
    }
    match kind {
        Class1::Digit => super::pystr::decimal_value(c).is_some(),
        Class1::Word => super::strcase::is_letter(c) || super::strcase::is_numeric(c),
        Class1::Space => super::pystr::is_space(c),
    }
}

fn set_has(s: &Set, c: char) -> bool {
    let plain = |c: char| {
        s.items.iter().any(|i| match i {
            SetItem::Range(a, b) => (*a..=*b).contains(&c),
            SetItem::Class { kind, negated, ascii } => class_has(kind, *ascii, c) != *negated,
        })
    };
    let mut hit = plain(c);
    if !hit && s.ignore_case {
        hit = plain(fold(c)) || c.to_uppercase().next().is_some_and(plain);
    }
    hit != s.negated
}
