"""Assignments by computed names and behind Any go by way of properties, descriptors and __setattr__."""
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, obj, objtype=None):
        if obj is None:
            return self
        return getattr(obj, self.name, 0)
    def __set__(self, obj, value):
        if value < 0:
            raise ValueError(f"{self.name[1:]} must be positive")
        setattr(obj, self.name, value)
class Typed:
    def __init__(self, kind, default=None):
        self.kind = kind
        self.default = default
    def __set_name__(self, owner, name):
        self.key = name
    def __get__(self, obj, objtype=None):
        if obj is None:
            return self
        return obj.__dict__.get(self.key, self.default)
    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.key}: expected {self.kind.__name__}, got {type(value).__name__}")
        obj.__dict__[self.key] = value
class Account:
    balance = Positive()
    limit = Positive()
    def __init__(self, b):
        self.balance = b
        self.limit = 10
class Savings(Account):
    rate = Positive()
    def __init__(self, b, r):
        super().__init__(b)
        self.rate = r
class Person:
    name = Typed(str, "?")
    age = Typed(int, 0)
    def __init__(self, name, age):
        self.name = name
        self.age = age
def show(a):
    print(a.balance, a.limit)
accounts = [Account(5), Savings(7, 2)]
for a in accounts:
    show(a)
    a.balance = a.balance + 1
    show(a)
    try:
        a.balance = -1
    except ValueError as e:
        print(e)
s = accounts[1]
print(s.rate)
things: list = [Account(1), 5, "x", Savings(2, 3)]
for t in things:
    if isinstance(t, Account):
        t.balance = 42
        print(t.balance, getattr(t, "limit"))
p = Person("Ann", 3)
print(p.name, p.age)
try:
    p.age = "x"
except TypeError as e:
    print(e)
for n in ("name", "age"):
    print(n, getattr(p, n))
for n, v in (("name", "Bob"), ("age", 9)):
    setattr(p, n, v)
print(p.name, p.age)
try:
    setattr(p, "age", "no")
except TypeError as e:
    print(e)
class Strict:
    def __init__(self):
        self.log = []
        self.a = 1
    def __setattr__(self, name, value):
        if name != "log" and hasattr(self, "log"):
            self.log.append(name)
        super().__setattr__(name, value)
st = Strict()
for n in ["a", "b"]:
    setattr(st, n, 5)
print(st.log, st.a, st.b)
class Frozen:
    def __init__(self, x):
        object.__setattr__(self, "x", x)
    def __setattr__(self, name, value):
        raise AttributeError(f"cannot set {name}")
f = Frozen(3)
key = "x"
try:
    setattr(f, key, 4)
except AttributeError as e:
    print(e, f.x)
from dataclasses import dataclass
class Temp:
    def __init__(self, c):
        self._c = c
    @property
    def f(self):
        return self._c * 9 / 5 + 32
    @f.setter
    def f(self, v):
        self._c = (v - 32) * 5 / 9
    @property
    def ro(self):
        return 1
t = Temp(10)
for name, v in (("f", 212), ("_c", 5)):
    setattr(t, name, v)
    print(name, t._c, t.f)
for name in ["ro", "f"]:
    try:
        setattr(t, name, 50)
        print("set", name, round(t._c, 2))
    except AttributeError as e:
        print(e)
@dataclass(frozen=True)
class P:
    x: int
    y: int = 0
p = P(1)
for n in ("x", "y"):
    try:
        setattr(p, n, 9)
    except Exception as e:
        print(type(e).__name__, e)
class Shape:
    def __setattr__(self, name, value):
        if name.startswith("_bad"):
            raise AttributeError(f"bad name {name}")
        object.__setattr__(self, name, value)
class Sq(Shape):
    def __init__(self, s):
        self.side = s
class Ci(Shape):
    def __init__(self, r):
        self.r = r
things = [Sq(1), Ci(2)]
for th in things:
    for n in ("tag", "_bad1"):
        try:
            setattr(th, n, "v")
        except AttributeError as e:
            print(type(th).__name__, e)
    print(th.tag)
def configure(obj, **kw):
    for k, v in kw.items():
        setattr(obj, k, v)
configure(things[0], side=5, tag="new")
print(things[0].side, things[0].tag)


def late(d):
    print("value")
    return d["x"]


for target, data in ((p, {"x": 1}), (p, {})):
    try:
        target.x = late(data)
    except Exception as e:
        print(type(e).__name__, e)
try:
    t.ro = late({})
except (KeyError, AttributeError) as e:
    print(type(e).__name__, e)
