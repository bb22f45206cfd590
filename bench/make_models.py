#!/usr/bin/env python3
"""Makes the model files that bench/run times: random weights in real shapes, and models/micro, each as GGUF in F32 or
F16, then quantised by llama.cpp's llama-quantize so that both programs read the same bytes.

The random models' vocabulary is 256 single bytes, one merge, and pieces `<|300|>` that name their own id, so that a
program's greedy text can be read back as ids. `q05` has the shape of Qwen2.5-0.5B, `l1` that of Llama-3.2-1B except for
a vocabulary of 32768; both have tied heads.

Usage: make_models.py OUT [NAME.TYPE...], e.g. make_models.py "$SOV_MODELS" q05.Q8_0 l1.Q4_K_M; SOV_PEERS names the
folder of llama.cpp's binaries. Needs the PyPI packages gguf and numpy, and safetensors for micro.
"""
import json
import os
import pathlib
import subprocess
import sys

import gguf
import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHAPES = {
    "q05": dict(arch="qwen2", hidden=896, layers=24, heads=14, kv_heads=2, ffn=4864, vocab=151936, theta=1e6),
    "l1": dict(arch="llama", hidden=2048, layers=16, heads=32, kv_heads=8, ffn=8192, vocab=32768, theta=5e5),
}
DEFAULT = ["q05.Q8_0", "q05.Q4_0", "q05.F16", "q05.BF16", "q05.F32", "l1.Q8_0", "l1.Q4_0", "l1.Q4_K_M", "l1.Q6_K", "l1.F16",
           "micro.F32", "micro.Q8_0"]


def byte_alphabet():
    """The printable stand-ins of GPT-2's byte-level BPE, by byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    return {**{b: chr(b) for b in printable}, **{b: chr(256 + i) for i, b in enumerate(others)}}


def add_tokenizer(writer, tokens, types, merges, eos):
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges(merges)
    writer.add_eos_token_id(eos)
    writer.add_bos_token_id(eos)
    writer.add_add_bos_token(False)


def add_shape(writer, s, context, eps):
    writer.add_block_count(s["layers"])
    writer.add_context_length(context)
    writer.add_embedding_length(s["hidden"])
    writer.add_feed_forward_length(s["ffn"])
    writer.add_head_count(s["heads"])
    writer.add_head_count_kv(s["kv_heads"])
    writer.add_vocab_size(s["vocab"])
    writer.add_rope_freq_base(s["theta"])
    writer.add_layer_norm_rms_eps(eps)
    if s["arch"] == "llama":
        writer.add_rope_dimension_count(s["hidden"] // s["heads"])


def finish(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def random_model(s, dtype, path):
    rng = numpy.random.default_rng(1)
    hidden, ffn, kv = s["hidden"], s["ffn"], s["hidden"] // s["heads"] * s["kv_heads"]
    writer = gguf.GGUFWriter(str(path), s["arch"], use_temp_file=False)
    add_shape(writer, s, 4096, 1e-6)
    alphabet = byte_alphabet()
    tokens = [alphabet[b] for b in range(256)] + ["th"] + [f"<|{i}|>" for i in range(257, s["vocab"])]
    add_tokenizer(writer, tokens, [gguf.TokenType.NORMAL] * len(tokens), ["t h"], s["vocab"] - 1)

    def matrix(name, rows, cols, spread=None):
        values = rng.standard_normal((rows, cols), dtype=numpy.float32)
        values *= spread or cols ** -0.5
        writer.add_tensor(name, values.astype(dtype))

    def vector(name, size, mean, spread):
        writer.add_tensor(name, (mean + spread * rng.standard_normal(size, dtype=numpy.float32)).astype(numpy.float32))

    matrix("token_embd.weight", s["vocab"], hidden, 0.05)  # small beside the layers: the head is tied
    vector("output_norm.weight", hidden, 1, 0.1)
    for i in range(s["layers"]):
        at = f"blk.{i}."
        vector(at + "attn_norm.weight", hidden, 1, 0.1)
        vector(at + "ffn_norm.weight", hidden, 1, 0.1)
        for part, rows in (("q", hidden), ("k", kv), ("v", kv)):
            matrix(f"{at}attn_{part}.weight", rows, hidden)
            if s["arch"] == "qwen2":
                vector(f"{at}attn_{part}.bias", rows, 0, 0.1)
        matrix(at + "attn_output.weight", hidden, hidden)
        matrix(at + "ffn_gate.weight", ffn, hidden)
        matrix(at + "ffn_up.weight", ffn, hidden)
        matrix(at + "ffn_down.weight", hidden, ffn)
    finish(writer)


MICRO_NAMES = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
               "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
               "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}


def micro_name(name):
    if name.startswith("model.layers."):
        _, _, layer, rest = name.split(".", 3)
        part, kind = rest.rsplit(".", 1)
        return f"blk.{layer}.{MICRO_NAMES[part]}.{kind}"
    return {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight"}[name]


def bf16_tensors(path):
    """(name, f32 array) of a SafeTensors file: numpy has no bfloat16, so the bytes are widened here."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    for name, entry in json.loads(raw[8:8 + size]).items():
        if name == "__metadata__":
            continue
        begin, end = (8 + size + at for at in entry["data_offsets"])
        kind = {"BF16": "<u2", "F32": "<f4"}[entry["dtype"]]
        values = numpy.frombuffer(raw[begin:end], dtype=kind)
        if kind == "<u2":
            values = (values.astype(numpy.uint32) << 16).view(numpy.float32)
        yield name, values.reshape(entry["shape"]).astype(numpy.float32)


