#!/usr/bin/env python3
"""Compares `depyler inspect --ast` with CPython's own parser on every Python file below the given folders.

  ast_dump.py DEPYLER PATH... [--list]     compare trees, and that what CPython rejects is rejected
  ast_dump.py --dump FILE                  print CPython's tree in depyler's format

The format is described in src/transpiler/ast_dump.cpp. Needs CPython 3.11 (grammars differ between versions).
"""
import ast
import pathlib
import struct
import subprocess
import sys
import warnings

PLACELESS = (ast.Module, ast.arguments, ast.comprehension, ast.withitem, ast.match_case)
SKIPPED = {"type_comment", "type_ignores", "kind", "lineno", "col_offset", "end_lineno", "end_col_offset"}


def quoted(data):
    return "'" + "".join(chr(b) if 0x20 <= b <= 0x7E and b not in (0x27, 0x5C) else f"\\x{b:02x}" for b in data) + "'"


def text(value):
    return quoted(value.encode("utf-8", "surrogatepass"))


def constant(value, kind):
    if value is None or value is True or value is False:
        return repr(value)
    if value is Ellipsis:
        return "Ellipsis"
    if isinstance(value, str):
        return ("u" if kind else "") + text(value)
    if isinstance(value, bytes):
        return "b" + quoted(value)
    if isinstance(value, int):
        return hex(value)
    number = value.imag if isinstance(value, complex) else value
    return ("imag:" if isinstance(value, complex) else "float:") + struct.pack(">d", number).hex()


class Dumper:
    def __init__(self):
        self.out = []
        self.joined = 0

    def node(self, node, indent):
        place = ""
        if not isinstance(node, PLACELESS) and not self.joined:
            place = f" @{node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}"
        self.out.append(f"{type(node).__name__}{place}\n")
        self.joined += isinstance(node, ast.JoinedStr)
        for name in node._fields:
            if name not in SKIPPED:
                self.field(node, name, getattr(node, name, None), indent)
        self.joined -= isinstance(node, ast.JoinedStr)

    def field(self, node, name, value, indent):
        pad = "  " * (indent + 1)
        if isinstance(value, list):
            if not value:
                self.out.append(f"{pad}{name}: []\n")
                return
            self.out.append(f"{pad}{name}:\n")
            for item in value:
                self.out.append(f"{pad}  - ")
                if isinstance(item, (ast.operator, ast.cmpop)):
                    self.out.append(type(item).__name__ + "\n")
                elif isinstance(item, ast.AST):
                    self.node(item, indent + 2)
                else:
                    self.out.append(("None" if item is None else text(item)) + "\n")
            return
        self.out.append(f"{pad}{name}: ")
        if isinstance(node, (ast.Constant, ast.MatchSingleton)) and name == "value":
            self.out.append(constant(value, getattr(node, "kind", None)) + "\n")
        elif isinstance(value, (ast.operator, ast.unaryop, ast.boolop, ast.expr_context)):
            self.out.append(type(value).__name__ + "\n")
        elif isinstance(value, ast.AST):
            self.node(value, indent + 1)
        elif isinstance(value, str):
            self.out.append(text(value) + "\n")
        else:
            self.out.append(f"{value}\n")


def dump(source, name):
    """CPython's tree, or None where it rejects the source."""
    try:
        compile(source, name, "exec", dont_inherit=True)
        tree = ast.parse(source)
    except (SyntaxError, ValueError, LookupError, MemoryError, RecursionError):
        return None
    dumper = Dumper()
    dumper.node(tree, 0)
    return "".join(dumper.out)


def files_below(paths):
    for path in map(pathlib.Path, paths):
        yield from sorted(p for p in path.rglob("*.py") if p.is_file()) if path.is_dir() else [path]


def compare(depyler, paths, listing):
    tally = {"equal": 0, "rejected by both": 0, "DIFFERENT": 0, "REJECTED": 0, "ACCEPTED": 0}
    for path in files_below(paths):
        wanted = dump(path.read_bytes(), str(path))
        run = subprocess.run([depyler, "inspect", "--ast", str(path)], capture_output=True)
        got = run.stdout.decode() if run.returncode == 0 else None
        if wanted is None:
            verdict = "rejected by both" if got is None else "ACCEPTED"
        else:
            verdict = "REJECTED" if got is None else "equal" if got == wanted else "DIFFERENT"
        tally[verdict] += 1
        if verdict.isupper():
            detail = run.stderr.decode().split("\n")[0] if got is None else ""
            print(f"{verdict} {path} {detail}")
            if listing and verdict == "DIFFERENT":
                a, b = wanted.splitlines(), got.splitlines()
                line = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                print(f"  line {line + 1}: wanted {a[line:line + 1]}, got {b[line:line + 1]}")
    print(", ".join(f"{count} {name}" for name, count in tally.items()))
    return 1 if tally["DIFFERENT"] + tally["REJECTED"] + tally["ACCEPTED"] else 0


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if "--dump" in sys.argv:
        print(dump(pathlib.Path(arguments[0]).read_bytes(), arguments[0]), end="")
        return 0
    return compare(arguments[0], arguments[1:], "--list" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
