#!/usr/bin/env python3
"""Byte-level BPE against Hugging Face tokenizers: pieces of every pre-tokenizer pattern, ids and decoded text.

1. Every list of patterns of the table of GGUF pre-tokenizers: pieces of random texts, and of every assigned character in
   a few neighbourhoods, against pre_tokenizers.Split (Oniguruma).
2. Whole tokenizers: GPT-2's vocabulary (tests/data/tokenizers) under the pre-tokenizers most used, and the tokenizer of
   models/micro: ids, and decode(encode(text)) == text.
3. Texts of 1 MB, mixed and of one kind of character, by GPT-2's vocabulary under five pre-tokenizers: ids.
4. --vocabularies DIR: files X.gguf with X.gguf.inp and X.gguf.out as llama.cpp keeps them, against their ids.
Needs build/release/tokenizer_tool; run it by tools/parity/run bpe_check.py.
"""
import argparse
import json
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools" / "golden"))
import tokenizers  # noqa: E402
from tokenizers import AddedToken, Regex, decoders, models, pre_tokenizers  # noqa: E402
import gguf_metadata  # noqa: E402
import tokenizer_texts  # noqa: E402

TOOL = ROOT / "build" / "release" / "tokenizer_tool"


class Totals:
    def __init__(self):
        self.passed = self.failed = 0

    def count(self, name, failures, checked):
        ok = not failures
        self.passed, self.failed = self.passed + ok, self.failed + (not ok)
        print(f"{'ok  ' if ok else 'FAIL'} {name}: {checked} texts" + ("" if ok else f", {len(failures)} differ"), flush=True)
        for failure in failures[:3]:
            print("     " + failure)


