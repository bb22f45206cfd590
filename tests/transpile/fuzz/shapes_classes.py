"""Programs about classes, data classes, enums, exceptions, generators, match and context managers."""

OPERATORS = """
class V§:
    def __init__(self, x: int, y: int = «int_») -> None:
        self.x, self.y = x, y
    ? def __repr__(self) -> str:
        return f'V({self.x}, {self.y})'
    def __str__(self) -> str:
        return f'<{self.x} {self.y}>'
    def __add__(self, other):
        «return V§(self.x + other.x, self.y + other.y)¦return V§(self.x + (other.x if isinstance(other, V§) else other), self.y)¦if not isinstance(other, V§): return NotImplemented»
        return V§(self.x + other.x, self.y)
    ? def __radd__(self, other: int) -> 'V§':
        return V§(other + self.x, self.y)
    ? def __iadd__(self, other: 'V§') -> 'V§':
        self.x += other.x * 10
        return self
    def __sub__(self, other: 'V§') -> 'V§':
        return V§(self.x - other.x, self.y - other.y)
    def __mul__(self, k: int) -> 'V§':
        return V§(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self) -> 'V§':
        return V§(-self.x, -self.y)
    def __eq__(self, other: object) -> bool:
        return isinstance(other, V§) and self.x == other.x
    ? def __hash__(self) -> int:
        return hash(self.x)
    def __lt__(self, other: 'V§') -> bool:
        return (self.y, self.x) < (other.y, other.x)
    ? def __le__(self, other: 'V§') -> bool:
        return self.y <= other.y
    ? def __bool__(self) -> bool:
        return self.x > «int_»
    ? def __len__(self) -> int:
        return abs(self.y)
    def __getitem__(self, i: int) -> int:
        if i > 1:
            raise IndexError(f'no {i}')
        return (self.x, self.y)[i]
    ? def __setitem__(self, i: int, v: int) -> None:
        if i == 0:
            self.x = v
        else:
            self.y = v
    ? def __contains__(self, v: int) -> bool:
        return v in (self.x, self.y)
    ? def __iter__(self):
        yield self.x
        yield self.y
    def __call__(self, a: int, b: int = 1) -> int:
        return self.x * a + self.y * b
    def __abs__(self) -> int:
        return abs(self.x) + abs(self.y)
    def __int__(self) -> int:
        return self.x
    ? def __format__(self, spec: str) -> str:
        return f'{self.x:{spec}}/{self.y}' if spec else str(self)
def f§(n: int) -> str:
    #+ n int
    a, b = V§(«int»), V§(«int», «int»)
    c = a
    out: list = []
    * a += b
    * a = a + b
    * a -= b
    * a *= «2¦0¦-1»
    * c.x = «int»
    * c.y += 1
    * out.append(str(a + b) + str(a - b) + str(a * n) + str(«2¦n» * b) + str(-a))
    * out.append((a == b, a != b, a is c, a == c, a == 1))
    * out.append((a < b, a > b))
    * out.append(a <= b)
    * out.append(str(sum([a, b], V§(0, 0))))
    * out.append(str(sorted([a, b])[0]) + str(max(a, b)))
    * out.append('yes' if a else 'no')
    * out.append((bool(a), not b))
    * out.append(a[0] + a[-1])
    * out.append(a[«2¦1»])
    * out.append([str(v) for v in (a, b)])
    * out.append(«int» in a)
    * out.append(list(a))
    * p, q = a; out.append((q, p))
    * out.append([v * 2 for v in a])
    * out.append(a(«int»))
    * out.append(a(2, b=«int») + abs(b) + int(a))
    * out.append(f'{a} {b!s} {a:>}' if False else f'{a} {b}')
    * out.append(f'{a:3}')
    * out.append(len({a: 1, b: 2}))
    * out.append(len(a))
    * out.append(repr([a]).startswith('[V'))
    * out.append(b in [a, V§(1)])
    * a[0] = «int»
    * out.append([a, b].index(b))
    for item in out:
        print(item)
    return f'{a} {b} {c} {a is c}'
> f§(«int_»)
> f§(«int_»)
"""

