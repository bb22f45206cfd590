#!/usr/bin/env python3
"""Small files written by the reference packages, which our readers must read tensor for tensor.

Made with PyPI gguf 0.19.0, safetensors 0.8.0, numpy 2.4.6. Usage: formats_fixtures.py tests/data/formats
Writes sample.gguf, sample.safetensors, folder/ (two shards, Hugging Face companions) and expected.json: per file
the metadata and, for each tensor, name, dtype, shape and SHA-256 of its bytes.
"""
import hashlib
import json
import pathlib
import sys

import gguf
import numpy as np
from safetensors.numpy import save, save_file

OUT = pathlib.Path(sys.argv[1])
RNG = np.random.default_rng(20)


def describe(name, dtype, shape, data):
    return {"name": name, "dtype": dtype, "shape": list(shape), "sha256": hashlib.sha256(data).hexdigest()}


def gguf_sample(path):
    """Every metadata type, plain and quantised tensors, dims that are not symmetric."""
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_uint8("sample.u8", 200)
    writer.add_int8("sample.i8", -100)
    writer.add_uint16("sample.u16", 65000)
    writer.add_int16("sample.i16", -30000)
    writer.add_uint32("sample.u32", 4_000_000_000)
    writer.add_int32("sample.i32", -2_000_000_000)
    writer.add_uint64("sample.u64", 2**64 - 1)
    writer.add_int64("sample.i64", -(2**63))
    writer.add_float32("sample.f32", 1e-6)
    writer.add_float64("sample.f64", 0.1)
    writer.add_bool("sample.bool", True)
    writer.add_string("sample.string", "héllo, 世界")
    writer.add_array("sample.strings", ["a", "", "ccc"])
    writer.add_array("sample.ints", [1, -2, 3])
    writer.add_array("sample.floats", [0.5, -0.25])
    writer.add_block_count(2)
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(["<a>", "b", "Ġc"])
    writer.add_token_types([3, 1, 1])
    writer.add_token_merges(["b c"])
    writer.add_chat_template([{"name": "default", "template": "{{ messages }}"}, {"name": "tool_use", "template": "{{ tools }}"}])
    tensors = []

    def add(name, array, dtype, raw=None):
        shape = array.shape
        if raw is None:
            writer.add_tensor(name, array)
            data = array.tobytes()
        else:
            data = gguf.quants.quantize(array, raw)
            writer.add_tensor(name, data, raw_dtype=raw)
            data = data.tobytes()
        tensors.append(describe(name, dtype, shape, data))

    add("token_embd.weight", RNG.standard_normal((3, 64), dtype=np.float32), "f32")
    add("blk.0.attn_q.weight", RNG.standard_normal((5, 64), dtype=np.float32).astype(np.float16), "f16")
    add("blk.0.attn_q.bias", RNG.standard_normal(5, dtype=np.float32), "f32")
    add("blk.0.ffn_up.weight", RNG.standard_normal((7, 64), dtype=np.float32), "q8_0", gguf.GGMLQuantizationType.Q8_0)
    add("blk.1.ffn_up.weight", RNG.standard_normal((3, 2, 32), dtype=np.float32), "q4_0", gguf.GGMLQuantizationType.Q4_0)
    add("ids", np.arange(6, dtype=np.int32).reshape(2, 3), "i32")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return tensors


SAFE = {"float32": "f32", "float16": "f16", "int8": "i8", "int64": "i64", "uint16": "u16", "bool": "bool", "float64": "f64"}


def safe_tensors():
    return {
        "model.embed_tokens.weight": RNG.standard_normal((3, 4), dtype=np.float32),
        "scalar": np.array(2.5, dtype=np.float64),
        "empty": np.zeros((0, 7), dtype=np.float16),
        "b": RNG.integers(-128, 127, (2, 3, 5), dtype=np.int8),
        "ids": np.arange(4, dtype=np.int64),
        "flags": np.array([True, False, True]),
        "u": np.array([1, 65535], dtype=np.uint16),
    }


def described(arrays):
    return [describe(n, SAFE[str(a.dtype)], a.shape, a.tobytes()) for n, a in arrays.items()]


def folder_sample(folder):
    folder.mkdir(exist_ok=True)
    arrays = safe_tensors()
    names = sorted(arrays)
    parts = [names[:3], names[3:]]
    weight_map = {}
    for i, part in enumerate(parts):
        file = f"model-{i + 1:05d}-of-00002.safetensors"
        save_file({n: arrays[n] for n in part}, folder / file, metadata={"format": "np"})
        weight_map.update({n: file for n in part})
    total = sum(a.nbytes for a in arrays.values())
    dump = lambda name, value: (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
    dump("model.safetensors.index.json", {"metadata": {"total_size": total}, "weight_map": weight_map})
    dump("config.json", {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_size": 4})
    dump("generation_config.json", {"eos_token_id": [2, 0]})
    dump("tokenizer.json", {"version": "1.0", "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}})
    dump("tokenizer_config.json", {"added_tokens_decoder": {}, "eos_token": "<eos>",
                                   "chat_template": [{"name": "default", "template": "D"}, {"name": "rag", "template": "R"}]})
    dump("special_tokens_map.json", {"eos_token": "<other>", "unk_token": "<unk>"})
    return described(arrays)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    expected = {"sample.gguf": gguf_sample(OUT / "sample.gguf")}
    arrays = safe_tensors()
    (OUT / "sample.safetensors").write_bytes(save(arrays, metadata={"format": "np", "note": "wörld"}))
    expected["sample.safetensors"] = described(arrays)
    expected["folder"] = folder_sample(OUT / "folder")
    (OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
