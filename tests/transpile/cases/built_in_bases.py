from typing import Dict, List, Any
class Inventory(dict):
    """stock"""
    def __init__(self, name, items=None):
        super().__init__(items or {})
        self.name = name
    def add(self, k, n=1):
        self[k] = self.get(k, 0) + n
        return self
    def __setitem__(self, k, v):
        if v < 0:
            raise ValueError(f"negative {k}")
        super().__setitem__(k, v)
    def __missing__(self, k):
        return 0
    def __contains__(self, k):
        return super().__contains__(k) and self[k] > 0
    def __repr__(self):
        return f"Inventory({self.name}, {super().__repr__()})"
inv = Inventory("main", {"a": 1})
inv.add("b", 3).add("a")
print(inv, inv["q"], "a" in inv, "q" in inv)
try:
    inv["a"] = -1
except ValueError as e:
    print("err", e)
del inv["a"]
print(sorted(inv), len(inv), bool(inv), {**inv}, inv == {"b": 3}, inv != {"b": 3})
inv["b"] -= 1
print(inv)
def total(d: Dict[str, int]) -> int:
    return sum(d.values())
print(total(inv), total({"z": 9}))
class SortedList(list):
    def __init__(self, it=()):
        super().__init__(sorted(it))
    def append(self, x):
        super().append(x)
        self.sort()
    def median(self):
        return self[len(self) // 2]
    def __getitem__(self, i):
        r = super().__getitem__(i)
        return r
s = SortedList([5, 2, 9])
s.append(4)
print(s, s.median(), s[-1], s[0], [x + 1 for x in s], 4 in s, s.index(9))
for i, x in enumerate(s): print(i, x, end=" ")
print()
s += [1]
print(s, type(s).__name__, isinstance(s, list), len(s))
a, *rest = s
print(a, rest)
class Tag(str):
    def __new__(cls, v):
        return super().__new__(cls, v.strip().lower())
    @property
    def short(self): return self[:3]
t = Tag("  HELLO ")
print(t, t.short, t + "!", t == "hello", t.upper(), t in {"hello": 1}, len(t), sorted({t, Tag("abc")}), "%s-%s" % (t, 1), f"{t:>8}|", t.split("l"))
print({t: 1}["hello"], "".join([t, "x"]), t.startswith("he"), isinstance(t, str))
class Celsius(float):
    def f(self): return self * 9 / 5 + 32
    def __str__(self): return f"{float(self):.1f}C"
c = Celsius(20)
print(c, c.f(), c + 1.5, c > 10, -c, round(c), int(c), f"{c:.2f}", max(c, 3.0), abs(Celsius(-3)))
class Money(int):
    def __new__(cls, v=0): return int.__new__(cls, v)
    def __add__(self, o): return Money(int(self) + int(o))
    def __repr__(self): return f"${int(self)}"
m = Money(5) + Money(7)
print(repr(m), m, m * 2, m == 12, m < 20, type(m).__name__, sum([Money(1), Money(2)], Money(0)))
class Vec(tuple):
    def __new__(cls, *xs): return super().__new__(cls, xs)
    def __add__(self, o): return Vec(*(a + b for a, b in zip(self, o)))
    def norm2(self): return sum(x * x for x in self)
v = Vec(1, 2, 3) + Vec(1, 1, 1)
print(v, v.norm2(), v[0], len(v), hash(v) == hash((2, 3, 4)), v == (2, 3, 4))
class Uniq(set):
    def add(self, x):
        if x in self: print("dup", x)
        super().add(x)
u = Uniq([1, 2]); u.add(2); u.add(3)
print(u, len(u), 3 in u, u | {9}, sorted(u - {1}), isinstance(u, set))
def show(x: Any):
    if isinstance(x, dict): print("dict", len(x), list(x.items()))
    elif isinstance(x, list): print("list", x[0], len(x))
    elif isinstance(x, str): print("str", x.upper(), x + "z")
    elif isinstance(x, float): print("float", x + 1, x * 2)
    else: print("other", x)
for x in [inv, s, t, c, 5, {"k": 1}, [7], "plain"]: show(x)
import json
print(json.dumps({"i": inv, "s": s, "t": t, "c": c, "m": m}))
