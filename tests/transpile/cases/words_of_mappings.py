"""** with a mapping in calls of the library; what one program's blind spots were: defaults within try, super().property."""
import asyncio
import bisect
from datetime import date, datetime, timedelta
from itertools import zip_longest

START = datetime(2024, 1, 31, 10)


class Base:
    tag = "b"

    def __init__(self, size=1):
        self.size = size

    @property
    def label(self):
        return f"base {self.size}"

    def __str__(self):
        return self.label


class Special(Base):
    tag = "s"

    @property
    def label(self):
        return "special " + super().label

    def tags(self):
        return super().tag + self.tag


class Lone(Base):
    def __init__(self, text):
        super().__init__()
        self.text = text

    def __str__(self):
        return self.text


def add(log, name, base=datetime(2024, 1, 1, 9), seen=date(2024, 1, 1)):
    log.append(name)
    return base + timedelta(days=len(log)), seen


async def double(x: int) -> int:
    await asyncio.sleep(0)
    return x * x


async def chain(x: int) -> int:
    steps = 0
    while x != 1:
        x = x // 2 if x % 2 == 0 else 3 * x + 1
        steps += 1
    return steps


async def fib(x: int) -> int:
    a, b = 0, 1
    for _ in range(x):
        a, b = b, a + b
    return a


HANDLERS = {"double": double, "chain": chain, "fib": fib}


async def run(names):
    return [await HANDLERS[name](90) for name in names]


def blank():
    made = Base.__new__(Base)
    made.size = 9
    return made


class BadRow(Exception):
    def __init__(self, line, reason):
        Exception.__init__(self, line, reason)
        self.line = line


def without(items, x):
    del items[bisect.bisect_left(items, x)]
    items.insert(bisect.bisect(items, x + 1), x + 1)
    items[bisect.bisect(items, 0)] += items.pop(bisect.bisect_left(items, 3))
    return items


def main():
    print(without([1, 3, 5, 7], 5))
    try:
        raise BadRow(3, "short")
    except BadRow as e:
        print(e, e.args, e.line)
    for unit, n in [("days", 2), ("weeks", 1.5), ("hours", -3)]:
        print(START + timedelta(**{unit: n}))
    options = {"hour": 5, "minute": 30}
    print(START.replace(**options), START.replace(day=1, **options))
    try:
        print(timedelta(**{"years": 1}))
    except TypeError as e:
        print("TypeError")
    log = []
    try:
        for name in ("a", "b"):
            print(add(log, name))
    except OverflowError as e:
        print(e)
    print(Special(3), Special(2).tags(), Lone("text"), [str(x) for x in (Base(), Special(), Lone("x"))], blank())
    for a, b, c in zip_longest("ab", [1, 2, 3], "z", fillvalue="?"):
        print(a, b, c, end=";")
    print(list(zip_longest([1], [2, 3], [4.5])), list(zip_longest(*[[1, 2], [3], [], [4, 5, 6]], fillvalue=0)))
    print(asyncio.run(run(["double", "chain", "fib"])))
    missing = object()
    found = {"a": None}.get("b", missing)
    print(found is missing, {"a": None}.get("a", missing) is missing, missing == missing, __doc__.split(";")[0])


main()
