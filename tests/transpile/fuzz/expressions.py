"""Random typed expressions of the differential fuzzer. Magnitudes stay small, so that integers keep to 64 bits: leaving
them is an OverflowError by design, not a difference worth finding."""

WORDS = ["", "a", "abc", "Hello World", "x,y,z", "  pad ", "1234", "-7", "äöü", "tab\tend", "MiXed", "aa bb aa"]
INTS = ["int", "bool"]
ELEMENTS = ["int", "str", "float"]
SPECS = {
    "int": ["d", "5d", "<6d", "^7", "+d", "05d", ",", "x", "#x", "b", "o", "08b", "e", ".2f", "%", "c_"],
    "float": [".2f", "10.3f", "<9.1f", "+.1e", "g", ".3g", "%", ".1%", ",.2f", "012.4f", ""],
    "str": ["", "10", "<8", ">8", "^9", ".2", "*^12", "-<6"],
    "bool": ["", "d", ">7"],
}


def spec_of(rng, kind):
    spec = rng.choice(SPECS[kind])
    return "" if spec == "c_" else spec


class Expressions:
    """Expressions of a wanted type from the variables in scope: `scope` maps names to types."""

    def __init__(self, rng, scope, functions):
        self.rng, self.scope, self.functions = rng, scope, functions
        self.fresh = 0

    def names(self, kind):
        return [name for name, its in self.scope.items() if its == kind]

    def make(self, kind, depth=3):
        names = self.names(kind)
        if depth <= 0 or self.rng.random() < (0.35 if names else 0.1):
            return self.rng.choice(names) if names and self.rng.random() < 0.85 else self.literal(kind)
        head, _, inner = kind.partition("[")
        makers = {"int": self.integer, "float": self.real, "str": self.text, "bool": self.truth}
        if head in makers:
            return makers[head](depth - 1)
        return getattr(self, "make_" + head)(inner[:-1], depth - 1)

    def literal(self, kind):
        rng = self.rng
        head, _, inner = kind.partition("[")
        if head == "int":
            return str(rng.choice([0, 1, 2, 3, 5, 7, 10, -1, -3, 12, 100, rng.randint(-50, 50)]))
        if head == "float":
            return repr(rng.choice([0.0, 0.5, 1.0, -2.5, 3.25, 100.125, 1e-3, 2.0, rng.randint(-99, 99) / 8]))
        if head == "str":
            return repr(rng.choice(WORDS))
        if head == "bool":
            return rng.choice(["True", "False"])
        if head == "list":
            return "[" + ", ".join(self.literal(inner[:-1]) for _ in range(rng.randint(1, 5))) + "]"
        if head == "set":
            return "{" + ", ".join(self.literal(inner[:-1]) for _ in range(rng.randint(1, 5))) + "}"
        if head == "tuple":
            return "(" + ", ".join(self.literal(part) for part in inner[:-1].split(", ")) + ")"
        key, value = inner[:-1].split(", ", 1)
        return "{" + ", ".join(f"{self.literal(key)}: {self.literal(value)}" for _ in range(rng.randint(1, 4))) + "}"

    def variable(self):
        self.fresh += 1
        return f"v{self.fresh}"

    def call(self, kind, depth):
        """A call of an earlier function, or None."""
        known = [f for f in self.functions if f[2] == kind]
        if not known or self.rng.random() < 0.5:
            return None
        name, parameters, _ = self.rng.choice(known)
        return f"{name}({', '.join(self.make(p, depth - 1) for p in parameters)})"

    def integer(self, d):
        rng, m = self.rng, self.make
        choice = rng.randrange(22)
        if choice < 5:
            return f"({m('int', d)} {rng.choice(['+', '-', '+', '-', '//', '%'])} {m('int', d)})"
        if choice == 5:
            return f"({m('int', d)} * {m('int', d)} % {rng.choice([7, 97, -13, 1009])})"
        if choice == 6:
            return f"({m('int', d)} {rng.choice('&|^')} {m('int', d)})"
        if choice == 7:
            return f"({m('int', d)} {rng.choice(['<<', '>>'])} {rng.randint(0, 5)})"
        if choice == 8:
            return f"(({m('int', d)} % {rng.randint(2, 9)}) ** {rng.randint(0, 4)})"
        if choice == 9:
            return rng.choice(["-", "~", "+", "abs"]) + f"({m('int', d)})"
        if choice == 10:
            return f"{rng.choice(['min', 'max'])}({m('int', d)}, {m('int', d)})"
        if choice == 11:
            return f"len({m(rng.choice(['str', 'list[int]', 'dict[str, int]', 'set[int]', 'list[str]']), d)})"
        if choice == 12:
            return f"sum({m('list[int]', d)})"
        if choice == 13:
            return f"{m('list[int]', d)}[{m('int', d)}]"
        if choice == 14:
            return f"({m('int', d)} if {m('bool', d)} else {m('int', d)})"
        if choice == 15:
            return f"int({m(rng.choice(['float', 'bool', 'str']), d)})"
        if choice == 16:
            return f"{m('str', d)}.{rng.choice(['find', 'count', 'index', 'rfind'])}({m('str', 0)})"
        if choice == 17:
            return f"{m('dict[str, int]', d)}.get({m('str', d)}, {m('int', d)})"
        if choice == 18:
            return f"{m('dict[str, int]', d)}[{m('str', d)}]"
        if choice == 19:
            return f"{m('tuple[int, str]', d)}[0]"
        if choice == 20:
            return f"round({m('float', d)})"
        return self.call("int", d) or f"divmod({m('int', d)}, {m('int', d)})[{rng.randrange(2)}]"

    def real(self, d):
        rng, m = self.rng, self.make
        choice = rng.randrange(12)
        if choice < 4:
            return f"({m('float', d)} {rng.choice(['+', '-', '*', '/', '//', '%'])} {m('float', d)})"
        if choice < 6:
            return f"({m('int', d)} {rng.choice(['/', '* 0.5 *'])} {m(rng.choice(['int', 'float']), d)})"
        if choice == 6:
            return f"round({m('float', d)}, {rng.randint(0, 3)})"
        if choice == 7:
            return f"abs({m('float', d)})"
        if choice == 8:
            return f"float({m(rng.choice(['int', 'bool', 'str']), d)})"
        if choice == 9:
            return f"({m('float', d)} if {m('bool', d)} else {m('float', d)})"
        if choice == 10:
            return f"{rng.choice(['max', 'min', 'sum'])}({m('list[float]', d)})"
        return self.call("float", d) or f"(abs({m('float', d)}) ** {rng.choice([2, 0.5, 1, 0])})"

    def text(self, d):
        rng, m = self.rng, self.make
        choice = rng.randrange(16)
        if choice < 2:
            return f"({m('str', d)} + {m('str', d)})"
        if choice == 2:
            return f"{m('str', d)}[{self.slice(d)}]"
        if choice == 3:
            return f"{m('str', d)}.{rng.choice(['upper', 'lower', 'strip', 'title', 'swapcase', 'capitalize', 'lstrip', 'casefold'])}()"
        if choice == 4:
            return f"({m('str', d)} * {rng.randint(0, 3)})"
        if choice == 5:
            return f"{rng.choice(['str', 'repr'])}({m(rng.choice(['int', 'float', 'bool', 'str', 'list[int]', 'list[str]', 'dict[str, int]', 'tuple[int, str]']), d)})"
        if choice in (6, 7, 8):
            return self.formatted(d)
        if choice == 9:
            return f"{m('str', 0)}.join({m('list[str]', d)})"
        if choice == 10:
            return f"{m('str', d)}.replace({m('str', 0)}, {m('str', 0)})"
        if choice == 11:
            return f"{m('str', d)}[{m('int', d)}]"
        if choice == 12:
            return f"{m('str', d)}.{rng.choice(['ljust', 'rjust', 'center', 'zfill'])}({rng.randint(0, 12)})"
        if choice == 13:
            return f"('%s|%5d|%.2f|%r' % ({m('str', d)}, {m('int', d)}, {m('float', d)}, {m('str', d)}))"
        if choice == 14:
            return f"('{{}}-{{1}}'.replace('1', '') .format({m('int', d)}, {m('str', d)}))"
        return self.call("str", d) or f"({m('str', d)} if {m('bool', d)} else {m('str', d)})"

    def formatted(self, d):
        parts = []
        for _ in range(self.rng.randint(1, 3)):
            kind = self.rng.choice(["int", "float", "str", "bool"])
            inner = self.make(kind, d - 1)
            if any(c in inner for c in "'\"\\{}"):  # 3.11 cannot nest quotes
                inner = self.rng.choice(self.names(kind) or [self.literal("int")])
                kind = kind if inner in self.scope else "int"
            conversion = self.rng.choice(["", "", "!r"]) if kind == "str" else ""
            spec = "" if conversion else spec_of(self.rng, kind)
            parts.append("{" + inner + conversion + (":" + spec if spec else "") + "}")
        return "f'" + self.rng.choice([" ", "|", ", ", "{{}}"]).join(parts) + "'"

    def slice(self, d):
        def part(chance):
            return self.make("int", min(d, 1)) if self.rng.random() < chance else ""
        step = ":" + self.rng.choice(["2", "-1", "-2", "1", "3"]) if self.rng.random() < 0.4 else ""
        return f"{part(0.7)}:{part(0.7)}{step}"

    def truth(self, d):
        rng, m = self.rng, self.make
        choice = rng.randrange(12)
        kind = rng.choice(["int", "float", "str", "list[int]", "tuple[int, str]"])
        if choice < 4:
            return f"({m(kind, d)} {rng.choice(['<', '<=', '>', '>=', '==', '!='])} {m(kind, d)})"
        if choice == 4:
            return f"({m('int', d)} < {m('int', d)} <= {m('int', d)})"
        if choice == 5:
            return f"({m('bool', d)} {rng.choice(['and', 'or'])} {m('bool', d)})"
        if choice == 6:
            return f"(not {m(rng.choice(['bool', 'int', 'str', 'list[int]']), d)})"
        if choice == 7:
            element = rng.choice(["int", "str"])
            return f"({m(element, d)} {rng.choice(['in', 'not in'])} {m(f'list[{element}]', d)})"
        if choice == 8:
            return f"{m('str', d)}.{rng.choice(['isdigit', 'isalpha', 'isupper', 'islower', 'isspace', 'isalnum', 'istitle'])}()"
        if choice == 9:
            return f"{m('str', d)}.{rng.choice(['startswith', 'endswith'])}({m('str', 0)})"
        if choice == 10:
            name = self.variable()
            return f"{rng.choice(['any', 'all'])}({name} > {m('int', 0)} for {name} in {m('list[int]', d)})"
        return self.call("bool", d) or f"bool({m(rng.choice(['int', 'str', 'float']), d)})"

    def make_list(self, inner, d):
        rng, m = self.rng, self.make
        kind = f"list[{inner}]"
        choice = rng.randrange(9)
        if choice == 0:
            return f"({m(kind, d)} + {m(kind, d)})"
        if choice == 1:
            return f"{m(kind, d)}[{self.slice(d)}]"
        if choice == 2:
            return f"sorted({m(kind, d)}{rng.choice(['', ', reverse=True'])})"
        if choice == 3:
            return f"({m(kind, d)} * {rng.randint(0, 2)})"
        if choice == 4 and inner == "str":
            return rng.choice([f"{m('str', d)}.split()", f"{m('str', d)}.split({rng.choice([',', ' ', 'a'])!r})", f"list({m('str', d)})"])
        if choice == 4 and inner == "int":
            return f"list(range({m('int', 0)}, {rng.randint(-5, 12)}, {rng.choice([1, 2, -1, 3])}))"
        if choice == 5 and inner == "int":
            return f"list({m('dict[str, int]', d)}.values())"
        if choice == 5 and inner == "str":
            return f"list({m('dict[str, int]', d)}.keys())"
        if choice == 6:
            return f"list(reversed({m(kind, d)}))"
        if choice == 7:
            return self.call(kind, d) or f"{m(kind, d)}.copy()"
        return self.comprehension(inner, d, "[", "]")

    def comprehension(self, inner, d, left, right):
        name = self.variable()
        element = self.rng.choice(ELEMENTS)
        source = self.make(f"list[{element}]", d - 1)
        self.scope[name] = element
        body = self.make(inner, d - 1)
        condition = f" if {self.make('bool', d - 1)}" if self.rng.random() < 0.4 else ""
        del self.scope[name]
        return f"{left}{body} for {name} in {source}{condition}{right}"

    def make_set(self, inner, d):
        kind = f"set[{inner}]"
        choice = self.rng.randrange(4)
        if choice == 0:
            return f"({self.make(kind, d)} {self.rng.choice('|&-^')} {self.make(kind, d)})"
        if choice == 1:
            return f"set({self.make(f'list[{inner}]', d)})"
        return self.comprehension(inner, d, "{", "}")

    def make_dict(self, inner, d):
        key, value = inner.split(", ", 1)
        choice = self.rng.randrange(5)
        if choice == 0:
            return f"dict(zip({self.make(f'list[{key}]', d)}, {self.make(f'list[{value}]', d)}))"
        if choice == 1:
            return "{**" + f"{self.make(f'dict[{inner}]', d)}, {self.make(key, d)}: {self.make(value, d)}" + "}"
        if choice == 2:
            return f"({self.make(f'dict[{inner}]', d)} | {self.make(f'dict[{inner}]', d)})"
        name = self.variable()
        source = self.make(f"list[{key}]", d - 1)
        self.scope[name] = key
        body = f"{{{name}: {self.make(value, d - 1)} for {name} in {source}}}"
        del self.scope[name]
        return body

    def make_tuple(self, inner, d):
        return "(" + ", ".join(self.make(part, d) for part in inner.split(", ")) + ")"
