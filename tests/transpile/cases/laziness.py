"""zip, map and filter ask for one item at a time; what only a type decides is evaluated all the same."""
from typing import Iterator, Optional


def naturals(start: int = 0) -> Iterator[int]:
    print("start", end=" ")
    n = start
    while True:
        print("make", n, end=" ")
        yield n
        n += 1


def count(n: int) -> Iterator[int]:
    for i in range(n):
        yield i
    print("stop", end=" ")


def loud(x: int) -> int:
    print("loud", x, end=" ")
    return x * 2


def odd(x: int) -> bool:
    print("odd", x, end=" ")
    return x % 2 == 1


def nothing(word: str) -> None:
    print(word, end=" ")


class Gate:
    def __init__(self, size: float) -> None:
        print("gate", end=" ")
        self.size = size

    def __len__(self) -> int:
        return int(self.size)


def whole(row: list[int]) -> str:
    for cell in row:
        if cell == 2:
            break
    else:
        return "whole"
    return "cut"


def rows(table: list[list[int]]) -> list[int]:
    kept = []
    for row in table:
        for cell in row:
            if cell == 2:
                break
        else:
            kept.append(len(row))
            continue
        kept.append(-1)
    return kept


def main() -> None:
    for a, b in zip("xyz", naturals()):
        print(a, b)
    for a, b, c in zip(count(5), naturals(7), [1, 2]):
        print(a, b, c)
    for x in map(loud, [1, 2]):
        print("got", x)
    for x in filter(odd, [1, 2, 3]):
        print("kept", x)
    for x in map(loud, naturals()):
        if x > 3:
            break
        print("next", x)
    for x in map(lambda a, b: a * b, count(3), naturals(10)):
        print("product", x)
    total = 0
    for n in map(int, ["1", "2"]):
        total += n
        print(n, total)
    try:
        for n in map(int, ["5", "x", "6"]):
            print("before", n)
    except ValueError as e:
        print(e)
    print([x for x in filter(None, count(3))], dict(zip(count(2), "ab")))
    print(nothing("or") or 5, nothing("none") is None, [nothing("all") or v for v in (1, 2)])
    if nothing("if"):
        print("never")
    if not nothing("not"):
        print("shown")
    if (seen := whole([1, 3])) is not None:
        print(seen)
    print(isinstance(whole([2]), str), bool(Gate(0.5)), bool(Gate(2.5)))
    print(rows([[1, 2], [3], []]))
    found: Optional[int] = next((x for x in map(loud, [3, 4, 5]) if x > 7), None)
    print(found)


if __name__ == "__main__":
    main()
