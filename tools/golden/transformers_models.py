#!/usr/bin/env python3
"""Small random models with the logits and greedy tokens that transformers gives for them.

Writes tests/golden/llm/<case>/: a Hugging Face folder (config.json, *.safetensors, tokenizer files where the case
has them), for some cases <case>.gguf, and expected.json:
  {"prompt": ids, "rows": positions, "logits": one list per row, "greedy": the next 64 ids, "context": ...}
A case whose expected.json has "weights_from" shares the safetensors of another case.

Weights are drawn so that nothing is symmetric or neutral (biases and norms are random, odd head counts, head_dim
unlike hidden / heads) and rounded to f16, so that f32 and f16 files hold the same values. Quantised GGUF cases are
computed by transformers on the values that gguf.quants.dequantize gives.

Made with: Python 3.11, torch 2.15.0, transformers 5.24.0, safetensors 0.7, tokenizers 0.22, gguf 0.17, numpy 2.
Usage: tools/golden/transformers_models.py [case ...]
"""
import json
import pathlib
import shutil
import sys

import gguf
import numpy as np
import torch
import transformers as tf
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "tests/golden/llm"
VOCAB = 300
GREEDY = 64


# -- the cases ------------------------------------------------------------------------------------------------------

def base(**kw):
    """Sizes shared by most cases: three query heads on one key head, head_dim unlike hidden / heads."""
    sizes = dict(vocab_size=VOCAB, hidden_size=48, intermediate_size=56, num_hidden_layers=3, num_attention_heads=3,
                 num_key_value_heads=1, max_position_embeddings=160, bos_token_id=256, eos_token_id=257,
                 pad_token_id=None)
    sizes.update(kw)
    return sizes


LLAMA = base(head_dim=20, rope_theta=5000.0, rms_norm_eps=1e-5, tie_word_embeddings=False, hidden_size=42,
             num_attention_heads=6, num_key_value_heads=3, num_hidden_layers=2)
QUANT = base(hidden_size=256, intermediate_size=256, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=1,
             head_dim=64, rms_norm_eps=1e-6, rope_theta=10000.0, tie_word_embeddings=True)


def rope(kind, **kw):
    return dict(rope_type=kind, rope_theta=5000.0, **kw)


