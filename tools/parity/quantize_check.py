"""Our quantised files beside llama.cpp's, made from the same F32 GGUF of models/micro (or --model).

1. Every matrix in one dtype: the relative root mean square error of `apr quantize -s DTYPE` and of `llama-quantize
   --pure`, both decoded by the PyPI package gguf. For q8_0 to q5_1 the bytes should be the same; for the others ours
   must not be larger. An error if a tensor's dtype differs, or is of another type than asked for.
2. The mixes q4_k_m and q5_k_m: the dtype of each tensor, of the model and of small random models with other numbers of
   layers, other architectures and rows that are not whole blocks.
3. How far each file's predictions are from the F32 file's: the Kullback-Leibler divergence that llama-perplexity
   computes, for both files, on the functions of models/eval.

Usage: tools/parity/run quantize_check.py [--apr build/release/bin/apr] [--llama FOLDER] [--model NAME]
FOLDER (or SOV_PEERS) holds llama-quantize and llama-perplexity.
"""
import argparse
import functools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import gguf
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAME_BYTES = {"q8_0": "Q8_0", "q4_0": "Q4_0", "q4_1": "Q4_1", "q5_0": "Q5_0", "q5_1": "Q5_1"}
SEARCHED = {"q2_k": "Q2_K", "q3_k": "Q3_K_M", "q4_k": "Q4_K_M", "q5_k": "Q5_K_M", "q6_k": "Q6_K", "iq4_nl": "IQ4_NL"}
MIXES = {"q4_k_m": "Q4_K_M", "q5_k_m": "Q5_K_M"}
KINDS = ("completion", "code")  # of the held-out texts: Python functions
FAILED = []


def check(ok, text):
    if not ok:
        FAILED.append(text)
        print("FAIL", text)


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{(done.stdout + done.stderr)[-1500:]}")
    return done.stdout + done.stderr


@functools.cache
def matrices(path):
    return {t.name: t for t in gguf.GGUFReader(path).tensors if len(t.shape) > 1}


def error_of(original, path):
    """Relative root mean square error of all matrices together."""
    difference = total = 0.0
    for name, tensor in matrices(path).items():
        wanted = original[name]
        got = gguf.quants.dequantize(tensor.data, tensor.tensor_type).reshape(wanted.shape).astype(np.float64)
        difference += ((got - wanted) ** 2).sum()
        total += (wanted ** 2).sum()
    return (difference / total) ** 0.5


def dtypes(path):
    return {name: t.tensor_type.name for name, t in matrices(path).items()}


class Programs:
    def __init__(self, apr, llama, folder):
        self.apr, self.llama, self.folder = apr, llama, folder

    def ours(self, source, dtype):
        out = self.folder / f"ours.{source.stem}.{dtype}.gguf"
        run(self.apr, "quantize", source, "-s", dtype, "-o", out, "--force", "--quiet")
        return out

    def theirs(self, source, kind, *options):
        out = self.folder / f"theirs.{source.stem}.{kind}{''.join(options)}.gguf"
        run(self.llama / "llama-quantize", *options, source, out, kind, 2)
        return out

    def divergence(self, path, text, base):
        """Mean over tokens of the Kullback-Leibler divergence from the F32 model, whose logits are in `base`."""
        out = run(self.llama / "llama-perplexity", "-m", path, "-f", text, "-c", 512, "-t", 1, "--kl-divergence-base", base,
                  *(["--kl-divergence"] if base.exists() else []))
        found = re.search(r"Mean\s+KLD:\s+([-\d.]+)", out)
        return float(found[1]) if found else None


def held_out_text(folder):
    path = folder / "heldout.txt"
    rows = [json.loads(line) for line in (ROOT / "models/eval/heldout.jsonl").read_text().splitlines()]
    texts = [row["text"] if "text" in row else row["messages"][-1]["content"] for row in rows if row["kind"] in KINDS]
    path.write_text("\n\n".join(texts))
    return path


def compare(programs, source, original, divergence, dtype, kind, *options):
    ours, theirs = programs.ours(source, dtype), programs.theirs(source, kind, *options)
    check(dtypes(ours) == dtypes(theirs), f"{dtype}: dtypes differ: "
          f"{[(n, t, dtypes(theirs)[n]) for n, t in dtypes(ours).items() if t != dtypes(theirs)[n]][:4]}")
    same = all(np.array_equal(t.data, matrices(theirs)[n].data) for n, t in matrices(ours).items())
    errors = error_of(original, ours), error_of(original, theirs)
    if dtype in SEARCHED or dtype in MIXES:
        check(errors[0] <= errors[1], f"{dtype}: our error {errors[0]:.5f} is above {errors[1]:.5f}")
    print(f"| {dtype} | {errors[0]:.5f} | {errors[1]:.5f} | {errors[0] / errors[1]:.3f} | {'yes' if same else 'no'} | "
          f"{divergence(ours):.5f} | {divergence(theirs):.5f} |", flush=True)


