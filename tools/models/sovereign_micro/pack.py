"""Turns documents into fixed rows of tokens with a mask of the positions that are learned."""
from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .sizes import END_OF_TEXT, SIZES

ROW = 513
Pieces = list[tuple[str, bool]]


def cut_text(text: str, rng: random.Random) -> list[str]:
    """Split a plain document where a prompt could end, so that such prompts are tokenized as in training."""
    choice = rng.random()
    if choice < 0.30 and (match := re.search(r"^(?:def|class) .*:$", text, flags=re.M)):
        at = match.end()
    elif choice < 0.55 and '"""\n' in text:
        at = text.rindex('"""\n') + rng.choice([3, 4])
    elif choice < 0.70:
        at = rng.randrange(1, len(text))
    else:
        return [text]
    return [text[:at], text[at:]]


def text_pieces(text: str, rng: random.Random) -> Pieces:
    return [(part, True) for part in cut_text(text, rng)] + [("<|endoftext|>", True)]


def chat_pieces(messages: list[dict]) -> Pieces:
    """ChatML; only what the assistant says, with its end mark, is learned."""
    pieces: Pieces = []
    for message in messages:
        learned = message["role"] == "assistant"
        pieces.append((f"<|im_start|>{message['role']}\n", False))
        pieces.append((message["content"] + "<|im_end|>", learned))
        pieces.append(("\n", False))
    return pieces


def encode(document: dict, tokenizer: Tokenizer, rng: random.Random, name: str) -> tuple[list[int], list[bool]]:
    text = document.get("text")
    pieces = text_pieces(text, rng) if text else chat_pieces(document["messages"])
    ids: list[int] = []
    mask: list[bool] = []
    for piece, learned in pieces:
        filled = piece.replace("{model}", name).replace("{size}", SIZES[name].millions)
        part = tokenizer.encode(filled, add_special_tokens=False).ids
        ids += part
        mask += [learned] * len(part)
    return ids[:ROW], mask[:ROW]


def fill_row(pending: list, ids: np.ndarray, mask: np.ndarray) -> None:
    """Best fit: take the longest pending document that still fits until none does."""
    at = 0
    while True:
        fitting = [i for i, (part, _) in enumerate(pending) if len(part) <= ROW - at]
        if not fitting:
            return
        part, learned = pending.pop(max(fitting, key=lambda i: len(pending[i][0])) if at else fitting[0])
        ids[at:at + len(part)] = part
        mask[at:at + len(part)] = learned
        at += len(part)


def pack(path: Path, tokenizer: Tokenizer, name: str, seed: int, window: int = 48) -> tuple[np.ndarray, np.ndarray]:
    rng = random.Random(seed)
    with path.open() as lines:
        encoded = [encode(json.loads(line), tokenizer, rng, name) for line in lines]
    rows_ids, rows_mask = [], []
    pending: list = []
    source = iter(encoded)
    while True:
        pending += [item for item, _ in zip(source, range(window - len(pending)))]
        if not pending:
            break
        ids = np.full(ROW, END_OF_TEXT, dtype=np.uint16)
        mask = np.zeros(ROW, dtype=np.bool_)
        fill_row(pending, ids, mask)
        rows_ids.append(ids)
        rows_mask.append(mask)
    return np.stack(rows_ids), np.stack(rows_mask)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--model", choices=SIZES, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    ids, mask = pack(args.corpus, Tokenizer.from_file(str(args.tokenizer)), args.model, args.seed)
    np.savez(args.out, ids=ids, mask=mask)
    print(f"{len(ids)} rows, {ids.size} tokens, {mask.mean():.3f} learned")


if __name__ == "__main__":
    main()
