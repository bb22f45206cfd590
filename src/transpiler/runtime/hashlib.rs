//! needs: exc, pystr, bytes, bytes_methods, digests, sha2, traits
//! `hashlib` and `hmac`: hash objects that collect their input.
use super::bytes::Bytes;
use super::exc::{self, R};
use super::pystr::Str;
use super::{digests, sha2};
use std::cell::RefCell;
use std::rc::Rc;

/// A hash object; `copy` is independent.
#[derive(Clone)]
pub struct Hash {
    name: &'static str,
    size: usize,
    key: Vec<u8>,
    salted: Vec<u8>,
    data: Rc<RefCell<Vec<u8>>>,
}

impl Hash {
    /// `type(h).__name__`.
    pub fn class_name(&self) -> super::pystr::Str {
        super::pystr::Str::lit(match self.name {
            "blake2b" | "blake2s" => self.name,
            n if n.starts_with("shake") => "HASHXOF",
            _ => "HASH",
        })
    }
}

const SIZES: [(&str, usize, usize); 14] = [
    ("md5", 16, 64), ("sha1", 20, 64), ("sha224", 28, 64), ("sha256", 32, 64), ("sha384", 48, 128), ("sha512", 64, 128),
    ("sha3_224", 28, 144), ("sha3_256", 32, 136), ("sha3_384", 48, 104), ("sha3_512", 64, 72), ("blake2b", 64, 128),
    ("blake2s", 32, 64), ("shake_128", 0, 168), ("shake_256", 0, 136),
];

/// `hashlib.new(name, data)`, also behind `hashlib.sha256(data)` and its kind.
pub fn new(name: &str, data: &[u8]) -> R<Hash> {
    let plain = name.to_lowercase().replace('-', "");
    match SIZES.iter().find(|s| s.0 == plain || s.0.replace('_', "") == plain) {
        Some(s) => Ok(Hash { name: s.0, size: s.1, key: Vec::new(), salted: Vec::new(), data: Rc::new(RefCell::new(data.to_vec())) }),
        None => Err(exc::new(&exc::ValueError, format!("unsupported hash type {name}"))),
    }
}

/// `blake2b(data, digest_size=.., key=.., salt=.., person=..)` and blake2s.
pub fn blake2(name: &str, data: &[u8], size: i64, key: &[u8], salt: &[u8], person: &[u8]) -> R<Hash> {
    let h = new(name, data)?;
    let shown = if name == "blake2b" { "Blake2b" } else { "Blake2s" };
    let bad = |text: String| Err(exc::new(&exc::ValueError, text));
    if size < 1 || size as usize > h.size {
        return bad(format!("digest_size for {shown} must be between 1 and {} bytes, here it is {size}", h.size));
    }
    let half = h.size / 4;
    for (what, given, most) in [("key", key, h.size), ("salt", salt, half), ("person", person, half)] {
        if given.len() > most {
            return bad(format!("maximum {what} length is {most} bytes"));
        }
    }
    let mut salted = Vec::new();
    if !salt.is_empty() || !person.is_empty() {
        salted = vec![0; 2 * half];
        salted[..salt.len()].copy_from_slice(salt);
        salted[half..half + person.len()].copy_from_slice(person);
    }
    Ok(Hash { size: size as usize, key: key.to_vec(), salted, ..h })
}

fn raw(name: &str, data: &[u8], key: &[u8], salted: &[u8], size: usize) -> Vec<u8> {
    match name {
        "md5" => digests::md5(data),
        "sha1" => digests::sha1(data),
        "sha224" => sha2::sha224(data),
        "sha256" => sha2::sha256(data),
        "sha384" => sha2::sha384(data),
        "sha512" => sha2::sha512(data),
        "blake2b" => digests::blake2b(data, key, salted, size),
        "blake2s" => digests::blake2s(data, key, salted, size),
        "shake_128" => digests::sponge(data, 168, 0x1f, size),
        "shake_256" => digests::sponge(data, 136, 0x1f, size),
        _ => digests::sponge(data, 200 - 2 * size, 6, size),
    }
}

