from dataclasses import dataclass, field, fields, asdict, astuple, replace, is_dataclass, KW_ONLY, InitVar
from typing import List, Dict, ClassVar, Optional
@dataclass
class P:
    x: int
    y: int = 2
    tags: List[str] = field(default_factory=list, repr=False)
    total: ClassVar[int] = 0
@dataclass
class L:
    name: str
    ps: List[P]
    m: Dict[str, P] = field(default_factory=dict)
    _: KW_ONLY
    kw: int = 3
    must: str
p = P(1, tags=["a"])
l = L("n", [p, P(3)], {"k": P(5)}, must="m")
print(l)
print(asdict(l), astuple(l))
print([f.name for f in fields(p)], [f.name for f in fields(L)])
print(replace(p, y=9), is_dataclass(p), is_dataclass(P), is_dataclass(3))
for f in fields(p):
    print(f.name, getattr(p, f.name))
print({f.name: getattr(l, f.name) for f in fields(l) if f.name != "m"})
@dataclass
class I:
    a: int
    scale: InitVar[int] = 2
    b: int = field(init=False)
    def __post_init__(self, scale: int) -> None:
        self.b = self.a * scale
print(I(3), I(3, 5), I(a=4, scale=1).b, I(1) == I(1, 2), asdict(I(7)))
@dataclass
class Conn:
    host: str
    token: InitVar[Optional[str]] = None
    headers: Dict[str, str] = field(default_factory=dict)
    def __post_init__(self, token: Optional[str]) -> None:
        if token is not None:
            self.headers["auth"] = token
print(Conn("h"), Conn("h", "t"), Conn("h", token="z", headers={"a": "b"}))
@dataclass(kw_only=True)
class K:
    a: int = 1
    b: str
print(K(b="x"), K(a=2, b="y"))
@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = field(compare=False, default=0)
print(V(1) < V(2), sorted([V(2), V(1)]), hash(V(1)) == hash(V(1, 5)), V(1) == V(1, 9))
