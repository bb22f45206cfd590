from typing import Protocol, runtime_checkable, Any, List
@runtime_checkable
class Drawable(Protocol):
    def draw(self) -> str: ...
@runtime_checkable
class Sized2(Protocol):
    size: int
    def area(self) -> float: ...
class Circle:
    def draw(self) -> str: return "circle"
class Sq:
    def __init__(self, n: int): self.size = n
    def draw(self) -> str: return f"sq{self.size}"
    def area(self) -> float: return self.size ** 2
class Plain:
    def __repr__(self): return "Plain()"
things: List[Any] = [Circle(), Sq(3), Plain(), 5, "x", [1], None, {"draw": 1}]
for t in things:
    print(hasattr(t, "draw"), callable(t), callable(getattr(t, "draw", None)))
    fn = getattr(t, "draw", None)
    if fn is not None:
        print(fn())
    if hasattr(t, "size"):
        print("size", t.size, getattr(t, "size"))
def call_by(o: Any, name: str, *args):
    m = getattr(o, name, None)
    if m is None or not callable(m):
        return "no " + name
    return m(*args)
print(call_by(Sq(2), "draw"), call_by(Sq(2), "size"), call_by(5, "bit_length"), call_by("abc", "upper"), call_by([3,1], "index", 1), call_by({"a": 1}, "get", "a"), call_by(5, "nope"))
print(callable(len), callable(Circle), callable(lambda: 1), callable(3), hasattr("x", "upper"), hasattr([], "append"), hasattr(things[1], "area"))
