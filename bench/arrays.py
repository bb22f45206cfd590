#!/usr/bin/env python3
"""Speed of the array functions (src/compute/array.h) beside NumPy, OpenBLAS and oneDNN, as Markdown tables.

Usage: python bench/arrays.py [--bench build/release/bin/arrays_bench] [--openblas LIB.so] [--only gemm,functions,...]
           [--threads 1,2] [--rounds 5] [--seconds 0.06]

The sides take turns, `rounds` times, `seconds` each; a figure is the best of all repetitions of a side, and the ratio
in brackets the median of the rounds' ratios of bests. Above 1 ours is faster. Results go to memory that is there
already (NumPy's out=). Needs numpy; torch for oneDNN's columns; --openblas names a library of the PyPI package
scipy-openblas32 (else NumPy's own matmul stands for it).
"""
import argparse
import ctypes
import json
import os
import pathlib
import platform
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
SQUARES = [(n, n, n) for n in (64, 128, 256, 512, 1024, 2048)]
SHAPES = SQUARES + [(4096, 16, 64), (4096, 64, 64), (8192, 32, 256), (16, 4096, 256), (64, 1000, 1000), (1000, 64, 1000),
                    (32, 32, 8192), (8, 1024, 1024), (500, 300, 200), (2048, 1, 2048), (1, 2048, 2048), (4096, 1, 4096),
                    (1, 4096, 4096), (512, 1, 512), (1, 512, 512)]
MEMORY = ("add", "sub", "mul", "div", "maximum", "abs", "sqrt", "recip", "floor", "scale", "clamp", "relu")
MATH = ("exp", "log", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh",
        "atanh", "pow", "sigmoid", "gelu_tanh")
REDUCTIONS = ("sum", "max", "argmax", "mean", "variance", "dot", "norm_l2", "norm_l1")


