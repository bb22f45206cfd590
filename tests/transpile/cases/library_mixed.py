import argparse
import copy
import csv
import io
import string
import sys
import textwrap
import uuid
from datetime import datetime, timedelta
from itertools import accumulate, chain, combinations, count, groupby, islice, permutations, product, starmap, zip_longest, repeat, cycle, takewhile
from functools import reduce
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlparse, quote, unquote, parse_qs
import bisect
import heapq
import math
import operator


def main(argv=None):
    base = argparse.ArgumentParser(add_help=False)
    base.add_argument("--verbose", action="store_true")
    parser = argparse.ArgumentParser(prog="demo", parents=[base], description="d")
    parser.add_argument("path", type=Path)
    parser.add_argument("--n", type=int, default=2)
    args, rest = parser.parse_known_args(["a/b.txt", "--n", "3", "--other", "x"])
    print(args.path.name, args.n, rest, args.verbose, parser.format_usage().strip())
    data = {"a": [1, 2], "b": {"c": [3]}}
    deep = copy.deepcopy(data)
    shallow = copy.copy(data)
    deep["a"].append(9)
    data["a"].append(5)
    print(data, deep, shallow)
    rows = [[1, 2], [3]]
    other = copy.deepcopy(rows)
    other[0][0] = 100
    print(rows, other)
    t = string.Template("$who likes ${what}, costs $$5")
    print(t.substitute(who="Ann", what="tea"), t.safe_substitute({"who": "Bo"}), string.capwords("hello big world"))
    try:
        t.substitute(who="x")
    except KeyError as e:
        print("KeyError", e)
    reader = csv.reader(io.StringIO("h1,h2\n1,2\n3,4\n"))
    header = next(reader)
    print(header, list(reader))
    print(textwrap.fill("the quick brown fox jumps over the lazy dog", width=20, initial_indent="* ", subsequent_indent="  "), textwrap.wrap("a b c d e f", 5, max_lines=1))
    print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], lambda a, b: a * b)), list(accumulate([1.5, 2])), list(accumulate([3, 1, 2], max)), list(accumulate([1, 2], operator.add, initial=10)))
    print(list(product("ab", [1, 2])), list(product([0, 1], repeat=2)), list(product("a", "b", "c")), list(islice(count(5), 3)), list(islice("abcdef", 1, 5, 2)))
    print([(k, list(g)) for k, g in groupby("aabbc")], [(k, len(list(g))) for k, g in groupby([1, 1, 2], key=lambda x: x % 2)])
    print(list(zip_longest([1, 2, 3], ["a"])), list(zip_longest([1, 2], [3], fillvalue=0)), list(starmap(pow, [(2, 3), (3, 2)])), list(chain([1], [2, 3])), list(repeat("x", 2)))
    print(list(combinations([1, 2, 3], 2)), list(permutations("ab")), reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda acc, x: acc + [x * 2], [1, 2], []), list(takewhile(lambda x: x < 3, count())))
    c = cycle("ab")
    print(next(c), next(c), next(c))
    people = [("bo", 3), ("al", 1), ("cy", 2)]
    print(heapq.nlargest(2, people, key=lambda p: p[1]), heapq.nsmallest(1, [3, 1, 2]), list(heapq.merge([1, 4], [2, 3])), bisect.bisect([1, 3, 5], 3), bisect.bisect_left([("a", 1), ("b", 2)], 2, key=lambda p: p[1]))
    funcs = {"sin": math.sin, "sqrt": math.sqrt, "sq": lambda x: x * x}
    print([round(funcs[n](4.0), 3) for n in sorted(funcs)], list(map(math.floor, [1.5, 2.5])), sorted(["b", "A"], key=str.lower))
    print(urlencode({"q": "a b", "n": 3}), urljoin("http://x.org/a/b", "../c?d=1"), urlparse("https://u@h.com:80/p?q=1#f").port, quote("a b/c"), unquote("a%20b"), parse_qs("a=1&a=2&b=3"))
    print(uuid.UUID(int=5), uuid.uuid5(uuid.NAMESPACE_DNS, "x.org"), uuid.UUID("12345678-1234-5678-1234-567812345678").int)
    events = [{"at": datetime(2024, 1, 2), "p": Path("x/y")}, {"at": datetime(2024, 1, 1), "p": Path("z")}]
    for e in sorted(events, key=lambda e: e["at"]):
        print(e["at"].strftime("%d %b"), e["at"].year, e["p"].name, e["at"] + timedelta(days=1), e)
    span = events[0]["at"] - events[1]["at"]
    print(span, span.total_seconds(), max(e["at"] for e in events))
    table = str.maketrans({"a": "1", "b": None, "c": "xyz"})
    print("abcabc".translate(table), "hello".translate(str.maketrans("el", "ip", "o")), "{a}-{b}".format_map({"a": 1, "b": 2}))
    mixed = ["a b", b"x y", [3, 1], {"k": 1}, (1, 2, 1), {1, 2}, 3.0]
    for m in mixed:
        if isinstance(m, str):
            print(m.split(), m.title(), m.center(7, "*"))
        elif isinstance(m, bytes):
            print(m.split(b" "), m.hex(), m.upper(), m.find(b"y"))
        elif isinstance(m, list):
            m.sort(reverse=True)
            print(m, m.index(1))
        elif isinstance(m, dict):
            print(m.get("z", 0), list(m.keys()), m.setdefault("q", 2), m.pop("k"))
        elif isinstance(m, tuple):
            print(m.count(1), m.index(2))
        elif isinstance(m, set):
            print(m | {3}, m.issubset({1, 2, 3}), sorted(m.union([7])))
        else:
            print(m.is_integer())
    out = sys.stderr if args.n == 2 else sys.stdout
    print("to", "out", file=out)
    parser.print_usage(sys.stderr)
    try:
        parser.parse_args(["--n", "x", "p"])
    except SystemExit as e:
        print("exit", e.code)


main()
