"""Attributes that begin as class variables: counters, flags and texts that methods change, in families and behind Any."""
from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, Optional


class C:
    total = 100
    names = ["a"]
    label: str = "x"
    ratio = 1
    parent: Optional[C] = None

    def __init__(self) -> None:
        self.n = 1

    def bump(self) -> int:
        self.total += 1
        return self.total

    def rename(self, text):
        old = self.label
        self.label = text
        return old + ">" + self.label

    def halve(self):
        self.ratio = self.ratio / 2
        return self.ratio


class D(C):
    total = 7

    def reset(self) -> None:
        self.total = 0


class Machine:
    state = "idle"
    handlers = None
    count = 0
    limit = 3

    def feed(self, word):
        if self.handlers is None:
            self.handlers = {}
        self.handlers[word] = self.handlers.get(word, 0) + 1
        self.count += 1
        if self.count >= self.limit:
            self.state = "full"
        return self.state, dict(self.handlers)


class Always:
    size = 5

    def __init__(self, size=None):
        self.size = size or Always.size
        self.twice = self.size * 2


@dataclass
class Row:
    name: str
    count: int = 0

    def more(self) -> Row:
        self.count += 1
        return self


def peek(thing: Any, name: str) -> Any:
    return getattr(thing, name, "none"), hasattr(thing, name)


def main() -> None:
    c = C()
    print(c.total)
    c.total += 1
    print(c.total, C.total)
    d = D()
    d.total += 5
    print(d.total, D.total, d.bump(), C().bump(), C.total, D().bump())
    d.reset()
    print(d.total, D().total)
    c.label += "y"
    print(c.label, C.label, d.label, c.rename("z"), d.rename("w"), C.label)
    e = C()
    e.total = 3
    e.total *= 2
    print(e.total, e.bump(), e.halve(), e.halve(), C.ratio, c.ratio)
    c.names += ["b"]
    print(c.names, C.names, e.names)
    print(c.parent, e.parent is None)
    e.parent = c
    print(e.parent.label, d.parent)
    C.total = 50
    print(C().total, c.total, e.total, D().total)
    m = Machine()
    for w in ["a", "b", "a"]:
        print(m.feed(w))
    print(Machine.state, Machine.handlers, Machine().count, Machine.limit)
    m.limit = 9
    print(m.limit, Machine().limit, vars(m))
    print(Always().size, Always(2).twice, Always.size)
    print(Row("r").more().more())
    things = [C(), d, m, Row("q"), Always(8)]
    print([peek(t, "total") for t in things], [peek(t, "size") for t in things], [peek(t, "state")[0] for t in things])
    twin = copy.copy(e)
    twin.bump()
    print(twin.total, e.total, copy.deepcopy(d).total, copy.copy(C()).total)


main()
