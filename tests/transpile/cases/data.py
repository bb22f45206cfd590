"""Containers, formatting, numbers as Python prints them."""
d = {"b": 2, "a": 1}
d["c"] = 3
d.update({"z": 26})
for key, value in sorted(d.items(), key=lambda kv: -kv[1]):
    print(f"{key:>3}|{value:<4}|{value:05d}|{value / 3:.3f}")
print(d, d.get("q"), d.get("q", 0), "a" in d, d.pop("a"), len(d))
xs = [3, 1, 2]
xs.sort(reverse=True)
xs += [7, 7]
print(xs, xs[::-1], xs[1:3], xs.index(7), xs.count(7), -7 // 2, -7 % 3, 7 / 2, 2 ** 10, 2 ** -1)
print({x % 3 for x in range(10)}, {k: len(k) for k in ["aa", "b"]}, (1,), (1, "x", None, True), [])
print(1e16, 0.1 + 0.2, 1.0, 100000000000000000.0, float("inf"), round(2.5), round(2.675, 2))
print("a,b,,c".split(","), " x ".strip(), "Ab".swapcase(), "x".join(["1", "2"]), "abc"[-1], "%d%%" % 5)
mixed = [1, 2.5, "three", None, [4]]
for m in mixed:
    if isinstance(m, str):
        print("str", m.upper())
    elif isinstance(m, (int, float)):
        print("number", m + 1)
    else:
        print("other", m)
matrix = [[1, 2], [3, 4]]
print([list(row) for row in zip(*matrix)], sum(sum(row) for row in matrix), any(x > 3 for row in matrix for x in row))
try:
    print(d["missing"])
except KeyError as e:
    print("KeyError", e)
try:
    int("x1")
except ValueError as e:
    print(e)

a13 = 13
print({-3, 5}, {-3, 5, 13}, {a13, 5, -3}, {5, -3, 21, 8})
