//! SHA-224, SHA-256, SHA-384, SHA-512. Source: FIPS 180-4.

const K64: [u64; 80] = [
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
];

const H256: [u32; 8] = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const H224: [u32; 8] = [
    0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
];
const H512: [u64; 8] = [
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
    0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
];
const H384: [u64; 8] = [
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31,
    0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
];

/// The message with a one bit, zeros and its length.
pub fn padded(data: &[u8], block: usize, length_bytes: usize, big_endian: bool) -> Vec<u8> {
    let mut m = data.to_vec();
    m.push(0x80);
    while m.len() % block != block - length_bytes {
        m.push(0);
    }
    let bits = (data.len() as u128) * 8;
    if big_endian {
        m.extend_from_slice(&bits.to_be_bytes()[16 - length_bytes..]);
    } else {
        m.extend_from_slice(&bits.to_le_bytes()[..length_bytes]);
    }
    m
}

/// The two families differ in the word, the rotations and the number of rounds.
macro_rules! family {
    ($name:ident $word:ty, $bytes:literal, $rounds:literal, $k:expr, $b0:expr, $b1:expr, $s0:expr, $s1:expr) => {
        fn $name(data: &[u8], start: [$word; 8]) -> Vec<u8> {
            let mut h = start;
            for block in padded(data, $bytes * 16, $bytes * 2, true).chunks_exact($bytes * 16) {
                let mut w: Vec<$word> = block
                    .chunks_exact($bytes)
                    .map(|c| c.iter().fold(0, |v, &b| v << 8 | b as $word))
                    .collect();
                for i in 16..$rounds {
                    let (a, b): ($word, $word) = (w[i - 15], w[i - 2]);
                    let s0 = a.rotate_right($s0[0]) ^ a.rotate_right($s0[1]) ^ a >> $s0[2];
                    let s1 = b.rotate_right($s1[0]) ^ b.rotate_right($s1[1]) ^ b >> $s1[2];
                    w.push(w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1));
                }
                let mut v = h;
                for i in 0..$rounds {
                    let [a, b, c, d, e, f, g, last] = v;
                    let s1 = e.rotate_right($b1[0]) ^ e.rotate_right($b1[1]) ^ e.rotate_right($b1[2]);
                    let choose = e & f ^ !e & g;
                    let k: $word = $k(i);
                    let t1 = last.wrapping_add(s1).wrapping_add(choose).wrapping_add(k).wrapping_add(w[i]);
                    let s0 = a.rotate_right($b0[0]) ^ a.rotate_right($b0[1]) ^ a.rotate_right($b0[2]);
                    let major = a & b ^ a & c ^ b & c;
                    v = [t1.wrapping_add(s0).wrapping_add(major), a, b, c, d.wrapping_add(t1), e, f, g];
                }
                h.iter_mut().zip(v).for_each(|(x, y)| *x = x.wrapping_add(y));
            }
            h.iter().flat_map(|x| x.to_be_bytes()).collect()
        }
    };
}
// the 32-bit constants are the upper halves of the first 64 of the 64-bit ones
family!(run32 u32, 4, 64, |i: usize| (K64[i] >> 32) as u32, [2, 13, 22], [6, 11, 25], [7, 18, 3], [17, 19, 10]);
family!(run64 u64, 8, 80, |i: usize| K64[i], [28, 34, 39], [14, 18, 41], [1, 8, 7], [19, 61, 6]);

pub fn sha256(data: &[u8]) -> Vec<u8> {
    run32(data, H256)
}
pub fn sha224(data: &[u8]) -> Vec<u8> {
    run32(data, H224)[..28].to_vec()
}
pub fn sha512(data: &[u8]) -> Vec<u8> {
    run64(data, H512)
}
pub fn sha384(data: &[u8]) -> Vec<u8> {
    run64(data, H384)[..48].to_vec()
}
