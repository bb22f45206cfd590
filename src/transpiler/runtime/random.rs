//! needs: exc, int, math, twister, sha2, pystr, bytes, random_distributions, bigint, float, list, value, traits
//! `random`: the generator with CPython's sequence for a seed; distributions are in `random_distributions`.
//! Source: Python 3.11 library reference, random; Matsumoto and Nishimura's MT19937.
use super::exc::{self, R};
use super::int::Int;
use super::pystr::Str;
use super::twister::Twister;
use super::value::Value;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone)]
pub struct State {
    pub twister: Twister,
    pub gauss_next: Option<f64>,
}

/// `random.Random`; clones share the generator.
#[derive(Clone)]
pub struct Random(pub Rc<RefCell<State>>);

thread_local! {
    static SHARED: Random = Random::new();
}

/// The generator behind the module's functions: `random::shared().randint(1, 6)?`.
pub fn shared() -> Random {
    SHARED.with(|r| r.clone())
}

impl Default for Random {
    fn default() -> Self {
        Random::new()
    }
}

impl Random {
    /// Seeded by the operating system.
    pub fn new() -> Random {
        let r = Random(Rc::new(RefCell::new(State { twister: Twister::seeded(&[0]), gauss_next: None })));
        r.seed_entropy();
        r
    }
    pub fn seed_entropy(&self) {
        let mut bytes = [0u8; 32];
        if std::fs::File::open("/dev/urandom").and_then(|mut f| std::io::Read::read_exact(&mut f, &mut bytes)).is_err() {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            bytes[..16].copy_from_slice(&now.as_nanos().to_le_bytes());
        }
        self.seed_key(bytes.chunks(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect());
    }
    fn seed_key(&self, mut key: Vec<u32>) {
        while key.len() > 1 && key.last() == Some(&0) {
            key.pop();
        }
        *self.0.borrow_mut() = State { twister: Twister::seeded(&key), gauss_next: None };
    }
    /// `seed(int)`.
    pub fn seed(&self, n: &Int) {
        let limbs = n.magnitude();
        let key: Vec<u32> = limbs.iter().flat_map(|l| [*l as u32, (*l >> 32) as u32]).collect();
        self.seed_key(if key.is_empty() { vec![0] } else { key });
    }
    /// `seed(str)` and `seed(bytes)`: the bytes and their SHA-512 as one big number.
    pub fn seed_bytes(&self, b: &[u8]) -> R<()> {
        let all = [b, &super::sha2::sha512(b)].concat();
        self.seed(&Int::from_bytes(&all, "big", false)?);
        Ok(())
    }
    pub fn seed_str(&self, s: &Str) -> R<()> {
        self.seed_bytes(s.as_str().as_bytes())
    }
    /// `seed(float)`: by its hash.
    pub fn seed_float(&self, x: f64) {
        self.seed(&Int::from(super::float::hash(x) as u64));
    }
    pub fn getstate(&self) -> State {
        self.0.borrow().clone()
    }
    pub fn setstate(&self, s: &State) {
        *self.0.borrow_mut() = s.clone();
    }

    /// In [0, 1), 53 bits.
    pub fn random(&self) -> f64 {
        let mut s = self.0.borrow_mut();
        let (a, b) = ((s.twister.next() >> 5) as f64, (s.twister.next() >> 6) as f64);
        (a * 67108864.0 + b) / 9007199254740992.0
    }
    pub fn getrandbits(&self, k: i64) -> R<Int> {
        if k < 0 {
            return Err(exc::new(&exc::ValueError, "number of bits must be non-negative"));
        }
        let mut s = self.0.borrow_mut();
        let mut words: Vec<u32> = Vec::new();
        let mut left = k;
        while left > 0 {
            let w = s.twister.next();
            words.push(if left < 32 { w >> (32 - left) } else { w });
            left -= 32;
        }
        let mut limbs: Vec<u64> =
            words.chunks(2).map(|c| c[0] as u64 | (c.get(1).copied().unwrap_or(0) as u64) << 32).collect();
        super::bigint::trim(&mut limbs);
        Ok(Int::from_parts(false, limbs))
    }
    /// Uniform below n > 0.
    pub fn below(&self, n: i64) -> i64 {
        let k = 64 - (n as u64).leading_zeros();
        loop {
            let r = if k <= 32 {
                (self.0.borrow_mut().twister.next() >> (32 - k)) as i64
            } else {
                self.getrandbits(k as i64).ok().and_then(|i| i.to_i64()).unwrap_or(i64::MAX)
            };
            if r < n {
                return r;
            }
        }
    }
    fn below_int(&self, n: &Int) -> R<Int> {
        if let Some(small) = n.to_i64() {
            return Ok(Int::from(self.below(small)));
        }
        loop {
            let r = self.getrandbits(n.bit_length())?;
            if r < *n {
                return Ok(r);
            }
        }
    }

    pub fn randrange(&self, start: i64, stop: Option<i64>, step: i64) -> R<i64> {
        let Some(stop) = stop else {
            if start > 0 {
                return Ok(self.below(start));
            }
            return Err(exc::new(&exc::ValueError, "empty range for randrange()"));
        };
        let width = stop - start;
        if step == 1 {
            if width > 0 {
                return Ok(start + self.below(width));
            }
            return Err(exc::new(&exc::ValueError, format!("empty range for randrange() ({start}, {stop}, {width})")));
        }
        let n = match step {
            0 => return Err(exc::new(&exc::ValueError, "zero step for randrange()")),
            s if s > 0 => (width + s - 1).div_euclid(s),
            s => -((width + s + 1).div_euclid(-s) + ((width + s + 1).rem_euclid(-s) != 0) as i64),
        };
        if n <= 0 {
            return Err(exc::new(&exc::ValueError, "empty range for randrange()"));
        }
        Ok(start + step * self.below(n))
    }
    pub fn randint(&self, a: i64, b: i64) -> R<i64> {
        if b < a || b == i64::MAX || b.checked_sub(a).is_none() {
            if b < a {
                let text = format!("empty range for randrange() ({a}, {}, {})", b + 1, b + 1 - a);
                return Err(exc::new(&exc::ValueError, text));
            }
            return self.randint_big(&Int::from(a), &Int::from(b))?.index();
        }
        self.randrange(a, Some(b + 1), 1)
    }
    pub fn randint_big(&self, a: &Int, b: &Int) -> R<Int> {
        let width = &(b - a) + 1;
        if width <= 0 {
            let text = format!("empty range for randrange() ({a:?}, {:?}, {width:?})", b + 1);
            return Err(exc::new(&exc::ValueError, text));
        }
        Ok(a + &self.below_int(&width)?)
    }
    pub fn randbytes(&self, n: i64) -> R<super::bytes::Bytes> {
        let bits = self.getrandbits(n * 8)?;
        Ok(super::bytes::Bytes::from(bits.to_bytes(n, "little", false)?))
    }

    pub fn choice<T: Clone>(&self, items: &[T]) -> R<T> {
        if items.is_empty() {
            return Err(exc::new(&exc::IndexError, "Cannot choose from an empty sequence"));
        }
        Ok(items[self.below(items.len() as i64) as usize].clone())
    }
    /// `random.choice(text)`.
    pub fn choice_str(&self, s: &Str) -> R<Str> {
        if s.is_empty() {
            return Err(exc::new(&exc::IndexError, "Cannot choose from an empty sequence"));
        }
        s.get(self.below(s.len()))
    }
    pub fn shuffle<T>(&self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as i64 + 1) as usize);
        }
    }
    pub fn sample<T: Clone>(&self, items: &[T], k: i64) -> R<Vec<T>> {
        let n = items.len() as i64;
        if k < 0 || k > n {
            return Err(exc::new(&exc::ValueError, "Sample larger than population or is negative"));
        }
        let mut small = 21.0;
        if k > 5 {
            small += 4f64.powf(((k as f64 * 3.0).ln() / 4f64.ln()).ceil());
        }
        if n as f64 <= small {
            let mut pool = items.to_vec();
            return Ok((0..k)
                .map(|i| {
                    let j = self.below(n - i) as usize;
                    let last = pool[(n - i - 1) as usize].clone();
                    std::mem::replace(&mut pool[j], last)
                })
                .collect());
        }
        let mut taken = std::collections::HashSet::new();
        let mut out = Vec::new();
        while (out.len() as i64) < k {
            let j = self.below(n);
            if taken.insert(j) {
                out.push(items[j as usize].clone());
            }
        }
        Ok(out)
    }
    /// `choices(items, weights=.., k=k)`.
    pub fn choices<T: Clone>(&self, items: &[T], weights: Option<&[f64]>, k: i64) -> R<Vec<T>> {
        let Some(weights) = weights else {
            if items.is_empty() && k > 0 {
                return Err(exc::new(&exc::IndexError, "Cannot choose from an empty sequence"));
            }
            let n = items.len() as f64;
            return Ok((0..k).map(|_| items[(self.random() * n).floor() as usize].clone()).collect());
        };
        let mut sum = 0.0;
        let sums: Vec<f64> = weights.iter().map(|w| { sum += w; sum }).collect();
        self.choices_cumulative(items, &sums, k)
    }
    pub fn choices_cumulative<T: Clone>(&self, items: &[T], sums: &[f64], k: i64) -> R<Vec<T>> {
        if sums.len() != items.len() {
            return Err(exc::new(&exc::ValueError, "The number of weights does not match the population"));
        }
        let total = sums.last().copied().unwrap_or(0.0);
        if total <= 0.0 {
            return Err(exc::new(&exc::ValueError, "Total of weights must be greater than zero"));
        }
        if !total.is_finite() {
            return Err(exc::new(&exc::ValueError, "Total of weights must be finite"));
        }
        let last = items.len() - 1;
        Ok((0..k)
            .map(|_| {
                let x = self.random() * total;
                items[sums[..last].partition_point(|s| *s <= x)].clone()
            })
            .collect())
    }
}

