"""Models damaged on purpose, made from a sound folder: what each fault is, and the stage of `apr check` that must find it.

Only the standard library: a SafeTensors file is a header and bytes.
"""
import array
import json
import pathlib
import random
import shutil
import struct

FILES = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja",
         "model.safetensors"]
WIDTH = {"F32": 4, "F16": 2, "BF16": 2}
NAN = {"F32": b"\x00\x00\xc0\x7f", "F16": b"\x00\x7e", "BF16": b"\xc0\x7f"}


class Weights:
    """A SafeTensors file whose tensors can be changed in place."""

    def __init__(self, path):
        self.path, self.raw = path, bytearray(path.read_bytes())
        size = struct.unpack("<Q", self.raw[:8])[0]
        self.header = json.loads(self.raw[8:8 + size])
        self.start = 8 + size

    def span(self, name):
        first, last = self.header[name]["data_offsets"]
        return self.start + first, self.start + last

    def names(self, part):
        return [name for name in self.header if part in name]

    def replace(self, name, data):
        first, last = self.span(name)
        assert len(data) == last - first
        self.raw[first:last] = data

    def rows(self, name):
        first, last = self.span(name)
        count = self.header[name]["shape"][0]
        step = (last - first) // count
        return [bytes(self.raw[first + i * step:first + (i + 1) * step]) for i in range(count)]

    def save(self):
        self.path.write_bytes(self.raw)


def edit_json(path, change):
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def zero_norm(folder):
    weights = Weights(folder / "model.safetensors")
    name = "model.layers.1.input_layernorm.weight"
    first, last = weights.span(name)
    weights.replace(name, bytes(last - first))
    weights.save()


def nan_weight(folder):
    weights = Weights(folder / "model.safetensors")
    name = "model.layers.2.mlp.down_proj.weight"
    first, _ = weights.span(name)
    dtype = weights.header[name]["dtype"]
    weights.raw[first:first + WIDTH[dtype]] = NAN[dtype]
    weights.save()


def permute_rope(folder):
    """Rows of q and k as llama.cpp's llama-architecture files have them: neighbours instead of halves."""
    weights = Weights(folder / "model.safetensors")
    config = json.loads((folder / "config.json").read_text())
    dim = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
    for name in weights.names("q_proj") + weights.names("k_proj"):
        rows, out = weights.rows(name), []
        for head in range(0, len(rows), dim):
            for i in range(dim // 2):
                out += [rows[head + i], rows[head + dim // 2 + i]]
        weights.replace(name, b"".join(out))
    weights.save()


def shuffle_vocabulary(folder):
    def change(document):
        vocab = document["model"]["vocab"]
        ids = list(vocab.values())
        random.Random(5).shuffle(ids)
        document["model"]["vocab"] = dict(zip(vocab, ids))
    edit_json(folder / "tokenizer.json", change)


def wrong_heads(folder):
    def change(config):
        config["head_dim"] = (config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]) // 2
        config["num_attention_heads"] *= 2
        config["num_key_value_heads"] *= 2
    edit_json(folder / "config.json", change)


def truncate_tokenizer(folder):
    def change(document):
        model = document["model"]
        kept = {piece: index for piece, index in model["vocab"].items() if index < len(model["vocab"]) // 2}
        as_pair = [merge if isinstance(merge, list) else merge.split(" ") for merge in model["merges"]]
        model["merges"] = [merge for merge, pair in zip(model["merges"], as_pair)
                           if pair[0] in kept and pair[1] in kept and "".join(pair) in kept]
        model["vocab"] = kept
    edit_json(folder / "tokenizer.json", change)


def random_weights(folder):
    """Right shapes, plausible sizes, no training: what a broken converter leaves behind."""
    weights = Weights(folder / "model.safetensors")
    chance = random.Random(3)
    pool = array.array("f", [chance.gauss(0, 0.05) for _ in range(65536)]).tobytes()
    for name, entry in weights.header.items():
        if name == "__metadata__" or "norm" in name:
            continue
        first, last = weights.span(name)
        if entry["dtype"] == "F32":
            chunk = pool
        elif entry["dtype"] == "BF16":
            chunk = b"".join(pool[i + 2:i + 4] for i in range(0, len(pool), 4))
        else:
            chunk = b"".join(struct.pack("<e", chance.gauss(0, 0.05)) for _ in range(32768))
        shift = chance.randrange(0, len(chunk) // 2, 4)
        weights.replace(name, (chunk[shift:] * ((last - first) // (len(chunk) - shift) + 1))[:last - first])
    weights.save()


def constant_logits(folder):
    """A final norm of zeros makes every logit zero."""
    weights = Weights(folder / "model.safetensors")
    first, last = weights.span("model.norm.weight")
    weights.replace("model.norm.weight", bytes(last - first))
    weights.save()


def missing_tensor(folder):
    weights = Weights(folder / "model.safetensors")
    header = {name: entry for name, entry in weights.header.items()}
    entry = header.pop("model.layers.0.mlp.up_proj.weight")
    header["model.layers.0.mlp.unknown.weight"] = entry
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    weights.path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(weights.raw[weights.start:]))


def truncated_file(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1000])


def no_tokenizer(folder):
    (folder / "tokenizer.json").unlink()


def no_config(folder):
    (folder / "config.json").unlink()


# fault -> the stage that must fail
DAMAGE = {
    zero_norm: "layer_norm",
    nan_weight: "tensors",
    permute_rope: "positions",
    shuffle_vocabulary: "likelihood",
    wrong_heads: "attention",
    truncate_tokenizer: "tokenizer",
    random_weights: "likelihood",
    constant_logits: "lm_head",
    missing_tensor: "architecture",
    truncated_file: "header",
    no_tokenizer: "tokenizer_presence",
    no_config: "metadata",
}


def make(source, folder, fault):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if (source / name).exists():
            shutil.copyfile(source / name, folder / name)
    if fault:
        fault(folder)
    return folder
