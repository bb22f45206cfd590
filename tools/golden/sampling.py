#!/usr/bin/env python3
"""Writes tests/golden/sampling/cases.json: what transformers' logits processors leave of random logits.

Bias, repetition penalty, temperature, top-k, top-p, min-p and typical sampling are transformers', in the order that its
generate() applies them; frequency and presence penalties, which it lacks, are OpenAI's definition in NumPy, between the
repetition penalty and the temperature. Made with transformers 5.24.0 and torch in double precision.
Run: python tools/golden/sampling.py
"""
import json
import pathlib
import random

import numpy as np
import torch
from transformers.generation import logits_process as lp

OUT = pathlib.Path(__file__).resolve().parents[2] / "tests" / "golden" / "sampling" / "cases.json"


def penalise(scores, history, frequency, presence):
    ids, counts = np.unique(history, return_counts=True)
    for i, n in zip(ids, counts):
        scores[0, i] -= frequency * n + presence
    return scores


def expected(case):
    scores = torch.tensor([case["logits"]], dtype=torch.float64)
    history = case["history"]
    if case.get("logit_bias"):
        bias = lp.SequenceBiasLogitsProcessor([[[i], value] for i, value in case["logit_bias"]])
        scores = bias(torch.zeros((1, 1), dtype=torch.long), scores)
    n = case.get("penalty_last_n", 64)
    seen = history if n < 0 else history[len(history) - min(n, len(history)):]
    if seen:
        ids = torch.tensor([seen], dtype=torch.long)
        if case.get("repetition_penalty", 1) != 1:
            scores = lp.RepetitionPenaltyLogitsProcessor(case["repetition_penalty"])(ids, scores)
        scores = penalise(scores, seen, case.get("frequency_penalty", 0), case.get("presence_penalty", 0))
    scores = lp.TemperatureLogitsWarper(float(case["temperature"]))(None, scores)
    if case.get("top_k"):
        scores = lp.TopKLogitsWarper(case["top_k"])(None, scores)
    if case.get("top_p", 1) < 1:
        scores = lp.TopPLogitsWarper(case["top_p"])(None, scores)
    if case.get("min_p", 0) > 0:
        scores = lp.MinPLogitsWarper(case["min_p"])(None, scores)
    if case.get("typical_p", 1) < 1:
        scores = lp.TypicalLogitsWarper(case["typical_p"])(None, scores)
    probabilities = torch.softmax(scores[0], -1)
    kept = [(i, float(p)) for i, p in enumerate(probabilities) if p > 0]
    kept.sort(key=lambda row: (-row[1], row[0]))
    return [[i, float(f"{p:.10g}")] for i, p in kept]


OPTIONS = {
    "top_k": lambda r: r.choice([1, 2, 5, 20, 1000]),
    "top_p": lambda r: r.choice([0.05, 0.5, 0.9, 0.95, 0.999]),
    "min_p": lambda r: r.choice([0.01, 0.05, 0.2, 1.0]),
    "typical_p": lambda r: r.choice([0.2, 0.6, 0.95]),
    "repetition_penalty": lambda r: r.choice([0.8, 1.1, 1.7]),
    "frequency_penalty": lambda r: r.choice([-0.5, 0.3, 1.5]),
    "presence_penalty": lambda r: r.choice([-0.4, 0.6, 2.0]),
    "penalty_last_n": lambda r: r.choice([-1, 0, 1, 4]),
}


def make(rng, vocabulary, names):
    digits = 6 if vocabulary < 100 else 2
    case = {"temperature": rng.choice([0.1, 0.7, 1.0, 1.3, 4.0]),
            "logits": [float(np.float32(round(rng.gauss(0, 3), digits))) for _ in range(vocabulary)],
            "history": [rng.randrange(vocabulary) for _ in range(rng.randrange(12))]}
    for name in names:
        case[name] = OPTIONS[name](rng)
    if rng.random() < 0.2:
        case["logit_bias"] = [[i, rng.choice([-3.0, 1.5])] for i in rng.sample(range(vocabulary), 3)]
    case["expected"] = expected(case)
    return case


def main():
    rng = random.Random(20261127)
    cases = [make(rng, 40, [name]) for name in OPTIONS for _ in range(3)]
    cases += [make(rng, 40, rng.sample(sorted(OPTIONS), rng.randrange(2, 7))) for _ in range(60)]
    cases += [make(rng, 1500, names) for names in (["top_p"], ["min_p"], ["top_p", "min_p"], ["top_p", "typical_p"])]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
    print(f"{len(cases)} cases, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
