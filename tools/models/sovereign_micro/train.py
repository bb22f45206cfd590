"""Trains one model until a deadline; the learning rate follows the elapsed share of the time."""
from __future__ import annotations

import argparse
import json
import platform
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from transformers import Qwen2ForCausalLM

from .muon import make_optimizers
from .sizes import SIZES, config

WARM_UP_STEPS = 60


def new_model(name: str, seed: int) -> Qwen2ForCausalLM:
    torch.manual_seed(seed)
    model = Qwen2ForCausalLM(config(name))
    model.config.use_cache = False
    for layer in model.model.layers:
        torch.nn.init.zeros_(layer.self_attn.o_proj.weight)
        torch.nn.init.zeros_(layer.mlp.down_proj.weight)
    return model


def load_start(model: Qwen2ForCausalLM, path: Path) -> None:
    """Weights of a checkpoint (.pt) or of an exported folder."""
    if path.is_dir():
        state = {name: tensor.float() for name, tensor in load_file(path / "model.safetensors").items()}
        missing, unknown = model.load_state_dict(state, strict=False)
        assert missing in ([], ["lm_head.weight"]) and not unknown, (missing, unknown)  # the head is tied
    else:
        model.load_state_dict(torch.load(path))


def make_loss(model: Qwen2ForCausalLM, device: str, bfloat16: bool):
    def loss(ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        with torch.autocast(device, dtype=torch.bfloat16, enabled=bfloat16):
            hidden = model.model(ids[:, :-1], use_cache=False).last_hidden_state
            logits = F.linear(hidden, model.lm_head.weight)
        losses = F.cross_entropy(logits.flatten(0, 1).float(), ids[:, 1:].flatten(), reduction="none")
        learned = mask[:, 1:].flatten()
        return (losses * learned).sum() / learned.sum()
    return torch.compile(loss)


class Rows:
    """The rows of one packed file, or of a folder to which other processes add files."""

    def __init__(self, path: Path, device: str):
        self.path, self.device = path, device
        self.seen: set[Path] = set()
        self.parts: list[tuple[torch.Tensor, torch.Tensor]] = []

    def fresh(self) -> list[int]:
        """Reads what has appeared since the last call; the numbers of those parts."""
        found = [self.path] if self.path.is_file() else sorted(self.path.parent.glob(self.path.name + "-*.npz"))
        first = len(self.parts)
        for path in found:
            if path not in self.seen:
                self.seen.add(path)
                data = np.load(path)
                self.parts.append((torch.from_numpy(data["ids"].astype(np.int32)).to(self.device),
                                   torch.from_numpy(data["mask"]).to(self.device)))
        return list(range(first, len(self.parts)))


def batches(rows: Rows, size: int, seed: int, deadline: float):
    """Shuffled batches until the deadline, part by part; new parts first, old ones again when there is nothing new."""
    rng = np.random.default_rng(seed)
    waiting: list[int] = []
    while time.time() < deadline:
        waiting = rows.fresh() + waiting
        if not waiting:
            waiting = [int(i) for i in rng.permutation(len(rows.parts))]
        if not waiting:
            time.sleep(0.2)
            continue
        ids, mask = rows.parts[waiting.pop(0)]
        order = torch.from_numpy(rng.permutation(len(ids))).to(ids.device)
        for at in range(0, len(order) - size + 1, size):
            chosen = order[at:at + size]
            yield ids[chosen].long(), mask[chosen].float()


def rate(step: int, share: float, decay_from: float) -> float:
    """Warm up by steps, hold, then fall linearly to zero with the time that is left."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    return warm * min(1.0, max(0.0, (1 - share) / (1 - decay_from)))


def device_name(device: str) -> str:
    return torch.cuda.get_device_name() if device == "cuda" else platform.processor() or platform.machine()


def save(model: Qwen2ForCausalLM, out: Path, record: dict) -> None:
    state = {name: tensor.cpu() for name, tensor in model.state_dict().items()}
    torch.save(state, out.with_suffix(".tmp"))
    out.with_suffix(".tmp").rename(out)
    out.with_suffix(".json").write_text(json.dumps(record, indent=2) + "\n")


def summary(args: argparse.Namespace, rows: Rows, step: int, tokens: int, loss: torch.Tensor, start: float) -> dict:
    seconds = time.time() - start
    return {"model": args.model, "seed": args.seed, "batch": args.batch, "steps": step, "tokens": tokens,
            "distinct_tokens": sum(ids.numel() for ids, _ in rows.parts), "loss": round(loss.item(), 4),
            "seconds": round(seconds), "tokens_per_second": round(tokens / seconds), "device": device_name(args.device)}


def train(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    model = new_model(args.model, args.seed)
    if args.start:
        load_start(model, args.start)
    model.to(args.device)
    optimizers = make_optimizers(model, args.muon_lr, args.adam_lr, getattr(torch, args.precision))
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["base"] = group["lr"]
    loss_of = make_loss(model, args.device, args.precision == "bfloat16")
    start, saved, step, tokens, smooth = time.time(), time.time(), 0, 0, None
    deadline = args.deadline or start + args.minutes * 60
    rows = Rows(args.data, args.device)
    for ids, mask in batches(rows, args.batch, args.seed, deadline):
        now = time.time()
        if now >= deadline:
            break
        factor = rate(step, (now - start) / (deadline - start), args.decay_from)
        loss = loss_of(ids, mask)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        step, tokens = step + 1, tokens + ids[:, 1:].numel()
        smooth = loss.detach() if smooth is None else smooth.lerp(loss.detach(), 0.05)
        if step % 20 == 0:
            print(json.dumps({**summary(args, rows, step, tokens, smooth, start), "rate": round(factor, 4)}), flush=True)
        if time.time() - saved > args.save_every:
            save(model, args.out, summary(args, rows, step, tokens, smooth, start))
            saved = time.time()
    assert step, f"{args.data}: no batch of {args.batch} rows before the deadline"
    save(model, args.out, summary(args, rows, step, tokens, smooth, start))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=SIZES, required=True)
    parser.add_argument("--data", type=Path, required=True,
                        help="a packed .npz, or FOLDER/NAME for FOLDER/NAME-*.npz, which may still be growing")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--out", type=Path, required=True, help="the checkpoint file, .pt")
    parser.add_argument("--start", type=Path, help="weights to continue from: a checkpoint or an exported folder")
    parser.add_argument("--precision", choices=["bfloat16", "float32"], default="bfloat16",
                        help="float32 is the faster one on processors without AMX or AVX512-BF16")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--deadline", type=float, help="end at this Unix time instead")
    parser.add_argument("--decay-from", type=float, default=0.55, help="share of the time after which the rate falls")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--muon-lr", type=float, default=0.02)
    parser.add_argument("--adam-lr", type=float, default=0.003)
    parser.add_argument("--save-every", type=float, default=180)
    parser.add_argument("--seed", type=int, default=20)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
