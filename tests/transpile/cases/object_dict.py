"""asdict, vars and __dict__, of objects whose class is known and of others."""
from dataclasses import dataclass, asdict
import json
@dataclass
class Acct:
    name: str
    cents: int
    tags: list

def dump(accts: dict) -> str:
    out = []
    for acct in accts.values():
        d = asdict(acct)
        d["extra"] = [1, "x"]
        d.pop("tags")
        out.append(d)
    return json.dumps(out, sort_keys=True)

print(dump({"a": Acct("a", 5, [1, 2])}))
import json
class Student:
    all_ = []
    def __init__(self, name, score):
        self.name = name
        self.score = score
        Student.all_.append(self)
    @classmethod
    def everyone(cls):
        return sorted(cls.all_, key=lambda s: s.name)
Student("b", 2.5)
Student("a", 3)
print(json.dumps([vars(s) for s in Student.everyone()], sort_keys=True))
for s in Student.everyone():
    print(s.__dict__, vars(s)["name"])
