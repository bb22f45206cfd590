from collections import Counter, OrderedDict, defaultdict
from typing import Any, Dict, List
import datetime
from decimal import Decimal
def show(x: Any) -> None:
    print(x, f"{x}", [x])
def summary(words: List[str]) -> Dict[str, Any]:
    return {"count": Counter(words), "first": words[0], "n": len(words)}
show(Counter("abca"))
show(Counter())
show(OrderedDict([("z", 1)]))
info = summary("a b a c".split())
print(info)
for k, v in info.items():
    print(k, v)
print([Counter("aab"), 1, "x"], {"c": Counter("b")})
tables = [Counter("ab"), Counter("b")]
print(tables, type(tables[0]).__name__)
d = defaultdict(list)
o = OrderedDict()
print(type(d).__name__, type(o).__name__, type({}).__name__)
for bad in ([1, 2], (1, "a"), {"k": 1}, b"x", datetime.date(2024, 1, 2), Decimal("1.5"), {3}):
    try:
        raise ValueError("bad", bad)
    except ValueError as e:
        print(e, e.args, e.args[1])
try:
    raise KeyError((1, 2))
except KeyError as e:
    print(e, repr(e), e.args[0])
try:
    raise ValueError([1, 2])
except ValueError as e:
    print(e, e.args, len(e.args[0]))