def micro_model(dtype, path):
    folder = ROOT / "models" / "micro"
    c = json.loads((folder / "config.json").read_text())
    t = json.loads((folder / "tokenizer.json").read_text())
    writer = gguf.GGUFWriter(str(path), "qwen2")
    add_shape(writer, dict(arch="qwen2", hidden=c["hidden_size"], layers=c["num_hidden_layers"], ffn=c["intermediate_size"],
                           heads=c["num_attention_heads"], kv_heads=c["num_key_value_heads"], vocab=c["vocab_size"],
                           theta=c["rope_theta"]), c["max_position_embeddings"], c["rms_norm_eps"])
    vocab = dict(t["model"]["vocab"])
    special = {a["id"]: a["content"] for a in t["added_tokens"]}
    vocab.update({content: i for i, content in special.items()})
    kinds = [gguf.TokenType.CONTROL if i in special else gguf.TokenType.NORMAL for i in range(len(vocab))]
    merges = [m if isinstance(m, str) else " ".join(m) for m in t["model"]["merges"]]
    add_tokenizer(writer, sorted(vocab, key=vocab.get), kinds, merges, c["eos_token_id"])
    writer.add_eot_token_id(vocab["<|endoftext|>"])  # it ends texts, the other one turns
    for name, values in bf16_tensors(folder / "model.safetensors"):
        if name != "lm_head.weight":  # tied
            writer.add_tensor(micro_name(name), values.astype(dtype) if values.ndim > 1 else values)
    finish(writer)


def make(folder, name, kind):
    path = folder / f"{name}.{kind}.gguf"
    if path.exists():
        return
    part = path.with_suffix(".part")
    if kind in ("F32", "F16"):
        dtype = numpy.float32 if kind == "F32" else numpy.float16
        micro_model(dtype, part) if name == "micro" else random_model(SHAPES[name], dtype, part)
    else:
        base = "F32" if name == "micro" else "F16"
        make(folder, name, base)
        subprocess.run([pathlib.Path(os.environ["SOV_PEERS"]) / "llama-quantize", folder / f"{name}.{base}.gguf", part,
                        kind, "2"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    part.rename(path)
    print(path.name, f"{path.stat().st_size / 1e6:.0f} MB")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for wanted in sys.argv[2:] or DEFAULT:
        make(folder, *wanted.split(".", 1))


if __name__ == "__main__":
    main()
