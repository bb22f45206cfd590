#!/usr/bin/env python3
"""What of Python's library has a row: for each module and type, the share of CPython's public names that the tables
(src/transpiler/library/*.sig) or the translator's own rules know, and the names that are missing.

  coverage.py [--missing] [NAME ...]      NAME: a module or a built-in type; all of the list below without
"""
import argparse
import glob
import importlib
import inspect
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.normpath(os.path.join(HERE, "../../../src/transpiler"))
BUILT_IN = ["str", "bytes", "bytearray", "list", "dict", "set", "frozenset", "tuple", "int", "float", "range"]
MODULES = """argparse sys os os.path pathlib io json re math cmath statistics decimal fractions random collections itertools functools
operator heapq bisect dataclasses typing enum abc datetime time calendar zoneinfo string textwrap struct base64 binascii hashlib hmac
secrets uuid csv configparser tempfile shutil glob fnmatch contextlib copy array queue threading logging urllib.parse html difflib
zlib zipfile gzip pprint subprocess signal traceback unittest types inspect warnings platform colorsys keyword timeit""".split()


def known():
    """Names with a row, and every quoted word or dotted path of the translator's own rules."""
    rows = set()
    for path in glob.glob(SOURCE + "/library/*.sig"):
        for line in open(path, encoding="utf-8"):
            match = re.match(r"(?:fn|class|attr|type) ([\w.]+)", line)
            if match:
                rows.add(match.group(1))
    words = set()
    for path in glob.glob(SOURCE + "/emit/*.cpp"):
        words |= set(re.findall(r'"([\w.]+)"', open(path, encoding="utf-8").read()))
    return rows, words


def names_of(owner):
    return [n for n in getattr(owner, "__all__", None) or dir(owner) if not n.startswith("_")]


def share(title, owner, rows, words, types):
    """(names that are known, names that are not); classes of a module count by their methods as well."""
    have, lack = [], []
    for name in names_of(owner):
        value = getattr(owner, name, None)
        if inspect.ismodule(value):
            continue
        full = f"{title}.{name}"
        exception = inspect.isclass(value) and issubclass(value, BaseException)
        found = full in rows or full in words or (exception and f"exceptions.{full}" in rows) or (exception and f"exceptions.{name}" in rows)
        (have if found or (types and name in words) else lack).append(name)
        if inspect.isclass(value) and not types and not exception and found:
            for method in names_of(value):
                if hasattr(object, method):
                    continue
                if any(f"{owner_name}.{method}" in rows for owner_name in (name, full)) or method in words:
                    have.append(f"{name}.{method}")
                else:
                    lack.append(f"{name}.{method}")
    return have, lack


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missing", action="store_true", help="list the names")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    rows, words = known()
    total = [0, 0]
    for title in args.names or ["builtins"] + BUILT_IN + MODULES:
        types = title in BUILT_IN or title == "builtins"
        owner = __builtins__ if title == "builtins" else getattr(__builtins__, title) if types else importlib.import_module(title)
        have, lack = share(title, owner, rows, words, types)
        total[0] += len(have)
        total[1] += len(have) + len(lack)
        print(f"{title:14} {len(have):4} of {len(have) + len(lack):4}  {100 * len(have) / max(len(have) + len(lack), 1):5.1f} %")
        if args.missing and lack:
            print("    " + " ".join(lack))
    print(f"{'all':14} {total[0]:4} of {total[1]:4}  {100 * total[0] / max(total[1], 1):5.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
