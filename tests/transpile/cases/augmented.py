"""Augmented assignments change in place what can be changed, evaluate their target once, and the value before the target."""
from collections import deque
from typing import Any


class V:
    def __init__(self, x: int) -> None:
        self.x = x
        self.xs = [1, 2]
        self.s = {1, 2, 3}
    def __add__(self, o: 'V') -> 'V':
        return V(self.x + o.x)
    def __iadd__(self, o: 'V') -> 'V':
        self.x += o.x * 10
        return self

def o(v: V) -> V:
    print('o')
    return v

def k(n: int) -> int:
    print('k', n)
    return n

def main() -> None:
    a = V(1)
    c = a
    a += V(2)
    print(a.x, c.x, a is c)
    o(a).x += k(1)
    o(a).x = k(1)
    o(a).xs[k(0)] += k(5)
    s = {1, 2, 3}
    t = s
    s -= {1}
    s &= {2, 3, 4}
    s ^= {9, 2}
    print(s, t)
    xs = [1]
    ys = xs
    xs *= 2
    print(xs, ys)
    a.xs *= 2
    a.s -= {1}
    a.s |= {7}
    print(c.xs, c.s)
    d = {1: 2}
    d[k(1)] = k(2)
    rows = [[1], [2]]
    rows[k(0)] *= k(2)
    rows[0] += (3, 4)
    xs[k(0):k(1)] = [k(3)]
    m: dict[str, set[int]] = {'a': {1, 2}}
    al = m['a']
    m['a'] -= {1}
    m['a'] |= {5}
    print(rows, xs, d, m, al)
    q: Any = [1]
    r = q
    q += [2]
    print(q, r)
    q *= 2
    n: Any = {1, 2}
    m2 = n
    n -= {1}
    n |= {7}
    print(q, r, n, m2)
    xs[1:] += [5]
    print(xs)
    queue = deque([1])
    other = queue
    queue += [2, 3]
    print(other, queue)
    text = '%s-%d'
    text %= ('a', 5)
    print(text)
    mixed: Any = 1
    try:
        mixed += 'a'
    except TypeError as e:
        print(e)
    try:
        mixed -= 'x'
    except TypeError as e:
        print(e)


if __name__ == '__main__':
    main()
