"""Members of enums with attributes, of protocols and abstract classes; frozen data; Literal's values."""
import functools
import math
from abc import ABC, abstractmethod
from dataclasses import FrozenInstanceError, dataclass
from enum import Enum, IntEnum
from typing import Callable, Literal, NamedTuple, NewType, Protocol, get_args, runtime_checkable

Shade = Literal["dark", "light"]


class Planet(Enum):
    EARTH = (5.976e24, 6.37814e6)
    MARS = (6.421e23, 3.3972e6)

    def __init__(self, mass: float, radius: float) -> None:
        self.mass = mass
        self.radius = radius
        self.label = self.name.title()

    @property
    def gravity(self) -> float:
        return 6.6743e-11 * self.mass / (self.radius * self.radius)

    @classmethod
    def heaviest(cls) -> "Planet":
        return max(cls, key=lambda p: p.mass)


class Coin(IntEnum):
    PENNY = 1
    DIME = 10

    def __init__(self, cents: int) -> None:
        self.dollars = cents / 100


class Op(Enum):
    ADD = ("+", 1)
    MUL = ("*", 2)

    def __init__(self, symbol: str, rank: int) -> None:
        self.symbol = symbol
        self.rank = rank


class Size(Enum):
    SMALL = "s"
    BIG = "b"

    def __init__(self, code: str) -> None:
        self.shown = f"<{code}>"


class Level(Enum):
    LOW = 1
    FIRST = 1
    HIGH = "h"
    TOP = HIGH


UserId = NewType("UserId", int)
Email = NewType("Email", str)
USERS: dict[UserId, Email] = {UserId(1): Email("a@x.org")}


@runtime_checkable
class Scalable(Protocol):
    def scale(self, factor: float) -> None: ...


class Circle:
    def __init__(self, radius: float) -> None:
        self.radius = radius

    def scale(self, factor: float) -> None:
        self.radius *= factor


class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...

    @abstractmethod
    def name(self) -> str: ...


class Square(Shape):
    def area(self) -> float:
        return 4.0

    def name(self) -> str:
        return "square"


    def __lt__(self, other: "Square") -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Square)

    def __le__(self, other: "Square") -> bool:
        return self < other or self == other


class Half(Shape):
    def area(self) -> float:
        return 1.0


class Round(Shape):
    def area(self) -> float:
        return math.pi

    def name(self) -> str:
        return "round"

    def scale(self, factor: float) -> None:
        print("scaled by", factor)


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0


class Pair(NamedTuple):
    a: int
    b: int


def traced(f: Callable[[int], int]) -> Callable[[int], int]:
    @functools.wraps(f)
    def wrapper(n: int) -> int:
        return f(n) + 1

    return wrapper


@traced
def twice(n: int) -> int:
    """Two times n."""
    return 2 * n


def plain(n: int) -> int:
    """Only n."""
    return n


def undocumented() -> int:
    return 1


def add3(a: int, b: int, c: int = 100) -> int:
    return a + b + c


def enums() -> None:
    for p in Planet:
        print(p.label, p.mass, f"{p.gravity:.2f}", p.value[1])
    print(Planet.heaviest(), Planet.MARS.radius < Planet.EARTH.radius)
    print([c.dollars for c in Coin], sum(Coin), Coin.DIME.dollars * 2)
    by_symbol = {op.symbol: op for op in Op}
    print(by_symbol["*"].name, sorted(Op, key=lambda op: -op.rank)[0], Op(("+", 1)).rank)
    print(Size("b").shown, Size.SMALL.shown)


def aliases() -> None:
    print(len(Level), list(Level), Level.FIRST.name, Level.FIRST is Level.LOW, Level["TOP"], len(Coin))
    print(Level.LOW in Level, [n for n in Level.__members__], Coin.__members__["DIME"].dollars)
    for name, member in Coin.__members__.items():
        print(name, member.value)


def email_of(uid: UserId) -> Email | None:
    return USERS.get(uid)


def ranks(low: Square, mid: Square, high: Square) -> bool:
    ok = False
    if low.area() < 5:
        ok = low <= mid < high
    return ok


def protocols() -> None:
    c = Circle(1.0)
    if isinstance(c, Scalable):
        c.scale(2.5)
    print(c.radius)
    shapes: list[Shape] = [Square(), Round()]
    for s in shapes:
        if isinstance(s, Scalable):
            s.scale(3)
        print(s.name(), isinstance(s, Scalable))
    try:
        Half()
    except TypeError as e:
        print(e)
    try:
        print(Shape())
    except TypeError as e:
        print(e)


def frozen() -> None:
    p = Point(1)
    try:
        p.x = 5
    except FrozenInstanceError as e:
        print(type(e).__name__, e, isinstance(e, AttributeError))
    try:
        p.y = 5
    except AttributeError as e:
        print(type(e).__name__, e.args)
    t = Pair(1, 2)
    try:
        t.a = 3
    except AttributeError as e:
        print(type(e).__name__, e)


def functions() -> None:
    print(twice(4), twice.__name__, plain.__name__, plain.__doc__, undocumented.__doc__)
    checks = {"digit": str.isdigit, "upper": str.isupper, "size": len}
    for name, check in checks.items():
        print(name, check("42"), check("AB"))
    print([f("a-b") for f in (str.upper, str.title)])
    limits = [1, 2]
    print(add3(*limits, 3), add3(*(4, 5)), add3(*limits, c=0))
    try:
        print(add3(*[1, 2, 3], c=1))
    except TypeError as e:
        print("TypeError")


def iteration() -> None:
    print(list(map(lambda a, b: a * b, [1, 2, 3], [4, 5, 6])), list(map(pow, [2, 3], [3, 2])))
    print(list(zip([1, 2], "ab", (True, False), [1.5, 2.5])))
    for a, b, c, d, e in zip([1], [2], [3], [4], [5]):
        print(a, b, c, d, e)
    print([a + b + c for a, b, c in map(lambda x, y, z: (x, y, z), "ab", "cd", "ef")])
    source = iter(["x", "y", "stop", "z"])
    print(list(iter(lambda: next(source), "stop")), next(source))
    short = iter([1, 2])
    print([n for n in iter(lambda: next(short), 9)] if False else "kept")
    print(list(get_args(Shade)), "dark" in get_args(Shade))
    early = [lambda x, i=i: x * i for i in range(3)]
    print([f(5) for f in early])
    buf = bytearray(b"abcdef")
    del buf[1:3]
    print(buf)


enums()
aliases()
print(email_of(UserId(1)), email_of(UserId(2)), UserId(5) + 1, ranks(Square(), Square(), Square()))
protocols()
frozen()
functions()
iteration()
