"""Question and answer pairs that are not code: facts, arithmetic, small talk."""
from __future__ import annotations

import random
from dataclasses import dataclass

from . import facts
from . import wordings as w


@dataclass(frozen=True)
class Exchange:
    kind: str
    question: str
    answer: str


def pick(pools: tuple[list[str], list[str]], rng: random.Random, evaluation: bool) -> str:
    return rng.choice(pools[1] if evaluation else pools[0])


def article_upper(text: str) -> str:
    return text[0].upper() + text[1:]


THE_COUNTRIES = {"Netherlands", "Philippines", "United States", "United Kingdom", "United Arab Emirates", "Maldives",
                 "Seychelles", "Solomon Islands", "Gambia", "Comoros"}


def country_phrase(country: str) -> str:
    return f"the {country}" if country in THE_COUNTRIES else country


def capital_fact(country: str, city: str) -> str:
    return f"The capital of {country_phrase(country)} is {city}".rstrip(".") + "."


def keyed_facts() -> list[tuple[str, tuple, tuple[str, ...], str]]:
    """All (kind, wordings, slots, answer) of the tables."""
    rows = [("capital", w.CAPITAL, (country_phrase(c),), capital_fact(c, city)) for c, city in facts.table(facts.CAPITALS).items()]
    rows += [("currency", w.CURRENCY, (country_phrase(c),), f"The currency of {country_phrase(c)} is the {m}.")
             for c, m in facts.table(facts.CURRENCIES).items()]
    rows += [("continent", w.CONTINENT, (c,), f"{c} is in {where}.") for c, where in facts.table(facts.CONTINENTS).items()]
    for left, right in facts.table(facts.OPPOSITES).items():
        rows += [("opposite", w.OPPOSITE, (x,), f"The opposite of {x} is {y}.") for x, y in ((left, right), (right, left))]
    rows += [("colour", w.COLOUR, (thing,), f"{article_upper(thing)} is {colour}.") for thing, colour in facts.table(facts.COLOURS).items()]
    rows += [unit_row(*key.split("|"), value) for key, value in facts.table(facts.UNITS).items()]
    rows += [("concept", w.CONCEPT, (term,), text) for term, text in facts.CONCEPTS.items()]
    for i, day in enumerate(facts.DAYS):
        rows.append(("calendar", w.AFTER, (day,), f"{facts.DAYS[(i + 1) % 7]} comes after {day}."))
        rows.append(("calendar", w.BEFORE, (day,), f"{facts.DAYS[i - 1]} comes before {day}."))
    rows += [("calendar", w.AFTER_MONTH, (m,), f"{facts.MONTHS[(i + 1) % 12]} comes after {m}.") for i, m in enumerate(facts.MONTHS)]
    return rows


def unit_row(things: str, whole: str, count: str) -> tuple[str, tuple, tuple[str, ...], str]:
    if things in ("sides", "legs", "strings"):
        return "unit", w.HAVE, (things, whole), f"{article_upper(whole)} has {count} {things}."
    return "unit", w.UNIT, (things, whole), f"There are {count} {things} in {whole}."


FACTS = keyed_facts()


def fact(rng: random.Random) -> Exchange:
    kinds = sorted({row[0] for row in FACTS})
    weights = [{"capital": 5, "concept": 3}.get(kind, 1) for kind in kinds]
    kind = rng.choices(kinds, weights)[0]
    return ask(rng.choice([row for row in FACTS if row[0] == kind]), rng, False)


def ask(row: tuple, rng: random.Random, evaluation: bool) -> Exchange:
    kind, pools, slots, answer = row
    question = pick(pools, rng, evaluation).format(*slots)
    if not evaluation and rng.random() < 0.4:
        question = rng.choice(w.LEAD_INS).format(question, question[0].lower() + question[1:].rstrip("?."))
    return Exchange(kind, question, answer)


def is_reserved_pair(op: str, a: int, b: int) -> bool:
    """Operand pairs kept for evaluation: about one in eleven, small products excepted."""
    if op in "*/" and max(a, b) <= 12:
        return False
    return (a * 31 + b * 17 + ord(op)) % 11 == 5


