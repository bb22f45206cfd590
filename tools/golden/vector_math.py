#!/usr/bin/env python3
"""Polynomial coefficients of src/compute/cpu/{vector_math,logarithms,trigonometry,power}-inl.h, printed as C++
initialisers.

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


def show(name, function, low, high, degree, double=False):
    low, high = mp.mpf(low), mp.mpf(high)
    coefficients = fit(function, low, high, degree)
    rounded = [float(c) if double else struct.unpack("f", struct.pack("f", float(c)))[0] for c in coefficients]
    print(f"// {name}: degree {degree} on [{mp.nstr(low, 6)}, {mp.nstr(high, 6)}], "
          f"relative error {mp.nstr(worst(function, coefficients, low, high), 2)}")
    print("{" + ", ".join(short_hex(c) + ("" if double else "F") for c in rounded) + "}")


def short_hex(value):
    mantissa, exponent = float(value).hex().split("p")
    return mantissa.rstrip("0").rstrip(".") + "p" + exponent


def show_parts(name, value, bits):
    """A constant as a sum of floats of so many bits each, the last one whole."""
    parts, rest = [], mp.mpf(value)
    for i, n in enumerate(bits):
        exponent = mp.floor(mp.log(abs(rest), 2)) + 1 - n
        # Cut, not rounded, but for the last: every part then has the sign of the whole.
        part = mp.nint(rest / 2 ** exponent) if i == len(bits) - 1 else mp.floor(rest / 2 ** exponent)
        parts.append(part * 2 ** exponent)
        rest -= parts[-1]
    print(f"// {name}\n" + "{" + ", ".join(short_hex(p) + "F" for p in parts) + "}")


def odd(function):
    """P of function(x) = x + x^3 P(x^2)."""
    third = mp.taylor(function, 0, 3)[3]
    return lambda u: (function(mp.sqrt(u)) / mp.sqrt(u) - 1) / u if u > mp.mpf("1e-25") else third


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

    logarithms()
    trigonometry()
    power()


def logarithms():
    # log(1 + f) = f - f^2 / 2 + f^3 P(f), sqrt(1/2) <= 1 + f < sqrt(2)
    show("log", lambda f: (mp.log1p(f) - f + f * f / 2) / f ** 3 if abs(f) > mp.mpf("1e-12") else mp.mpf(1) / 3,
         mp.sqrt(mp.mpf(1) / 2) - 1, mp.sqrt(2) - 1, 8)
    show_parts("ln 2", mp.log(2), [13, 24])
    show_parts("1 / ln 2", 1 / mp.log(2), [24, 24])
    show_parts("1 / ln 10", 1 / mp.log(10), [24, 24])
    show_parts("log10 2", mp.log(2) / mp.log(10), [13, 24])


def trigonometry():
    quarter = (mp.pi / 4) ** 2
    # sin(x) = x + x^3 P(x^2), cos(x) = 1 - x^2 / 2 + x^4 Q(x^2), |x| <= pi / 4
    show("sin", odd(mp.sin), mp.mpf("1e-30"), quarter, 3)
    show("cos", lambda u: (mp.cos(mp.sqrt(u)) - 1 + u / 2) / u ** 2, mp.mpf("1e-12"), quarter, 2)
    show_parts("pi / 2, for multiples up to 2^13", mp.pi / 2, [11, 11, 11, 24])
    show_parts("pi / 2", mp.pi / 2, [24, 24])
    # asin(x) = x + x^3 P(x^2), |x| <= 1/2
    show("asin", odd(mp.asin), mp.mpf("1e-30"), mp.mpf("0.25"), 5)
    # atan(x) = x + x^3 P(x^2), |x| <= tan(pi / 8)
    show("atan", odd(mp.atan), mp.mpf("1e-30"), mp.tan(mp.pi / 8) ** 2, 4)
    show("sinh", odd(mp.sinh), mp.mpf("1e-30"), 1, 3)
    # 2 / pi in words of 32 bits, for arguments of any size
    with mp.workdps(90):
        words = [int(mp.floor(2 / mp.pi * mp.mpf(2) ** (32 * (i + 1)))) & 0xFFFFFFFF for i in range(7)]
    print("// 2 / pi\n{" + ", ".join(f"0x{w:08X}U" for w in words) + "}")


def power():
    # log2(m) = s P(s^2), s = (m - 1) / (m + 1), sqrt(1/2) <= m < sqrt(2); 2^f, |f| <= 1/2. In double.
    most = ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)) ** 2
    show("log2", lambda u: 2 * mp.atanh(mp.sqrt(u)) / mp.sqrt(u) / mp.log(2), mp.mpf("1e-30"), most, 6, double=True)
    show("exp2", lambda f: mp.mpf(2) ** f, mp.mpf("-0.5"), mp.mpf("0.5"), 7, double=True)


if __name__ == "__main__":
    main()
