from enum import Enum, Flag, IntFlag, IntEnum, StrEnum, auto, unique
class P(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
class Q(IntFlag):
    A = 1
    B = 2
class Color(StrEnum):
    RED = auto()
    BLUE = "blue!"
class N(IntEnum):
    ONE = 1
    TWO = 2
p = P.R | P.X
print(p, repr(p), P.R in p, P.W in p, bool(p & P.W), p.value, P.RW, list(P))
print(Q.A | Q.B, Q.A | 4, int(Q.B), Q.A & 1)
print(Color.RED, Color.BLUE.value, f"{Color.RED}", Color("red"), Color.RED == "red", Color.RED.upper())
print(N.ONE, N.ONE + 1, N.ONE < N.TWO, repr(N.ONE), N(2).name, sorted(N), max(N))
print(p ^ P.R, ~P.R, P(3), P["W"], p.name)
for m in p: print(m)
