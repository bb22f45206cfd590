"""Decimals, Fractions, dates and objects of the program where only the run knows the type: operators and comparisons."""
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction


@dataclass
class Employee:
    name: str
    kind = "abstract"
    rate = 1

    def pay(self):
        return Decimal(10) * self.rate


@dataclass
class Salaried(Employee):
    annual: Decimal = Decimal(0)
    kind = "salaried"


@dataclass
class Boss(Salaried):
    kind = "boss"
    rate = 3


KINDS = {c.kind: c for c in (Salaried, Boss)}


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __eq__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return self.cents == other.cents

    def __add__(self, other):
        if isinstance(other, int):
            return Money(self.cents + other)
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.cents + other.cents)

    def __lt__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return self.cents < other.cents

    def __matmul__(self, other):
        return Money(self.cents * other.cents)

    def __rmul__(self, k):
        return Money(k * self.cents)

    def __repr__(self):
        return f"Money({self.cents})"


class Grid:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    @classmethod
    def identity(cls, n):
        return cls([[1 if i == j else 0 for j in range(n)] for i in range(n)])

    def __eq__(self, other):
        if not isinstance(other, Grid):
            return NotImplemented
        return self.rows == other.rows


def show(e: Employee) -> str:
    return f"{e.name} {e.kind} {e.rate} {e.pay()}"


def make(kind, **words) -> Employee:
    return KINDS[kind](**words)


def largest(items):
    best = None
    for item in items:
        if best is None or best <= item:
            best = item
    return best


def spread(items):
    return [x >= items[0] for x in items], sorted(items), min(items), max(items)


def main():
    print(show(Salaried("a")), show(Boss("b", Decimal(3))), show(make("boss", name="z")), make("salaried", name="y").kind)
    brackets = [(Decimal("10"), Decimal("0.1")), (None, Decimal("0.2"))]
    for x in (Decimal(5), Decimal(50)):
        print([rate for top, rate in brackets if top is None or x <= top][0], sum(rate for top, rate in brackets if top))
    print(largest([Decimal(1), Decimal("2.5"), 2]), largest([Fraction(1, 3), Fraction(1, 2), 0.25]), largest([3, 1]))
    print(spread([Fraction(1, 2), Fraction(1, 3), 1]), spread([timedelta(days=1), timedelta(hours=30)]))
    print(spread([date(2024, 1, 2), date(2023, 5, 6)]), spread([datetime(2024, 1, 2, 3), datetime(2024, 1, 2)]))
    units = {"tsp": 1, "ml": Fraction(1, 4)}
    for unit, amount in [("tsp", Fraction(3)), ("ml", Fraction(10)), ("ml", Fraction(8))]:
        total = amount * units[unit]
        whole, rest = divmod(total, 1)
        print(unit, whole if rest == 0 else total, rest == 0, -total, abs(-total), float(total), total in (2, 3))
    things = [Money(5), 3, Money(7), Fraction(1, 2)]
    print(things[0] + things[2], things[0] + things[1], things[0] @ things[2], things[1] * things[0])
    for pair in ((0, 3), (0, 1), (0, 2)):
        a, b = things[pair[0]], things[pair[1]]
        try:
            print(a == b, a < b)
        except TypeError as e:
            print(a == b, e)
    try:
        print(things[0] + things[3])
    except TypeError as e:
        print(e)
    print(Grid([r[:] for r in [[1, 0], [0, 1]]]) == Grid.identity(2), Grid.identity(1) != Grid([[2]]))


main()
