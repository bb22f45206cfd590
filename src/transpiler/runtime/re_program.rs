//! needs: exc, re_syntax
//! Regular expressions, compiling: the tree becomes a list of instructions for the matcher.
use super::exc::{self, R};
use super::re_syntax::{Node, RepeatKind, Set, UNBOUNDED};

pub enum Op {
    Char(char),
    CharFold(char),
    Any,
    AnyButNewline,
    Set(usize),
    /// A run of a one-character test; the test is the instruction `one`.
    Run { one: usize, min: usize, max: usize, greedy: bool },
    /// Tries the first, later the second.
    Split(usize, usize),
    Jump(usize),
    Save(usize),
    /// Remembers the position in a register, and leaves a loop whose body matched nothing.
    Mark(usize),
    Advanced(usize, usize),
    /// Runs the code after it up to `Accept`, then goes on at `next`.
    Look { ahead_by: usize, negated: bool, next: usize },
    Atomic { next: usize },
    Accept,
    Backref(usize, bool),
    IfGroup(usize, usize),
    Start,
    LineStart,
    End,
    LineEnd,
    TextEnd,
    Boundary { negated: bool, ascii: bool },
    Fail,
    Match,
}

#[derive(Default)]
pub struct Program {
    pub ops: Vec<Op>,
    pub sets: Vec<Set>,
    pub marks: usize,
    pub groups: usize,
}

pub fn compile(tree: &Node, groups: usize) -> R<Program> {
    let mut p = Program { groups, ..Program::default() };
    p.node(tree)?;
    p.ops.push(Op::Match);
    Ok(p)
}

impl Program {
    fn push(&mut self, op: Op) -> usize {
        self.ops.push(op);
        self.ops.len() - 1
    }

    fn node(&mut self, n: &Node) -> R<()> {
        if self.ops.len() > 1 << 20 {
            return Err(exc::new(&exc::OverflowError, "regular expression code size limit exceeded"));
        }
        match n {
            Node::Empty => {}
            Node::Char { c, ignore_case: false } => drop(self.push(Op::Char(*c))),
            Node::Char { c, ignore_case: true } => drop(self.push(Op::CharFold(fold(*c)))),
            Node::Any { newline } => drop(self.push(if *newline { Op::Any } else { Op::AnyButNewline })),
            Node::Set(s) => {
                self.sets.push(s.clone());
                self.push(Op::Set(self.sets.len() - 1));
            }
            Node::Seq(items) => items.iter().try_for_each(|x| self.node(x))?,
            Node::Alt(items) => self.alternatives(items)?,
            Node::Group { index: None, body } => self.node(body)?,
            Node::Group { index: Some(i), body } => {
                self.push(Op::Save(2 * i));
                self.node(body)?;
                self.push(Op::Save(2 * i + 1));
            }
            Node::Repeat { body, min, max, kind } => self.repeat(body, *min, *max, *kind != RepeatKind::Lazy)?,
            Node::Atomic(body) => {
                let at = self.push(Op::Fail);
                self.node(body)?;
                self.push(Op::Accept);
                self.ops[at] = Op::Atomic { next: self.ops.len() };
            }
            Node::Look { body, ahead, negated } => self.look(body, *ahead, *negated)?,
            Node::Backref { group, ignore_case } => drop(self.push(Op::Backref(*group, *ignore_case))),
            Node::Conditional { group, yes, no } => {
                let test = self.push(Op::Fail);
                self.node(yes)?;
                let skip = self.push(Op::Fail);
                self.ops[test] = Op::IfGroup(*group, self.ops.len());
                self.node(no)?;
                self.ops[skip] = Op::Jump(self.ops.len());
            }
            Node::Start { multiline } => drop(self.push(if *multiline { Op::LineStart } else { Op::Start })),
            Node::End { multiline } => drop(self.push(if *multiline { Op::LineEnd } else { Op::End })),
            Node::TextStart => drop(self.push(Op::Start)),
            Node::TextEnd => drop(self.push(Op::TextEnd)),
            Node::Boundary { negated, ascii } => {
                self.push(Op::Boundary { negated: *negated, ascii: *ascii });
            }
        }
        Ok(())
    }

    fn alternatives(&mut self, items: &[Node]) -> R<()> {
        let mut jumps = Vec::new();
        for (i, x) in items.iter().enumerate() {
            if i + 1 == items.len() {
                self.node(x)?;
                break;
            }
            let split = self.push(Op::Fail);
            self.node(x)?;
            jumps.push(self.push(Op::Fail));
            self.ops[split] = Op::Split(split + 1, self.ops.len());
        }
        let end = self.ops.len();
        jumps.into_iter().for_each(|j| self.ops[j] = Op::Jump(end));
        Ok(())
    }

    fn look(&mut self, body: &Node, ahead: bool, negated: bool) -> R<()> {
        let (low, high) = body.width();
        if !ahead && low != high {
            return Err(exc::new(&super::re_syntax::error, "look-behind requires fixed-width pattern"));
        }
        let at = self.push(Op::Fail);
        self.node(body)?;
        self.push(Op::Accept);
        self.ops[at] = Op::Look { ahead_by: if ahead { 0 } else { low }, negated, next: self.ops.len() };
        Ok(())
    }

    fn repeat(&mut self, body: &Node, min: usize, max: usize, greedy: bool) -> R<()> {
        if matches!(body, Node::Char { .. } | Node::Any { .. } | Node::Set(_)) {
            let skip = self.push(Op::Fail);
            self.node(body)?;
            self.ops[skip] = Op::Run { one: skip + 1, min, max, greedy };
            return Ok(());
        }
        for _ in 0..min {
            self.node(body)?;
        }
        let split = |first: usize, second: usize| if greedy { Op::Split(first, second) } else { Op::Split(second, first) };
        if max == UNBOUNDED {
            let mark = self.marks;
            self.marks += 1;
            let head = self.push(Op::Fail);
            self.push(Op::Mark(mark));
            self.node(body)?;
            let back = self.push(Op::Advanced(mark, 0));
            self.push(Op::Jump(head));
            let end = self.ops.len();
            self.ops[back] = Op::Advanced(mark, end);
            self.ops[head] = split(head + 1, end);
            return Ok(());
        }
        let mut splits = Vec::new();
        for _ in min..max {
            splits.push(self.push(Op::Fail));
            self.node(body)?;
        }
        let end = self.ops.len();
        splits.into_iter().for_each(|s| self.ops[s] = split(s + 1, end));
        Ok(())
    }
}

/// One character for all spellings of a letter.
pub fn fold(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(l), None) => l,
        _ => c,
    }
}
