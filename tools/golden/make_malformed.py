#!/usr/bin/env python3
"""Small files that break one rule each, and what the readers must answer: tests/data/malformed.

Usage: make_malformed.py [--check] FOLDER. --check compares instead of writing; exit 1 if anything differs.
Standard library only. One module a format, in malformed/: each row names the error's kind and what its message must
contain; `ok` rows are the legal cases next to the illegal ones.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "malformed"))

import apr  # noqa: E402
import apr_older  # noqa: E402
import gguf  # noqa: E402
import safetensors  # noqa: E402
import suite  # noqa: E402


def main():
    check = "--check" in sys.argv[1:]
    (root,) = [pathlib.Path(a) for a in sys.argv[1:] if a != "--check"]
    suites = [gguf.suite(), safetensors.suite(), apr.suite(), apr_older.suite()]
    if not check:
        suite.write(suites, root)
        return 0
    wanted = suite.all_files(suites)
    there = {str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()} - {"README.md"}
    bad = sorted((there ^ wanted.keys()) | {p for p in there & wanted.keys() if (root / p).read_bytes() != wanted[p]})
    print("\n".join(f"{root / p}: not what the generator writes" for p in bad) if bad else f"{len(wanted)} files as generated")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
