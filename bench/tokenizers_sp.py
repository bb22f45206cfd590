#!/usr/bin/env python3
"""Speed of SentencePiece BPE, Unigram and WordPiece beside Hugging Face tokenizers: one thread, 10 MB of mixed text.

The text is half Python source (this machine's standard library) and half prose of many scripts, emoji and code from
tools/parity/tokenizers_check.py, in documents of about 10 kB. Theirs encodes document by document (as one text SentencePiece
BPE would take it minutes), ours both ways. Process time, best of three for ours.
Usage: tools/parity/run ../../bench/tokenizers_sp.py [--megabytes N] [--tool PATH]
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import sysconfig
import tempfile
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"
ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools" / "parity"))
import tokenizers_check as check  # noqa: E402
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers  # noqa: E402


def mixed_documents(megabytes):
    r = random.Random(5)
    sources = sorted(pathlib.Path(sysconfig.get_paths()["stdlib"]).glob("**/*.py"))
    r.shuffle(sources)
    documents, size = [], 0
    for source in sources:
        text = source.read_text(encoding="utf-8", errors="replace")
        prose = "\n".join([*check.corpus(r, len(text) // 110), *(check.random_text(r) for _ in range(len(text) // 400))])
        for part in (text, prose):
            documents += [part[i:i + 10_000] for i in range(0, len(part), 10_000)]
            size += len(part.encode())
        if size >= megabytes * 1_000_000:
            return documents
    return documents


def llama(documents):
    """Llama 2's vocabulary; its merges are all pairs of pieces that join to a piece, best score first."""
    golden = json.loads((ROOT / "tests/golden/tokenizers/vocabulary-llama-spm.json").read_text(encoding="utf-8"))
    vocab = {piece: i for i, piece in enumerate(golden["tokens"])}
    merges = [(piece[:k], piece[k:]) for piece in golden["tokens"][259:] for k in range(1, len(piece)) if piece[:k] in vocab and piece[k:] in vocab]
    t = Tokenizer(models.BPE(vocab=vocab, merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    t.normalizer = normalizers.Sequence([normalizers.Prepend(check.MARK), normalizers.Replace(" ", check.MARK)])
    return t


def unigram(documents):
    t = Tokenizer(models.Unigram())
    t.normalizer = normalizers.NFKC()
    t.pre_tokenizer = pre_tokenizers.Metaspace()
    t.decoder = decoders.Metaspace()
    t.train_from_iterator(documents[::40], trainers.UnigramTrainer(vocab_size=8000, unk_token="<unk>", special_tokens=["<unk>"], show_progress=False))
    return t


def word_piece(documents):
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer()
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.train_from_iterator(documents[::40], trainers.WordPieceTrainer(vocab_size=8000, special_tokens=["[UNK]"], show_progress=False))
    return t


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--tool", default=str(ROOT / "build/release/tokenizer_tool"))
    options = parser.parse_args()
    documents = mixed_documents(options.megabytes)
    size = sum(len(d.encode()) for d in documents) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        text = pathlib.Path(folder) / "text"
        text.write_text("".join(documents), encoding="utf-8")
        for name, make in (("SentencePiece BPE", llama), ("Unigram", unigram), ("WordPiece", word_piece)):
            tokenizer = make(documents)
            file = pathlib.Path(folder) / "tokenizer.json"
            tokenizer.save(str(file))
            start = time.process_time()
            count = sum(len(tokenizer.encode(d).ids) for d in documents)
            theirs = size / (time.process_time() - start)
            done = subprocess.run([options.tool, file, "documents", text], capture_output=True, text=True, check=True).stdout.strip()
            print(f"{name}: {size:.1f} MB; tokenizers {theirs:.2f} MB/s, {count} tokens; ours {done}", flush=True)


if __name__ == "__main__":
    main()
