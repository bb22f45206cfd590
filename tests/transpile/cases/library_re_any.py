import re
from typing import Dict, List, Pattern
def find(pattern: str, text: str) -> List[str]:
    return re.findall(pattern, text)
print(find(r"\d+", "a1 b22"), find(r"(\w)=(\d)", "a=1 b=2"), len(find("x", "y")))
for m in find(r"\d+", "7 8"):
    print(int(m) + 1, m.upper())
print(", ".join(find(r"[a-z]+", "ab cd")))
class Lexer:
    TOKEN = re.compile(r"(\d+)|(\w+)")
    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
    def words(self, text: str) -> List[str]:
        return [w for w in self.pattern.split(text) if w]
    def pairs(self, text: str):
        return self.TOKEN.findall(text)
print(Lexer(r"[,;]\s*").words("a, b;c"), Lexer("(-)").words("a-b"), Lexer("x").pairs("1 ab"))
table: Dict[str, Pattern] = {"num": re.compile(r"-?\d+"), "kv": re.compile(r"(\w+):(\w+)")}
for name, p in table.items():
    found = p.findall("a:b 1 -2")
    print(name, found, len(found))
def parts(sep: str, text: str, n: int = 0) -> List[str]:
    return re.split(sep, text, maxsplit=n)
first, *rest = parts(",", "a,b,c")
print(first, rest, parts("(,)", "a,b", 1), sorted(set(find("[ab]", "abba"))))
def count(pattern: str, text: str) -> Dict[str, int]:
    out: Dict[str, int] = {}
    for word in re.findall(pattern, text.lower()):
        out[word] = out.get(word, 0) + 1
    return out
print(count(r"\w+", "A b a"))
print(re.compile("(a)|b").split("xaybz"))
