"""Views of dicts that variables keep follow the dict."""


def views():
    d = {"a": 1, "b": 2}
    ks = d.keys()
    vs = d.values()
    its = d.items()
    print(ks, vs, its)
    d["c"] = 3
    print(ks, vs, its)
    print(len(ks), "c" in ks, "z" in ks, list(ks), sorted(vs), 3 in vs, ("c", 3) in its)
    other = {"a", "z"}
    print(sorted(ks & other), sorted(ks | other), sorted(ks - other), sorted(ks ^ other))
    del d["a"]
    for k in ks:
        print(k, end=" ")
    for k, v in its:
        print(k, v, end=";")
    print(sum(vs), max(vs), min(ks), ks == {"b", "c"}, {"c", "b"} == ks, ks != {"b"})
    e = {"c": 3, "b": 9}
    print(ks & e.keys() == {"b", "c"}, its & e.items(), ks.isdisjoint(e), ks.isdisjoint({"q"}))
    print(f"{ks}", ks == e.keys(), its == e.items(), its == {"b": 2, "c": 3}.items())
    kept = list(ks)
    d["q"] = 7
    print(kept, ks, [k for k in ks if k in kept])


class Row:
    def __init__(self):
        self.d = {"x": 1}

    def add(self, k):
        names = self.d.keys()
        self.d[k] = len(names)
        return len(names), sorted(names)


views()
table = {1: "x"}
keys = table.keys()
table[2] = "y"
print(keys, list(reversed(keys)))
print(Row().add("y"))
a = {"p": 1, "q": 2}
b = {"q": 2, "r": 3}
ka, kb = a.keys(), b.keys()
print(sorted(ka & kb), sorted(ka - kb), sorted(kb - ka), sorted(ka | kb))
a["r"] = 4
print(sorted(ka & kb), ka <= kb, kb <= ka, ka >= {"p"})


def named(keys, table):
    for ka in keys:
        print(ka, table[ka])
    return [keys for keys in table], (lambda keys: len(keys))(table)


print(named(["p"], a), keys)
table[9] = "z"
print(keys, 9 in keys)