INHERITANCE = """
from abc import ABC, abstractmethod
class A§(ABC):
    count = 0
    registry: list[str] = []
    limits = {'max': «int_»}
    def __init__(self, name: str, n: int = 1) -> None:
        self.name = name
        self._n = n
        A§.count += 1
        self.registry.append(name)
    @abstractmethod
    def area(self) -> float: ...
    def describe(self) -> str:
        return f'{type(self).__name__} {self.name} {self.area():.2f} {self.kind()}'
    @property
    def n(self) -> int:
        return self._n
    @n.setter
    def n(self, value: int) -> None:
        if value < 0:
            raise ValueError(f'negative {value}')
        self._n = value
    @staticmethod
    def kind() -> str:
        return 'base'
    @classmethod
    def make(cls, name: str) -> 'A§':
        return cls(name«, 3¦»)
    def __repr__(self) -> str:
        return f'{self.__class__.__name__}({self.name!r})'
class B§(A§):
    def __init__(self, name: str, w: float = 2.0) -> None:
        super().__init__(name, «2¦int(w)»)
        self.w = w
    def area(self) -> float:
        return self.w * self.n
    ? @staticmethod⏎def kind() -> str:
        return 'b'
    def __eq__(self, other: object) -> bool:
        return isinstance(other, B§) and self.w == other.w
class D§(B§):
    count = 100
    def area(self) -> float:
        return super().area() + «1¦self.n»
    def describe(self) -> str:
        return 'D:' + super().describe()
    ? @property⏎def n(self) -> int:
        return 50
class E§(A§):
    def area(self) -> float:
        return float(self.n)
    def extra(self) -> int:
        return self.n * 2
def f§(k: int) -> str:
    #+ k int
    shapes: list[A§] = [B§(«str_»), D§('d', «float_»), E§('e', k)]
    first = shapes[0]
    * for s in shapes: print(s.describe())
    * for s in shapes: s.n = «int»
    * first.n += «int»
    * print([s.area() for s in shapes], sum(s.area() for s in shapes))
    * print(A§.count, B§.count, D§.count, first.count)
    * first.count = 9; print(first.count, A§.count)
    * B§.count += 5; print(A§.count, B§.count)
    * print(len(A§.registry), A§.registry is first.registry)
    * A§.limits['max'] += k; print(first.limits)
    * print([type(s).__name__ for s in shapes if isinstance(s, B§)])
    * print([isinstance(s, (D§, E§)) for s in shapes], issubclass(D§, A§))
    * print(E§.make('made'), D§.make('other').describe())
    * print(first.kind(), D§.kind(), A§.kind())
    * print(shapes, first == shapes[1], first != shapes[2])
    * print([s.extra() for s in shapes if isinstance(s, E§)])
    * print(hasattr(first, 'w'), hasattr(shapes[2], 'w'), getattr(first, 'w', None))
    * print(max(shapes, key=lambda s: s.area()).name)
    * A§('x')
    * print(sorted(s.name for s in shapes), {s.name: s.n for s in shapes})
    * first.name *= 2
    * by_type = {B§: 'b', E§: 'e'}; print(by_type.get(type(first)))
    return f'{shapes} {first.n}'
> f§(«int_»)
> f§(«int_»)
"""

