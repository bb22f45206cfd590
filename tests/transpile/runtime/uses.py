#!/usr/bin/env python3
"""Every library type in every place a value can stand (truth, repr, ==, <, key, Any, Optional, list, data class, ...): what
CPython prints, the translation prints, or it is refused by name. rustc's rejection is a failure.

Usage: uses.py DEPYLER [--every N] [--only TYPE,..] [--verbose] [--keep FOLDER]      (many uses a file, so that rustc is called few times)
"""
import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

MODULES = """argparse array calendar collections configparser copy csv dataclasses datetime decimal difflib fractions functools hashlib hmac io itertools
logging os pathlib pprint queue random re signal statistics string struct textwrap threading time types urllib.parse uuid zoneinfo""".split()
FROM = {"collections": "Counter OrderedDict defaultdict deque", "typing": "Any Callable Dict Iterator List NamedTuple Optional Tuple Union"}
# name: (annotation, a value, another value, what it can do: r its repr is stable, = compares by value, < has an order, # can be a key)
TYPES = {
    "array": ("array.array", "array.array('i', [1, 2])", "array.array('i', [3])", "r=<"),
    "memoryview": ("memoryview", "memoryview(b'ab')", "memoryview(b'cd')", "=#"),
    "bytearray": ("bytearray", "bytearray(b'ab')", "bytearray(b'')", "r=<"),
    "bytes": ("bytes", "b'ab'", "b''", "r=<#"),
    "range": ("range", "range(3)", "range(0)", "r=#"),
    "frozenset": ("frozenset", "frozenset([1, 2])", "frozenset([3])", "r=#"),
    "Calendar": ("calendar.Calendar", "calendar.Calendar(0)", "calendar.Calendar(6)", ""),
    "TextCalendar": ("calendar.TextCalendar", "calendar.TextCalendar()", "calendar.TextCalendar(6)", ""),
    "deque": ("deque", "deque([1, 2])", "deque([3])", "r=<"),
    "Counter": ("Counter", "Counter('aab')", "Counter('b')", "r="),
    "defaultdict": ("defaultdict", "defaultdict(int, {'a': 1})", "defaultdict(int, {'b': 2})", "="),
    "OrderedDict": ("OrderedDict", "OrderedDict([('a', 1)])", "OrderedDict([('b', 1)])", "r="),
    "complex": ("complex", "complex(1.0, 2.0)", "complex(0.0, 0.0)", "r=#"),
    "ConfigParser": ("configparser.ConfigParser", "configparser.ConfigParser()", "configparser.ConfigParser()", ""),
    "ArgumentParser": ("argparse.ArgumentParser", "argparse.ArgumentParser(prog='a')", "argparse.ArgumentParser(prog='b')", ""),
    "Namespace": ("argparse.Namespace", "argparse.ArgumentParser(prog='a').parse_args([])", "argparse.ArgumentParser(prog='b').parse_args([])", "r="),
    "datetime": ("datetime.datetime", "datetime.datetime(2024, 1, 2, 3, 4)", "datetime.datetime(2023, 1, 2)", "r=<#"),
    "date": ("datetime.date", "datetime.date(2024, 1, 2)", "datetime.date(2023, 1, 2)", "r=<#"),
    "time": ("datetime.time", "datetime.time(1, 2)", "datetime.time(0, 0)", "r=<#"),
    "timedelta": ("datetime.timedelta", "datetime.timedelta(days=2)", "datetime.timedelta(0)", "r=<#"),
    "timezone": ("datetime.timezone", "datetime.timezone(datetime.timedelta(hours=2))", "datetime.timezone.utc", "r=#"),
    "ZoneInfo": ("zoneinfo.ZoneInfo", "zoneinfo.ZoneInfo('UTC')", "zoneinfo.ZoneInfo('Europe/Paris')", "r"),
    "Decimal": ("decimal.Decimal", "decimal.Decimal('1.50')", "decimal.Decimal('0')", "r=<#"),
    "Fraction": ("fractions.Fraction", "fractions.Fraction(1, 3)", "fractions.Fraction(0)", "r=<#"),
    "StringIO": ("io.StringIO", "io.StringIO('ab')", "io.StringIO()", ""),
    "BytesIO": ("io.BytesIO", "io.BytesIO(b'ab')", "io.BytesIO()", ""),
    "Hash": ("Any", "hashlib.sha256(b'a')", "hashlib.sha256(b'b')", ""),
    "Hmac": ("Any", "hmac.new(b'k', b'a', 'sha256')", "hmac.new(b'k', b'b', 'sha256')", ""),
    "Logger": ("logging.Logger", "logging.getLogger('a')", "logging.getLogger('b')", "r#"),
    "Formatter": ("logging.Formatter", "logging.Formatter('%(message)s')", "logging.Formatter('%(name)s')", ""),
    "UUID": ("uuid.UUID", "uuid.UUID('12345678123456781234567812345678')", "uuid.UUID('02345678123456781234567812345678')", "r=<#"),
    "ParseResult": ("urllib.parse.ParseResult", "urllib.parse.urlparse('http://a/b?c=1')", "urllib.parse.urlparse('http://c')", "r=<#"),
    "SequenceMatcher": ("difflib.SequenceMatcher", "difflib.SequenceMatcher(None, 'ab', 'ac')", "difflib.SequenceMatcher(None, 'a', 'b')", ""),
    "Path": ("pathlib.Path", "pathlib.Path('a/b.txt')", "pathlib.Path('.')", "r=<#"),
    "PurePath": ("pathlib.PurePosixPath", "pathlib.PurePosixPath('a/b.txt')", "pathlib.PurePosixPath('c')", "r=<#"),
    "Random": ("random.Random", "random.Random(1)", "random.Random(2)", ""),
    "Pattern": ("re.Pattern", "re.compile('a+')", "re.compile('b', re.I)", "r=#"),
    "Match": ("re.Match", "re.match('a', 'ab')", "re.search('b', 'ab')", "r"),
    "Signals": ("signal.Signals", "signal.SIGINT", "signal.SIGTERM", "r=<#"),
    "NormalDist": ("statistics.NormalDist", "statistics.NormalDist(1.0, 2.0)", "statistics.NormalDist(0.0, 1.0)", "r=#"),
    "Struct": ("struct.Struct", "struct.Struct('<i')", "struct.Struct('>h')", ""),
    "TextWrapper": ("textwrap.TextWrapper", "textwrap.TextWrapper(width=20)", "textwrap.TextWrapper()", ""),
    "Template": ("string.Template", "string.Template('$a')", "string.Template('$b')", ""),
    "Lock": ("threading.Lock", "threading.Lock()", "threading.Lock()", ""),
    "Event": ("threading.Event", "threading.Event()", "threading.Event()", ""),
    "Queue": ("queue.Queue", "queue.Queue()", "queue.Queue(2)", ""),
    "struct_time": ("time.struct_time", "time.gmtime(0)", "time.gmtime(86400)", "r=<#"),
    "stat": ("os.stat_result", "os.stat('/')", "os.stat('/')", "="),
    "exception": ("Exception", "ValueError('a')", "ValueError('b', 1)", "r#"),
    "count": ("Iterator[int]", "itertools.count(2)", "itertools.count(3)", ""),
    "chain": ("Iterator[int]", "itertools.chain([1], [2])", "itertools.chain([3], [4])", ""),
    "function": ("Callable[[int], int]", "(lambda n: n + 1)", "(lambda n: n + 2)", ""),
    "SimpleNamespace": ("types.SimpleNamespace", "types.SimpleNamespace(a=1)", "types.SimpleNamespace(b='x')", "r="),
    "ChainMap": ("collections.ChainMap", "collections.ChainMap({'a': 1}, {'b': 2})", "collections.ChainMap({'c': 3})", "r="),
    "mappingproxy": ("types.MappingProxyType", "types.MappingProxyType({'a': 1})", "types.MappingProxyType({'b': 2})", "r="),
}
# name: (what the type must be able to do, text). A annotation, E and F values, N the type's name. Every text defines N_USE().
USES = {
    "truth": ("", "    x = E\n    print('yes' if x else 'no', not x, bool(x))\n    while x:\n        print('once')\n        break\n"),
    "repr": ("r", "    x = E\n    print(repr(x), str(x), x)\n"),
    "fstring": ("r", "    x = E\n    print(f'{x} {x!r} {str(x):>30}|', '%s' % (x,), '{} {!r}'.format(x, x))\n"),
    "equal": ("=", "    x, y = E, F\n    print(x == y, x != y, x == x, x is None, x is not y)\n"),
    "order": ("<", "    x, y = E, F\n    print(x < y, x >= y, max(x, y) == x, min([x, y]) == y)\n"),
    "sorted": ("<r", "    xs = [E, F]\n    xs.sort()\n    print(xs, sorted(xs, reverse=True)[0], [x for x in sorted(set([1, 2]))])\n"),
    "key": ("#", "    x, y = E, F\n    d = {x: 1}\n    d[y] = 2\n    s = {x, y}\n    s.add(x)\n    print(len(d), x in d, len(s), d[x], d.get(y), hash(x) == hash(x))\n"),
    "keyshown": ("#r", "    d = {E: [1], F: [2]}\n    for k, v in d.items():\n        print(k, v)\n    print(list(d), Counter([E, F, E]).most_common(1))\n"),
    "any": ("", "    def kind(v: Any) -> str:\n        return 'none' if v is None else 'int' if isinstance(v, int) else 'other'\n    items: List[Any] = [E, 'a', None]\n    print(len(items), kind(items[0]), kind(None), items[0] is None, 'y' if items[0] else 'n')\n"),
    "anyshown": ("r", "    items: List[Any] = [E, 1, 'a']\n    print(items, items[0])\n    table: Dict[str, Any] = {'a': E, 'b': 1}\n    print(table, f\"{table['a']}\")\n"),
    "optional": ("", "    def find(k: int) -> Optional[A]:\n        if k > 0:\n            return E\n        return None\n    r = find(1)\n    print(r is None, find(0) is None, r is not None)\n    if r:\n        print('some')\n    print(find(0))\n"),
    "optionalshown": ("r", "    def find(k: int) -> Optional[A]:\n        return E if k > 0 else None\n    for k in (0, 1):\n        r = find(k)\n        print(r, f'{r}', [r], r or 'nothing')\n"),
    "optionalequal": ("=", "    def find(k: int) -> Optional[A]:\n        return E if k > 0 else None\n    print(find(1) == find(1), find(0) == find(0), find(1) == F, find(0) == F, find(1) == None)\n"),
    "listed": ("", "    xs = [E]\n    xs.append(F)\n    print(len(xs), len(xs[1:]), len([x for x in xs if x is not None]))\n    for i, x in enumerate(xs):\n        print(i, x is None)\n    last = xs.pop()\n    xs.insert(0, last)\n    ys = xs + [E]\n    xs.reverse()\n    print(len(ys), len(list(zip(xs, ys))), all(x is not None for x in xs))\n"),
    "listshown": ("r", "    xs: List[A] = [E, F]\n    print(xs, (1, E), {'k': F}, [(E, 2)])\n    print(' '.join(str(x) for x in xs), [str(x) for x in xs], list(map(str, xs)), list(map(repr, xs)))\n"),
    "listequal": ("=", "    xs: List[A] = [E, F]\n    print(E in xs, xs.index(F), xs.count(E), xs == [E, F], (E, 1) == (E, 1))\n    xs.remove(E)\n    print(len(xs))\n"),
    "tuple": ("", "    pair: Tuple[A, int] = (E, 2)\n    x, n = pair\n    print(n, x is None, len(pair))\n    for label, v in [('a', E), ('b', F)]:\n        print(label, v is None)\n"),
    "dictvalue": ("", "    d: Dict[str, A] = {'a': E}\n    d['b'] = F\n    print(len(d), d.get('z') is None, d.get('a') is None, 'b' in d)\n    for k, v in d.items():\n        print(k, v is None)\n    groups = defaultdict(list)\n    groups['x'].append(E)\n    print(len(groups['x']), len(list(d.values())), d.pop('a') is None, d.setdefault('q', F) is None)\n"),
    "dataclass": ("", "@dataclasses.dataclass\nclass Data_N:\n    x: A\n    n: int = 0\n    other: Optional[A] = None\n    made: A = dataclasses.field(default_factory=lambda: F)\n@\n    d = Data_N(E)\n    print(d.n, d.other is None, d.x is None)\n    d.other = F\n    print(d.other is None, d.made is None)\n"),
    "dataclassshown": ("r=", "@dataclasses.dataclass\nclass Shown_N:\n    x: A\n    n: int = 0\n    other: Optional[A] = None\n@\n    d = Shown_N(E)\n    print(d, d == Shown_N(E), d == Shown_N(F), [d])\n    print(Shown_N(F, 1, E))\n"),
    "frozen": ("#r=", "@dataclasses.dataclass(frozen=True)\nclass Frozen_N:\n    x: A\n    n: int = 0\n@\n    d = {Frozen_N(E): 1, Frozen_N(F): 2}\n    print(d, Frozen_N(E) in d)\n"),
    "frozenorder": ("<r=", "@dataclasses.dataclass(order=True)\nclass Ordered_N:\n    x: A\n    n: int = 0\n@\n    print(sorted([Ordered_N(E), Ordered_N(F)]), Ordered_N(E) < Ordered_N(F))\n"),
    "namedtuple": ("r=", "class Named_N(NamedTuple):\n    x: A\n    n: int = 0\n@\n    d = Named_N(E)\n    print(d, d == Named_N(E, 0), d.x, d._asdict(), d._replace(n=3))\n"),
    "attribute": ("", "class Holder_N:\n    shared = None\n    table = {}\n    def __init__(self) -> None:\n        self.x = None\n        self.y = E\n        self.xs = []\n    def fill(self) -> None:\n        self.x = F\n        self.xs.append(E)\n        Holder_N.shared = E\n    def get(self) -> Optional[A]:\n        return self.x\n@\n    h = Holder_N()\n    print(h.x is None, h.y is None, Holder_N.shared is None)\n    h.fill()\n    print(h.x is None, h.get() is None, Holder_N.shared is None, len(h.xs))\n"),
    "attributeshown": ("r", "class Showing_N:\n    kept: A = E\n    def __init__(self, x: A) -> None:\n        self.x = x\n    def __repr__(self) -> str:\n        return f'Showing({self.x!r}, {self.kept})'\n    @property\n    def text(self) -> str:\n        return str(self.x)\n@\n    print(Showing_N(E), [Showing_N(F)], Showing_N(E).text, Showing_N.kept)\n"),
    "returned": ("", "    def make(first: bool) -> A:\n        if first:\n            return E\n        return F\n    def both():\n        return E, F\n    x, y = both()\n    print(make(True) is None, make(False) is None, x is None, y is None)\n"),
    "default": ("", "    def f(x: Optional[A] = None, n: int = 1) -> bool:\n        if x is None:\n            x = E\n        return x is None\n    def g(x=None):\n        x = x or F\n        return x is None\n    print(f(), f(F), f(x=E), g(), g(E))\n"),
    "defaultvalue": ("", "    def f(x: A = E, n: int = 1) -> bool:\n        return x is None\n    print(f(), f(F, 2))\n"),
    "stars": ("", "    def f(*xs: A, **more: A) -> int:\n        return len(xs) + len(more)\n    print(f(), f(E), f(E, F, a=E), f(*[E, F]))\n"),
    "closure": ("", "    x = E\n    def inner() -> bool:\n        nonlocal x\n        x = F\n        return x is None\n    f = lambda v=x: v is None\n    print(inner(), x is None, f())\n"),
    "generator": ("", "    def give() -> Iterator[A]:\n        yield E\n        yield F\n    print(sum(1 for _ in give()), len(list(give())), next(give()) is None, next(iter([E]), None) is None)\n    def more():\n        yield from give()\n        yield E\n    print(len([x for x in more()]))\n"),
    "chosen": ("", "    n = 1\n    x = E if n > 0 else None\n    y = None\n    if n:\n        y = F\n    print(x is None, y is None, (x or F) is None, (x and F) is None)\n    z = None\n    for v in [E, F]:\n        if z is None:\n            z = v\n    print(z is None)\n"),
    "module": ("", "kept_N = E\nlater_N: Optional[A] = None\n@\n    global later_N\n    print(later_N is None, kept_N is None)\n    later_N = F\n    print(later_N is None)\n"),
    "instance": ("", "    x: Any = E\n    print(isinstance(x, str), isinstance(x, (int, str)), callable(x))\n"),
    "typename": ("", "    x = E\n    print(type(x).__name__)\n"),
    "copied": ("=r", "    x = E\n    y = copy.copy(x)\n    z = copy.deepcopy([x])\n    print(x == y, z, z[0] == x)\n"),
    "deque": ("r", "    q = deque([E])\n    q.append(F)\n    print(q, len(q))\n    print(q.popleft())\n    z = list(zip([E, F], [1, 2]))\n    print(z, dict(enumerate([E])))\n"),
    "reduced": ("r", "    print(functools.reduce(lambda a, b: b, [E, F]))\n    print(max([E, F], key=lambda v: str(v)), sorted([E, F], key=str), sorted([E, F], key=lambda v: len(str(v))))\n"),
    "error": ("r", "    try:\n        raise ValueError(E)\n    except ValueError as e:\n        print(e, repr(e), e.args)\n    y = F\n    try:\n        raise KeyError(f'{y}')\n    except KeyError as e:\n        print(e)\n"),
    "matched": ("", "    for v in [E, None]:\n        match v:\n            case None:\n                print('none')\n            case _:\n                print('one')\n"),
    "union": ("", "    def f(v: Union[int, A]) -> str:\n        if isinstance(v, int):\n            return 'int'\n        return 'other'\n    def g(v: 'Optional[A]') -> str:\n        return 'none' if v is None else 'some'\n    print(f(E) if not isinstance(E, int) else '-', g(E), g(None))\n"),
    "grouped": ("#r", "    rows = [(E, 1), (F, 2), (E, 3)]\n    totals = defaultdict(int)\n    for k, n in rows:\n        totals[k] += n\n    print(dict(totals))\n    by = {}\n    for k, n in rows:\n        by.setdefault(k, []).append(n)\n    print(by, {k: len(v) for k, v in by.items()}, len({k for k, _ in rows}))\n"),
    "mapped": ("", "    print([f is None for f in map(lambda v: v, [E, F])], len(list(filter(None, [E]))) >= 0, len(list(filter(lambda v: v is not None, [E, F]))), any([E]) in (True, False))\n"),
    "nested": ("r", "    data = {'a': {'b': [E]}, 'c': {'b': []}}\n    data['c']['b'].append(F)\n    print(data, data['a']['b'][0])\n    rows: List[Dict[str, A]] = [{'v': E}, {'v': F}]\n    for row in rows:\n        print(row['v'], row.get('w'), row)\n"),
    "printed": ("r", "    x = E\n    print('x is', x, sep=': ', end='!\\n')\n    print(str(x) + '.', len(str(x)), repr(x)[:3], str(x).upper())\n"),
}


