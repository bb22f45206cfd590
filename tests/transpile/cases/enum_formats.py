from enum import Enum, IntEnum, StrEnum
class S(str, Enum):
    A = "a"
class M(int, Enum):
    Q = 4
class N(IntEnum):
    X = 1
class T(StrEnum):
    B = "b"
s, m, n, t = S.A, M.Q, N.X, T.B
print(f"{s}|{s:>6}|{m}|{m:>6}|{n}|{n:>4}|{t}|{t:>4}|")
print(str(s), str(m), str(n), str(t), "%s %s %s %s" % (s, m, n, t), "{} {:5}".format(m, s))
print(repr(s), repr(m), repr(n), repr(t), [s, m, n, t])
try:
    print(f"{m:3d}")
except ValueError as e:
    print(e)
print("%d %d" % (m, n), m + 1, n + 1, s + "x", m == 4)
print(f"{s.value:>4}{m.value:3d}")
