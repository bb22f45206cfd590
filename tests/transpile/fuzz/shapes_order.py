"""Programs about evaluation order, assignment, closures, arguments and flow of control."""

ORDER = """
def k§(tag: str, v: int) -> int:
    print(tag, end=' ')
    ? if v == 7:
        raise ValueError(tag)
    return v
def s§(tag: str, v: str) -> str:
    print(tag, end=' ')
    return v
def g§(a: int, b: int = 2, *rest: int, c: int = 3) -> int:
    return a * 100 + b * 10 + c + sum(rest)
class C§:
    def __init__(self, n: int) -> None:
        print('new', end=' ')
        self.n = n
        self.items = [n, n + 1, n + 2]
    def m(self, x: int) -> int:
        print('m', end=' ')
        return self.n + x
def o§(n: int) -> C§:
    print('obj', end=' ')
    return C§(n)
def f§(a: int) -> str:
    d = {1: 2, 3: 4}
    w = {'a': 1}
    xs = [1, 2, 3, 4]
    x = y = z = 0
    #+ a int
    * d[k§('key', «int_»)] = k§('value', «int_»)
    * w[s§('key', «str_»)] = k§('value', «int_»)
    * xs[k§('i', «0¦1¦-1¦9»)] = k§('v', «int_»)
    * xs[k§('i', «0¦1¦-1¦9»)] «+=¦-=¦*=¦//=¦|=» k§('v', «int_»)
    * d[k§('i', «1¦3¦5»)] «+=¦-=¦//=¦%=» k§('v', «int_»)
    * x, y = k§('a', «int_»), k§('b', «int_»)
    * xs[k§('i', 0)], d[k§('j', 1)] = k§('p', 3), k§('q', 4)
    * x = xs[k§('i', «0¦2»)] = d[k§('j', 1)] = k§('v', «int_»)
    * d[k§('k', 1)] = xs[k§('i', 2)]
    * print(k§('a', «int_») < k§('b', «int_») «<¦<=¦!=» k§('c', «int_»))
    * print({k§('a', 1): k§('b', 2), k§('c', 1): k§('d', 3)})
    * print(f"{k§('a', 1)}{s§('b', 'q')}{k§('c', 3):>4}")
    * print(g§(c=k§('c', 1), a=k§('a', 2)))
    * print(g§(k§('a', 1), k§('b', 2), *[k§('r', 3)], c=k§('c', 5)))
    * print(k§('a', 1) if k§('c', «int_») else k§('b', 2))
    * print([k§('a', 1), *[k§('b', 2), 5], k§('c', 3)])
    * print(xs[k§('a', «0¦1¦-2»):k§('b', «2¦9¦-1»)], xs[k§('a', 3)::k§('s', -1)])
    * xs[k§('a', 0):k§('b', 1)] = [k§('v', 8), k§('v', 9)]
    * print(k§('a', «int_») + k§('b', «int_») * k§('c', «int_») - k§('d', 1))
    * print(k§('a', «int_») «//¦%» k§('b', «int_»))
    * del d[k§('k', 1)], xs[k§('i', 0)]
    * o§(k§('n', 4)).n = k§('v', 5)
    * o§(k§('n', 4)).items[k§('i', 1)] «=¦+=» k§('v', 5)
    * print(o§(k§('n', 4)).m(k§('x', 5)))
    * print(min(k§('a', 3), k§('b', 1), k§('c', 2)), max([k§('a', 3), k§('b', 1)]))
    * print(k§('a', «int_») in [k§('b', 1), k§('c', 2)], k§('d', 3) not in d)
    * print(k§('a', «int_») «and¦or» k§('b', «int_») «and¦or» k§('c', 1))
    * print([k§('e', i) for i in xs if k§('c', i) > 1])
    * print({k§('k', i): k§('v', i) for i in xs[:2]})
    * print((lambda p=k§('default', 1): p + k§('body', 2))())
    * z = (x := k§('w', 3)) + (y := x + 1) * x
    * print(s§('a', 'x') + s§('b', 'y') * k§('c', 2))
    * print('%d %s' % (k§('a', 1), s§('b', 'z')), '{} {n}'.format(k§('a', 1), n=k§('b', 2)))
    * assert k§('test', «0¦1¦1») , s§('message', 'no')
    * w[s§('k', 'a')] += k§('v', 1) if k§('c', 1) else k§('u', 2)
    * xs.insert(k§('i', 1), k§('v', 5))
    * w.setdefault(s§('k', 'b'), k§('v', 2))
    * print(sorted([3, 1, 2], key=lambda q: k§('key', -q)))
    * xs = [k§('n', q) for q in range(3)] + [k§('m', 4)]
    * (x, y), z = (k§('a', 1), k§('b', 2)), k§('c', 3)
    * x, xs[x] = k§('a', 1), k§('b', 2)
    * return str(k§('r', 1)) + s§('t', 'end')
    return f'{d} {w} {xs} {x} {y} {z}'
> f§(«int_»)
"""

