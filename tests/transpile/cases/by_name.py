"""Methods found by a computed name take whatever they are given; `...` as a value; texts of objects of several kinds."""
import operator


class Shell:
    def __init__(self):
        self.data = {}

    def do_set(self, key, *values):
        self.data[key] = values[0] if len(values) == 1 else list(values)

    def do_get(self, key, default=None):
        value = self.data.get(key, default)
        print(key, "->", value if value is not None else "(nil)")

    def do_incr(self, key, by=1):
        value = int(self.data.get(key, 0)) + int(by)
        self.do_set(key, value)
        print(value)

    def show_total(self, start=0):
        return sum(v for v in self.data.values() if isinstance(v, int)) + int(start)

    def run(self, line):
        name, *args = line.split()
        handler = getattr(self, "do_" + name, None)
        if handler is None:
            return print("unknown:", name)
        try:
            handler(*args)
        except (TypeError, ValueError) as error:
            print(type(error).__name__, name)

    def show(self, what, *args):
        return getattr(self, f"show_{what}")(*args)


class Node:
    def walk(self):
        yield self


class Num(Node):
    def __init__(self, value):
        self.value = value

    def eval(self, env):
        return self.value

    def __str__(self):
        return str(self.value)


class Var(Node):
    def __init__(self, name):
        self.name = name

    def eval(self, env):
        return env[self.name]

    def __str__(self):
        return self.name


class Op(Node):
    OPS = {"+": operator.add, "/": operator.truediv}

    def __init__(self, op, left, right):
        self.op, self.left, self.right = op, left, right

    def eval(self, env):
        return self.OPS[self.op](self.left.eval(env), self.right.eval(env))

    def walk(self):
        yield self
        yield from self.left.walk()
        yield from self.right.walk()

    def __str__(self):
        return f"({self.left} {self.op} {self.right})"


def lookup(node, path, default=...):
    for part in path.split("."):
        try:
            node = node[int(part)] if isinstance(node, list) else node[part]
        except (KeyError, IndexError, ValueError):
            if default is ...:
                raise KeyError(path) from None
            return default
    return node


def main():
    shell = Shell()
    for line in ("set a 1", "set b x y", "incr a", "incr a 5", "incr b", "get a", "get zz", "get zz 9", "bad", "set", "get"):
        shell.run(line)
    print(shell.show("total"), shell.show("total", "4"), shell.data)
    tree = Op("+", Num(1), Op("/", Var("x"), Num(2.5)))
    print(tree, tree.eval({"x": 5}), [str(n) for n in tree.walk()])
    config = {"a": [{"b": 1}, 2], "n": None}
    print(lookup(config, "a.0.b"), lookup(config, "n", 3), lookup(config, "a.7", None), ..., Ellipsis is ...)
    try:
        lookup(config, "a.7")
    except KeyError as error:
        print(error)


main()
