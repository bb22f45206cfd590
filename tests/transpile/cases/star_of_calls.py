from typing import NamedTuple, Optional
class P(NamedTuple):
    x: int
    y: int
class Acc:
    def __init__(self, base: int = 0) -> None:
        self.base = base
        self.calls = 0
    def pair(self) -> tuple[int, str]:
        self.calls += 1
        return self.base + self.calls, "n" * self.calls
    def show(self, n: int, text: str, end: str = "!") -> str:
        return f"{n}:{text}{end}"
    @staticmethod
    def fixed(n: int, text: str) -> str:
        return f"<{n}|{text}>"
    @classmethod
    def make(cls, n: int, text: str) -> "Acc":
        return cls(n + len(text))
def stamp(x: int, y: int) -> P:
    print("stamp", x, y)
    return P(x, y)
def add(x: int, y: int, z: int = 0) -> int:
    return x + y + z
def two(flag: bool) -> tuple[int, Optional[str]]:
    print("two", flag)
    return (1, None) if flag else (2, "b")
def opt(n: int, s: Optional[str]) -> str:
    return f"{n} {s or '-'}"
def gen(n: int, s: Optional[str]):
    for i in range(n):
        yield f"{i}{s}"
def lst() -> list[int]:
    print("lst")
    return [1, 2]
def outer(k: int) -> int:
    def inner(a: int, b: int) -> int:
        return a * k + b
    return inner(*stamp(k, 1)) + inner(*(k, 2))
def main() -> None:
    a = Acc(10)
    print(a.show(*a.pair()))
    print(a.show(*a.pair(), end="?"))
    print(Acc.fixed(*a.pair()), Acc.make(*a.pair()).base, a.calls)
    print(add(*stamp(1, 2)), add(*stamp(3, 4), 5), add(7, *stamp(5, 6)))
    print(opt(*two(True)), opt(*two(False)), list(gen(*two(False))))
    print(outer(3))
    print([add(*stamp(i, i)) for i in range(2)])
    print(add(*stamp(*stamp(8, 9))))
    if a.calls > 100 and add(*stamp(0, 0)):
        print("no")
    x, y = stamp(*divmod(17, 5))
    print(x, y)
    print(add(add(1, 1), *stamp(2, 2)))
main()
