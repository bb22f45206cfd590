"""Writes the evaluation tasks and asserts that none of their prompts occurs in the training text."""
from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from . import dialogue, render
from .corpus import held_out_documents
from .notation import Family, load_families
from .tasks import Code, instantiate, verify


def check_program(code: Code) -> str:
    imports = [code.family.imports] if code.family.imports.startswith("from") else []
    return "\n".join(imports + code.asserts("candidate"))


def completion_prompt(code: Code, documented: bool, rng: random.Random) -> str:
    text = code.source(docstring=render.docstring(code, rng) if documented else "")
    end = '"""\n' if documented else "):"
    if code.family.is_class and not documented:
        end = ":"
    at = text.index(end, text.index(code.name)) if not documented else text.rindex(end)
    return text[:at + len(end)]


def completion_task(family: Family, documented: bool, rng: random.Random) -> dict:
    code = instantiate(family, rng, evaluation=True)
    verify(code)
    group = "heldout-completion" if family.held else "code-completion"
    return {"id": f"{group}/{family.key}", "group": group, "family": family.key, "documented": documented,
            "prompt": completion_prompt(code, documented, rng), "check": check_program(code)}


def chat_task(family: Family, rng: random.Random) -> dict:
    code = instantiate(family, rng, evaluation=True)
    verify(code)
    group = "heldout-chat" if family.held else "code-chat"
    return {"id": f"{group}/{family.key}", "group": group, "family": family.key,
            "messages": [{"role": "user", "content": render.request(code, rng, evaluation=True)}],
            "check": check_program(code)}


def code_tasks(rng: random.Random) -> list[dict]:
    tasks = []
    for index, family in enumerate(load_families()):
        tasks.append(completion_task(family, index % 2 == 0 or family.is_class, rng))
        tasks.append(chat_task(family, rng))
    return tasks


def fact_tasks(rng: random.Random) -> list[dict]:
    exchanges = [dialogue.ask(row, rng, True) for row in dialogue.FACTS]
    return [question_task(f"fact/{e.kind}/{i}", "fact", e) for i, e in enumerate(exchanges)]


def arithmetic_tasks(rng: random.Random, count: int) -> list[dict]:
    tasks = []
    for op, name in (("+", "add"), ("-", "subtract"), ("*", "multiply")):
        for i in range(count):
            exchange = dialogue.arithmetic(rng, True, op)
            tasks.append(question_task(f"arithmetic-{name}/{i}", f"arithmetic-{name}", exchange))
    return tasks


def question_task(identifier: str, group: str, exchange: dialogue.Exchange) -> dict:
    return {"id": identifier, "group": group, "messages": [{"role": "user", "content": exchange.question}],
            "answer": exchange.answer}


def assert_disjoint(tasks: list[dict], lines: list[str]) -> None:
    documents = [json.loads(line) for line in lines]
    plain = "\0".join(d["text"] for d in documents if "text" in d)
    asked = {m["content"] for d in documents for m in d.get("messages", []) if m["role"] == "user"}
    for task in tasks:
        if "prompt" in task:
            assert task["prompt"] not in plain, task["id"]
        else:
            assert task["messages"][-1]["content"] not in asked, task["id"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, nargs="+", help="the training documents, to assert disjointness")
    parser.add_argument("--out", type=Path, required=True, help="folder for tasks.jsonl and heldout.jsonl")
    parser.add_argument("--arithmetic", type=int, default=100, help="questions per operation")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    tasks = code_tasks(rng) + fact_tasks(rng) + arithmetic_tasks(rng, args.arithmetic)
    lines = [line for path in args.corpus for line in path.open().read().splitlines()]
    assert_disjoint(tasks, lines)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "tasks.jsonl").write_text("".join(json.dumps(t, ensure_ascii=False) + "\n" for t in tasks))
    training = set(lines)
    held = [line for line in held_out_documents(21, 1000) if line not in training][:300]
    (args.out / "heldout.jsonl").write_text("".join(line + "\n" for line in held))


if __name__ == "__main__":
    main()
