# Iterators that make an item when it is asked for, and * and ** in calls of built-in functions and methods.
import itertools
from collections import Counter, namedtuple
from collections.abc import Iterable, Mapping, Sequence


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


def main():
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


main()