impl Hash {
    pub fn update(&self, data: &[u8]) {
        self.data.borrow_mut().extend_from_slice(data);
    }
    fn bytes(&self, size: usize) -> Vec<u8> {
        raw(self.name, &self.data.borrow(), &self.key, &self.salted, size)
    }
    pub fn digest(&self) -> Bytes {
        Bytes::from(self.bytes(self.size))
    }
    pub fn hexdigest(&self) -> Str {
        super::bytes_methods::hex(&self.bytes(self.size))
    }
    /// Of the SHAKE functions.
    pub fn digest_of(&self, length: i64) -> Bytes {
        Bytes::from(self.bytes(length.max(0) as usize))
    }
    pub fn hexdigest_of(&self, length: i64) -> Str {
        super::bytes_methods::hex(&self.bytes(length.max(0) as usize))
    }
    pub fn copy(&self) -> Hash {
        Hash { data: Rc::new(RefCell::new(self.data.borrow().clone())), ..self.clone() }
    }
    pub fn name(&self) -> Str {
        Str::lit(self.name)
    }
    pub fn digest_size(&self) -> i64 {
        self.size as i64
    }
    pub fn block_size(&self) -> i64 {
        SIZES.iter().find(|s| s.0 == self.name).map_or(64, |s| s.2 as i64)
    }
}

/// RFC 2104.
fn hmac_bytes(key: &[u8], data: &[u8], name: &str) -> R<Vec<u8>> {
    let h = new(name, &[])?;
    let block = h.block_size() as usize;
    let mut k = if key.len() > block { raw(h.name, key, &[], &[], h.size) } else { key.to_vec() };
    k.resize(block, 0);
    let with = |pad: u8, rest: &[u8]| -> Vec<u8> { k.iter().map(|b| b ^ pad).chain(rest.iter().copied()).collect() };
    let inner = raw(h.name, &with(0x36, data), &[], &[], h.size);
    Ok(raw(h.name, &with(0x5c, &inner), &[], &[], h.size))
}

/// `hmac.new(key, msg, digestmod)`.
#[derive(Clone)]
pub struct Hmac {
    key: Vec<u8>,
    name: Str,
    data: Rc<RefCell<Vec<u8>>>,
}
pub fn hmac_new(key: &[u8], msg: &[u8], digestmod: &Str) -> R<Hmac> {
    new(digestmod, &[])?;
    Ok(Hmac { key: key.to_vec(), name: digestmod.clone(), data: Rc::new(RefCell::new(msg.to_vec())) })
}
impl Hmac {
    pub fn name(&self) -> &str {
        self.name.as_str()
    }
    pub fn copy(&self) -> Hmac {
        Hmac { data: Rc::new(RefCell::new(self.data.borrow().clone())), ..self.clone() }
    }
    pub fn update(&self, data: &[u8]) {
        self.data.borrow_mut().extend_from_slice(data);
    }
    pub fn digest(&self) -> R<Bytes> {
        Ok(Bytes::from(hmac_bytes(&self.key, &self.data.borrow(), &self.name)?))
    }
    pub fn hexdigest(&self) -> R<Str> {
        Ok(super::bytes_methods::hex(&self.digest()?))
    }
}
pub fn compare_digest(a: &[u8], b: &[u8]) -> bool {
    a == b
}

/// `hashlib.pbkdf2_hmac(name, password, salt, iterations, dklen)`.
pub fn pbkdf2_hmac(name: &Str, password: &[u8], salt: &[u8], iterations: i64, dklen: Option<i64>) -> R<Bytes> {
    let size = new(name, &[])?.size;
    let want = dklen.unwrap_or(size as i64).max(0) as usize;
    let mut out = Vec::new();
    let mut i = 1u32;
    while out.len() < want {
        let mut u = hmac_bytes(password, &[salt, &i.to_be_bytes()].concat(), name)?;
        let mut t = u.clone();
        for _ in 1..iterations {
            u = hmac_bytes(password, &u, name)?;
            t.iter_mut().zip(&u).for_each(|(x, y)| *x ^= y);
        }
        out.extend(t);
        i += 1;
    }
    out.truncate(want);
    Ok(Bytes::from(out))
}
impl PartialEq for Hash {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.data, &o.data)
    }
}
impl super::traits::PyRepr for Hash {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<_hashlib.HASH object>");
    }
}
super::traits::str_is_repr!(Hash);
impl super::traits::PyTruth for Hash {
    fn truth(&self) -> bool {
        true
    }
}
impl PartialEq for Hmac {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.data, &o.data)
    }
}
impl super::traits::PyRepr for Hmac {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<hmac.HMAC object>");
    }
}
super::traits::str_is_repr!(Hmac);
impl super::traits::PyTruth for Hmac {
    fn truth(&self) -> bool {
        true
    }
}
