import copy
class Node:
    def __init__(self, v, kids=None):
        self.v = v
        self.kids = kids if kids is not None else []
        self.meta = {"a": [1, 2]}
n = Node(1, [Node(2), Node(3)])
m = copy.deepcopy(n)
s = copy.copy(n)
m.kids[0].v = 99
s.kids[1].v = 77
print(n.kids[0].v, m.kids[0].v, n.kids[1].v, m.kids[1].v)
d = {"x": [1, 2, {"y": 3}], "z": (1, [2])}
e = copy.deepcopy(d)
e["x"][2]["y"] = 5
print(d, e)
import copy
from dataclasses import dataclass, field
@dataclass
class Cfg:
    name: str
    tags: list[str] = field(default_factory=list)
    opts: dict[str, int] = field(default_factory=dict)
a = Cfg("a", ["x"], {"k": 1})
b = copy.deepcopy(a)
b.tags.append("y")
c = copy.copy(a)
c.opts["z"] = 2
c.name = "c"
print(a, b, c)
class Own:
    def __init__(self, x): self.x = x
    def __copy__(self): return Own(self.x + 1)
    def __deepcopy__(self, memo): return Own(self.x * 10)
print(copy.copy(Own(1)).x, copy.deepcopy(Own(1)).x)
l = [Own(1), Own(2)]
print([o.x for o in copy.deepcopy(l)], [o.x for o in copy.copy(l)])
