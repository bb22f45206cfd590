#!/usr/bin/env python3
"""Golden cases of the array functions: NumPy's answers in double to questions in f32, and mpmath's for functions.

Writes tests/golden/arrays/numpy.json and functions.json. Inputs are made by the formulas below, which
src/compute/array_golden_test.cpp repeats, so that the files hold answers alone; those of functions.json are in it.
Made with NumPy 2.4.6 and mpmath 1.3.0. Run: python tools/golden/arrays.py
"""
import json
import pathlib

import mpmath as mp
import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "tests" / "golden" / "arrays"


def series(count, step, offset=0):
    """count values in [-1, 1), the same in C++."""
    at = np.arange(count, dtype=np.int64) * step + offset
    return (at % 1009 / 504.5 - 1).astype(np.float32)


def statistics(count):
    x, y = series(count, 7919), series(count, 104729, 13)
    a, b = x.astype(np.float64), y.astype(np.float64)
    return {"count": count, "sum": a.sum(), "sum_of_squares": (a * a).sum(), "dot": a @ b, "max": a.max(), "min": a.min(),
            "argmax": int(x.argmax()), "argmin": int(x.argmin()), "mean": a.mean(), "variance": a.var(),
            "sample_variance": a.var(ddof=1), "stddev": a.std(), "covariance": np.cov(a, b, ddof=0)[0, 1],
            "correlation": np.corrcoef(a, b)[0, 1], "norm_l1": np.abs(a).sum(), "norm_l2": np.linalg.norm(a),
            "norm_linf": np.abs(a).max()}


def rows():
    x = series(3 * 33, 7919).reshape(3, 33).astype(np.float64) * 5
    x = x.astype(np.float32).astype(np.float64)
    e = np.exp(x - x.max(1, keepdims=True))
    soft = e / e.sum(1, keepdims=True)
    mean, var = x.mean(1, keepdims=True), x.var(1, keepdims=True)
    flat = x.ravel()
    return {"softmax": soft.ravel().tolist(), "log_softmax": np.log(soft).ravel().tolist(),
            "layer_norm": ((x - mean) / np.sqrt(var + 1e-5)).ravel().tolist(),
            "rms_norm": (x / np.sqrt((x * x).mean(1, keepdims=True) + 1e-6)).ravel().tolist(),
            "zscore": ((flat - flat.mean()) / flat.std()).tolist(),
            "minmax": ((flat - flat.min()) / (flat.max() - flat.min())).tolist()}


def matrices():
    a, b = series(7 * 19, 7919).reshape(7, 19), series(19 * 5, 104729).reshape(19, 5)
    batches = np.matmul(series(2 * 3 * 4 * 5, 7919).reshape(2, 3, 4, 5).astype(np.float64),
                        series(2 * 3 * 5 * 6, 104729).reshape(2, 3, 5, 6).astype(np.float64))
    s = series(12 * 12, 7919).reshape(12, 12).astype(np.float64)
    s = np.tril(s) + np.tril(s, -1).T
    return {"matmul": (a.astype(np.float64) @ b.astype(np.float64)).ravel().tolist(), "batched": batches.ravel().tolist(),
            "eigenvalues": np.linalg.eigvalsh(s)[::-1].tolist()}


def convolved(stride, pad, dilation):
    """By the definition: one multiplication after the other."""
    picture, kernel = series(3 * 9 * 11, 7919).reshape(3, 9, 11), series(4 * 3 * 3 * 2, 104729).reshape(4, 3, 3, 2)
    padded = np.pad(picture.astype(np.float64), ((0, 0), (pad, pad), (pad, pad)))
    height = (padded.shape[1] - dilation * 2 - 1) // stride + 1
    width = (padded.shape[2] - dilation * 1 - 1) // stride + 1
    out = np.zeros((4, height, width))
    for r in range(height):
        for c in range(width):
            patch = padded[:, r * stride:r * stride + 2 * dilation + 1:dilation, c * stride:c * stride + dilation + 1:dilation]
            out[:, r, c] = np.tensordot(kernel.astype(np.float64), patch, 3)
    return {"stride": stride, "pad": pad, "dilation": dilation, "shape": list(out.shape), "values": out.ravel().tolist()}


def functions():
    """f32 arguments over a function's range, and its value to far more than f32's precision."""
    mp.mp.dps = 50
    wide = [float(np.float32(v)) for v in np.concatenate([series(24, 7919) * 3, 10.0 ** np.linspace(-6, 4, 11),
                                                          -(10.0 ** np.linspace(-6, 4, 11))])]
    inside = [float(np.float32(v)) for v in series(40, 7919)]
    above = [float(np.float32(v)) for v in 1 + 10.0 ** np.linspace(-6, 8, 30)]
    large = [float(np.float32(v)) for v in 10.0 ** np.linspace(4.2, 38, 30)]
    small = [v for v in wide if abs(v) < 80]
    positive = [abs(v) for v in wide if v]
    table = {"exp": (mp.exp, small), "log": (mp.log, positive), "log2": (lambda v: mp.log(v, 2), positive),
             "log10": (mp.log10, positive), "log1p": (mp.log1p, inside[1:]), "sin": (mp.sin, wide + large),
             "cos": (mp.cos, wide + large), "tan": (mp.tan, wide + large), "asin": (mp.asin, inside),
             "acos": (mp.acos, inside), "atan": (mp.atan, wide), "sinh": (mp.sinh, small), "cosh": (mp.cosh, small),
             "tanh": (mp.tanh, small), "asinh": (mp.asinh, wide), "acosh": (mp.acosh, above),
             "atanh": (mp.atanh, inside[1:])}
    return {name: {"x": x, "y": [float(function(mp.mpf(v))) for v in x]} for name, (function, x) in table.items()}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    numpy_cases = {"statistics": [statistics(n) for n in (2, 17, 1000, 20000)], "rows": rows(), "matrices": matrices(),
                   "convolution": [convolved(1, 0, 1), convolved(2, 1, 1), convolved(1, 2, 2)]}
    for name, cases in (("numpy", numpy_cases), ("functions", functions())):
        (FOLDER / f"{name}.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
