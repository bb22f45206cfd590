"""Turns a family into a concrete, executed piece of code."""
from __future__ import annotations

import functools
import keyword
import random
import re
import textwrap
from dataclasses import dataclass

from .lexicon import vary_goal, vary_name
from .notation import Body, Case, Family, Parameter, fill, load_families

NAME_POOLS = {
    "int": "n num number value x k m",
    "float": "value x number amount",
    "str": "text s string word phrase line",
    "list[int]": "numbers nums values items lst data arr xs elements",
    "list[float]": "numbers nums values data arr xs",
    "list[str]": "words strings names items tokens",
    "list": "items values data lst",
    "list[list]": "nested lists rows",
    "list[list[int]]": "matrix grid rows mat",
    "dict": "mapping d data table",
}
SYNONYMS = {
    "compute": ("compute", "calculate", "compute", "calculate", "return", "find"),
    "return": ("return", "get", "return", "give"),
    "check whether": ("check whether", "check if", "determine whether", "test whether"),
    "find": ("find", "return", "get"),
    "remove": ("remove", "delete"),
    "convert": ("convert", "convert", "change"),
}


@dataclass(frozen=True)
class Code:
    """A named, verified solution of one family."""
    family: Family
    name: str
    parameters: tuple[str, ...]
    goal: str
    body: Body
    values: dict[str, str]
    cases: tuple[Case, ...]

    def signature(self, hints: bool) -> str:
        if self.family.is_class:
            return f"class {self.name}:"
        kinds = [p.type for p in self.family.parameters]
        if not hints or {"callable", "date"} & {*kinds, self.family.returns}:
            return f"def {self.name}({', '.join(self.parameters)}):"
        typed = ", ".join(f"{n}: {k}" for n, k in zip(self.parameters, kinds))
        return f"def {self.name}({typed}) -> {self.family.returns}:"

    def body_text(self) -> str:
        return textwrap.indent(fill(self.body.text, self.values), "    ")

    def source(self, hints: bool = False, docstring: str = "") -> str:
        head = f"{self.family.imports}\n\n\n" if self.family.imports else ""
        return f"{head}{self.signature(hints)}\n{docstring}{self.body_text()}\n"

    def documentation(self) -> str:
        return self.goal[0].upper() + self.goal[1:] + "."

    def asserts(self, target: str | None = None) -> list[str]:
        return [line for case in self.cases for line in assert_lines(case, target or self.name)]


def assert_lines(case: Case, target: str) -> list[str]:
    call = case.call.replace("$f", target)
    setup = [part.strip() for part in case.setup.replace("$f", target).split(";") if part.strip()]
    return setup + [comparison(call, case.expected)]


def comparison(call: str, expected: str) -> str:
    if expected in ("True", "False", "None"):
        return f"assert {call} is {expected}"
    if re.fullmatch(r"-?\d+\.\d+", expected) and not expected.endswith(".0"):
        return f"assert abs({call} - {expected}) < 1e-6"
    return f"assert {call} == {expected}"


def is_reserved_constant(k: int) -> bool:
    return k % 5 == 3


def choose_constant(family: Family, rng: random.Random, evaluation: bool) -> str:
    if family.constants is None:
        return ""
    return str(rng.choice([k for k in family.constants if is_reserved_constant(k) == evaluation]))


def identifiers(text: str) -> set[str]:
    return set(re.findall(r"(?<!\$)\b[A-Za-z_]\w*", text))


def choose_parameter(parameter: Parameter, taken: set[str], rng: random.Random) -> str:
    if parameter.fixed:
        return parameter.names[0]
    options = list(parameter.names)
    if len(options) == 1 and rng.random() < 0.6:
        options += NAME_POOLS.get(parameter.type, "").split()
    free = [o for o in options if o not in taken and not keyword.iskeyword(o)]
    return rng.choice(free) if free else parameter.names[0]


def choose_parameters(family: Family, body: Body, rng: random.Random) -> tuple[str, ...]:
    taken = identifiers(body.text)
    names: list[str] = []
    for parameter in family.parameters:
        names.append(choose_parameter(parameter, taken, rng))
        taken.add(names[-1])
    return tuple(names)


def vary_verb(goal: str, rng: random.Random) -> str:
    for verb, choices in SYNONYMS.items():
        if goal.startswith(verb + " "):
            return rng.choice(choices) + goal[len(verb):]
    return goal


def evaluate_expected(case: Case, values: dict[str, str]) -> Case:
    """Fill in the constant; expectations that use it become literals."""
    keep = {"k": values["k"], "f": "$f"}
    expected = fill(case.expected, keep) if "$f" not in case.expected else case.expected
    if "$k" in case.expected:
        expected = repr(eval(expected))  # an arithmetic expression from our own .fam files
    return Case(fill(case.setup, keep), fill(case.call, keep), expected)


@functools.cache
def reserved_names() -> frozenset[str]:
    """Of all families: another one's variation must not give it away either."""
    return frozenset(name for family in load_families() for name in family.reserved_names)


def instantiate(family: Family, rng: random.Random, *, evaluation: bool = False,
                usual_name: bool = False, style: str | None = None) -> Code:
    names = family.reserved_names if evaluation and family.reserved_names else family.names
    goals = family.reserved_goals if evaluation and family.reserved_goals else family.goals
    bodies = [b for b in family.bodies if style is None or b.style == style]
    body = rng.choices(bodies, [2] + [1] * (len(bodies) - 1))[0]
    parameters = choose_parameters(family, body, rng)
    name = names[0] if usual_name else rng.choice(names)
    constant = choose_constant(family, rng, evaluation)
    values = dict(zip("abcd", parameters)) | {"k": constant}
    if not evaluation and not usual_name:
        name = vary_name(name, family.is_class, reserved_names(), rng)
    values["f"] = fill(name, values)
    goal = rng.choice(goals)
    goal = vary_verb(goal, rng) if evaluation else vary_goal(goal, family.is_class, family.reserved_goals, rng)
    goal = fill(goal, values)
    cases = tuple(evaluate_expected(case, values) for case in family.cases)
    return Code(family, values["f"], parameters, goal, body, values, cases)


_verified: set[str] = set()


def verify(code: Code) -> None:
    """Execute the code against its cases; raises when one fails."""
    program = code.source(hints=True) + "\n".join(code.asserts()) + "\n"
    if program not in _verified:
        exec(compile(program, code.family.key, "exec"), {"__name__": "generated"})
        _verified.add(program)
