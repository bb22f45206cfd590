"""Integers: arithmetic, bits, text, conversions."""
import math
import random

EDGES = [0, 1, -1, 2, -2, 7, -7, 10, 255, 256, 2**31, -(2**31), 2**53, 2**53 + 1, 2**62, 2**63 - 1, -(2**63), 2**63,
         -(2**63) - 1, 2**64, 2**64 - 1, -(2**64), 2**127, 10**19, 10**40, -(10**40), 3**200, 2**61 - 1, 2**61, -(2**61) + 1]

OPS = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "floordiv": lambda a, b: a // b, "mod": lambda a, b: a % b, "divmod": divmod, "truediv": lambda a, b: repr(a / b),
    "and": lambda a, b: a & b, "or": lambda a, b: a | b, "xor": lambda a, b: a ^ b,
    "shl": lambda a, b: a << b, "shr": lambda a, b: a >> b, "cmp": lambda a, b: (a < b, a <= b, a == b, a > b),
    "neg": lambda a: -a, "invert": lambda a: ~a, "abs": abs, "hash": hash, "float": lambda a: repr(float(a)),
    "bits": lambda a: (a.bit_length(), a.bit_count()), "bases": lambda a: (hex(a), oct(a), bin(a)),
    "pow": lambda a, n: a**n, "powmod": pow, "gcd": math.gcd, "isqrt": math.isqrt, "round": round,
    "parse": lambda s, b: int(s, b), "fromfloat": int, "cmpf": lambda a, x: (a < x, a == x, a > x),
    "to_bytes": lambda a, n, o, s: a.to_bytes(n, o, signed=s), "from_bytes": lambda b, o, s: int.from_bytes(b, o, signed=s),
    "i64": lambda a, b: (a // b, a % b, repr(a / b)), "len": lambda n: len(str(10**n)),
}


def number():
    kind = random.random()
    if kind < 0.2:
        return random.choice(EDGES)
    if kind < 0.5:
        return random.randint(-1000, 1000)
    return random.randint(-1, 1) * random.getrandbits(random.choice([8, 30, 62, 63, 64, 65, 128, 129, 300, 2000])) + random.randint(-1, 1)


def cases():
    two = ["add", "sub", "mul", "floordiv", "mod", "divmod", "truediv", "and", "or", "xor", "cmp", "gcd"]
    for a in EDGES:
        for b in EDGES:
            yield (random.choice(two), a, b)
        for op in ("neg", "invert", "abs", "hash", "float", "bits", "bases", "isqrt"):
            yield (op, a)
    for _ in range(6000):
        yield (random.choice(two), number(), number())
    for _ in range(300):
        big = random.getrandbits(random.choice([6000, 9000]))
        yield (random.choice(["mul", "floordiv", "mod"]), big, random.getrandbits(random.choice([100, 3000, 5000])) + 1)
    for _ in range(1500):
        yield (random.choice(["neg", "invert", "abs", "hash", "float", "bits", "bases"]), number())
        yield (random.choice(["shl", "shr"]), number(), random.choice([0, 1, 5, 31, 62, 63, 64, 65, 127, 130, -1]))
        yield ("round", number(), random.choice([0, 1, -1, -2, -3, -19, -20]))
        yield ("i64", random.choice([x for x in EDGES if -(2**63) < x < 2**63]), random.choice([0, 1, -1, 3, -3, 2**40, -(2**62)]))
    for _ in range(600):
        yield ("pow", random.choice([0, 1, -1, 2, -2, 3, 10, -7, 12345]), random.randint(0, 60))
        yield ("powmod", number(), random.choice([0, 1, 2, 5, 65537, -1, 10**20]), random.choice([0, 1, 2, 7, -7, 10**9 + 7, 2**89 - 1]))
        yield ("cmpf", number(), random.choice([0.0, -0.0, 0.5, 1e18, 2.0**63, 1e300, float("inf"), float("nan"), -1.5, 9007199254740993.0]))
        yield ("fromfloat", random.choice([random.uniform(-1e3, 1e3), random.uniform(-1e30, 1e30), 1e300, float("inf"), float("nan"), -0.5]))
        yield ("isqrt", number())
        yield ("to_bytes", number(), random.choice([0, 1, 2, 4, 8, 9, 16, 40]), random.choice(["big", "little", "x"]), random.random() < 0.5)
        yield ("from_bytes", random.randbytes(random.choice([0, 1, 2, 8, 9, 16, 40])), random.choice(["big", "little"]), random.random() < 0.5)
    texts = ["0", "-0", "+5", " 42 ", "1_000", "1__0", "_1", "1_", "0x1f", "0X1F", "0b101", "0o17", "017", "00", "12z", "zz", "",
             " ", "-", "0x", "\u0663\u0664", "9" * 50, "1" * 4300, "1" * 4301, "ff", "1e5", "1.0", "\u20037\n", "0_7", "-0xff", "+-3"]
    for t in texts:
        for base in (10, 0, 2, 8, 16, 36, 1, 37):
            yield ("parse", t, base)
    for n in (4298, 4299, 4300, 5000):
        yield ("len", n)
