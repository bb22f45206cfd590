"""Classes: inheritance, properties, dunder methods, dataclasses, enums, exceptions."""
from dataclasses import dataclass, field
from enum import Enum


class Shape:
    count = 0

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    def area(self):
        raise NotImplementedError

    def __str__(self):
        return f"{self.name}: {self.area():.2f}"


class Circle(Shape):
    def __init__(self, r):
        super().__init__("circle")
        self.r = r

    def area(self):
        return 3.14159 * self.r ** 2


class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self._side = side

    @property
    def side(self):
        return self._side

    @side.setter
    def side(self, value):
        if value < 0:
            raise ValueError("negative")
        self._side = value

    def area(self):
        return float(self._side * self._side)


class Color(Enum):
    RED = 1
    GREEN = 2


@dataclass(order=True)
class Item:
    name: str
    price: float = 1.5
    tags: list[str] = field(default_factory=list)


class ShopError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"


for shape in [Circle(2), Square(3)]:
    print(shape, isinstance(shape, Circle), isinstance(shape, Shape))
square = Square(4)
square.side = 5
print(square.side, Shape.count)
try:
    square.side = -1
except ValueError as error:
    print("error:", error)
print(Color.RED, Color(2).name, [c.value for c in Color], Color.RED == Color.GREEN)
item = Item("pen")
item.tags.append("new")
print(item, Item("pen", 1.5, ["new"]) == item, Item("a") < Item("b"))
try:
    raise ShopError(7, "closed")
except ShopError as error:
    print(error, error.code)
print(Vector(1, 2) + Vector(3, 4), Vector(1, 2) == Vector(1, 2))
