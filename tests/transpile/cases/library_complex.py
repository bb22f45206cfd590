"""complex numbers and cmath."""
import argparse
import cmath
from dataclasses import dataclass


@dataclass
class Phasor:
    name: str
    value: complex

    def describe(self) -> str:
        return f"{self.name}: {self.value:.2f} |{abs(self.value):.3f}|"


def parse_complex(text: str) -> complex:
    return complex(text.replace(" ", "").replace("i", "j"))


def quadratic(a: float, b: float, c: float) -> tuple[complex, complex]:
    d = cmath.sqrt(b * b - 4 * a * c)
    return ((-b + d) / (2 * a), (-b - d) / (2 * a))


def mandel(c: complex, limit: int = 50) -> int:
    z = 0
    for n in range(limit):
        if abs(z) > 2:
            return n
        z = z * z + c
    return limit


def main() -> None:
    z = 3 + 4j
    print(z, repr(z), z.real, z.imag, z.conjugate(), abs(z))
    print(z + 1, 1 + z, z - 2.5, 2 - z, z * 2, z / 2, 1 / z, z ** 2, z ** 0.5, 2 ** z, -z, +z)
    print(z == 3 + 4j, z != 3, z == 3, complex(3) == 3, 3 == complex(3))
    for text in ["1+2j", "3-4i", "5", "-2j", "j", "1e3-2.5e-2j", "(1+2j)", "abc"]:
        try:
            w = parse_complex(text)
            print(f"{text!r:>12} -> {w} phase={cmath.phase(w):.4f}")
        except ValueError as e:
            print("error:", e)
    for r in quadratic(1, 2, 5):
        print(r, f"{r.real:+.1f} {r.imag:+.1f}i")
    for name in ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan", "asinh", "acosh", "atanh"):
        pass
    print(cmath.exp(1j * cmath.pi), cmath.log(z), cmath.log(z, 2), cmath.log10(z))
    print(cmath.sin(z), cmath.cos(z), cmath.tan(z), cmath.sinh(z), cmath.cosh(z), cmath.tanh(z))
    print(cmath.asin(z), cmath.acos(z), cmath.atan(z), cmath.asinh(z), cmath.acosh(z), cmath.atanh(z))
    r, phi = cmath.polar(z)
    print(round(r, 3), round(phi, 3), cmath.rect(r, phi), cmath.isclose(cmath.rect(r, phi), z))
    print(cmath.sqrt(-1), cmath.sqrt(2), cmath.inf, cmath.isinf(complex("inf")), cmath.isnan(z), cmath.isfinite(z))
    values = [1 + 1j, 2 - 1j, 3j, 0.5]
    print(values, sum([1j, 2 + 3j]), max(values, key=abs))
    print(mandel(0.1 + 0.2j), mandel(1 + 1j))
    print([Phasor("a", 1 + 2j), Phasor("b", 2j)])
    for p in [Phasor("a", 1 + 2j), Phasor("b", complex(2, -3))]:
        print(p.describe())
    d = {1 + 2j: "x", 3j: "y"}
    print(d, (1 + 2j) in d, hash(1 + 2j), hash(complex(3, 0)) == hash(3))
    print(f"{z:.3f} {z:10.1f}| {z:e} {z:g} {1j:.2f} {z:>20} {z!r}")
    print(type(z).__name__, isinstance(z, complex), isinstance(1.0, complex))
    try:
        z / 0
    except ZeroDivisionError as e:
        print(e)
    try:
        print(z < 1j)
    except TypeError as e:
        print(e)
    print(complex(), complex(1), complex(1.5, 2), complex("1+1j"), complex(1j, 1j))
    print(bool(0j), bool(1j), complex(0, -0.0), -0j, complex(-0.0, 1), 1e20 + 1e-7j)
    roots = [cmath.rect(1, 2 * cmath.pi * k / 4) for k in range(4)]
    print([f"{r.real:.2f}{r.imag:+.2f}j" for r in roots])
    mixed = {"int": 1, "cx": 2j, "f": 1.5}
    for k, v in mixed.items():
        print(k, v, v * 2, abs(v))


if __name__ == "__main__":
    main()
