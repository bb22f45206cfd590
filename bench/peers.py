"""Our programs and the peers', each behind the same few functions: speed in tokens a second by test, and texts."""
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROMPT = "def fibonacci(n):"
PIECE = re.compile(r"<\|(\d+)\|>|(.)", re.DOTALL)


def output_of(command, **options):
    done = subprocess.run([str(c) for c in command], stdin=subprocess.DEVNULL, capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def past_end(model):
    """A trained model stops at its end, after which the programs mean different things by --ignore-eos."""
    return [] if model.name.startswith("micro") else ["--ignore-eos"]


def ids_of(text):
    """Ids of a random model's text (make_models.py): a piece names its id, and id i < 256 is byte i."""
    return [int(number) if number else ord(character) for number, character in PIECE.findall(text)]


def depths(options):
    return [int(depth) for depth in options.depth.split(",")]


def executable(folder, name):
    path = pathlib.Path(folder) / name
    if not os.access(path, os.X_OK):
        sys.exit(f"{folder}: no {name} in it")
    return path


class Ours:
    name = "ours"

    def __init__(self, options):
        build = ROOT / "build" / "release" / "bin"
        self.bench, self.apr, self.options = build / "llm_bench", build / "apr", options

    def speed(self, model, threads):
        o = self.options
        got = json.loads(output_of([self.bench, "speed", model, "--threads", threads, "--prompt", o.prompt, "--generate",
                                    o.generate, "--depth", o.depth, "--cache-type", o.cache_type, "--repeat", o.repeat]
                                   + (["--target", o.target] if o.target else [])))
        return {t["test"]: t["tokens_per_second"] for t in got["tests"]}

    def batched(self, model, threads):
        """Tokens a second of several sequences decoded together, each behind a prompt of its own."""
        o = self.options
        got = json.loads(output_of([self.bench, "batch", model, "--threads", threads, "--sequences", o.sequences, "--generate",
                                    o.generate, "--depth", o.own_prompt, "--cache-type", o.cache_type, "--repeat", o.repeat]
                                   + (["--target", o.target] if o.target else [])))
        return {batch_name(o, t["sequences"]): t["tokens_per_second"] for t in got["tests"]}

    def limits(self, threads):
        """What `threads` threads of this machine do, just now: {"read_gb_per_s": ..., "f32_gflop_per_s": ...}."""
        rows = json.loads(output_of([self.apr, "hw", "--json", "--threads", threads]))["measured"]["by_threads"]
        row = next(row for row in rows if row["threads"] == threads)
        return {name: value["median"] for name, value in row.items() if isinstance(value, dict)}

    def profile(self, model, threads, prompt, depth=0):
        """Operations of one prompt and of decoding behind `depth`, with their arithmetic, bytes and times."""
        return json.loads(output_of([self.apr, "profile", model, "--json", "--threads", threads, "--prompt-tokens", prompt,
                                     "--depth", depth, "-n", 9, "--iterations", 1, "--cache-type", self.options.cache_type]))

    def text(self, model, threads, tokens):
        return output_of([self.apr, "run", model, PROMPT, "-n", tokens, "-t", threads, "--temperature", "0", "--quiet",
                          *past_end(model)]).decode("latin-1").removesuffix("\n")

    def agreement(self, model, threads, text):
        ids = ",".join(map(str, ids_of(PROMPT)))
        got = json.loads(output_of([self.bench, "agree", model, "--threads", threads, "--ids", ids, "--next",
                                    ",".join(map(str, ids_of(text)))]))
        return f"{got['same']} of {got['of']}"


def batch_name(options, sequences):
    return f"tg{options.generate}@{options.own_prompt} x {sequences}"


class LlamaCpp:
    name = "llama.cpp"

    def __init__(self, folder, options):
        self.bench, self.completion = executable(folder, "llama-bench"), executable(folder, "llama-completion")
        self.options = options

    def version(self):
        done = subprocess.run([str(self.completion), "--version"], capture_output=True, text=True)
        return (done.stdout + done.stderr).strip().split("\n")[0]

    def speed(self, model, threads):
        o = self.options
        depth = ["-d", o.depth] if o.depth != "0" else []
        got = json.loads(output_of([self.bench, "-m", model, "-t", threads, "-p", o.prompt, "-n", o.generate, "-r", o.repeat,
                                    "-ctk", o.cache_type, "-ctv", o.cache_type, "-o", "json", *depth]))
        return {self.test_name(t): t["samples_ts"] for t in got}

    @staticmethod
    def test_name(test):
        """As ours are named: pp512, tg32@4096."""
        name = f"tg{test['n_gen']}" if test["n_gen"] else f"pp{test['n_prompt']}"
        return name + (f"@{test['n_depth']}" if test.get("n_depth") else "")

    def text(self, model, threads, tokens):
        return output_of([self.completion, "-m", model, "-p", PROMPT, "-n", tokens, "-t", threads, "--temp", "0", "-no-cnv",
                          "--no-display-prompt", "--no-warmup", "--simple-io", *past_end(model)]
                         ).decode("latin-1").removesuffix("\n\n")  # it ends with a blank line


class IkLlamaCpp:
    """Its llama-bench has no option for depth: decoding behind D positions is the second half of `-gp D,N`, and prompts
    behind others are not measured."""
    name = "ik_llama.cpp"

    def __init__(self, folder, options):
        self.bench, self.options, self.folder = executable(folder, "llama-bench"), options, folder

    def batched(self, model, threads):
        """The column S_TG of its llama-batched-bench; one run each, after a warm-up of its own."""
        o = self.options
        most = max(int(n) for n in o.sequences.split(","))
        done = subprocess.run([str(executable(self.folder, "llama-batched-bench")), "-m", str(model), "-t", str(threads), "-tb", str(threads),
                               "-c", str(most * (o.own_prompt + o.generate)), "-b", "512", "-ub", "512", "-npp", str(o.own_prompt),
                               "-ntg", str(o.generate), "-npl", o.sequences, "-ctk", o.cache_type, "-ctv", o.cache_type],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        rows = [line.split("|") for line in (done.stdout + done.stderr).splitlines() if re.match(r"\|\s*\d", line)]
        if done.returncode != 0 or not rows:
            sys.exit(f"llama-batched-bench: exit status {done.returncode}\n{done.stderr[-2000:]}")
        return {batch_name(o, int(row[3])): [float(row[8])] for row in rows}

    def version(self):
        return self.options.ik_version

    def speed(self, model, threads):
        o = self.options
        behind = [part for depth in depths(o) if depth > 0 for part in ("-gp", f"{depth},{o.generate}")]
        plain = ["-p", o.prompt, "-n", o.generate] if 0 in depths(o) else ["-p", "0", "-n", "0"]
        got = json.loads(output_of([self.bench, "-m", model, "-t", threads, *plain, *behind, "-r", o.repeat, "-ctk",
                                    o.cache_type, "-ctv", o.cache_type, "-rtr", o.ik_repack, "-o", "json"]))
        return {re.sub("@pp", "@", t["test"]): t["samples_ts"] for t in got}
