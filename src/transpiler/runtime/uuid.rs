//! needs: exc, pystr, traits, digests, bytes, bytes_methods, int, int_bits, os, fmt
//! `uuid`. Source: RFC 4122.
use super::bytes::Bytes;
use super::exc::{self, R};
use super::int::Int;
use super::pystr::Str;
use super::traits::*;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uuid(pub [u8; 16]);

const fn namespace(last: u8) -> Uuid {
    Uuid([0x6b, 0xa7, 0xb8, last, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8])
}
pub const NAMESPACE_DNS: Uuid = namespace(0x10);
pub const NAMESPACE_URL: Uuid = namespace(0x11);
pub const NAMESPACE_OID: Uuid = namespace(0x12);
pub const NAMESPACE_X500: Uuid = namespace(0x14);

fn marked(digest: &[u8], version: u8) -> Uuid {
    let mut b = [0; 16];
    b.copy_from_slice(&digest[..16]);
    b[6] = b[6] & 0x0f | version << 4;
    b[8] = b[8] & 0x3f | 0x80;
    Uuid(b)
}
pub fn uuid3(ns: &Uuid, name: &str) -> Uuid {
    marked(&super::digests::md5(&[&ns.0, name.as_bytes()].concat()), 3)
}
pub fn uuid5(ns: &Uuid, name: &str) -> Uuid {
    marked(&super::digests::sha1(&[&ns.0, name.as_bytes()].concat()), 5)
}
pub fn uuid4() -> R<Uuid> {
    Ok(marked(&super::os::urandom(16)?, 4))
}
/// By clock and a random node.
pub fn uuid1() -> R<Uuid> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_nanos());
    let t = (now / 100) as u64 + 0x01b2_1dd2_1381_4000;
    let mut b = super::os::urandom(16)?.to_vec();
    b[..4].copy_from_slice(&(t as u32).to_be_bytes());
    b[4..6].copy_from_slice(&((t >> 32) as u16).to_be_bytes());
    b[6..8].copy_from_slice(&((t >> 48) as u16).to_be_bytes());
    b[10] |= 1;
    Ok(marked(&b, 1))
}

impl Uuid {
    /// `UUID(text)`: with or without dashes, braces, `urn:uuid:`.
    pub fn parse(s: &Str) -> R<Uuid> {
        let plain = s.as_str().replace("urn:", "").replace("uuid:", "");
        let hex: String = plain.trim_matches(['{', '}']).replace('-', "");
        let bad = || exc::new(&exc::ValueError, "badly formed hexadecimal UUID string");
        if hex.chars().count() != 32 {
            return Err(bad());
        }
        let bytes = super::bytes_methods::fromhex(&Str::from(hex.clone())).map_err(|_| {
            let shown = Str::from(hex).repr();
            exc::new(&exc::ValueError, format!("invalid literal for int() with base 16: {shown}"))
        })?;
        let mut b = [0; 16];
        b.copy_from_slice(&bytes);
        Ok(Uuid(b))
    }
    pub fn hex(&self) -> Str {
        super::bytes_methods::hex(&self.0)
    }
    pub fn bytes(&self) -> Bytes {
        Bytes::from(&self.0[..])
    }
    pub fn int(&self) -> R<Int> {
        Int::from_bytes(&self.0, "big", false)
    }
    pub fn urn(&self) -> Str {
        Str::from(format!("urn:uuid:{}", self.to_str()))
    }
    pub fn variant(&self) -> Str {
        Str::lit(match self.0[8] >> 5 {
            0..=3 => "reserved for NCS compatibility",
            4 | 5 => "specified in RFC 4122",
            6 => "reserved for Microsoft compatibility",
            _ => "reserved for future definition",
        })
    }
    pub fn version(&self) -> Option<i64> {
        (self.0[8] >> 6 == 2).then_some((self.0[6] >> 4) as i64)
    }
}
impl PyStr for Uuid {
    fn str_into(&self, out: &mut String) {
        let h = self.hex();
        let h = h.as_str();
        out.push_str(&[&h[..8], &h[8..12], &h[12..16], &h[16..20], &h[20..]].join("-"));
    }
}
impl PyRepr for Uuid {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("UUID({})", self.to_str().repr()));
    }
}
impl PyTruth for Uuid {
    fn truth(&self) -> bool {
        true
    }
}
impl PyHash for Uuid {
    fn py_hash(&self) -> i64 {
        hash_bytes(&self.0)
    }
}
impl PyOrd for Uuid {
    const TOTAL: bool = true;
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self < o)
    }
}
super::fmt::fmt_is_str!(Uuid, "UUID");
