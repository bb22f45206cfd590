#!/usr/bin/env python3
"""Translates tests/transpile/cases/*.py, compiles them with rustc where there is one, and compares what they print with
the .out beside each (made with CPython 3.11 by --update).

Usage: run_cases.py DEPYLER [--update PYTHON]
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

CASES = pathlib.Path(__file__).resolve().parent / "cases"


def main():
    depyler = sys.argv[1]
    if "--update" in sys.argv:
        python = sys.argv[sys.argv.index("--update") + 1]
        for case in sorted(CASES.glob("*.py")):
            case.with_suffix(".out").write_bytes(subprocess.run([python, str(case)], capture_output=True, check=True).stdout)
        return 0
    rustc, failed = shutil.which("rustc"), 0
    with tempfile.TemporaryDirectory() as folder:
        for case in sorted(CASES.glob("*.py")):
            source, binary = pathlib.Path(folder) / f"{case.stem}.rs", pathlib.Path(folder) / case.stem
            run = subprocess.run([depyler, "transpile", str(case), "-o", str(source)], capture_output=True, text=True)
            detail = run.stderr
            if run.returncode == 0 and rustc:
                run = subprocess.run([rustc, "--edition", "2021", "-D", "warnings", "-C", "opt-level=0", "-o", str(binary), str(source)], capture_output=True, text=True)
                detail = run.stderr
                if run.returncode == 0:
                    run = subprocess.run([str(binary)], capture_output=True)
                    wanted = case.with_suffix(".out").read_bytes()
                    detail = f"wanted {wanted!r}\ngot    {run.stdout!r}\n{run.stderr.decode()}"
                    run.returncode = 0 if run.stdout == wanted else 1
            failed += run.returncode != 0
            print(f"{'ok  ' if run.returncode == 0 else 'FAIL'} {case.stem}" + ("" if run.returncode == 0 else "\n" + detail[:3000]))
    print(f"{'translated, compiled and run' if rustc else 'translated only: no rustc'}; {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
