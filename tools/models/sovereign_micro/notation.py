"""Reads the .fam notation: one block per task family.

A block starts with `== key -> type`, `== Key class`, either followed by
`@held` when the whole family is kept for evaluation.  In `names` and `goals`
the entries after `;` and `;;` are reserved for evaluation.  In bodies, tests
and goals, `$a`..`$d` are the parameters, `$f` the name and `$k` the constant.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FAMILY_DIR = Path(__file__).parent / "families"


@dataclass(frozen=True)
class Parameter:
    names: tuple[str, ...]
    type: str
    fixed: bool


@dataclass(frozen=True)
class Body:
    style: str
    text: str


@dataclass(frozen=True)
class Case:
    """One test: run `setup`, evaluate `call`, compare with `expected`."""
    setup: str
    call: str
    expected: str


@dataclass
class Family:
    key: str
    returns: str
    is_class: bool
    held: bool
    names: list[str] = field(default_factory=list)
    reserved_names: list[str] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    reserved_goals: list[str] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)
    constants: range | None = None
    cases: list[Case] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    imports: str = ""
    weight: int = 1


def fill(text: str, values: dict[str, str]) -> str:
    """Replace `$x` by values["x"]; `$$` is a dollar sign."""
    return re.sub(r"\$([a-dfk$])", lambda m: "$" if m[1] == "$" else values[m[1]], text)


def split_reserved(text: str, mark: str, separator: str | None) -> tuple[list[str], list[str]]:
    open_part, _, reserved = text.partition(mark)
    parts = [[p.strip() for p in side.split(separator) if p.strip()] for side in (open_part, reserved)]
    return parts[0], parts[1]


def parse_parameter(text: str) -> Parameter:
    names, _, kind = text.partition(":")
    fixed = names.endswith("!")
    return Parameter(tuple(names.rstrip("!").split("|")), kind.strip(), fixed)


def split_arguments(text: str) -> list[str]:
    return [part.strip() for part in re.split(r",\s*(?![^\[]*\])", text)]


def parse_case(text: str) -> Case:
    head, _, expected = text.rpartition(" -> ")
    setup, arrow, call = head.rpartition(" => ")
    if not arrow:
        setup, call = "", f"$f({head.strip()})"
    return Case(setup.strip(), call.strip(), expected.strip())


def parse_header(line: str) -> Family:
    held = line.endswith("@held")
    line = line.removesuffix("@held").strip()
    if line.endswith(" class"):
        return Family(line.removesuffix(" class"), "", True, held)
    key, _, returns = line.partition(" -> ")
    return Family(key, returns, False, held)


def set_field(family: Family, name: str, value: str) -> None:
    if name == "names":
        family.names, family.reserved_names = split_reserved(value, ";", None)
    elif name == "goals":
        family.goals, family.reserved_goals = split_reserved(value, ";;", " / ")
    elif name == "args":
        family.parameters = [parse_parameter(part) for part in split_arguments(value)]
    elif name == "tests":
        family.cases = [parse_case(part) for part in value.split(" | ")]
    elif name == "k":
        low, high = value.split("..")
        family.constants = range(int(low), int(high) + 1)
    elif name == "imports":
        family.imports = value if value.startswith("from") else f"import {value}"
    elif name == "weight":
        family.weight = int(value)
    else:
        raise ValueError(f"{family.key}: unknown field {name}")


def parse_block(block: str) -> Family:
    head, *bodies = re.split(r"^-- ", block, flags=re.M)
    header, *lines = head.strip().splitlines()
    family = parse_header(header)
    for line in lines:
        name, _, value = line.partition(":")
        set_field(family, name.strip(), value.strip())
    for body in bodies:
        style, _, text = body.partition("\n")
        family.bodies.append(Body(style.strip(), text.strip("\n")))
    return family


def load_families() -> list[Family]:
    families = []
    for path in sorted(FAMILY_DIR.glob("*.fam")):
        blocks = re.split(r"^== ", path.read_text(), flags=re.M)[1:]
        families += [parse_block(block) for block in blocks]
    keys = [family.key for family in families]
    assert len(keys) == len(set(keys)), "family keys must be unique"
    return families
