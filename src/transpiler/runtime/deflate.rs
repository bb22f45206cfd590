//! needs: huffman, base64, bytes, exc, inflate
//! `zlib.compress`: the same matches and blocks as zlib, so that the bytes agree with CPython's. Levels 1 to 9.
//! Source: RFC 1950, 1951; zlib's documented algorithm (hash chains, lazy matching, block choice).
use super::exc::{self, R};
use super::huffman::{Shape, Tree};

const WINDOW: usize = 32768;
const MIN_LOOKAHEAD: usize = 262;
const MAX_DIST: usize = WINDOW - MIN_LOOKAHEAD;
const SYMBOLS: usize = 16383;
const LENGTH_EXTRA: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DIST_EXTRA: [u8; 30] = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_EXTRA: [u8; 19] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7];
const CODE_ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// good length, lazy length, nice length, chain, lazy matching
const LEVELS: [(usize, usize, usize, usize, bool); 10] = [
    (0, 0, 0, 0, false), (4, 4, 8, 4, false), (4, 5, 16, 8, false), (4, 6, 32, 32, false), (4, 4, 16, 16, true),
    (8, 16, 32, 32, true), (8, 16, 128, 128, true), (8, 32, 128, 256, true), (32, 128, 258, 1024, true),
    (32, 258, 258, 4096, true),
];

fn length_code(len: usize) -> (usize, usize) {
    if len == 258 {
        return (28, 0);
    }
    split(len - 3, &LENGTH_EXTRA[..28])
}
fn dist_code(dist: usize) -> (usize, usize) {
    split(dist - 1, &DIST_EXTRA)
}
/// Code of a value and what its extra bits hold.
fn split(v: usize, extra: &[u8]) -> (usize, usize) {
    let mut base = 0;
    for (code, e) in extra.iter().enumerate() {
        if v < base + (1 << e) {
            return (code, v - base);
        }
        base += 1 << e;
    }
    (extra.len() - 1, 0)
}

#[derive(Default)]
struct Writer {
    out: Vec<u8>,
    value: u64,
    have: u32,
}
impl Writer {
    fn bits(&mut self, v: usize, n: u32) {
        self.value |= (v as u64) << self.have;
        self.have += n;
        while self.have >= 8 {
            self.out.push(self.value as u8);
            self.value >>= 8;
            self.have -= 8;
        }
    }
    fn align(&mut self) {
        if self.have > 0 {
            self.out.push(self.value as u8);
        }
        (self.value, self.have) = (0, 0);
    }
    fn code(&mut self, t: &Tree, i: usize) {
        self.bits(t.code[i] as usize, t.len[i] as u32);
    }
}

struct Compressor<'a> {
    data: &'a [u8],
    level: (usize, usize, usize, usize, bool),
    head: Vec<usize>,
    prev: Vec<usize>,
    /// Where zlib's window begins; positions at or before it cannot be matched.
    base: usize,
    window_end: usize,
    /// (distance or 0, length or literal)
    symbols: Vec<(usize, usize)>,
    block_start: usize,
    w: Writer,
}

/// `zlib.compress(data, level)`.
pub fn compress(data: &[u8], level: i64) -> R<super::bytes::Bytes> {
    let level = if level == -1 { 6 } else { level };
    if level == 0 {
        return Err(exc::new(&exc::ValueError, "unsupported: zlib level 0"));
    }
    if !(1..=9).contains(&level) {
        return Err(exc::new(&super::inflate::error, "Bad compression level"));
    }
    let flags = match level {
        0 | 1 => 0,
        2..=5 => 1,
        6 => 2,
        _ => 3,
    };
    let header = 0x7800u32 | flags << 6;
    let header = header + 31 - header % 31;
    let mut out = vec![(header >> 8) as u8, header as u8];
    out.extend(raw(data, level as usize));
    out.extend((super::base64::adler32(data, 1) as u32).to_be_bytes());
    Ok(super::bytes::Bytes::from(out))
}

/// A raw deflate stream.
pub fn raw(data: &[u8], level: usize) -> Vec<u8> {
    let mut c = Compressor {
        data,
        level: LEVELS[level],
        head: vec![usize::MAX; WINDOW],
        prev: vec![usize::MAX; WINDOW],
        base: 0,
        window_end: data.len().min(2 * WINDOW),
        symbols: Vec::new(),
        block_start: 0,
        w: Writer::default(),
    };
    if c.level.4 { c.lazy() } else { c.fast() }
    c.w.align();
    c.w.out
}

