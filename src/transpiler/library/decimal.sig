# decimal; ints beside Decimals are made Decimals by the translator (emit/library_numbers.cpp)
type Decimal = decimal::Decimal
type DecimalTuple = decimal_text::DecimalTuple
type DecimalContext = decimal_context::Context
type LocalContext = decimal_context::Local
class decimal.Decimal(value: &str) -> Decimal ! = decimal::Decimal::parse({value})
class decimal.Decimal(value: &Decimal) -> Decimal = ({value}).clone()
class decimal.Decimal(value: int) -> Decimal = decimal::Decimal::from_int(&Int::from({value}))  # uses: int
class decimal.Decimal(value: float) -> Decimal = decimal::Decimal::from_float({value})
class decimal.Decimal(value: any = Value::from(0i64)) -> Decimal ! = decimal_value::make(&{value})
fn decimal.Decimal.from_float(f: float) -> Decimal = decimal::Decimal::from_float({f})
fn decimal.getcontext() -> DecimalContext = decimal_context::getcontext
fn decimal.setcontext(c: &DecimalContext) -> none = decimal_context::setcontext
fn decimal.localcontext(ctx: opt[&DecimalContext] = None, prec: opt[int] = None, rounding: opt[&str] = None) -> LocalContext ! = decimal_context::localcontext
class decimal.Context(prec: opt[int] = None, rounding: opt[&str] = None) -> DecimalContext ! = decimal_context::Context::new
fn LocalContext.__enter__(self) -> DecimalContext = .enter
fn LocalContext.__exit__(self) -> none = .exit
attr DecimalContext.prec -> int = .prec()
attr DecimalContext.rounding -> str = .rounding()
fn DecimalContext.__set_prec__(self, prec: int) -> none ! = .set_prec
fn DecimalContext.__set_rounding__(self, rounding: str) -> none ! = .set_rounding
fn DecimalContext.copy(self) -> DecimalContext = .copy
fn DecimalContext.create_decimal(self, num: any = Value::from(0i64)) -> Decimal ! = { let n = decimal_value::make(&{num}); {self}.within(|| n.and_then(decimal::Decimal::fixed)) }
fn DecimalContext.add(self, x: Decimal, y: Decimal) -> Decimal ! = {self}.within(|| ({x}).add(&{y}))
fn DecimalContext.subtract(self, x: Decimal, y: Decimal) -> Decimal ! = {self}.within(|| ({x}).sub(&{y}))
fn DecimalContext.multiply(self, x: Decimal, y: Decimal) -> Decimal ! = {self}.within(|| ({x}).mul(&{y}))
fn DecimalContext.divide(self, x: Decimal, y: Decimal) -> Decimal ! = {self}.within(|| ({x}).div(&{y}))
fn DecimalContext.power(self, x: Decimal, y: Decimal) -> Decimal ! = {self}.within(|| ({x}).pow(&{y}))
fn DecimalContext.sqrt(self, x: Decimal) -> Decimal ! = {self}.within(|| ({x}).sqrt())
fn DecimalContext.quantize(self, x: Decimal, y: Decimal) -> Decimal ! = {self}.within(|| ({x}).quantize(&{y}, None))
attr decimal.ROUND_CEILING -> str = Str::lit("ROUND_CEILING")
attr decimal.ROUND_DOWN -> str = Str::lit("ROUND_DOWN")
attr decimal.ROUND_FLOOR -> str = Str::lit("ROUND_FLOOR")
attr decimal.ROUND_HALF_DOWN -> str = Str::lit("ROUND_HALF_DOWN")
attr decimal.ROUND_HALF_EVEN -> str = Str::lit("ROUND_HALF_EVEN")
attr decimal.ROUND_HALF_UP -> str = Str::lit("ROUND_HALF_UP")
attr decimal.ROUND_UP -> str = Str::lit("ROUND_UP")
attr decimal.ROUND_05UP -> str = Str::lit("ROUND_05UP")
attr decimal.MAX_PREC -> int = 999999999999999999i64
attr exceptions.decimal.DecimalException -> any = decimal_context::DecimalException
attr exceptions.decimal.InvalidOperation -> any = decimal_context::InvalidOperation
attr exceptions.decimal.DivisionByZero -> any = decimal_context::DivisionByZero
attr exceptions.decimal.Overflow -> any = decimal_context::Overflow
attr exceptions.decimal.Inexact -> any = decimal_context::Inexact
attr Decimal.real -> Decimal = .clone()
fn Decimal.quantize(self, exp: &Decimal, rounding: opt[&str] = None) -> Decimal ! = .quantize
fn Decimal.to_integral_value(self, rounding: opt[&str] = None) -> Decimal ! = .to_integral
fn Decimal.to_integral_exact(self, rounding: opt[&str] = None) -> Decimal ! = .to_integral
fn Decimal.to_integral(self, rounding: opt[&str] = None) -> Decimal ! = .to_integral
fn Decimal.normalize(self) -> Decimal ! = .normalize
fn Decimal.sqrt(self) -> Decimal ! = .sqrt
fn Decimal.exp(self) -> Decimal ! = .exp
fn Decimal.ln(self) -> Decimal ! = .ln
fn Decimal.log10(self) -> Decimal ! = .log10
fn Decimal.fma(self, other: &Decimal, third: &Decimal) -> Decimal ! = .fma
fn Decimal.remainder_near(self, other: &Decimal) -> Decimal ! = .remainder_near
fn Decimal.scaleb(self, other: &Decimal) -> Decimal ! = .scaleb
fn Decimal.compare(self, other: &Decimal) -> Decimal = .compare
fn Decimal.max(self, other: &Decimal) -> Decimal ! = {self}.larger({other}, true)
fn Decimal.min(self, other: &Decimal) -> Decimal ! = {self}.larger({other}, false)
fn Decimal.copy_abs(self) -> Decimal = {self}.with_sign(false)
fn Decimal.copy_negate(self) -> Decimal = { let d = {self}.clone(); d.with_sign(!d.negative) }
fn Decimal.copy_sign(self, other: &Decimal) -> Decimal = {self}.with_sign(({other}).negative)
fn Decimal.is_nan(self) -> bool = .is_nan
fn Decimal.is_infinite(self) -> bool = .is_infinite
fn Decimal.is_finite(self) -> bool = .is_finite
fn Decimal.is_zero(self) -> bool = .is_zero
fn Decimal.is_signed(self) -> bool = ({self}.negative)
fn Decimal.adjusted(self) -> int = .adjusted
fn Decimal.number_class(self) -> str = .number_class
fn Decimal.to_eng_string(self) -> str = .to_eng_string
fn Decimal.as_tuple(self) -> DecimalTuple ! = decimal_text::DecimalTuple::of
fn Decimal.as_integer_ratio(self) -> tuple[int, int] ! = {self}.ratio().and_then(|(a, b)| Ok((a.index()?, b.index()?)))
attr DecimalTuple.sign -> int = .sign
attr DecimalTuple.digits -> many[int] = .digits.clone()
iter DecimalTuple -> any = decimal_value::tuple_items(&{self})  # uses: decimal_value
fn DecimalTuple.__getitem__(self, index: int) -> any ! = value_items::getitem(&Value::tuple(decimal_value::tuple_items(&{self})), &Value::from({index}))  # uses: decimal_value value_items
attr DecimalTuple.exponent -> int = .exponent
fn Decimal.__abs__(self) -> Decimal ! = .abs
fn Decimal.__neg__(self) -> Decimal ! = .neg
fn Decimal.__pos__(self) -> Decimal ! = .pos
fn Decimal.__int__(self) -> int ! = {self}.whole(decimal_context::Rounding::Down).and_then(|i| i.index())
fn Decimal.__float__(self) -> float ! = .to_float
fn Decimal.__round__(self) -> int ! = .round
fn Decimal.__round__(self, ndigits: int) -> Decimal ! = .round_to
fn Decimal.__divmod__(self, other: &Decimal) -> tuple[Decimal, Decimal] ! = .divmod
op Decimal + Decimal -> Decimal ! = {0}.add(&{1})
op Decimal - Decimal -> Decimal ! = {0}.sub(&{1})
op Decimal * Decimal -> Decimal ! = {0}.mul(&{1})
op Decimal / Decimal -> Decimal ! = {0}.div(&{1})
op Decimal // Decimal -> Decimal ! = {0}.floordiv(&{1})
op Decimal % Decimal -> Decimal ! = {0}.modulo(&{1})
op Decimal ** Decimal -> Decimal ! = {0}.pow(&{1})
op Decimal + float -> Decimal ! = { let _ = (&{0}, {1}); decimal_arith::with_float("+", "decimal.Decimal", "float") }
op float + Decimal -> Decimal ! = { let _ = ({0}, &{1}); decimal_arith::with_float("+", "float", "decimal.Decimal") }
op Decimal - float -> Decimal ! = { let _ = (&{0}, {1}); decimal_arith::with_float("-", "decimal.Decimal", "float") }
op float - Decimal -> Decimal ! = { let _ = ({0}, &{1}); decimal_arith::with_float("-", "float", "decimal.Decimal") }
op Decimal * float -> Decimal ! = { let _ = (&{0}, {1}); decimal_arith::with_float("*", "decimal.Decimal", "float") }
op float * Decimal -> Decimal ! = { let _ = ({0}, &{1}); decimal_arith::with_float("*", "float", "decimal.Decimal") }
op Decimal / float -> Decimal ! = { let _ = (&{0}, {1}); decimal_arith::with_float("/", "decimal.Decimal", "float") }
op float / Decimal -> Decimal ! = { let _ = ({0}, &{1}); decimal_arith::with_float("/", "float", "decimal.Decimal") }
op Decimal // float -> Decimal ! = { let _ = (&{0}, {1}); decimal_arith::with_float("//", "decimal.Decimal", "float") }
op float // Decimal -> Decimal ! = { let _ = ({0}, &{1}); decimal_arith::with_float("//", "float", "decimal.Decimal") }
op Decimal % float -> Decimal ! = { let _ = (&{0}, {1}); decimal_arith::with_float("%", "decimal.Decimal", "float") }
op float % Decimal -> Decimal ! = { let _ = ({0}, &{1}); decimal_arith::with_float("%", "float", "decimal.Decimal") }
op Decimal ** float -> Decimal ! = { let _ = (&{0}, {1}); decimal_arith::with_float("** or pow()", "decimal.Decimal", "float") }
op float ** Decimal -> Decimal ! = { let _ = ({0}, &{1}); decimal_arith::with_float("** or pow()", "float", "decimal.Decimal") }
