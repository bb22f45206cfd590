"""Writes a checkpoint as a Hugging Face folder in bfloat16."""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from transformers import GenerationConfig, PreTrainedTokenizerFast, Qwen2ForCausalLM

from .sizes import CONTEXT, END_OF_TEXT, IM_END, SIZES, config

TEMPLATE = (Path(__file__).parent / "chat_template.jinja").read_text()


def export_tokenizer(path: Path, out: Path) -> PreTrainedTokenizerFast:
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(path), eos_token="<|im_end|>", pad_token="<|endoftext|>", model_max_length=CONTEXT,
        additional_special_tokens=["<|im_start|>"], clean_up_tokenization_spaces=False)
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(out)
    return tokenizer


def amend(path: Path, **entries) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | entries, indent=2) + "\n")


def add_older_names(out: Path) -> None:
    """Repeat the entries that readers written for transformers 4 look for."""
    amend(out / "config.json", rope_theta=10000.0, torch_dtype="bfloat16")
    amend(out / "tokenizer_config.json", tokenizer_class="PreTrainedTokenizerFast", chat_template=TEMPLATE,
          additional_special_tokens=["<|im_start|>", "<|im_end|>"], bos_token=None, add_prefix_space=False)


def export_model(name: str, checkpoint: Path, out: Path) -> None:
    model = Qwen2ForCausalLM(config(name))
    model.load_state_dict(torch.load(checkpoint))
    model = model.to(torch.bfloat16)
    model.generation_config = GenerationConfig(do_sample=False, eos_token_id=[IM_END, END_OF_TEXT],
                                               pad_token_id=END_OF_TEXT, max_new_tokens=256)
    model.save_pretrained(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=SIZES, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    export_tokenizer(args.tokenizer, args.out)
    export_model(args.model, args.checkpoint, args.out)
    add_older_names(args.out)
    (args.out / "model.safetensors").chmod(0o644)


if __name__ == "__main__":
    main()
