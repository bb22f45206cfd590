from functools import singledispatch, singledispatchmethod, cmp_to_key
from decimal import Decimal
from typing import List
class Shape:
    pass
class Circle(Shape):
    def __init__(self, r: float) -> None:
        self.r = r
@singledispatch
def show(x, sep: str = "-") -> str:
    return f"other {x}"
@show.register
def _(x: bool, sep: str = "-") -> str:
    return f"bool {x}"
@show.register
def _(x: int, sep: str = "-") -> str:
    return f"int {x}{sep}"
@show.register(str)
def _(x, sep: str = "-") -> str:
    return f"str {x}{sep}"
@show.register(list)
@show.register(tuple)
def _list(x, sep: str = "-") -> str:
    return "list " + ", ".join(show(i) for i in x)
@show.register
def _(x: float | Decimal, sep: str = "-") -> str:
    return "number"
@show.register
def _(x: Shape, sep: str = "-") -> str:
    return "shape"
@show.register
def _(x: Circle, sep: str = "-") -> str:
    return f"circle {x.r}"
print(show(1), show("a", sep="!"), show(2.5), show([1, "b", None]), show(True), show((1, 2)), show(Decimal(2)))
print(show(Shape()), show(Circle(2.0)), show({"a": 1}))
class Fmt:
    @singledispatchmethod
    def f(self, x) -> str:
        return "obj"
    @f.register
    def _(self, x: int) -> str:
        return f"int:{x}"
    @f.register
    def _(self, x: str) -> str:
        return f"str:{x}"
print(Fmt().f(3), Fmt().f("q"), Fmt().f(1.5))
def by_length(a: str, b: str) -> int:
    if len(a) != len(b):
        return len(a) - len(b)
    return -1 if a < b else 1 if a > b else 0
words: List[str] = ["pear", "fig", "apple", "kiwi"]
print(sorted(words, key=cmp_to_key(by_length)))
words.sort(key=cmp_to_key(lambda a, b: by_length(b, a)))
print(words, max(words, key=cmp_to_key(by_length)))
