from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

Point = namedtuple("Point", ["x", "y"])
Pair = namedtuple("Pair", "left right", defaults=[0])


def counters():
    c = Counter("abracadabra")
    print(c, c.most_common(2), c["z"], sorted(c.elements()))
    c.update("aaa")
    c.update({"z": 2})
    c["q"] += 1
    print(c, c.total(), len(c), "a" in c)
    c.subtract("ab")
    print(c.most_common())
    d = Counter(a=3, b=1)
    e = Counter({"a": 1, "b": 2})
    print(d + e, d - e, d & e, d | e, d == e)
    words = "the cat sat on the mat the end".split()
    for word, n in Counter(words).most_common(3):
        print(word, n)
    print(max(d, key=d.get), sum(d.values()), dict(d), sorted(d.items()))
    del d["a"]
    print(d, list(d), d.get("a"), d.get("a", 7), d.pop("b"))


def deques():
    q = deque([1, 2, 3], maxlen=4)
    q.append(4)
    q.append(5)
    q.appendleft(0)
    print(q, len(q), q[0], q[-1], q.maxlen)
    q.rotate(1)
    print(q, list(q), 3 in q, q.count(3), q.index(3))
    q.extend([7, 8])
    q.extendleft([9])
    q.reverse()
    print(q.pop(), q.popleft(), q)
    q.insert(1, 99)
    q.remove(99)
    q.clear()
    print(q, bool(q))
    try:
        q.pop()
    except IndexError as e:
        print("IndexError:", e)
    w = deque()
    w.append(("a", 1))
    for name, n in w:
        print(name, n)
    print(deque("abc") == deque(["a", "b", "c"]), deque([1, 2]) + deque([3]))


def dicts():
    groups = defaultdict(list)
    for w in ["apple", "avocado", "bean", "beet", "corn"]:
        groups[w[0]].append(w)
    print(groups, dict(groups), groups["zz"], len(groups))
    tree = defaultdict(lambda: defaultdict(int))
    tree["a"]["b"] += 2
    tree["a"]["c"] += 1
    print({k: dict(v) for k, v in tree.items()})
    counts = defaultdict(int)
    for ch in "hello":
        counts[ch] += 1
    print(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])), counts.get("q"), "q" in counts)
    od = OrderedDict()
    od["one"] = 1
    od["two"] = 2
    od["three"] = 3
    od.move_to_end("one")
    print(od, list(od), od.popitem(last=False), od)
    od.move_to_end("one", last=False)
    print(list(od.items()), list(reversed(od)))
    base = {"a": 1, "b": 2}
    over = {"b": 3}


def tuples():
    p = Point(1, 2)
    print(p, p.x, p[1], p._asdict(), p._replace(x=10), Point._fields)
    x, y = p
    print(x + y, p == Point(1, 2), Point(y=5, x=4), len(p), max(p))
    print(Pair(3), Pair(3, 4), Point._make([7, 8]), sorted([Point(3, 1), Point(1, 2)]))
    print([q.x for q in [Point(i, i * i) for i in range(3)]])


counters()
deques()
dicts()
tuples()
