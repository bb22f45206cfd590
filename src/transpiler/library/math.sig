# math. Integers beyond 64 bits raise OverflowError here.
attr math.pi -> float = math::pi
attr math.e -> float = math::e
attr math.tau -> float = math::tau
attr math.inf -> float = math::inf
attr math.nan -> float = math::nan
fn math.sqrt(x: float) -> float ! = math::sqrt
fn math.exp(x: float) -> float ! = math::exp
fn math.expm1(x: float) -> float ! = math::expm1
fn math.exp2(x: float) -> float ! = math::exp2
fn math.sin(x: float) -> float ! = math::sin
fn math.cos(x: float) -> float ! = math::cos
fn math.tan(x: float) -> float ! = math::tan
fn math.asin(x: float) -> float ! = math::asin
fn math.acos(x: float) -> float ! = math::acos
fn math.atan(x: float) -> float = math::atan
fn math.atan2(y: float, x: float) -> float = math::atan2
fn math.sinh(x: float) -> float ! = math::sinh
fn math.cosh(x: float) -> float ! = math::cosh
fn math.tanh(x: float) -> float = math::tanh
fn math.asinh(x: float) -> float = math::asinh
fn math.acosh(x: float) -> float ! = math::acosh
fn math.atanh(x: float) -> float ! = math::atanh
fn math.log(x: float, base: opt[float] = None) -> float ! = math::log_opt({x}, {base})
fn math.log2(x: float) -> float ! = math::log2
fn math.log10(x: float) -> float ! = math::log10
fn math.log1p(x: float) -> float ! = math::log1p
fn math.pow(x: float, y: float) -> float ! = math::pow
fn math.fmod(x: float, y: float) -> float ! = math::fmod
fn math.remainder(x: float, y: float) -> float ! = math::remainder
fn math.frexp(x: float) -> tuple[float, int] = math::frexp
fn math.ldexp(x: float, i: int) -> float ! = math::ldexp
fn math.modf(x: float) -> tuple[float, float] = math::modf
fn math.fabs(x: float) -> float = math::fabs
fn math.cbrt(x: float) -> float = math::cbrt
fn math.degrees(x: float) -> float = math::degrees
fn math.radians(x: float) -> float = math::radians
fn math.floor(x: int) -> int = i64::from({x})
fn math.floor(x: float) -> int ! = math::floor({x}).and_then(|i| i.index())
fn math.floor(x: &Decimal) -> int ! = ({x}).whole(decimal_context::Rounding::Floor).and_then(|i| i.index())
fn math.floor(x: any) -> int ! = { let v = {x}; match &v { Value::Int(i) => i.index(), _ => f64::from_value(&v).and_then(math::floor).and_then(|i| i.index()) } }  # uses: convert value
fn math.ceil(x: int) -> int = i64::from({x})
fn math.ceil(x: float) -> int ! = math::ceil({x}).and_then(|i| i.index())
fn math.ceil(x: &Decimal) -> int ! = ({x}).whole(decimal_context::Rounding::Ceiling).and_then(|i| i.index())
fn math.ceil(x: any) -> int ! = { let v = {x}; match &v { Value::Int(i) => i.index(), _ => f64::from_value(&v).and_then(math::ceil).and_then(|i| i.index()) } }  # uses: convert value
fn math.trunc(x: int) -> int = i64::from({x})
fn math.trunc(x: float) -> int ! = math::trunc({x}).and_then(|i| i.index())
fn math.trunc(x: &Decimal) -> int ! = ({x}).whole(decimal_context::Rounding::Down).and_then(|i| i.index())
fn math.trunc(x: any) -> int ! = { let v = {x}; match &v { Value::Int(i) => i.index(), _ => f64::from_value(&v).and_then(math::trunc).and_then(|i| i.index()) } }  # uses: convert value
fn math.isnan(x: float) -> bool = math::isnan
fn math.isinf(x: float) -> bool = math::isinf
fn math.isfinite(x: float) -> bool = math::isfinite
fn math.isclose(a: float, b: float, rel_tol: float = 1e-9, abs_tol: float = 0.0) -> bool ! = math::isclose
fn math.copysign(x: float, y: float) -> float = math::copysign
fn math.nextafter(x: float, y: float) -> float = math::nextafter
fn math.ulp(x: float) -> float = math::ulp
fn math.erf(x: float) -> float = math::erf
fn math.erfc(x: float) -> float = math::erfc
fn math.gamma(x: float) -> float ! = math::gamma
fn math.lgamma(x: float) -> float ! = math::lgamma
fn math.fsum(items: iter[float]) -> float ! = math::fsum({items})
fn math.hypot(*items: float) -> float = math::hypot(&{items})
fn math.dist(p: iter[float], q: iter[float]) -> float ! = math::dist(&{p}, &{q})
fn math.gcd(*items: int) -> int ! = math::gcd_all(&{items})
fn math.lcm(*items: int) -> int ! = math::lcm_all(&{items})
fn math.isqrt(n: int) -> int ! = math::isqrt(&Int::from({n})).and_then(|i| i.index())  # uses: int
fn math.factorial(n: int) -> big ! = math::factorial({n})
fn math.comb(n: int, k: int) -> big ! = math::comb({n}, {k})
fn math.perm(n: int, k: opt[int] = None) -> big ! = math::perm({n}, {k})
fn math.prod(iterable: iter[int], start: int = 1) -> big = {iterable}.into_iter().fold(rt::int::Int::from({start}), |a, b| &a * b)  # uses: int
fn math.prod(iterable: iter[float], start: float = 1.0) -> float = {iterable}.into_iter().fold({start}, |a, b| a * b)
fn math.prod(iterable: iter[any], start: any = Value::from(1i64)) -> any ! = {iterable}.iter().try_fold({start}, |a, b| value_ops::mul(&a, b))