AUGMENTED = """
class C§:
    total = «int_»
    def __init__(self):
        self.n, self.s, self.f = «int_», «str_», «float_»
        self.xs = «list[int]_»
        self.d = {'a': 1, 'b': 2}
        self.t = (1, 2)
def f§(a: int, b: float) -> str:
    c = C§()
    e = c
    rows = [[1, 2], [3, 4]]
    same = [rows[0]] * 2
    words = {'x': 'y'}
    nested = {'k': {'m': 1}}
    alias = c.xs
    t = (1, 2)
    u = t
    flags = {1, 2, 3}
    more = flags
    #+ a int
    * c.n «+=¦-=¦*=¦//=¦%=¦**=¦<<=¦>>=¦&=¦|=¦^=» «0¦1¦2¦3¦5»
    * c.f «+=¦-=¦*=¦/=¦//=¦%=¦**=» «1.5¦2¦0.5¦-3.0»
    * c.s «+=¦+=¦*=» «'q'¦2»
    * c.s += «str»
    * c.xs += «list[int]»
    * c.xs *= «0¦2»
    * c.xs[«0¦-1¦1¦4»] «+=¦-=¦*=» «int»
    * c.xs[«0¦1»:«1¦2»] += [7]
    * c.d[«'a'¦'b'¦'z'»] «+=¦*=¦-=» «int»
    * c.d |= {'b': «int», 'n': 0}
    * c.t += (3, «int»)
    * rows[«0¦1»][«0¦1¦-1»] «+=¦*=» «int»
    * rows[«0¦1»] += [«int»]
    * same[1].append(«int»)
    * words['x'] += «str»
    * words['x'] *= 2
    * nested['k']['m'] += «int»
    * nested['k'] |= {'o': 2}
    * C§.total += «int»
    * c.total += 1
    * e.n -= 1
    * alias += [5]
    * t += (9,)
    * flags |= {«int», 9}
    * flags «&=¦-=¦^=» {«1¦2», 3, 11}
    * flags ^= more
    * a, b = a + 1, b * 2
    * a «+=¦-=¦*=¦//=¦%=¦&=» a
    * b «+=¦-=¦*=» a
    return f'{c.n} {c.s!r} {c.f} {c.xs} {c.d} {c.t} {rows} {same} {words} {nested} {C§.total} {c.total} {alias} {t} {u} {sorted(flags)} {len(more)} {a} {b}'
> f§(«int_», «float_»)
> f§(«int_», «float_»)
"""

CLOSURES = """
count§ = «int_»
names§: list[str] = []
def bump§(by: int = 1) -> int:
    global count§
    count§ += by
    names§.append(str(count§))
    return count§
def adders§(n: int):
    out = []
    for i in range(n):
        out.append(lambda x«, i=i¦»: x + i)
    return out
def counter§(start: int = 0, step: int = «1¦2¦-3»):
    value = start
    def advance(times: int = 1) -> int:
        nonlocal value
        for _ in range(times):
            value += step
        return value
    def peek() -> int:
        return value
    return advance, peek
def collect§(x: int, seen: list = []) -> list:
    seen.append(x)
    return seen
def compose§(f, g):
    return lambda x: f(g(x))
def apply§(f, *args, **kwargs):
    return f(*args, **kwargs)
def show§(a: int, b: str = 'b', *, c: float = 1.5) -> str:
    return f'{a}/{b}/{c}'
def f§(a: int) -> str:
    out = []
    #+ a int
    advance, peek = counter§(a)
    other, _ = counter§(step=«int_»)
    table = {'add': lambda x, y: x + y, 'sub': lambda x, y: x - y, 'mul': lambda x, y: x * y}
    fact = lambda n: 1 if n < 2 else n * fact(n - 1)
    def walk(n: int, depth: int = 0) -> int:
        if n <= 0:
            return depth
        return walk(n - 2, depth + 1)
    def later() -> str:
        return f'{a} {late}'
    late = «int»
    * out.append(advance())
    * out.append(advance(«0¦2¦3»))
    * out.append(peek())
    * out.append(other())
    * out += [f(«int1») for f in adders§(3)]
    * out.append(table[«'add'¦'sub'¦'mul'»](«int», «int»))
    * out += [fn(6, 2) for fn in table.values()]
    * out.append(fact(«5¦10¦21¦25»))
    * out.append(walk(«7¦4»))
    * out.append(bump§())
    * out.append(bump§(by=«int_»))
    * out.append(len(collect§(«int1»)))
    * out.append(str(collect§(a, [])))
    * out.append(compose§(abs, lambda v: v - 5)(«int»))
    * out.append(compose§(str, len)(«list[int]»))
    * out.append(apply§(show§, «int1»))
    * out.append(apply§(show§, «int1», 'x', c=«float1»))
    * out.append(apply§(show§, b=«str1», a=2))
    * out.append(show§(*[1, 'q'], **{'c': 2.0}))
    * out.append(later())
    * late += 1
    * a += 1
    * out.append((lambda *v, sep='-': sep.join(map(str, v)))(1, «int», sep=«'+'¦''»))
    * out.append(list(map(lambda v: v * «int1», «list[int]»)))
    * out.append(list(filter(None, «list[int]»)))
    * out.append(list(filter(lambda v: v % 2 == «0¦1», «list[int]»)))
    * out.append(sorted(«list[str]», key=lambda w: (len(w), w)))
    * out.append(max(«list[int]», key=lambda v: (v % 3, -v)))
    for item in out:
        print(item)
    return f'{count§} {names§} {late} {a}'
> f§(«int_»)
> f§(«int_»)
"""

