#!/usr/bin/env python3
"""Polynomial coefficients of src/compute/cpu/vector_math-inl.h, printed as C++ initialisers.

Near-minimax fits: Chebyshev interpolation in 60-digit arithmetic, coefficients rounded to f32 (lowest power first).
Made with mpmath 1.3.0. Run: python tools/golden/vector_math.py
"""
import struct

import mpmath as mp

mp.mp.dps = 60


def fit(function, low, high, degree):
    """Chebyshev interpolation of the given degree -> power-basis coefficients, lowest first."""
    n = degree + 1
    nodes = [mp.cos(mp.pi * (2 * k + 1) / (2 * n)) for k in range(n)]
    xs = [(low + high) / 2 + (high - low) / 2 * t for t in nodes]
    matrix = mp.matrix(n, n)
    for i, x in enumerate(xs):
        for j in range(n):
            matrix[i, j] = x ** j
    solution = mp.lu_solve(matrix, mp.matrix([function(x) for x in xs]))
    return [solution[j] for j in range(n)]


def worst(function, coefficients, low, high):
    error = mp.mpf(0)
    for i in range(2001):
        x = low + (high - low) * i / 2000
        wanted = function(x)
        got = mp.polyval(coefficients[::-1], x)
        error = max(error, abs(got / wanted - 1))
    return error


def show(name, function, low, high, degree):
    low, high = mp.mpf(low), mp.mpf(high)
    coefficients = fit(function, low, high, degree)
    rounded = [struct.unpack("f", struct.pack("f", float(c)))[0] for c in coefficients]
    print(f"// {name}: degree {degree} on [{mp.nstr(low, 6)}, {mp.nstr(high, 6)}], "
          f"relative error {mp.nstr(worst(function, coefficients, low, high), 2)}")
    print("{" + ", ".join(float(c).hex() + "F" for c in rounded) + "}")


def erfcx(t):
    return mp.erfc(t) * mp.exp(t * t)


def main():
    half_ln2 = mp.log(2) / 2
    # exp(r) = 1 + r + r^2 P(r)
    show("exp", lambda r: (mp.exp(r) - 1 - r) / r ** 2 if r else mp.mpf(1) / 2, -half_ln2, half_ln2, 5)
    # tanh(x) = x + x^3 P(x^2), |x| <= 0.625
    show("tanh", lambda u: (mp.tanh(mp.sqrt(u)) / mp.sqrt(u) - 1) / u if u else mp.mpf(-1) / 3,
         mp.mpf("1e-30"), mp.mpf("0.390625"), 4)
    # erf(t) = t P(t^2), t <= 1
    show("erf", lambda u: mp.erf(mp.sqrt(u)) / mp.sqrt(u), mp.mpf("1e-30"), 1, 7)
    # erfc(t) = exp(-t^2) P(u), u = (t - 3) / (t + 3), 1 <= t <= 10.5
    show("erfcx", lambda u: erfcx(3 * (1 + u) / (1 - u)), mp.mpf(-2) / 4, mp.mpf("7.5") / mp.mpf("13.5"), 10)


if __name__ == "__main__":
    main()
