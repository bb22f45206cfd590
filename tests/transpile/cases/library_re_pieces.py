"""re.sub with functions that give None, or anything: None stands for no text."""
import re
from typing import Any, Callable, Dict, Optional


def second(m: "re.Match[str]") -> Optional[str]:
    return m.group(2)


def shout(m: "re.Match[str]") -> str:
    return m.group().upper()


words: Dict[str, Any] = {"a": "one", "b": None, "c": "three"}
filters: Dict[str, Callable[..., Any]] = {"up": str.upper, "len": lambda s: str(len(s))}


def known(m: "re.Match[str]"):
    return words.get(m.group(1))


def chosen(m: "re.Match[str]") -> Any:
    value: Any = m.group(1)
    for name in m.group(2).split("|"):
        value = filters[name](value)
    return value


pair = re.compile(r"<(\w)(\w)?>")
print(pair.sub(second, "<ab> <c> <de>"))
print(re.sub(r"\$(\w)", known, "$a-$b-$c-$d"))
print(re.sub(r"(\w+)!([\w|]+)", chosen, "tea!up jam!up|len x!len"))
print(re.sub("b+", shout, "abba"), re.sub("b", lambda m: None, "abba"), pair.sub(lambda m: m.group(1) * 2, "<xy>"))
for repl in (shout, known):
    print(re.sub(r"\$?(\w)", repl, "a $b"))
try:
    print(re.sub("a", lambda m: words.get("n", 5), "cat"))
except TypeError as error:
    print(type(error).__name__)


class Expander:
    def __init__(self, env: Dict[str, str]) -> None:
        self.env = env
        self.rx = re.compile(r"\$\{(\w+)\}")

    def _value(self, m: "re.Match[str]") -> str:
        return self.env.get(m.group(1), m.group(0))

    def expand(self, text: str) -> str:
        return self.rx.sub(self._value, text)

    def by(self, text: str, how: Callable[["re.Match[str]"], str]) -> str:
        return self.rx.sub(how, text, count=1)


def numbered(start: int) -> Callable[["re.Match[str]"], str]:
    count = [start]

    def repl(m: "re.Match[str]") -> str:
        count[0] += 1
        return f"{m.group(1)}{count[0]}"

    return repl


box = Expander({"a": "1"})
print(box.expand("${a} ${b}"), box.by("${a} ${a}", lambda m: m.group(1) + "!"), box.by("${x}", shout))
print(re.sub(r"(\w)", numbered(4), "x y"), re.sub(pattern="o", repl=shout, string="foo"))
table: Dict[str, Any] = {"text": r"[\1]", "call": shout}
for key in table:
    print(re.sub(r"(b)", table[key], "abc"), re.compile(r"(c)").sub(table[key], "abc"))
