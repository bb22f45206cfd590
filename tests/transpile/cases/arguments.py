"""super() along the object's own order, callables.out callables.py classes.out classes.py closures.out closures.py control.out control.py coroutines.out coroutines.py data.out data.py functools_.out functools_.py and callables.out callables.py classes.out classes.py closures.out closures.py control.out control.py coroutines.out coroutines.py data.out data.py functools_.out functools_.py everywhere, names of attributes at run time."""
class Base:
    def __init__(self, name="base"):
        self.name = name
        self.log = []

    def run(self, x):
        self.log.append("Base")
        return x


class A(Base):
    def run(self, x):
        self.log.append("A")
        return super().run(x + 1)


class B(Base):
    def run(self, x):
        self.log.append("B")
        return super().run(x * 2)


class C(A, B):
    def run(self, x):
        self.log.append("C")
        return super().run(x)


for cls in (A, B, C):
    o = cls()
    print(cls.__name__, o.run(5), o.log)


class LogMixin:
    def save(self):
        print("log")
        return super().save()


class Store:
    def save(self):
        return "saved"


class LoggedStore(LogMixin, Store):
    pass


print(LoggedStore().save())


def info(name, age=0, *tags, city="?", **extra):
    return f"{name} {age} {tags} {city} {sorted(extra.items())}"


args = ["bob", 3, "x"]
opts = {"city": "Paris", "zip": "75"}
print(info(*args, **opts))
print(info("al", **{"age": 7}))


def add(a, b, c=3):
    return a + b + c


nums = [1, 2]
print(add(*nums), add(*[1, 2, 3]), add(1, *[5]), add(**{"a": 1, "b": 2}))


class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def move(self, dx, dy):
        return P(self.x + dx, self.y + dy)


pt = P(*[1, 2])
print(pt.x, pt.move(*(3, 4)).y, pt.move(*[5, 6]).x)
setattr(pt, "x", 10)
print(getattr(pt, "x"), vars(pt), pt.__dict__)
for attr in ("x", "y"):
    print(attr, getattr(pt, attr))
print([f(16) for f in (str, float, bin)], list(map(str, [1, 2])), sorted(["b", "A"], key=str.lower))
kinds = {int: "int", str: "str"}
print(kinds[type(3)], kinds[type("a")])


def handler(kind, *, fallback=None):
    return {"a": 1}.get(kind, fallback)


print(handler("a"), handler("b", fallback=2))


def retry(times, exceptions=(ValueError,)):
    def deco(fn):
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return fn(*args, **kwargs)
                except exceptions as e:
                    print("retry", attempt, e)
            return None
        return wrapper
    return deco


calls = []


@retry(3, exceptions=(ValueError, KeyError))
def flaky(n):
    calls.append(n)
    if len(calls) < 3:
        raise ValueError(f"bad {n}")
    return n * 2


print(flaky(4))
REG = {}


def register(fn):
    REG[fn.__name__] = fn
    return fn


@register
def hello(who="world"):
    return f"hello {who}"


@register
def bye(who):
    return f"bye {who}"


print(sorted(REG), REG["hello"](), REG["bye"]("you"), hello("me"))


class App:
    def __init__(self):
        self.routes = {}

    def route(self, path):
        def deco(fn):
            self.routes[path] = fn
            return fn
        return deco


app = App()


@app.route("/x")
def x_page(n):
    return n + 1


print(app.routes["/x"](41), x_page(1), list(app.routes))