impl Compressor<'_> {
    fn slide(&mut self, at: usize) {
        if self.window_end - at < MIN_LOOKAHEAD && self.window_end < self.data.len() && at - self.base >= WINDOW + MAX_DIST {
            self.base += WINDOW;
            self.window_end = self.data.len().min(self.base + 2 * WINDOW);
        }
    }
    /// Enters the three bytes at `at`; the latest earlier place with their hash.
    fn insert(&mut self, at: usize) -> Option<usize> {
        let d = self.data;
        let h = ((d[at] as usize) << 10 ^ (d[at + 1] as usize) << 5 ^ d[at + 2] as usize) & (WINDOW - 1);
        let found = std::mem::replace(&mut self.head[h], at);
        self.prev[at % WINDOW] = found;
        self.live(found)
    }
    fn live(&self, at: usize) -> Option<usize> {
        (at != usize::MAX && at > self.base).then_some(at)
    }

    /// (length, place) of the best match longer than `best`.
    fn longest(&self, at: usize, from: usize, mut best: usize) -> (usize, usize) {
        let (good, _, nice, chain, _) = self.level;
        let d = self.data;
        let room = d.len() - at;
        let nice = nice.min(room);
        let limit = at.saturating_sub(MAX_DIST).max(self.base);
        let mut left = if best >= good { chain >> 2 } else { chain };
        let (mut cur, mut start) = (from, 0);
        let most = room.min(258);
        loop {
            let fits = best < most && d[cur + best] == d[at + best] && d[cur + best - 1] == d[at + best - 1] && d[cur] == d[at];
            if fits {
                let n = (0..most).take_while(|k| d[cur + k] == d[at + k]).count();
                if n > best {
                    (best, start) = (n, cur);
                    if n >= nice {
                        break;
                    }
                }
            }
            let next = self.prev[cur % WINDOW];
            left -= 1;
            if next == usize::MAX || next <= limit || next >= cur || left == 0 {
                break;
            }
            cur = next;
        }
        (best.min(room), start)
    }

    fn tally(&mut self, dist: usize, value: usize) -> bool {
        self.symbols.push((dist, value));
        self.symbols.len() == SYMBOLS
    }

    fn lazy(&mut self) {
        let n = self.data.len();
        let (mut at, mut length, mut start, mut pending) = (0, 2, 0, false);
        while at < n {
            self.slide(at);
            let found = if n - at >= 3 { self.insert(at) } else { None };
            let (before, before_start) = (length, start);
            length = 2;
            if let Some(f) = found.filter(|f| before < self.level.1 && at - f <= MAX_DIST) {
                let (l, s) = self.longest(at, f, before);
                start = if l > before { s } else { start };
                length = l;
                if length == 3 && at - start > 4096 {
                    length = 2;
                }
            }
            if before >= 3 && length <= before {
                let full = self.tally(at - 1 - before_start, before);
                for _ in 0..before - 2 {
                    at += 1;
                    if at + 3 <= n {
                        self.insert(at);
                    }
                }
                at += 1;
                (pending, length) = (false, 2);
                if full {
                    self.flush(at, false);
                }
            } else {
                if pending && self.tally(0, self.data[at - 1] as usize) {
                    self.flush(at, false);
                }
                pending = true;
                at += 1;
            }
        }
        if pending {
            self.tally(0, self.data[n - 1] as usize);
        }
        self.flush(n, true);
    }

    fn fast(&mut self) {
        let n = self.data.len();
        let mut at = 0;
        while at < n {
            self.slide(at);
            let found = if n - at >= 3 { self.insert(at) } else { None };
            let (length, start) = match found.filter(|f| at - f <= MAX_DIST) {
                Some(f) => self.longest(at, f, 2),
                None => (2, 0),
            };
            let full = if length >= 3 {
                let full = self.tally(at - start, length);
                if length <= self.level.1 && n - at - length >= 3 {
                    for k in at + 1..at + length {
                        self.insert(k);
                    }
                }
                at += length;
                full
            } else {
                at += 1;
                self.tally(0, self.data[at - 1] as usize)
            };
            if full {
                self.flush(at, false);
            }
        }
        self.flush(n, true);
    }

    /// Ends a block: stored, with the fixed code or with its own, whichever is shortest.
    fn flush(&mut self, at: usize, last: bool) {
        let symbols = std::mem::take(&mut self.symbols);
        let stored = &self.data[self.block_start..at];
        self.block_start = at;
        let (mut literals, mut dists, mut lens) = (Tree::new(286), Tree::new(30), Tree::new(19));
        literals.freq[256] = 1;
        for &(dist, value) in &symbols {
            if dist == 0 {
                literals.freq[value] += 1;
            } else {
                literals.freq[257 + length_code(value).0] += 1;
                dists.freq[dist_code(dist).0] += 1;
            }
        }
        let (fixed_l, fixed_d) = fixed_trees();
        let (mut own, mut fixed) = (0i64, 0i64);
        literals.build(&Shape { extra: &LENGTH_EXTRA, base: 257, limit: 15, fixed: Some(&fixed_l.len) }, &mut own, &mut fixed);
        dists.build(&Shape { extra: &DIST_EXTRA, base: 0, limit: 15, fixed: Some(&fixed_d.len) }, &mut own, &mut fixed);
        let runs = [runs(&literals), runs(&dists)];
        runs.iter().flatten().for_each(|r| lens.freq[r.0] += 1);
        lens.build(&Shape { extra: &CODE_EXTRA, base: 0, limit: 7, fixed: None }, &mut own, &mut 0);
        let last_len = (3..19).rev().find(|i| lens.len[CODE_ORDER[*i]] != 0).unwrap_or(2);
        own += 3 * (last_len as i64 + 1) + 14;
        let (own_bytes, fixed_bytes) = ((own + 10) >> 3, (fixed + 10) >> 3);
        let best = own_bytes.min(fixed_bytes);
        if stored.len() as i64 + 4 <= best {
            self.w.bits(last as usize, 3);
            self.w.align();
            let n = stored.len() as u16;
            self.w.out.extend(n.to_le_bytes());
            self.w.out.extend((!n).to_le_bytes());
            self.w.out.extend_from_slice(stored);
        } else if fixed_bytes == best {
            self.w.bits(2 + last as usize, 3);
            self.send(&symbols, &fixed_l, &fixed_d);
        } else {
            self.w.bits(4 + last as usize, 3);
            self.w.bits(literals.max_code - 256, 5);
            self.w.bits(dists.max_code, 5);
            self.w.bits(last_len - 3, 4);
            CODE_ORDER[..=last_len].iter().for_each(|i| self.w.bits(lens.len[*i] as usize, 3));
            for &(code, extra) in runs.iter().flatten() {
                self.w.code(&lens, code);
                self.w.bits(extra, CODE_EXTRA[code] as u32);
            }
            self.send(&symbols, &literals, &dists);
        }
    }

    fn send(&mut self, symbols: &[(usize, usize)], literals: &Tree, dists: &Tree) {
        for &(dist, value) in symbols {
            if dist == 0 {
                self.w.code(literals, value);
                continue;
            }
            let (code, extra) = length_code(value);
            self.w.code(literals, 257 + code);
            self.w.bits(extra, LENGTH_EXTRA[code] as u32);
            let (code, extra) = dist_code(dist);
            self.w.code(dists, code);
            self.w.bits(extra, DIST_EXTRA[code] as u32);
        }
        self.w.code(literals, 256);
    }
}

