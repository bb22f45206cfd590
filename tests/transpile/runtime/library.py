"""random, hashlib, base64, struct, heapq, bisect, itertools, statistics, csv, textwrap."""
import base64
import bisect
import csv
import hashlib
import heapq
import hmac
import io
import itertools
import random as rnd
import statistics
import struct
import textwrap
import zlib


def random_all(seed):
    r = rnd.Random(seed)
    out = [r.random(), r.randint(1, 6), r.randint(-(10**6), 10**6), r.randint(0, 2**40), r.randrange(5), r.randrange(3, 30, 4), r.randrange(30, 3, -4), r.choice([1, 2, 3]), r.uniform(-1, 1), r.gauss(0, 1), r.gauss(1, 2),
           r.normalvariate(0, 1), r.expovariate(1.5), r.betavariate(2, 3), r.gammavariate(0.5, 1), r.gammavariate(1, 2), r.gammavariate(3, 1), r.paretovariate(3),
           r.weibullvariate(1, 2), r.triangular(0, 10, 3), r.triangular(0.0, 1.0), r.lognormvariate(0, 1), r.vonmisesvariate(0.5, 2.0), r.getrandbits(70), r.sample(range(10), 4), r.sample(range(200), 6),
           r.choices([1, 2, 3], k=5), r.choices([1, 2, 3], weights=[5, 1, 1], k=5), r.randbytes(5)]
    x = list(range(10))
    r.shuffle(x)
    return repr(out + [x])


def stat(v):
    d = [float(x) for x in v.split()]
    out = []
    for f in ("mean", "fmean", "median", "median_low", "median_high", "variance", "pvariance", "stdev", "pstdev", "mode", "multimode", "harmonic_mean", "geometric_mean"):
        try:
            out.append(repr(getattr(statistics, f)(d)))
        except Exception as e:
            out.append(f"{type(e).__name__}: {e}")
    out.append(repr(statistics.quantiles(d, n=4)) if len(d) > 1 else "-")
    return " | ".join(out)


def write_csv(*cells):
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_MINIMAL).writerow(cells)
    return repr(out.getvalue())


def unpack(f, b):
    return repr(struct.unpack(f, b))


