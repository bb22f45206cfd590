"""The largest eigenvalue of an infinite matrix: float arithmetic, comprehensions, sums over zips."""
from math import sqrt


def element(i: int, j: int) -> float:
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v: list[float]) -> list[float]:
    return [sum(element(i, j) * x for j, x in enumerate(v)) for i in range(len(v))]


def times_transposed(v: list[float]) -> list[float]:
    return [sum(element(j, i) * x for j, x in enumerate(v)) for i in range(len(v))]


def both(v: list[float]) -> list[float]:
    return times_transposed(times(v))


def main() -> None:
    n = 270
    u = [1.0] * n
    v = u
    for _ in range(10):
        v = both(u)
        u = both(v)
    vbv = vv = 0.0
    for a, b in zip(u, v):
        vbv += a * b
        vv += b * b
    print(f"{sqrt(vbv / vv):.9f}")


if __name__ == "__main__":
    main()
