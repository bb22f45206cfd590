"""Order of sets of ints, dicts, sorting, slice assignment, Counter, deque; whole scripts of operations at once."""
import collections
import random


def set_ops(script):
    sets, log = [set(), set(), set()], []
    for step in script.split(";"):
        op, i, j, *v = step.split(",")
        i, j, v = int(i), int(j), [int(x) for x in v]
        a, b = sets[i], sets[j]
        if op == "add":
            for x in v:
                a.add(x)
        elif op == "discard":
            for x in v:
                a.discard(x)
        elif op == "pop":
            log.append(a.pop() if a else None)
        elif op == "new":
            sets[i] = set(v)
        elif op == "copy":
            sets[i] = set(b)
        elif op == "update":
            a.update(b)
        elif op == "sub":
            a -= b
        elif op == "and":
            sets[i] = a & b
        elif op == "or":
            sets[i] = a | b
        elif op == "diff":
            sets[i] = a - b
        elif op == "xor":
            sets[i] = a ^ b
        elif op == "ixor":
            a ^= b
        log.append(list(sets[i]))
    return repr((log, sets[0] == sets[1], sets[0] <= sets[1], hash(frozenset(sets[0])), frozenset(sets[1])))


def dict_ops(script):
    d, log = {}, []
    for step in script.split(";"):
        op, k = step.split(",")
        k = int(k)
        if op == "set":
            d[k] = len(log)
        elif op == "del":
            log.append(d.pop(k, None))
        elif op == "last" and d:
            log.append(d.popitem())
        elif op == "get":
            log.append(d.get(k))
        elif op == "default":
            log.append(d.setdefault(k, -1))
    return repr((d, log, list(d.values())))


def list_ops(script):
    x = list(range(5))
    for step in script.split(";"):
        op, *v = step.split(",")
        v = [None if y == "" else int(y) for y in v]
        if op == "slice":
            x = x[v[0]:v[1]:v[2]]
        elif op == "assign":
            x[v[0]:v[1]:v[2]] = v[3:]
        elif op == "del":
            del x[v[0]:v[1]:v[2]]
        elif op == "insert":
            x.insert(v[0], v[1])
        elif op == "pop":
            x.pop(v[0])
        elif op == "extend":
            x.extend(v)
        elif op == "remove":
            x.remove(v[0])
        elif op == "index":
            x.append(x.index(v[0], v[1] or 0))
    return repr(x)


OPS = {"set": set_ops, "dict": dict_ops, "list": list_ops,
       "literal": lambda v: repr({int(x) for x in ()} | set()) if not v else repr(eval("{" + ",".join(v.split()) + "}")),
       "sort": lambda v, r: repr(sorted([int(x) for x in v.split()], key=lambda x: x % 10, reverse=r)),
       "sortf": lambda v, r: repr(sorted([float(x) for x in v.split()], reverse=r)),
       "counter": lambda v, n: repr((collections.Counter(v.split()), collections.Counter(v.split()).most_common(n))),
       "tuplehash": lambda v: hash(tuple(int(x) for x in v.split())),
       "deque": lambda v, n, m: (lambda d: (d.rotate(n), d.append(1), d.appendleft(2), repr(d))[3])(collections.deque([int(x) for x in v.split()], m))}


def ints(n, wide):
    return [random.randint(-wide, wide) for _ in range(random.randint(0, n))]


def cases():
    for _ in range(800):
        wide = random.choice([10, 100, 2**20, 2**62])
        steps = []
        for _ in range(random.randint(1, 12)):
            op = random.choice(["add", "add", "add", "discard", "pop", "new", "copy", "update", "sub", "and", "or", "diff", "xor", "ixor"])
            i = random.randrange(3)
            j = random.choice([x for x in range(3) if x != i])
            steps.append(",".join(map(str, [op, i, j, *ints(40, wide)])))
        yield ("set", ";".join(steps))
        yield ("dict", ";".join(f"{random.choice(['set', 'set', 'del', 'last', 'get', 'default'])},{random.randint(0, 12)}" for _ in range(60)))
        opt = lambda: random.choice(["", "0", "1", "2", "-1", "-2", "7"])
        steps = []
        for _ in range(random.randint(1, 6)):
            op = random.choice(["slice", "assign", "del", "insert", "pop", "extend", "remove", "index"])
            sl = [opt(), opt(), random.choice(["", "1", "2", "-1"])]
            rest = {"slice": sl, "del": sl, "assign": sl + [str(x) for x in ints(3, 9)], "insert": [random.choice("0123"), "7"], "pop": [random.choice(["0", "-1", "9"])],
                    "extend": [str(x) for x in ints(3, 9)], "remove": [random.choice("0123")], "index": [random.choice("0123"), ""]}[op]
            steps.append(",".join([op, *rest]))
        yield ("list", ";".join(steps))
        yield ("sort", " ".join(map(str, ints(60, 1000))), random.random() < 0.5)
        yield ("sortf", " ".join(map(repr, [random.choice([1.5, -2.0, float("inf"), random.random()]) for _ in range(20)])), random.random() < 0.5)
        yield ("tuplehash", " ".join(map(str, ints(6, 2**63))))
        yield ("counter", " ".join(random.choice("abcde") for _ in range(20)), random.choice([0, 1, 3, None]))
        yield ("deque", " ".join(map(str, ints(8, 9))), random.randint(-9, 9), random.choice([None, 3, 20]))
        if v := ints(12, wide):
            yield ("literal", " ".join(map(str, v)) if len(v) > 2 else "1 2 3")