CASES = {
    # name: (config class, keys, options)
    "qwen2": (tf.Qwen2Config, base(rope_theta=1e4, rms_norm_eps=1e-6, tie_word_embeddings=True),
              dict(dtype="f32", gguf="f16", tokenizer="bpe")),
    "qwen2-window": (tf.Qwen2Config, base(rope_theta=1e6, rms_norm_eps=1e-6, tie_word_embeddings=False,
                                          num_attention_heads=5, hidden_size=40, use_sliding_window=True,
                                          sliding_window=7, max_window_layers=1),
                     dict(dtype="bf16", shards=True)),
    "qwen3": (tf.Qwen3Config, base(head_dim=24, rope_theta=1e6, rms_norm_eps=1e-6, tie_word_embeddings=True,
                                   num_hidden_layers=2),
              dict(dtype="f16", prefix="bare")),
    "llama": (tf.LlamaConfig, dict(LLAMA), dict(dtype="f16", tokenizer="spm")),
    "llama-biases": (tf.LlamaConfig, dict(LLAMA, attention_bias=True, mlp_bias=True, tie_word_embeddings=True),
                     dict(dtype="f16")),
    "llama-linear": (tf.LlamaConfig, dict(LLAMA, rope_parameters=rope("linear", factor=2.5)), dict(of="llama")),
    "llama-llama3": (tf.LlamaConfig, dict(LLAMA, rope_parameters=rope(
        "llama3", factor=4.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=32)),
        dict(of="llama", gguf="f16")),
    "llama-yarn": (tf.LlamaConfig, dict(LLAMA, rope_parameters=rope(
        "yarn", factor=4.0, original_max_position_embeddings=40, beta_fast=16.0, beta_slow=1.0)),
        dict(of="llama")),
    "llama-yarn-mscale": (tf.LlamaConfig, dict(LLAMA, rope_parameters=rope(
        "yarn", factor=4.0, original_max_position_embeddings=40, mscale=0.7, mscale_all_dim=0.3, truncate=False)),
        dict(of="llama")),
    "llama-dynamic": (tf.LlamaConfig, dict(LLAMA, max_position_embeddings=24,
                                           rope_parameters=rope("dynamic", factor=3.0)),
                      dict(of="llama", use_cache=False)),
    "mistral": (tf.MistralConfig, base(head_dim=20, hidden_size=42, rope_theta=1e4, rms_norm_eps=1e-5, sliding_window=9,
                                       tie_word_embeddings=False, num_attention_heads=6, num_key_value_heads=2,
                                       num_hidden_layers=2),
                dict(dtype="bf16")),
    "phi3": (tf.Phi3Config, base(hidden_size=60, num_attention_heads=5, num_key_value_heads=1, num_hidden_layers=2,
                                 rope_theta=1e4, rms_norm_eps=1e-5, sliding_window=23, tie_word_embeddings=False),
             dict(dtype="f16")),
    # Crosses from the short to the long factors while generating: the prompt is 37 long.
    "phi3-longrope": (tf.Phi3Config, base(
        hidden_size=80, num_attention_heads=5, num_key_value_heads=1, num_hidden_layers=2, rms_norm_eps=1e-5,
        tie_word_embeddings=False, original_max_position_embeddings=48,
        rope_parameters=dict(rope_type="longrope", rope_theta=1e4, partial_rotary_factor=0.75,
                             short_factor=[1.0, 1.05, 1.1, 1.2, 1.3, 1.5], long_factor=[1.0, 1.2, 1.9, 2.7, 3.1, 3.3])),
        dict(dtype="f16", gguf="f16")),
    "gemma2": (tf.Gemma2Config, base(head_dim=24, rope_theta=1e4, rms_norm_eps=1e-6, sliding_window=8,
                                     query_pre_attn_scalar=19, attn_logit_softcapping=5.0,
                                     final_logit_softcapping=7.0, tie_word_embeddings=True, num_hidden_layers=3),
               dict(dtype="f16")),
    "gemma2-caps": (tf.Gemma2Config, base(head_dim=16, hidden_size=36, rope_theta=1e4, rms_norm_eps=1e-6,
                                          sliding_window=8, query_pre_attn_scalar=16, attn_logit_softcapping=50.0,
                                          final_logit_softcapping=30.0, tie_word_embeddings=True,
                                          num_attention_heads=3, num_hidden_layers=2),
                    dict(dtype="bf16", gguf="f16")),
    "gemma": (tf.GemmaConfig, base(head_dim=24, rope_theta=1e4, rms_norm_eps=1e-6, tie_word_embeddings=True,
                                   num_hidden_layers=2), dict(dtype="f16")),
    "gemma3": (tf.Gemma3TextConfig, base(head_dim=16, hidden_size=48, rms_norm_eps=1e-6, sliding_window=8,
                                         query_pre_attn_scalar=16, tie_word_embeddings=True, num_hidden_layers=4,
                                         intermediate_size=40,
                                         layer_types=["sliding_attention", "sliding_attention", "full_attention",
                                                      "sliding_attention"],
                                         rope_parameters={
                                             "sliding_attention": dict(rope_type="default", rope_theta=1e3),
                                             "full_attention": dict(rope_type="linear", rope_theta=1e6, factor=4.0)}),
               dict(dtype="f16")),
    "gpt2": (tf.GPT2Config, dict(vocab_size=VOCAB, n_embd=45, n_layer=2, n_head=5, n_positions=128, n_inner=70,
                                 bos_token_id=256, eos_token_id=257), dict(dtype="f16", gguf="f16")),
    "gpt2-bare": (tf.GPT2Config, dict(vocab_size=VOCAB, n_embd=36, n_layer=2, n_head=3, n_positions=128,
                                      bos_token_id=256, eos_token_id=257), dict(dtype="f16", prefix="bare")),
    # Quantised GGUF only; each mixes two types.
    "quant-q8_0": (tf.Qwen2Config, dict(QUANT, hidden_size=96, intermediate_size=96, head_dim=32, num_attention_heads=3),
                   dict(quant=("Q8_0", "Q8_0"))),
    "quant-q4_0": (tf.LlamaConfig, dict(QUANT, hidden_size=96, intermediate_size=160, head_dim=32, num_hidden_layers=1, num_attention_heads=3,
                                        tie_word_embeddings=False), dict(quant=("Q4_0", "Q4_1"))),
    "quant-q5_0": (tf.Qwen3Config, dict(QUANT, hidden_size=96, intermediate_size=96, head_dim=32, num_attention_heads=3),
                   dict(quant=("Q5_0", "Q5_1"))),
    "quant-q4_k": (tf.Qwen2Config, dict(QUANT, num_hidden_layers=1), dict(quant=("Q4_K", "Q6_K"))),
    "quant-q5_k": (tf.Qwen2Config, dict(QUANT, num_hidden_layers=1), dict(quant=("Q5_K", "Q3_K"))),
    "quant-q2_k": (tf.LlamaConfig, dict(QUANT, num_hidden_layers=1), dict(quant=("Q2_K", "IQ4_NL"))),
}


