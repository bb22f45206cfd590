#!/usr/bin/env python3
"""Runs the command-line cases of a program: tests/cli/NAME/*.case, and for apr the functions of tests/cli/checks_*.py.

Usage: run_cases.py BINARY [--update] [--only TEXT] [--list]

A .case file holds any number of cases:

    === name of the case
    $ apr env --jsn
    --- needs models/micro/model.safetensors     skipped, and counted so, when neither the path nor such a program is there
    --- stdin
    text
    --- stdout
    expected text
    --- stderr
    error: usage: ...
    --- exit 2

The command runs under bash in the repository root, `apr` or `depyler` being the binary named on the command line; $TMP is an
empty folder of the case's own (also HOME). A stream without a section must be empty; without `exit` the status
must be 0. In expected text `...` stands for any part of a line, a line that is only `...` for any number of lines,
and a line that begins with `re: ` is a regular expression for one line. `\\e` at the end of a last line says that
the output does not end with a newline. --update rewrites the sections that do not match.
"""
import argparse
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "tests" / "cli"
TIMEOUT = 120
NO_NEWLINE = "\\e"


class Skip(Exception):
    """Raised by a check that cannot run here; its text says what is missing."""


class Case:
    def __init__(self, name, line):
        self.name, self.line = name, line
        self.command, self.stdin, self.needs, self.exit = "", "", [], 0
        self.expected = {"stdout": "", "stderr": ""}


def parse(path):
    """The cases of a file. Lines starting with # outside any section are comments, kept with the case below."""
    cases, section = [], None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("=== "):
            cases.append(Case(line[4:].strip(), number))
            section = None
            continue
        if not cases or (section is None and (not line.strip() or line.startswith("#"))):
            if cases or not line.strip() or line.startswith("#"):
                continue
            raise SystemExit(f"{path}:{number}: text before the first '=== name'")
        case = cases[-1]
        if line.startswith("--- "):
            word, _, rest = line[4:].strip().partition(" ")
            section = None
            if word in ("stdin", "stdout", "stderr"):
                section = word
            elif word == "needs":
                case.needs.append(rest)
            elif word == "exit":
                case.exit = int(rest)
            else:
                raise SystemExit(f"{path}:{number}: unknown section '{word}'")
        elif section == "stdin":
            case.stdin += line + "\n"
        elif section:
            case.expected[section] += line + "\n"
        elif line.startswith("$ ") and not case.command:
            case.command = line[2:]
        elif case.command and not section:
            case.command += "\n" + line
        else:
            raise SystemExit(f"{path}:{number}: expected '$ command' or '--- section'")
    for case in cases:  # blank lines before the next case are layout
        for name, text in case.expected.items():
            case.expected[name] = text.rstrip("\n") + "\n" if text.strip("\n") else ""
        case.stdin = case.stdin[:-1] if case.stdin.endswith("\n\n") else case.stdin
    return cases


def line_pattern(line):
    if line.startswith("re: "):
        return f"(?:{line[4:]})"
    return ".*?".join(re.escape(part) for part in line.split("..."))


def matches(expected, actual):
    """Whether the wildcard text describes the output. Trailing blank lines of the output count as written."""
    if not expected:
        return actual == ""
    lines = expected.rstrip("\n").split("\n")
    end = "\n" if not lines[-1].endswith(NO_NEWLINE) else ""
    lines[-1] = lines[-1].removesuffix(NO_NEWLINE)
    pattern = ""
    for index, line in enumerate(lines):
        if line == "...":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += line_pattern(line) + (r"\n" if index + 1 < len(lines) else end)
    if lines[-1] == "...":
        pattern += r"[^\n]*"
    return re.fullmatch(pattern, actual) is not None


def environment(apr, scratch):
    kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS")
            if name in os.environ}
    rust = pathlib.Path.home() / ".rustup"  # rustc is a proxy that looks for its home
    if "RUSTUP_HOME" in os.environ or rust.exists():
        kept["RUSTUP_HOME"] = os.environ.get("RUSTUP_HOME", str(rust))
    return dict(kept, PATH=f"{apr.parent}:{kept.get('PATH', '/usr/bin:/bin')}", HOME=scratch, TMP=scratch,
                LC_ALL="C.UTF-8", TERM="dumb", SOV_MODELS=str(ROOT / "models"))


