"""Keys and pairs that are Values or lists, precedence of tests, properties, next with a default, data classes inside data."""
import json
from dataclasses import asdict, astuple, dataclass, field


class Account:
    def __init__(self) -> None:
        self.__balance = 1

    @property
    def balance(self) -> int:
        return self.__balance

    @property
    def note(self) -> str:
        return self._note

    @note.setter
    def note(self, text: str) -> None:
        self._note = text

    @note.deleter
    def note(self) -> None:
        self._note = "gone"


class Countdown:
    def __init__(self, n: int) -> None:
        self.n = n

    def __iter__(self) -> "Countdown":
        return self

    def __next__(self) -> int:
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


@dataclass
class Item:
    name: str
    price: float = 0.5


@dataclass
class Cart:
    items: list[Item] = field(default_factory=list)
    first: Item | None = None


class Metres:
    def __init__(self, n: int) -> None:
        self.n = n

    def __add__(self, other: "Metres | int") -> "Metres":
        return Metres(self.n + (other if isinstance(other, int) else other.n))

    __radd__ = __add__


def total(values: list) -> float:
    out = 0
    for v in values:
        if isinstance(v, (int, float)) and not isinstance(v, bool):
            out += v
    return out


def look(table: dict[str, int], keys: list) -> None:
    for key in keys:
        print(table.get(key), table.get(key, -1), key in table)
        try:
            print(table[key])
        except KeyError as e:
            print("KeyError", e)


def pairs() -> None:
    d = dict(p.split("=", 1) for p in ["a=1", "b=2=3"])
    print(d)
    d.update(p.split(":") for p in ["c:4"])
    print(d, dict([(1, "x"), (2, "y")]), dict([["k", "v"]]))
    try:
        dict(p.split("=") for p in ["a=1", "b"])
    except ValueError as e:
        print(e)
    firsts, seconds = zip(*[("a", 1), ("b", 2)])
    print(list(firsts), list(seconds), list(zip(*[[1, 2], [3, 4]])))


def main() -> None:
    print(total([1, 2.5, "x", True, 4]))
    look({"a": 1, "b": 2}, json.loads('["a", "zz", 1, 1.5, null]'))
    pairs()
    account = Account()
    account.note = "hi"
    del account.note
    print(account.note)
    try:
        account.balance = 5
    except AttributeError as e:
        print(e)
    countdown = Countdown(2)
    print(list(countdown), next(countdown, "empty"), next(Countdown(1), None))
    cart = Cart([Item("a"), Item("b", 2.0)], Item("c"))
    print(asdict(cart), json.dumps(asdict(cart)))
    print(astuple(cart))
    print((Metres(1) + Metres(2)).n, sum([Metres(3), Metres(4)]).n)


main()
