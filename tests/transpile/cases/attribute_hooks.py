class Typed:
    def __init__(self, kind, default=None):
        self.kind = kind
        self.default = default
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, obj, owner):
        if obj is None:
            return self
        return obj.__dict__.get(self.name, self.default)
    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} must be {self.kind.__name__}, got {type(value).__name__}")
        obj.__dict__[self.name] = value
class Person:
    name = Typed(str)
    age = Typed(int, 0)
    def __init__(self, name, age):
        self.name = name
        self.age = age
    def __repr__(self): return f"Person({self.name!r}, {self.age})"
p = Person("Ann", 30)
print(p, p.name.upper(), p.age + 1)
p.age = 31
print(p)
try:
    p.age = "x"
except TypeError as e:
    print("TypeError:", e)
class Lazy:
    def __init__(self, fn):
        self.fn = fn
        self.name = fn.__name__
    def __get__(self, obj, owner=None):
        v = self.fn(obj)
        return v
class Cfg:
    def __init__(self, d): self._d = d
    def __getattr__(self, k):
        try:
            return self._d[k]
        except KeyError:
            raise AttributeError(f"no setting {k}") from None
c = Cfg({"host": "h", "port": 80})
print(c.host, c.port)
try:
    print(c.zip)
except AttributeError as e:
    print(e)
print(getattr(c, "host"), getattr(c, "q", None), hasattr(c, "port"), hasattr(c, "zz"))
class Frozen:
    def __init__(self, a, b):
        object.__setattr__(self, "a", a)
        object.__setattr__(self, "b", b)
    def __setattr__(self, k, v):
        raise AttributeError(f"cannot set {k}")
f = Frozen(1, [2])
print(f.a, f.b)
try:
    f.a = 2
except AttributeError as e:
    print(e, f.a)
class Logged:
    def __init__(self):
        self.x = 1
        self.y = "t"
    def __setattr__(self, k, v):
        print("set", k, v)
        super().__setattr__(k, v)
l = Logged(); l.x = l.x + 4
print(l.x, l.y)
class Proxy:
    def __init__(self, target):
        self._t = target
        self.calls = []
    def __getattr__(self, name):
        attr = getattr(self._t, name)
        def wrapper(*a, **k):
            self.calls.append(name)
            return attr(*a, **k)
        return wrapper
pr = Proxy([3, 1, 2])
pr.append(9); pr.sort()
print(pr._t, pr.calls, pr.index(2))
from dataclasses import dataclass, field
@dataclass(frozen=True)
class Pt:
    x: float
    y: float
    norm: float = field(init=False, default=0.0)
    def __post_init__(self):
        object.__setattr__(self, "norm", (self.x ** 2 + self.y ** 2) ** 0.5)
print(Pt(3, 4))