HASHES = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s"]
OPS = {"random": random_all, "hash": lambda n, b: hashlib.new(n, b).hexdigest(), "hmac": lambda n, k, b: hmac.new(k, b, n).hexdigest(), "shake": lambda b: hashlib.shake_128(b).hexdigest(200),
       "pbkdf2": lambda b: hashlib.pbkdf2_hmac("sha256", b, b"salt", 3).hex(), "b64": lambda b: (base64.b64encode(b), base64.urlsafe_b64encode(b), base64.b32encode(b), base64.b16encode(b)),
       "b64d": lambda b: base64.b64decode(b), "b64v": lambda b: base64.b64decode(b, validate=True), "b32d": lambda b: base64.b32decode(b), "crc": lambda b: (zlib.crc32(b), zlib.adler32(b)),
       "pack1": lambda f, x: struct.pack(f, x), "pack3": lambda f, a, b, c: struct.pack(f, a, b, c), "unpack": unpack, "size": struct.calcsize, "stat": stat, "csvw": write_csv,
       "csvr": lambda s: repr(list(csv.reader(s.splitlines(True)))), "heap": lambda v: (lambda x: (heapq.heapify(x), repr(x), heapq.heappush(x, 3), [heapq.heappop(x) for _ in range(len(x) // 2)], x))([int(y) for y in v.split()])[1::2],
       "bisect": lambda v, x: (lambda a: (bisect.bisect_left(a, x), bisect.bisect_right(a, x)))(sorted(int(y) for y in v.split())),
       "comb": lambda v, r: repr((list(itertools.combinations(v.split(), r)), list(itertools.permutations(v.split(), r)), list(itertools.combinations_with_replacement(v.split(), r)))),
       "wrap": lambda s, w: repr(textwrap.wrap(s, w)), "fill": lambda s, w: textwrap.fill(s, w, initial_indent="* ", subsequent_indent="  "), "dedent": lambda s: repr(textwrap.dedent(s)),
       "shorten": lambda s, w: textwrap.shorten(s, w), "indent": lambda s: repr(textwrap.indent(s, "> "))}


def cases():
    for s in [0, 1, 42, -7, 2**64 + 5, 10**30]:
        yield ("random", s)
    for s in ["hello", "", "é"]:
        yield ("random", s)
    for s in [1.5, -0.25, 1e300]:
        yield ("random", s)
    for n in [0, 1, 3, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 200, 1000]:
        b = rnd.randbytes(n)
        for h in HASHES:
            yield ("hash", h, b)
            if n in (3, 65, 200) and not h.startswith("blake"):
                yield ("hmac", h, b, b"data")
        yield ("shake", b)
        yield ("b64", b)
        yield ("crc", b)
        yield ("pbkdf2", b)
    for _ in range(300):
        b = base64.b64encode(rnd.randbytes(rnd.randint(0, 6)))
        if rnd.random() < 0.5 and b:
            i = rnd.randrange(len(b))
            b = b[:i] + rnd.choice([b"", b"=", b"!", b"\n", b"A"]) + b[i + rnd.randint(0, 1):]
        yield ("b64d", b)
        yield ("b64v", b)
    yield ("b32d", b"MFRGG===")
    yield ("b32d", b"MFRGG==")
    for _ in range(500):
        c = rnd.choice("bBhHiIlLqQ?")
        yield ("pack1", rnd.choice(["<", ">", "", "!", "="]) + c, rnd.choice([0, 1, -1, 127, 128, 255, 256, -129, 2**31, 2**32, 2**63 - 1, -(2**63), 65535, -32769]))
        yield ("pack1", rnd.choice("<>") + rnd.choice("efd"), rnd.choice([0.0, 1.5, -2.25, 65504.0, 1e-8, 3.14, float("inf"), 70000.0, 1e39]))
        f = rnd.choice(["<", ">", "@", ""]) + "".join(rnd.choice(["b", "H", "i", "q", "2h", "3s", "x", "d", "4p", "?", "c"]) for _ in range(rnd.randint(1, 4)))
        yield ("size", f)
        yield ("unpack", f, rnd.randbytes(struct.calcsize(f) + rnd.choice([0, 0, 0, 1])))
    yield ("pack3", "<hhl", 1, 2, 3)
    yield ("pack3", "bhq", 1, 2, 3)
    yield ("pack3", "3s2sb", b"ab", b"abc", 3)
    yield ("pack3", "<hh", 1, 2, 3)
    yield ("pack1", "z", 1)
    yield ("pack1", "i", 1.5)
    for _ in range(150):
        d = [rnd.choice([1.0, 2.0, 2.5, 0.1, rnd.random(), rnd.uniform(0, 1e6)]) for _ in range(rnd.randint(0, 9))]
        yield ("stat", " ".join(map(repr, d)))
        yield ("heap", " ".join(str(rnd.randint(0, 20)) for _ in range(rnd.randint(0, 12))))
        yield ("bisect", " ".join(str(rnd.randint(0, 20)) for _ in range(rnd.randint(0, 12))), rnd.randint(-1, 21))
        t = "".join(rnd.choice(['a', 'b', ',', '"', '""', '\n', ' ', ';', "'", '\r\n', "1"]) for _ in range(rnd.randint(0, 20)))
        yield ("csvr", t)
        yield ("csvw", rnd.choice(["", "a", t]), t, "b c")
        words = " ".join(rnd.choice(["a", "the", "well-known", "word", "long--dash", "supercalifragilistic", "x-", "-y", "e.g.", "and/or", "\n", "\t", "it's", "3-4", "--opt", "a--b", "end."]) for _ in range(rnd.randint(0, 25)))
        yield ("wrap", words, rnd.choice([5, 10, 20, 40, 70]))
        yield ("fill", words, rnd.choice([10, 20, 40]))
        yield ("shorten", words, rnd.choice([10, 20, 40]))
        text = "".join(rnd.choice(["  a\n", "    b\n", "\tc\n", "\n", "  \n", "   d", "e\n", "\t  f\n"]) for _ in range(rnd.randint(0, 6)))
        yield ("dedent", text)
        yield ("indent", text)
    for r in range(4):
        yield ("comb", "a b c d", r)
