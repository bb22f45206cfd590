from typing import TypedDict, NamedTuple, Literal, Optional
class Movie(TypedDict):
    title: str
    year: int
class Part(TypedDict, total=False):
    a: int
m: Movie = {"title": "X", "year": 1999}
n = Movie(title="Y", year=2000)
print(m, n, m["title"], n.get("year"))
def f(ms: list[Movie]) -> int:
    return sum(x["year"] for x in ms)
print(f([m, n]))
