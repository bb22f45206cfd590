"""Trees made and counted: allocation of objects, Optional fields, recursion."""
from __future__ import annotations

from typing import Optional


class Node:
    def __init__(self, left: Optional[Node], right: Optional[Node]):
        self.left = left
        self.right = right

    def check(self) -> int:
        if self.left is None or self.right is None:
            return 1
        return 1 + self.left.check() + self.right.check()


def make(depth: int) -> Node:
    if depth == 0:
        return Node(None, None)
    return Node(make(depth - 1), make(depth - 1))


def main() -> None:
    low, high = 4, 14
    print("stretch tree of depth", high + 1, "check:", make(high + 1).check())
    long_lived = make(high)
    for depth in range(low, high + 1, 4):
        rounds = 1 << (high - depth + low)
        total = 0
        for _ in range(rounds):
            total += make(depth).check()
        print(f"{rounds}\t trees of depth {depth}\t check: {total}")
    print("long lived tree of depth", high, "check:", long_lived.check())


if __name__ == "__main__":
    main()
