"""Muon for the matrices (orthogonalised momentum by Newton-Schulz), AdamW for everything else."""
from __future__ import annotations

from collections import defaultdict

import torch


def orthogonalise(batch: torch.Tensor, precision: torch.dtype, steps: int = 5) -> torch.Tensor:
    """Quintic Newton-Schulz iteration towards the nearest semi-orthogonal matrices."""
    a, b, c = 3.4445, -4.7750, 2.0315
    wide = batch.size(-2) > batch.size(-1)
    x = (batch.mT if wide else batch).to(precision)
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.mT if wide else x).float()


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.01,
                 precision: torch.dtype = torch.bfloat16):
        self.precision = precision
        super().__init__(list(parameters), {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            by_shape = defaultdict(list)
            for parameter in group["params"]:
                by_shape[tuple(parameter.shape)].append(parameter)
            for parameters in by_shape.values():
                self.update(parameters, group)

    def update(self, parameters: list[torch.Tensor], group: dict) -> None:
        momentum = group["momentum"]
        gradients = [parameter.grad for parameter in parameters]
        buffers = [self.state[p].setdefault("buffer", torch.zeros_like(p)) for p in parameters]
        torch._foreach_lerp_(buffers, gradients, 1 - momentum)
        directions = torch.stack(torch._foreach_lerp(gradients, buffers, momentum))
        rows, columns = parameters[0].shape
        scale = max(1.0, rows / columns) ** 0.5
        torch._foreach_mul_(parameters, 1 - group["lr"] * group["weight_decay"])
        torch._foreach_add_(parameters, list(orthogonalise(directions, self.precision).unbind()), alpha=-group["lr"] * scale)


def make_optimizers(model: torch.nn.Module, muon_lr: float, adam_lr: float,
                    precision: torch.dtype) -> list[torch.optim.Optimizer]:
    named = list(model.named_parameters())
    matrices = [p for n, p in named if p.ndim == 2 and "embed" not in n]
    others = [p for n, p in named if p.ndim != 2 or "embed" in n]
    return [Muon(matrices, muon_lr, precision=precision),
            torch.optim.AdamW(others, adam_lr, betas=(0.9, 0.95), weight_decay=0.0, fused=True)]
