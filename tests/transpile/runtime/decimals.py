"""Decimals: arithmetic, rounding, functions, texts."""
import decimal
import random
from decimal import Decimal

NUMBERS = [
    "0", "-0", "0.00", "0E+3", "0E-10", "1", "-1", "1.0", "1.10", "123.456", "-123.456", "99.995", "0.005", "2.675", "1E+5",
    "1E-7", "1.23E-10", "9999999999999999999999999999", "12345678901234567890.123456789012345678", "-7.5", "3", "10", "100",
    "1E+30", "-1E-30", "0.1", "0.2", "0.3", "19.99", "1E+400", "Infinity", "-Infinity", "NaN", "5", "2", "0.5", "0.25", "4",
    "1000", "2.50", "6.02214076E+23", "00012", "1_000.5", " 7 ", "+3.", ".5", "1e2",
]
BAD = ["", "abc", "1.2.3", "--1", "1e", "e5", ".", "1 2"]
MODES = [
    "ROUND_CEILING", "ROUND_DOWN", "ROUND_FLOOR", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_HALF_UP", "ROUND_UP",
    "ROUND_05UP",
]
SPECS = [
    "", ".2f", ".0f", "f", ",", ",.2f", "10", "<12.3f", ">14,.2f", "+.1f", "010.2f", ".3e", "e", "E", "g", ".4g", "%", ".1%",
    "^15", "*^20.2f", "015,.2f", ".10", " .2f", "n", "F", "-10.4f", "d", "x",
]


def number():
    digits = random.randint(1, 30)
    text = str(random.randint(0, 10**digits))
    exp = random.choice([0, -1, -2, -3, -digits, random.randint(-40, 20)])
    return f"{random.choice(['', '-'])}{text}E{exp}"


def cases():
    numbers = NUMBERS + [number() for _ in range(60)]
    for x in NUMBERS + BAD:
        yield ("text", x)
    for x in numbers:
        for op in ("neg", "abs", "pos", "hash", "norm", "int", "float", "round", "adjusted", "eng", "class", "floor", "truth"):
            yield (op, x)
        yield ("round_to", x, random.randint(-2, 4))
        for mode in random.sample(MODES, 4):
            yield ("integral", x, mode)
            yield ("quantize", x, random.choice(["0.01", "1", "0.1", "1E+1", "1E-5", "0.001"]), mode)
        for spec in random.sample(SPECS, 8):
            yield ("format", x, spec)
    for x in numbers:
        for y in random.sample(numbers, 12):
            for op in ("add", "sub", "mul", "div", "floordiv", "mod", "cmp", "lt", "eq", "max", "min"):
                yield (op, x, y)
        for prec in (5, 9, 50):
            y = random.choice(numbers)
            for op in ("add", "mul", "div"):
                yield (op, x, y, prec)
    small = [n for n in numbers if n.strip().strip("+-").lower() not in ("infinity", "nan") and abs(Decimal(n)) < 10**12]
    for x in small:
        for op in ("sqrt", "exp", "ln", "log10"):
            yield (op, x, random.choice([28, 28, 10, 40]))
        for y in ("2", "3", "-1", "-2", "0", "0.5", "10", "1.5", "-0.3"):
            yield ("pow", x, y)
    for x in (0.1, 0.5, 1e300, 5e-324, -2.25, 1e16, 123456.789, float("inf"), 0.0, -0.0):
        yield ("of_float", x)
        yield ("eq_float", "0.1", x)


def within(prec, work):
    with decimal.localcontext() as context:
        context.prec = prec
        return work()


def binary(f):
    return lambda x, y, prec=28: within(prec, lambda: f(Decimal(x), Decimal(y)))


def unary(f):
    return lambda x, prec=28: within(prec, lambda: f(Decimal(x)))


OPS = {
    "text": lambda x: repr(Decimal(x)),
    "neg": unary(lambda x: -x),
    "abs": unary(abs),
    "pos": unary(lambda x: +x),
    "hash": lambda x: 0 if Decimal(x).is_nan() else hash(Decimal(x)),
    "norm": unary(lambda x: x.normalize()),
    "int": unary(int),
    "float": unary(lambda x: repr(float(x))),
    "round": unary(round),
    "round_to": lambda x, n: repr(round(Decimal(x), n)),
    "adjusted": unary(lambda x: x.adjusted()),
    "eng": unary(lambda x: x.to_eng_string()),
    "class": unary(lambda x: x.number_class()),
    "floor": unary(lambda x: x.__floor__()),
    "truth": unary(bool),
    "integral": lambda x, mode: repr(Decimal(x).to_integral_value(mode)),
    "quantize": lambda x, y, mode: repr(Decimal(x).quantize(Decimal(y), mode)),
    "format": lambda x, spec: format(Decimal(x), spec),
    "add": binary(lambda x, y: repr(x + y)),
    "sub": binary(lambda x, y: repr(x - y)),
    "mul": binary(lambda x, y: repr(x * y)),
    "div": binary(lambda x, y: repr(x / y)),
    "floordiv": binary(lambda x, y: repr(x // y)),
    "mod": binary(lambda x, y: repr(x % y)),
    "cmp": binary(lambda x, y: repr(x.compare(y))),
    "lt": binary(lambda x, y: x < y),
    "eq": binary(lambda x, y: x == y),
    "max": binary(lambda x, y: repr(x.max(y))),
    "min": binary(lambda x, y: repr(x.min(y))),
    "sqrt": unary(lambda x: repr(x.sqrt())),
    "exp": unary(lambda x: repr(x.exp())),
    "ln": unary(lambda x: repr(x.ln())),
    "log10": unary(lambda x: repr(x.log10())),
    "pow": binary(lambda x, y: repr(x**y)),
    "of_float": lambda x: repr(Decimal(x)),
    "eq_float": lambda x, y: Decimal(x) == y,
}
