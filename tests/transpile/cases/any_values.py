from enum import IntEnum
from dataclasses import dataclass
from typing import TypeAlias, Optional, Any
import os

Matrix: TypeAlias = list[list[float]]
Pair = tuple[int, str]


def zeros(n: int) -> Matrix:
    return [[0.0] * n for _ in range(n)]


class Magic(IntEnum):
    REQ = 0x80
    RES = 0x81


def use(items: Any):
    return [x + 1 for x in items]


box = [Magic.REQ, "x", 3]
print(box[0] + 1, 5 - box[0], box[0] > 3, box[0] == 128, [1, 2, 3][box[2] - 1])
print(bytes([Magic.REQ, 1, box[2]]))
print(use(range(3)), list(range(5))[-1])
r = [range(2, 10, 3), 5]
print(r, len(r[0]), r[0][1], 5 in r[0], 6 in r[0], list(r[0]))


@dataclass
class Node:
    key: str
    prev: Optional["Node"] = None
    next: Optional["Node"] = None


a, b = Node("a"), Node("b")
a.next, b.prev = b, a
print(a == b, a == a, b != a, a.next == b)
print(zeros(2))


def spell(n):
    if n < 0:
        return "minus " + spell(abs(n))
    q, r = divmod(n, 10)
    return f"{q}-{r}"


print(spell(-12), spell(34))
env = {}
for name, value in os.environ.items():
    env[name] = value
print(env == dict(os.environ))
