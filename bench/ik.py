#!/usr/bin/env python3
"""Times our programs beside ik_llama.cpp's llama-bench on the same GGUF files and threads, and prints Markdown.

Alternating rounds of one process a side: `pp N` reads a prompt, `tg N` generates; ours by llm_bench. Figures are tokens a
second, the median of the rounds and the best. Its llama-bench has no option for depth: see -gp.

Usage: ik.py LLAMA_BENCH MODEL.gguf... [--threads 2] [--prompt 512] [--generate 32] [--rounds 3]
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess

OURS = pathlib.Path(__file__).resolve().parents[1] / "build/release/bin/llm_bench"


def theirs(options, model):
    command = [options.llama_bench, "-m", model, "-t", options.threads, "-p", options.prompt, "-n", options.generate, "-r", "1"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {name: float(value) for name, value in re.findall(r"\| +(pp\d+|tg\d+) \| +([\d.]+) ±", text)}


def ours(options, model):
    command = [OURS, "speed", model, "--threads", options.threads, "--prompt", options.prompt, "--generate", options.generate,
               "--repeat", "1"]
    tests = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["tests"]
    return {test["test"]: test["tokens_per_second"][0] for test in tests}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("llama_bench")
    parser.add_argument("models", nargs="+")
    for name, value in (("threads", "2"), ("prompt", "512"), ("generate", "32")):
        parser.add_argument(f"--{name}", default=value)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("| model | test | ours, median (best) | ik_llama.cpp, median (best) | ratio of medians | of the best |\n|---|---|---|---|---|---|")
    for model in options.models:
        rounds = [(theirs(options, model), ours(options, model)) for _ in range(options.rounds)]
        for test in (f"pp{options.prompt}", f"tg{options.generate}"):
            their = [peer[test] for peer, _ in rounds]
            our = [own[test] for _, own in rounds]
            a, b = statistics.median(our), statistics.median(their)
            print(f"| {pathlib.Path(model).stem} | {test} | {a:.1f} ({max(our):.1f}) | {b:.1f} ({max(their):.1f}) "
                  f"| {a / b:.2f} | {max(our) / max(their):.2f} |", flush=True)


if __name__ == "__main__":
    main()
