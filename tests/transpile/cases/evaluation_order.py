"""What is evaluated when: keywords as written, the left side of `in` first, values before targets."""


def k(tag: str, n: int) -> int:
    print(tag, end=" ")
    return n


def g(a: int, b: int = 2, *rest: int, c: int = 3) -> int:
    return a * 100 + b * 10 + c + sum(rest)


class Box:
    def __init__(self, n: int, step: int = 1) -> None:
        self.n = n
        self.step = step

    def move(self, x: int, y: int = 0) -> int:
        return self.n + x * 10 + y


def main() -> None:
    print(g(c=k("c", 1), a=k("a", 2)))
    print(g(k("a", 1), c=k("c", 5), b=k("b", 2)))
    print(g(k("a", 1), k("b", 2), k("r", 3), c=k("c", 5)))
    box = Box(step=k("step", 2), n=k("n", 1))
    print(box.move(y=k("y", 1), x=k("x", 2)), box.n, box.step)
    print(k("x", 1) in [k("a", 1), k("b", 2)], k("y", 3) not in (k("c", 3),), k("z", 1) in {k("d", 2): 1})
    d = {1: 2}
    d[k("key", 3)] = k("value", 4)
    xs = [1, 2, 3]
    xs[k("i", 0)], d[k("j", 1)] = k("p", 3), k("q", 4)
    xs[k("from", 0):k("to", 1)] = [k("v", 8), k("w", 9)]
    Box(k("n", 5)).n = k("v", 6)
    print(d, xs)
    print(pow(3, -1, 7), pow(2**80, -1, 97), pow(4, -1, -5))
    s = {0, 7, 100}
    print(s.union(xs, [2000]), s.intersection([100, 0]), s.difference([7, 9]))
    s.intersection_update([100, 0, 5])
    print(s)


if __name__ == "__main__":
    main()
