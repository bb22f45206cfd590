"""Programs about lists, dicts, sets, tuples, sorting, comprehensions and the containers of the library."""

LISTS = """
def f§(xs: list[int], ys: list[str]) -> str:
    #+ xs list[int]
    #+ ys list[str]
    zs = xs
    grid = [[0] * «2¦3» for _ in range(2)]
    rows = [xs] * 2
    out: list = []
    * xs.append(«int»)
    * xs.insert(«int», «int»)
    * xs.extend(«list[int]»)
    * xs.extend(range(«int_»))
    * xs.extend(xs)
    * xs += xs
    * xs += (1, 2)
    * zs += [«int»]
    * zs = zs + [«int»]
    * out.append(xs.pop())
    * out.append(xs.pop(«0¦-1¦1¦5»))
    * xs.remove(«int»)
    * xs.clear()
    * xs.sort(«¦reverse=True¦key=lambda q: -q¦key=abs¦key=lambda q: (q % 3, q)¦key=str, reverse=True»)
    * xs.reverse()
    * out.append(xs.index(«int»«¦, 1¦, -2¦, 0, 3»))
    * out.append(xs.count(«int»))
    * xs[«int0»] = «int»
    * xs[«int_»:«int_»] = «list[int]»
    * xs[::2] = [0] * len(xs[::2])
    * xs[::«2¦-1»] = «list[int]»
    * del xs[«int_»]
    * del xs[«int_»:«int_»]
    * del xs[::«2¦-2¦3»]
    * out.append(xs[«int_»:«int_»:«1¦2¦-1¦-3»])
    * out.append(xs[«int»])
    * out.append((xs == «list[int]», xs < «list[int]», xs >= [1]))
    * out.append(«int» in xs)
    * grid[0][1] = «int»
    * grid[«0¦1¦-1»][«0¦1»] += «int»
    * grid.append(xs[:2])
    * grid[1] = grid[0]; grid[0][0] = 77
    * rows[0].append(5)
    * rows = [r[:] for r in rows]; rows[0].append(6)
    * out.append([list(c) for c in zip(*grid)])
    * out.append(sum(grid, []))
    * out.append([c for row in grid for c in row if c >= «int_»])
    * out.append([[i * j for j in range(3)] for i in range(«3¦2»)])
    * ys.sort(key=«len¦str.lower¦lambda w: w[::-1]»)
    * out.append(sorted(ys, key=lambda w: (-len(w), w)))
    * out.append(' '.join(ys).split())
    * ys[«0¦-1»] += '!'
    * out.append(list(enumerate(ys, «1¦0¦-2»)))
    * out.append(dict(enumerate(ys)))
    * out.append(list(map(str, xs)) + ys)
    * out.append(list(zip(xs, ys, «range(9)¦[True]»)))
    * out.append([*reversed(xs)])
    * out.append(min(xs) + max(xs))
    * out.append(min(ys, key=len) + max(ys))
    * out.append(max(xs, key=lambda q: (q % 4, q), default=0))
    * out.append((all(xs), any(xs), all([]), sum(xs, 10)))
    * out.append(xs.copy() is xs or zs is xs)
    * out.append(list(filter(lambda q: q > 2, xs)))
    * out.append([x for x in xs if x % 2] or 'none')
    * out.append([(x, y) for x in xs[:3] for y in ys[:2] if x or y])
    * out.append([y if len(y) > 2 else y * 2 for y in ys])
    * first, *middle = xs; out.append((first, middle))
    * for x in xs[:]: xs.remove(x) if x < 0 else None
    * for i, x in enumerate(xs): xs[i] = x * 2
    * while xs and xs[-1] > 3: out.append(xs.pop())
    for item in out:
        print(item)
    return f'{xs} {ys} {zs} {grid} {rows} {xs is zs}'
> f§(«list[int]_», «list[str]_»)
> f§(«list[int]_», «list[str]_»)
> f§([], «list[str]_»)
"""