DATA = """
from dataclasses import dataclass, field, replace, asdict, astuple
from typing import ClassVar, Optional
@dataclass«¦(order=True)¦(eq=False)¦(slots=True)¦(unsafe_hash=True)»
class P§:
    n: int
    name: str = «str_»
    w: float = field(default=«float_»«¦, compare=False¦, repr=False»)
    tags: list[str] = field(default_factory=list)
    made: ClassVar[int] = 0
    ? def __post_init__(self) -> None:
        P§.made += 1
        if self.n == 5:
            raise ValueError('five')
    @property
    def double(self) -> int:
        return self.n * 2
    def with_n(self, n: int) -> 'P§':
        return replace(self, n=n)
@dataclass
class Q§(P§):
    link: Optional['P§'] = None
    extra: dict[str, int] = field(default_factory=dict, repr=«True¦False»)
    total: int = field(init=False, default=«int_»)
    def __str__(self) -> str:
        return f'Q:{self.n}'
def f§(a: int) -> str:
    #+ a int
    p = P§(«int», «str»)
    q = P§(n=«int», tags=['t', «str»])
    r = p
    out: list = []
    * p.n = «int»
    * p.n += 1
    * p.tags.append(«str»)
    * r = replace(p, name='r')
    * out.append(p == q)
    * out.append(p == P§(p.n, p.name, p.w, p.tags))
    * out.append(p < q)
    * out.append(sorted([p, q, P§(0)])[0].n)
    * out.append(asdict(p))
    * out.append(astuple(q))
    * out.append(len({p, q}))
    * out.append(p.with_n(«int»).double)
    * out.append(repr(p) + str(q))
    * out.append(f'{p!r:>60}')
    * out.append(P§.made)
    * out.append(p in [q, r])
    * z = Q§(«int», link=p); z.total += 1; out.append((z.total, z.link is p, str(z), repr(z)))
    * z = Q§(1); out.append(z == Q§(1)); z.extra['k'] = a; out.append(asdict(z))
    * out.append(isinstance(Q§(2), P§))
    for item in out:
        print(item)
    return f'{p} {q} {r is p}'
> f§(«int_»)
> f§(«int_»)
"""

FROZEN = DATA.replace("@dataclass\nclass", "@dataclass(frozen=True)\nclass").replace("«¦(order=True)¦(eq=False)¦(slots=True)¦(unsafe_hash=True)»", "(frozen=True«¦, order=True»)")

ENUMS = """
from enum import Enum, IntEnum, auto, Flag
class K§(Enum):
    RED = «1¦auto()»
    GREEN = «2¦auto()»
    BLUE = «3¦auto()»
    ? ALIAS = «2¦1»
    @property
    def short(self) -> str:
        return self.name[0].lower()
    ? def __str__(self) -> str:
        return f'K:{self.name}'
    @classmethod
    def parse(cls, text: str) -> 'K§':
        for member in cls:
            if member.name.lower() == text.lower():
                return member
        raise ValueError(f'no {text}')
class L§(IntEnum):
    LOW = 1
    HIGH = «10¦2»
class S§(str, Enum):
    A = 'a'
    B = 'b'
class F§(Flag):
    R = auto()
    W = auto()
    X = auto()
class T§(Enum):
    ONE = (1, 'one')
    TWO = (2, 'two')
    def __init__(self, number: int, label: str):
        self.number = number
        self.label = label
def f§(a: int) -> str:
    #+ a int
    k = K§.RED
    out: list = []
    * k = K§(«1¦2¦3¦4»)
    * k = K§['«RED¦BLUE¦PINK»']
    * k = K§.parse('«red¦Green¦pink»')
    * out.append(k)
    * out.append((k.name, k.value, k.short, str(k), repr(k), f'{k}'))
    * out.append(list(K§))
    * out.append([m.value for m in K§ if m is not k])
    * out.append((k == K§.RED, k is K§.GREEN, k != K§.BLUE, k in (K§.RED, K§.BLUE)))
    * out.append({K§.RED: 1, K§.BLUE: 2}.get(k))
    * out.append(len(K§) + len(L§))
    * out.append((L§.LOW < L§.HIGH, L§.LOW + 1, L§.HIGH == 10, max(L§), L§(1)))
    * out.append(f'{L§.LOW} {L§.HIGH:>4} {L§.LOW!r} {str(L§.HIGH)}')
    * out.append(sorted([L§.HIGH, L§.LOW]))
    * out.append((S§.A == 'a', S§('b'), S§.A.value, S§.A.upper(), 'x' + S§.B))
    * out.append(F§.R | F§.W)
    * out.append((F§.R in (F§.R | F§.X), bool(F§.R & F§.W), (F§.R | F§.X).value))
    * out.append((T§.ONE.label, T§.TWO.number, T§.ONE.value, T§((2, 'two'))))
    * out.append(K§.__members__.keys() >= {'RED'})
    * out.append(isinstance(k, K§) and not isinstance(k, L§))
    * out.append([(m.name, m.value) for m in L§])
    * out.append([K§.RED, k])
    for item in out:
        print(item)
    return f'{k}'
> f§(«int_»)
> f§(«int_»)
"""

