from __future__ import annotations
import types
from types import TracebackType
from typing import Optional, Type
class Timer:
    def __init__(self, name: str) -> None:
        self.name = name
    def __enter__(self) -> "Timer":
        print("enter", self.name)
        return self
    def __exit__(self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], tb: Optional[TracebackType]) -> Optional[bool]:
        print("exit", exc_type is None, exc)
        return exc_type is ValueError
class Other:
    def __enter__(self): return self
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: types.TracebackType | None) -> bool:
        print("other", tb is None)
        return False
def find(k: int) -> "int | None":
    return k if k > 1 else None
def text(k: "str | int") -> "list[str]":
    return [str(k)]
with Timer("a") as t:
    print(t.name)
with Timer("b"):
    raise ValueError("x")
with Other():
    pass
print(find(1), find(2), text(3), text("a"))
