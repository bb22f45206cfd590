"""Runs a model folder on the tasks: executes the code it writes, compares answers, measures perplexity."""
from __future__ import annotations

import argparse
import hashlib
import json
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import tokenizers
import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

from .pack import chat_pieces
from .sizes import SIZES

TIME_LIMIT_SECONDS = 5
MEMORY_LIMIT = 1 << 30


def prompt_text(task: dict, tokenizer) -> str:
    if "prompt" in task:
        return task["prompt"]
    return tokenizer.apply_chat_template(task["messages"], tokenize=False, add_generation_prompt=True)


@torch.inference_mode()
def generate(model, tokenizer, prompts: list[str], batch: int, new_tokens: int) -> list[str]:
    """Greedy decoding; returns only the new text, without special tokens."""
    tokenizer.padding_side = "left"
    outputs = [""] * len(prompts)
    order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
    for at in range(0, len(order), batch):
        chosen = order[at:at + batch]
        inputs = tokenizer([prompts[i] for i in chosen], return_tensors="pt", padding=True, add_special_tokens=False)
        ids = model.generate(input_ids=inputs.input_ids, attention_mask=inputs.attention_mask,
                             do_sample=False, max_new_tokens=new_tokens)
        texts = tokenizer.batch_decode(ids[:, inputs.input_ids.size(1):], skip_special_tokens=True)
        for i, text in zip(chosen, texts):
            outputs[i] = text
    return outputs


def generate_with_apr(apr: Path, model: Path, prompts: list[str], new_tokens: int) -> list[str]:
    """The same through the product: any format and quantisation that it opens."""
    lines = "".join(json.dumps({"id": i, "prompt": prompt}) + "\n" for i, prompt in enumerate(prompts))
    done = subprocess.run([apr, "run", model, "--batch-jsonl", "-", "--max-tokens", str(new_tokens), "--quiet"],
                          input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line)["text"] for line in done.stdout.splitlines()]


def fenced_code(answer: str) -> str:
    match = re.search(r"```(?:python)?\n(.*?)```", answer, flags=re.S)
    return match[1] if match else answer


def program(task: dict, output: str) -> str:
    code = task["prompt"] + output if "prompt" in task else fenced_code(output)
    names = re.findall(r"^(?:def|class) (\w+)", code, flags=re.M)
    return f"{code}\ncandidate = {names[0] if names else None}\n{task['check']}\n"


def limit_process() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT_SECONDS, TIME_LIMIT_SECONDS))


def runs(text: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run([sys.executable, "-I", "-c", text], cwd=folder, timeout=2 * TIME_LIMIT_SECONDS,
                                  capture_output=True, stdin=subprocess.DEVNULL, preexec_fn=limit_process)
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def passes(task: dict, output: str) -> bool:
    if "answer" in task:
        return output.strip() == task["answer"]
    return runs(program(task, output))


def score(tasks: list[dict], outputs: list[str]) -> dict:
    groups = defaultdict(lambda: {"passed": 0, "total": 0})
    for task, output in zip(tasks, outputs):
        names = [task["group"]]
        if "documented" in task:
            names.append(f"{task['group']}-{'docstring' if task['documented'] else 'signature'}")
        if task["group"] == "fact":
            names.append("fact-" + task["id"].split("/")[1])
        for name in names:
            groups[name]["total"] += 1
            groups[name]["passed"] += passes(task, output)
    for counts in groups.values():
        counts["rate"] = round(counts["passed"] / counts["total"], 4)
    return dict(sorted(groups.items()))


@torch.inference_mode()
def perplexity(model, tokenizer, path: Path, name: str) -> dict:
    """Mean negative log-likelihood of what is learned in training, one document at a time."""
    total, count = 0.0, 0
    for line in path.open():
        document = json.loads(line)
        text = document.get("text")
        pieces = [(text, True), ("<|endoftext|>", True)] if text else chat_pieces(document["messages"])
        ids, mask = [], []
        for text, learned in pieces:
            part = tokenizer(text.replace("{model}", name).replace("{size}", SIZES[name].millions), add_special_tokens=False).input_ids
            ids += part
            mask += [learned] * len(part)
        losses = torch.nn.functional.cross_entropy(model(torch.tensor([ids])).logits[0, :-1].float(),
                                                   torch.tensor(ids[1:]), reduction="none")
        learned = torch.tensor(mask[1:])
        total += losses[learned].sum().item()
        count += int(learned.sum())
    return {"tokens": count, "loss": round(total / count, 4), "perplexity": round(float(torch.tensor(total / count).exp()), 4)}


def file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def provenance(folder: Path, tasks: Path, seconds: float) -> dict:
    return {
        "model_sha256": file_hash(folder / "model.safetensors"), "tokenizer_sha256": file_hash(folder / "tokenizer.json"),
        "tasks_sha256": file_hash(tasks), "decoding": "greedy, float32 arithmetic on the bfloat16 weights",
        "torch": torch.__version__, "transformers": transformers.__version__, "tokenizers": tokenizers.__version__,
        "python": platform.python_version(), "evaluation_seconds": round(seconds),
    }


def write_outputs(path: Path | None, tasks: list[dict], outputs: list[str]) -> None:
    if path:
        path.write_text("".join(json.dumps({"id": t["id"], "output": o}) + "\n" for t, o in zip(tasks, outputs)))


def main() -> None:
    here = Path(__file__).resolve().parents[3] / "models" / "eval"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="a Hugging Face folder")
    parser.add_argument("--name", choices=SIZES, default="micro", help="which of the models it is")
    parser.add_argument("--tasks", type=Path, default=here / "tasks.jsonl")
    parser.add_argument("--heldout", type=Path, default=here / "heldout.jsonl")
    parser.add_argument("--training", type=Path, help="the training record to include")
    parser.add_argument("--out", type=Path, help="where to write the results as JSON")
    parser.add_argument("--outputs", type=Path, help="where to write what the model said, as JSON lines")
    parser.add_argument("--apr", type=Path, help="let this binary generate instead of transformers; only prints the scores")
    parser.add_argument("--generate-from", type=Path, help="with --apr: the model it opens, if not --model")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--new-tokens", type=int, default=256)
    args = parser.parse_args()
    start = time.time()
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    tasks = [json.loads(line) for line in args.tasks.open()]
    if args.apr:
        prompts = [prompt_text(task, tokenizer) for task in tasks]
        outputs = generate_with_apr(args.apr, args.generate_from or args.model, prompts, args.new_tokens)
        write_outputs(args.outputs, tasks, outputs)
        print(json.dumps(score(tasks, outputs), indent=2))
        return
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32).eval()
    outputs = generate(model, tokenizer, [prompt_text(t, tokenizer) for t in tasks], args.batch, args.new_tokens)
    results = {"parameters": sum(p.numel() for p in model.parameters()), "results": score(tasks, outputs),
               "heldout_text": perplexity(model, tokenizer, args.heldout, args.name),
               **provenance(args.model, args.tasks, time.time() - start)}
    if args.training:
        results["training"] = json.loads(args.training.read_text())
    write_outputs(args.outputs, tasks, outputs)
    text = json.dumps(results, indent=2) + "\n"
    args.out.write_text(text) if args.out else print(text)


if __name__ == "__main__":
    main()
