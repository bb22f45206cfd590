from typing import Union, Iterator
class Buf:
    """A ring."""
    def __init__(self, text: str, data: bytes, pair: tuple):
        self.text, self.data, self.pair = text, data, pair
    def __getitem__(self, key: Union[int, slice]):
        if isinstance(key, int):
            if key < 0:
                key += len(self.text)
            return self.text[key], self.data[key], self.pair[key]
        return self.text[key], self.data[key], self.pair[key]
    def __len__(self) -> int:
        return len(self.text)
b = Buf("hello", b"world", (1, 2, 3, 4, 5))
print(b[1], b[-1], b[1:3], b[::2], len(b))
class Poly:
    def __init__(self, *coeffs: float) -> None:
        self.coeffs = list(coeffs)
    def __getitem__(self, i):
        if isinstance(i, slice):
            start, stop, step = i.indices(len(self.coeffs))
            return [self.coeffs[j] for j in range(start, stop, step)]
        try:
            return self.coeffs[i]
        except IndexError:
            return 0.0
    def __setitem__(self, i, v):
        self.coeffs[i] = v
    def __delitem__(self, i):
        del self.coeffs[i]
p = Poly(1.0, 2.5, 3.0)
p[1] = 9.5
print(p[0], p[1:], p[10], p[-1])
del p[0]
print(p[0], p[:])
print(Buf.__doc__, Poly.__doc__, b.__doc__)
class Seq:
    def __init__(self, items):
        self._items = list(items)
    def __getitem__(self, index):
        if isinstance(index, slice):
            return Seq(self._items[index])
        return self._items[index]
    def __repr__(self):
        return f"Seq({self._items})"
s = Seq([1, 2, 3])
print(s[0], s[0:2], s[-1])
class Seq2:
    def __init__(self, items):
        self._items = list(items)
    def __getitem__(self, index):
        return self._items[index]
    def __len__(self):
        return len(self._items)
s2 = Seq2([1, 2, 3])
print(s2[0], s2[0:2], s2[-1], s2[::-1], s2[1:])
class Seq3:
    def __init__(self, items: list[int]) -> None:
        self._items = items
    def __getitem__(self, index: int | slice) -> "int | list[int]":
        return self._items[index]
s3 = Seq3([1, 2, 3])
print(s3[0], s3[0:2], s3[-1], s3[::-1])
