"""Floats: repr, rounding, parsing, arithmetic, hash, exact forms."""
import math
import random
import struct

EDGES = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 1.5, 2.5, -2.5, 1e15, 1e16, 123456789012345680.0, 1e17, 1e22, 1e23, 1e-4, 1e-5, 0.0001234,
         5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, float("inf"), -float("inf"), float("nan"), 2022323438550178.25,
         9007199254740992.0, 1e100, 123.456, 2.675, 1.005, 0.3, 1/3, 2/3, 1e21, 4503599627370497.5, 0.15, 0.25, 0.35, 1e308]


def refuse_complex(f):
    def g(a, b):
        if a < 0 and math.isfinite(a) and math.isfinite(b) and b != int(b):
            raise ValueError("unsupported: negative number to a fractional power (complex result)")
        return repr(f(a, b))
    return g


OPS = {
    "repr": repr, "hash": hash, "round0": round, "round": lambda x, n: repr(round(x, n)), "hex": float.hex,
    "ratio": float.as_integer_ratio, "parse": lambda s: repr(float(s)), "floordiv": lambda a, b: repr(a // b),
    "mod": lambda a, b: repr(a % b), "divmod": lambda a, b: divmod(a, b), "div": lambda a, b: repr(a / b),
    "pow": refuse_complex(lambda a, b: a**b), "isint": float.is_integer, "tuplehash": lambda a, b: hash((a, b, 3, "") [:3]),
}


def number():
    kind = random.random()
    if kind < 0.2:
        return random.choice(EDGES)
    if kind < 0.5:
        return struct.unpack("<d", random.randbytes(8))[0]
    if kind < 0.7:
        return round(random.uniform(-1000, 1000), random.randint(0, 6))
    if kind < 0.8:
        return random.getrandbits(60) / 2**random.randint(0, 12)
    return random.uniform(-1, 1) * 10 ** random.randint(-20, 20)


def fixed_nan(x):
    return 1.0 if x != x else x


def cases():
    for x in EDGES:
        for op in ("repr", "round0", "hex", "ratio", "isint"):
            yield (op, x)
        for n in range(-5, 6):
            yield ("round", x, n)
    for _ in range(8000):
        yield ("repr", number())
    for _ in range(3000):
        yield ("round", number(), random.choice([0, 1, 2, 3, 5, 10, 15, 20, 300, 400, -1, -2, -3, -10, -300, -400]))
        yield ("hash", fixed_nan(number()))
        yield ("tuplehash", fixed_nan(number()), random.randint(-5, 5))
        yield (random.choice(["floordiv", "mod", "divmod", "div"]), number(), number())
        yield (random.choice(["hex", "ratio", "round0"]), number())
    for _ in range(500):
        yield ("pow", random.choice([0.0, 2.0, -2.0, 0.5, 10.0, 1e200, -8.0, -1.0, 1.5]), random.choice([0.0, 2.0, -1.0, 0.5, 3.0, 400.0, -400.0, 1 / 3]))
    for t in ["1", " 1.5\n", "1e5", "1E+5", "1e-400", "1e400", "inf", "-Infinity", "nan", "+nan", "iNf", "1_000.5", "1__0", "_1", "1_", "1._5",
              "1e", ".5", "5.", ".", "", " ", "0x10", "1,5", "--1", "1 2", "\u0661.\u0665", "infinit", "1e1_0", "é", "1e+", "00012", "-.5e-3"]:
        yield ("parse", t)
