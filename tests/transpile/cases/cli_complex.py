"""complex CLI"""
import argparse
import cmath
import math


def parse(s: str) -> complex:
    try:
        return complex(s)
    except ValueError:
        raise argparse.ArgumentTypeError(f"invalid complex: {s}")


def fft(xs):
    n = len(xs)
    if n == 1:
        return xs
    even = fft(xs[0::2])
    odd = fft(xs[1::2])
    t = [cmath.exp(-2j * cmath.pi * k / n) * odd[k] for k in range(n // 2)]
    return [even[k] + t[k] for k in range(n // 2)] + [even[k] - t[k] for k in range(n // 2)]


def fmt(z):
    return f"{z.real:.3f}{z.imag:+.3f}j"


OPS = {
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("op", choices=sorted(OPS))
    p.add_argument("a", type=parse)
    p.add_argument("b", type=complex)
    for argv in (["add", "1+2j", "3"], ["mul", "1j", "1j"], ["div", "4+2j", "1-1j"]):
        args = p.parse_args(argv)
        r = OPS[args.op](args.a, args.b)
        print(args.op, r, abs(r), fmt(r), math.degrees(cmath.phase(r)))
    out = fft([1, 2, 3, 4])
    print([fmt(complex(z)) for z in out])
    roots = sorted([cmath.sqrt(-1), cmath.sqrt(4), 3 + 0j], key=lambda z: (z.real, z.imag))
    print(roots)
    w = complex(real=1, imag=-1)
    print(w, w ** 2, w.conjugate() * w, (w * 2).imag, [abs(z) for z in roots])


if __name__ == "__main__":
    main()
