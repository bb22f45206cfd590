//! needs: exc, pystr, traits, map, seq
//! `difflib`: SequenceMatcher, unified_diff, get_close_matches.
//! Source: Python 3.11 library reference, difflib; Ratcliff and Obershelp's gestalt matching.
use super::exc::{self, R};
use super::map::Map;
use super::pystr::Str;
use super::traits::*;
use std::collections::HashMap;
use std::rc::Rc;

struct Sequences {
    a: Vec<Str>,
    b: Vec<Str>,
    positions: Map<Str, Vec<usize>>,
    blanks_are_junk: bool,
}

/// On sequences of strings; a string is the sequence of its characters.
#[derive(Clone)]
pub struct SequenceMatcher(Rc<Sequences>);

fn is_blank(x: &Str) -> bool {
    x.as_str() == " " || x.as_str() == "\t"
}

pub type Opcode = (Str, i64, i64, i64, i64);

impl SequenceMatcher {
    pub fn new(a: Vec<Str>, b: Vec<Str>, autojunk: bool) -> SequenceMatcher {
        SequenceMatcher::with_junk(a, b, autojunk, false)
    }
    /// Blanks and tabs are junk: no match is made of them alone, but one is made longer by them.
    pub fn ignoring_blanks(a: &Str, b: &Str) -> SequenceMatcher {
        SequenceMatcher::with_junk(a.chars().collect(), b.chars().collect(), true, true)
    }
    fn with_junk(a: Vec<Str>, b: Vec<Str>, autojunk: bool, blanks_are_junk: bool) -> SequenceMatcher {
        let mut positions: Map<Str, Vec<usize>> = Map::new();
        for (j, x) in b.iter().enumerate() {
            if !(blanks_are_junk && is_blank(x)) {
                positions.place(x.clone(), Vec::new).push(j);
            }
        }
        if autojunk && b.len() >= 200 {
            // what makes up more than a hundredth of a long text says little about where texts agree
            let most = b.len() / 100 + 1;
            positions = positions.iter().filter(|e| e.1.len() <= most).map(|(k, v)| (k.clone(), v.clone())).collect();
        }
        SequenceMatcher(Rc::new(Sequences { a, b, positions, blanks_are_junk }))
    }
    pub fn of_texts(a: &Str, b: &Str, autojunk: bool) -> SequenceMatcher {
        SequenceMatcher::new(a.chars().collect(), b.chars().collect(), autojunk)
    }

    pub fn lengths(&self) -> (i64, i64) {
        (self.0.a.len() as i64, self.0.b.len() as i64)
    }
    pub fn longest(&self, alo: usize, ahi: usize, blo: usize, bhi: usize) -> (usize, usize, usize) {
        let Sequences { a, b, positions, blanks_are_junk } = &*self.0;
        let (mut i0, mut j0, mut size) = (alo, blo, 0);
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        for (i, x) in a.iter().enumerate().take(ahi).skip(alo) {
            let mut next = HashMap::new();
            for &j in positions.get(x).map_or(&[][..], |v| v) {
                if j < blo {
                    continue;
                }
                if j >= bhi {
                    break;
                }
                let k = if j > 0 { lengths.get(&(j - 1)).copied().unwrap_or(0) } else { 0 } + 1;
                next.insert(j, k);
                if k > size {
                    (i0, j0, size) = (i + 1 - k, j + 1 - k, k);
                }
            }
            lengths = next;
        }
        // By what is no junk first, then by junk.
        for junk in [false, true] {
            let wanted = |i: usize, j: usize| a[i] == b[j] && (*blanks_are_junk && is_blank(&b[j])) == junk;
            while i0 > alo && j0 > blo && wanted(i0 - 1, j0 - 1) {
                (i0, j0, size) = (i0 - 1, j0 - 1, size + 1);
            }
            while i0 + size < ahi && j0 + size < bhi && wanted(i0 + size, j0 + size) {
                size += 1;
            }
        }
        (i0, j0, size)
    }

