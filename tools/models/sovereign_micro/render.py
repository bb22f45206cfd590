"""Renders verified code as plain completion text and as chat exchanges."""
from __future__ import annotations

import random

from . import wordings as w
from .dialogue import Exchange, pick
from .tasks import Code


def third_person(goal: str) -> str:
    verb, _, rest = goal.partition(" ")
    if verb.endswith(("ch", "sh", "s", "x", "z")):
        verb += "es"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        verb = verb[:-1] + "ies"
    else:
        verb += "s"
    return f"{verb} {rest}".strip()


def docstring(code: Code, rng: random.Random, examples: bool = False) -> str:
    if not examples:
        return f'    """{code.documentation()}"""\n'
    shown = [case for case in code.cases if not case.setup][:2]
    lines = [f"    >>> {case.call.replace('$f', code.name)}\n    {case.expected.replace(chr(34), chr(39))}\n" for case in shown]
    return f'    """{code.documentation()}\n\n' + "".join(lines) + '    """\n'


def completion(code: Code, rng: random.Random) -> str:
    """A plain document: the function alone, or with a comment, docstring or asserts."""
    hints = rng.random() < 0.35
    style = rng.choices(["none", "doc", "examples", "comment"], [32, 42, 16, 10])[0]
    doc = docstring(code, rng, style == "examples") if style in ("doc", "examples") else ""
    if style == "examples" and code.family.is_class:
        doc = docstring(code, rng)
    text = code.source(hints, doc)
    if style == "comment":
        text = f"# {code.documentation()[:-1]}\n{text}"
    if rng.random() < 0.08:
        text += "\n\n" + "\n".join(code.asserts()) + "\n"
    return text


def explanation(code: Code) -> str:
    if code.family.is_class:
        return f"This class represents {code.goal}."
    style = w.STYLE_SUFFIXES[code.body.style][1]
    return f"This function {third_person(code.goal)}. {style}".strip()


def fenced(code: Code, hints: bool = False, doc: str = "") -> str:
    return f"```python\n{code.source(hints, doc)}```"


def request(code: Code, rng: random.Random, evaluation: bool = False) -> str:
    pools = w.CLASS_REQUESTS if code.family.is_class else w.CODE_REQUESTS
    return pick(pools, rng, evaluation).format(
        goal=code.goal, goals=third_person(code.goal), Goal=code.goal[0].upper() + code.goal[1:],
        name=code.name, signature=code.signature(False).removeprefix("def ").removesuffix(":"))


def code_exchange(code: Code, rng: random.Random, style_asked: bool = False) -> Exchange:
    question = request(code, rng)
    if style_asked and question.endswith("."):
        question += w.STYLE_SUFFIXES[code.body.style][0]
    doc = docstring(code, rng) if rng.random() < 0.3 else ""
    return Exchange("code", question, f"{fenced(code, doc=doc)}\n\n{explanation(code)}")


def explain_exchange(code: Code, rng: random.Random) -> Exchange:
    question = rng.choice(w.EXPLAIN_REQUESTS)
    return Exchange("explain", f"{question}\n\n{fenced(code)}", explanation(code))


def call_exchange(code: Code, rng: random.Random) -> Exchange:
    """Asks for the value of a call that the code's own tests have checked."""
    case = rng.choice(code.cases)
    call = case.call.replace("$f", code.name)
    return Exchange("call", f"What does `{call}` return?\n\n{fenced(code)}", f"`{call}` returns `{case.expected}`.")


def tests_exchange(code: Code, rng: random.Random, follow_up: bool) -> Exchange:
    question = rng.choice(w.TEST_REQUESTS)
    if not follow_up:
        question = f"{question}\n\n{fenced(code)}"
    return Exchange("tests", question, "```python\n" + "\n".join(code.asserts()) + "\n```")


def follow_up(code: Code, rng: random.Random) -> Exchange:
    choice = rng.random()
    if choice < 0.34 or code.family.is_class:
        return tests_exchange(code, rng, True)
    if choice < 0.67:
        return Exchange("hints", rng.choice(w.HINT_REQUESTS), fenced(code, hints=True))
    return Exchange("docs", rng.choice(w.DOC_REQUESTS), fenced(code, doc=docstring(code, rng)))