def program(kind, use):
    """(text before the function, the function)"""
    annotation, first, second, can = TYPES[kind]
    text = USES[use][1]
    names = {"A": annotation, "E": first, "F": second}
    text = re.sub(r"(?<![\w.])([AEF])(?![\w(.])", lambda m: names[m.group(1)], text).replace("_N", f"_{kind}_{use}")
    before, body = text.split("@\n", 1) if "\n@\n" in text else ("", text)
    return before + f"def use_{kind}_{use}() -> None:\n{body}"


def fits(kind, use):
    return all(c in TYPES[kind][3] for c in USES[use][0])


def whole(pieces):
    """(the program, which use each of its lines belongs to)"""
    calls = "".join(f"    print('# {k} {u}')\n    try:\n        use_{k}_{u}()\n    except TypeError as e:\n        print('TypeError', e)\n" for k, u, _ in pieces)
    text = "\n".join(p for _, _, p in pieces)
    imports = "".join(f"import {m}\n" for m in MODULES if re.search(rf"\b{re.escape(m)}\.", text))
    for module, names in FROM.items():
        used = [n for n in names.split() if re.search(rf"(?<![\w.]){n}\b", text)]
        imports += f"from {module} import {', '.join(used)}\n" if used else ""
    owners = [None] * imports.count("\n")
    for k, u, p in pieces:
        owners += [f"{k} {u}"] * (p.count("\n") + 1)
    return imports + text + "\ndef main() -> None:\n" + calls + "\nif __name__ == '__main__':\n    main()\n", owners


