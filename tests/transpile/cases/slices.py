"""Slices as objects: what __getitem__ is given, slices by name, range(*parts)."""
from typing import Any, List, Union


class Ring:
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        if i < 0:
            i += len(self)
        if not 0 <= i < len(self):
            raise IndexError("ring index out of range")
        return self.items[i]


class Typed:
    def __init__(self, data: List[int]) -> None:
        self.data = data

    def __getitem__(self, key: Union[int, slice]) -> Any:
        if isinstance(key, slice):
            return Typed(self.data[key])
        return self.data[key]

    def __repr__(self) -> str:
        return f"Typed({self.data})"


def main():
    ring = Ring(1, 2, 3, 4, 5)
    print(ring[0], ring[-1], ring[1:3], ring[::-1], ring[-2:], ring[:], ring[4:0:-2])
    try:
        print(ring[9])
    except IndexError as e:
        print(e)
    t = Typed([5, 6, 7, 8])
    print(t[1], t[1:], t[::2], t[-3:-1])
    head, middle = slice(2), slice(1, None, 2)
    print("abcdef"[head], [1, 2, 3, 4][middle], (1, 2, 3)[slice(-2, None)], middle, middle.start, middle.stop, middle.step)
    columns = {"name": slice(0, 5), "age": slice(5, 8)}
    for line in ("Ann    31", "Bob     7"):
        print({k: line[v].strip() for k, v in columns.items()})
    bounds = (2, 11, 4)
    print(list(range(*bounds)), list(range(*[3])), [x for x in range(*bounds[:2])], slice(1, 9, 3).indices(5))


main()
