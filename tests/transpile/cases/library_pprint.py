import pprint
from pprint import pformat
d = {"name": "Alice", "tags": ["a", "b", "c"], "nested": {"k1": list(range(20)), "k2": "v" * 50}, "t": (1, 2), "n": None}
pprint.pprint(d)
print(pformat([1, 2, 3]))
pprint.pprint(d, width=40, indent=2)
pprint.pprint({"b": 1, "a": 2}, sort_dicts=False)
print(pprint.pformat({"x": {"y": {"z": 1}}}, depth=2))