DICTS = """
def f§(d: dict[str, int], keys: list[str]) -> str:
    #+ d dict[str, int]
    #+ keys list[str]
    e = d
    out: list = []
    groups: dict[int, list[str]] = {}
    nested: dict[str, dict[str, int]] = {'a': {'x': 1}}
    by_pair: dict[tuple[int, str], float] = {}
    * d[«str»] = «int»
    * d[«str0»] += «int»
    * d[«str»] = d.get(«str», 0) + 1
    * for k in keys: d[k] = d.get(k, 0) + 1
    * for k in keys: groups.setdefault(len(k), []).append(k)
    * for k in keys: nested.setdefault(k, {})[k] = len(k)
    * for i, k in enumerate(keys): by_pair[i % 2, k] = i / 2
    * del d[«str»]
    * out.append(d.pop(«str»))
    * out.append(d.pop(«str», «int»))
    * out.append(d.pop('zz', None))
    * out.append(d.popitem())
    * out.append(d.setdefault(«str», «int»))
    * d.update({«str»: «int»})
    * d.update(a=«int», zz=5)
    * d.update([(«str», 1), ('q', «int»)])
    * d.update(zip(keys, range(9)))
    * d |= {«str»: «int»}
    * d = d | {'new': «int»}
    * d = {**d, 'last': «int»}
    * d = dict(sorted(d.items()«¦, key=lambda kv: (kv[1], kv[0])¦, key=lambda kv: (-kv[1], kv[0])»))
    * d = {v: k for v, k in zip(keys, range(5))}
    * d = {k: v for k, v in d.items() if v «>¦<¦!=» «int_»}
    * out.append({v: k for k, v in d.items()})
    * d = dict.fromkeys(keys, «int»)
    * d = dict.fromkeys(keys, 0) | d
    * d.clear()
    * e['alias'] = «int»
    * e = d.copy(); e['copy'] = 1
    * out.append((list(d), list(d.values()), list(d.items())))
    * out.append(list(reversed(d)))
    * out.append(«str» in d)
    * out.append(d.get(«str»))
    * out.append(d.get(«str», -1))
    * out.append(d[«str»])
    * out.append(len(d) == len(keys))
    * out.append(d == {«str»: «int»})
    * out.append(sum(d.values()))
    * out.append(max(d, key=lambda k: (d[k], k)))
    * out.append(max(d.items(), key=lambda kv: kv[1]))
    * out.append(sorted(d, key=d.get))
    * out.append(sorted(d.items(), key=lambda kv: kv[1], reverse=True))
    * out.append(sorted(d.keys() & {'a', 'q', 'zz'}))
    * out.append(sorted(d.keys() - set(keys)))
    * out.append(', '.join(f'{k}={v}' for k, v in d.items()))
    * out.append({k: [v, v * 2] for k, v in d.items()})
    * out.append([k for k in d if k])
    * out.append(list(map(d.get, keys)))
    * for k in list(d): d.pop(k) if d[k] % 2 else None
    * for k in d: d[k] *= 2
    * for k, v in d.items(): d[k] = v + 1
    * for k in d: d[k + '_'] = 1
    * out.append({1: 'a', True: 'b', 1.0: 'c', 0: 'z', False: 'y'})
    * out.append(next(iter(d)))
    * out.append(any(v > 2 for v in d.values()) and all(len(k) for k in d))
    * items = iter(d.items()); out.append(next(items, None))
    * first, *others = d; out.append((first, others))
    for item in out:
        print(item)
    return f'{d} {e} {groups} {nested} {by_pair} {d is e}'
> f§(«dict[str, int]_», «list[str]_»)
> f§(«dict[str, int]_», «list[str]_»)
> f§({}, «list[str]_»)
"""

