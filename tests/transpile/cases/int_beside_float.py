"""An int beside a float is compared exactly, also beyond 2**53."""


def cmp(i: int, f: float) -> None:
    print(i == f, i != f, i < f, i <= f, i > f, i >= f, f == i, f < i, f <= i, f > i, f >= i)

def main() -> None:
    base = 2 ** 53
    for d in range(-1, 4):
        cmp(base + d, float(base))
        cmp(-base - d, -float(base))
    n = 9007199254740993
    xs = [9007199254740992.0, 1.5]
    print(n in xs, xs.count(n), n - 1 in xs)
    d = {9007199254740992.0: "a", 2.0: "b"}
    print(n in d, 2 in d, d.get(n, "none"), d.get(2), d[2])
    e = {9007199254740993: "a", 2: "b"}
    print(9007199254740992.0 in e, 2.0 in e, e[2.0], e.get(2.5, "no"))
    print(max(n, 9007199254740992.0), min(n, 9007199254740992.0))
    print(sorted([n, 9007199254740992.0, 9007199254740991]))
    s = {1.0, 2.0, 9007199254740992.0}
    print(n in s, 1 in s)
    t = (9007199254740993, 2)
    u = (9007199254740992.0, 2)
    print(t == u, t < u, t > u)
    big = 9223372036854775807
    f = 9223372036854775808.0
    print(big == f, big < f, big <= f, f > big)
    nan = float("nan")
    inf = float("inf")
    print(big < inf, big > -inf, big == nan, big < nan, big >= nan)
    print(n == float(n), float(n) <= n < float(n) + 2)
    a = [n, 1]
    b = [9007199254740992.0, 1]
    print(a == b, [1, 2] == [1.0, 2.0], {1: 2} == {1.0: 2.0}, (1, 2) == (1.0, 2.0))
    flags = [True, False]
    print(True == 1.0, True < 1.5)
    match 2.0:
        case 2:
            print("two")
    print(xs.index(9007199254740992))
    try:
        xs.index(n)
    except ValueError as err:
        print(err)
    xs.remove(9007199254740992)
    print(xs)
main()
