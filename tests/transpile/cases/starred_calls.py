"""A tuple or sequence after * in calls of the library and of built-in functions and methods; msg of a SyntaxError."""
from datetime import date
def parse(expr):
    if not expr:
        raise SyntaxError("empty expression")
    if "(" in expr:
        raise SyntaxError(f"bad {expr!r}")
    return expr
for t in ["", "(", "a"]:
    try:
        print(parse(t))
    except SyntaxError as e:
        print("error:", e.msg, e, e.args)
months = [(2024, 1), (2024, 2)]
first = date(*months[0], 1)
print(first, date(*map(int, "2024-05-06".split("-"))))
def area(w, h, k=1):
    return w * h * k
p = (2, 3)
print(area(*p), area(*p, 4), area(*p, k=5), max(*p), min(*p, 0), print(*p, sep="-"))
from datetime import date, datetime, timedelta
pair = ("a", "b")
s = "banana"
print(s.replace(*pair), "x-y".split(*("-",)), date(*(2024, 5), 6), datetime(2024, 1, *(2, 3)), pow(*(2, 5)))
moves = {"n": (0, 1), "s": (0, -1)}
xs = [1, 2, 3]
at = (1, 9)
xs.insert(*at)
print(xs, timedelta(*(1, 30)), round(*(2.567, 1)), divmod(*(17, 5)), range(*(1, 4)), list(range(*at)))
d = {"k": 1}
print(d.get(*("q", 5)), d.setdefault(*("z", 2)), d, isinstance(*(3, int)))
