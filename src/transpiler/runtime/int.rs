//! needs: exc, traits, bigint, pystr, int_div, int_bits, int_text, float
//! `Int`: Python's integer. One word while it fits, a shared magnitude with a sign beyond; never wraps.
use super::bigint as mag;
use super::exc::{self, Exc};
use super::traits::{hash_i64, PyHash, PyOrd, PyRepr, PyTruth, HASH_MODULUS};
use std::cmp::Ordering;
use std::rc::Rc;

#[derive(Clone)]
pub enum Int {
    Small(i64),
    /// Never a value that fits `Small`.
    Big(Rc<Big>),
}

pub struct Big {
    pub negative: bool,
    pub mag: Vec<u64>,
}

impl Int {
    /// Normalises a sign and magnitude.
    pub fn from_parts(negative: bool, mag: Vec<u64>) -> Int {
        match mag.len() {
            0 => return Int::Small(0),
            1 if !negative && mag[0] <= i64::MAX as u64 => return Int::Small(mag[0] as i64),
            1 if negative && mag[0] <= 1 << 63 => return Int::Small((mag[0] as i64).wrapping_neg()),
            _ => {}
        }
        Int::Big(Rc::new(Big { negative, mag }))
    }

    #[cold]
    pub fn from_i128(v: i128) -> Int {
        Int::from_parts(v < 0, mag::from_u128(v.unsigned_abs()))
    }

    /// A finite float without fraction.
    pub fn from_whole_f64(x: f64) -> Int {
        if x.abs() < 9e18 {
            return Int::Small(x as i64);
        }
        let (m, e) = super::float::decompose(x.abs());
        Int::from_parts(x < 0.0, mag::shl(&[m], e.max(0) as usize))
    }

    /// Magnitude without a copy; `word` holds that of a small one.
    pub fn limbs<'a>(&'a self, word: &'a mut [u64; 1]) -> &'a [u64] {
        match self {
            Int::Small(0) => &[],
            Int::Small(i) => {
                word[0] = i.unsigned_abs();
                &word[..]
            }
            Int::Big(b) => &b.mag,
        }
    }

    /// Magnitude, for the slow paths.
    pub fn magnitude(&self) -> Vec<u64> {
        match self {
            Int::Small(0) => Vec::new(),
            Int::Small(i) => vec![i.unsigned_abs()],
            Int::Big(b) => b.mag.clone(),
        }
    }

    #[inline]
    pub fn is_negative(&self) -> bool {
        match self {
            Int::Small(i) => *i < 0,
            Int::Big(b) => b.negative,
        }
    }

    #[inline]
    pub fn is_zero(&self) -> bool {
        matches!(self, Int::Small(0))
    }

    #[inline]
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Int::Small(i) => Some(*i),
            Int::Big(_) => None,
        }
    }

    /// As an index or count.
    #[inline]
    pub fn index(&self) -> Result<i64, Exc> {
        match self {
            Int::Small(i) => Ok(*i),
            Int::Big(_) => Err(exc::new(&exc::OverflowError, "Python int too large to convert to C ssize_t")),
        }
    }

    /// As a slice bound, which never raises: far values stop at the ends.
    pub fn clamp(&self) -> i64 {
        match self {
            Int::Small(i) => *i,
            Int::Big(b) => if b.negative { i64::MIN } else { i64::MAX },
        }
    }

    /// `float(self)`, correctly rounded.
    pub fn to_f64(&self) -> Result<f64, Exc> {
        match self {
            Int::Small(i) => Ok(*i as f64),
            Int::Big(b) => {
                let x = mag_to_f64(&b.mag);
                if x.is_infinite() {
                    return Err(exc::new(&exc::OverflowError, "int too large to convert to float"));
                }
                Ok(if b.negative { -x } else { x })
            }
        }
    }

    pub fn abs(&self) -> Int {
        if self.is_negative() { -self } else { self.clone() }
    }

    pub fn cmp_f64(&self, x: f64) -> Option<Ordering> {
        if x.is_nan() {
            return None;
        }
        if x.is_infinite() {
            return Some(if x > 0.0 { Ordering::Less } else { Ordering::Greater });
        }
        let whole = Int::from_whole_f64(x.trunc());
        let fraction = x.fract();
        Some(self.cmp(&whole).then(0.0f64.partial_cmp(&fraction)?))
    }
}

