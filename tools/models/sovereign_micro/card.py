"""Rewrites the table of results and the hashes of a model's card from eval.json and the files themselves."""
from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from .evaluate import file_hash

ROWS = [("functions from chat requests, family seen", ["code-chat"]),
        ("functions completed from docstring, family seen", ["code-completion-docstring"]),
        ("functions completed from the signature alone, family seen", ["code-completion-signature"]),
        ("families held out entirely, chat / completion", ["heldout-chat", "heldout-completion"]),
        ("capitals", ["fact-capital"]),
        ("all small facts, unseen wordings", ["fact"]),
        ("addition / subtraction / multiplication, unseen operands",
         ["arithmetic-add", "arithmetic-subtract", "arithmetic-multiply"])]


def share(counts: dict) -> str:
    return f"{counts['passed']} of {counts['total']} ({100 * counts['passed'] / counts['total']:.0f} %)"


def table(record: dict) -> str:
    lines = ["| what | passed |", "|---|---|"]
    lines += [f"| {what} | {' / '.join(share(record['results'][group]) for group in groups)} |" for what, groups in ROWS]
    lines.append(f"| perplexity of held-out text of the same kind | {record['heldout_text']['perplexity']:.3f} per token |")
    return "\n".join(lines)


def hashes(folder: Path, name: str) -> str:
    files = ["model.safetensors", "tokenizer.json", "config.json", f"../{name}.gguf", f"../{name}.apr"]
    return "\n".join(f"{file_hash(folder / file)}  {file}" for file in files)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path(__file__).resolve().parents[3] / "models")
    parser.add_argument("names", nargs="+", metavar="NAME")
    args = parser.parse_args()
    for name in args.names:
        folder = args.models / name
        record = json.loads((folder / "eval.json").read_text())
        card = (folder / "README.md").read_text()
        card, tables = re.subn(r"\| what \| passed \|\n(?:\|.*\n)+", lambda _: table(record) + "\n", card)
        card, blocks = re.subn(r"(?<=```\n)(?:[0-9a-f]{64}  \S+\n)+", lambda _: hashes(folder, name) + "\n", card)
        assert (tables, blocks) == (1, 1), f"{name}: the card has {tables} tables of results and {blocks} of hashes"
        (folder / "README.md").write_text(card)


if __name__ == "__main__":
    main()
