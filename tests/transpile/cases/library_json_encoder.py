import json
from typing import Any


class Encoder(json.JSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, set):
            return sorted(o)
        if isinstance(o, complex):
            return [o.real, o.imag]
        return super().default(o)


class Short(json.JSONEncoder):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = 0

    def default(self, o: Any) -> Any:
        self.seen += 1
        return f"<{type(o).__name__} {self.seen}>"


print(json.dumps({"a": {3, 1}, "b": 1 + 2j}, cls=Encoder), json.dumps([{2}], cls=Encoder, indent=2))
print(Encoder(sort_keys=True).encode({"b": {1}, "a": 2}), Short().encode([{1}, (2,), {3}]))
try:
    json.dumps({"a": b"x"}, cls=Encoder)
except TypeError as e:
    print(e)
