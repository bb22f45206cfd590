"""Members of Enums whose values are made by calls; generators over nested functions that share variables."""
from decimal import Decimal
from enum import Enum
from fractions import Fraction


class Unit(Enum):
    TSP = ("tsp", Fraction(1))
    CUP = ("cup", Fraction(48))
    PINCH = ("pinch?", None)

    def __init__(self, label, size):
        self.label = label
        self.size = size


class Rate(Enum):
    LOW = Decimal("0.05")
    HIGH = Decimal("0.2")
    HALF = Fraction(1, 2)
    WHY = "why?"


def counted(n):
    total = 0
    log = []

    def bump(k):
        nonlocal total
        total += k
        log.append(k)
        return total

    made = (bump(i) for i in range(n))
    again = list(bump(i) for i in range(2) if i + n > 1)
    first = next(made)
    rest = [x for x in made]
    return first, rest, again, total, log


class Counter:
    def __init__(self):
        self.seen = 0

    def run(self, words):
        limit = 3

        def fits(w):
            self.seen += 1
            return len(w) <= limit

        return sum(1 for w in words if fits(w)), any(fits(w) for w in words), self.seen, limit


print([(u.name, u.value, u.label, u.size) for u in Unit], Unit.CUP.size * 2)
print([(r.name, r.value) for r in Rate], Rate(Decimal("0.2")), Rate.LOW.value + 1)
print(counted(4))
print(Counter().run(["a", "bcd", "efgh"]))