fn mag_to_f64(m: &[u64]) -> f64 {
    let bits = mag::bit_length(m);
    if bits > 1024 {
        return f64::INFINITY;
    }
    if bits <= 64 {
        return m.first().copied().unwrap_or(0) as f64;
    }
    let shift = bits - 64;
    // the top 64 bits, the last one sticky: rounding to 53 bits then sees every lower bit
    let top = mag::shr(m, shift)[0] | mag::low_bits(m, shift) as u64;
    top as f64 * 2f64.powi(shift as i32)
}

impl From<i64> for Int {
    #[inline]
    fn from(i: i64) -> Int {
        Int::Small(i)
    }
}
impl From<i32> for Int {
    fn from(i: i32) -> Int {
        Int::Small(i as i64)
    }
}
impl From<bool> for Int {
    fn from(b: bool) -> Int {
        Int::Small(b as i64)
    }
}
impl From<u64> for Int {
    fn from(v: u64) -> Int {
        Int::from_i128(v as i128)
    }
}
impl From<&Int> for Int {
    fn from(i: &Int) -> Int {
        i.clone()
    }
}
impl Default for Int {
    fn default() -> Int {
        Int::Small(0)
    }
}

#[cold]
fn slow_add(a: &Int, b: &Int, negate: bool) -> Int {
    let (an, bn) = (a.is_negative(), b.is_negative() != negate);
    let (mut wa, mut wb) = ([0], [0]);
    let (am, bm) = (a.limbs(&mut wa), b.limbs(&mut wb));
    if an == bn {
        return Int::from_parts(an, mag::add(am, bm));
    }
    match mag::cmp(am, bm) {
        Ordering::Less => Int::from_parts(bn, mag::sub(bm, am)),
        _ => Int::from_parts(an, mag::sub(am, bm)),
    }
}

#[cold]
fn slow_mul(a: &Int, b: &Int) -> Int {
    let (mut wa, mut wb) = ([0], [0]);
    Int::from_parts(a.is_negative() != b.is_negative(), mag::mul(a.limbs(&mut wa), b.limbs(&mut wb)))
}

#[inline]
pub fn add(a: &Int, b: &Int) -> Int {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        if let Some(s) = x.checked_add(*y) {
            return Int::Small(s);
        }
    }
    slow_add(a, b, false)
}

#[inline]
pub fn sub(a: &Int, b: &Int) -> Int {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        if let Some(s) = x.checked_sub(*y) {
            return Int::Small(s);
        }
    }
    slow_add(a, b, true)
}

#[inline]
pub fn mul(a: &Int, b: &Int) -> Int {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        if let Some(s) = x.checked_mul(*y) {
            return Int::Small(s);
        }
    }
    slow_mul(a, b)
}

