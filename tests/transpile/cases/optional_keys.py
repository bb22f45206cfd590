import os
from typing import Optional
def f(name: Optional[str]) -> None:
    if name is not None:
        os.environ[name] = "x"
    os.environ["B"] = name or "none"
f("A")
f(None)
print(os.environ["A"], os.environ["B"])
