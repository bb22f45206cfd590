"""Functions in tuples of Values, format(*row), bytes from a bytearray."""
import math
from pathlib import Path
import tempfile, os

FUNCTIONS = {"hypot": (2, math.hypot), "abs": (1, abs), "floor": (1, math.floor), "max": (None, max), "sqrt": (1, math.sqrt)}

def apply(name, args):
    if name not in FUNCTIONS:
        raise KeyError(name)
    count, fn = FUNCTIONS[name]
    if count is not None and len(args) != count:
        return f"{name} takes {count}"
    return fn(*args)

for name, args in [("hypot", [3.0, 4.0]), ("abs", [-2.5]), ("floor", [2.7]), ("max", [1.0, 9.5, 3.0]), ("sqrt", [1.0, 2.0])]:
    print(name, apply(name, args))
row = [1, "x", 2.5]
print("{} {} {:.2f}".format(*row), "{0}-{1}".format(*"ab"))
buf = bytearray(b"abc")
buf.append(33)
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "data.bin"
    path.write_bytes(buf)
    print(path.read_bytes(), os.path.getsize(path))
