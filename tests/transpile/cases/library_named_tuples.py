from collections import Counter, OrderedDict, defaultdict, namedtuple
from typing import NamedTuple
Point = namedtuple("Point", ["x", "y"])
Pair = namedtuple("Pair", "left right", defaults=[0])
class Emp(NamedTuple):
    name: str
    pay: float = 1.0
groups = defaultdict(list)
for w in ["apple", "avocado", "bean", "beet", "corn"]:
    groups[w[0]].append(w)
print(groups, dict(groups), groups["zz"], len(groups))
tree = defaultdict(lambda: defaultdict(int))
tree["a"]["b"] += 2
tree["a"]["c"] += 1
print({k: dict(v) for k, v in tree.items()})
counts: defaultdict[str, int] = defaultdict(int)
for ch in "hello":
    counts[ch] += 1
print(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])), counts.get("q"), "q" in counts)
od = OrderedDict()
od["one"] = 1
od["two"] = 2
od["three"] = 3
od.move_to_end("one")
print(od, list(od), od.popitem(last=False), od)
od.move_to_end("one", last=False)
print(list(od.items()), list(reversed(od)))
d = Counter(a=3, b=1)
e = Counter({"a": 1, "b": 2})
print(d + e, d - e, d & e, d | e, d == e)
d.update(e)
d.update({"z": 2})
d.update("zz")
print(d)
p = Point(1, 2)
print(p, p.x)
x, y = p
print(x + y, p == Point(1, 2), Point(y=5, x=4))
print(Pair(3), Pair(3, 4), sorted([Point(3, 1), Point(1, 2)]))
print([q.x for q in [Point(i, i * i) for i in range(3)]])
e1 = Emp("Bo", 2.5)
print(e1, e1._replace(pay=3.0), e1._asdict(), Emp._fields, e1[0], len(e1), list(p), tuple(p), max(p), Point._make([7, 8]))
for name, pay in [Emp("a", 1.0), Emp("b")]:
    print(name, pay)
print({p: 1}, p[0] + p[-1], isinstance(p, tuple), p + (3,))