/// `Random(seed)`.
pub fn seeded(seed: &Value) -> R<Random> {
    let r = Random::new();
    r.seed_value(seed)?;
    Ok(r)
}

impl Random {
    /// `seed(x)` by what x is.
    pub fn seed_value(&self, x: &Value) -> R<()> {
        match x {
            Value::None => self.seed_entropy(),
            Value::Int(i) => self.seed(i),
            Value::Bool(b) => self.seed(&Int::from(*b)),
            Value::Float(f) => self.seed_float(*f),
            Value::Str(s) => return self.seed_str(s),
            Value::Bytes(b) => return self.seed_bytes(b),
            _ => {
                let text = "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.";
                return Err(exc::new(&exc::TypeError, text));
            }
        }
        Ok(())
    }
    /// `choices` with either kind of weights.
    pub fn choices_py<T: Clone>(
        &self, items: &[T], weights: Option<super::list::List<f64>>, sums: Option<super::list::List<f64>>, k: i64,
    ) -> R<Vec<T>> {
        match (weights, sums) {
            (Some(w), _) => self.choices(items, Some(&w.to_vec()), k),
            (None, Some(s)) => self.choices_cumulative(items, &s.to_vec(), k),
            (None, None) => self.choices(items, None, k),
        }
    }
}

/// Weights as `choices` takes them.
pub fn weights(w: Option<Vec<f64>>) -> Option<super::list::List<f64>> {
    w.map(super::list::List::from)
}
impl PartialEq for Random {
    fn eq(&self, o: &Self) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
impl super::traits::PyRepr for Random {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<random.Random object>");
    }
}
super::traits::str_is_repr!(Random);
impl super::traits::PyTruth for Random {
    fn truth(&self) -> bool {
        true
    }
}