def random_model(path, arch, layers, hidden=256, heads=4, kv_heads=2, ffn=512, tied=False):
    """The smallest file that both programs take for a model."""
    writer, rng = gguf.GGUFWriter(str(path), arch), np.random.default_rng(0)
    writer.add_block_count(layers)
    writer.add_context_length(64)
    writer.add_embedding_length(hidden)
    writer.add_feed_forward_length(ffn)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_dimension_count(hidden // heads)
    writer.add_rope_freq_base(10000.0)
    writer.add_vocab_size(256)

    def tensor(name, *shape):
        writer.add_tensor(name, rng.standard_normal(shape, dtype=np.float32))

    tensor("token_embd.weight", 256, hidden)
    tensor("output_norm.weight", hidden)
    if not tied:
        tensor("output.weight", 256, hidden)
    kv = hidden // heads * kv_heads
    for i in range(layers):
        for name in ("attn_norm", "ffn_norm"):
            tensor(f"blk.{i}.{name}.weight", hidden)
        parts = {"attn_q": (hidden, hidden), "attn_k": (kv, hidden), "attn_v": (kv, hidden)}
        if arch == "phi3":
            parts = {"attn_qkv": (hidden + 2 * kv, hidden)}
        parts["attn_output"] = (hidden, hidden)
        parts |= {"ffn_up": (2 * ffn, hidden)} if arch == "phi3" else {"ffn_gate": (ffn, hidden), "ffn_up": (ffn, hidden)}
        for name, shape in (parts | {"ffn_down": (hidden, ffn)}).items():
            tensor(f"blk.{i}.{name}.weight", *shape)
        for name, size in (("q", hidden), ("k", kv), ("v", kv)):
            if arch == "qwen2":
                tensor(f"blk.{i}.attn_{name}.bias", size)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def check_mixes(programs):
    shapes = [("llama", 2, {}), ("llama", 5, {}), ("llama", 12, {}), ("llama", 16, dict(tied=True)), ("llama", 33, {}),
              ("llama", 80, dict(heads=8, kv_heads=1)), ("llama", 80, dict(kv_heads=4)), ("qwen2", 80, {}),
              ("qwen2", 9, dict(tied=True)), ("phi3", 12, {}), ("phi3", 80, {}),
              ("llama", 4, dict(hidden=320, heads=5, kv_heads=1, ffn=896)), ("llama", 4, dict(hidden=192, ffn=300))]
    for number, (arch, layers, options) in enumerate(shapes):
        source = programs.folder / f"random{number}.gguf"
        random_model(source, arch, layers, **options)
        for dtype, kind in MIXES.items():
            ours, theirs = dtypes(programs.ours(source, dtype)), dtypes(programs.theirs(source, kind))
            different = [(n, t, theirs.get(n)) for n, t in ours.items() if t != theirs.get(n)]
            check(not different and len(ours) == len(theirs),
                  f"{dtype} of {arch}, {layers} layers, {options}: (tensor, ours, theirs) {different[:4]}")
    print(f"\nmixes: {len(shapes)} random models, {len(MIXES)} mixes each")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--apr", type=pathlib.Path, default=ROOT / "build/release/bin/apr")
    parser.add_argument("--llama", type=pathlib.Path, default=os.environ.get("SOV_PEERS"))
    parser.add_argument("--model", default="micro")
    options = parser.parse_args()
    if options.llama is None or not (options.llama / "llama-quantize").exists():
        sys.exit("quantize_check.py: wanted --llama FOLDER (or SOV_PEERS) with llama-quantize in it")
    with tempfile.TemporaryDirectory() as folder:
        programs = Programs(options.apr, options.llama, pathlib.Path(folder))
        source = programs.ours(pathlib.Path(options.model), "f32")
        original = {n: t.data.astype(np.float64) for n, t in matrices(source).items()}
        text, base = held_out_text(programs.folder), programs.folder / "logits"
        programs.divergence(source, text, base)  # writes `base`

        def divergence(path):
            return programs.divergence(path, text, base)

        print("| dtype | our error | llama.cpp's | ratio | same bytes | our divergence | llama.cpp's |")
        print("|---|---|---|---|---|---|---|")
        for dtype, kind in (SAME_BYTES | SEARCHED).items():
            compare(programs, source, original, divergence, dtype, kind, "--pure")
        for dtype, kind in MIXES.items():
            compare(programs, source, original, divergence, dtype, kind)
        check_mixes(programs)
    if FAILED:
        sys.exit(f"{len(FAILED)} checks failed")


if __name__ == "__main__":
    main()
