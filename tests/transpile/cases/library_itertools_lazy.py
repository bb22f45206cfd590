import itertools
from itertools import islice, chain, count, cycle, takewhile
from typing import Any, Iterator, Iterable, Callable

def source(n: int) -> Iterator[int]:
    for i in range(n):
        print("make", i)
        yield i

def head(it: Iterable[Any], n: int) -> Iterator[Any]:
    return islice(it, n)

def compose(*stages):
    def run(data):
        for s in stages:
            data = s(data)
        return data
    return run

it = iter(range(10))
print(list(islice(it, 3)), list(islice(it, 2)), next(it))
c = count(5)
print(next(c), next(c), [x for x in islice(c, 3)], next(c))
cy = cycle("abc")
print([next(cy) for _ in range(5)], list(islice(cy, 4)))
tw = takewhile(lambda v: v < 3, source(6))
print(next(tw))
print(list(tw))
m = map(lambda v: v * 2, source(4))
print("before")
print(next(m))
for v in m:
    print("got", v)
    break
print(list(m))
f = filter(None, source(5))
print(next(f))
print(sum(f))
z = zip(source(3), "abc")
print(next(z))
print(list(z))
stages = [lambda d: (x + 1 for x in d), lambda d: filter(lambda v: v % 2 == 0, d), lambda d: islice(d, 2)]
p = compose(*stages)
for v in p(source(20)):
    print("out", v)
ch = chain(source(2), source(2))
print(next(ch)); print(next(ch)); print(next(ch))
pipeline: list[Any] = [source(3), map(str, source(2))]
for s in pipeline:
    for v in s:
        print("p", v)
def reader(lines: Any) -> int:
    n = 0
    for l in lines:
        n += 1
        if n == 2:
            break
    return n
g = (l for l in ["a", "b", "c", "d"])
print(reader(g), list(g))
e = enumerate(source(3), 1)
print(next(e)); print(list(e))
it = iter([1, 2, 3, 4, 5, 6, 7])
print(list(zip(it, it)), list(it))
pairs = zip(*[iter([1, 2, 3, 4])] * 2)
print(list(pairs))
r = reversed([1, 2, 3]); print(next(r), list(r))
