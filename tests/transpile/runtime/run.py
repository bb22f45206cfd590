#!/usr/bin/env python3
"""Differential tests of the transpiler's Rust runtime against the CPython that runs this script (3.11).

  run.py [--keep DIR] [--show N] [TOPIC ...]     compare the topics (all without names)
  run.py --needs [MODULE ...]                    compile each module with only what it names
  run.py --write-needs                           add to each module's first line what it refers to as super::NAME
"""
import argparse
import glob
import importlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RUNTIME = os.path.normpath(os.path.join(HERE, "../../../src/transpiler/runtime"))


def needs(path):
    first = open(path, encoding="utf-8").readline()
    match = re.match(r"//! needs:(.*)", first)
    return [name.strip() for name in match.group(1).split(",")] if match else []


def closure(names):
    """The modules `names` and everything they name, transitively."""
    seen, queue = [], list(names)
    while queue:
        name = queue.pop()
        if name and name not in seen:
            seen.append(name)
            queue += needs(os.path.join(RUNTIME, name + ".rs"))
    return sorted(seen)


def module_block(names):
    lines = [f'    #[path = "{RUNTIME}/{name}.rs"]\n    pub mod {name};\n' for name in names]
    return "#[allow(dead_code, unused_imports)]\npub mod rt {\n" + "".join(lines) + "}\n"


def rustc(source, output, *flags):
    command = ["rustc", "--edition", "2021", "-D", "warnings", "-o", output, source, *flags]
    return subprocess.run(command, capture_output=True, text=True)


def check_needs(names, folder):
    failed = 0
    for name in names or sorted(os.path.basename(p)[:-3] for p in glob.glob(RUNTIME + "/*.rs")):
        source = os.path.join(folder, name + "_needs.rs")
        with open(source, "w") as f:
            f.write(module_block(closure([name])))
        done = rustc(source, os.path.join(folder, "needs.rmeta"), "--crate-type", "lib", "--emit=metadata")
        if done.returncode:
            failed += 1
            print(f"FAIL {name} needs more than it names\n{done.stderr[:1500]}")
    print("needs:", "ok" if not failed else f"{failed} modules fail")
    return failed


def write_needs():
    modules = {os.path.basename(p)[:-3]: p for p in glob.glob(RUNTIME + "/*.rs")}
    for name, path in modules.items():
        text = open(path, encoding="utf-8").read()
        used = set(re.findall(r"super::(\w+)", text)) & set(modules) - {name}
        named = [n for n in needs(path) if n in modules]
        line = "//! needs: " + ", ".join(named + sorted(used - set(named)))
        body = text.split("\n", 1)[1] if text.startswith("//! needs:") else text
        if used or named:
            with open(path, "w", encoding="utf-8") as f:
                f.write(line + "\n" + body)


def escape(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def field(x):
    if x is None:
        return "n"
    if isinstance(x, bool):
        return "t" + str(int(x))
    if isinstance(x, int):
        return f"i{int(x)}"
    if isinstance(x, float):
        return "f" + repr(x)
    if isinstance(x, (bytes, bytearray)):
        return "b" + x.hex()
    if isinstance(x, (list, tuple)):
        return "s" + " ".join(map(repr, x))
    return "s" + escape(x)


def expected(topic, case):
    op, *args = case
    try:
        return str(topic.OPS[op](*args))
    except Exception as e:  # the whole point: every exception is an answer
        text = str(e)
        return f"!{type(e).__name__}: {text}" if text else f"!{type(e).__name__}"


def compare(name, folder, show):
    sys.path.insert(0, HERE)
    topic = importlib.import_module(name)
    source = os.path.join(HERE, name + ".rs")
    modules = closure(needs(source) + ["start", "out", "int_text"])
    program = os.path.join(folder, name + ".rs")
    with open(program, "w", encoding="utf-8") as f:
        body = open(source, encoding="utf-8").read()
        frame = open(os.path.join(HERE, "frame.rs"), encoding="utf-8").read()
        f.write(module_block(modules) + body.replace("//!", "//") + frame)
    done = rustc(program, os.path.join(folder, name), "-C", "opt-level=1")
    if done.returncode:
        print(f"FAIL {name}: does not compile\n{done.stderr[:4000]}")
        return 0, 1
    random.seed(20240229)
    cases = list(topic.cases())
    lines = "".join("\t".join([c[0], *map(field, c[1:])]) + "\n" for c in cases)
    ran = subprocess.run([os.path.join(folder, name)], input=lines.encode(), capture_output=True, timeout=300)
    answers = ran.stdout.decode().split("\n")[:-1]
    if len(answers) != len(cases):
        print(f"FAIL {name}: {len(answers)} answers to {len(cases)} cases\n{ran.stderr.decode()[:1500]}")
        return 0, 1
    bad = [(c, w, a) for c, w, a in zip(cases, (escape(expected(topic, c)) for c in cases), answers) if w != a]
    for case, want, got in bad[:show]:
        print(f"  {case!r:.400}\n    want {want:.400}\n    got  {got:.400}")
    print(f"{'ok  ' if not bad else 'FAIL'} {name}: {len(cases) - len(bad)} of {len(cases)} equal")
    return len(cases) - len(bad), len(bad)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--needs", action="store_true")
    parser.add_argument("--write-needs", action="store_true")
    parser.add_argument("--keep", help="folder for the built programs")
    parser.add_argument("--show", type=int, default=12, help="differences printed for a topic")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    sys.set_int_max_str_digits(4300)
    if args.write_needs:
        return write_needs()
    if shutil.which("rustc") is None or sys.version_info[:2] != (3, 11):
        print("needs rustc and Python 3.11\n0 passed, 0 failed, 1 skipped")
        return 0
    os.environ["TZ"] = "UTC"
    time.tzset()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or scratch
        os.makedirs(folder, exist_ok=True)
        if args.needs:
            return check_needs(args.names, folder)
        topics = args.names or sorted(
            os.path.basename(p)[:-3] for p in glob.glob(HERE + "/*.py")
            if os.path.exists(p[:-3] + ".rs"))
        results = [compare(name, folder, args.show) for name in topics]
    passed, failed = (sum(r[i] for r in results) for i in (0, 1))
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return failed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