# -- weights --------------------------------------------------------------------------------------------------------

def randomise(model, seed, half):
    """Linear weights with a gain that keeps activations lively, biases and norms random, all f16 (or bf16) values."""
    generator = torch.Generator().manual_seed(seed)
    small = type(model).__name__.startswith(("Gemma", "GPT2"))  # tied heads whose every token would repeat itself
    gemma = type(model).__name__.startswith("Gemma")

    def normal(shape, std):
        return torch.randn(shape, generator=generator) * std

    with torch.no_grad():
        for name, p in model.named_parameters():
            if "norm" in name or "ln_" in name:
                centre = 0.0 if name.endswith("bias") or gemma else 1.0
                value = centre + normal(p.shape, 0.25)
            elif p.ndim == 1:
                value = normal(p.shape, 0.3)
            elif "embed" in name or "wte" in name or "wpe" in name:
                # Gemma multiplies by sqrt(hidden).
                std = 0.5 / p.shape[1]**0.5 if gemma else 0.3 if small else 0.7
                value = normal(p.shape, std)
            else:
                fan_in = p.shape[0] if "c_attn" in name or "c_proj" in name or "c_fc" in name else p.shape[1]
                value = normal(p.shape, (2.2 if small else 1.3) / fan_in**0.5)
            p.copy_(value.to(half).float())


def logits_of(model, ids):
    with torch.no_grad():
        return model(torch.tensor([ids]), use_cache=False).logits[0].float().numpy()


def greedy(model, prompt, use_cache):
    """The next ids and the smallest margin between the best two logits, relative to the largest of the row."""
    ids, margin = list(prompt), 1.0
    for _ in range(GREEDY):
        row = logits_of(model, ids)[-1]
        best = np.sort(row)[::-1]
        margin = min(margin, float(best[0] - best[1]) / float(np.abs(row).max()))
        ids.append(int(row.argmax()))
    new = ids[len(prompt):]
    if use_cache:
        out = model.generate(torch.tensor([prompt]), max_new_tokens=GREEDY, do_sample=False, eos_token_id=-1,
                             pad_token_id=0, attention_mask=torch.ones(1, len(prompt)))[0].tolist()[len(prompt):]
        assert out == new, "transformers disagrees with itself: cached against uncached"
    return new, margin


