//! needs: difflib, exc, map, pystr, traits, value
//! What `difflib` matches beside texts, and the blocks that it finds.
use super::difflib::SequenceMatcher;
use super::exc::{self, R};
use super::map::Map;
use super::pystr::Str;
use super::traits::*;
use super::value::Value;

/// A block where the sequences agree: where in the first, where in the second, how long.
#[derive(Clone, PartialEq)]
pub struct Block(pub i64, pub i64, pub i64);

impl Block {
    fn parts(&self) -> [i64; 3] {
        [self.0, self.1, self.2]
    }
    pub fn len(&self) -> i64 {
        3
    }
    pub fn items(&self) -> std::array::IntoIter<i64, 3> {
        self.parts().into_iter()
    }
    pub fn item(&self, index: i64) -> R<i64> {
        let at = if index < 0 { index + 3 } else { index };
        let found = usize::try_from(at).ok().and_then(|i| self.parts().get(i).copied());
        found.ok_or_else(|| exc::new(&exc::IndexError, "tuple index out of range"))
    }
}
impl PyRepr for Block {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("Match(a={}, b={}, size={})", self.0, self.1, self.2));
    }
}
str_is_repr!(Block);
impl PyTruth for Block {
    fn truth(&self) -> bool {
        true
    }
}
impl PyHash for Block {
    fn py_hash(&self) -> i64 {
        hash_items(self.parts().into_iter())
    }
}
impl PyOrd for Block {
    const TOTAL: bool = true;
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self.parts() < o.parts())
    }
}

/// A matcher of any items: equal ones get one number, and the numbers are matched as texts.
pub fn of_values(a: Vec<Value>, b: Vec<Value>, autojunk: bool) -> SequenceMatcher {
    let mut numbers: Map<Value, usize> = Map::new();
    let mut number = |v: &Value| {
        let next = numbers.len() as usize;
        Str::from(numbers.place(v.clone(), || next).to_string())
    };
    let a: Vec<Str> = a.iter().map(&mut number).collect();
    let b: Vec<Str> = b.iter().map(&mut number).collect();
    SequenceMatcher::new(a, b, autojunk)
}
pub fn blocks(m: &SequenceMatcher) -> Vec<Block> {
    m.get_matching_blocks().into_iter().map(|(a, b, n)| Block(a, b, n)).collect()
}
/// `find_longest_match(alo, ahi, blo, bhi)`.
pub fn longest(m: &SequenceMatcher, alo: i64, ahi: Option<i64>, blo: i64, bhi: Option<i64>) -> Block {
    let (la, lb) = m.lengths();
    let (a, b, n) = m.longest(alo as usize, ahi.unwrap_or(la) as usize, blo as usize, bhi.unwrap_or(lb) as usize);
    Block(a as i64, b as i64, n as i64)
}