ARGUMENTS = """
def a§(x: int, y: int = 2, *rest: int, key: str = 'k', **more: int) -> str:
    return f'{x} {y} {rest} {key} {sorted(more.items())}'
def b§(x, /, y, *, z=3):
    return (x, y, z)
def c§(*args, **kwargs):
    return len(args), list(kwargs), sum(v for v in kwargs.values())
def d§(first: str, *others: str) -> str:
    return first + '|'.join(others) if others else first
def e§(n: int, acc: list[int] | None = None) -> list[int]:
    if acc is None:
        acc = []
    acc.append(n)
    return acc
def f§(a: int) -> str:
    #+ a int
    xs = «list[int]»
    extra = {'p': «int», 'q': «int»}
    * print(a§(«int»))
    * print(a§(«int», «int»))
    * print(a§(1, 2, «int», «int»))
    * print(a§(*xs[:4]))
    * print(a§(1, *xs, key=«str»))
    * print(a§(y=«int», x=«int»))
    * print(a§(1, **extra))
    * print(a§(1, 2, *xs, 5, key='z', **extra))
    * print(b§(«int», «int»))
    * print(b§(1, y=«int», z=«str»))
    * print(b§(*(1, 2), z=0.5))
    * print(c§(*xs))
    * print(c§(**extra))
    * print(c§(1, 'two', 3.0, n=«int», m=True))
    * print(d§(*«list[str]»))
    * print(d§(«str», *«str».split(',')))
    * print(e§(«int»), e§(2), e§(3, [4]))
    * shared = e§(5, xs)
    return f'{xs} {extra}'
> f§(«int_»)
> f§(«int_»)
"""

FLOW = """
def f§(xs: list[int], word: str) -> str:
    #+ xs list[int]
    #+ word str
    total = 0
    out: list[str] = []
    for i, x in enumerate(xs«¦, 1¦, start=-1»):
        if x «<¦==¦>» «int_»:
            «continue¦break¦total -= 1»
        total += x * i
        ? if «bool»:
            out.append(str(x))
    «else:¦if total:»
        out.append('end')
    n = len(word)
    while «n > 0¦(n := n - 1) > 0¦n > 2»:
        n -= 1
        if n «% 3 == 0¦== 2¦< 1»:
            «continue¦break¦pass»
        out.append(word[n] if n < len(word) else '?')
    «else:¦if n == 0:»
        out.append('done')
    ? for row in [[1, 2, 3], [], [«int_», 5]]:
        for cell in row:
            if cell == «1¦2¦5»:
                break
            print(cell, end=' ')
        else:
            print('whole', end=' ')
            continue
        print('cut', end=' ')
        «break¦continue¦out.append("c")»
    ? if (m := len(out)) > 2 and (last := out[-1]):
        out.append(f'{m}{last}')
    ? if any((hit := x) > 3 for x in xs):
        out.append(f'hit {hit}')
    ? out.append(str([y := 1, y ** 2, y + 1]))
    ? while (left := «3¦2») and xs and len(out) < 9:
        out.append(str(xs[0] + left))
    ? for a, *b in [(1, 2, 3), «(4,)¦(5, 6)»]:
        out.append(f'{a}{b}')
    ? for (p, q), r in zip([(1, 2), (3, 4)], word):
        out.append(f'{p}{q}{r}')
    ? for c in reversed(range(0, 10, 3)):
        total ^= c
    ? print(1 < len(xs) <= 3 != total, 1 == 1.0 == True, xs == xs != [], not xs == [])
    return f'{total} {out} {n}'
> f§(«list[int]_», «str_»)
> f§([], '')
> f§(«list[int]_», «str_»)
"""

