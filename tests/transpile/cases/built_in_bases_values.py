class Config(dict):
    def __missing__(self, key):
        return f"<{key}>"
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

class Cfg2(dict):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.reads = 0
    def __getitem__(self, k):
        self.reads += 1
        return super().__getitem__(k)
    def __setitem__(self, k, v):
        super().__setitem__(k.lower(), v)
    def total(self):
        return sum(self.values())
c = Config(a=1)
print(c["a"], c["zz"], c)
d = Cfg2({"x": 1}, y=2)
d["Zed"] = 5
print(d, d["x"], d.reads, d.total(), len(d), "zed" in d, list(d), sorted(d.items()))
for k, v in d.items():
    print(k, v)
print(isinstance(d, dict), d == {"x": 1, "y": 2, "zed": 5}, dict(d), d.get("q", 0))
d.update(q=4); d.pop("x"); print(d)
import json
print(json.dumps(d, sort_keys=True))
class Stack(list):
    def push(self, x): self.append(x)
    def peek(self): return self[-1] if self else None
s = Stack()
s.push(1); s.push(2)
print(s, s.peek(), len(s), s.pop(), s, isinstance(s, list), s == [1], sum(s), s[0])
s2 = Stack([3, 1, 2])
s2.sort(); print(s2, s2[1:], sorted(s2, reverse=True), [x * 2 for x in s2], max(s2))
class Name(str):
    def shout(self): return self.upper() + "!"
n = Name("bob")
print(n, n.shout(), len(n), n == "bob", n + "x", repr(n), f"{n:>5}", isinstance(n, str), {n: 1}, n[0])
class Meters(float):
    def km(self): return self / 1000
    def __repr__(self): return f"Meters({float(self)})"
m = Meters(1500)
print(m, m.km(), m + 1, repr(m))
class Age(int):
    def __new__(cls, v):
        if v < 0:
            raise ValueError("neg")
        return super().__new__(cls, v)
    def adult(self): return self >= 18
a = Age(20); print(a, a.adult(), a + 1, isinstance(a, int))
try:
    Age(-1)
except ValueError as e:
    print(e)
