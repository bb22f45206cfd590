"""Writes packed shards of fresh documents, one after another, while a training process reads them."""
from __future__ import annotations

import argparse
import itertools
import time
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .corpus import serialise, training_documents, write
from .pack import pack
from .sizes import SIZES

SEEDS_PER_WORKER = 1_000_000


def write_shard(out: Path, tokenizer: Tokenizer, model: str, seed: int, documents: int, held: set[str]) -> None:
    """One shard appears under its name only when it is whole."""
    text = out / f"{model}-{seed}.jsonl"
    write(text, training_documents(seed, documents, held))
    ids, mask = pack(text, tokenizer, model, seed)
    text.unlink()
    part = out / f"{model}-{seed}.part"
    with part.open("wb") as file:
        np.savez(file, ids=ids, mask=mask)
    part.rename(out / f"{model}-{seed}.npz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", choices=SIZES, required=True, help="whose shards to write, in turn")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--keep-out", type=Path, required=True, help="held-out documents, left out of the shards")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--worker", type=int, required=True, help="workers of different numbers write different documents")
    parser.add_argument("--documents", type=int, default=10_000, help="per shard")
    parser.add_argument("--deadline", type=float, required=True, help="stop at this Unix time")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    held = set(args.keep_out.read_text().splitlines())
    for index in itertools.count(args.worker):
        if time.time() >= args.deadline:
            break
        seed = args.worker * SEEDS_PER_WORKER + index
        write_shard(args.out, tokenizer, args.models[index % len(args.models)], seed, args.documents, held)


if __name__ == "__main__":
    main()
