"""The format-spec mini-language, printf formatting and str.format."""
import random

OPS = {
    "int": lambda x, s: format(x, s), "float": lambda x, s: format(x, s), "str": lambda x, s: format(x, s),
    "bool": lambda x, s: format(x, s), "pint": lambda t, x: t % x, "pfloat": lambda t, x: t % x, "pstr": lambda t, x: t % x,
    "ptuple": lambda t, a, b, c: t % (a, b, c), "pdict": lambda t, a, b: t % {"a": a, "b": b},
    "format": lambda t, a, b, c: t.format(a, b, c, name=a, lst=[1, 2, b], d={"k": c}),
}


def spec(types):
    parts = [random.choice(["", "", "<", ">", "^", "=", "*<", "*>", "é^", "0=", "x="]), random.choice(["", "", "", "+", "-", " "]),
             random.choice(["", "", "", "", "z"]), random.choice(["", "", "", "#"]), random.choice(["", "", "0"]),
             random.choice(["", "", "5", "10", "20", "1"]), random.choice(["", "", "", ",", "_"]),
             random.choice(["", "", "", ".0", ".1", ".2", ".3", ".10", ".20"]), random.choice(types)]
    return "".join(parts)


def number():
    return random.choice([0.0, -0.0, 1.0, 1.5, 2.5, 1234567.891, -1234.5, 1e10, 1e16, 1e-5, 0.00012345, 123456789.0, 1e100, float("inf"),
                          -float("inf"), float("nan"), 0.5, 99.995, 1e22, -0.001, 100000.0, 1000000.0, random.uniform(-1e6, 1e6)])


def cases():
    letters = list("bcdoxXneEfFgG%srqi") + [""] * 6
    for _ in range(9000):
        yield ("float", number(), spec(list("eEfFgGn%") * 2 + [""] * 6 + ["d", "s"]))
        yield ("int", random.choice([0, 1, -1, 65, 255, -255, 1234567, 10**20, -(10**25), random.randint(-10**6, 10**6)]), spec(letters))
        yield ("str", random.choice(["", "a", "hello", "héllo wörld", "x" * 30]), spec(["", "", "s", "d"]))
    for _ in range(300):
        yield ("bool", random.random() < 0.5, spec(["", "d", "s", "x"]))
    for s in ["1.2.3f", "..", ".f", "10.", "abc", "5dd", ",,", ",_", "_,", "<<<5", "9" * 25]:
        yield ("int", 5, s)
        yield ("float", 5.0, s)
        yield ("str", "x", s)
    for _ in range(4000):
        flags = "".join(random.choice(["", "-", "+", " ", "0", "#"]) for _ in range(2))
        body = f"[%{flags}{random.choice(['', '5', '12'])}{random.choice(['', '', '.0', '.3', '.', '.12'])}{random.choice('diouxXeEfFgGcrsa%')}]"
        yield ("pint", body, random.choice([0, 5, -7, 255, 10**20, 65]))
        yield ("pfloat", body, number())
        yield ("pstr", body, random.choice(["", "a", "abc", "it's", "é"]))
    for t in ["%s %s %s", "%d %s %s", "%s %s", "%s %s %s %s", "%*d %s", "%-*d|%s", "%.*f %s", "%%", "%", "%(a)s", "%y", "%5%", "abc"]:
        yield ("ptuple", t, 5, 7, "x")
        yield ("ptuple", t, 2, 3.5, "x")
        yield ("pdict", t, 5, "v")
    for t in ["%(a)s %(b)s", "%(a)05d|%(b)-5s|", "%(c)s", "%(a)", "%(a", "%(a)d %s"]:
        yield ("pdict", t, 5, "v")
    for t in ["{} {} {}", "{0} {2} {1}", "{0} {}", "{} {0}", "{3}", "{name}", "{nope}", "{lst[1]}", "{lst[2]!r}", "{d[k]}", "{d[z]}", "{", "}", "{{}}", "{0",
              "{0!r:>10}", "{0:{1}}", "{0!x}", "{0!}", "{0!s:}", "{:>8}|{:<8}|{:^8}", "{lst[9]}", "{a.b}", "{0.real}", "{0.zz}", "{0[1]}", "{!r} {!s} {!a}", "x{{0}}y{0}"]:
        for args in [(5, 10, "é"), ("s", 3, "it's"), (2.5, 6, "z")]:
            yield ("format", t, *args)