class Ours:
    """A running arrays_bench."""

    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, name, threads, seconds, *sizes):
        print(name, threads, seconds, *sizes, file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise SystemExit(answer["error"])
        return answer


def best(function, seconds):
    function()
    function()
    least, start, runs = float("inf"), time.perf_counter(), 0
    while runs < 3 or time.perf_counter() - start < seconds:
        begin = time.perf_counter()
        function()
        least, runs = min(least, time.perf_counter() - begin), runs + 1
    return least


class Bench:
    def __init__(self, options):
        self.options = options
        self.ours = Ours(options.bench)

    def compare(self, request, threads, peers):
        """Best seconds of ours and of each peer, and the median ratio to the fastest peer of a round."""
        mine, theirs, ratios = [], {name: [] for name in peers}, []
        for _ in range(self.options.rounds):
            mine.append(self.ours.ask(request[0], threads, self.options.seconds, *request[1:])["best"])
            time.sleep(0.02)
            for name, function in peers.items():
                theirs[name].append(best(function, self.options.seconds))
                time.sleep(0.02)  # their threads spin a while
            ratios.append(min(times[-1] for times in theirs.values()) / mine[-1])
        return min(mine), {name: min(times) for name, times in theirs.items()}, statistics.median(ratios)


def openblas(path, threads):
    """{name: function(m, n, k, a, b, c)} of the library's sgemm and sgemv."""
    library = ctypes.CDLL(path)
    library.scipy_openblas_set_num_threads(threads)
    pointer = ctypes.POINTER(ctypes.c_float)
    one, zero = ctypes.c_float(1), ctypes.c_float(0)
    row_major, plain, turned = 101, 111, 112

    def make(m, n, k, a, b, c):
        pa, pb, pc = (x.ctypes.data_as(pointer) for x in (a, b, c))
        if n == 1:
            return lambda: library.scipy_cblas_sgemv(row_major, plain, m, k, one, pa, k, pb, 1, zero, pc, 1)
        if m == 1:
            return lambda: library.scipy_cblas_sgemv(row_major, turned, k, n, one, pb, n, pa, 1, zero, pc, 1)
        return lambda: library.scipy_cblas_sgemm(row_major, plain, plain, m, n, k, one, pa, k, pb, n, zero, pc, n)
    return make


def gemm_peers(options, threads, np, torch):
    def make(m, n, k):
        a, b = (np.random.rand(*shape).astype(np.float32) for shape in ((m, k), (k, n)))
        c = np.zeros((m, n), np.float32)
        peers = {}
        if options.openblas:
            peers["OpenBLAS"] = openblas(options.openblas, threads)(m, n, k, a, b, c)
        else:
            peers["OpenBLAS"] = lambda: np.matmul(a, b, out=c)
        if torch:
            ta, tb = torch.from_numpy(a), torch.from_numpy(b).t()
            peers["oneDNN"] = lambda: torch.ops.mkldnn._linear_pointwise(ta, tb, None, "none", [], "")
        return peers
    return make


def gemm_table(bench, threads, np, torch, limits):
    make = gemm_peers(bench.options, threads, np, torch)
    names = ["OpenBLAS"] + (["oneDNN"] if torch else [])
    print(f"\n### Matrix products M x N x K, {threads} thread{'s'[:threads - 1]}, GFLOP/s\n")
    print("| shape | ours | " + " | ".join(names) + " | ratio to the faster | of the peak |\n|---|---|" + "---|" * (len(names) + 2))
    for m, n, k in SHAPES:
        mine, theirs, median = bench.compare(("gemm", m, n, k), threads, make(m, n, k))
        work = 2 * m * n * k / 1e9
        rates = " | ".join(f"{work / theirs[name]:.1f}" for name in names)
        print(f"| {m} x {n} x {k} | {work / mine:.1f} | {rates} | {min(theirs.values()) / mine:.2f} ({median:.2f}) | "
              f"{100 * work / mine / limits['flops']:.0f}% |", flush=True)


def numpy_functions(np):
    """{name: function(x, y, out)} that does the same as ours."""
    def sigmoid(x, y, out):
        np.negative(x, out=out)
        np.exp(out, out=out)
        np.add(out, 1, out=out)
        np.reciprocal(out, out=out)

    def gelu_tanh(x, y, out):
        np.multiply(0.5 * x, 1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)), out=out)

    one = {"abs": np.abs, "sqrt": np.sqrt, "recip": np.reciprocal, "floor": np.floor, "exp": np.exp, "log": np.log,
           "log2": np.log2, "log10": np.log10, "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin,
           "acos": np.arccos, "atan": np.arctan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "asinh": np.arcsinh,
           "atanh": np.arctanh}
    two = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "maximum": np.maximum, "pow": np.power}
    table = {name: (lambda f: lambda x, y, out: f(x, out=out))(f) for name, f in one.items()}
    table |= {name: (lambda f: lambda x, y, out: f(x, y, out=out))(f) for name, f in two.items()}
    table |= {"scale": lambda x, y, out: np.multiply(x, np.float32(1.5), out=out),
              "clamp": lambda x, y, out: np.clip(x, np.float32(-0.5), np.float32(0.5), out=out),
              "relu": lambda x, y, out: np.maximum(x, np.float32(0), out=out), "sigmoid": sigmoid, "gelu_tanh": gelu_tanh,
              "sum": lambda x, y, out: x.sum(), "max": lambda x, y, out: x.max(), "argmax": lambda x, y, out: x.argmax(),
              "mean": lambda x, y, out: x.mean(), "variance": lambda x, y, out: x.var(), "dot": lambda x, y, out: x @ y,
              "norm_l2": lambda x, y, out: np.linalg.norm(x), "norm_l1": lambda x, y, out: np.abs(x).sum()}
    return table


def function_tables(bench, threads, np, limits):
    table = numpy_functions(np)
    bytes_of = {"add": 12, "sub": 12, "mul": 12, "div": 12, "maximum": 12, "pow": 12, "dot": 8}
    sizes = (4096, 1 << 18, 1 << 24)
    print(f"\n### Functions of arrays, {threads} thread{'s'[:threads - 1]}, 1e9 values/s (ours / NumPy, ratio)\n")
    print("| | " + " | ".join(f"{n} values" for n in sizes) + " | largest: of the bandwidth |\n|---|" + "---|" * (len(sizes) + 1))
    for name in MEMORY + MATH + REDUCTIONS:
        cells, share = [], ""
        for n in sizes:
            x, y = np.random.rand(n).astype(np.float32) * 0.98 + 0.01, np.random.rand(n).astype(np.float32) + 0.01
            out = np.zeros_like(x)
            function = table[name]
            mine, theirs, median = bench.compare((name, n), threads, {"NumPy": lambda: function(x, y, out)})
            cells.append(f"{n / mine / 1e9:.2f} / {n / theirs['NumPy'] / 1e9:.2f}, {theirs['NumPy'] / mine:.1f}x")
            moved = bytes_of.get(name, 4 if name in REDUCTIONS else 8) * n
            share = f"{100 * moved / mine / 1e9 / limits['read' if name in REDUCTIONS else 'triad']:.0f}%"
        print(f"| {name} | " + " | ".join(cells) + f" | {share} |", flush=True)


