"""Random functions and classes of the differential fuzzer, and the file that calls them.

Every function is a text of its own, with the calls that print its results, so that a driver can leave any of them out."""
import random

import shapes_classes
import shapes_containers
import shapes_order
import shapes_text
from expressions import Expressions
from templates import Template

SHAPES = [shapes_order.SHAPES, shapes_text.SHAPES, shapes_containers.SHAPES, shapes_classes.SHAPES]

TYPES = ["int", "int", "float", "str", "bool", "list[int]", "list[str]", "dict[str, int]", "tuple[int, str]", "set[int]", "list[float]"]
ERRORS = "(ZeroDivisionError, IndexError, KeyError, ValueError, OverflowError, AttributeError, TypeError)"


class Function:
    """One function: `text`, `calls` (lines for the main part), and what it needs of earlier ones."""

    def __init__(self, name, text, calls, needs):
        self.name, self.text, self.calls, self.needs = name, text, calls, needs


class Statements:
    def __init__(self, rng, scope, functions, result):
        self.rng, self.scope, self.result = rng, scope, result
        self.make = Expressions(rng, scope, functions).make
        self.fresh = 0
        self.loops = 0

    def block(self, depth, size):
        before = dict(self.scope)
        lines = []
        for _ in range(size):
            lines += self.statement(depth)
        for name in [n for n in self.scope if n not in before]:
            del self.scope[name]  # may be unbound after the block
        return ["    " + line for line in lines] or ["    pass"]

    def variable(self, kind):
        self.fresh += 1
        name = f"x{self.fresh}"
        self.scope[name] = kind
        return name

    def mutable(self, *kinds):
        return [n for n, k in self.scope.items() if k in kinds and not n.startswith("i")]

    def statement(self, depth):
        simple = [self.assign, self.assign, self.augment, self.mutate, self.print_values, self.unpack]
        nested = [self.branch, self.loop, self.attempt, self.while_loop, self.early_return, self.inner_function, self.matching]
        return self.rng.choice(simple + (nested if depth > 0 else []))(depth)

    def assign(self, _):
        kind = self.rng.choice(TYPES)
        value = self.make(kind)
        old = self.mutable(kind)
        name = self.rng.choice(old) if old and self.rng.random() < 0.4 else self.variable(kind)
        return [f"{name}{': ' + kind if self.rng.random() < 0.3 and name not in old else ''} = {value}"]

    def unpack(self, _):
        a, b = self.make("int"), self.make("str")
        if self.rng.random() < 0.5:
            x, y = self.variable("int"), self.variable("str")
            return [f"{x}, {y} = {a}, {b}"]
        items = self.make("list[int]")
        x, y = self.variable("int"), self.variable("list[int]")
        return [f"{x}, *{y} = {items}"]

    def augment(self, _):
        names = self.mutable("int", "float", "str", "list[int]")
        if not names:
            return self.assign(0)
        name = self.rng.choice(names)
        kind = self.scope[name]
        op = self.rng.choice({"int": ["+=", "-=", "//=", "%=", "|=", "^=", "&="], "float": ["+=", "-=", "*=", "/="]}.get(kind, ["+="]))
        return [f"{name} {op} {self.make(kind)}"]

    def mutate(self, _):
        names = self.mutable("list[int]", "list[str]", "dict[str, int]", "set[int]")
        if not names:
            return self.assign(0)
        name, rng, m = self.rng.choice(names), self.rng, self.make
        kind = self.scope[name]
        if kind.startswith("list"):
            inner = kind[5:-1]
            return [rng.choice([
                f"{name}.append({m(inner)})", f"{name}.insert({m('int', 1)}, {m(inner)})", f"{name}.pop({m('int', 1)})", f"{name}.sort()",
                f"{name}.reverse()", f"{name}.extend({m(kind)})", f"{name}[{m('int', 1)}] = {m(inner)}", f"del {name}[{m('int', 1)}]",
                f"{name}.remove({m(inner)})", f"{name}.sort(key=lambda q: -len(str(q)))", f"{name}[{rng.randint(0, 2)}:{rng.randint(0, 4)}] = {m(kind)}"])]
        if kind.startswith("dict"):
            return [rng.choice([
                f"{name}[{m('str')}] = {m('int')}", f"{name}.setdefault({m('str')}, {m('int')})", f"{name}.pop({m('str')}, None)",
                f"{name}.update({m(kind)})", f"del {name}[{m('str', 1)}]", f"{name}[{m('str', 1)}] += {m('int', 1)}"])]
        return [rng.choice([f"{name}.add({m('int')})", f"{name}.discard({m('int')})", f"{name}.update({m('list[int]')})", f"{name}.remove({m('int')})"])]

    def print_values(self, _):
        kinds = [self.rng.choice(TYPES) for _ in range(self.rng.randint(1, 3))]
        tail = self.rng.choice(["", "", ", sep='|'", ", end=';\\n'"])
        return [f"print({', '.join(self.make(k) for k in kinds)}{tail})"]

    def branch(self, depth):
        lines = [f"if {self.make('bool')}:"] + self.block(depth - 1, self.rng.randint(1, 2))
        if self.rng.random() < 0.4:
            lines += [f"elif {self.make(self.rng.choice(['int', 'str', 'list[int]', 'bool']))}:"] + self.block(depth - 1, 1)
        if self.rng.random() < 0.6:
            lines += ["else:"] + self.block(depth - 1, self.rng.randint(1, 2))
        return lines

    def loop(self, depth):
        self.loops += 1
        i, j = f"i{self.loops}", f"ii{self.loops}"
        heads = {
            f"for {i} in range({self.rng.randint(0, 4)}):": {i: "int"},
            f"for {i} in {self.make('list[int]')}[:4]:": {i: "int"},
            f"for {i} in {self.make('str')}[:4]:": {i: "str"},
            f"for {i}, {j} in enumerate({self.make('list[str]')}[:3]):": {i: "int", j: "str"},
            f"for {i}, {j} in {self.make('dict[str, int]')}.items():": {i: "str", j: "int"},
            f"for {i}, {j} in zip({self.make('list[int]')}, {self.make('list[str]')}):": {i: "int", j: "str"},
        }
        head = self.rng.choice(list(heads))
        self.scope.update(heads[head])
        body = self.block(depth - 1, self.rng.randint(1, 3))
        if self.rng.random() < 0.25:
            body += [f"    if {self.make('bool')}:", "        " + self.rng.choice(["break", "continue"])]
        for name in heads[head]:
            self.scope.pop(name, None)
        tail = ["else:"] + self.block(depth - 1, 1) if self.rng.random() < 0.15 else []
        return [head] + body + tail

    def while_loop(self, depth):
        self.loops += 1
        i = f"i{self.loops}"
        self.scope[i] = "int"
        body = self.block(depth - 1, 1)
        del self.scope[i]
        return [f"{i} = {self.rng.randint(0, 4)}", f"while {i} > 0:", f"    {i} -= 1"] + body

    def attempt(self, depth):
        lines = ["try:"] + self.block(depth - 1, 2)
        if self.rng.random() < 0.3:
            lines.append(f"    raise ValueError({self.make('str')})")
        lines += [f"except {ERRORS} as e:", "    print('caught', type(e).__name__, e)"]
        if self.rng.random() < 0.3:
            lines += ["else:"] + self.block(depth - 1, 1)
        if self.rng.random() < 0.3:
            lines += ["finally:", f"    print('finally', {self.make('int', 1)})"]
        return lines

    def early_return(self, _):
        return [f"if {self.make('bool')}:", f"    return {self.make(self.result)}"]

    def inner_function(self, depth):
        self.fresh += 1
        name, kind = f"g{self.fresh}", self.rng.choice(["int", "str", "float"])
        counters = self.mutable("int")
        lines = [f"def {name}(p, q={self.make('int', 0)}):"]
        if counters and self.rng.random() < 0.5:
            lines += [f"    nonlocal {counters[0]}", f"    {counters[0]} += q"]
        before = dict(self.scope)
        self.scope.update({"p": kind, "q": "int"})
        lines.append(f"    return {self.make(kind, 2)}")
        self.scope.clear()
        self.scope.update(before)
        first, second = self.make(kind, 1), self.make(kind, 1)
        result = self.variable(kind)
        self.scope.pop(result)
        lines += [f"{result} = {name}({first})", f"print({name}({second}, q={self.make('int', 1)}))"]
        self.scope[result] = kind
        return lines

    def matching(self, depth):
        lines = [f"match {self.make('tuple[int, str]')}:", "    case (0, m):", "        print('zero', m)", "    case (n, '' | 'a') if n > 2:", "        print('n', n)"]
        return lines + ["    case _:"] + ["    " + line for line in self.block(depth - 1, 1)]


