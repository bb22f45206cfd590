import types
from types import SimpleNamespace, MappingProxyType
from collections import ChainMap, UserDict, UserList, OrderedDict, Counter, deque, defaultdict
ns = SimpleNamespace(a=1, b="x")
print(ns, ns.a, ns.b)
ns.c = [1, 2]
ns.a += 5
print(ns, ns.c, vars(ns), ns == SimpleNamespace(a=6, b="x", c=[1, 2]))
print(hasattr(ns, "zz"), getattr(ns, "zz", 3))
del ns.b
print(ns)
setattr(ns, "k", 2.5)
for k, v in vars(ns).items():
    print(k, v)
cfg = SimpleNamespace(**{"host": "h", "port": 80})
print(f"{cfg.host}:{cfg.port}", cfg.__dict__)
m = MappingProxyType({"a": 1, "b": 2})
print(m["a"], len(m), list(m), "a" in m, m.get("z"), dict(m), m)
try:
    m["c"] = 3
except TypeError as e:
    print(e)
defaults = {"color": "red", "user": "guest"}
env = {"user": "admin"}
cm = ChainMap(env, defaults)
print(cm["user"], cm["color"], len(cm), sorted(cm), "user" in cm, cm.get("no", "d"))
cm["new"] = "v"
print(env, cm.maps, dict(cm))
child = cm.new_child({"x": "1"})
print(child["x"], child.parents["user"], child)
try:
    cm["nope"]
except KeyError as e:
    print("KeyError", e)
for k, v in sorted(cm.items()):
    print(k, v)
class Reg(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)
r = Reg()
r["ABC"] = 1
r.update({"Def": 2})
print(r, len(r), "abc" in r, r["def"], list(r.items()), r.get("zz", 0))
class Stack(UserList):
    def push(self, x):
        self.append(x)
s = Stack([1, 2])
s.push(3)
print(s, len(s), s[0], s[-1], list(s), sum(s), s.data)
