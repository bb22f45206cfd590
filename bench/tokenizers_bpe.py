#!/usr/bin/env python3
"""Byte-level BPE against Hugging Face tokenizers: loading, encoding and decoding on one thread.

The text is made here, the same for both: prose in eight scripts (words drawn by Zipf's law from 6,000 a script), code (this
repository's sources), JSON, numbers and emoji. Vocabularies: models/micro's, GPT-2's, DeepSeek Coder's, and with
--vocabulary X.gguf others, each cut by its own patterns. Also 1 MB that is one "word" to the pre-tokenizers.
Usage: tools/parity/run ../../bench/tokenizers_bpe.py [--megabytes 10] [--vocabulary X.gguf ...] [--no-build]
"""
import argparse
import itertools
import json
import os
import pathlib
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata

os.environ["RAYON_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools" / "golden"))
import tokenizers  # noqa: E402
from tokenizers import AddedToken, Regex, decoders, models, pre_tokenizers  # noqa: E402
import gguf_metadata  # noqa: E402
import tokenizer_texts  # noqa: E402

TOOL = ROOT / "build/release/tokenizer_tool"
PROSE = ["latin", "cyrillic", "greek", "arabic", "devanagari", "thai", "han", "hangul"]


class Prose:
    """Sentences of one script; the word of rank r comes with weight 1/r."""

    def __init__(self, script, source):
        letters = [c for c in tokenizer_texts.ALPHABETS[script] if c.isalpha()]
        if script == "latin":
            letters = list("eeeeeetttaaaooiinnsshhrrddlluucmfwygpbvkxqjz")
        common = letters if script == "latin" else source.sample(letters, min(len(letters), 400))
        longest = 3 if script in ("han", "hangul") else 9
        self.words = ["".join(source.choice(common) for _ in range(source.randint(1, longest))) for _ in range(6000)]
        self.weights = list(itertools.accumulate(1 / rank for rank in range(1, 6001)))
        self.between = "" if script in ("han", "thai") else " "

    def sentence(self, source):
        words = source.choices(self.words, cum_weights=self.weights, k=source.randint(5, 18))
        words[0] = words[0].capitalize()
        return self.between.join(words) + source.choice([". ", ". ", "? ", ", ", "! "])


def document(source, rank=2):
    keys = ["id", "name", "values", "score", "created_at", "tags", "parent", "is_active"]
    value = {}
    for key in source.sample(keys, 5):
        value[key] = source.choice([source.randrange(10**6), source.random(), source.choice(tokenizer_texts.WORDS), True, None,
                                    [source.randrange(1000) for _ in range(4)], document(source, rank - 1) if rank else "2024-05-06T07:08:09Z"])
    return value


def mixed_text(size):
    source = random.Random(2024)
    prose = [Prose(script, source) for script in PROSE]
    code = [path.read_text() for path in sorted(ROOT.glob("src/core/*.cpp")) + sorted(ROOT.glob("tools/golden/*.py"))]
    parts, total = [], 0
    while total < size:
        kind = source.random()
        if kind < 0.55:
            language = prose[0] if source.random() < 0.5 else source.choice(prose)
            part = "".join(language.sentence(source) for _ in range(6)) + "\n\n"
        elif kind < 0.8:
            lines = source.choice(code).splitlines(keepends=True)
            begin = source.randrange(len(lines))
            part = "".join(lines[begin:begin + 30])
        elif kind < 0.92:
            part = json.dumps(document(source), indent=source.choice([None, 2]), ensure_ascii=False) + "\n"
        elif kind < 0.97:
            part = " ".join(tokenizer_texts.number(source) for _ in range(20)) + "\n"
        else:
            part = " ".join(source.choice(tokenizer_texts.EMOJI + tokenizer_texts.CONTRACTIONS) for _ in range(12)) + "\n"
        parts.append(part)
        total += len(part.encode())
    return unicodedata.normalize("NFC", "".join(parts))  # some tokenizers' normalizer: the text must come back


def pre_tokenizer_of(name):
    """The patterns that the table has for the name, then the bytes."""
    if name == "gpt-2":
        return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    table = json.loads(subprocess.run([TOOL, "-", "pre"], stdout=subprocess.PIPE, check=True).stdout)
    steps = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in table[name]]
    return pre_tokenizers.Sequence([*steps, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def tokenizer_of(path):
    """A tokenizer.json of a GGUF vocabulary."""
    metadata = gguf_metadata.read(path)
    tokens = metadata["tokenizer.ggml.tokens"]
    merges = [tuple(merge.split(" ")) for merge in metadata["tokenizer.ggml.merges"]]
    pre = metadata["tokenizer.ggml.pre"]
    tokenizer = tokenizers.Tokenizer(models.BPE({token: i for i, token in enumerate(tokens)}, merges, ignore_merges=pre == "llama-bpe"))
    tokenizer.pre_tokenizer = pre_tokenizer_of(pre)
    tokenizer.decoder = decoders.ByteLevel()
    specials = [token for token, kind in zip(tokens, metadata["tokenizer.ggml.token_type"], strict=True) if kind == 3]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in specials])
    return tokenizer


