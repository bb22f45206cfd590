//! needs: hashlib, digests, value, bytes, pystr, exc, traits
//! SHAKE, scrypt (RFC 7914) and comparing digests.
use super::bytes::Bytes;
use super::exc::{self, R};
use super::hashlib::{self, Hash, Hmac};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;

pub const NAMES: [&str; 14] = [
    "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s",
    "shake_128", "shake_256",
];

#[derive(Clone)]
pub struct Shake(pub Hash);
impl Shake {
    pub fn new(name: &str, data: &[u8]) -> R<Shake> {
        hashlib::new(name, data).map(Shake)
    }
}
impl PyRepr for Shake {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<{} _hashlib.HASHXOF object>", self.0.name()));
    }
}
impl PyStr for Shake {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}

pub fn compare_digest(a: &Value, b: &Value) -> bool {
    let bytes = |v: &Value| match v {
        Value::Str(s) => s.as_str().as_bytes().to_vec(),
        Value::Bytes(b) => b.to_vec(),
        Value::ByteArray(b) => b.borrow().clone(),
        _ => Vec::new(),
    };
    bytes(a) == bytes(b)
}
pub fn hmac_name(h: &Hmac) -> Str {
    Str::from(format!("hmac-{}", h.name()))
}
pub fn hmac_copy(h: &Hmac) -> R<Hmac> {
    Ok(h.copy())
}

fn salsa(block: &mut [u32; 16]) {
    let start = *block;
    let x = block;
    let step = |x: &mut [u32; 16], to: usize, a: usize, b: usize, k: u32| x[to] ^= x[a].wrapping_add(x[b]).rotate_left(k);
    for _ in 0..4 {
        for c in 0..4 {
            let i = |k: usize| (c * 5 + k * 4) % 16;
            step(x, i(1), i(0), i(3), 7);
            step(x, i(2), i(1), i(0), 9);
            step(x, i(3), i(2), i(1), 13);
            step(x, i(0), i(3), i(2), 18);
        }
        for r in 0..4 {
            let i = |k: usize| r * 4 + (r + k) % 4;
            step(x, i(1), i(0), i(3), 7);
            step(x, i(2), i(1), i(0), 9);
            step(x, i(3), i(2), i(1), 13);
            step(x, i(0), i(3), i(2), 18);
        }
    }
    for (v, s) in x.iter_mut().zip(start) {
        *v = v.wrapping_add(s);
    }
}
fn mix(b: &[u32], r: usize) -> Vec<u32> {
    let mut x = [0u32; 16];
    x.copy_from_slice(&b[b.len() - 16..]);
    let mut out = vec![0u32; b.len()];
    for i in 0..2 * r {
        for (v, w) in x.iter_mut().zip(&b[i * 16..]) {
            *v ^= w;
        }
        salsa(&mut x);
        let to = if i % 2 == 0 { i / 2 } else { r + i / 2 };
        out[to * 16..to * 16 + 16].copy_from_slice(&x);
    }
    out
}
pub fn scrypt(password: &[u8], salt: &[u8], n: i64, r: i64, p: i64, dklen: i64) -> R<Bytes> {
    if n < 2 || n & (n - 1) != 0 {
        return Err(exc::new(&exc::ValueError, "n is required and must be a power of 2"));
    }
    if r < 1 || p < 1 || dklen < 1 {
        return Err(exc::new(&exc::ValueError, "Invalid parameter combination for n, r, p, maxmem."));
    }
    let (n, r, size) = (n as usize, r as usize, 128 * r as usize);
    let name = Str::lit("sha256");
    let first = hashlib::pbkdf2_hmac(&name, password, salt, 1, Some(p * size as i64))?;
    let mut mixed = Vec::new();
    for chunk in first.chunks(size) {
        let mut x: Vec<u32> = chunk.chunks(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        let mut rows = Vec::with_capacity(n);
        for _ in 0..n {
            rows.push(x.clone());
            x = mix(&x, r);
        }
        for _ in 0..n {
            let j = x[(2 * r - 1) * 16] as usize & (n - 1);
            let joined: Vec<u32> = x.iter().zip(&rows[j]).map(|(a, b)| a ^ b).collect();
            x = mix(&joined, r);
        }
        mixed.extend(x.iter().flat_map(|v| v.to_le_bytes()));
    }
    hashlib::pbkdf2_hmac(&name, password, &mixed, 1, Some(dklen))
}
