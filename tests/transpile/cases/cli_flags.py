"""Permissions with flags."""
import argparse
import copy
import enum
import sys
from dataclasses import dataclass, field
from typing import Dict, List


class Perm(enum.Flag):
    NONE = 0
    READ = enum.auto()
    WRITE = enum.auto()
    EXEC = enum.auto()
    ALL = READ | WRITE | EXEC


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 5


class Kind(str, enum.Enum):
    FILE = "file"
    DIR = "dir"


@dataclass
class User:
    name: str
    perms: Perm = Perm.NONE
    tags: List[str] = field(default_factory=list)
    limits: Dict[str, int] = field(default_factory=dict)

    def can(self, p: Perm) -> bool:
        return p in self.perms

    def grant(self, p: Perm) -> None:
        self.perms |= p

    def revoke(self, p: Perm) -> None:
        self.perms &= ~p


def parse(text: str) -> Perm:
    result = Perm.NONE
    for part in text.split(","):
        try:
            result |= Perm[part.strip().upper()]
        except KeyError:
            raise ValueError(f"unknown permission: {part}")
    return result


def octal(p: Perm) -> str:
    table = {"r": Perm.READ, "w": Perm.WRITE, "x": Perm.EXEC}
    return "".join(c if v in p else "-" for c, v in table.items())


def main() -> int:
    ap = argparse.ArgumentParser()
    sub = ap.add_subparsers(dest="cmd")
    g = sub.add_parser("grant")
    g.add_argument("perms")
    sub.add_parser("list")
    for argv in (["grant", "read,write"], ["grant", "bad"], ["list"]):
        args = ap.parse_args(argv)
        if args.cmd == "grant":
            try:
                u = User("bob")
                u.grant(parse(args.perms))
                print(u.name, u.perms, u.perms.value, octal(u.perms), u.can(Perm.READ), u.can(Perm.EXEC))
                before = copy.deepcopy(u)
                u.revoke(Perm.WRITE)
                u.tags.append("x")
                u.limits["cpu"] = 2
                print(before, u, before == u, bool(u.perms & Perm.WRITE), u.perms == Perm.READ)
            except ValueError as e:
                print("error:", e)
        else:
            for p in Perm:
                print(f"{p.name:<6} {p.value}")
            print(Perm.ALL, Perm.NONE, Level.HIGH > Level.LOW, Level(5).name, Kind("dir"), Kind.FILE.value, [k.name for k in Kind], len(Perm.ALL))
    return 0


if __name__ == "__main__":
    sys.exit(main())
