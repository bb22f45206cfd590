"""Sums of floats: an int where nothing is added, a float where a loop or test says that something is."""
def mean(xs: list[float]) -> float:
    if not xs:
        raise ValueError("empty")
    total = sum(xs)
    return total / len(xs)

def norm(rows: list[list[float]]) -> list[float]:
    out = []
    for row in rows:
        if len(row) == 0:
            continue
        s = sum(x * x for x in row)
        out.append(s)
    return out

def weighted(v: list[float], w: list[float]) -> float:
    return sum(a * b for a, b in zip(v, w)) / sum(w)

def share(v: list[float]) -> list[float]:
    return [x / sum(v) for x in v]

def both(v: list[float]):
    print(sum(v), sum(v) * 2, sum(v) * 2.0, sum(v) + 1.5, round(sum(v), 2), f"{sum(v):.3f}", float(sum(v)), max(0.5, sum(v)))

def tot(n: int) -> float:
    if n > 0:
        return sum(0.5 * i for i in range(n))
    return -1.0

print(mean([1.0, 2.0]), norm([[1.0, 2.0], []]), weighted([1.0], [2.0]), share([1.0, 3.0]), tot(3), tot(0))
both([])
both([0.25])
for v, w in (([], []), ([1.0], [0.0]), ([], [1.0])):
    try:
        print(weighted(v, w))
    except ZeroDivisionError as e:
        print(e)
for n in ([], [1.5]):
    try:
        print(sum(n) / len(n), sum(n) / (len(n) - 1))
    except ZeroDivisionError as e:
        print(e)
