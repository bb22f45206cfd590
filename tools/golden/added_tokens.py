#!/usr/bin/env python3
"""Writes tests/golden/tokenizers/added_tokens.json: added tokens with every mix of flags, by Hugging Face tokenizers.

Each case is a tokenizer.json, texts, their ids with and without special tokens parsed, and the decoded text with special
tokens skipped; null with an added token beyond ASCII: the reference takes its characters for byte-level ones (é for the byte E9) or
writes it normalized, we write it as it is.
"""
import json
import pathlib
import random

import tokenizers
from tokenizers import AddedToken, decoders, models, normalizers, pre_tokenizers

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "tests/golden/tokenizers/added_tokens.json"
CONTENTS = ["<s>", "<sep>", "<sep><sep>", "ab", "abc", "c d", "ñé", "X", "end", " pad ", "İx", "12"]
BASE = 259  # ids of the bytes and three merges come first
PARTS = ["<s>", "<sep>", "<sep><sep>", "ab", "abc", "abcd", "c d", "ne\u0301", "ñé", "n\u0303\u00e9", "é", "X", "x", "xX", "X ", " X", "_X", "X1", "end", "ends", " pad ", "İx",
         "I\u0307x", "12", "123", " ", "  ", "\n", "\u00A0", "\u3000", "a", "b", ".", "<", "<se", ">", "\u200D", "\u0301", "語", "😀"]


def byte_characters():
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


def tokenizer_with(source, normalizer):
    vocabulary = {c: i for i, c in enumerate(byte_characters())}
    vocabulary.update({"ab": 256, "Ġa": 257, "12": 258})
    tokenizer = tokenizers.Tokenizer(models.BPE(vocabulary, [("a", "b"), ("Ġ", "a"), ("1", "2")]))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    flag = lambda: source.random() < 0.35  # noqa: E731
    for content in source.sample(CONTENTS, 7):
        special = flag()
        token = AddedToken(content, single_word=flag(), lstrip=flag(), rstrip=flag(), normalized=flag(), special=special)
        (tokenizer.add_special_tokens if special else tokenizer.add_tokens)([token])
    return tokenizer


def main():
    source = random.Random(17)
    cases = []
    kinds = [None, normalizers.NFC(), normalizers.NFD(), normalizers.NFKC()]
    for number in range(24):
        tokenizer = tokenizer_with(source, kinds[number % len(kinds)])
        texts = ["".join(source.choice(PARTS) for _ in range(source.randint(1, 14))) for _ in range(12)]
        case = {"tokenizer": json.loads(tokenizer.to_str()), "texts": texts}
        case["ids"] = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        case["skipped"] = [None if any(i >= BASE and not tokenizer.id_to_token(i).isascii() for i in ids)
                           else tokenizer.decode(ids, skip_special_tokens=True) for ids in case["ids"]]
        tokenizer.encode_special_tokens = True
        case["plain_ids"] = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        # The 256 bytes and three merges are the same everywhere.
        case["tokenizer"]["model"] = None
        cases.append(case)
    model = json.loads(tokenizer.to_str())["model"]
    document = {"made_by": f"tools/golden/added_tokens.py, tokenizers {tokenizers.__version__}", "model": model, "cases": cases}
    OUT.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