def run(case, apr):
    """(stdout, stderr, status) of a case."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            done = subprocess.run(["bash", "-c", case.command], cwd=ROOT, env=environment(apr, scratch),
                                  input=case.stdin.encode(), capture_output=True, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return "", f"no end after {TIMEOUT} s\n", -1
        texts = [stream.decode(errors="replace").replace(scratch, "$TMP") for stream in (done.stdout, done.stderr)]
        return texts[0], texts[1], done.returncode


def failures(case, stdout, stderr, status):
    found = []
    for name, actual in (("stdout", stdout), ("stderr", stderr)):
        if not matches(case.expected[name], actual):
            found.append(f"{name}:\n" + "".join(f"      | {line}\n" for line in actual.split("\n"))
                         + "    wanted:\n" + "".join(f"      | {line}\n" for line in case.expected[name].split("\n")))
    if status != case.exit:
        found.append(f"exit status {status}, wanted {case.exit}")
    return found


def as_section(name, text):
    if not text:
        return ""
    return f"--- {name}\n" + (text if text.endswith("\n") else text + NO_NEWLINE + "\n")


def rewrite(path, results):
    """Writes the file anew with actual output where it did not match."""
    by_line = {case.line: (case, result) for case, result in results}
    out, skipping = [], False
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if number in by_line:
            skipping = False
        if number in by_line and by_line[number][1]:
            case, (stdout, stderr, status) = by_line[number]
            skipping = True
            out += [line, "$ " + case.command] + [f"--- needs {need}" for need in case.needs]
            body = as_section("stdin", case.stdin)
            for name, actual in (("stdout", stdout), ("stderr", stderr)):
                keep = matches(case.expected[name], actual)
                body += as_section(name, case.expected[name] if keep else actual)
            out += body.rstrip("\n").split("\n") if body else []
            out += [f"--- exit {status}"] if status else []
            out.append("")
        elif not skipping:
            out.append(line)
    path.write_text("\n".join(out).rstrip("\n") + "\n")


def run_file(path, apr, options, totals):
    results = []
    for case in parse(path):
        title = f"{path.stem}: {case.name}"
        if options.only and options.only not in title:
            continue
        if options.list:
            print(title)
            continue
        missing = [need for need in case.needs if not ((ROOT / need).exists() or shutil.which(need))]
        if missing:
            totals["skipped"] += 1
            print(f"skip {title} (needs {', '.join(missing)})")
            continue
        result = run(case, apr)
        found = failures(case, *result)
        totals["failed" if found else "passed"] += 1
        if found:
            print(f"FAIL {path.relative_to(ROOT)}:{case.line}: {case.name}\n    $ {case.command}\n    " + "\n    ".join(found))
        results.append((case, result if found else None))
    if options.update and any(result for _, result in results):
        rewrite(path, results)


def run_checks(path, apr, options, totals):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("run_cases", sys.modules[__name__])
    spec.loader.exec_module(module)
    for name in [name for name in vars(module) if name.startswith("check_")]:
        title = f"{path.stem}: {name.removeprefix('check_')}"
        if options.only and options.only not in title:
            continue
        if options.list:
            print(title)
            continue
        try:
            getattr(module, name)(apr)
            totals["passed"] += 1
        except Skip as reason:
            totals["skipped"] += 1
            print(f"skip {title} ({reason})")
        except Exception as problem:  # a check's own error is a failure of the check
            totals["failed"] += 1
            print(f"FAIL {title}: {type(problem).__name__}: {problem}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("apr", type=pathlib.Path)
    arguments.add_argument("--update", action="store_true")
    arguments.add_argument("--only", help="cases whose 'file: name' contains this")
    arguments.add_argument("--list", action="store_true")
    options = arguments.parse_args()
    apr = options.apr.resolve()
    if not os.access(apr, os.X_OK):
        raise SystemExit(f"{apr}: not an executable")
    start = time.monotonic()
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for path in sorted((HERE / apr.name).glob("*.case")):
        run_file(path, apr, options, totals)
    for path in sorted(HERE.glob("checks_*.py")) if apr.name == "apr" else []:
        run_checks(path, apr, options, totals)
    print(f"{time.monotonic() - start:.1f} s")
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 1 if totals["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
