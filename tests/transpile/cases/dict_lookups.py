"""Keys looked for again and again, taken out and put back: what was found last must not be found where it is gone."""


class Loud:
    def __init__(self, name: str):
        self.name = name

    def __hash__(self) -> int:
        return -1 if self.name == "minus" else len(self.name)

    def __eq__(self, other: object) -> bool:
        print("compared", self.name, other.name if isinstance(other, Loud) else "?")
        return isinstance(other, Loud) and self.name == other.name


def counted(words: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for w in words:
        if w in counts:
            counts[w] += 1
        else:
            counts[w] = 1
        if counts[w] == 3:
            del counts[w]
            print(w in counts, counts.get(w), counts.get(w, 0))
    return counts


def churn() -> None:
    d: dict[int, int] = {}
    for i in range(3000):
        k = i * 7919 % 257 - 128
        if k in d:
            d[k] += i
            if d[k] % 3 == 0:
                removed = d.pop(k)
                assert k not in d and removed % 3 == 0
        else:
            d[k] = i
        if i % 500 == 0:
            d.clear() if i == 1500 else None
            print(i, len(d), d.get(k), -1 in d, d.get(-2), list(d)[:4])
    print(sum(d.values()), len(d))
    while len(d) > 3:
        k, _ = d.popitem()
        assert k not in d
    print(d)


def grown() -> None:
    d = {(i, str(i)): i for i in range(1000)}
    for i in range(0, 1000, 3):
        assert d[(i, str(i))] == i
        del d[(i, str(i))]
    for i in range(1000, 1800):
        assert (i - 1, str(i - 1)) in d or (i - 1) % 3 == 0
        d[(i, str(i))] = i
    assert all(d[k] == k[0] for k in d)
    print(len(d), sum(d.values()), (999, "999") in d, (1000, "1000") in d)
    e = dict(d)
    e[(1799, "1799")] = 5
    print(d[(1799, "1799")], e[(1799, "1799")], d == e)


def big() -> None:
    d = {2**70: "a", -1: "b", -2: "c", 2**61 - 1: "d", 0: "e"}
    print([d[k] for k in list(d)], 2**70 in d, 2**70 + 1 in d, d.get(-(2**61 - 1)))
    mixed = {1: "one", "1": "text", (1,): "tuple", 2.5: "real", None: "none"}
    print(mixed[True], mixed[1.0], mixed["1"], mixed[(1,)], mixed[None], mixed.get(2), mixed[2.5])
    nan = float("nan")
    f = {nan: 1, 0.5: 2}
    print(0.5 in f, float("nan") in f, f[0.5], len(f))


print(counted("a b a c a b b b a a c".split()))
churn()
grown()
big()
t = {Loud("minus"): 1, Loud("ab"): 2}
print(t[Loud("ab")], Loud("minus") in t)
print(Loud("cd") in t)
