"""zip, map, filter and iterators that are kept ask for one item at a time; what only a type decides is evaluated
all the same; * and ** in calls of built-in functions and methods."""
import itertools
from collections import Counter, namedtuple
from collections.abc import Iterable, Mapping, Sequence
from typing import Iterator, Optional


def noisy(x):
    print("noisy", x)
    return x * 2


def source():
    for i in range(5):
        print("source", i)
        yield i


class Adder:
    def __init__(self, by):
        self.by = by

    def add(self, x):
        print("adding", x)
        return x + self.by


class Shelf:
    def __init__(self, *items):
        self.items = list(items)

    def __iter__(self):
        return iter(self.items)

    def __iadd__(self, item):
        self.items.append(item)
        return self

    def __enter__(self):
        print("enter")
        return self

    def __exit__(self, kind, error, trace):
        print("exit", kind.__name__ if kind else None)
        return kind is ValueError


class Door(Shelf):
    pass


class Failure(Exception):
    retry = False


class Busy(Failure):
    retry = True


class Coded(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


def swallowed():
    with Shelf() as shelf:
        raise ValueError(shelf.items)


def kind_of(x):
    return [name for name, kind in (("Mapping", isinstance(x, Mapping)), ("Sequence", isinstance(x, Sequence)), ("Iterable", isinstance(x, Iterable))) if kind]


def untyped():
    for r in (noisy(i) for i in range(2)):
        print("got", r)
    for r in map(noisy, [5, 6]):
        print("got", r)
    for r in filter(noisy, source()):
        print("kept", r)
        if r == 2:
            break
    print(any(map(noisy, [0, 1, 2])), next(map(noisy, [7, 8])))
    pairs = zip(source(), "ab")
    print(next(pairs))
    made = map(Adder(10).add, source())
    print(next(made), next(made))
    print(list(itertools.islice(map(lambda x: x + 1, itertools.count(1)), 3)))
    print([a for a, b in zip(map(noisy, [1, 2, 3]), "x")])
    numbered = enumerate(source(), 1)
    print(next(numbered), 3 in source(), 9 in iter([1, 2]))
    widths = [3, 9]
    print(max(len("header"), *(w for w in widths)), min(*widths, 5, *[4]), max(*[2, 8]))
    sets = [{1, 2, 3}, {2, 3}, {3, 4}]
    print(set().union(*sets), sets[0].intersection(*sets[1:]), sets[0].difference(*sets[1:], [1]))
    options = {"a": 1}
    options.update({"b": 2}, c=3, **{"d": 4})
    options.update(**{"e": 5})
    print(options, "{}-{}-{k}".format(*[1, 2], **{"k": 3}))
    names, rows = ["x", "y"], [[1, 2], [3, 4]]
    print(list(zip(names, *rows)), [max(column) for column in zip(*rows, [9, 0])])
    shelf = Shelf(1, 2)
    other = shelf
    shelf += 3
    print(3 in other, 4 in shelf, list(shelf), shelf is other)
    for thing in (Shelf("s"), Door("d"), None):
        if thing is not None:
            with thing as entered:
                print(list(entered))
                raise ValueError("gone")
    print(swallowed())
    mixed = [{"k": 1}, [1], (1,), "s", 5, {2}, shelf]
    print([kind_of(x) for x in mixed])
    Point = namedtuple("Point", "x y")
    print(Point(1, 2) == (1, 2), (1, 3) == Point(1, 2), Point(1, 2) != (1, 2))
    stats = {"total": 0, "levels": Counter()}
    stats["levels"]["INFO"] += 1
    stats["levels"]["INFO"] += 1
    print(stats["levels"]["INFO"], stats["levels"]["none"], dict(stats["levels"]))
    for error in (Busy("b"), Failure("f"), Coded(7), KeyError("k")):
        print(type(error).__name__, getattr(error, "retry", None), getattr(error, "code", -1))
    parts = ["bad", 3]
    try:
        raise ValueError(*parts)
    except ValueError as error:
        print(error, error.args)
    print(2.0 in range(5), 2.5 in range(5), "a" in range(3), (), 10**18 * 10**18)


def naturals(start: int = 0) -> Iterator[int]:
    print("start", end=" ")
    n = start
    while True:
        print("make", n, end=" ")
        yield n
        n += 1


def count(n: int) -> Iterator[int]:
    for i in range(n):
        yield i
    print("stop", end=" ")


def loud(x: int) -> int:
    print("loud", x, end=" ")
    return x * 2


def odd(x: int) -> bool:
    print("odd", x, end=" ")
    return x % 2 == 1


def nothing(word: str) -> None:
    print(word, end=" ")


class Gate:
    def __init__(self, size: float) -> None:
        print("gate", end=" ")
        self.size = size

    def __len__(self) -> int:
        return int(self.size)


def whole(row: list[int]) -> str:
    for cell in row:
        if cell == 2:
            break
    else:
        return "whole"
    return "cut"


def rows(table: list[list[int]]) -> list[int]:
    kept = []
    for row in table:
        for cell in row:
            if cell == 2:
                break
        else:
            kept.append(len(row))
            continue
        kept.append(-1)
    return kept


def typed() -> None:
    for a, b in zip("xyz", naturals()):
        print(a, b)
    for a, b, c in zip(count(5), naturals(7), [1, 2]):
        print(a, b, c)
    for x in map(loud, [1, 2]):
        print("got", x)
    for x in filter(odd, [1, 2, 3]):
        print("kept", x)
    for x in map(loud, naturals()):
        if x > 3:
            break
        print("next", x)
    for x in map(lambda a, b: a * b, count(3), naturals(10)):
        print("product", x)
    total = 0
    for n in map(int, ["1", "2"]):
        total += n
        print(n, total)
    try:
        for n in map(int, ["5", "x", "6"]):
            print("before", n)
    except ValueError as e:
        print(e)
    print([x for x in filter(None, count(3))], dict(zip(count(2), "ab")))
    print(nothing("or") or 5, nothing("none") is None, [nothing("all") or v for v in (1, 2)])
    if nothing("if"):
        print("never")
    if not nothing("not"):
        print("shown")
    if (seen := whole([1, 3])) is not None:
        print(seen)
    print(isinstance(whole([2]), str), bool(Gate(0.5)), bool(Gate(2.5)))
    print(rows([[1, 2], [3], []]))
    found: Optional[int] = next((x for x in map(loud, [3, 4, 5]) if x > 7), None)
    print(found)


if __name__ == "__main__":
    untyped()
    typed()