EXCEPTIONS = """
class E§(Exception):
    pass
class G§(E§):
    def __init__(self, code: int, message: str = 'bad'):
        super().__init__(f'{message} #{code}')
        self.code = code
class H§(ValueError):
    def __init__(self, name: str):
        self.name = name
    ? def __str__(self) -> str:
        return f'H<{self.name}>'
def risky§(n: int) -> int:
    if n % 9 == 0:
        raise ZeroDivisionError
    if n % 9 == 1:
        raise E§('plain', n)
    if n % 9 == 2:
        raise G§(n)
    if n % 9 == 3:
        raise H§('h')
    if n % 9 == 4:
        return [1, 2][n]
    if n % 9 == 5:
        return {'a': 1}['«b¦c d»']
    if n % 9 == 6:
        return int('«x¦ ¦1.5»')
    if n % 9 == 7:
        raise RuntimeError('run') from ValueError('cause')
    return n
def ends§(n: int) -> str:
    try:
        print('try', end=' ')
        if n > 2:
            return 'from try'
        risky§(n)
    except «ZeroDivisionError¦(E§, ZeroDivisionError)¦Exception»:
        print('except', end=' ')
        return 'from except'
    else:
        print('else', end=' ')
    finally:
        print('finally', end=' ')
        ? if n == 3:
            return 'from finally'
    return 'end'
def loops§(n: int) -> list[int]:
    seen = []
    for i in range(n):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            seen.append(i)
        finally:
            seen.append(-i)
            ? if i == 2:
                continue
    «else:¦if seen:»
        seen.append(99)
    return seen
def chain§(n: int) -> None:
    try:
        risky§(n)
    except LookupError as e:
        raise «RuntimeError('wrapped') from e¦KeyError(str(e)) from None¦ValueError('no cause')¦E§(e.args)»
    except ArithmeticError as e:
        raise
def f§(n: int) -> str:
    #+ n int
    out: list = []
    try:
        out.append(risky§(n))
    except ZeroDivisionError as e:
        out.append(f'zero {e} {e.args}')
    except G§ as e:
        out.append(f'G {e} {e.code} {e.args}')
    except E§ as e:
        out.append(f'E {e} {e.args}')
    except (KeyError, IndexError) as e:
        out.append(f'lookup {e} {e!r} {isinstance(e, LookupError)}')
    except ValueError as e:
        out.append(f'value {e} {type(e).__name__}')
    except Exception as e:
        out.append(f'other {e!r} {e.__cause__!r}')
    else:
        out.append('none')
    finally:
        out.append('done')
    * out.append(ends§(n))
    * out.append(ends§(3))
    * out.append(loops§(«5¦3¦2»))
    * chain§(n)
    * assert n > «int_», f'small {n}'
    * assert n
    * out.append([risky§(v) for v in range(8, n)])
    try:
        chain§(«4¦5¦0¦3»)
    except Exception as e:
        out.append((type(e).__name__, str(e), type(e.__cause__).__name__, e.__context__ is None))
    try:
        try:
            risky§(«int_»)
        except ValueError:
            raise TypeError('inner')
        finally:
            out.append('f')
    except (TypeError, E§, LookupError, ArithmeticError, RuntimeError) as error:
        out.append(repr(error))
    for item in out:
        print(item)
    return str(n)
> f§(«0¦1¦2¦3¦4»)
> f§(«5¦6¦7¦8»)
> f§(«int_»)
"""