def expectation(model, seed, use_cache=True):
    """Tries prompts until the greedy continuation is varied and no step is a near tie."""
    for attempt in range(60):
        rng = np.random.default_rng(seed * 1000 + attempt)
        prompt = [int(i) for i in rng.integers(0, 256, size=37)]
        rows = [0, 5, 20, 36]
        logits = logits_of(model, prompt)
        new, margin = greedy(model, prompt, False)
        if margin > 4e-4 and len(set(new)) >= 6:
            greedy(model, prompt, use_cache)
            return dict(prompt=prompt, rows=rows, greedy=new, smallest_margin=margin,
                        logits=[[float(f"{x:.8g}") for x in logits[r]] for r in rows])
    raise SystemExit("no prompt without near ties")


# -- tokenizers -----------------------------------------------------------------------------------------------------

TEXT = ("The quick brown fox jumps over the lazy dog. def add(a, b):\n    return a + b\n"
        "Numbers 1, 22 and 333; names like Ada and Grace. ") * 20


def bpe_tokenizer(folder):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    tok = Tokenizer(models.BPE())
    split = pre_tokenizers.Split(
        __import__("tokenizers").Regex(r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"),
        behavior="isolated")
    tok.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tok.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=VOCAB - 2, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
                                  show_progress=False)
    tok.train_from_iterator([TEXT], trainer)
    tok.add_special_tokens(["<|endoftext|>", "<|im_end|>"])
    fast = tf.PreTrainedTokenizerFast(tokenizer_object=tok, eos_token="<|endoftext|>", pad_token="<|endoftext|>")
    fast.chat_template = ("{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}"
                          "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")
    fast.save_pretrained(folder)
    config = json.loads((folder / "tokenizer_config.json").read_text())
    config["tokenizer_class"] = "Qwen2Tokenizer"
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def spm_tokenizer(folder):
    """A Llama-2-like tokenizer.json: BPE with byte fallback and metaspace, <unk> <s> </s> first."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, processors
    vocab = {"<unk>": 0, "<s>": 1, "</s>": 2}
    for b in range(256):
        vocab[f"<0x{b:02X}>"] = len(vocab)
    merges = []
    for pair in ["\u2581 t", "h e", "\u2581t he", "r e", "i n", "\u2581 a", "o n", "e r", "a t"]:
        left, right = pair.split(" ")
        for piece in (left, right, left + right):
            if len(vocab) < VOCAB:
                vocab.setdefault(piece, len(vocab))
        if left + right in vocab and right in vocab and left in vocab:
            merges.append((left, right))
    for letter in "bcdfgjklmpsuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,":
        if len(vocab) < VOCAB:
            vocab.setdefault(letter, len(vocab))
    tok = Tokenizer(models.BPE(vocab=vocab, merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tok.normalizer = normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")])
    tok.decoder = decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(),
                                     decoders.Strip(" ", 1, 0)])
    tok.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    tok.add_special_tokens([AddedToken(t, normalized=False, special=True) for t in ("<unk>", "<s>", "</s>")])
    tf.PreTrainedTokenizerFast(tokenizer_object=tok, bos_token="<s>", eos_token="</s>", unk_token="<unk>").save_pretrained(folder)
    config = json.loads((folder / "tokenizer_config.json").read_text())
    config["tokenizer_class"] = "LlamaTokenizer"
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


# -- Hugging Face folders -------------------------------------------------------------------------------------------

DTYPES = dict(f32=torch.float32, f16=torch.float16, bf16=torch.bfloat16)


def save_folder(model, folder, options):
    dtype = DTYPES[options.get("dtype", "f32")]
    config = model.config
    config.torch_dtype = dtype
    config.architectures = [type(model).__name__]
    config.save_pretrained(folder)
    # The keys of the generation config that the engine reads, as save_pretrained writes them.
    model.generation_config.save_pretrained(folder)
    if options.get("of"):
        return
    core = model.base_model if options.get("prefix") == "bare" else model
    state = {k: v.to(dtype).contiguous().clone() for k, v in core.state_dict().items()}
    if model.config.tie_word_embeddings:
        state.pop("lm_head.weight", None)
    if options.get("shards"):
        names = sorted(state)
        parts = {"model-00001-of-00002.safetensors": names[::2], "model-00002-of-00002.safetensors": names[1::2]}
        for part, keys in parts.items():
            save_file({k: state[k] for k in keys}, folder / part, metadata={"format": "pt"})
        index = dict(metadata={"total_size": sum(v.numel() * v.element_size() for v in state.values())},
                     weight_map={k: part for part, keys in parts.items() for k in keys})
        (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")
    else:
        save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


# -- GGUF, by the names and layouts that llama.cpp documents -----------------------------------------------------------

ARCH = {"Qwen2Config": "qwen2", "Qwen3Config": "qwen3", "LlamaConfig": "llama", "MistralConfig": "llama",
        "Phi3Config": "phi3", "GemmaConfig": "gemma", "Gemma2Config": "gemma2", "GPT2Config": "gpt2"}

NAMES = {
    "embed_tokens": "token_embd", "norm": "output_norm", "wte": "token_embd", "wpe": "position_embd",
    "ln_f": "output_norm", "lm_head": "output",
    "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm", "self_attn.qkv_proj": "attn_qkv", "mlp.gate_up_proj": "ffn_up",
    "post_attention_layernorm": "ffn_norm", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down", "ln_1": "attn_norm", "ln_2": "ffn_norm", "attn.c_attn": "attn_qkv",
    "attn.c_proj": "attn_output", "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down",
}
GEMMA2_NAMES = {"post_attention_layernorm": "post_attention_norm", "pre_feedforward_layernorm": "ffn_norm",
                "post_feedforward_layernorm": "post_ffw_norm"}


def gguf_name(name, arch):
    name = name.removeprefix("model.").removeprefix("transformer.")
    stem, _, suffix = name.rpartition(".")
    names = {**NAMES, **(GEMMA2_NAMES if arch == "gemma2" else {})}
    parts = stem.split(".")
    if parts[0] in ("layers", "h"):
        return f"blk.{parts[1]}.{names['.'.join(parts[2:])]}.{suffix}"
    return f"{names[stem]}.{suffix}"


def permute(w, heads):
    """Halves to adjacent pairs: row i of the first half of a head goes to 2 i, of the second to 2 i + 1."""
    return w.reshape(heads, 2, w.shape[0] // heads // 2, *w.shape[1:]).swapaxes(1, 2).reshape(w.shape)


def gguf_tensor(name, array, arch, config):
    if arch == "llama" and name.endswith((".attn_q.weight", ".attn_k.weight")):
        heads = config.num_attention_heads if "attn_q" in name else config.num_key_value_heads
        return permute(array, heads)
    if arch.startswith("gemma") and "norm" in name:
        return array + 1
    if arch == "gpt2" and any(part in name for part in ("attn_qkv.w", "attn_output.w", "ffn_up.w", "ffn_down.w")):
        return array.T
    return array


def write_keys(w, arch, c):
    w.add_context_length(c.max_position_embeddings)
    w.add_embedding_length(c.hidden_size)
    w.add_block_count(c.num_hidden_layers)
    w.add_head_count(c.num_attention_heads)
    w.add_vocab_size(c.vocab_size)
    if arch == "gpt2":
        w.add_feed_forward_length(c.n_inner or 4 * c.n_embd)
        w.add_layer_norm_eps(c.layer_norm_epsilon)
        return
    w.add_feed_forward_length(c.intermediate_size)
    w.add_head_count_kv(c.num_key_value_heads)
    w.add_layer_norm_rms_eps(c.rms_norm_eps)
    head_dim = getattr(c, "head_dim", None) or c.hidden_size // c.num_attention_heads
    w.add_key_length(head_dim)
    w.add_value_length(head_dim)
    p = c.rope_parameters
    w.add_rope_freq_base(p["rope_theta"])
    w.add_rope_dimension_count(int(head_dim * p.get("partial_rotary_factor", 1.0)))
    if getattr(c, "sliding_window", None):
        w.add_sliding_window(c.sliding_window)
    if arch == "gemma2":
        w.add_attn_logit_softcapping(c.attn_logit_softcapping)
        w.add_final_logit_softcapping(c.final_logit_softcapping)
    if p["rope_type"] == "yarn":
        w.add_rope_scaling_type(gguf.RopeScalingType.YARN)
        w.add_rope_scaling_factor(p["factor"])
        w.add_rope_scaling_orig_ctx_len(p["original_max_position_embeddings"])
        w.add_float32(f"{arch}.rope.scaling.yarn_beta_fast", p.get("beta_fast", 32.0))
        w.add_float32(f"{arch}.rope.scaling.yarn_beta_slow", p.get("beta_slow", 1.0))
    if p["rope_type"] == "longrope":
        scale = c.max_position_embeddings / c.original_max_position_embeddings
        w.add_rope_scaling_orig_ctx_len(c.original_max_position_embeddings)
        w.add_rope_scaling_attn_factors(float(np.sqrt(1 + np.log(scale) / np.log(c.original_max_position_embeddings))))
        w.add_tensor("rope_factors_long.weight", np.array(p["long_factor"], np.float32))
        w.add_tensor("rope_factors_short.weight", np.array(p["short_factor"], np.float32))
    if p["rope_type"] == "llama3":
        w.add_tensor("rope_freqs.weight", llama3_factors(p, head_dim))


def llama3_factors(p, dim):
    """What each frequency is divided by, from the Llama 3.1 model card's rule."""
    frequency = p["rope_theta"] ** (-np.arange(0, dim, 2) / dim)
    turns = p["original_max_position_embeddings"] * frequency / (2 * np.pi)
    keep = (turns - p["low_freq_factor"]) / (p["high_freq_factor"] - p["low_freq_factor"])
    blend = 1 / ((1 - keep) / p["factor"] + keep)
    return np.where(turns < p["low_freq_factor"], p["factor"],
                    np.where(turns > p["high_freq_factor"], 1.0, blend)).astype(np.float32)