macro_rules! operators {
    ($($trait:ident $name:ident $assign:ident $assign_name:ident $f:path;)*) => { $(
        impl std::ops::$trait<&Int> for &Int { type Output = Int; #[inline] fn $name(self, o: &Int) -> Int { $f(self, o) } }
        impl std::ops::$trait<Int> for &Int { type Output = Int; #[inline] fn $name(self, o: Int) -> Int { $f(self, &o) } }
        impl std::ops::$trait<&Int> for Int { type Output = Int; #[inline] fn $name(self, o: &Int) -> Int { $f(&self, o) } }
        impl std::ops::$trait<Int> for Int { type Output = Int; #[inline] fn $name(self, o: Int) -> Int { $f(&self, &o) } }
        impl std::ops::$trait<i64> for &Int { type Output = Int; #[inline] fn $name(self, o: i64) -> Int { $f(self, &Int::Small(o)) } }
        impl std::ops::$trait<i64> for Int { type Output = Int; #[inline] fn $name(self, o: i64) -> Int { $f(&self, &Int::Small(o)) } }
        impl std::ops::$trait<Int> for i64 { type Output = Int; #[inline] fn $name(self, o: Int) -> Int { $f(&Int::Small(self), &o) } }
        impl std::ops::$trait<&Int> for i64 { type Output = Int; #[inline] fn $name(self, o: &Int) -> Int { $f(&Int::Small(self), o) } }
        impl std::ops::$assign<&Int> for Int { #[inline] fn $assign_name(&mut self, o: &Int) { *self = $f(self, o) } }
        impl std::ops::$assign<Int> for Int { #[inline] fn $assign_name(&mut self, o: Int) { *self = $f(self, &o) } }
        impl std::ops::$assign<i64> for Int { #[inline] fn $assign_name(&mut self, o: i64) { *self = $f(self, &Int::Small(o)) } }
    )* };
}
operators! {
    Add add AddAssign add_assign add;
    Sub sub SubAssign sub_assign sub;
    Mul mul MulAssign mul_assign mul;
    BitAnd bitand BitAndAssign bitand_assign super::int_bits::and;
    BitOr bitor BitOrAssign bitor_assign super::int_bits::or;
    BitXor bitxor BitXorAssign bitxor_assign super::int_bits::xor;
}

impl std::ops::Neg for &Int {
    type Output = Int;
    #[inline]
    fn neg(self) -> Int {
        sub(&Int::Small(0), self)
    }
}
impl std::ops::Neg for Int {
    type Output = Int;
    fn neg(self) -> Int {
        -&self
    }
}
impl std::ops::Not for &Int {
    type Output = Int;
    fn not(self) -> Int {
        sub(&Int::Small(-1), self)
    }
}
impl std::ops::Not for Int {
    type Output = Int;
    fn not(self) -> Int {
        !&self
    }
}

impl PartialEq for Int {
    #[inline]
    fn eq(&self, o: &Int) -> bool {
        match (self, o) {
            (Int::Small(a), Int::Small(b)) => a == b,
            (Int::Big(a), Int::Big(b)) => a.negative == b.negative && a.mag == b.mag,
            _ => false,
        }
    }
}
impl Eq for Int {}
impl PartialEq<i64> for Int {
    #[inline]
    fn eq(&self, o: &i64) -> bool {
        matches!(self, Int::Small(a) if a == o)
    }
}
impl PartialEq<f64> for Int {
    fn eq(&self, o: &f64) -> bool {
        self.cmp_f64(*o) == Some(Ordering::Equal)
    }
}
impl PartialOrd for Int {
    #[inline]
    fn partial_cmp(&self, o: &Int) -> Option<Ordering> {
        Some(self.cmp(o))
    }
}
impl PartialOrd<i64> for Int {
    #[inline]
    fn partial_cmp(&self, o: &i64) -> Option<Ordering> {
        Some(match self {
            Int::Small(a) => a.cmp(o),
            Int::Big(b) => if b.negative { Ordering::Less } else { Ordering::Greater },
        })
    }
}
impl PartialOrd<f64> for Int {
    fn partial_cmp(&self, o: &f64) -> Option<Ordering> {
        self.cmp_f64(*o)
    }
}
impl PartialEq<Int> for i64 {
    fn eq(&self, o: &Int) -> bool {
        o == self
    }
}
impl PartialOrd<Int> for i64 {
    fn partial_cmp(&self, o: &Int) -> Option<Ordering> {
        o.partial_cmp(self).map(Ordering::reverse)
    }
}
impl Ord for Int {
    #[inline]
    fn cmp(&self, o: &Int) -> Ordering {
        if let (Int::Small(a), Int::Small(b)) = (self, o) {
            return a.cmp(b);
        }
        match (self.is_negative(), o.is_negative()) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (negative, _) => {
                let (mut wa, mut wb) = ([0], [0]);
                let order = mag::cmp(self.limbs(&mut wa), o.limbs(&mut wb));
                if negative { order.reverse() } else { order }
            }
        }
    }
}
impl PyOrd for Int {
    const TOTAL: bool = true;
    #[inline]
    fn py_lt(&self, o: &Int) -> Result<bool, Exc> {
        Ok(self < o)
    }
}
impl PyTruth for Int {
    #[inline]
    fn truth(&self) -> bool {
        !self.is_zero()
    }
}
impl PyHash for Int {
    const PLAIN: bool = true;
    fn py_hash(&self) -> i64 {
        match self {
            Int::Small(i) => hash_i64(*i),
            Int::Big(b) => {
                let mut m = b.mag.clone();
                let h = mag::div_small(&mut m, HASH_MODULUS) as i64;
                match if b.negative { -h } else { h } {
                    -1 => -2,
                    h => h,
                }
            }
        }
    }
}
impl PyRepr for Int {
    fn repr_into(&self, out: &mut String) {
        match self {
            Int::Small(i) => i.repr_into(out),
            Int::Big(_) => match super::int_text::decimal(self) {
                Ok(s) => out.push_str(&s),
                Err(e) => exc::die(e),
            },
        }
    }
}
super::traits::str_is_repr!(Int);
impl std::fmt::Debug for Int {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.repr().as_str())
    }
}
impl std::iter::Sum for Int {
    fn sum<I: Iterator<Item = Int>>(it: I) -> Int {
        it.fold(Int::Small(0), |a, b| a + b)
    }
}
