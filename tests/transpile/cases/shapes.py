"""Shapes that once did not compile."""
import argparse
import heapq
import sys
from collections import OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Any, Callable


class Size(Enum):
    S = "s"
    L = "l"

    @classmethod
    def parse(cls, text: str) -> "Size":
        try:
            return cls[text.upper()]
        except KeyError:
            return cls(text)

    @classmethod
    def names(cls) -> list[str]:
        return [m.name for m in cls] + [m.value for m in list(cls)]


def unused() -> int:
    _, _, last = (1, 2, 3)
    for _, _, c in [(1, 2, 3)]:
        last += c
    return last


def gen(n: int):
    for y in range(n):
        yield y * 2


@dataclass(order=True)
class Job:
    priority: int
    data: dict = field(default_factory=dict)


class Money:
    def __init__(self, cents: int) -> None:
        self.cents = cents

    def __format__(self, spec: str) -> str:
        if spec == "x":
            return f"<{self.cents}>"
        return format(self.cents / 100, spec or ".2f")

    def then(self, f: Callable[[int], int]) -> int:
        return f(self.cents)


def pick(items: Any) -> Any:
    return items[0].then(lambda c: c + 1)


def iban(text: str) -> bool:
    return int(text) % 97 == 1


def views(a: dict, b: dict):
    print(sorted(a.keys() | b.keys()), sorted(a.keys() & b.keys()), sorted(a.keys() - b.keys()))


def hold(kind: str, items: Any) -> str:
    items.append(9)
    return f"{kind}:{len(items)}:{items}"


def converters(kind: str) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("x", type=int if kind == "i" else float)
    parser.add_argument("y", type=lambda s: s + kind)
    args = parser.parse_args(["5", "z"])
    print(args.x, args.y)


print(Size.parse("s"), Size.parse("l"), Size.names())
print(unused(), list(gen(3)))
jobs = [Job(2), Job(1)]
heapq.heapify(jobs)
print(heapq.heappop(jobs))
try:
    heap = [(1, {"a": 1}), (1, {"b": 2})]
    print(sorted(heap))
except TypeError as e:
    print(e)
print(f"{Money(150)} {Money(2):x} {Money(99):.1f}")
print(pick([Money(5), 1]))
print(iban("3214282912345698765432161182"), iban("1"))
views({"a": 1, "b": 2}, {"b": 1})
q = deque([1, 2], maxlen=3)
print(hold("deque", q), hold("list", [1]), q)
buckets = defaultdict(OrderedDict)
buckets[1]["a"] = None
print(buckets[1], hold("d", deque()))
converters("i")
converters("f")
compose = [lambda xs: (x for x in xs if x > 1), lambda xs: (x * 2 for x in xs)]
data: Any = [1, 2, 3]
for x in [1]:
    for f in compose:
        data = f(data)
print(list(data))


class Priority(Enum):
    LOW = 1
    HIGH = 2

    def __lt__(self, other: "Priority") -> bool:
        return self.value < other.value

    def label(self) -> str:
        return self.name.title()

    @property
    def stars(self) -> str:
        return "*" * self.value


def show_all(items: Any) -> None:
    for item in items:
        print(item.label(), item.stars)


show_all([Priority.LOW, Priority.HIGH])
print(max([Priority.LOW, Priority.HIGH], default=None), sorted([Priority.HIGH, Priority.LOW]))
Hit = namedtuple("Hit", ["ip", "status"])
hits: Any = [Hit("a", 1), Hit("b", 2)]
print(hits[0]._replace(ip="z"), hits[1]._asdict(), [h.status for h in hits])


def scale(x, n=2):
    return x * n


def shift(x, n=1):
    return x + n


for pick_one in (True, False):
    rule = scale if pick_one else shift
    print(rule(5, 10))
more = {"b": 2}
print(dict(a=1, **more), dict(**more, a=1), dict({"c": 0}, **more))
halves: Any = [Fraction(1, 2), 3]
print(halves[0] > 0, halves[0] < 0.5, sorted([Fraction(3, 2), 1, 0.5]))
od: Any = [OrderedDict(a=1, b=2)]
print(od[0].popitem(last=False), od)
code: Any = {"status": 0}
sys.exit(code["status"])
