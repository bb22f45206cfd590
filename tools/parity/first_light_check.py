"""Our conversions against transformers, llama.cpp and the PyPI readers, on the committed models.

1. tests/data/tiny-qwen2: transformers, `apr run` on the folder, on llama.cpp's GGUF of it (convert_hf_to_gguf.py), on
   our APR and our GGUF of it, and llama-completion on both GGUFs give the same greedy text.
2. tests/golden/llm: each architecture gets a tokenizer of 300 printable pieces. Our GGUF has the tensors that
   convert_hf_to_gguf.py makes, byte for byte; opens in the gguf package; and llama-completion, transformers and `apr
   run` on folder, GGUF and APR print the same greedy text. The folder that we make back from the GGUF loads in
   transformers and gives it too.
3. Tokenizers: `llama-tokenize` on our GGUF gives the ids of Hugging Face's tokenizers on tokenizer.json.

Usage: tools/parity/run first_light_check.py [--apr build/release/bin/apr] [--llama FOLDER] [--only TEXT]
FOLDER (or SOV_LLAMA_CPP) holds bin/llama-completion, bin/llama-tokenize and llama.cpp's convert_hf_to_gguf.py; without
it the comparisons with llama.cpp are counted as skipped.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import gguf
import numpy as np
import safetensors.torch
import tokenizers
import torch
import transformers

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "llm"
TINY = ROOT / "tests" / "data" / "tiny-qwen2" / "hf"
MODELS = ["qwen2", "qwen3", "llama", "llama-llama3", "llama-linear", "llama-yarn", "llama-biases", "mistral", "phi3",
          "phi3-longrope", "gemma", "gemma2", "gemma2-caps", "gemma3", "gpt2"]
MAPPING = transformers.models.auto.modeling_auto.MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
NEW_TOKENS = 24
VOCABULARY = 300
TEXTS = ["hello world", "  two  spaces", "I'll don't 12345 3.14", "naïve café 日本語 🙂", "\n\n\ttab", "def f(x):\n    return x"]

# convert_hf_to_gguf.py, told what our tokenizers are: it knows byte-level BPE by the hash of a published one, and expects
# SentencePiece files of Phi-3 and Gemma.
LLAMA_CONVERT = """
import runpy, sys
sys.path.insert(0, sys.argv[1])
import conversion.base, conversion.gemma, conversion.phi
text = conversion.base.TextModel
text.get_vocab_base_pre = lambda self, tokenizer: 'qwen2'
for model in (conversion.phi.Phi3MiniModel, conversion.gemma.GemmaModel, conversion.gemma.Gemma2Model,
              conversion.gemma.Gemma3Model):
    model.set_vocab = text._set_vocab_gpt2
