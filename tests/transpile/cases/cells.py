"""Linked cells made of tuples: types that hold themselves without end."""
from typing import Optional


class Linked:
    def __init__(self, items: list[int]):
        self.head: Optional[tuple] = None
        for item in reversed(items):
            self.head = (item, self.head)

    def __iter__(self):
        cell = self.head
        while cell is not None:
            yield cell[0]
            cell = cell[1]


def cons(items):
    cell = None
    for item in items:
        cell = (item, cell)
    return cell


def main() -> None:
    print(list(Linked([1, 2, 3])), sum(Linked([4, 5])), Linked([]).head)
    cell = cons("abc")
    while cell:
        value, cell = cell
        print(value, cell)


main()
