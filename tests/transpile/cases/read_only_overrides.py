"""A subclass whose property only reads has no setter, also where the object is known by the class above."""


class Shape:
    def __init__(self, n: int) -> None:
        self._n = n

    @property
    def n(self) -> int:
        return self._n

    @n.setter
    def n(self, value: int) -> None:
        self._n = value

    def set_n(self, value: int) -> str:
        self.n = value * 2
        return f"set {self.n}"


class Fixed(Shape):
    @property
    def n(self) -> int:
        return 50


class Loud(Shape):
    pass


shapes: list[Shape] = [Shape(1), Fixed(2), Loud(3)]
for shape in shapes:
    try:
        shape.n = 7
        print(type(shape).__name__, shape.n, shape.set_n(4))
    except AttributeError as e:
        print("error:", e)
try:
    Fixed(1).set_n(3)
except AttributeError as e:
    print(e)
