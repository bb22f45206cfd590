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