SETS = """
def f§(s: set[int], t: set[int], xs: list[int]) -> str:
    #+ s set[int]
    #+ t set[int]
    #+ xs list[int]
    u = s
    out: list = []
    frozen = frozenset(xs)
    * s.add(«int»)
    * s.discard(«int»)
    * s.remove(«int»)
    * out.append(s.pop() in u) if len(s) == 1 else None
    * s.update(xs, t)
    * s |= t
    * s &= t
    * s -= {«int», 1}
    * s ^= t
    * u |= {100}
    * s = s | t
    * s = s - t
    * s.intersection_update(xs)
    * s.difference_update(xs)
    * s.symmetric_difference_update(xs)
    * s.clear()
    * out.append(s & t)
    * out.append(s | t)
    * out.append(s - t)
    * out.append(s ^ t)
    * out.append(s.union(xs, [«int»]))
    * out.append(s.intersection(xs))
    * out.append(s.difference(xs, t))
    * out.append(s.symmetric_difference(xs))
    * out.append((s <= t, s < t, s >= t, s == t, s != t))
    * out.append((s.issubset(xs), s.issuperset(xs), s.isdisjoint(xs)))
    * out.append(«int» in s)
    * out.append(«int» not in frozen)
    * out.append(sorted(s, reverse=True))
    * out.append((len(s), sum(s), max(s, default=None)))
    * out.append(set(xs) == frozen)
    * out.append(frozen | t)
    * out.append(len({frozen, frozenset(t), frozenset([1])}))
    * out.append({x % 5 for x in xs})
    * out.append({x: len(s) for x in s})
    * out.append({(x, x % 2) for x in xs} == set())
    * out.append(sorted({str(x) for x in xs}))
    * out.append(list(s))
    * out.append([x for x in s if x in t])
    * out.append(set('«hello¦a¦»') == set())
    * out.append(sorted(set('mississippi')))
    * seen = set(); out.append([x for x in xs if not (x in seen or seen.add(x))])
    * out.append(bool(s) and not t)
    for item in out:
        print(item)
    return f'{s} {t} {u} {sorted(frozen)} {u is s}'
> f§(«set[int]_», «set[int]_», «list[int]_»)
> f§(«set[int]_», «set[int]_», «list[int]_»)
> f§(set(), «set[int]_», [])
"""

TUPLES = """
from collections import namedtuple
from typing import NamedTuple
class P§(NamedTuple):
    x: int
    y: int = «int_»
    name: str = 'p'
    def total(self) -> int:
        return self.x + self.y
Q§ = namedtuple('Q§', 'a b')
def minmax§(xs: list[int]) -> tuple[int, int]:
    return min(xs), max(xs)
def f§(t: tuple[int, str], xs: list[int]) -> str:
    #+ t tuple[int, str]
    #+ xs list[int]
    out: list = []
    p = P§(«int», «int»)
    q = Q§(«int», «str»)
    v = tuple(xs)
    * out.append(t[«0¦1¦-1»])
    * out.append((t == «tuple[int, str]», t < «tuple[int, str]»))
    * out.append(t + (1,))
    * out.append(t * 2)
    * out.append(t[::-1])
    * out.append((len(t), t.count(1), t.index(t[1])))
    * out.append(v[«0¦-1¦1:¦::-1¦9»])
    * out.append(v + (1, 2) == (*xs, 1, 2))
    * out.append(sorted(v, reverse=True))
    * out.append((max(v), min(v), sum(v)))
    * out.append(v.index(«int»))
    * out.append(hash(v) == hash(tuple(xs)))
    * out.append(minmax§(xs))
    * out.append(divmod(*minmax§(xs)))
    * out.append({t: 1, (1, 'a'): 2})
    * out.append(sorted([t, (1, 'b'), (1, 'a'), (0, 'z')]))
    * out.append(max([t, (3, 'q')]))
    * out.append([(a, b) for b, a in [t, (2, 'x')]])
    * out.append((p, p.x, p[1], p.total()))
    * out.append(p == (p.x, p.y, 'p'))
    * out.append(p._replace(x=«int»))
    * out.append(p._asdict())
    * out.append([*p])
    * out.append((P§(1), P§(name='n', x=2)))
    * out.append(sorted([P§(3, 1), P§(1, 2), p]))
    * out.append((q, q.a, q[1]))
    * out.append(q._fields)
    * x, y = q; out.append((y, x))
    * x, y, n = p; out.append(f'{x}{y}{n}')
    * out.append(((1, 2), (3, (4, «int»)))[1][1][1])
    * out.append(((), (1,), ((),)))
    * out.append(isinstance(p, tuple) and len(p) == 3)
    for item in out:
        print(item)
    return f'{t} {v}'
> f§(«tuple[int, str]_», «list[int]_»)
> f§(«tuple[int, str]_», «list[int]_»)
"""

