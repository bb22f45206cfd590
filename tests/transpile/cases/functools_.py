"""lru_cache, total_ordering, NotImplemented, cached_property, partial, class methods, __init_subclass__."""
import functools
from dataclasses import dataclass, replace
from functools import lru_cache, total_ordering, cached_property, partial


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.lru_cache(maxsize=2)
def pair(a, b="x"):
    print("compute", a, b)
    return (a, b)


print(fib(60), fib.cache_info())
print(pair(1), pair(1), pair(2), pair(3), pair(1), pair.cache_info())
pair.cache_clear()
print(pair.cache_info())


@total_ordering
class Version:
    def __init__(self, major, minor):
        self.major = major
        self.minor = minor

    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return (self.major, self.minor) == (other.major, other.minor)

    def __lt__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return (self.major, self.minor) < (other.major, other.minor)

    def __repr__(self):
        return f"v{self.major}.{self.minor}"


a, b = Version(1, 2), Version(1, 3)
print(a < b, a <= b, a > b, a >= b, a == b, a != b, sorted([b, a]), max(a, b))


class Num:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        if isinstance(other, Num):
            return Num(self.v + other.v)
        if isinstance(other, int):
            return Num(self.v + other)
        return NotImplemented

    __radd__ = __add__

    def __repr__(self):
        return f"Num({self.v})"


print(Num(1) + Num(2), Num(1) + 5, 7 + Num(3))


class Base:
    registry = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[cls.__name__] = cls

    @classmethod
    def create(cls, *args):
        return cls(*args)

    def describe(self):
        return f"{self.__class__.__name__}:{self.value()}"


class One(Base):
    def __init__(self, n=1):
        self.n = n

    def value(self):
        return self.n


class Two(Base):
    def __init__(self, n=2):
        self.n = n

    def value(self):
        return self.n * 2


print(One.create(5).describe(), Two.create(5).describe())
print(sorted(Base.registry))
for name in sorted(Base.registry):
    print(Base.registry[name](3).describe())


def logged(func):
    @functools.wraps(func)
    def wrapper(self, *args, **kwargs):
        print("log", func.__name__, args)
        return func(self, *args, **kwargs)
    return wrapper


class Account:
    def __init__(self, balance):
        self.balance = balance

    @logged
    def deposit(self, amount, note="none"):
        self.balance += amount
        return self.balance

    @cached_property
    def expensive(self):
        print("computing")
        return self.balance * 10


acc = Account(10)
print(acc.deposit(5), acc.deposit(amount=7, note="x"))
print(acc.expensive, acc.expensive)


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0


print(replace(Point(1, 2), y=5))
double = partial(lambda a, b: a * b, 2)
print(double(21))


def power(base, exp):
    return base ** exp


square = partial(power, exp=2)
print(square(7))
people = [Account(3), Account(1)]
print([p.balance for p in sorted(people, key=lambda p: p.balance)])


def by_balance(p):
    return p.balance


print(max(people, key=by_balance).balance)
