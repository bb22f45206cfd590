from typing import Any, Dict, List
class Box:
    def __init__(self) -> None:
        self.d: Dict[str, int] = {"a": 1}
    def items(self):
        return self.d.items()
    def pairs(self) -> List[Any]:
        return list(self.d.items())
def show(x: Any) -> None:
    print(len(x.items()), list(x.items()), x.pairs())
show(Box())
class A:
    def __init__(self, a=1, b=2):
        self.a = a
        self.b = b
class B(A):
    def __init__(self, c, **kw):
        super().__init__(**kw)
        self.c = c
class C(B):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
x = B(3, b=5)
print(x.a, x.b, x.c)
y = C(1, a=9)
print(y.a, y.b, y.c)
