"""The shapes of the three models."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    hidden: int
    layers: int
    heads: int
    kv_heads: int
    ffn: int
    millions: str


SIZES = {
    "mini": Size(hidden=512, layers=11, heads=8, kv_heads=4, ffn=1536, millions="39"),
    "micro": Size(hidden=256, layers=8, heads=4, kv_heads=2, ffn=768, millions="8"),
    "nano": Size(hidden=128, layers=4, heads=2, kv_heads=1, ffn=384, millions="2"),
}
CONTEXT = 1024
VOCABULARY = 8192
END_OF_TEXT, IM_START, IM_END = 8189, 8190, 8191


def config(name: str):
    from transformers import Qwen2Config
    size = SIZES[name]
    return Qwen2Config(
        vocab_size=VOCABULARY, hidden_size=size.hidden, intermediate_size=size.ffn, num_hidden_layers=size.layers,
        num_attention_heads=size.heads, num_key_value_heads=size.kv_heads, max_position_embeddings=CONTEXT,
        rms_norm_eps=1e-6, tie_word_embeddings=True, bos_token_id=None, eos_token_id=IM_END,
        pad_token_id=END_OF_TEXT, attn_implementation="sdpa")