path = sys.argv[1] + '/convert_hf_to_gguf.py'
sys.argv = [path] + sys.argv[2:]
runpy.run_path(path, run_name='__main__')
"""


class Checks:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def equal(self, name, got, want):
        if got == want:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {name}:\n    got  {got!r}\n    want {want!r}")

    def run(self, name, action):
        try:
            return action()
        except Exception as error:  # one broken model must not hide the others
            self.failed += 1
            print(f"FAIL {name}: {type(error).__name__}: {str(error)[-600:]}")
            return None


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} {command[1]}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout


class Peers:
    def __init__(self, options):
        self.apr, self.llama = options.apr.resolve(), options.llama

    def has_llama(self, checks):
        checks.skipped += self.llama is None
        return self.llama is not None

    def apr_text(self, model, prompt):
        out = run(self.apr, "run", model, "-p", prompt, "-n", NEW_TOKENS, "--temperature", 0, "--json", "-q")
        return json.loads(out)["text"]

    def convert(self, source, target, *options):
        run(self.apr, "rosetta", "convert", source, target, "--verify", "-q", *options)
        return target

    def llama_text(self, model, prompt):
        """The longest of three runs and of a few tokens more than are compared: llama-completion may end before its last
        output is out."""
        command = [self.llama / "bin" / "llama-completion", "-m", model, "-p", prompt, "-n", NEW_TOKENS + 4, "--temp", 0,
                   "--no-display-prompt", "-no-cnv", "--simple-io", "-t", 2, "--no-warmup",
                   "-ctk", "f32", "-ctv", "f32", "-fa", "off"]
        out = max((run(*command) for _ in range(3)), key=len)
        return out.decode(errors="replace").removesuffix("\n\n").removesuffix(" [end of text]\n")

    def llama_ids(self, model, text):
        out = run(self.llama / "bin" / "llama-tokenize", "-m", model, "-p", text, "--ids", "--log-disable",
                  "--no-parse-special")
        return json.loads(out.decode().strip().splitlines()[-1])

    def llama_convert(self, folder, target):
        run(sys.executable, "-c", LLAMA_CONVERT, self.llama, folder, "--outfile", target, "--outtype", "f32")
        return target


def transformers_text(folder, prompt):
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    ids = tokenizer(prompt, return_tensors="pt")
    with torch.no_grad():
        out = model.generate(**ids, max_new_tokens=NEW_TOKENS, do_sample=False)
    return tokenizer.decode(out[0][ids["input_ids"].shape[1]:], skip_special_tokens=True)


def printable_tokenizer(folder):
    """Byte-level BPE without merges whose every piece is plain text, so that any ids make comparable output."""
    singles = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    pieces = singles + [f"T{i}." for i in range(len(singles), VOCABULARY - 1)]
    vocab = {piece: i for i, piece in enumerate(pieces)}
    end = {"id": VOCABULARY - 1, "content": "<end>", "single_word": False, "lstrip": False, "rstrip": False,
           "normalized": False, "special": True}
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
    qwen2 = json.loads((TINY / "tokenizer.json").read_text())
    tokenizer = dict(qwen2, normalizer=None, post_processor=level, added_tokens=[end])
    tokenizer["model"] = dict(qwen2["model"], vocab=vocab, merges=[])
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"tokenizer_class": "PreTrainedTokenizerFast", "clean_up_tokenization_spaces": False,
         "eos_token": "<end>", "pad_token": "<end>", "unk_token": "<end>"}))
    for name in ("config.json", "generation_config.json"):
        config = json.loads((folder / name).read_text())
        config.update(eos_token_id=VOCABULARY - 1, bos_token_id=None, pad_token_id=None)
        if "model_type" in config:  # the fixtures leave out what llama.cpp's converter looks for
            config["architectures"] = [MAPPING[config["model_type"]]]
        if config.get("model_type") in ("mistral", "phi3"):  # llama.cpp has no window for them
            config["sliding_window"] = config["max_position_embeddings"]
        if config.get("model_type") == "gemma2":  # llama.cpp takes the head's width, whatever the file says
            config["query_pre_attn_scalar"] = config["head_dim"]
        if config.get("model_type") == "gpt2":  # its converter reads the name of older configurations
            config["n_ctx"] = config["n_positions"]
        (folder / name).write_text(json.dumps(config))


def weights_to_f32(folder):
    """llama.cpp adds Gemma's 1 to the norms in the dtype of the file, we in f32: the same only from f32."""
    path = folder / "model.safetensors"
    weights = {name: tensor.float() for name, tensor in safetensors.torch.load_file(path).items()}
    safetensors.torch.save_file(weights, path, {"format": "pt"})
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(dict(config, dtype="float32")))


def golden_folder(name, folder):
    shutil.copytree(GOLDEN / name, folder, ignore=shutil.ignore_patterns("*.gguf", "tokenizer*", "chat_template*"))
    expected = json.loads((folder / "expected.json").read_text())
    if "weights_from" in expected:
        shutil.copy(GOLDEN / expected["weights_from"] / "model.safetensors", folder)
    printable_tokenizer(folder)
    if name.startswith("gemma"):
        weights_to_f32(folder)
    return folder


def tensors_of(path):
    return {t.name: (t.tensor_type.name, [int(n) for n in t.shape], t.data) for t in gguf.GGUFReader(path).tensors}


def same_tensors(checks, name, ours, theirs):
    """Names, shapes and values; dtypes may differ where llama.cpp was told f32."""
    ours, theirs = tensors_of(ours), tensors_of(theirs)
    checks.equal(f"{name}: tensor names", sorted(ours), sorted(theirs))
    for tensor in sorted(set(ours) & set(theirs)):
        (dtype, shape, data), (_, their_shape, their_data) = ours[tensor], theirs[tensor]
        checks.equal(f"{name}: shape of {tensor}", shape, their_shape)
        values = gguf.quants.dequantize(data, gguf.GGMLQuantizationType[dtype]).astype(np.float32)
        # Factors made from the configuration: llama.cpp computes them in f32.
        close = np.allclose(values.ravel(), their_data.ravel(), rtol=1e-6 if tensor.startswith("rope") else 0, atol=0)
        checks.equal(f"{name}: values of {tensor}", bool(close), True)


def check_texts(checks, name, texts):
    want = texts.pop("transformers")
    for who, text in texts.items():
        checks.equal(f"{name}: {who}", text, want)


