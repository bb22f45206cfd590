"""Trains the byte-level BPE tokenizer on the corpus."""
from __future__ import annotations

import argparse
import builtins
import itertools
import json
import keyword
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|"
         r"\s*[\r\n]+|\s+(?!\S)|\s+")
VOCABULARY = 8192


def document_texts(path: Path, limit: int) -> itertools.chain:
    with path.open() as lines:
        for line in itertools.islice(lines, limit):
            document = json.loads(line)
            if "text" in document:
                yield document["text"]
            else:
                yield from (m["content"] for m in document["messages"])


def python_words() -> list[str]:
    """Names of the language itself, so that code outside the corpus is not split into bytes."""
    names = set(keyword.kwlist) | set(dir(builtins))
    for kind in (str, int, float, list, dict, set, tuple, bytes):
        names |= {name for name in dir(kind) if not name.startswith("__")}
    import sys
    names |= {name for name in sys.stdlib_module_names if not name.startswith("_")}
    words = sorted(names)
    return words + [" " + word for word in words] + ["." + word for word in words]


def new_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def indentation() -> list[str]:
    return ["\n" + " " * count + "x" for count in range(1, 33)]


def train(corpus: Path, documents: int) -> Tokenizer:
    tokenizer = new_tokenizer()
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY - len(SPECIAL), min_frequency=1, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    extra = (python_words() + indentation()) * 2
    tokenizer.train_from_iterator(itertools.chain(document_texts(corpus, documents), extra), trainer)
    tokenizer.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in SPECIAL])
    return tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=80_000)
    args = parser.parse_args()
    tokenizer = train(args.corpus, args.documents)
    assert tokenizer.get_vocab_size() == VOCABULARY, tokenizer.get_vocab_size()
    tokenizer.save(str(args.out))


if __name__ == "__main__":
    main()