def best_of(runs, work):
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def peer(tokenizer_path, text):
    """Runs in a process of its own, so that its memory is its own."""
    tokenizer = tokenizers.Tokenizer.from_file(tokenizer_path)
    megabytes = len(text.encode()) / 1e6
    load = best_of(3, lambda: tokenizers.Tokenizer.from_file(tokenizer_path))
    start = time.process_time()
    ids = tokenizer.encode(text).ids
    whole = time.process_time() - start  # once: it takes many times as long as line by line
    lines = text.splitlines(keepends=True)
    result = {"tokens": len(ids), "load_ms": load * 1e3, "encode_mb_s": megabytes / whole,
              "encode_lines_mb_s": megabytes / best_of(3, lambda: tokenizer.encode_batch_fast(lines)),
              "decode_mb_s": megabytes / best_of(3, lambda: tokenizer.decode(ids, skip_special_tokens=False))}
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(result))


def measured(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def ours(tokenizer_path, text_path):
    result = measured(["/usr/bin/env", "python3", "-c", "import json,resource,subprocess,sys\n"
                       "done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True)\n"
                       "result = json.loads(done.stdout)\n"
                       "result['peak_mb'] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024\n"
                       "print(json.dumps(result))", str(TOOL), tokenizer_path, "bench", text_path])
    if not result["round_trip"]:
        sys.exit(f"{tokenizer_path}: decode(encode(text)) is not the text")
    return result


def compare(name, tokenizer_path, text_path):
    own, other = ours(tokenizer_path, text_path), measured([sys.executable, __file__, "--peer", tokenizer_path, text_path])
    if own["tokens"] != other["tokens"]:
        sys.exit(f"{name}: {own['tokens']} tokens, tokenizers gives {other['tokens']}")
    for key, unit, smaller in (("encode_mb_s", "MB/s", False), ("encode_lines_mb_s", "MB/s", False), ("decode_mb_s", "MB/s", False),
                               ("load_ms", "ms", True), ("peak_mb", "MB", True)):
        ratio = other[key] / own[key] if smaller else own[key] / other[key]
        print(f"| {name} | {key.rsplit('_', 1)[0].replace('_mb', '').replace('_', ' ')} | {own[key]:.1f} {unit} | {other[key]:.1f} {unit} | "
              f"{ratio:.1f} |", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--megabytes", type=float, default=10)
    arguments.add_argument("--vocabulary", type=pathlib.Path, action="append", default=[])
    arguments.add_argument("--only", default="", help="vocabularies whose name has this")
    arguments.add_argument("--no-build", action="store_true")
    arguments.add_argument("--peer", nargs=2)
    options = arguments.parse_args()
    if options.peer:
        return peer(options.peer[0], pathlib.Path(options.peer[1]).read_bytes().decode())
    if not options.no_build:
        subprocess.run(["tools/build", "release", "tokenizer_tool"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    print(f"{cpu}; tokenizers {tokenizers.__version__}; one thread; processor time, best of 3 (theirs in one text: one run)\n")
    print("| vocabulary and text | what | ours | tokenizers | ours is better by |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        texts = {"mixed": mixed_text(options.megabytes * 1e6), "one word": "".join(random.Random(3).choices("abcdefghij", k=10**6)),
                 "one character": "a" * 10**6}
        for name, text in texts.items():
            pathlib.Path(folder, name).write_bytes(text.encode())
        vocabularies = {"micro": str(ROOT / "models/micro/tokenizer.json")}
        data = ROOT / "tests/data/tokenizers"
        for path in [data / "ggml-vocab-gpt-2.gguf", data / "ggml-vocab-deepseek-coder.gguf", *options.vocabulary]:
            stem = path.stem.removeprefix("ggml-vocab-")
            vocabularies[stem] = str(pathlib.Path(folder, stem + ".json"))
            tokenizer_of(path).save(vocabularies[stem])
        for vocabulary, tokenizer_path in vocabularies.items():
            for name in texts if options.only in vocabulary else ():
                compare(f"{vocabulary}, {name}", tokenizer_path, str(pathlib.Path(folder, name)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