def write_vocabulary(w, model):
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre("qwen2")
    w.add_token_list([f"t{i}" for i in range(VOCAB)])
    w.add_token_types([1] * VOCAB)
    w.add_token_merges([])
    w.add_bos_token_id(256)
    w.add_eos_token_id(257)


def save_gguf(model, path, quantise):
    """quantise(name, array) -> (bytes or array, GGML type or None)."""
    c = model.config
    arch = ARCH[type(c).__name__]
    w = gguf.GGUFWriter(path, arch)
    w.add_name(path.stem)
    write_keys(w, arch, c)
    write_vocabulary(w, model)
    for name, value in model.state_dict().items():
        if name == "lm_head.weight" and c.tie_word_embeddings:
            continue
        new = gguf_name(name, arch)
        array = np.ascontiguousarray(gguf_tensor(new, value.numpy(), arch, c))
        data, kind = quantise(new, array)
        w.add_tensor(new, data, raw_dtype=kind)
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


def as_f16(name, array):
    return (array if array.ndim == 1 else array.astype(np.float16)), None


# -- quantised blocks -------------------------------------------------------------------------------------------------

def random_blocks(rng, kind, shape, std):
    """Blocks with random codes and scales; the f16 scales (d, dmin) are set so that values have about this spread."""
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    count = int(np.prod(shape)) // elements
    raw = rng.integers(0, 256, size=(count, size), dtype=np.uint8)

    def put(offset, value):
        noise = rng.uniform(0.7, 1.3, size=count)
        raw[:, offset:offset + 2] = (value * noise).astype(np.float16)[:, None].view(np.uint8)

    T = gguf.GGMLQuantizationType
    if kind in (T.Q4_K, T.Q5_K):  # d * scale(0..63) * code - dmin * min(0..63)
        half = 7.5 if kind == T.Q4_K else 15.5
        put(0, std / (32 * half * 0.7))
        put(2, std / (32 * half * 0.7) * half)
    elif kind == T.Q6_K:          # d * scale(-128..127) * (code - 32)
        put(208, std / (74 * 18))
    elif kind == T.Q3_K:          # d * (scale - 32) * (code - 4)
        put(108, std / (18 * 2.3))
    elif kind == T.Q2_K:          # d * scale(0..15) * code - dmin * min(0..15)
        put(80, std / (7.5 * 1.2))
        put(82, std / (7.5 * 1.2) * 1.5)
    elif kind == T.IQ4_NL:        # d * table
        put(0, std / 70)
    else:
        raise SystemExit(f"no generator for {kind}")
    return raw.reshape(*shape[:-1], -1)


