"""Methods of built-in types by the type's name."""
a = [{1, 2, 3}, {2, 3, 4}, {3, 4}]
print(set.intersection(*a), set.union(*a), frozenset.union(frozenset({1}), {2}))
x, y = frozenset({1, 2}), frozenset({2, 3})
print(sorted(frozenset.intersection(x, y)), set.difference({1, 2}, {2}), str.upper("abc"), list(map(str.strip, [" a "])), str.join("-", ["a", "b"]))
def f(sets):
    return set.intersection(*[set(s) for s in sets]) if sets else set()
print(sorted(f(["abc", "bcd"])), f([]))
print(dict.fromkeys("ab", 0), int.from_bytes(b"\x01\x02", "big"), bytes.fromhex("0a0b"))