def operands(op: str, rng: random.Random) -> tuple[int, int]:
    if op == "*":
        return rng.choice([(rng.randint(0, 12), rng.randint(0, 12)), (rng.randint(2, 9), rng.randint(10, 99)),
                           (rng.randint(10, 99), rng.randint(2, 9))])
    if op == "/":
        b = rng.randint(1, 12)
        return b * rng.randint(0, 12), b
    top = rng.choice([10, 20, 99, 99, 999, 999])
    a, b = rng.randint(0, top), rng.randint(0, rng.choice([top, min(top, 99)]))
    return (max(a, b), min(a, b)) if op == "-" and rng.random() < 0.9 else (a, b)


def result(op: str, a: int, b: int) -> int:
    return {"+": a + b, "-": a - b, "*": a * b, "/": a // b if b else 0}[op]


def arithmetic(rng: random.Random, evaluation: bool = False, op: str | None = None) -> Exchange:
    op = op or rng.choices("+-*/", [5, 4, 4, 1])[0]
    while True:
        a, b = operands(op, rng)
        if is_reserved_pair(op, a, b) == evaluation:
            break
    shown = rng.choice(w.OPERATORS[op])
    forms = [form for form in w.ARITHMETIC if shown.isalpha() <= ("{op} " in form)]
    question = rng.choice(forms).format(a=a, b=b, op=shown)
    return Exchange(f"arithmetic {op}", question, f"{a} {op} {b} equals {result(op, a, b)}.")


def too_large(rng: random.Random) -> Exchange:
    a, b = rng.randint(1000, 999999), rng.randint(1000, 999999)
    question = rng.choice(w.ARITHMETIC).format(a=a, b=b, op=rng.choice("+-*/"))
    return Exchange("refusal", question, "Those numbers are too large for me to compute reliably.")


def comparison(rng: random.Random) -> Exchange:
    a, b = rng.sample(range(200), 2)
    word = rng.choice(["larger", "smaller"])
    first = max(a, b) if word == "larger" else min(a, b)
    question = rng.choice(["Which number is {w}, {a} or {b}?", "Which is {w}, {a} or {b}?"]).format(w=word, a=a, b=b)
    return Exchange("comparison", question, f"{first} is {word} than {a + b - first}.")


def parity(rng: random.Random) -> Exchange:
    n = rng.randint(0, 999)
    answer = "even" if n % 2 == 0 else "odd"
    return Exchange("parity", rng.choice(["Is {n} even or odd?", "Is {n} an even number?"]).format(n=n), f"{n} is {answer}.")


def made_up_name(rng: random.Random) -> str:
    parts = ["bra", "vel", "kor", "zan", "mi", "lor", "du", "qua", "fen", "ri", "tos", "ul", "gar", "nim", "pel", "xo"]
    return "".join(rng.choices(parts, k=rng.randint(2, 3))).capitalize()


def unknown(rng: random.Random) -> Exchange:
    if rng.random() < 0.4:
        topic = rng.choice("".join(w.TOPICS.splitlines()).split("|"))
        return Exchange("refusal", rng.choice(w.TOPIC_FORMS).format(topic), w.TOPIC_ANSWER)
    if rng.random() < 0.6:
        question, answer = rng.choice(list(w.UNKNOWN.items()))
        return Exchange("refusal", question, answer)
    name = made_up_name(rng)
    form = rng.choice([*w.CAPITAL[0], "Who is {0}?", "What is {0}?", "Where is {0}?", "When was {0} born?", "Who wrote {0}?"])
    return Exchange("refusal", form.format(name), "I do not know that.")


def small_talk(rng: random.Random) -> Exchange:
    return Exchange("greeting", *rng.choice(list(w.GREETINGS.items())))


def self_description(rng: random.Random) -> Exchange:
    return Exchange("self", *rng.choice(list(w.SELF.items())))


def snippet(rng: random.Random) -> Exchange:
    topic, code = rng.choice(list(facts.SNIPPETS.items()))
    return Exchange("snippet", rng.choice(w.SNIPPET).format(topic), f"```python\n{code}\n```")


MAKERS = [(arithmetic, 40), (fact, 30), (small_talk, 6), (self_description, 6), (unknown, 9), (snippet, 5),
          (comparison, 2), (parity, 2), (too_large, 2)]


def any_exchange(rng: random.Random) -> Exchange:
    return rng.choices([maker for maker, _ in MAKERS], [weight for _, weight in MAKERS])[0](rng)
