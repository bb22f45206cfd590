from datetime import datetime, time, date
edges = [("a", "b", 3), ("b", "c", 4)]
print(sum(w for *_, w in edges), [n for n, *_ in edges], {a: r for a, *r in edges})
print([(h, m, t) for h, *m, t in [[1, 2, 3, 4], [5, 6]]])
first, *rest = (1, "x", 2.5)
print(first + 1, rest)
*init, last = edges[0]
print(init, last * 2)
a, *b, c = "hello"
print(a, b, c)
for k, *vs in [("q", 1, 2), ("r", 3, 4)]:
    print(k.upper(), sum(vs))
(x, *y), z = (1, 2, 3), 4
print(x, y, z, [p + q for (p, *_), q in [((1, 2), 3)]])
DAY = datetime(2024, 6, 3)
print(datetime.combine(DAY, time(8, 30)))
