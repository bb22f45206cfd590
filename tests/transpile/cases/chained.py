"""itertools.chain: lists, texts, generators, views; one after another, each asked when its turn comes."""
from itertools import chain, count, islice


def gen(n):
    for i in range(n):
        print("g", i)
        yield i


d = {"a": [1], "b": [2, 3]}
print(list(chain(range(3), [5])))
print(list(chain("ab", ["c"])))
print(list(chain([1, 2], (3, 4), {5})))
print(list(chain.from_iterable(d.values())), list(chain(*d.values())), sorted(chain.from_iterable(["ab", "c"])))
print(list(chain.from_iterable([x, x * 2] for x in range(3))))
for x in chain([9], gen(2)):
    print(x)
print(list(islice(chain([7], count(5)), 4)))
print(sum(chain([1], (y for y in [2, 3]))), dict(chain(d.items(), {"z": [0]}.items())))
it = chain([1], [2])
print(next(it), list(it))