GENERATORS = """
from contextlib import contextmanager, suppress
def count§(n: int, step: int = 1):
    print('start', end=' ')
    for i in range(0, n, step):
        got = yield i
        if got:
            print('got', got, end=' ')
    print('stop', end=' ')
    return n
def chunks§(xs: list[int], size: int):
    for i in range(0, len(xs), size):
        yield xs[i:i + size]
def tree§(depth: int, label: str = 'r'):
    yield label
    if depth > 0:
        yield from tree§(depth - 1, label + 'a')
        yield from (label + c for c in 'xy')
def guarded§(n: int):
    try:
        for i in range(n):
            yield i
    finally:
        print('cleanup', end=' ')
def both§(n: int):
    result = yield from count§(n)
    yield result * 10
def fib§():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
@contextmanager
def tag§(name: str):
    print(f'<{name}>', end=' ')
    try:
        yield name.upper()
    «except ValueError as e:¦except KeyError as e:»
        print('caught', e, end=' ')
    finally:
        print(f'</{name}>', end=' ')
class M§:
    def __init__(self, name: str, swallow: bool = False):
        self.name, self.swallow = name, swallow
    def __enter__(self):
        print('enter', self.name, end=' ')
        return self
    def __exit__(self, kind, value, tb):
        print('exit', self.name, kind.__name__ if kind else None, end=' ')
        return self.swallow
class R§:
    def __init__(self, n: int):
        self.n = n
        self.i = 0
    def __iter__(self):
        return self
    def __next__(self) -> int:
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i * 2
def f§(xs: list[int], n: int) -> str:
    #+ xs list[int]
    #+ n int
    out: list = []
    * out.append(list(count§(«3¦0¦4»)))
    * g = count§(3); out.append(next(g)); print('between', end=' '); out.append(list(g))
    * g = count§(3); next(g); out.append(g.send(«5¦0»))
    * g = count§(1); out.append((next(g), next(g, 'end'), next(g, 'again')))
    * g = guarded§(3); out.append(next(g)); g.close()
    * out.append(next(iter([])))
    * for v in guarded§(3): out.append(v)
    * for v in count§(5, 2): print(v, end=' ')
    * for v in count§(5):
    * out.append(list(chunks§(xs, «1¦2¦3»)))
    * out.append(list(tree§(«1¦2¦0»)))
    * out.append(list(both§(2)))
    * out.append([v for v, _ in zip(fib§(), range(«8¦3»))])
    * out.append(sum(v for v in count§(4) if v % 2))
    * out.append([list(R§(3)), sum(R§(n % 5)), max(R§(2))])
    * out.append([(a, b) for a in R§(2) for b in R§(2)])
    * a, *b = R§(3); out.append((a, b))
    * out.append(2 in R§(3))
    * squares = (v * v for v in xs); out.append(sum(squares) + sum(squares))
    * lazy = (print('make', v, end=' ') or v for v in xs); out.append(next(lazy, None))
    * out.append(any(v > 1 for v in count§(5)))
    * m = map(lambda v: v + 1, xs); out.append((next(m, None), list(m)))
    * z = zip(xs, count§(9)); out.append(list(z)[:2])
    * e = enumerate(xs); next(e, None); out.append(list(e))
    with tag§('t') as t:
        out.append(t)
        ? if n > «int_»:
            raise ValueError('in with')
    with M§('a') as a, M§('b', «True¦False») as b:
        out.append(a.name + b.name)
        ? if n > «int_»:
            raise KeyError('k')
        ? if n < «int_»:
            return 'early'
    with suppress(ZeroDivisionError, KeyError):
        out.append(n // («int_»))
        out.append({}['x'])
    for item in out:
        print(item)
    return f'{n}'
> f§(«list[int]_», «int_»)
> f§(«list[int]_», «int_»)
""".replace("    * for v in count§(5):\n", "")

