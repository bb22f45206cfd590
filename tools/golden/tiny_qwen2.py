"""Writes tests/data/tiny-qwen2: a Qwen2 model with random weights as transformers saves it, the same model as GGUF
written by llama.cpp's `gguf` package, and the greedy text that transformers gives for a few prompts.

Made with transformers 5.x, tokenizers 0.22, torch 2.x, gguf 0.17 (the versions used are in expected.json).
Usage: tiny_qwen2.py [OUT]; run from the repository root.
"""
import importlib.metadata
import json
import pathlib
import sys

import gguf
import tokenizers
import torch
import transformers

OUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "tests/data/tiny-qwen2")
CHATML = ("{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
          "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
PROMPTS = ["def fibonacci(n):", "hello", "The capital of France is", "x"]
NEW_TOKENS = 24


def make_tokenizer():
    text = ["def fibonacci(n):\n    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)\n",
            "The capital of France is Paris. What is 2 + 2? It is 4. hello world, hello reader.\n"] * 4
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=330, special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tok = tokenizers.Tokenizer(tokenizers.models.BPE())
    tok.normalizer = tokenizers.normalizers.NFC()
    pattern = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|"
               r"\s*[\r\n]+|\s+(?!\S)|\s+")
    tok.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([
        tokenizers.pre_tokenizers.Split(tokenizers.Regex(pattern), "isolated"),
        tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tok.decoder = tokenizers.decoders.ByteLevel()
    tok.train_from_iterator(text, trainer)
    return transformers.PreTrainedTokenizerFast(tokenizer_object=tok, eos_token="<|im_end|>", pad_token="<|endoftext|>",
                                                chat_template=CHATML)


def make_model(vocab):
    torch.manual_seed(7)
    config = transformers.Qwen2Config(
        vocab_size=vocab, hidden_size=48, intermediate_size=80, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=256, rope_theta=10000.0, rms_norm_eps=1e-6,
        tie_word_embeddings=True, bos_token_id=None, eos_token_id=2, pad_token_id=0)
    model = transformers.Qwen2ForCausalLM(config).eval().float()
    with torch.no_grad():  # larger weights than the default: distinct logits, so that greedy text is not one token
        for name, p in model.named_parameters():
            if "norm" in name:
                p.copy_(1 + 0.2 * torch.randn_like(p))
            else:
                p.copy_(torch.randn_like(p) * (0.6 if "embed" in name else 0.35))
    return model


NAMES = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
         "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
         "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}


def gguf_name(name):
    if name == "model.embed_tokens.weight":
        return "token_embd.weight"
    if name == "model.norm.weight":
        return "output_norm.weight"
    _, _, layer, rest = name.split(".", 3)
    part, kind = rest.rsplit(".", 1)
    return f"blk.{layer}.{NAMES[part]}.{kind}"


def write_gguf(model, tok, path):
    c = model.config
    w = gguf.GGUFWriter(str(path), "qwen2")
    w.add_name("tiny-qwen2")
    w.add_block_count(c.num_hidden_layers)
    w.add_context_length(c.max_position_embeddings)
    w.add_embedding_length(c.hidden_size)
    w.add_feed_forward_length(c.intermediate_size)
    w.add_head_count(c.num_attention_heads)
    w.add_head_count_kv(c.num_key_value_heads)
    w.add_rope_freq_base(10000.0)
    w.add_layer_norm_rms_eps(c.rms_norm_eps)
    w.add_file_type(gguf.LlamaFileType.ALL_F32)
    spec = json.loads(tok.backend_tokenizer.to_str())
    vocab = spec["model"]["vocab"]
    special = {t["id"] for t in spec["added_tokens"]}
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre("qwen2")
    w.add_token_list(sorted(vocab, key=vocab.get))
    w.add_token_types([gguf.TokenType.CONTROL if i in special else gguf.TokenType.NORMAL for i in range(len(vocab))])
    w.add_token_merges([" ".join(m) if isinstance(m, list) else m for m in spec["model"]["merges"]])
    w.add_eos_token_id(2)
    w.add_pad_token_id(0)
    w.add_add_bos_token(False)
    w.add_chat_template(CHATML)
    for name, tensor in model.state_dict().items():
        if name != "lm_head.weight":  # tied
            w.add_tensor(gguf_name(name), tensor.numpy())
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


def greedy(model, tok, ids):
    with torch.no_grad():
        out = model.generate(torch.tensor([ids]), max_new_tokens=NEW_TOKENS, do_sample=False, pad_token_id=0)
    new = out[0].tolist()[len(ids):]
    if new and new[-1] == 2:
        new.pop()
    return {"tokens": new, "text": tok.decode(new, skip_special_tokens=True)}


def main():
    folder = OUT / "hf"
    folder.mkdir(parents=True, exist_ok=True)
    tok = make_tokenizer()
    model = make_model(len(tok))
    model.save_pretrained(folder)
    tok.save_pretrained(folder)
    write_gguf(model, tok, OUT / "tiny-qwen2.gguf")
    cases = [dict(prompt=p, **greedy(model, tok, tok(p)["input_ids"])) for p in PROMPTS]
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is 2 + 2?"}]
    rendered = tok.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    ids = tok(rendered, add_special_tokens=False)["input_ids"]
    chat = dict(messages=messages, rendered=rendered, ids=ids, **greedy(model, tok, ids))
    versions = {p: importlib.metadata.version(p) for p in ("transformers", "tokenizers", "torch", "gguf")}
    (OUT / "expected.json").write_text(json.dumps(
        {"versions": versions, "new_tokens": NEW_TOKENS, "cases": cases, "chat": chat}, indent=1) + "\n")
    for case in cases + [chat]:
        print(repr(case["text"]), case["tokens"])


if __name__ == "__main__":
    main()
