class Single:
    _inst = None
    def __new__(cls, *args, **kw):
        if cls._inst is None:
            cls._inst = super().__new__(cls)
            cls._inst.data = {}
        return cls._inst
    def set(self, k, v): self.data[k] = v
a = Single(); b = Single()
a.set("x", 1)
print(a is b, b.data)

class Reg:
    _made = {}
    def __new__(cls, name):
        if name in cls._made:
            return cls._made[name]
        obj = super().__new__(cls)
        cls._made[name] = obj
        return obj
    def __init__(self, name):
        self.name = name
print(Reg("a") is Reg("a"), Reg("a") is Reg("b"), Reg("b").name)

class Single2:
    _instance = None
    def __new__(cls):
        if cls._instance is None:
            cls._instance = object.__new__(cls)
            cls._instance._init = False
        return cls._instance
    def __init__(self):
        if self._init: return
        self._init = True
        self.count = 0
    def hit(self):
        self.count += 1
        return self.count
Single2().hit(); print(Single2().hit())

class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, obj, objtype=None):
        if obj is None: return self
        return getattr(obj, self.name, 0)
    def __set__(self, obj, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive, got {value}")
        setattr(obj, self.name, value)
class Item:
    price = Positive()
    qty = Positive()
    def __init__(self, name, price, qty):
        self.name = name
        self.price = price
        self.qty = qty
    def total(self): return self.price * self.qty
i = Item("x", 2.5, 4)
print(i.total())
i.qty += 1
print(i.qty, i.total())
try:
    i.price = -1
except ValueError as e:
    print(e)
class P(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))
    @property
    def x(self): return self[0]
    @property
    def y(self): return self[1]
    def __add__(self, o): return P(self.x + o.x, self.y + o.y)
p = P(1, 2) + P(3, 4)
print(p, p.x, p.y, len(p), p == (4, 6), list(p))
x, y = p
print(x, y)


class Ticket:
    made = 0

    def __init__(self):
        type(self).made += 1
        self.number = self.__class__.made


print(Ticket().number, Ticket().number, Ticket.made)


class Word:
    def __init__(self, text):
        self.text = text

    def __eq__(self, other):
        return self.text == (other if isinstance(other, str) else other.text)


def find(words, text):
    for word in words:
        if word.text == text:
            return word
    return None


words = [Word("a"), Word("b")]
print(find(words, "a") == "a", find(words, "z") == "a", [w == x for w in words for x in ("a", Word("b"))])