def blocks(verb, document, payloads, *rest):
    """Runs tokenizer_tool over the payloads: (count, bytes) pairs; gives the raw answers."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(document)
        file.flush()
        stdin = b"".join(struct.pack("<I", count) + data for count, data in payloads)
        done = subprocess.run([TOOL, file.name, verb, *rest], input=stdin, stdout=subprocess.PIPE, check=True)
    return done.stdout


def integers(raw):
    out, at = [], 0
    while at < len(raw):
        (count,) = struct.unpack_from("<I", raw, at)
        out.append(list(struct.unpack_from(f"<{count}i", raw, at + 4)))
        at += 4 + 4 * count
    return out


def texts_of(raw):
    out, at = [], 0
    while at < len(raw):
        (size,) = struct.unpack_from("<I", raw, at)
        out.append(raw[at + 4:at + 4 + size])
        at += 4 + size
    return out


def as_payloads(texts):
    return [(len(data), data) for data in (text.encode() for text in texts)]


def encode(document, texts, *rest):
    return integers(blocks("encode", document, as_payloads(texts), *rest))


def decode(document, lists):
    return texts_of(blocks("decode", document, [(len(ids), struct.pack(f"<{len(ids)}i", *ids)) for ids in lists]))


def split_by(patterns):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in patterns])


def lengths(pieces):
    return [len(piece.encode()) for piece, _ in pieces]


def neighbourhoods():
    """Each assigned character (of big uniform blocks a few) beside a letter, a capital, a digit, a space, itself."""
    texts, batch = [], []
    big = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x20000, 0x3FFFF), (0x17000, 0x18CFF), (0x12000, 0x1467F),
           (0x1B000, 0x1B2FF), (0xE000, 0xF8FF), (0xA000, 0xA48C)]
    for code in range(0x110000):
        if 0xD800 <= code <= 0xDFFF or (any(a <= code <= b for a, b in big) and code % 97) or code >= 0xE0200:
            continue
        if unicodedata.category(chr(code)) == "Cn":
            continue
        c = chr(code)
        batch.append(f"a{c}B {c}{c}'{c}s1{c}\n{c}")
        if len(batch) == 32:
            texts.append("|".join(batch))
            batch = []
    return texts + ["|".join(batch)]


def check_patterns(totals, texts):
    table = json.loads(subprocess.run([TOOL, "-", "pre"], stdout=subprocess.PIPE, check=True).stdout)
    lists = {}
    for name, patterns in table.items():
        lists.setdefault(tuple(patterns), []).append(name)
    for patterns, names in lists.items():
        reference = split_by(patterns)
        got = integers(blocks("split", json.dumps(patterns), as_payloads(texts)))
        failures = []
        for text, pieces in zip(texts, got):
            want = lengths(reference.pre_tokenize_str(text)) if text else []
            if pieces != want:
                failures.append(first_difference(text, pieces, want))
        totals.count("pre " + " ".join(names), failures, len(texts))


def first_difference(text, got, want):
    data, at = text.encode(), 0
    for a, b in zip(got, want):
        if a != b:
            around = data[max(0, at - 12):at + max(a, b) + 8].decode(errors="replace")
            return f"{around!r} ({' '.join(f'{ord(c):04X}' for c in around)}): {a} bytes, wanted {b}"
        at += a
    return f"{text!r}: {len(got)} pieces, wanted {len(want)}"


def gpt2_parts():
    metadata = gguf_metadata.read(ROOT / "tests/data/tokenizers/ggml-vocab-gpt-2.gguf")
    tokens = metadata["tokenizer.ggml.tokens"]
    merges = [tuple(merge.split(" ")) for merge in metadata["tokenizer.ggml.merges"]]
    return {token: i for i, token in enumerate(tokens)}, merges


def gpt2_with(vocabulary, merges, pre, ignore_merges=False):
    tokenizer = tokenizers.Tokenizer(models.BPE(vocabulary, merges, ignore_merges=ignore_merges))
    tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken("<|endoftext|>", special=True, normalized=False)])
    return tokenizer


def check_tokenizer(totals, name, reference, texts):
    document = reference.to_str()
    got = encode(document, texts)
    failures, lists = [], []
    for text, ids, encoding in zip(texts, got, reference.encode_batch(texts)):
        lists.append(encoding.ids)
        if ids != encoding.ids:
            failures.append(f"{text!r}: {ids[:20]}, wanted {encoding.ids[:20]}")
    totals.count(name + " ids", failures, len(texts))
    decoded = decode(document, lists)
    wanted = reference.decode_batch(lists, skip_special_tokens=False)
    # The reference decodes to str, bytes that are no UTF-8 to U+FFFD.
    failures = [f"{ids[:20]}: {got!r}, wanted {want!r}" for ids, got, want in zip(lists, decoded, wanted)
                if got.decode(errors="replace") != want]
    totals.count(name + " text", failures, len(texts))
    noise = random.Random(5)
    size = reference.get_vocab_size()
    lists = [[noise.randrange(size) for _ in range(noise.randint(1, 30))] for _ in range(len(texts) // 4)]
    failures = [f"{ids}: {got!r}, wanted {want!r}" for ids, got, want in
                zip(lists, decode(document, lists), reference.decode_batch(lists, skip_special_tokens=False))
                if got.decode(errors="replace") != want]
    totals.count(name + " random ids", failures, len(lists))


def check_tokenizers(totals, texts):
    vocabulary, merges = gpt2_parts()
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    bytes_only = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    table = json.loads(subprocess.run([TOOL, "-", "pre"], stdout=subprocess.PIPE, check=True).stdout)
    check_tokenizer(totals, "gpt-2", gpt2_with(vocabulary, merges, byte_level), texts)
    check_tokenizer(totals, "gpt-2 with a space before", gpt2_with(
        vocabulary, merges, pre_tokenizers.ByteLevel(add_prefix_space=True, use_regex=True)), texts)
    check_tokenizer(totals, "gpt-2 without merges of whole words", gpt2_with(vocabulary, merges, byte_level, True), texts)
    for name in ("qwen2", "llama-bpe", "gpt-4o", "deepseek-v3", "falcon"):
        steps = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in table[name]]
        check_tokenizer(totals, "gpt-2 with the pre-tokenizer of " + name,
                        gpt2_with(vocabulary, merges, pre_tokenizers.Sequence(steps + [bytes_only])), texts)
    check_tokenizer(totals, "gpt-2 without a pre-tokenizer", gpt2_with(vocabulary, merges, bytes_only), texts)
    micro = tokenizers.Tokenizer.from_file(str(ROOT / "models/micro/tokenizer.json"))
    check_tokenizer(totals, "models/micro", micro, texts)


def long_texts(source):
    """1 MB each: everything mixed, and what is one piece to a pre-tokenizer."""
    mixed = ""
    while len(mixed.encode()) < 10**6:
        mixed += "".join(tokenizer_texts.random_text(source) for _ in range(200))
    return {"mixed": mixed, "letters": "".join(source.choices("etaoinshr", k=10**6)), "one letter": "a" * 10**6, "spaces": " " * 10**6,
            "digits": "".join(source.choices("0123456789", k=10**6)), "marks": "".join(source.choices("=-#*", k=10**6)),
            "line breaks": "\r\n" * 500_000, "Han": "".join(chr(source.randrange(0x4E00, 0x9FA5)) for _ in range(333_333))}


def check_long(totals, source):
    vocabulary, merges = gpt2_parts()
    bytes_only = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    table = json.loads(subprocess.run([TOOL, "-", "pre"], stdout=subprocess.PIPE, check=True).stdout)
    texts = long_texts(source)
    for name in ("gpt-2", "qwen2", "llama-bpe", "gpt-4o", "deepseek-coder"):
        steps = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in table[name]]
        reference = gpt2_with(vocabulary, merges, pre_tokenizers.Sequence(steps + [bytes_only]))
        got = encode(reference.to_str(), list(texts.values()))
        failures = [kind for ids, (kind, text) in zip(got, texts.items(), strict=True) if ids != reference.encode(text).ids]
        totals.count(f"1 MB cut as {name}", failures, len(texts))


def check_vocabularies(totals, folder):
    for path in sorted(folder.glob("*.gguf")):
        texts_path, ids_path = path.with_name(path.name + ".inp"), path.with_name(path.name + ".out")
        if not texts_path.exists():
            continue
        metadata = {key: value for key, value in gguf_metadata.read(path).items() if key.startswith("tokenizer.")}
        if metadata["tokenizer.ggml.model"] != "gpt2":
            continue
        texts = texts_path.read_bytes().decode().split("\n__ggml_vocab_test__\n")
        wanted = [[int(i) for i in line.split()] for line in ids_path.read_text().split("\n")]
        try:
            # llama.cpp makes these lists without special tokens around or within.
            got = encode(json.dumps(metadata), texts, "plain")
        except subprocess.CalledProcessError:
            totals.count(path.name, [metadata.get("tokenizer.ggml.pre", "(none)")], len(texts))
            continue
        failures = [f"{text!r}: {a}, wanted {b}" for text, a, b in zip(texts, got, wanted) if a != b]
        totals.count(path.name, failures, len(texts))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=int, default=4000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--vocabularies", type=pathlib.Path)
    arguments.add_argument("--no-build", action="store_true")
    arguments.add_argument("--only", choices=["patterns", "tokenizers", "long", "vocabularies"])
    options = arguments.parse_args()
    if not options.no_build:
        subprocess.run(["tools/build", "release", "tokenizer_tool"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    source = random.Random(options.seed)
    texts = [tokenizer_texts.random_text(source) for _ in range(options.texts)]
    totals = Totals()
    print(f"tokenizers {tokenizers.__version__}")
    if options.only in (None, "patterns"):
        check_patterns(totals, texts + neighbourhoods())
    if options.only in (None, "tokenizers"):
        check_tokenizers(totals, texts)
    if options.only in (None, "long"):
        check_long(totals, source)
    if options.vocabularies and options.only in (None, "vocabularies"):
        check_vocabularies(totals, options.vocabularies)
    print(f"{totals.passed} passed, {totals.failed} failed")
    return 1 if totals.failed else 0


if __name__ == "__main__":
    sys.exit(main())
