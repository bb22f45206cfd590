"""isinstance() with a Protocol where the value may be anything; a tuple where a list is only read; texts of views."""
from bisect import bisect_left, bisect_right
from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class Scalable(Protocol):
    def scale(self, by: float) -> Any: ...


@runtime_checkable
class Named(Protocol):
    label: str

    def describe(self) -> str: ...


class Box:
    def __init__(self, w: float) -> None:
        self.w = w

    def scale(self, by: float) -> "Box":
        return Box(self.w * by)


class Big(Box):
    label = "big"

    def describe(self) -> str:
        return f"big {self.w}"


class Dot:
    def describe(self) -> str:
        return "dot"


def kinds(x: Any) -> str:
    return f"{type(x).__name__} {isinstance(x, Scalable)} {isinstance(x, Named)}"


things: list[Any] = [Box(1), Big(2), Dot(), 3, "s", None, [1], {"scale": 1}]
for thing in things:
    print(kinds(thing))
print([t.scale(2).w for t in things if isinstance(t, Scalable)])


def grade(score: int, breaks=(60, 70, 80, 90), grades="FDCBA") -> str:
    return grades[bisect_right(breaks, score)]


print([grade(s) for s in (33, 60, 77, 90, 100)], bisect_left((1.5, 2.5), 2.0), grade(7, (5, 9), "xyz"))

stock = {"apple": 3, "pear": 0}
print(stock.keys())
print(stock.values(), stock.items())
print(f"{stock.keys()} {stock.values()!r}", str(stock.items()), repr({}.keys()))
print("keys:", {1: 2.5}.keys(), sep="|")
print(list(stock.items()), f"{list(stock)} {sorted(stock.keys())}", str(list(stock.values())), [*stock.keys()])