LIBRARY = """
from collections import Counter, OrderedDict, defaultdict, deque
from functools import reduce, partial, cmp_to_key
from operator import attrgetter, itemgetter, mul
import bisect
import heapq
import itertools
def cmp§(a: int, b: int) -> int:
    return (a % 3 > b % 3) - (a % 3 < b % 3)
def f§(xs: list[int], word: str) -> str:
    #+ xs list[int]
    #+ word str
    out: list = []
    c = Counter(word)
    dd: defaultdict[int, list[int]] = defaultdict(list)
    tally: dict[str, int] = defaultdict(int)
    q = deque(xs, maxlen=«3¦None¦4»)
    heap: list[int] = []
    for x in xs:
        heapq.heappush(heap, x)
        dd[x % 3].append(x)
    * for ch in word: tally[ch] += 1
    * out.append(c.most_common(«¦2¦1»))
    * out.append(c[«str»])
    * c.update(«str»); out.append(c)
    * c.subtract(«str»); out.append(sorted(c.items()))
    * out.append(c + Counter('abc'))
    * out.append(c - Counter('abc'))
    * out.append(sorted(c.elements()))
    * out.append(sum(c.values()))
    * out.append(dict(dd))
    * out.append(dd[«int»])
    * out.append((len(dd), sorted(dd)))
    * out.append(dict(tally) == dict(c))
    * q.append(«int»); out.append(q)
    * q.appendleft(«int»); out.append(list(q))
    * out.append(q.popleft())
    * q.rotate(«1¦-1¦2»); out.append(list(q))
    * q.extend([1, 2]); out.append((q[0], q[-1], len(q)))
    * out.append([heapq.heappop(heap) for _ in range(len(heap))])
    * out.append(heapq.nlargest(2, xs) + heapq.nsmallest(2, xs, key=lambda v: -v))
    * ys = sorted(xs); bisect.insort(ys, «int»); out.append((ys, bisect.bisect_left(ys, «int»), bisect.bisect(ys, 3)))
    * out.append(list(itertools.chain(xs, [1], range(2))))
    * out.append(list(itertools.accumulate(xs«¦, max¦, lambda a, b: a - b»)))
    * out.append([''.join(p) for p in itertools.permutations(word[:3])])
    * out.append(list(itertools.combinations(xs[:4], 2)))
    * out.append(list(itertools.product('ab', [1, 2])))
    * out.append([(k, list(g)) for k, g in itertools.groupby(sorted(xs, key=lambda v: v % 2), key=lambda v: v % 2)])
    * out.append([(k, len(list(g))) for k, g in itertools.groupby(word)])
    * out.append(list(itertools.takewhile(lambda v: v < 5, xs)) + list(itertools.dropwhile(lambda v: v < 5, xs)))
    * out.append(list(itertools.islice(itertools.count(«int_», «2¦-1»), 4)))
    * out.append(list(itertools.islice(itertools.cycle(word or 'z'), 5)))
    * out.append(list(itertools.zip_longest(xs, word, fillvalue=«0¦None»)))
    * out.append(list(itertools.pairwise(xs)))
    * out.append(list(itertools.starmap(pow, [(2, 3), (3, 2)])))
    * out.append(reduce(lambda a, b: a * 10 + b, xs«¦, 0¦, «int_»»))
    * out.append(reduce(mul, xs, 1))
    * out.append(list(map(partial(max, «int»), xs)))
    * out.append(sorted(xs, key=cmp_to_key(cmp§)))
    * out.append(sorted(zip(xs, word), key=itemgetter(«0¦1»)))
    * od = OrderedDict((x, i) for i, x in enumerate(xs)); od.move_to_end(xs[0]); out.append(list(od.items()))
    for item in out:
        print(item)
    return f'{sorted(tally.items())}'
> f§(«list[int]_», «str_»)
> f§(«list[int]_», «str_»)
"""

