from itertools import islice, chain, count, takewhile, dropwhile, tee, starmap, accumulate, groupby, zip_longest, filterfalse, compress, repeat, product, pairwise
from typing import Any
class Pipe:
    def __init__(self, src: Any) -> None:
        self.src = src
        self.seen = []
    def map(self, f):
        return Pipe(map(f, self.src))
    def filter(self, f):
        return Pipe(filter(f, self.src))
    def take(self, n):
        return Pipe(islice(self.src, n))
    def run(self):
        return list(self.src)
def src():
    i = 0
    while True:
        print("s", i)
        yield i
        i += 1
print(Pipe(src()).map(lambda x: x * x).filter(lambda x: x % 2).take(2).run())
print(Pipe(count()).map(lambda x: x * x).filter(lambda x: x % 2).take(2).run())
def by_name(name: str):
    table = {"islice": lambda s: islice(s, 2), "take": lambda s: takewhile(lambda v: v < 2, s), "drop": lambda s: islice(dropwhile(lambda v: v < 2, s), 2)}
    return table[name]
for n in ("islice", "take", "drop"):
    print(n, list(by_name(n)(src())))
a, b = tee(src())
print(next(a), next(a), next(b))
acc = accumulate(src())
print(next(acc), next(acc), next(acc))
sm = starmap(pow, zip(src(), repeat(2)))
print(next(sm), next(sm))
ff = filterfalse(lambda v: v % 2 == 0, src())
print(next(ff))
cp = compress(src(), [1, 0, 1])
print(list(cp))
pw = pairwise(src())
print(next(pw))
for k, g in groupby(islice(src(), 5), key=lambda v: v // 2):
    print(k, list(g))
x: Any = islice(src(), 3)
print(next(x))
y = x
print(next(y), list(x))
z: Any = chain([1], src())
print(next(z)); print(next(z)); print(next(z))
stages: list[Any] = []
cur: Any = src()
for k in range(3):
    cur = map(lambda v, k=k: v + k, cur)
    stages.append(cur)
print(next(stages[-1]), next(stages[0]))