def check_tiny(checks, peers, work):
    ours, apr = peers.convert(TINY, work / "tiny.gguf"), peers.convert(TINY, work / "tiny.apr")
    back = peers.convert(ours, work / "tiny-back")
    for prompt in ["def fibonacci(n):", "hello", "The capital of France is", "x"]:
        texts = {"transformers": transformers_text(TINY, prompt), "folder": peers.apr_text(TINY, prompt),
                 "our GGUF": peers.apr_text(ours, prompt), "our APR": peers.apr_text(apr, prompt),
                 "our folder in transformers": transformers_text(back, prompt)}
        if peers.has_llama(checks):
            theirs = work / "tiny-llama.gguf"
            if not theirs.exists():
                peers.llama_convert(TINY, theirs)
                same_tensors(checks, "tiny-qwen2", ours, theirs)
            texts["llama.cpp's GGUF"] = peers.apr_text(theirs, prompt)
            # Printed as bytes arrive: bytes that are no text come out differently, so compare what is.
            on_ours, on_theirs = peers.llama_text(ours, prompt), peers.llama_text(theirs, prompt)
            length = max(1, min(len(on_ours), len(on_theirs)))
            checks.equal(f"tiny-qwen2 {prompt!r}: llama.cpp on our GGUF and its own", on_ours[:length], on_theirs[:length])
        check_texts(checks, f"tiny-qwen2 {prompt!r}", texts)
    messages = [{"role": "user", "content": "hello"}]
    checks.equal("tiny-qwen2: chat template of our folder",
                 transformers.AutoTokenizer.from_pretrained(back).apply_chat_template(messages, tokenize=False),
                 transformers.AutoTokenizer.from_pretrained(TINY).apply_chat_template(messages, tokenize=False))


def check_golden(checks, peers, name, work):
    # llama.cpp looks for tokens of Phi-3 in models whose name says so, and takes the name from the folder's.
    folder = golden_folder(name, work / f"golden{MODELS.index(name)}")
    ours, apr = peers.convert(folder, work / f"{name}.gguf"), peers.convert(folder, work / f"{name}.apr")
    back = peers.convert(ours, work / f"{name}-back")
    # Longer than the context that long RoPE was trained for: llama.cpp takes the long factors whatever the length.
    prompt = 2 * "thequickbrownfoxjumpsoverthelazydog"
    texts = {"transformers": transformers_text(folder, prompt), "apr on the folder": peers.apr_text(folder, prompt),
             "apr on our GGUF": peers.apr_text(ours, prompt), "apr on our APR": peers.apr_text(apr, prompt),
             "our folder in transformers": transformers_text(back, prompt)}
    if peers.has_llama(checks):
        texts["llama.cpp on our GGUF"] = peers.llama_text(ours, prompt)[:len(texts["transformers"])]
        theirs = peers.llama_convert(folder, work / f"{name}-llama.gguf")
        same_tensors(checks, name, ours, theirs)
    check_texts(checks, name, texts)


def check_tokenizers(checks, peers, work):
    if not peers.has_llama(checks):
        return
    for name, folder in {"tiny-qwen2": TINY, "llama": GOLDEN / "llama", "micro": ROOT / "models" / "micro"}.items():
        ours = peers.convert(folder, work / f"tokenizer-{name}.gguf")
        # Not AutoTokenizer: transformers 5 takes only vocabulary and merges of a LlamaTokenizer's tokenizer.json and puts
        # a pre-tokenizer of its own in place of the file's normalizer, so that "  a" has one word mark less.
        reference = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        for text in TEXTS:
            checks.equal(f"tokenizer {name} {text!r}", peers.llama_ids(ours, text), reference.encode(text).ids)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--apr", type=pathlib.Path, default=ROOT / "build" / "release" / "bin" / "apr")
    parser.add_argument("--llama", type=pathlib.Path, default=os.environ.get("SOV_LLAMA_CPP"))
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    options.llama = pathlib.Path(options.llama) if options.llama else None
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    checks, peers = Checks(), Peers(options)
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        if options.only in "tiny-qwen2":
            checks.run("tiny-qwen2", lambda: check_tiny(checks, peers, work))
        for name in MODELS:
            if options.only in name:
                checks.run(name, lambda name=name: check_golden(checks, peers, name, work))
        if options.only in "tokenizer":
            checks.run("tokenizers", lambda: check_tokenizers(checks, peers, work))
    print(f"{checks.passed} passed, {checks.failed} failed, {checks.skipped} skipped")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
