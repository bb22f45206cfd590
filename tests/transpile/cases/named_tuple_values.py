"""Named tuples, members of text Enums and decimals where only the run knows what they are."""
import logging
import sys
from collections import namedtuple
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple


class Point(NamedTuple):
    row: int
    col: int


class Step(NamedTuple):
    row: int
    col: int

    def __add__(self, other: "Step") -> "Step":  # type: ignore[override]
        return Step(self.row + other.row, self.col + other.col)


Pair = namedtuple("Pair", "left right")


class Suit(str, Enum):
    SPADES = "S"
    CLUBS = "C"
    HEARTS = "H"


@dataclass(frozen=True, order=True)
class Card:
    rank: int
    suit: Suit


def show(x: Any) -> None:
    a, b = x
    print(a, b, list(x), len(x), x[0], x[-1], x, x == (1, 2), (1, 2) == x, sum(x), max(x), 2 in x, tuple(x))


def neighbours(p: Step):
    for s in [Step(0, 1), Step(1, 0)]:
        yield p + s, 1


def walk(start):
    path = [start]
    for q, cost in neighbours(start):
        path.append(q)
    return path


def main() -> None:
    show(Point(1, 2))
    show(Step(1, 2))
    show(Pair(1, 2))
    path = walk(Step(3, 4))
    print(path, tuple(path[0]), [sum(p) for p in path], dict(zip(path, "ab")))
    cards = [Card(2, Suit.SPADES), Card(2, Suit.CLUBS), Card(1, Suit.HEARTS), Card(2, Suit.HEARTS)]
    print([f"{c.rank}{c.suit.value}" for c in sorted(cards, reverse=True)], Suit.CLUBS < Suit.HEARTS, max(Suit))
    logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(levelname)s %(message)s")
    logging.debug("%s %.2f %+d %e", "rent", Decimal("500"), 7, Fraction(1, 3))
    print("%.3f %08.2f %g" % (Decimal("1.25"), Fraction(-7, 2), Decimal("1E+3")))
    try:
        print("%f" % "text")
    except TypeError as e:
        print(e)


main()


class Vec(NamedTuple):
    x: float
    y: float = 0.0

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __mul__(self, k: float) -> "Vec":
        return Vec(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __sub__(self, other: "Vec") -> "Vec":
        return Vec(self.x - other.x, self.y - other.y)

    def __neg__(self) -> "Vec":
        return Vec(-self.x, -self.y)


v = Vec(1.0, 2.0)
w = Vec(0.5)
print(v + w, v * 2, 3 * v, v - w, -v, Point(1, 2) + (3,), Point(1, 2) * 2, (0,) + Point(5, 6))
v += w
print(v, sum([v, w], Vec(0.0)))
