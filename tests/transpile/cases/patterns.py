"""Patterns with stars, ** and alternatives that bind."""
from dataclasses import dataclass
from typing import Any


@dataclass
class Point:
    x: float
    y: float = 0.0


class Pair:
    __match_args__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right


def classify(shape: Any) -> str:
    match shape:
        case Point(0, 0):
            return "origin"
        case Point(x=x, y=y) if x == y:
            return f"diagonal {x}"
        case Pair(a, Point(x=b)):
            return f"pair {a} {b}"
        case ["go", direction] | ["move", direction]:
            return f"go {direction}"
        case [first, *rest, last]:
            return f"list {first} {rest} {last}"
        case {"type": kind, **others}:
            return f"map {kind} {sorted(others)}"
        case str(text) if text.startswith("z"):
            return text.upper()
        case bool() | int():
            return "number"
        case _:
            return "other"


def fixed(items: list[int], pair: tuple[int, str, float]) -> str:
    match items:
        case []:
            out = "empty"
        case [one]:
            out = f"one {one}"
        case [one, *others]:
            out = f"{one} then {sum(others)}"
    match pair:
        case (n, *more):
            out += f" {n} {more}"
    return out


for item in [Point(0, 0), Point(2, 2), Pair(1, Point(7)), ["go", "north"], ["move", "up"], [1, 2, 3, 4], (5, 6), [1],
             {"type": "t", "z": 1, "a": 2}, "zed", "abc", True, 3, None]:
    print(classify(item))
print(fixed([], (1, "a", 2.5)), fixed([4], (1, "a", 2.5)), fixed([1, 2, 3], (1, "a", 2.5)))


def one_of(v):
    match v:
        case None:
            return "none"
        case True | False:
            return "bool"
        case int() | float():
            return f"number {v}"
        case _:
            return "else"


def first_of(v: "int | str | None"):
    return v is True, v is False, v is None


print([one_of(v) for v in (None, True, 0, 1, 1.0, "x")], one_of("aa".count("b")), one_of(None))
print(first_of(1), first_of(0), first_of(None), first_of("x"))


def maybe(n: "int | None"):
    return n is True or n is False


print(maybe(1), maybe(0), maybe(None))