SORTING = """
from dataclasses import dataclass
from functools import total_ordering
@dataclass
class R§:
    name: str
    score: float
    tags: list[str]
    level: int = 0
@total_ordering
class V§:
    def __init__(self, major: int, minor: int):
        self.major, self.minor = major, minor
    def __eq__(self, other):
        return (self.major, self.minor) == (other.major, other.minor)
    def __lt__(self, other):
        return (self.major, self.minor) < (other.major, other.minor)
    def __repr__(self):
        return f'v{self.major}.{self.minor}'
def f§(n: int, reverse: bool) -> str:
    #+ n int
    rs = [R§('b', «float_», ['x']), R§('a', «float_», [], «int_»), R§('C', 1.5, ['y', 'x'], «int_»), R§('a', «float_», ['z'], 1)]
    vs = [V§(«int_», 2), V§(1, «int_»), V§(1, 0)]
    * rs.sort(key=lambda r: r.score, reverse=reverse)
    * rs.sort(key=lambda r: (r.name.lower(), -r.level))
    * rs.sort(key=lambda r: len(r.tags))
    * rs = sorted(rs, key=lambda r: (r.level > 0, r.name), reverse=True)
    * print(max(rs, key=lambda r: r.score).name, min(rs, key=lambda r: (len(r.tags), r.name)).name)
    * print([r.name for r in sorted(rs, key=lambda r: (-r.score, r.name))][:n])
    * print(sorted(vs), max(vs), min(vs), vs[0] <= vs[1], vs[0] > vs[2], vs[0] == V§(1, 0))
    * print(sorted(vs, reverse=reverse), sorted(vs, key=lambda v: v.minor))
    * print(sorted({r.name: r.score for r in rs}.items(), key=lambda kv: (kv[1], kv[0])))
    * print(sum(r.score for r in rs if r.level >= «int_»), {r.level for r in rs} >= {0})
    * groups: dict[str, list[R§]] = {}; [groups.setdefault(r.name, []).append(r) for r in rs]; print({k: [r.level for r in v] for k, v in groups.items()})
    * print(sorted([[3, 1], [2], [2, 0], []]), sorted(['b', 'B', 'a', 'ä', 'Z', '']), sorted([True, 0, 2, -1.5]))
    * print(sorted('a1B2', key=lambda c: (c.isdigit(), c.lower())), sorted([(1, 'b'), (1, 'a')], key=lambda p: p[0]))
    * print([i for i, r in sorted(enumerate(rs), key=lambda p: p[1].name)])
    * print(rs[0] == R§('b', 1.0, ['x']), rs[0] in rs, rs.index(rs[1]))
    return f'{[r.name for r in rs]} {rs[0]} {vs}'
> f§(«int_», «True¦False»)
> f§(«int_», «True¦False»)
"""

COMPREHENSIONS = """
def f§(xs: list[int], words: list[str], n: int) -> str:
    #+ xs list[int]
    #+ words list[str]
    #+ n int
    x = 'kept'
    table = {w: [len(w), i] for i, w in enumerate(words)}
    out: list = []
    * out.append([x for x in xs if x % 2 == 0 if x > «int_»])
    * out.append([«int» for _ in range(3)])
    * out.append([(i, j) for i in range(3) for j in range(i) if i + j != n])
    * out.append({i: {j: i * j for j in range(2)} for i in range(2)})
    * out.append({w[:1] for w in words} == {'a'})
    * out.append([y for x in xs if (y := x * 2) > 3])
    * out.append([w.upper() if w.islower() else w.lower() for w in words])
    * out.append([f(«2¦3») for f in [lambda v: v + 1, lambda v: v * n]])
    * out.append([a + b for a, b in zip(xs, xs[1:])])
    * out.append([v for vs in table.values() for v in vs])
    * out.append(dict((w, len(w)) for w in words))
    * out.append(tuple(x + 1 for x in xs))
    * out.append(sum(x * y for x, y in enumerate(xs)))
    * out.append(max((len(w) for w in words), default=0))
    * out.append(' '.join(str(x) for x in xs if x))
    * out.append(any(w.startswith('a') for w in words) or all(x > 0 for x in xs))
    * out.append([[c for c in w if c not in 'aeiou'] for w in words])
    * out.append(sorted({len(w): w for w in words}.items()))
    * out.append([*(x for x in xs), *{1: 2}])
    * out.append(len([1 for w in words for c in w if c.isalpha()]))
    * out.append([x if x > 0 else -x for x in xs][::-1])
    * out.append([[row[i] for row in [[1, 2], [3, 4]]] for i in range(2)])
    * out.append(next((i for i, x in enumerate(xs) if x == n), -1))
    * out.append([(x, w) for x in xs[:2] for w in words[:2] if str(x) not in w])
    * out.append(list(zip(*[(1, 'a'), (2, 'b')])))
    * out.append(min([[x, n] for x in xs], key=lambda p: p[0] % 5))
    * gen = (x * x for x in xs); out.append((next(gen, None), list(gen), list(gen)))
    * fs = [lambda: i for i in range(3)]; out.append([f() for f in fs])
    for item in out:
        print(item)
    return f'{x} {table}'
> f§(«list[int]_», «list[str]_», «int_»)
> f§([], «list[str]_», «int_»)
"""

SHAPES = [LISTS, LISTS, DICTS, DICTS, SETS, TUPLES, LIBRARY, LIBRARY, SORTING, COMPREHENSIONS]
