#!/usr/bin/env python3
"""Writes tests/golden/tokenizers: small tokenizers of every kind with what Hugging Face tokenizers and sentencepiece make of
texts, and the vocabularies of Llama 2 and Phi-3 in short form with llama.cpp's ids of its 46 test texts.

Run with tokenizers 0.23.3, sentencepiece 0.2.3 and gguf from PyPI: tools/golden/tokenizer_kinds.py FOLDER_OF_GGML_VOCABULARIES
"""
import json
import pathlib
import random
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "parity"))
import gguf  # noqa: E402
import sentencepiece  # noqa: E402
import tokenizers_check as check  # noqa: E402

OUT = ROOT / "tests" / "golden" / "tokenizers"
RULES = [("41", "61"), ("C9", "65 301"), ("FB01", "66 69"), ("33CF", "6B 67"), ("300", ""), ("65 301", "E8"), ("9", "20"), ("A", "20"), ("A0", "20"),
         ("2026", "2E 2E 2E"), ("1F600", "3A 29"), ("FF41", "61")]


def write(name, golden):
    path = OUT / (name.replace(" ", "-").lower() + ".json")
    path.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size} bytes")


def cases_of(tokenizer, texts):
    for text in texts:
        ids = tokenizer.encode(text).ids
        yield {"text": text, "ids": ids, "plain": tokenizer.encode(text, add_special_tokens=False).ids,
               "decoded": tokenizer.decode(ids, skip_special_tokens=False), "skipped": tokenizer.decode(ids)}


def small_rules():
    """SentencePiece's rules with a dozen lines instead of some 60 thousand."""
    file = tempfile.NamedTemporaryFile("w", suffix=".tsv")
    file.write("".join(f"{source}\t{target}\n" for source, target in RULES))
    file.flush()
    return file


def with_small_rules(r, **options):
    with small_rules() as rules:
        options.setdefault("normalization_rule_tsv", rules.name)
        if "normalization_rule_name" in options:
            del options["normalization_rule_tsv"]
        return check_train(r, **options)


check_train = check.train_sentencepiece


def huggingface(r, texts):
    check.train_sentencepiece = with_small_rules
    groups = [check.sentencepiece_bpe_tokenizers(r), check.suffixed_bpe_tokenizers(r), check.unigram_tokenizers(r), check.word_piece_tokenizers(r)]
    for name, tokenizer in (item for group in groups for item in group):
        if name in ("BPE metaspace always", "BPE metaspace never split", "BPE unknown", "Unigram by HF's trainer") or "clean=False" in name:
            continue
        yield name, tokenizer, texts
    for name, tokenizer in [*check.normalizer_tokenizers(), *check.pre_tokenizer_tokenizers(texts[:12])]:
        if "Split" not in name or "inverted" not in name or "merged" in name:
            yield name, tokenizer, texts[:12]


def encoders(r, texts):
    for name, tokenizer, some in huggingface(r, texts):
        label = "".join(c if c.isalnum() else "-" for c in name.replace("=True", "").replace("=", "-"))
        decodes = not name.startswith(("normalizer", "pre-tokenizer"))
        cases = [case if decodes else {"text": case["text"], "ids": case["ids"]} for case in cases_of(tokenizer, some)]
        yield {"name": label, "tokenizer": json.loads(tokenizer.to_str()), "cases": cases}


def decoders(r):
    for name, tokenizer, rows in check.decoder_tokenizers(r):
        rows = rows[:40]
        if name == "decoder Strip":
            rows = [[i for i in row if i not in (1, 15)] for row in rows]
        if name == "decoder Fuse Strip":
            rows = [[2, *row, 2] for row in rows]
        cases = [{"ids": row, "decoded": tokenizer.decode(row, skip_special_tokens=False)} for row in rows]
        yield {"name": name.replace(" ", "-"), "tokenizer": json.loads(tokenizer.to_str()), "cases": cases}


def sentencepieces(r, texts):
    for name, (model, training) in check.SENTENCEPIECE_CASES.items():
        proto = with_small_rules(r, **training)
        peer = sentencepiece.SentencePieceProcessor(model_proto=proto.SerializeToString())
        cases = [{"text": t, "plain": peer.encode(t)} for t in texts if "\0" not in t]
        yield {"name": "sentencepiece-" + name.replace(" ", "-"), "metadata": check.gguf_metadata(proto, model), "cases": cases}


def runs(values):
    """[first, step, count] each, of values that go up or down evenly."""
    out = []
    for value in values:
        if out and (out[-1][2] == 1 or value == out[-1][0] + out[-1][1] * out[-1][2]):
            if out[-1][2] == 1:
                out[-1][1] = value - out[-1][0]
            out[-1][2] += 1
        else:
            out.append([value, 0, 1])
    return out


def vocabulary(path, base=None):
    fields = gguf.GGUFReader(path).fields
    values = {key.removeprefix("tokenizer.ggml."): fields[key].contents() for key in fields if key.startswith("tokenizer.ggml.")}
    texts = path.with_name(path.name + ".inp").read_bytes().decode().split("\n__ggml_vocab_test__\n")
    ids = [[int(i) for i in line.split()] for line in path.with_name(path.name + ".out").read_text().splitlines()]
    texts = texts[:len(ids)]
    tokens = values.pop("tokens")
    golden = {"name": path.name.removeprefix("ggml-vocab-").removesuffix(".gguf"), "scores": runs(list(values.pop("scores"))),
              "types": runs(list(values.pop("token_type"))), "metadata": {"tokenizer.ggml." + k: v for k, v in values.items()},
              "cases": [{"text": t, "plain": i, "decoded": t} for t, i in zip(texts, ids, strict=True)]}
    golden["tokens"] = tokens if base is None else tokens[len(base["tokens"]):]
    if base is not None:
        assert tokens[:len(base["tokens"])] == base["tokens"]
        golden["base"] = "vocabulary-" + base["name"] + ".json"
    return golden


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.json"):
        old.unlink()
    r = random.Random(20)
    texts = ["", " ", "Hello world", "  two  spaces  ", "<s>hello</s> <tool> tool x"] + [check.random_text(r) for _ in range(25)]
    write("encoders", list(encoders(r, texts)))
    write("decoders", list(decoders(r)))
    write("sentencepiece", list(sentencepieces(r, texts)))
    folder = pathlib.Path(sys.argv[1])
    llama = vocabulary(folder / "ggml-vocab-llama-spm.gguf")
    write("vocabulary-llama-spm", llama)
    write("vocabulary-phi-3", vocabulary(folder / "ggml-vocab-phi-3.gguf", llama))


if __name__ == "__main__":
    main()