def quantiser(model, kinds, seed):
    """A quantise callback that also puts the dequantised values back into the model."""
    rng = np.random.default_rng(seed)
    c = model.config
    arch = ARCH[type(c).__name__]
    back = {gguf_name(name, arch): value for name, value in model.state_dict().items()}
    T = gguf.GGMLQuantizationType

    def quantise(name, array):
        if array.ndim == 1:
            return array.astype(np.float32), None
        kind = T[kinds[1] if any(p in name for p in ("attn_v", "ffn_down", "token_embd", "output.")) else kinds[0]]
        if kind in (T.Q4_K, T.Q5_K, T.Q6_K, T.Q3_K, T.Q2_K, T.IQ4_NL):
            if array.shape[1] % gguf.GGML_QUANT_SIZES[kind][0]:
                kind = T.Q8_0
                raw = gguf.quants.quantize(array, kind)
            else:
                raw = random_blocks(rng, kind, array.shape, float(array.std()))
        else:
            raw = gguf.quants.quantize(array, kind)
        values = gguf.quants.dequantize(raw, kind)
        if arch == "llama" and name.endswith((".attn_q.weight", ".attn_k.weight")):
            heads = c.num_attention_heads if "attn_q" in name else c.num_key_value_heads
            values = values.reshape(heads, -1, 2, values.shape[1]).swapaxes(1, 2).reshape(values.shape)
        with torch.no_grad():
            back[name].copy_(torch.from_numpy(values.copy()))
        return raw, kind

    return quantise


