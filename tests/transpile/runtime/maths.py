"""math and json."""
import json
import math
import random
import re

# cbrt is left out: C libraries differ in its last digit, and so do builds of CPython.
ONE = ["sqrt", "exp", "expm1", "exp2", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "log", "log2", "log10", "log1p",
       "fabs", "degrees", "radians", "floor", "ceil", "trunc", "frexp", "modf", "erf", "erfc", "ulp"]
TWO = ["pow", "fmod", "remainder", "atan2", "copysign", "nextafter", "hypot"]
OPS = {n: (lambda n: lambda x: repr(getattr(math, n)(x)))(n) for n in ONE}
OPS.update({n: (lambda n: lambda x, y: repr(getattr(math, n)(x, y)))(n) for n in TWO})
OPS.update({
    "ldexp": lambda x, n: repr(math.ldexp(x, n)), "isclose": lambda a, b: math.isclose(a, b), "fsum": lambda v: repr(math.fsum(float(x) for x in v.split())),
    "factorial": math.factorial, "comb": math.comb, "perm": math.perm, "lcm": math.lcm, "logint": lambda i: repr(math.log(i)),
    "norm": lambda v: repr(math.hypot(*[float(x) for x in v.split()])),
    "loads": lambda s: repr(json.loads(s)), "dumps": lambda s, ind, sk, ea: json.dumps(json.loads(s), indent=ind, sort_keys=sk, ensure_ascii=ea),
    "seps": lambda s: json.dumps(json.loads(s), separators=(",", ":")),
})


def number():
    return random.choice([0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e-300, 1e300, 710.0, -710.0, 1e10, float("inf"), -float("inf"), float("nan"),
                          random.uniform(-10, 10), random.uniform(-1, 1), random.uniform(-1e5, 1e5)])


def value(depth=3):
    kind = random.random()
    if depth and kind < 0.3:
        return [value(depth - 1) for _ in range(random.randint(0, 4))]
    if depth and kind < 0.6:
        return {random.choice(["a", "b", "key", "é", "x\n", ""]): value(depth - 1) for _ in range(random.randint(0, 4))}
    return random.choice([None, True, False, 0, -5, 10**25, 1.5, 1e100, -0.0, "", "text", "é😀\u2028", "q\"\\/\b\f\n\r\t\x00\x7f", 3.0, 1e-7])


def cases():
    for _ in range(150):
        for op in ONE:
            yield (op, number())
        for op in TWO:
            yield (op, number(), number())
        yield ("ldexp", number(), random.randint(-1100, 1100))
        yield ("isclose", random.choice([1.0, 1.0 + 1e-10, number()]), random.choice([1.0, number()]))
        yield ("fsum", " ".join(repr(random.uniform(-1, 1) * 10 ** random.randint(-20, 20)) for _ in range(20)))
        yield ("norm", " ".join(repr(random.uniform(-1, 1) * 10 ** random.randint(-2, 3)) for _ in range(random.randint(1, 5))))
        yield ("factorial", random.randint(-2, 60))
        yield ("comb", random.randint(-1, 60), random.randint(-1, 60))
        yield ("perm", random.randint(0, 40), random.choice([None, 0, 3, 10]))
        yield ("lcm", random.randint(-50, 50), random.randint(-50, 50))
        yield ("logint", random.choice([0, -1, 5, 10**400, 2**2000]))
    for _ in range(1500):
        s = json.dumps(value(), ensure_ascii=random.random() < 0.5, indent=random.choice([None, 2]))
        yield ("dumps", s, random.choice([None, 0, 2, 4]), random.random() < 0.5, random.random() < 0.5)
        yield ("seps", s)
        chars = list(s)
        for _ in range(random.randint(0, 2)):
            i = random.randrange(len(chars) + 1)
            if random.random() < 0.5 and i < len(chars):
                del chars[i]
            else:
                chars.insert(i, random.choice('{}[],:"\\0-.eEtn x\n\x01'))
        if not re.search(r"\\ud[89ab]..(?!\\ud[c-f])", "".join(chars)):  # a lone surrogate cannot be held
            yield ("loads", "".join(chars))
    for s in ["", " ", "nul", "{", "[", "[1,]", '{"a":1,}', '{"a"}', "{1:2}", '"abc', '"\\x"', '"\\u12"', '"\\ud83d\\ude00"', "01", "-", "1.", "1e", ".5", "NaN", "-Infinity", "[1] x", '"\t"', "\ufeff1", '{"a":1 "b"}', "[1 2]", "tru", "'a'"]:
        yield ("loads", s)