MATCH = """
from dataclasses import dataclass
from enum import Enum
from typing import Union
class K§(Enum):
    A = 1
    B = 2
@dataclass
class P§:
    x: int
    y: int
@dataclass
class N§:
    left: Union['N§', int]
    op: str
    right: Union['N§', int]
def number§(n: int) -> str:
    match n:
        case 0:
            return 'zero'
        case 1 | 2 | -1:
            return 'small'
        case x if x «> 10¦< 0»:
            return f'guard {x}'
        ? case 5 as five:
            return f'five {five}'
        case _:
            return 'other'
def sequence§(xs: list[int]) -> str:
    match xs:
        case []:
            return 'empty'
        case [x]:
            return f'one {x}'
        case [«1¦0¦3», *rest]:
            return f'starts {rest}'
        case [a, b] if a «==¦<» b:
            return 'pair'
        case [first, *_, last]:
            return f'{first}..{last}'
def words§(line: str) -> str:
    match line.split():
        case ['go', ('north' | 'south') as d]:
            return f'go {d}'
        case ['get', item, *more]:
            return f'get {item} {more}'
        case [] | ['']:
            return 'nothing'
        case [*all]:
            return f'? {len(all)}'
def mapping§(d: dict[str, int]) -> str:
    match d:
        case {'a': 0}:
            return 'a is 0'
        case {'a': x, **rest}:
            return f'a {x} {sorted(rest)}'
        case {'b': int(y)}:
            return f'b {y}'
        case _:
            return f'no {len(d)}'
def point§(p: P§) -> str:
    match p:
        case P§(0, 0):
            return 'origin'
        case P§(x=0, y=y) | P§(x=y, y=0):
            return f'axis {y}'
        case P§(x, y) if x == y:
            return 'diagonal'
        case P§(x=x):
            return f'x {x}'
def value§(v: Union[int, str, float, list, None, tuple]) -> str:
    match v:
        case None:
            return 'none'
        case True | False:
            return 'bool'
        case int(n) if n > 5:
            return f'big {n}'
        case int() | float():
            return f'number {v}'
        case str() as s:
            return f'text {s}'
        case (a, b):
            return f'two {a} {b}'
        case _:
            return 'else'
def run§(node: Union[N§, int]) -> int:
    match node:
        case int(n):
            return n
        case N§(left, '+', right):
            return run§(left) + run§(right)
        case N§(left, '*', right):
            return run§(left) * run§(right)
        case N§(op=op):
            raise ValueError(f'op {op}')
def f§(n: int, xs: list[int]) -> str:
    #+ n int
    #+ xs list[int]
    * print(number§(«int»))
    * print([number§(v) for v in (0, -1, 11, 5, 6)])
    * print(sequence§(xs))
    * print(sequence§(«list[int]»))
    * print(words§('«go north¦get lamp now¦¦a b c¦go up¦get»'))
    * print(mapping§(«dict[str, int]»))
    * print(mapping§({'«a¦b»': «0¦1», 'c': 2}))
    * print(point§(P§(«0¦1¦2», «0¦1»)))
    * print([value§(v) for v in (None, True, 7, 2.5, 'x', [1, 2], (1, 2), [1])])
    * print(value§(«int¦str¦float¦bool»))
    * print(run§(N§(N§(1, '+', n), '«*¦+¦-»', 3)))
    match (n % 3, xs):
        case (0, [x, *_]):
            print('m', x)
        case (r, []):
            print('e', r)
        case (1 | 2 as r, _):
            print('r', r)
    match K§(n % 2 + 1):
        case K§.A:
            print('A')
        case K§.B:
            print('B')
    return str(n)
> f§(«int_», «list[int]_»)
> f§(«int_», «list[int]_»)
"""

