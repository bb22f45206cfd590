//! needs: exc, base64, bytes
//! `zlib.decompress` and what `gzip` needs. Sources: RFC 1950, 1951, 1952. Compression is refused: equal output would need
//! zlib's own choices.
use super::exc::{self, Class, Exc, R};

/// `zlib.error`.
#[allow(non_upper_case_globals)]
pub static error: Class = Class::new("error", &exc::Exception);

#[cold]
fn bad(what: &str) -> Exc {
    exc::new(&error, format!("Error -3 while decompressing data: {what}"))
}
#[cold]
fn short() -> Exc {
    exc::new(&error, "Error -5 while decompressing data: incomplete or truncated stream")
}

struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    value: u32,
    have: u32,
}
impl Bits<'_> {
    fn take(&mut self, n: u32) -> R<u32> {
        while self.have < n {
            let b = *self.data.get(self.at).ok_or_else(short)?;
            self.value |= (b as u32) << self.have;
            self.at += 1;
            self.have += 8;
        }
        let v = self.value & ((1u32 << n) - 1);
        self.value >>= n;
        self.have -= n;
        Ok(v)
    }
}

/// Canonical Huffman code: how many codes of each length, symbols in order.
struct Code {
    counts: [u16; 16],
    symbols: Vec<u16>,
}
impl Code {
    fn new(lengths: &[u8]) -> Code {
        let mut counts = [0u16; 16];
        lengths.iter().for_each(|l| counts[*l as usize] += 1);
        counts[0] = 0;
        let mut symbols: Vec<u16> = (0..lengths.len() as u16).filter(|s| lengths[*s as usize] > 0).collect();
        symbols.sort_by_key(|s| lengths[*s as usize]);
        Code { counts, symbols }
    }
    fn read(&self, bits: &mut Bits) -> R<usize> {
        let (mut code, mut first, mut index) = (0i32, 0i32, 0i32);
        for count in &self.counts[1..] {
            code |= bits.take(1)? as i32;
            let count = *count as i32;
            if code - count < first {
                return Ok(self.symbols[(index + code - first) as usize] as usize);
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(bad("invalid code"))
    }
}

const LENGTH_BASE: [u16; 29] = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE: [u16; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
];

fn block(bits: &mut Bits, out: &mut Vec<u8>, literals: &Code, distances: &Code) -> R<()> {
    loop {
        let symbol = literals.read(bits)?;
        if symbol < 256 {
            out.push(symbol as u8);
            continue;
        }
        if symbol == 256 {
            return Ok(());
        }
        let i = symbol - 257;
        let base = *LENGTH_BASE.get(i).ok_or_else(|| bad("invalid literal/length code"))?;
        let length = base as usize + bits.take(LENGTH_EXTRA[i] as u32)? as usize;
        let d = distances.read(bits)?;
        let base = *DISTANCE_BASE.get(d).ok_or_else(|| bad("invalid distance code"))?;
        let extra = if d < 2 { 0 } else { d as u32 / 2 - 1 };
        let distance = base as usize + bits.take(extra)? as usize;
        if distance > out.len() {
            return Err(bad("invalid distance too far back"));
        }
        for _ in 0..length {
            out.push(out[out.len() - distance]);
        }
    }
}

fn dynamic_codes(bits: &mut Bits) -> R<(Code, Code)> {
    const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    let (n, d, c) = (bits.take(5)? as usize + 257, bits.take(5)? as usize + 1, bits.take(4)? as usize + 4);
    let mut lengths = [0u8; 19];
    for slot in &ORDER[..c] {
        lengths[*slot] = bits.take(3)? as u8;
    }
    let code = Code::new(&lengths);
    let mut all: Vec<u8> = Vec::new();
    while all.len() < n + d {
        let (value, times) = match code.read(bits)? {
            16 => (*all.last().ok_or_else(|| bad("invalid bit length repeat"))?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            s => (s as u8, 1),
        };
        all.extend(std::iter::repeat_n(value, times as usize));
    }
    Ok((Code::new(&all[..n]), Code::new(&all[n..n + d])))
}

/// A raw deflate stream: the bytes and how much of the input it took.
pub fn raw(data: &[u8]) -> R<(Vec<u8>, usize)> {
    let mut bits = Bits { data, at: 0, value: 0, have: 0 };
    let mut out = Vec::new();
    loop {
        let last = bits.take(1)?;
        match bits.take(2)? {
            0 => {
                (bits.value, bits.have) = (0, 0);
                let header = data.get(bits.at..bits.at + 4).ok_or_else(short)?;
                let n = u16::from_le_bytes([header[0], header[1]]);
                if n != !u16::from_le_bytes([header[2], header[3]]) {
                    return Err(bad("invalid stored block lengths"));
                }
                bits.at += 4;
                out.extend_from_slice(data.get(bits.at..bits.at + n as usize).ok_or_else(short)?);
                bits.at += n as usize;
            }
            1 => {
                let mut lengths = [8u8; 288];
                lengths[144..256].fill(9);
                lengths[256..280].fill(7);
                block(&mut bits, &mut out, &Code::new(&lengths), &Code::new(&[5; 30]))?;
            }
            2 => {
                let (literals, distances) = dynamic_codes(&mut bits)?;
                block(&mut bits, &mut out, &literals, &distances)?;
            }
            _ => return Err(bad("invalid block type")),
        }
        if last == 1 {
            return Ok((out, bits.at - (bits.have / 8) as usize));
        }
    }
}

/// `zlib.decompress(data)`.
pub fn decompress(data: &[u8]) -> R<super::bytes::Bytes> {
    if data.len() < 2 {
        return Err(short());
    }
    if data[0] & 15 != 8 || u16::from_be_bytes([data[0], data[1]]) % 31 != 0 {
        return Err(bad("incorrect header check"));
    }
    let (out, used) = raw(&data[2..])?;
    let tail = data.get(2 + used..2 + used + 4).ok_or_else(short)?;
    if u32::from_be_bytes([tail[0], tail[1], tail[2], tail[3]]) as i64 != super::base64::adler32(&out, 1) {
        return Err(bad("incorrect data check"));
    }
    Ok(super::bytes::Bytes::from(out))
}