def parameters_of(rng):
    return [rng.choice(TYPES[:8]) for _ in range(rng.randint(1, 3))]


def make_function(rng, number, known):
    """A function that may call those of `known` (name, parameter types, result type)."""
    name, kinds, result = f"f{number}", parameters_of(rng), rng.choice(TYPES)
    names = [f"a{i}" for i in range(len(kinds))]
    writer = Statements(rng, dict(zip(names, kinds)), known, result)
    typed = rng.random() < 0.75
    heading = ", ".join(f"{n}: {k}" if typed else n for n, k in zip(names, kinds))
    lines = [f"def {name}({heading}){f' -> {result}' if typed else ''}:"]
    for _ in range(rng.randint(1, 5)):
        lines += ["    " + line for line in writer.statement(2)]
    lines.append(f"    return {writer.make(result)}")
    text = "\n".join(lines)
    literals = Expressions(rng, {}, [])
    calls = [f"{name}({', '.join(literals.make(k, 0) for k in kinds)})" for _ in range(rng.randint(2, 4))]
    known.append((name, kinds, result))
    return Function(name, text, calls, [k[0] for k in known[:-1] if k[0] + "(" in text])


def make_class(rng, number):
    """A small class (or dataclass) with operators and a method, and calls of it."""
    name = f"C{number}"
    fields = {"self.n": "int", "self.s": "str", "self.items": "list[int]"}
    m = Expressions(rng, fields | {"a": "int"}, []).make
    of_fields = Expressions(rng, fields, []).make
    outer = Expressions(rng, {}, []).make
    if rng.random() < 0.5:
        head = ["from dataclasses import dataclass, field", f"@dataclass{rng.choice(['', '(order=True)', '(eq=True)'])}", f"class {name}:",
                "    n: int", "    s: str = 'd'", "    items: list[int] = field(default_factory=list)"]
    else:
        head = [f"class {name}:", "    def __init__(self, n: int, s: str = 'd'):", "        self.n = n", "        self.s = s", "        self.items: list[int] = []",
                "    def __repr__(self):", f"        return f'{name}<{{self.n}} {{self.s!r}}>'", "    def __eq__(self, other):", "        return self.n == other.n",
                "    def __lt__(self, other):", "        return self.n < other.n"]
    head += ["    def step(self, a: int) -> int:", f"        self.items.append({m('int')})", f"        self.n = {m('int')}", f"        self.s = {m('str')}",
             f"        return {m('int')}", "    @property", "    def size(self):", f"        return {of_fields('int', 2)}", "    def __len__(self):", "        return len(self.items)"]
    if rng.random() < 0.5:
        head += [f"class D{number}({name}):", "    def step(self, a: int) -> int:", f"        return super().step(a + 1) + {m('int', 1)}", ""]
    made = f"D{number}" if head[-1] == "" else name
    use = [f"def f{number}(a: int) -> str:", f"    c = {made}(a, {outer('str', 1)})", f"    d = {made}({outer('int', 1)})", "    print(c.step(a), c.size, len(c), c)",
           "    print(c == d, c.items, sorted([c.n, d.n]))", "    other = c", "    other.n += 1", "    return f'{c.n} {other.s} {c == other}'"]
    return Function(f"f{number}", "\n".join(head + use), [f"f{number}({outer('int', 0)})" for _ in range(2)], [])


def make_shape(rng, number):
    """A program of one feature, from a template."""
    text, calls = Template(rng, number).write(shapes_text.fill(rng, rng.choice(rng.choice(SHAPES))))
    return Function(f"f{number}", text, calls, [])


def make_functions(seed, count):
    rng = random.Random(seed)
    known, made = [], []
    for number in range(count):
        choice = rng.random()
        made.append(make_shape(rng, number) if choice < 0.6 else make_class(rng, number) if choice < 0.66 else make_function(rng, number, known))
    return made


def file_text(functions):
    """The whole file. Each call's output follows a line "## name index", so that a difference finds its function; calls named on
    the command line are left out."""
    parts = ["import sys"] + [f.text for f in functions]
    main = ["def main():", "    skipped = sys.argv[1:]"]
    for f in functions:
        for index, call in enumerate(f.calls):
            main += [f"    if '{f.name}.{index}' not in skipped:", f"        print('\\n## {f.name}.{index}', flush=True)", "        try:", f"            print(repr({call}))",
                     "        except Exception as e:", "            print(type(e).__name__, e)"]
    main.append("    print('\\n## end.0')")
    return "\n\n\n".join(parts + ["\n".join(main), 'if __name__ == "__main__":\n    main()\n'])