# -- main -------------------------------------------------------------------------------------------------------------

def build(name, seed):
    cls, keys, options = CASES[name]
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.manual_seed(0)
    model = tf.AutoModelForCausalLM.from_config(cls(**keys), attn_implementation="eager").eval()
    source = options.get("of", name)
    weights_seed = list(CASES).index(source) + 1
    source_options = CASES[source][2]
    randomise(model, weights_seed, torch.bfloat16 if source_options.get("dtype") == "bf16" else torch.float16)
    if "quant" in options:
        save_gguf(model, folder / f"{name}.gguf", quantiser(model, options["quant"], seed))
    else:
        save_folder(model, folder, options)
        {"bpe": bpe_tokenizer, "spm": spm_tokenizer}.get(options.get("tokenizer"), lambda f: None)(folder)
        if options.get("gguf") == "f16":
            save_gguf(model, folder / f"{name}.gguf", as_f16)
    expected = expectation(model, seed, options.get("use_cache", True))
    if options.get("of"):
        expected["weights_from"] = options["of"]
    (folder / "expected.json").write_text(json.dumps(expected) + "\n")
    size = sum(f.stat().st_size for f in folder.iterdir())
    print(f"{name}: {size // 1024} KiB, {sum(p.numel() for p in model.parameters())} parameters, "
          f"margin {expected['smallest_margin']:.2g}, {len(set(expected['greedy']))} distinct", flush=True)


def main():
    torch.set_num_threads(1)
    tf.logging.set_verbosity_error()
    for name in sys.argv[1:] or CASES:
        build(name, list(CASES).index(name) + 1)


if __name__ == "__main__":
    main()
