#!/usr/bin/env python3
"""Runs the examples in README.md and docs/*.md, so that they cannot rot.

Usage: run_examples.py APR [--only TEXT]

A fenced block ```sh or ```console whose lines include `$ command` is an example: the lines after a command, up to
the next one, are what it prints (stdout and stderr together), with `...` as in tests/cli/run_cases.py. A command
goes on over lines that begin with `> `. All commands of a block run in one shell, in an empty folder with links to
models/ and tests/. `needs=PATH` after the language skips the block when the path is not in the repository;
`norun` marks a block that is not run. A block ```cpp file=PATH must be that file, which the build compiles. A block
counts as one test.
"""
import argparse
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "cli"))
import run_cases  # noqa: E402

FENCE = re.compile(r"^```(?:sh|console)\b([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SOURCE = re.compile(r"^```cpp file=(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MARK = "@@end of command@@"


def commands(block):
    """[(command, expected output)] of one fenced block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append([line[2:], ""])
        elif found and not found[-1][1] and line.startswith("> "):
            found[-1][0] += "\n" + line[2:]
        elif found:
            found[-1][1] += line + "\n"
    return [(command, output.rstrip("\n") + "\n" if output.strip() else "") for command, output in found]


def run(examples, apr):
    """The output of each command of a block, all in one shell."""
    script = "".join(f"( exit ${{status:-0}} )\n{command}\nstatus=$?\nprintf '%s\\n' {shlex.quote(MARK)}\n"
                     for command, _ in examples)
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("models", "tests"):
            if (ROOT / name).exists():
                (pathlib.Path(scratch) / name).symlink_to(ROOT / name)
        done = subprocess.run(["bash", "-c", "exec 2>&1\n" + script], cwd=scratch, stdin=subprocess.DEVNULL,
                              env=run_cases.environment(apr, scratch), stdout=subprocess.PIPE, timeout=300)
    return done.stdout.decode(errors="replace").split(MARK + "\n")


def check(examples, apr):
    outputs = run(examples, apr)
    for (command, expected), actual in zip(examples, outputs):
        # A generation may end without a newline; the mark then stands on its last line.
        if not run_cases.matches(expected, actual if not actual or actual.endswith("\n") else actual + "\n"):
            shown = "".join(f"      | {line}\n" for line in actual.splitlines())
            wanted = "".join(f"      | {line}\n" for line in expected.splitlines())
            return f"$ {command}\n    printed:\n{shown}    documented:\n{wanted}"
    return None if len(outputs) == len(examples) + 1 else "the shell ended early"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("apr", type=pathlib.Path)
    arguments.add_argument("--only", default="", help="files whose name contains this")
    options = arguments.parse_args()
    passed = failed = skipped = 0
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        if not path.exists() or options.only not in path.name:
            continue
        text = path.read_text()
        for match in SOURCE.finditer(text):
            same = (ROOT / match[1]).read_text() == match[2]
            passed, failed = passed + same, failed + (not same)
            if not same:
                print(f"FAIL {path.relative_to(ROOT)}: the example is not what {match[1]} holds")
        for match in FENCE.finditer(text):
            examples = commands(match[2])
            place = f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}"
            needs = re.findall(r"needs=(\S+)", match[1])
            if not examples or "norun" in match[1].split():
                continue
            if any(not (ROOT / need).exists() for need in needs):
                skipped += 1
                print(f"skip {place} (needs {' '.join(needs)})")
                continue
            problem = check(examples, options.apr.resolve())
            passed, failed = passed + (problem is None), failed + (problem is not None)
            if problem:
                print(f"FAIL {place}: {problem}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
