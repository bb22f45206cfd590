from dataclasses import dataclass, replace, field
from typing import Any, ClassVar
@dataclass
class J:
    n: int
    t: str = "x"
    xs: list = field(default_factory=list)
@dataclass
class K(J):
    z: float = 1.5
    KIND: ClassVar[str] = "k"
j = J(1)
print(replace(j), replace(j, n=5), replace(K(2), t="y"))
items: list[Any] = [J(3, "q"), K(4)] if False else [J(3, "q")]
print([replace(i) for i in items], replace(items[0], t="zz"))
def copy_of(x: J) -> J:
    return replace(x, n=x.n + 1)
k = copy_of(J(9))
print(k)
class Base:
    kind: ClassVar[str]
    reg: ClassVar[dict] = {}
    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        Base.reg[cls.kind] = cls
    def __init__(self, v):
        self.v = v
    def show(self):
        return f"{self.kind}:{self.v}"
class A(Base):
    kind = "a"
class B(Base):
    kind = "b"
    def show(self):
        return "B" + super().show()
print(sorted(Base.reg), Base.reg["a"](3).show(), Base.reg["b"](4).show())
print([c.__name__ for c in Base.__subclasses__()], {c.kind: c for c in Base.__subclasses__()}["b"](1).show())
print(list(map(bytes.fromhex, ["00ff", "41"])))
f = bytes.fromhex
print(f("4142"))
