"""Programs from the examples in the docstrings of a folder of Python files.

A file whose imports are the standard library's gives one program: its source without the main part, one function for each
docstring with its examples in order, and a main part that calls them. An expression prints its repr unless CPython's value
was None; an example that expects an exception prints its type and message. What fails in CPython, is slow, or varies with
PYTHONHASHSEED gives none. The halves a and b are by hash of the relative path.
"""
import ast
import collections
import doctest
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

SLOW = 10  # seconds in CPython
PROBE = """
def probe_value(index, value):
    if value is None:
        probe_none.append(index)
    else:
        print(repr(value))
    return value
probe_none = []
"""
PROBE_END = "\nimport json as probe_json, sys as probe_sys\nprint(probe_json.dumps(probe_none), file=probe_sys.stderr)\n"


def half_of(relative):
    return "ab"[hashlib.sha256(relative.encode()).digest()[0] & 1]


def is_main_part(node):
    return isinstance(node, ast.If) and "__name__" in ast.dump(node.test) and "__main__" in ast.dump(node.test)


def is_only_doctest(node):
    return isinstance(node, ast.Import) and [name.name for name in node.names] == ["doctest"]


def foreign_imports(tree):
    """Whether anything but the standard library is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if node.level == 0 else [""]
        elif isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        else:
            continue
        if any(name.split(".")[0] not in sys.stdlib_module_names for name in names):
            return True
    return False


def examples_of(tree):
    """(name, [example]) of each docstring that has some."""
    documented = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in ast.walk(tree):
        text = ast.get_docstring(node) if isinstance(node, documented) else None
        if not text:
            continue
        found = [e for e in doctest.DocTestParser().get_examples(text) if not e.options.get(doctest.SKIP)]
        if found:
            yield getattr(node, "name", "module"), found


def example_lines(example, index, none):
    """The Python of one example; `none` is the set of those that gave None, or None where this is to be found out."""
    statements = ast.parse(example.source).body
    if not statements:
        return []
    raises = example.exc_msg is not None
    if len(statements) == 1 and isinstance(statements[0], ast.Expr) and not raises:
        text = ast.unparse(statements[0])
        if none is None:
            lines = [f"probe_value({index}, {text})"]
        else:
            lines = [text if index in none else f"print(repr({text}))"]
    else:
        lines = [line for statement in statements for line in ast.unparse(statement).split("\n")]
    if raises:
        lines = ["try:", *("    " + line for line in lines), "except Exception as error:",
                 "    print(type(error).__name__, error)"]
    return lines


def program_text(source, none=None):
    """The program, or None where the file gives none."""
    tree = ast.parse(source)
    if foreign_imports(tree):
        return None
    lines = source.split("\n")
    for node in tree.body:
        if is_main_part(node) or is_only_doctest(node):
            lines[node.lineno - 1:node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    out, calls, index = ["\n".join(lines).rstrip() + "\n"], [], 0
    for number, (name, examples) in enumerate(examples_of(tree)):
        body = []
        for example in examples:
            body += example_lines(example, index, none)
            index += 1
        if body:
            call = f"examples_{number}_{re.sub(r'^_+', '', name)}"
            calls.append(call)
            out.append(f"\ndef {call}():\n" + "\n".join("    " + line for line in body) + "\n")
    if not calls:
        return None
    if none is None:
        out.insert(0, "")
        out.insert(2, PROBE)
    out.append('\nif __name__ == "__main__":\n' + "\n".join(f"    {call}()" for call in calls) + "\n")
    return "\n".join(out) + (PROBE_END if none is None else "")


def run_python(text, name, seed):
    """(exit status, stdout, stderr) or None when it takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        with open(path, "w") as file:
            file.write(text)
        try:
            run = subprocess.run([sys.executable, path], capture_output=True, timeout=SLOW, cwd=folder,
                                 env={**os.environ, "PYTHONHASHSEED": seed}, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return None
        return run.returncode, run.stdout.decode(errors="replace"), run.stderr.decode(errors="replace")


def made(source, name):
    """(program, its stdout) or (None, why there is none)."""
    try:
        probe = program_text(source)
    except (SyntaxError, ValueError) as problem:
        return None, f"examples that are no Python: {type(problem).__name__}"
    if probe is None:
        return None, "no examples, or imports of others"
    first = run_python(probe, name, "1")
    if first is None:
        return None, "slow"
    if first[0] != 0:
        return None, "fails in CPython"
    text = program_text(source, set(json.loads(first[2].strip().split("\n")[-1])))
    runs = [run_python(text, name, seed) for seed in "12"]
    if None in runs or runs[0][0] != 0:
        return None, "slow" if None in runs else "fails in CPython"
    if runs[0][1] != runs[1][1]:
        return None, "varies"
    return text, runs[0][1]


def doctest_programs(folder, half, cache):
    """({relative path: (program's path, wanted stdout)}, how many files gave none and why)."""
    programs, skipped = {}, collections.Counter()
    for path in sorted(folder.rglob("*.py")):
        relative = str(path.relative_to(folder))
        if half and half_of(relative) != half:
            continue
        source = path.read_text(errors="replace")
        place = cache / "doctests" / hashlib.sha256((relative + source).encode()).hexdigest()[:24]
        kept = place / "result.json"
        if not kept.exists():
            place.mkdir(parents=True, exist_ok=True)
            text, result = made(source, path.name)
            if text is not None:
                (place / path.name).write_text(text)
            kept.write_text(json.dumps([text is not None, result]))
        is_program, result = json.loads(kept.read_text())
        if is_program:
            programs[relative] = (place / path.name, result)
        else:
            skipped[result] += 1
    return programs, skipped
