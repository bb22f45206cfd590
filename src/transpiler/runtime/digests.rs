//! needs: sha2
//! MD5, SHA-1, SHA-3 and BLAKE2. Sources: RFC 1321, FIPS 180-4, FIPS 202, RFC 7693.
use super::sha2::padded;

pub fn md5(data: &[u8]) -> Vec<u8> {
    const SHIFT: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let k: Vec<u32> = (0..64).map(|i| ((i as f64 + 1.0).sin().abs() * 4294967296.0) as u32).collect();
    let mut h: [u32; 4] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
    for block in padded(data, 64, 8, false).chunks_exact(64) {
        let w: Vec<u32> = block.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        let [mut a, mut b, mut c, mut d] = h;
        for i in 0..64 {
            let (f, g) = match i / 16 {
                0 => (b & c | !b & d, i),
                1 => (d & b | !d & c, (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), 7 * i % 16),
            };
            let sum = a.wrapping_add(f).wrapping_add(k[i]).wrapping_add(w[g]);
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(SHIFT[i / 16][i % 4]));
        }
        h.iter_mut().zip([a, b, c, d]).for_each(|(x, y)| *x = x.wrapping_add(y));
    }
    h.iter().flat_map(|x| x.to_le_bytes()).collect()
}

pub fn sha1(data: &[u8]) -> Vec<u8> {
    let mut h: [u32; 5] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
    for block in padded(data, 64, 8, true).chunks_exact(64) {
        let mut w: Vec<u32> = block.chunks_exact(4).map(|c| u32::from_be_bytes([c[0], c[1], c[2], c[3]])).collect();
        for i in 16..80 {
            w.push((w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16]).rotate_left(1));
        }
        let [mut a, mut b, mut c, mut d, mut e] = h;
        for (i, word) in w.iter().enumerate() {
            let (f, k) = match i / 20 {
                0 => (b & c | !b & d, 0x5a827999),
                1 => (b ^ c ^ d, 0x6ed9eba1),
                2 => (b & c | b & d | c & d, 0x8f1bbcdc),
                _ => (b ^ c ^ d, 0xca62c1d6u32),
            };
            let t = a.rotate_left(5).wrapping_add(f).wrapping_add(e).wrapping_add(k).wrapping_add(*word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, t);
        }
        h.iter_mut().zip([a, b, c, d, e]).for_each(|(x, y)| *x = x.wrapping_add(y));
    }
    h.iter().flat_map(|x| x.to_be_bytes()).collect()
}

fn keccak(s: &mut [u64; 25]) {
    let mut lfsr = 1u8;
    for _ in 0..24 {
        let c: Vec<u64> = (0..5).map(|x| (0..5).fold(0, |v, y| v ^ s[x + 5 * y])).collect();
        for i in 0..25 {
            s[i] ^= c[(i + 4) % 5] ^ c[(i + 1) % 5].rotate_left(1);
        }
        let (mut x, mut y, mut lane) = (1, 0, s[1]);
        for t in 0..24u32 {
            (x, y) = (y, (2 * x + 3 * y) % 5);
            lane = std::mem::replace(&mut s[x + 5 * y], lane.rotate_left((t + 1) * (t + 2) / 2 % 64));
        }
        for row in s.chunks_exact_mut(5) {
            let r = [row[0], row[1], row[2], row[3], row[4]];
            (0..5).for_each(|i| row[i] = r[i] ^ !r[(i + 1) % 5] & r[(i + 2) % 5]);
        }
        for j in 0..7 {
            if lfsr & 1 == 1 {
                s[0] ^= 1 << ((1u32 << j) - 1);
            }
            lfsr = lfsr << 1 ^ if lfsr >> 7 == 1 { 0x71 } else { 0 };
        }
    }
}

/// SHA-3 (`suffix` 6) and SHAKE (0x1f) with a rate in bytes and a length of output.
pub fn sponge(data: &[u8], rate: usize, suffix: u8, length: usize) -> Vec<u8> {
    let mut m = data.to_vec();
    m.push(suffix);
    while m.len() % rate != 0 {
        m.push(0);
    }
    let last = m.len() - 1;
    m[last] |= 0x80;
    let mut s = [0u64; 25];
    for block in m.chunks_exact(rate) {
        for (lane, c) in s.iter_mut().zip(block.chunks_exact(8)) {
            *lane ^= c.iter().rev().fold(0, |v, &b| v << 8 | b as u64);
        }
        keccak(&mut s);
    }
    let mut out = Vec::new();
    while out.len() < length {
        out.extend(s.iter().flat_map(|l| l.to_le_bytes()).take(rate));
        keccak(&mut s);
    }
    out.truncate(length);
    out
}

const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

macro_rules! blake2 {
    ($name:ident $word:ty, $bytes:literal, $rounds:literal, $rot:expr, $iv:expr) => {
        /// `size` bytes of digest, with an optional key; `salted`: salt and personalisation, or nothing.
        pub fn $name(data: &[u8], key: &[u8], salted: &[u8], size: usize) -> Vec<u8> {
            let iv: [$word; 8] = $iv;
            let block = $bytes * 16;
            let mut h = iv;
            h[0] ^= 0x0101_0000 ^ (key.len() as $word) << 8 ^ size as $word;
            for (i, &b) in salted.iter().enumerate() {
                h[4 + i / $bytes] ^= (b as $word) << (8 * (i % $bytes));
            }
            let mut m = key.to_vec();
            if !key.is_empty() {
                m.resize(block, 0);
            }
            m.extend_from_slice(data);
            let total = m.len();
            let blocks = total.div_ceil(block).max(1);
            m.resize(blocks * block, 0);
            for (i, part) in m.chunks_exact(block).enumerate() {
                let w: Vec<$word> = part
                    .chunks_exact($bytes)
                    .map(|c| c.iter().rev().fold(0, |v, &b| v << 8 | b as $word))
                    .collect();
                let mut v = [0 as $word; 16];
                v[..8].copy_from_slice(&h);
                v[8..].copy_from_slice(&iv);
                v[12] ^= total.min((i + 1) * block) as $word;
                if i + 1 == blocks {
                    v[14] = !v[14];
                }
                for round in 0..$rounds {
                    let s = &SIGMA[round % 10];
                    for g in 0..8 {
                        let (a, b, c, d) = if g < 4 {
                            (g, g + 4, g + 8, g + 12)
                        } else {
                            (g - 4, (g - 3) % 4 + 4, (g - 2) % 4 + 8, (g - 1) % 4 + 12)
                        };
                        v[a] = v[a].wrapping_add(v[b]).wrapping_add(w[s[2 * g]]);
                        v[d] = (v[d] ^ v[a]).rotate_right($rot[0]);
                        v[c] = v[c].wrapping_add(v[d]);
                        v[b] = (v[b] ^ v[c]).rotate_right($rot[1]);
                        v[a] = v[a].wrapping_add(v[b]).wrapping_add(w[s[2 * g + 1]]);
                        v[d] = (v[d] ^ v[a]).rotate_right($rot[2]);
                        v[c] = v[c].wrapping_add(v[d]);
                        v[b] = (v[b] ^ v[c]).rotate_right($rot[3]);
                    }
                }
                (0..8).for_each(|k| h[k] ^= v[k] ^ v[k + 8]);
            }
            h.iter().flat_map(|x| x.to_le_bytes()).take(size).collect()
        }
    };
}
blake2!(blake2b u64, 8, 12, [32, 24, 16, 63], [
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
    0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
]);
blake2!(blake2s u32, 4, 10, [16, 12, 8, 7], [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
