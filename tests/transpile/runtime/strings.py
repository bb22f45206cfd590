"""str and bytes methods, slices, repr, encodings."""
import random

CHARS = ["a", "b", "A", "Z", " ", "  ", "\t", "\n", "\r\n", "x", "1", "-", "_", ".", ",", "é", "ß", "İ", "ǆ", "ﬁ", "Σ", "ς", "日", "\u00a0", "\u2028",
         "😀", "'", '"', "\\", "\x00", "\x7f", "\x1c", "²", "½", "٣", "ab", "aa", "Ab", "\u0301", "\u200b", "\ud7ff"]


def text(n=12):
    return "".join(random.choice(CHARS) for _ in range(random.randint(0, n)))


NO_ARG = ["lower", "upper", "casefold", "capitalize", "title", "swapcase", "isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "islower",
          "isupper", "istitle", "isascii", "isprintable", "isidentifier", "strip", "lstrip", "rstrip", "split", "rsplit", "splitlines"]
OPS = {n: (lambda n: lambda s: repr(getattr(s, n)()))(n) for n in NO_ARG}
OPS.update({
    "repr": repr, "splitlines1": lambda s: s.splitlines(True),
    "find": lambda s, t, a, b: (s.find(t, a, b), s.rfind(t, a, b), s.count(t, a, b), s.startswith(t, a, b), s.endswith(t, a, b)),
    "index": lambda s, t, a, b: s.index(t, a, b), "replace": lambda s, a, b, n: repr(s.replace(a, b, n)),
    "split2": lambda s, t, n: s.split(t, n), "rsplit2": lambda s, t, n: s.rsplit(t, n), "partition": lambda s, t: s.partition(t), "rpartition": lambda s, t: s.rpartition(t),
    "strip2": lambda s, t: (s.strip(t), s.lstrip(t), s.rstrip(t)), "pad": lambda s, n, f: (s.ljust(n, f), s.rjust(n, f), s.center(n, f), s.zfill(n)),
    "slice": lambda s, a, b, c: repr(s[a:b:c]), "get": lambda s, i: repr(s[i]), "ord": ord, "chr": lambda i: repr(chr(i)), "expandtabs": lambda s, n: repr(s.expandtabs(n)),
    "prefix": lambda s, t: (s.removeprefix(t), s.removesuffix(t)), "join": lambda s, t, u: repr(s.join([t, u, s])), "len": len, "mul": lambda s, n: repr(s * n),
    "encode": lambda s, e, h: s.encode(e, h), "decode": lambda b, e, h: repr(b.decode(e, h)), "translate": lambda s, a, b, c: repr(s.translate(str.maketrans(a, b, c))),
    "brepr": repr, "bslice": lambda b, i, j, k: b[i:j:k], "bfind": lambda b, t, i, j: (b.find(t, i, j), b.rfind(t, i, j), b.count(t, i, j)),
    "breplace": lambda b, o, n, k: b.replace(o, n, k), "bsplit": lambda b, t, n: b.split(t, n), "bsplitws": lambda b: b.split(), "bhex": lambda b, g: (b.hex(), b.hex("-", g)),
    "fromhex": bytes.fromhex, "bstrip": lambda b, t: (b.strip(), b.strip(t), b.rstrip(t)), "append": lambda s, t: repr(s + t + s),
    "order_to": lambda s, c: (s < c, s == c, s > c), "char_at": lambda s, i: repr(s[i]), "digits": lambda i: repr(str(i)),
    "words": lambda s, t: (s.split(), s.split(t), s.splitlines(), s.strip(t)),
    "barr": lambda b, i, v: (lambda x: (x.__setitem__(i, v), x)[1])(bytearray(b)),
})


def cases():
    some = lambda: random.choice([None, None, 0, 1, 2, -1, -3, 5, 100, -100])
    for _ in range(1200):
        s = text()
        for op in random.sample(NO_ARG, 6):
            yield (op, s)
        yield ("repr", s)
        yield ("splitlines1", s)
        yield ("find", s, random.choice([text(2), "", "a"]), some(), some())
        yield ("index", s, text(1), some(), some())
        yield ("replace", s, random.choice(["a", "", text(2)]), text(3), random.choice([-1, 0, 1, 2]))
        yield (random.choice(["split2", "rsplit2"]), s, random.choice([None, "a", " ", "", text(2)]), random.choice([-1, 0, 1, 2, 5]))
        yield (random.choice(["partition", "rpartition"]), s, random.choice(["a", "", "-", text(2)]))
        yield ("strip2", s, random.choice(["a ", text(3), "é"]))
        yield ("pad", s, random.randint(-2, 20), random.choice([" ", "*", "é", "ab", ""]))
        yield ("slice", s, some(), some(), random.choice([None, 1, 2, -1, -2, 3, 0]))
        yield ("get", s, random.randint(-8, 8))
        yield ("expandtabs", s, random.choice([8, 4, 0, 1]))
        yield ("prefix", s, text(2))
        yield ("join", s, text(2), text(2))
        yield ("append", s, text(8))
        yield ("encode", s, random.choice(["utf-8", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-32", "UTF8", "nope"]), random.choice(["strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "zzz"]))
        b = random.choice([s.encode(), random.randbytes(6), b"ab\x80cd", s.encode()[:-1], b"\xf0\x9f", b"\xc3\x28z"])
        yield ("decode", b, random.choice(["utf-8", "ascii", "latin-1"]), random.choice(["strict", "ignore", "replace", "backslashreplace"]))
        b = bytes(random.choice(b"ab \n\t\r\x00'\"\\\xff") for _ in range(random.randint(0, 9)))
        yield ("brepr", b)
        yield ("bslice", b, some(), some(), random.choice([None, 1, -1, 2]))
        yield ("bfind", b, random.choice([b"a", b"", b"ab"]), some(), some())
        yield ("breplace", b, random.choice([b"a", b"", b"ab"]), b"--", random.choice([-1, 0, 1, 2]))
        yield ("bsplit", b, random.choice([b"a", b" ", b""]), random.choice([-1, 0, 1]))
        yield ("bsplitws", b)
        yield ("bhex", b, random.choice([1, 2, 3, -2, 0]))
        yield ("bstrip", b, b"ab")
        yield ("barr", b, random.randint(-5, 5), random.choice([0, 255, 256, -1]))
        yield ("translate", s, "ab", random.choice(["xy", "x"]), "1-")
        yield ("order_to", s, random.choice(CHARS[:5] + ["é", "日", "\x00", "~"]))
        yield ("char_at", s, random.randint(-8, 8))
        yield ("words", "".join(random.choice(["a", "b" * random.randint(1, 30), " ", "\t", "\n", "\r", "\x1d", ",", "~", "\x1f", "\x00"]) for _ in range(random.randint(0, 20))),
               random.choice([",", " ", "a", "b", "~", "\n"]))
        size = 10 ** random.randint(0, 18)
        yield ("digits", random.randint(-size, size))
    for i in [0, 9, 10, 99, 100, 9999, 10000, 99999999, 100000000, -1, -10, 2**63 - 1, -2**63]:
        yield ("digits", i)
    for t in ["a", "", "ab", "é", "😀"]:
        yield ("ord", t)
        yield ("len", t * 50)
        yield ("mul", t, 3)
        yield ("mul", t, -1)
    for i in [0, 65, 0x10FFFF, 0x110000, -1, 8364]:
        yield ("chr", i)
    for t in ["", "00ff", "0 0", "abc", "zz", " 41 42\n", "4142"]:
        yield ("fromhex", t)
