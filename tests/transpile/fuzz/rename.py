#!/usr/bin/env python3
"""Gives the variables of programs the names that a translation likes for its own, and checks that nothing changes.

  rename.py DEPYLER FILE... [--seed N] [--rustc]

Names that are only ever variables (never a function, class, import, attribute of a class body or keyword) are renamed all over a file, which changes
nothing in Python; the translation must still be accepted by rustc and print the same. Programs that use their own names as text are left out, because Python
itself then prints something else. Closes with `N passed, N failed, N skipped`.
"""
import argparse
import ast
import builtins
import keyword
import pathlib
import random
import subprocess
import sys
import tempfile

NAMES = """a b c d e f g h i k l m n o p q r s t v w x y z it out all at e1 s1 s2 t1 t2 x0 x1 x2 x3 v1 v2 k1 a1 a2 d1 o1 f1 r1 c1 m1 all1 this new key item
value found text made held list_ step big rt exc gen fmt fs memo parts rows tasks source make rest first last left right other call args kw b_ res ok
some none err str_ box vec ref mut_ fn let_ impl_ mod_ pub_ use_ u8 i64 f64 usize core std""".split()


class Variables(ast.NodeVisitor):
    """Which names of a module are variables and nothing else."""

    def __init__(self):
        self.variables, self.others = set(), set()

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store):
            self.variables.add(node.id)

    def visit_arg(self, node):
        self.variables.add(node.arg)
        self.generic_visit(node)

    def visit_FunctionDef(self, node):
        self.others.add(node.name)
        self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        self.others.add(node.name)
        for statement in node.body:
            for part in ast.walk(statement) if isinstance(statement, (ast.Assign, ast.AnnAssign)) else ():
                if isinstance(part, ast.Name):
                    self.others.add(part.id)
        self.generic_visit(node)

    def visit_Import(self, node):
        self.others.update((alias.asname or alias.name).split(".")[0] for alias in node.names)

    visit_ImportFrom = visit_Import

    def visit_keyword(self, node):
        self.others.add(node.arg)
        self.generic_visit(node)

    def visit_ExceptHandler(self, node):
        self.others.add(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node):
        self.others.add(node.name)
        self.generic_visit(node)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node):
        self.others.add(node.rest)
        self.generic_visit(node)

    def visit_Global(self, node):
        self.others.update(node.names)

    visit_Nonlocal = visit_Global


class Renamed(ast.NodeTransformer):
    def __init__(self, names):
        self.names = names

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.names.get(node.arg, node.arg)
        self.generic_visit(node)
        return node


def renamed(text, rng):
    tree = ast.parse(text)
    found = Variables()
    found.visit(tree)
    taken = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | found.others
    mine = sorted(found.variables - found.others - set(dir(builtins)) - {"self", "cls", "_"})
    free = [name for name in NAMES if name not in taken and not keyword.iskeyword(name)]
    rng.shuffle(free)
    return ast.unparse(Renamed(dict(zip(mine, free))).visit(tree)) + "\n"


def outcome(command, folder):
    done = subprocess.run(command, capture_output=True, cwd=folder, stdin=subprocess.DEVNULL, timeout=300)
    return done.returncode, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("depyler")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rustc", action="store_true", help="only ask rustc, run nothing")
    options = parser.parse_args()
    depyler = str(pathlib.Path(options.depyler).resolve())
    rng, passed, failed, skipped = random.Random(options.seed), 0, 0, 0
    for file in options.files:
        path = pathlib.Path(file).resolve()
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / path.name
            copy.write_text(renamed(path.read_text(), rng))
            wanted = outcome([sys.executable, copy.name], folder)
            same_in_python = wanted == outcome([sys.executable, str(path)], folder)
            rust = subprocess.run([depyler, "transpile", copy.name], cwd=folder, capture_output=True, text=True)
            if rust.returncode != 0 or not (same_in_python or options.rustc):
                skipped += 1
                continue
            source, binary = copy.with_suffix(".rs").name, "program"
            compiled = subprocess.run(["rustc", "--edition", "2021", "-C", "debuginfo=0", "-o", binary, source], cwd=folder, capture_output=True,
                                      text=True)
            good = compiled.returncode == 0 and (options.rustc or outcome([f"./{binary}"], folder) == wanted)
            passed, failed = passed + good, failed + (not good)
            if not good:
                print(f"FAIL {path.name}: {compiled.stderr[:1500] if compiled.returncode else 'prints something else'}", flush=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return failed > 0


sys.exit(main())
