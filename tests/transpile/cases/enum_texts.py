import json
from enum import Enum, IntEnum
from dataclasses import dataclass, asdict
class S(str, Enum):
    A = "a"
    B = "b"
class N(IntEnum):
    X = 1
class M(int, Enum):
    Q = 4
@dataclass
class P:
    s: S
    n: N
    m: M
def d(o):
    raise TypeError(type(o).__name__)
p = P(S.A, N.X, M.Q)
print(json.dumps(asdict(p)))
print(json.dumps({"x": S.B, "y": [N.X, M.Q]}))
print(json.dumps(asdict(p), default=d, indent=1))
print(json.dumps({S.A: 1, N.X: 2, M.Q: 3}, default=d))
print(json.dumps(asdict(p), default=str))
xs: list = [S.A, N.X, "q", 3]
for x in xs:
    print(isinstance(x, str), isinstance(x, int), x == "a", x == 1, type(x).__name__)
print("a" in xs, xs.index(1), xs[0].upper(), xs[1] + 2, xs[0] + "z", "-".join([xs[0], "k"]))
d2 = {"a": 1}
print(d2[S.A], d2.get(S.B, 7), {S.A: 5}["a"])
print(f"{xs[0]} {xs[1]} {xs[0]:>4} {xs[1]:03d}", "%s %s" % (xs[0], xs[1]))
