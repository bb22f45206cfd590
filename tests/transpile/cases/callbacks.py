"""Functions where Callable[..., None] is annotated give something all the same; defaults of lambdas by keyword."""
import re
import string
from bisect import bisect_right
from typing import Any, Callable, Dict, List, Optional


class Bus:
    def __init__(self) -> None:
        self.handlers: Dict[str, List[Callable[[str], None]]] = {}

    def on(self, name: str, handler: Callable[[str], None]) -> None:
        self.handlers.setdefault(name, []).append(handler)

    def emit(self, name: str, text: str) -> None:
        for handler in self.handlers.get(name, []):
            handler(text)


class Queue:
    def __init__(self) -> None:
        self.items: List[Any] = []

    def add(self, at: float, action: Callable[..., None], *args: Any) -> None:
        self.items.append((at, action, args))

    def run(self) -> None:
        for at, action, args in sorted(self.items, key=lambda item: item[0]):
            result = action(*args)
            print(at, result)


def half(x: int) -> float:
    return x / 2


class Desk:
    def cmd_pay(self, name: str, amount: Optional[str] = None) -> str:
        return f"{name} pays {'all' if amount is None else int(amount)}"

    def dispatch(self, line: str) -> str:
        verb, *args = line.split()
        handler = getattr(self, f"cmd_{verb}", None)
        return "unknown" if handler is None else handler(*args)


class Loose(string.Template):
    delimiter = "%"
    idpattern = "[a-z][a-z0-9_]*"


FILTERS = {
    "fixed": lambda v, n="2": "%.*f" % (int(n), v),
    "up": lambda v: str(v).upper(),
}


def replace(found: re.Match) -> Optional[str]:
    return found.group(1) if found.group(1) != "x" else None


def grade(score: Any, steps=(60, 70, 80, 90), grades="FDCBA") -> str:
    return grades[bisect_right(steps, score)]


log: List[str] = []
bus = Bus()
bus.on("a", log.append)
bus.on("a", lambda text: len(text))
bus.on("a", print)
bus.emit("a", "hey")
print(log)
queue = Queue()
queue.add(2.0, half, 3)
queue.add(1.0, print, "now", "here")
queue.run()
desk = Desk()
print(desk.dispatch("pay ann 10"), desk.dispatch("pay ann"), desk.dispatch("x"))
print(FILTERS["fixed"](1.5), FILTERS["fixed"](1.5, "3"), FILTERS["up"]("abc"))
print(re.sub(r"<(\w)>", replace, "a<b>c<x>d"))
print([grade(score) for score in (55, 60, 79.5, 100)])
print(Loose("%who likes %{what} 100%% %no").safe_substitute({"who": "ann"}, what="tea"))
try:
    Loose("%missing").substitute({})
except KeyError as error:
    print("no", error)
try:
    Loose("a\nb % c").substitute({})
except ValueError as error:
    print(error)
numbers = [3, 1, 2]
numbers.__setitem__(slice(None), [sum(numbers)])
print(numbers, numbers.__len__(), (4).__add__(5), "abc".__contains__("b"), [1, 2].__getitem__(1))
