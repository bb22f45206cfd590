"""Variables with the names that a translation might give its own."""
import functools
import itertools
import re
from collections import Counter, defaultdict


def edit_distance(s1: str, s2: str) -> int:
    t1 = [[0] * (len(s2) + 1) for _ in range(len(s1) + 1)]
    for x1 in range(len(s1) + 1):
        for x2 in range(len(s2) + 1):
            if x1 == 0 or x2 == 0:
                t1[x1][x2] = x1 + x2
            else:
                t1[x1][x2] = min(t1[x1 - 1][x2] + 1, t1[x1][x2 - 1] + 1, t1[x1 - 1][x2 - 1] + (s1[x1 - 1] != s2[x2 - 1]))
    return t1[-1][-1]


def show(s1, s2, t3, x1=1, y1=2, x2=3, y2=4):
    return f"{s1}-{s2}-{t3}" + "".join(f"{x4}" for x4 in range(3)) + f" {(x2 - x1) ** 2 + (y2 - y1) ** 2}"


print(edit_distance("kitten", "sitting"), show(1, "b", "c"), show("a", 2.5, None))

totals = {"a": 1}
row = [1, 2]
for k, v in [("a", 2), ("a", 5)]:
    totals[k] += v
    row[0] += v
print(totals, row)


def spread(*a, **d):
    return a, d


a = [2, 3]
d = {"z": 1}
print(spread(1, *a), spread(**d), dict(d, d=d["z"], a=5))
k = {"b": 1}
print({**k, "k": 2}, k.get("b"), "b" in k)


@functools.lru_cache(maxsize=None)
def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


print(ackermann(2, 3))


def closures(a, b, k, v, x, s, f, m, i, r, o, e, it, out):
    add = lambda *rest, scale=1: (a + b + k + sum(rest)) * scale
    def inner(first, *more):
        return [first, a, b, k, *more]
    table = {"add": add, "inner": inner}
    g = list(map(lambda p, q: p + q + x, f, f))
    h = sorted(s, key=lambda c: (c != s[0], c))
    words = re.sub(r"\w+", lambda found: found.group().upper() + s, "ab cd")
    pairs = [(x, y) for x, y in zip(f, itertools.count(v))]
    grouped = defaultdict(lambda: [k, v], {1: [m]})
    total = functools.reduce(lambda c, q: c + q + m, f, i)
    n = sum(c for c in f if c > r)
    best = max(f, key=lambda q: -q * o)
    found = next((q for q in f if q > e), it)
    return (add(1, scale=2), inner(0, 9), table["add"](4), g, h, words, pairs, grouped[2], grouped[1], total, n, best, found,
            out, any(q == x for q in f), [str(q).rjust(v) for q in f], Counter(s).most_common(1), "".join(s[j] for j in range(2)))


print(closures(1, 2, 3, 4, 5, "baac", [3, 1, 2], 7, 8, 1, 2, 1, 0, "out"))


def longest(text: str) -> str:
    s = text.strip()
    i = 0
    p = s.split(",", 1)
    b = s.encode()
    c = s.replace("a", "b").find("b", i)
    w = s.center(9, "*").partition("*")
    return f"{p}{b!r}{c}{w}{b.hex()}{s.translate({97: 'x'})}"


print(longest(" a,bc "))


def tail(s1, x1):
    return f"{s1}" + f"{x1}" + s1


print(tail("q", 1))
