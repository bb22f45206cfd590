//! Huffman trees with the tie-breaking of zlib, so that compressed bytes agree with CPython's.
//! Source: RFC 1951; zlib's documented algorithm (its notes on trees and bit length overflow).

const HEAP: usize = 573;

pub struct Tree {
    pub freq: Vec<u32>,
    pub len: Vec<u16>,
    pub code: Vec<u16>,
    pub max_code: usize,
}

/// What a kind of tree has beside frequencies.
pub struct Shape<'a> {
    pub extra: &'a [u8],
    pub base: usize,
    pub limit: u16,
    /// Lengths of the fixed code, where there is one.
    pub fixed: Option<&'a [u16]>,
}

impl Tree {
    pub fn new(n: usize) -> Tree {
        Tree { freq: vec![0; n], len: vec![0; n], code: vec![0; n], max_code: 0 }
    }

    /// Lengths and codes; adds to the bits of the block with this code and with the fixed one.
    pub fn build(&mut self, shape: &Shape, bits: &mut i64, fixed_bits: &mut i64) {
        let n = self.freq.len();
        let mut b = Builder { freq: self.freq.clone(), depth: vec![0; 2 * n + 1], heap: vec![0; HEAP], size: 0 };
        b.freq.resize(2 * n + 1, 0);
        let mut max_code = None;
        for i in 0..n {
            if self.freq[i] != 0 {
                b.size += 1;
                b.heap[b.size] = i;
                max_code = Some(i);
            }
        }
        // a code has at least two symbols
        while b.size < 2 {
            let node = match max_code {
                Some(m) if m >= 2 => 0,
                None => 0,
                Some(m) => m + 1,
            };
            if max_code.is_none_or(|m| m < 2) {
                max_code = Some(node);
            }
            b.size += 1;
            b.heap[b.size] = node;
            b.freq[node] = 1;
            *bits -= 1;
            if let Some(f) = shape.fixed {
                *fixed_bits -= f[node] as i64;
            }
        }
        self.max_code = max_code.unwrap_or(0);
        let (dad, order) = b.join(n);
        self.lengths(shape, &b.freq, &dad, &order, bits, fixed_bits);
        self.codes();
    }

    fn lengths(
        &mut self, shape: &Shape, freq: &[u32], dad: &[usize], order: &[usize], bits: &mut i64, fixed_bits: &mut i64,
    ) {
        let n = self.freq.len();
        let mut len = vec![0u16; 2 * n + 1];
        let mut counts = [0i32; 17];
        let mut overflow = 0;
        for &node in &order[1..] {
            let mut l = len[dad[node]] + 1;
            if l > shape.limit {
                l = shape.limit;
                overflow += 1;
            }
            len[node] = l;
            if node > self.max_code || node >= n {
                continue;
            }
            counts[l as usize] += 1;
            let extra = if node >= shape.base { shape.extra[node - shape.base] as i64 } else { 0 };
            *bits += freq[node] as i64 * (l as i64 + extra);
            if let Some(f) = shape.fixed {
                *fixed_bits += freq[node] as i64 * (f[node] as i64 + extra);
            }
        }
        if overflow > 0 {
            self.shorten(shape.limit as usize, overflow, &mut counts, freq, &mut len, order, bits);
        }
        for i in 0..n {
            self.len[i] = if freq[i] != 0 { len[i] } else { 0 };
        }
    }

    /// Moves leaves so that no code is longer than the limit.
    #[allow(clippy::too_many_arguments)]
    fn shorten(
        &self, limit: usize, mut overflow: i32, counts: &mut [i32; 17], freq: &[u32], len: &mut [u16], order: &[usize],
        bits: &mut i64,
    ) {
        while overflow > 0 {
            let mut l = limit - 1;
            while counts[l] == 0 {
                l -= 1;
            }
            counts[l] -= 1;
            counts[l + 1] += 2;
            counts[limit] -= 1;
            overflow -= 2;
        }
        let mut leaves = order.iter().rev().filter(|m| **m <= self.max_code && **m < self.freq.len());
        for l in (1..=limit).rev() {
            for _ in 0..counts[l] {
                let Some(&m) = leaves.next() else { return };
                if len[m] as usize != l {
                    *bits += (l as i64 - len[m] as i64) * freq[m] as i64;
                    len[m] = l as u16;
                }
            }
        }
    }

    /// Canonical codes, bits reversed for sending.
    pub fn codes(&mut self) {
        let mut counts = [0u16; 17];
        self.len.iter().for_each(|l| counts[*l as usize] += 1);
        counts[0] = 0;
        let mut next = [0u16; 17];
        for l in 1..17 {
            next[l] = (next[l - 1] + counts[l - 1]) << 1;
        }
        for i in 0..self.len.len() {
            let l = self.len[i];
            if l > 0 {
                self.code[i] = next[l as usize].reverse_bits() >> (16 - l);
                next[l as usize] += 1;
            }
        }
    }
}

struct Builder {
    freq: Vec<u32>,
    depth: Vec<u8>,
    heap: Vec<usize>,
    size: usize,
}

impl Builder {
    fn smaller(&self, a: usize, b: usize) -> bool {
        (self.freq[a], self.depth[a]) <= (self.freq[b], self.depth[b]) && (self.freq[a] < self.freq[b] || self.freq[a] == self.freq[b])
    }
    fn sink(&mut self, mut k: usize) {
        let v = self.heap[k];
        let mut j = k << 1;
        while j <= self.size {
            if j < self.size && self.smaller(self.heap[j + 1], self.heap[j]) {
                j += 1;
            }
            if self.smaller(v, self.heap[j]) {
                break;
            }
            self.heap[k] = self.heap[j];
            k = j;
            j <<= 1;
        }
        self.heap[k] = v;
    }
    /// Parents, and nodes from the root down in the order in which lengths are given.
    fn join(&mut self, n: usize) -> (Vec<usize>, Vec<usize>) {
        let mut dad = vec![0; 2 * n + 1];
        let mut taken = Vec::new();
        (1..=self.size / 2).rev().for_each(|k| self.sink(k));
        let mut node = n;
        loop {
            let a = self.heap[1];
            self.heap[1] = self.heap[self.size];
            self.size -= 1;
            self.sink(1);
            let b = self.heap[1];
            taken.extend([a, b]);
            self.freq[node] = self.freq[a] + self.freq[b];
            self.depth[node] = self.depth[a].max(self.depth[b]) + 1;
            (dad[a], dad[b]) = (node, node);
            self.heap[1] = node;
            node += 1;
            self.sink(1);
            if self.size < 2 {
                break;
            }
        }
        taken.push(self.heap[1]);
        taken.reverse();
        (dad, taken)
    }
}
