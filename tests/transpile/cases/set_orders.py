"""The order of sets that are made of others: by difference of several, frozenset(set), copies."""
s = {-1, 3, 5, 12, 46}
t = {10}
xs = [10, 5, 7]
print(s, s.difference(xs), s.difference(xs, t), s.difference(t), s.difference(t, xs), s - t, s.copy(), s.difference(), s.union())
print(s.union(xs), s.union(xs, t), s.intersection(xs, t), s.intersection(), s.symmetric_difference(xs))
f = frozenset(s)
print(f, f.difference(xs), f.difference(xs, t, [3]), f.union(t, xs), frozenset(f), set(f), set(s), set(s - {3}))
big = set(range(0, 2000, 7))
print(list(big.difference(range(0, 2000, 2), {7, 21}))[:12], len(big.difference(range(1990))))
for text in ["x" * 300, "y" * 199, "é" * 250]:
    try:
        int(text)
    except ValueError as e:
        print(len(str(e)), str(e)[-5:])
