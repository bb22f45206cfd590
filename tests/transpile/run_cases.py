#!/usr/bin/env python3
"""Translates tests/transpile/cases/*.py, compiles them with rustc where there is one, and compares what they print with
the .out beside each (made with CPython 3.11 by --update). A case counts twice: translated, and run; without rustc the
second is skipped.

Usage: run_cases.py DEPYLER [--update PYTHON]
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

CASES = pathlib.Path(__file__).resolve().parent / "cases"


def update(python):
    for case in sorted(CASES.glob("*.py")):
        case.with_suffix(".out").write_bytes(subprocess.run([python, str(case)], capture_output=True, check=True).stdout)


def translate(depyler, case, source):
    """None, or what went wrong."""
    run = subprocess.run([depyler, "transpile", str(case), "-o", str(source)], capture_output=True, text=True)
    return None if run.returncode == 0 and source.exists() else f"exit status {run.returncode}\n{run.stderr}"


def compare(rustc, case, source):
    binary = source.with_suffix("")
    command = [rustc, "--edition", "2021", "-D", "warnings", "-C", "opt-level=0", "-o", str(binary), str(source)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        return run.stderr
    run = subprocess.run([str(binary)], capture_output=True)
    wanted = case.with_suffix(".out").read_bytes()
    if run.returncode == 0 and run.stdout == wanted:
        return None
    return f"exit status {run.returncode}\nwanted {wanted!r}\ngot    {run.stdout!r}\n{run.stderr.decode()}"


def main():
    if "--update" in sys.argv:
        return update(sys.argv[sys.argv.index("--update") + 1])
    rustc = shutil.which("rustc")
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in sorted(CASES.glob("*.py")):
            source = pathlib.Path(folder) / f"{case.stem}.rs"
            problems = [translate(sys.argv[1], case, source)]
            if rustc and problems[0] is None:
                problems.append(compare(rustc, case, source))
            elif rustc is None:
                skipped += 1
            for problem in problems:
                passed += problem is None
                failed += problem is not None
                if problem:
                    print(f"FAIL {case.stem}\n{problem[:3000]}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