    fn blocks(&self) -> Vec<(usize, usize, usize)> {
        let (la, lb) = (self.0.a.len(), self.0.b.len());
        let mut queue = vec![(0, la, 0, lb)];
        let mut found = Vec::new();
        while let Some((alo, ahi, blo, bhi)) = queue.pop() {
            let (i, j, k) = self.longest(alo, ahi, blo, bhi);
            if k == 0 {
                continue;
            }
            found.push((i, j, k));
            if alo < i && blo < j {
                queue.push((alo, i, blo, j));
            }
            if i + k < ahi && j + k < bhi {
                queue.push((i + k, ahi, j + k, bhi));
            }
        }
        found.sort();
        let mut out: Vec<(usize, usize, usize)> = Vec::new();
        for (i, j, k) in found {
            match out.last_mut() {
                Some(last) if last.0 + last.2 == i && last.1 + last.2 == j => last.2 += k,
                _ => out.push((i, j, k)),
            }
        }
        out.push((la, lb, 0));
        out
    }
    pub fn get_matching_blocks(&self) -> Vec<(i64, i64, i64)> {
        self.blocks().into_iter().map(|(i, j, k)| (i as i64, j as i64, k as i64)).collect()
    }
    pub fn get_opcodes(&self) -> Vec<Opcode> {
        let (mut i, mut j) = (0, 0);
        let mut out = Vec::new();
        let n = |x: usize| x as i64;
        for (ai, bj, size) in self.blocks() {
            let tag = match (i < ai, j < bj) {
                (true, true) => "replace",
                (true, false) => "delete",
                (false, true) => "insert",
                _ => "",
            };
            if !tag.is_empty() {
                out.push((Str::lit(tag), n(i), n(ai), n(j), n(bj)));
            }
            (i, j) = (ai + size, bj + size);
            if size > 0 {
                out.push((Str::lit("equal"), n(ai), n(i), n(bj), n(j)));
            }
        }
        out
    }
    fn score(&self, matches: usize) -> f64 {
        let total = self.0.a.len() + self.0.b.len();
        if total == 0 { 1.0 } else { 2.0 * matches as f64 / total as f64 }
    }
    pub fn ratio(&self) -> f64 {
        self.score(self.blocks().iter().map(|b| b.2).sum())
    }
    pub fn quick_ratio(&self) -> f64 {
        let mut left: HashMap<&Str, i64> = HashMap::new();
        self.0.b.iter().for_each(|x| *left.entry(x).or_insert(0) += 1);
        let mut matches = 0;
        for x in &self.0.a {
            if let Some(n) = left.get_mut(x).filter(|n| **n > 0) {
                *n -= 1;
                matches += 1;
            }
        }
        self.score(matches)
    }
    pub fn real_quick_ratio(&self) -> f64 {
        self.score(self.0.a.len().min(self.0.b.len()))
    }
    /// Changes with `n` lines around them, far ones apart.
    pub fn get_grouped_opcodes(&self, n: i64) -> Vec<Vec<Opcode>> {
        let mut codes = self.get_opcodes();
        if codes.is_empty() {
            codes.push((Str::lit("equal"), 0, 1, 0, 1));
        }
        if let Some(c) = codes.first_mut().filter(|c| c.0 == "equal") {
            (c.1, c.3) = (c.1.max(c.2 - n), c.3.max(c.4 - n));
        }
        if let Some(c) = codes.last_mut().filter(|c| c.0 == "equal") {
            (c.2, c.4) = (c.2.min(c.1 + n), c.4.min(c.3 + n));
        }
        let mut out = Vec::new();
        let mut group = Vec::new();
        for (tag, mut i1, i2, mut j1, j2) in codes {
            if tag == "equal" && i2 - i1 > 2 * n {
                group.push((tag.clone(), i1, i2.min(i1 + n), j1, j2.min(j1 + n)));
                out.push(std::mem::take(&mut group));
                (i1, j1) = (i1.max(i2 - n), j1.max(j2 - n));
            }
            group.push((tag, i1, i2, j1, j2));
        }
        if !group.is_empty() && !(group.len() == 1 && group[0].0 == "equal") {
            out.push(group);
        }
        out
    }
}
impl PartialEq for SequenceMatcher {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
impl PyRepr for SequenceMatcher {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<difflib.SequenceMatcher object>");
    }
}
str_is_repr!(SequenceMatcher);
impl PyTruth for SequenceMatcher {
    fn truth(&self) -> bool {
        true
    }
}

/// `unified_diff(a, b, fromfile, tofile, fromfiledate, tofiledate, n, lineterm)`.
#[allow(clippy::too_many_arguments)]
pub fn unified_diff(
    a: &[Str], b: &[Str], fromfile: &str, tofile: &str, fromdate: &str, todate: &str, n: i64, lineterm: &str,
) -> Vec<Str> {
    let range = |start: i64, stop: i64| match stop - start {
        1 => format!("{}", start + 1),
        0 => format!("{start},0"),
        len => format!("{},{len}", start + 1),
    };
    let tab = |date: &str| if date.is_empty() { String::new() } else { format!("\t{date}") };
    let mut out: Vec<String> = Vec::new();
    for group in SequenceMatcher::new(a.to_vec(), b.to_vec(), true).get_grouped_opcodes(n) {
        if out.is_empty() {
            out.push(format!("--- {fromfile}{}{lineterm}", tab(fromdate)));
            out.push(format!("+++ {tofile}{}{lineterm}", tab(todate)));
        }
        let (first, last) = (&group[0], &group[group.len() - 1]);
        out.push(format!("@@ -{} +{} @@{lineterm}", range(first.1, last.2), range(first.3, last.4)));
        for (tag, i1, i2, j1, j2) in &group {
            if *tag == "equal" {
                out.extend(a[*i1 as usize..*i2 as usize].iter().map(|l| format!(" {l}")));
                continue;
            }
            out.extend(a[*i1 as usize..*i2 as usize].iter().map(|l| format!("-{l}")));
            out.extend(b[*j1 as usize..*j2 as usize].iter().map(|l| format!("+{l}")));
        }
    }
    out.into_iter().map(Str::from).collect()
}

/// `get_close_matches(word, possibilities, n, cutoff)`.
pub fn get_close_matches(word: &Str, possibilities: &[Str], n: i64, cutoff: f64) -> R<Vec<Str>> {
    if n <= 0 {
        return Err(exc::new(&exc::ValueError, format!("n must be > 0: {n}")));
    }
    if !(0.0..=1.0).contains(&cutoff) {
        return Err(exc::new(&exc::ValueError, format!("cutoff must be in [0.0, 1.0]: {}", cutoff.repr())));
    }
    let mut found: Vec<(f64, Str)> = Vec::new();
    for p in possibilities {
        let s = SequenceMatcher::of_texts(p, word, true);
        if s.real_quick_ratio() >= cutoff && s.quick_ratio() >= cutoff && s.ratio() >= cutoff {
            found.push((s.ratio(), p.clone()));
        }
    }
    super::seq::sort(&mut found, true)?;
    found.truncate(n as usize);
    Ok(found.into_iter().map(|f| f.1).collect())
}