UNPACKING = """
def f§(xs: list[int], t: tuple[int, str]) -> str:
    #+ xs list[int]
    #+ t tuple[int, str]
    a = b = c = 0
    s = ''
    rest: list[int] = []
    * a, b = b, a + 1
    * a, *rest = xs
    * *rest, a = xs
    * a, *rest, b = xs
    * a, s = t
    * (a, b), c = (1, «int»), 3
    * [a, b] = [«int», «int»]
    * a, b, c = range(«2¦3¦4»)
    * x, y, z = 'xyz'; s = z + x
    * a = b = c = «int»
    * a, (b, *rest) = 1, (2, 3, «int»)
    * rest = [*xs, *range(«2¦0»), «int»]
    * s = ''.join([*'ab', *sorted({'d', 'c'})])
    * print({**{'a': 1}, **{'a': «int», 'b': 2}})
    * print((*xs, 1), [*t], {*xs, 1} == set(xs) | {1})
    * print(*xs)
    * print(*xs, sep=«','¦''¦' - '»)
    * print(*t, *rest, sep='|', end='.\\n')
    * for a, (b, s) in enumerate([t, (5, 'q')]): print(a, b, s)
    * head, *tail = s or 'zz'; print(head, tail)
    * rest[:] = xs[::-1]
    * xs[:0] = [«int»]
    * xs[len(xs):] = [«int», 2]
    * del xs[«0¦-1¦1:¦:1¦::2¦3»]
    * rest = xs; rest.append(«int»)
    * rest = xs[:]; rest.append(«int»)
    return f'{a} {b} {c} {s} {rest} {xs} {t}'
> f§(«list[int]_», «tuple[int, str]_»)
> f§(«list[int]_», «tuple[int, str]_»)
"""

OPTIONAL = """
from typing import Optional, Union, Any
def find§(xs: list[int], n: int) -> Optional[int]:
    for i, x in enumerate(xs):
        if x «==¦>¦<» n:
            return i
    «return None¦pass¦return»
def half§(n: int) -> Union[int, float]:
    return n // 2 if n % 2 == 0 else n / 2
def kind§(x: Union[int, str, float, list, None]) -> str:
    if x is None:
        return 'none'
    if isinstance(x, bool):
        return f'bool {x}'
    if isinstance(x, int):
        return f'int {x + 1}'
    elif isinstance(x, (float, complex)):
        return f'float {x / 2}'
    if isinstance(x, str):
        return f'str {x.upper()} {len(x)}'
    return f'list {len(x)} {x}'
def pick§(n: int) -> Any:
    options = [n, str(n), n / 4, [n], {'n': n}, (n, 'x'), None, n > 0]
    return options[n % «3¦8¦5»]
def f§(a: int, b: Optional[str] = None) -> str:
    #+ a int
    xs = «list[int]»
    d = «dict[str, int]»
    out: list[Any] = []
    at = find§(xs, «int»)
    #+ xs list[int]
    #+ d dict[str, int]
    * out.append(at)
    * out.append(xs[at] if at is not None else -1)
    * out.append(at or 'nothing')
    * out.append('yes' if at else 'no')
    * out.append(b or 'default')
    * out.append((b or '').upper() + '!')
    * out.append(len(b) if b is not None else 0)
    * out.append(b is None and a > 0)
    * out.append(d.get(«str»))
    * out.append(d.get(«str», None) is None)
    * out.append((d.get('a') or 0) + 1)
    * out.append(half§(«int»))
    * out.append(half§(a) + half§(a + 1))
    * out.append(kind§(«int¦str¦float¦list[int]¦bool»))
    * out.append(kind§(None))
    * out.append(kind§(pick§(a)))
    * out.append(pick§(«int»))
    * out.append([kind§(v) for v in (1, 'a', 2.5, None, True, [1])])
    * out.append(pick§(a) == pick§(a))
    * out.append(str(pick§(a)) + repr(pick§(a + 1)))
    * v = pick§(«int»); out.append(v * 2 if isinstance(v, (int, str, list)) and not isinstance(v, bool) else type(v).__name__)
    * mixed = [1, 'a', 2.0, None]; mixed.append(«int»); out.append(mixed)
    * out.append({'i': 1, 's': 'x', 'l': [1, «int»], 'n': None})
    * data: dict[str, Any] = {'a': {'b': [1, 2, «int»]}}; data['a']['b'][0] += 5; out.append(data)
    * u: Union[int, str] = «int»; u = str(u) + 'u'; out.append(u)
    * node: Optional[dict] = None; node = node or {'x': «int»}; out.append(node['x'])
    * out.append(next((x for x in xs if x > «int_»), None))
    * out.append(max(xs, default=None) is None)
    * out.append(any(x is None for x in out))
    for item in out:
        print(item, type(item).__name__)
    return f'{a} {b} {at}'
> f§(«int_»)
> f§(«int_», «str_»)
"""

SHAPES = [ORDER, ORDER, AUGMENTED, CLOSURES, ARGUMENTS, FLOW, UNPACKING, OPTIONAL]