fn fixed_trees() -> (Tree, Tree) {
    let (mut l, mut d) = (Tree::new(288), Tree::new(30));
    for i in 0..288 {
        l.len[i] = match i {
            0..=143 => 8,
            144..=255 => 9,
            256..=279 => 7,
            _ => 8,
        };
    }
    d.len.fill(5);
    l.codes();
    d.codes();
    (l, d)
}

/// The lengths of a tree as codes of the third tree with their extra bits.
fn runs(t: &Tree) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let lens = &t.len[..=t.max_code];
    let mut before = u16::MAX;
    let mut i = 0;
    while i < lens.len() {
        let l = lens[i];
        let (most, least) = match (l, l == before) {
            (0, _) => (138, 3),
            (_, true) => (6, 3),
            _ => (7, 4),
        };
        let n = lens[i..].iter().take(most).take_while(|x| **x == l).count();
        i += n;
        if n < least {
            out.extend(std::iter::repeat_n((l as usize, 0), n));
        } else if l != 0 {
            let mut n = n;
            if l != before {
                out.push((l as usize, 0));
                n -= 1;
            }
            out.push((16, n - 3));
        } else if n <= 10 {
            out.push((17, n - 3));
        } else {
            out.push((18, n - 11));
        }
        before = l;
    }
    out
}
