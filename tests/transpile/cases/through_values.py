# What programs do with values whose types only the run knows.
import csv
import dataclasses
import hashlib
import io
import itertools
import json
import sys
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import wraps


class Status(str, Enum):
    NEW = "new"
    DONE = "done"


@dataclass
class Job:
    name: str
    size: int = 1
    status: Status = Status.NEW


class Game:
    def __init__(self):
        self.turns = 0
        self.verbs = {name[3:]: getattr(self, name) for name in dir(self) if name.startswith("do_")}

    def do_look(self):
        """Look around."""
        self.turns += 1
        return "a room"

    def do_wait(self):
        self.turns += 1
        return "time passes"


class Request:
    def __init__(self, query):
        self.query = query

    def arg(self, name, cast=str, default=None):
        return cast(self.query[name]) if name in self.query else default


STAGES = {}


def stage(fn):
    STAGES[fn.__name__] = fn
    return fn


@stage
def grep(word):
    """Lines with a word."""

    def run(lines):
        for line in lines:
            if word in line:
                yield line

    return run


@stage
def upper():
    return lambda lines: (line.upper() for line in lines)


@stage
def number(start="1"):
    def run(lines):
        for i, line in enumerate(lines, int(start)):
            yield f"{i} {line}"

    return run


def traced(fn):
    @wraps(fn)
    def wrapper(*args):
        """Not this."""
        return fn(*args)

    return wrapper


@traced
def fetch(x):
    """Fetches."""
    return x


def evens():
    n = 0
    while True:
        yield n
        n += 2


def source(name):
    return sys.stdin if name == "-" else io.StringIO("text")


def main():
    lines = iter(["one a", "two b", "three a"])
    for name, args in (("grep", ["a"]), ("upper", []), ("number", ["5"])):
        lines = STAGES[name](*args)(lines)
    print(list(lines))
    print(list(zip(evens(), "abc")), [a + b for a, b in zip([1, 2], evens())])
    print(list(zip(evens(), itertools.count(1), [0.5, 1.5])))
    for amount in [Fraction(7, 2), 5, Fraction(1, 3)]:
        print(divmod(amount, 1))
    jobs = {"jobs": [Job("a"), Job("b", 2, Status.DONE)], "other": 1}
    print(json.dumps([dataclasses.asdict(job) for job in jobs["jobs"]]))
    print(json.dumps({Status.NEW: [Status.DONE]}))
    print([dataclasses.replace(job) for job in jobs["jobs"]], dataclasses.replace(jobs["jobs"][0], size=9))
    game = Game()
    print(sorted(game.verbs), game.verbs["look"](), game.verbs["wait"](), game.turns)
    handlers = {"x": lambda request: request.arg("limit", int, 10), "y": lambda request: request.arg("name", default="guest")}
    print([handlers[name](Request(query)) for name, query in [("x", {}), ("x", {"limit": "3"}), ("y", {}), ("y", {"name": "z"})]])
    print(fetch(1), fetch.__name__, fetch.__doc__, STAGES["grep"].__doc__, STAGES["upper"].__doc__)
    print(list(map(bytes.fromhex, ["00ff", "10"])))
    n = int.from_bytes(hashlib.sha256(b"x").digest(), "big")
    n, r = divmod(n, 62)
    print(n, r, "abcdefgh"[r % 8], int.from_bytes(b"\x01\x00", "big") + 1)
    out = io.StringIO()
    columns = []
    for row in json.loads('[{"a": 1, "b": "x"}, {"c": 2}]'):
        columns.extend(key for key in row if key not in columns)
    writer = csv.DictWriter(out, ["id"] + columns, restval="-", lineterminator="\n")
    writer.writeheader()
    writer.writerow({"id": 1, "a": 2})
    print(out.getvalue(), end="")
    for find in (hashlib.md5, hashlib.sha1):
        print(find(b"abc").hexdigest()[:8])
    print(source("x") is sys.stdin)


main()
