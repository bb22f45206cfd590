class Bag:
    def __init__(self, **kw):
        for k, v in kw.items():
            setattr(self, k, v)
    def show(self):
        return self.color
b = Bag(color="red", size=3)
print(b.color, b.size, b.show())
print(getattr(b, "size"), getattr(b, "nope", "dflt"), hasattr(b, "size"), hasattr(b, "zip"))
print(vars(b), b.__dict__)
setattr(b, "dyn" + "amic", [1])
print(b.dynamic)
class Rec:
    def __init__(self, **kw):
        self.__dict__.update(kw)
    def __repr__(self):
        return "Rec(" + ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items()) + ")"
r = Rec(a=1, b="x")
print(r, r.a, r.b)
r.__dict__["c"] = 5
print(r.c, r)
