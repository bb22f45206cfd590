from typing import Any, ClassVar
class Shape:
    name = "shape"
    sides = 0
    def area(self): return 0
class Sq(Shape):
    name = "sq"
    sides = 4
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
class Ci(Shape):
    name = "ci"
    color: ClassVar[str] = "red"
    def __init__(self, r): self.r = r
items: list[Any] = [Sq(2), Ci(3), Shape(), "x"]
for it in items:
    if isinstance(it, Shape):
        print(it.name, it.sides, it.area())
    else:
        print(it)
def show(x):
    return f"{x.name}:{x.sides}"
print([show(i) for i in items[:3]])
try:
    print(items[1].color, items[0].color)
except AttributeError as e:
    print(e)
import struct
from enum import IntEnum
class K(IntEnum):
    A = 1
    B = 2
print(struct.pack(">BH", K.B, K.A), struct.pack("<I", K.A).hex())
