"""Sorting by an order that is not total asks as CPython asks."""
nan = float("nan")
for xs in ([1.005, nan, 0.0, 1.5], [nan, 3.0, 1.0], [3.0, nan, 2.0, 1.0, nan, 0.5], [2.0, 1.0, nan, 0.0]):
    print(sorted(xs), sorted(xs, reverse=True))
    ys = list(xs)
    ys.sort(key=lambda v: -v)
    print(ys)
    print(sorted(xs, key=lambda v: (v, 1)))
class V:
    calls = 0
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        V.calls += 1
        return self.n < other.n
    def __repr__(self):
        return f"V{self.n}"
print(sorted([V(3), V(1), V(2), V(5), V(4)]), V.calls)
print(sorted([V(n) for n in (1, 2, 3, 4)], reverse=True), V.calls)
log = []
from functools import cmp_to_key
def compare(a, b):
    log.append((a, b))
    return a - b
print(sorted([5, 2, 9, 1], key=cmp_to_key(compare)), log)
sets = [{1, 2}, {1}, {3}, {1, 2, 3}, set()]
print(sorted(sets))
print(sorted(sets, reverse=True))
