"""Functions, built-ins and classes as values; decorators with state and names; keywords on values."""
import functools
from functools import wraps


def trace(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        print("call", func.__name__, args, sorted(kwargs.items()))
        result = func(*args, **kwargs)
        print("->", result)
        return result
    return wrapper


def repeat(times):
    def decorator(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            out = None
            for _ in range(times):
                out = func(*args, **kwargs)
            return out
        return wrapper
    return decorator


def count_calls(func):
    @wraps(func)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return func(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


@trace
def add(a, b=2, *rest, scale=1):
    return (a + b + sum(rest)) * scale


@repeat(3)
@count_calls
def hello(name):
    print("hello", name)
    return len(name)


@count_calls
def square(x):
    return x * x


print(add(1), add(1, 5, scale=2), add(1, b=7), add(1, 2, 3, 4))
print(hello("bob"), add.__name__, hello.__name__)
print(square(3), square(4), square.calls)


def memoize(f):
    cache = {}

    def helper(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    return helper


@memoize
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(50))
table = {"int": int, "float": float, "str": str, "len": len, "abs": abs}
print(table["int"]("12") + 1, table["float"]("2.5"), table["str"](7) + "x", table["len"]([1, 2]), table["abs"](-3))


class Circle:
    kind = "round"

    def __init__(self, r, name="c"):
        self.r = r
        self.name = name

    def area(self):
        return self.r * self.r * 3

    @staticmethod
    def unit():
        return Circle(1)

    def __repr__(self):
        return f"Circle({self.r})"


class Square:
    kind = "flat"

    def __init__(self, side, name="s"):
        self.side = side
        self.name = name

    def area(self):
        return self.side ** 2

    def grow(self, by=1, *, twice=False):
        self.side += by * (2 if twice else 1)
        return self.side

    def __repr__(self):
        return f"Square({self.side})"


shapes = {"circle": Circle, "square": Square}
for name, cls in shapes.items():
    s = cls(3)
    print(name, s, s.area(), s.name, cls.__name__, cls.kind, isinstance(s, cls), cls)
sq = shapes["square"](2, name="big")
print(sq.grow(), sq.grow(3), sq.grow(by=2), sq.grow(twice=True), getattr(sq, "name"), getattr(sq, "nope", 5), hasattr(sq, "side"))
try:
    shapes["circle"]()
except TypeError as e:
    print(e)
try:
    sq.grow(1, 2)
except TypeError as e:
    print(e)
try:
    add(scale=3)
except TypeError as e:
    print(e)
print(type(3), type("a") == str, type(sq) is Square, type(sq).__name__, type(2.5).__name__)
errors = [ValueError, KeyError]
for err in errors:
    try:
        raise err("bad")
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e)


def dispatch(op):
    ops = {"add": lambda a, b: a + b, "neg": lambda a: -a, "max": max}
    return ops[op]


print(dispatch("add")(2, 3), dispatch("neg")(4), dispatch("max")(3, 9))
if square.calls > 1:
    def late(x):
        return "many", x
else:
    def late(x):
        return "few", x
print(late(2))
