"""Classes, pattern matching and closures."""
import math
from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...

    def __lt__(self, other):
        return self.area() < other.area()


class Circle(Shape):
    __match_args__ = ("radius",)

    def __init__(self, radius):
        self.radius = radius

    def area(self):
        return math.pi * self.radius ** 2


class Box(Shape):
    __match_args__ = ("width", "height")

    def __init__(self, width, height):
        self.width, self.height = width, height

    def area(self):
        return self.width * self.height


def describe(shape):
    match shape:
        case Circle(radius):
            return f"circle of radius {radius}"
        case Box(w, h) if w == h:
            return f"square of {w}"
        case Box(w, h):
            return f"box of {w} by {h}"
    return "something else"


def counter():
    n = 0

    def count():
        nonlocal n
        n += 1
        return n
    return count


number = counter()
for shape in sorted([Box(3, 4), Circle(1.5), Box(2, 2)]):
    print(number(), describe(shape), round(shape.area(), 2))
