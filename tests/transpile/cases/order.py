def say(x):
    print("say", x)
    return x


def bad(x):
    raise ValueError(x)


d = {}
d[say("k")] = say("v")
try:
    d[1 // 0] = bad("first")
except Exception as e:
    print(type(e).__name__, e)
l = [1, 2, 3]
l[say(1)] = say(9)
print(d, l)


def obj():
    print("obj")
    return d


obj()[say("z")] = say("w")
obj()[say("z")] += say("u")
print(d)
m = {"a": {"b": 1}}
m[say("a")][say("c")] = say(3)
print(m)
s = "ab"
s += s
s += s[:1]
print(s)
b = b"x"
b += b"\xff" + b
print(b)


class Base:
    name = "abstract"
    tags = []
    limit = 3

    def __str__(self):
        return self.name

    def show(self):
        return f"{self.name}/{self.limit}"

    @property
    def shout(self):
        return self.name.upper()


class Fifo(Base):
    name = "fifo"


class Near(Fifo):
    name = "near"
    limit = 4.5


S = {c.name: c for c in (Fifo, Near)}
print(S["fifo"](), Fifo(), Near().show(), Base().show(), Near().shout)
for o in [Base(), Fifo(), Near()]:
    print(o.name, o.limit)


def plus(a, b):
    return a + b


def minus(a, b):
    if b > a:
        raise ValueError("negative")
    return a - b


for flag in (True, False):
    f = plus if flag else minus
    print(f(5, 3))
ops = {"+": plus, "-": minus}
print(ops["+"](1, 2), ops["-"](5, 2))
