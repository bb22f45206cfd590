"""Values that have no hash, or whose hash raises, raise where they become keys."""
from typing import Any
def t(f):
    try:
        print(f())
    except TypeError as e:
        print("TypeError:", e)
class Bad:
    def __hash__(self):
        if self: raise TypeError("Bad is not hashable")
        return 1
    def __eq__(self, other):
        return True
class Eq:
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        return self.x == other.x
class Val:
    def __hash__(self):
        if self: raise ValueError("val hash")
        return 1
def any_key(k: Any):
    d = {}
    d[k] = 1
    return d
def in_set(k: Any):
    s = set()
    s.add(k)
    return s
def look(d: dict, k: Any):
    return d[k]
def ask(d: dict, k: Any):
    return k in d
def geti(d: dict, k: Any):
    return d.get(k)
t(lambda: any_key([1]))
t(lambda: any_key({}))
t(lambda: any_key(set()))
t(lambda: any_key((1, [2])))
t(lambda: any_key((1, 2)))
t(lambda: in_set([1]))
t(lambda: in_set((1, {2: 3})))
t(lambda: look({1: 2}, [1]))
t(lambda: ask({1: 2}, [1]))
t(lambda: geti({1: 2}, [1]))
t(lambda: hash([1]))
t(lambda: hash((1, [2])))
t(lambda: hash({}))
t(lambda: set([[1], [2]]))
t(lambda: {(1, [2])})
t(lambda: dict([([1], 2)]))
t(lambda: hash(Eq(1)))
t(lambda: {Eq(1): 1})
t(lambda: {Bad(): 1})
t(lambda: hash(Bad()))
t(lambda: {Bad()})
t(lambda: [1] in {1, 2})
t(lambda: frozenset([[1]]))
try:
    print(hash(Val()))
except ValueError as e:
    print("ValueError", e)
try:
    s = {Val()}
    print(len(s))
except ValueError as e:
    print("ValueError", e)
rows: list = [[1, 2], "a", 3, {"k": 1}, (1, 2), (3, [4])]
seen = set()
for r in rows:
    try:
        seen.add(r)
        print("added", r)
    except TypeError as e:
        print("skip", e)
print(len(seen))
counts = {}
for r in rows:
    try:
        counts[r] = counts.get(r, 0) + 1
    except TypeError as e:
        print("skip", e)
print(counts)
from dataclasses import dataclass
import json
from typing import NamedTuple

@dataclass
class Item:
    name: str
    qty: int

@dataclass(frozen=True)
class Key:
    name: str
    tags: list

class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)
    def __hash__(self):
        return hash((self.x, self.y))

class Guard:
    def __init__(self, ok):
        self.ok = ok
    def __hash__(self):
        if not self.ok:
            raise TypeError("guard closed")
        return 7

def group(rows, field):
    out = {}
    for r in rows:
        try:
            out.setdefault(r[field], []).append(r["id"])
        except TypeError as e:
            print("group:", e)
    return out

rows = json.loads('[{"id": 1, "k": "a"}, {"id": 2, "k": [1]}, {"id": 3, "k": {"z": 1}}, {"id": 4, "k": null}]')
print(group(rows, "k"))
uniq = set()
for r in rows:
    try:
        uniq.add(r["k"])
    except TypeError as e:
        print("uniq:", e)
print(len(uniq))
def dedupe(values):
    try:
        return list(dict.fromkeys(values))
    except TypeError as e:
        return str(e)
print(dedupe([1, 2, 1]))
print(dedupe([[1], 2]))
try:
    print({Item("a", 1)})
except TypeError as e:
    print(e)
try:
    print(len({Key("a", ["x"])}))
except TypeError as e:
    print(e)
print(len({Point(1, 2), Point(1, 2), Point(2, 1)}), Point(1, 2) in {Point(1, 2): 1})
for g in (Guard(True), Guard(False)):
    try:
        d = {g: 1}
        print(len(d), g in d)
    except TypeError as e:
        print(e)
def lookup(table, key):
    try:
        return table[key]
    except KeyError:
        return "missing"
    except TypeError as e:
        return f"bad key: {e}"
print(lookup({"a": 1}, "a"), lookup({"a": 1}, "b"), lookup({"a": 1}, ["a"]))
cache = {}
def memo(*args):
    try:
        if args in cache:
            return "hit"
        cache[args] = 1
        return "miss"
    except TypeError as e:
        return f"no cache: {e}"
print(memo(1, 2), memo(1, 2), memo([1], 2))
print(isinstance(Point(1, 2).__hash__(), int))
a = [[1, 2], [1, 2]]
try:
    print(set(a))
except TypeError as e:
    print(e)
print(set(map(tuple, a)))
try:
    print({x for x in a})
except TypeError as e:
    print(e)
try:
    print({tuple(x): 1 for x in a}, {(1, x[0]) for x in a}, {(1, tuple(x)) for x in a})
    print({(1, x) for x in a})
except TypeError as e:
    print(e)


@dataclass(unsafe_hash=True)
class Open:
    name: str
    tags: object = None


print(len({Open("a"), Open("a"), Open("b")}), Open("a") in {Open("a"): 1})
try:
    print({Open("a", [1])})
except TypeError as e:
    print(e)


class Pair(NamedTuple):
    a: int
    b: object

    def total(self):
        return self.a


@dataclass(frozen=True)
class Base:
    n: int


class Derived(Base):
    pass


print(len({Pair(1, 2), Pair(1, 2), Pair(1, "x")}), len({Derived(1), Derived(1), Derived(2)}))
try:
    print({Pair(1, [2])})
except TypeError as e:
    print(e)