def other_table(bench, threads, np, torch):
    print(f"\n### Rows, eigenvalues, convolutions, {threads} thread{'s'[:threads - 1]}\n")
    print("| | ours, us | peer, us | ratio |\n|---|---|---|---|")
    for size in (16, 32, 64, 128, 256, 512):
        a = np.random.rand(size, size).astype(np.float32)
        a = a + a.T
        other_row(bench, threads, f"eigh {size}", ("eigh", size), "numpy.linalg.eigh", lambda: np.linalg.eigh(a))
    for size in (64, 1024, 4096):
        x = np.random.rand(size, size).astype(np.float32)
        out = np.zeros_like(x)
        other_row(bench, threads, f"transpose {size}", ("transpose", size, size), "NumPy", lambda: np.copyto(out, x.T))
    if torch:
        x = torch.rand(512, 1024)
        out = torch.empty_like(x)
        other_row(bench, threads, "softmax 512 x 1024", ("softmax", 512, 1024), "torch",
                  lambda: torch.softmax(x, 1, out=out))
        other_row(bench, threads, "layer_norm 512 x 1024", ("layer_norm", 512, 1024), "torch",
                  lambda: torch.nn.functional.layer_norm(x, (1024,)))
        for c, size, k, r in ((3, 224, 16, 3), (32, 56, 64, 3), (64, 28, 128, 3), (1, 512, 1, 5)):
            image, weight = torch.rand(1, c, size, size), torch.rand(k, c, r, r)
            other_row(bench, threads, f"convolution {c} x {size}^2, {k} filters {r}^2", ("convolve2d", c, size, k, r),
                      "oneDNN", lambda: torch.nn.functional.conv2d(image, weight, padding=r // 2))


def other_row(bench, threads, title, request, peer, function):
    mine, theirs, median = bench.compare(request, threads, {peer: function})
    print(f"| {title} | {mine * 1e6:.1f} | {theirs[peer] * 1e6:.1f} ({peer}) | {theirs[peer] / mine:.2f} ({median:.2f}) |",
          flush=True)


def head(options, np, torch, limits):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    versions = f"NumPy {np.__version__}" + (f", torch {torch.__version__}" if torch else "")
    if options.openblas:
        library = ctypes.CDLL(options.openblas)
        library.scipy_openblas_get_config.restype = ctypes.c_char_p
        versions += ", " + library.scipy_openblas_get_config().decode().split(" DYNAMIC")[0]
    print(f"- machine: {cpu}, {os.cpu_count()} cores, {platform.system()}; commit {commit}; {versions}")
    print(f"- limits measured, by threads: " + "; ".join(
        f"{t}: {v['flops']:.0f} GFLOP/s, {v['read']:.1f} GB/s read, {v['triad']:.1f} GB/s triad" for t, v in limits.items()))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bench", default=str(ROOT / "build" / "release" / "bin" / "arrays_bench"))
    arguments.add_argument("--openblas", default="")
    arguments.add_argument("--only", default="gemm,functions,others")
    arguments.add_argument("--threads", default="1,2")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=0.06)
    options = arguments.parse_args()
    counts = [int(t) for t in options.threads.split(",")]
    # NumPy's library reads this once, when it is loaded; one table at a time if there are several counts.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(max(counts))
    import numpy as np
    try:
        import torch
    except ImportError:
        torch = None
    bench = Bench(options)
    limits = {t: bench.ours.ask("limits", t, 0) for t in counts}
    head(options, np, torch, limits)
    for threads in counts:
        if torch:
            torch.set_num_threads(threads)
        if "gemm" in options.only:
            gemm_table(bench, threads, np, torch, limits[threads])
        if "functions" in options.only:
            function_tables(bench, threads, np, limits[threads])
        if "others" in options.only:
            other_table(bench, threads, np, torch)


if __name__ == "__main__":
    main()
