"""Closures, nonlocal, late binding, generators."""


def counter():
    n = 0

    def step(by):
        nonlocal n
        n += by
        return n

    return step


def evens(limit):
    i = 0
    while i < limit:
        yield i
        i += 2


def chain(*parts):
    for part in parts:
        yield from part


step = counter()
print(step(1), step(5), step(1))
fs = [lambda x, k=k: x * k for k in range(3)]
print([f(10) for f in fs])
print(list(evens(7)), sum(evens(10)), list(chain([1, 2], [3])))
it = iter([1, 2, 3])
print(next(it), next(it), next(it), next(it, None))
squares = (x * x for x in range(4))
print(next(squares), list(squares))
words = ["pear", "fig", "apple"]
print(sorted(words, key=lambda w: (len(w), w)), max(words, key=len))