def sections(text):
    return dict(re.findall(r"^# (\w+ \w+)\n((?:(?!# \w+ \w+$).*\n)*)", text, re.M))


# Differences that are known, and said in docs/depyler.md.
KNOWN = {"chain typename": "the results of itertools are lists", "ChainMap error": "objects of classes are texts in args of an exception",
         "mappingproxy error": "objects of classes are texts in args of an exception",
         "Signals any": "signals are no ints", "Signals instance": "signals are no ints", "Signals union": "signals are no ints"}


class Uses:
    def __init__(self, depyler, folder, verbose):
        self.depyler, self.folder, self.verbose = depyler, folder, verbose
        self.passed, self.known, self.refused, self.problems = 0, 0, {}, []

    def translate(self, pieces, name):
        """(the path of the program, what is refused: use -> message)"""
        path = os.path.join(self.folder, name + ".py")
        text, owners = whole(pieces)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        done = subprocess.run([self.depyler, "transpile", path, "-o", path[:-3] + ".rs", "--force"], capture_output=True, text=True)
        if done.returncode == 0:
            return path, {}
        refused = {}
        for line, message in re.findall(rf"{name}\.py:(\d+):\d+: (.*)", done.stderr):
            owner = owners[int(line) - 1] if int(line) <= len(owners) else None
            refused.setdefault(owner or name, message)
        return path, refused or {name: done.stderr[:500] or f"exit status {done.returncode}"}

    def check(self, kinds, name, every):
        order, uses = list(TYPES), list(USES)
        pieces = [(kind, use, program(kind, use)) for kind in kinds for use in USES if fits(kind, use) and (order.index(kind) + uses.index(use)) % every == 0]
        while pieces:
            path, refused = self.translate(pieces, name)
            if name in refused:
                self.problems.append(f"{name}: refused: {refused[name]}")
                return
            if refused:
                self.refused.update(refused)
                pieces = [p for p in pieces if f"{p[0]} {p[1]}" not in refused]
                continue
            rust, binary = path[:-3] + ".rs", path[:-3]
            done = subprocess.run(["rustc", "--edition", "2021", "-C", "opt-level=0", "-C", "debuginfo=0", "-A", "warnings", "--error-format=short", "-o", binary, rust], capture_output=True, text=True)
            if done.returncode == 0:
                return self.compare(path, binary)
            bad = self.blamed(rust, done.stderr)
            for key, message in bad.items():
                self.problems.append(f"REJECTED {key}: {message}")
            if not bad:
                self.problems.append(f"{name}: {done.stderr[:500]}")
                return
            pieces = [p for p in pieces if f"{p[0]} {p[1]}" not in bad]

    def blamed(self, rust, stderr):
        lines = open(rust, encoding="utf-8").read().split("\n")
        bad = {}
        for line, message in re.findall(r"^[^\n]*?\.rs:(\d+):\d+: error(.*)$", stderr, re.M):
            for back in range(int(line) - 1, -1, -1):
                found = re.search(r"(?:Data|Shown|Frozen|Ordered|Named|Holder|Showing|kept|later|use|KEPT|LATER)_([A-Za-z_]+?)_([a-z]+)\b", lines[back], re.I)
                found = found and next(((k, u) for k in TYPES for u in USES if (k.lower(), u) == (found[1].lower(), found[2].lower())), None)
                if found:
                    bad.setdefault(" ".join(found), f"{message[:220]}\n      {lines[int(line) - 1].strip()[:160]}")
                    break
        return bad

    def compare(self, path, binary):
        wanted = subprocess.run([sys.executable, path], capture_output=True, text=True)
        got = subprocess.run([binary], capture_output=True, text=True)
        first, second = sections(wanted.stdout), sections(got.stdout)
        for key, text in first.items():
            if second.get(key) == text:
                self.passed += 1
            elif key in KNOWN:
                self.known += 1
            else:
                self.problems.append(f"DIFFERS {key}\n  wanted {text!r}\n  got    {second.get(key)!r}")
        if wanted.returncode != 0 or got.returncode != 0:
            self.problems.append(f"{path}: exit status {wanted.returncode}, {got.returncode}\n{wanted.stderr[-300:]}\n{got.stderr[-300:]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("depyler")
    parser.add_argument("--only", default="")
    parser.add_argument("--keep")
    parser.add_argument("--group", type=int, default=8, help="types in one Rust file")
    parser.add_argument("--every", type=int, default=1, help="a sample that has every type and every use: one pair in so many")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--verbose", action="store_true", help="list what is refused")
    args = parser.parse_args()
    if shutil.which("rustc") is None:
        print("needs rustc\n0 passed, 0 failed, 1 skipped")
        return 0
    kinds = [k for k in TYPES if not args.only or k in args.only.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        if args.keep:
            os.makedirs(args.keep, exist_ok=True)
            folder = args.keep
        uses = Uses(args.depyler, folder, args.verbose)
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            for group in [pool.submit(uses.check, kinds[i:i + args.group], f"group_{i}", args.every) for i in range(0, len(kinds), args.group)]:
                group.result()
    for problem in uses.problems:
        print(problem)
    for key, text in uses.refused.items() if args.verbose else ():
        print(f"refused {key}: {text[:200]}")
    print(f"refused by name: {len(uses.refused)}; known to differ: {uses.known}")
    print(f"{uses.passed} passed, {len(uses.problems)} failed, 0 skipped")
    return 1 if uses.problems else 0


if __name__ == "__main__":
    sys.exit(main())
