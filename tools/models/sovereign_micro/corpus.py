"""Writes the training and held-out documents as JSON lines, deterministic by seed."""
from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import dialogue, facts, render
from .dialogue import Exchange
from .notation import Family, load_families
from .tasks import Code, instantiate, verify
from .wordings import SYSTEMS


# Shares of completion, code chat, talk about code, small talk, mixed chats, facts, equations and arithmetic quizzes.
MIXES = {"all": [36, 28, 8, 22, 3, 2, 3, 10], "code": [44, 46, 4, 8, 1, 1, 1, 3],
         "wording": [32, 46, 3, 12, 2, 1, 1, 4]}


class Generator:
    """Draws documents; held-out families and reserved wordings never occur in them."""

    def __init__(self, seed: int, mix: str = "all"):
        self.rng = random.Random(seed)
        self.shares = MIXES[mix]
        self.families = [family for family in load_families() if not family.held]
        self.weights = [family.weight * (2 if family.is_class else 1) for family in self.families]

    def family(self) -> Family:
        return self.rng.choices(self.families, self.weights)[0]

    def code(self, **options) -> Code:
        code = instantiate(self.family(), self.rng, **options)
        verify(code)
        return code

    def completion(self) -> dict:
        text = render.completion(self.code(), self.rng)
        return {"kind": "completion", "text": text}

    def prose(self) -> dict:
        rows = self.rng.sample(dialogue.FACTS, self.rng.randint(1, 4))
        return {"kind": "prose", "text": "\n".join(row[3] for row in rows) + "\n"}

    def equations(self) -> dict:
        exchanges = [dialogue.arithmetic(self.rng) for _ in range(self.rng.randint(2, 12))]
        return {"kind": "prose", "text": "\n".join(e.answer for e in exchanges) + "\n"}

    def chat(self, *exchanges: Exchange) -> dict:
        messages = []
        if self.rng.random() < 0.15:
            messages.append({"role": "system", "content": self.rng.choice(SYSTEMS)})
        for exchange in exchanges:
            messages.append({"role": "user", "content": exchange.question})
            messages.append({"role": "assistant", "content": exchange.answer})
        return {"kind": exchanges[0].kind, "messages": messages}

    def code_chat(self) -> dict:
        style_asked = self.rng.random() < 0.25
        code = self.code(usual_name=self.rng.random() < 0.7)
        first = render.code_exchange(code, self.rng, style_asked)
        if self.rng.random() < 0.12:
            return self.chat(first, render.follow_up(code, self.rng))
        return self.chat(first)

    def about_code(self) -> dict:
        code = self.code()
        choice = self.rng.random()
        if choice < 0.45 or code.family.is_class:
            return self.chat(render.explain_exchange(code, self.rng))
        if choice < 0.75:
            return self.chat(render.call_exchange(code, self.rng))
        return self.chat(render.tests_exchange(code, self.rng, False))

    def talk(self) -> dict:
        count = self.rng.choices([1, 2, 3, 4, 6], [40, 20, 20, 10, 10])[0]
        return self.chat(*(dialogue.any_exchange(self.rng) for _ in range(count)))

    def quiz(self) -> dict:
        return self.chat(*(dialogue.arithmetic(self.rng) for _ in range(self.rng.randint(2, 8))))

    def mixed(self) -> dict:
        code = render.code_exchange(self.code(usual_name=True), self.rng)
        parts = [dialogue.small_talk(self.rng), code, dialogue.any_exchange(self.rng)]
        self.rng.shuffle(parts)
        return self.chat(*parts)

    def document(self) -> dict:
        makers = [self.completion, self.code_chat, self.about_code, self.talk, self.mixed, self.prose, self.equations,
                  self.quiz]
        return self.rng.choices(makers, self.shares)[0]()


def check_snippets() -> None:
    for code in facts.SNIPPETS.values():
        compile(code, "snippet", "exec")


def serialise(document: dict) -> str:
    return json.dumps(document, ensure_ascii=False)


def held_out_documents(seed: int, count: int) -> list[str]:
    """Distinct documents long enough not to be a common short exchange."""
    generator, found = Generator(seed), {}
    while len(found) < count:
        line = serialise(generator.document())
        if len(line) > 250:
            found[line] = None
    return list(found)


def training_documents(seed: int, count: int, held: set[str], mix: str = "all") -> Iterator[str]:
    generator = Generator(seed, mix)
    while count:
        line = serialise(generator.document())
        if line not in held:
            count -= 1
            yield line


def write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w") as out:
        out.writelines(line + "\n" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=260_000)
    parser.add_argument("--held-out", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--mix", choices=MIXES, default="all")
    parser.add_argument("--keep-out", type=Path, help="held-out documents that exist; none is made then")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    check_snippets()
    if args.keep_out:
        held = args.keep_out.read_text().splitlines()
    else:
        held = held_out_documents(args.seed + 1, args.held_out)
        write(args.out / "heldout.jsonl", held)
    write(args.out / "train.jsonl", training_documents(args.seed, args.documents, set(held), args.mix))


if __name__ == "__main__":
    main()