STRUCTURES = """
from typing import Optional, Generic, TypeVar, Iterator
T = TypeVar('T')
class S§(Generic[T]):
    def __init__(self) -> None:
        self._items: list[T] = []
    def push(self, item: T) -> 'S§[T]':
        self._items.append(item)
        return self
    def pop(self) -> T:
        if not self._items:
            raise IndexError('empty')
        return self._items.pop()
    def peek(self) -> Optional[T]:
        return self._items[-1] if self._items else None
    def __len__(self) -> int:
        return len(self._items)
    def __iter__(self) -> Iterator[T]:
        return iter(self._items)
class Node§:
    def __init__(self, key: int, left: Optional['Node§'] = None, right: Optional['Node§'] = None):
        self.key = key
        self.left = left
        self.right = right
class Tree§:
    def __init__(self) -> None:
        self.root: Optional[Node§] = None
        self.size = 0
    def add(self, key: int) -> bool:
        if self.root is None:
            self.root = Node§(key)
            self.size += 1
            return True
        node = self.root
        while True:
            if key == node.key:
                return False
            side = 'left' if key < node.key else 'right'
            child = node.left if side == 'left' else node.right
            if child is None:
                if side == 'left':
                    node.left = Node§(key)
                else:
                    node.right = Node§(key)
                self.size += 1
                return True
            node = child
    def walk(self, node: Optional[Node§] = None) -> Iterator[int]:
        if node is None:
            return
        yield from self.walk(node.left)
        yield node.key
        yield from self.walk(node.right)
    def height(self, node: Optional[Node§]) -> int:
        return 0 if node is None else 1 + max(self.height(node.left), self.height(node.right))
class Linked§:
    def __init__(self, items: list[int]):
        self.head: Optional[tuple] = None
        self.cells: dict[int, Optional[int]] = {}
        for item in reversed(items):
            self.head = (item, self.head)
    def __iter__(self):
        cell = self.head
        while cell is not None:
            yield cell[0]
            cell = cell[1]
def f§(xs: list[int], word: str) -> str:
    #+ xs list[int]
    #+ word str
    s: S§[int] = S§()
    t = Tree§()
    * s.push(«int»).push(2)
    * print(s.pop(), len(s))
    * print(s.peek())
    * print([s.push(x) is s for x in xs])
    * print([t.add(x) for x in xs])
    * print(list(t.walk(t.root)), t.height(t.root), t.size)
    * print(list(Linked§(xs)), 3 in Linked§(xs))
    * w = S§(); w.push(word).push(«str»); print(list(w), w.pop())
    * print(bool(s), [x for x in s], max(s, default=None))
    * n = Node§(1, Node§(2)); n.right = n.left; n.right.key = 9; print(n.left.key)
    * print(t.root.key if t.root else 'no root')
    * print(t.root is None or t.root.left is None)
    memo: dict[tuple[int, int], int] = {}
    def paths(a: int, b: int) -> int:
        if a == 0 or b == 0:
            return 1
        if (a, b) not in memo:
            memo[a, b] = paths(a - 1, b) + paths(a, b - 1)
        return memo[(a, b)]
    graph = {'a': ['b', 'c'], 'b': ['d'], 'c': ['d'], 'd': []}
    seen: list[str] = []
    def visit(node: str) -> None:
        if node in seen:
            return
        seen.append(node)
        for other in graph[node]:
            visit(other)
    visit('«a¦b¦c¦x»')
    return f'{paths(3, «4¦2»)} {len(memo)} {seen} {t.size}'
> f§(«list[int]_», «str_»)
> f§(«list[int]_», «str_»)
"""

SHAPES = [OPERATORS, OPERATORS, INHERITANCE, INHERITANCE, DATA, FROZEN, ENUMS, EXCEPTIONS, EXCEPTIONS, GENERATORS, GENERATORS, MATCH, STRUCTURES]
