#!/usr/bin/env python3
"""Malformed files at the command line: one clear error, the documented exit status, no crash, no hang.

Usage: hostile.py APR_BINARY [CASE...]. For every row of tests/data/malformed/cases.json (a CASE is a part of its file
name) runs inspect, tensors --stats, tree, hex and run; closes with `N passed, N failed`.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import resource
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = pathlib.Path("tests/data/malformed")
STATUS = {"ok": 0, "usage": 2, "not_found": 3, "corrupt": 4, "validation": 5, "model": 6, "io": 7, "exhausted": 8, "inference": 8, "unsupported": 9}
KIND = {"not_found": "not found", "io": "i/o"}
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
SECONDS = 60
MEMORY = 1 << 30  # address space; a sanitizer's shadow needs more


def sanitized(binary):
    return b"__asan_init" in pathlib.Path(binary).read_bytes()


class Runner:
    def __init__(self, binary):
        self.binary = str(pathlib.Path(binary).resolve())
        self.limit = None if sanitized(binary) else MEMORY

    def run(self, *words):
        def prepare():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if self.limit:
                resource.setrlimit(resource.RLIMIT_AS, (self.limit, self.limit))

        try:
            done = subprocess.run([self.binary, *words], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, preexec_fn=prepare,
                                  env={**os.environ, "NO_COLOR": "1", "SOV_MODELS": "/nonexistent"})
        except subprocess.TimeoutExpired:
            return None, "", "hung"
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def check_error(words, status, out, err, codes):
    """Problems of a run that had to fail with one of `codes`."""
    errors = [line for line in err.splitlines() if line.startswith("error: ")]
    others = [line for line in err.splitlines() if not line.startswith(("error: ", "warning: "))]
    if status is None or status < 0:
        return [f"ended by signal {status}: {err[-2000:]}"]
    problems = []
    if status not in {STATUS[code] for code in codes}:
        problems.append(f"status {status}, wanted that of {' or '.join(codes)}")
    if len(errors) != 1 or others or not err.endswith(errors[-1] + "\n"):
        problems.append(f"wanted one error line, last: {err!r}")
    elif not errors[0].startswith(tuple(f"error: {KIND.get(code, code)}: " for code in codes)):
        problems.append(f"error of another kind: {errors[0]!r}")
    if CONTROL.search(err.replace("\n", "")) or CONTROL.search(out.replace("\n", "")):
        problems.append("control characters in the output")
    if "--json" in words:
        try:
            body = json.loads(out)["error"]
            if STATUS.get(body["code"]) != status or body["exit_status"] != status:
                problems.append(f"JSON says {body}, status {status}")
        except (ValueError, KeyError, TypeError) as e:
            problems.append(f"stdout is no JSON error: {e}: {out[:200]!r}")
    elif out and words[0] != "run":
        problems.append(f"stdout of a failed command: {out[:200]!r}")
    return problems


def check_ok(words, status, out, err):
    if status != 0:
        return [f"status {status}, wanted 0: {err[-2000:]}"]
    problems = []
    if any(not line.startswith(("warning: ",)) for line in err.splitlines()):
        problems.append(f"stderr of a success: {err!r}")
    if CONTROL.search(err.replace("\n", "")) or CONTROL.search(out.replace("\n", "")):
        problems.append("control characters in the output")
    if "--json" in words:
        try:
            json.loads(out)
        except ValueError as e:
            problems.append(f"stdout is no JSON: {e}")
    return problems


def commands(row):
    """(words, the codes it may end with) of every command that a row is put through."""
    path, code = str(FOLDER / row["file"]), row["code"]
    verify = ["--verify"] if row.get("verify") else []
    opening = [code]
    if "max_decompressed" in row:  # the command line's budget is larger: the bomb goes off, and holds nothing
        opening = ["corrupt", "exhausted"]
    without = ["ok"] if row.get("verify") else opening  # whole-file checksums are read on request only
    for flags in ([], ["--json"]):
        yield ["inspect", path, *verify, *flags], opening
        yield ["tensors", path, "--stats", *flags], without
        yield ["tree", path, *flags], without
        yield ["run", path, "Hello", "-n", "1", *flags], (["corrupt", "unsupported", "model", "not_found", "exhausted"] if without == ["ok"] else without)
    if not (ROOT / path).is_dir():
        yield ["hex", path], ["ok"]


def one(runner, row):
    failures, count = [], 0
    for words, codes in commands(row):
        count += 1
        status, out, err = runner.run(*words)
        problems = check_ok(words, status, out, err) if codes == ["ok"] else check_error(words, status, out, err, codes)
        failures += [f"apr {' '.join(words)}: {problem}" for problem in problems]
    return count, failures


def main():
    binary, *wanted = sys.argv[1:]
    runner = Runner(binary)
    rows = [row for row in json.loads((ROOT / FOLDER / "cases.json").read_text()) if not wanted or any(w in row["file"] for w in wanted)]
    passed = failed = 0
    generated = subprocess.run([sys.executable, "tools/golden/make_malformed.py", "--check", str(FOLDER)], cwd=ROOT, capture_output=True, text=True)
    if generated.returncode:
        print(generated.stdout + generated.stderr)
        failed += 1
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for count, failures in pool.map(lambda row: one(runner, row), rows):
            print("".join(failure + "\n" for failure in failures), end="", flush=True)
            failed += len({f.split(": ")[0] for f in failures})
            passed += count - len({f.split(": ")[0] for f in failures})
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
