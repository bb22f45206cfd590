"""Lambdas whose defaults a call may give, and optional parameters of methods that are called by a computed name."""
f = lambda x, n=2: x * n
print(f(3), f(3, 4), f(3, n=5))
class C:
    def cmd_pay(self, amount: float = 1, who=None, tag: "str | None" = None) -> str:
        return f"{amount} {who} {tag}"
    def cmd_x(self) -> str:
        return "x"
def run(c: C, name: str, *args) -> str:
    h = getattr(c, f"cmd_{name}", None)
    return "none" if h is None else h(*args)
c = C()
print(run(c, "pay"), run(c, "pay", 2.5, 3, "q"), run(c, "x"), run(c, "z"))
print(sorted([3, 1, 2], key=lambda x, m=-1: x * m))
ops = {"add": lambda a, b=1: a + b, "neg": lambda a: -a}
print(ops["add"](1), ops["add"](1, 5), ops["neg"](4))
fs = [lambda x, i=i: x + i for i in range(3)]
print([g(10) for g in fs])
print(list(map(lambda x, k=3: x + k, [1, 2])))
g = lambda a=1, b="z": f"{a}{b}"
print(g(), g(2), g(b="y"))
F = {
    "upper": lambda v: str(v).upper(),
    "len": len,
    "join": lambda v, sep=", ": sep.join(str(x) for x in v),
    "pad": lambda v, n="10": str(v).ljust(int(n)),
    "default": lambda v, d="": d if v is None else v,
    "sort": sorted,
}
def ev(name, value, colon, arg):
    fn = F.get(name)
    return fn(value, arg) if colon else fn(value)
print(ev("upper", "a", "", ""), ev("pad", "tea", ":", "6") + "|", ev("default", None, ":", "none"), ev("join", [1, 2], "", ""))
