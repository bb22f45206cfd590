#!/usr/bin/env python3
"""The table of the Python-to-Rust translator: how many programs it translates (T), rustc accepts (C), and behave as in
CPython on every recorded run (E); W compile and differ silently. The denominator is always all programs.

  depyler.py [--depyler BINARY] [--data FOLDER] [--modules] [--doctests FOLDER [--half a|b]] [--only TEXT] [--every N --first K] [--stage T|C|E] [--jobs N] [--verbose]
             [--verdicts FILE]

The data folder (or DEPYLER_DATA) holds programs/, cases.jsonl and replay.py, whose functions run the cases. rustc's
results are kept by hash under --cache. --modules takes modules/**/*.py instead: what has a main part runs as it is; of the
others every test_* function without parameters is called, and its name and result's repr compared. --doctests FOLDER takes the
examples in the docstrings of any folder of Python (doctest_programs.py says how); --half a|b one half of its files.
Needs CPython 3.11 to run this script, because it runs the programs too.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import types

from doctest_programs import doctest_programs

ROOT = pathlib.Path(__file__).resolve().parent.parent


def load_replay(data):
    """The script's functions; its last line, which calls main(), is left out."""
    module = types.ModuleType("replay")
    text = re.sub(r"^main\(\)\s*$", "", (data / "replay.py").read_text(), flags=re.M)
    exec(compile(text, str(data / "replay.py"), "exec"), module.__dict__)
    return module


def transpile(depyler, path, call_tests=False):
    """(Rust or None, list of (construct, text))."""
    options = ["--call-tests"] if call_tests else []
    run = subprocess.run([depyler, "transpile", str(path), "-o", "-", *options], capture_output=True)
    if run.returncode == 0:
        return run.stdout, []
    return None, run.stderr.decode(errors="replace").strip().split("\nhint:")[0].split("\n") if run.stderr else ["died"]


def compile_rust(rust, cache, opt):
    name = hashlib.sha256(rust + opt.encode()).hexdigest()[:24]
    binary, log = cache / name, cache / f"{name}.log"
    if binary.exists() or log.exists():
        return binary if binary.exists() else None, log.read_text() if log.exists() else ""
    source = cache / f"{name}.rs"
    source.write_bytes(rust)
    run = subprocess.run(["rustc", "--edition", "2021", "-C", f"opt-level={opt}", "-C", "debuginfo=0", "-C", "codegen-units=4",
                          "-o", str(binary), str(source)], capture_output=True, text=True)
    if run.returncode != 0:
        log.write_text(run.stderr)
        binary.unlink(missing_ok=True)
        return None, run.stderr
    return binary, run.stderr


def refusal_lines(lines):
    for text in lines:
        match = re.search(r":\d+:\d+: (.*)$", text)
        if match:
            yield re.sub(r"'[^']*'", lambda m: m.group(0) if len(m.group(0)) < 40 else "'...'", match.group(1))


def check_cases(replay, data, file, binary, cases):
    source = data / "programs" / os.path.dirname(file)
    bad = []
    for case in cases:
        name = os.path.basename(file)
        wanted = replay.run(str(source), lambda d: [sys.executable, os.path.join(d, name)], case)
        got = replay.run(str(source), lambda d: [str(binary)], case)
        if wanted != got:
            bad.append((case, wanted, got))
    return bad


CALLS = """
import runpy, sys
sys.argv = [sys.argv[1]]
names = runpy.run_path(sys.argv[0], run_name="__main__")
for name, function in names.items():
    code = getattr(function, "__code__", None)
    if name.startswith("test_") and CALL and code and not code.co_argcount + code.co_kwonlyargcount and not code.co_flags & 12:
        print(name, repr(function()))
"""


def has_main(text):
    return re.search(r"^if __name__ == ['\"]__main__['\"]", text, re.M) is not None


def module_result(path, cache):
    """What CPython does with a module: (exit status, stdout), or None where two runs differ or take too long."""
    text = path.read_text()
    script = CALLS.replace("CALL", "False" if has_main(text) else "True")
    kept = cache / (hashlib.sha256((script + text).encode()).hexdigest()[:24] + ".py.json")
    if kept.exists():
        return json.loads(kept.read_text())
    runs = []
    for seed in "12":
        try:
            run = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, timeout=20, cwd="/tmp",
                                 env={**os.environ, "PYTHONHASHSEED": seed}, stdin=subprocess.DEVNULL)
            runs.append([run.returncode, run.stdout.decode(errors="replace")])
        except subprocess.TimeoutExpired:
            runs.append(None)
    result = runs[0] if runs[0] == runs[1] else None
    kept.write_text(json.dumps(result))
    return result


def check_module(path, binary, cache):
    """A verdict and its detail for a compiled module; those that fail in CPython, or vary, only have to compile."""
    wanted = module_result(path, cache)
    if wanted is None or wanted[0] != 0:
        return "compiled", []
    return check_once(binary, wanted)


def check_once(binary, wanted):
    """A verdict and its detail for a program that takes no arguments."""
    try:
        run = subprocess.run([str(binary)], capture_output=True, timeout=20, cwd="/tmp", stdin=subprocess.DEVNULL)
        got = [run.returncode, run.stdout.decode(errors="replace")]
        error = run.stderr.decode(errors="replace")[-300:]
    except subprocess.TimeoutExpired:
        got, error = [124, ""], "too long"
    if got == wanted:
        return "equal", []
    return "differs", [({"args": error, "stdin": ""}, wanted, got)]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--depyler", default=str(ROOT / "build/release/bin/depyler"))
    parser.add_argument("--data", default=os.environ.get("DEPYLER_DATA"))
    parser.add_argument("--modules", action="store_true", help="modules/ instead of programs/: test_* functions are called")
    parser.add_argument("--doctests", type=pathlib.Path, metavar="FOLDER", help="programs from the examples in its docstrings")
    parser.add_argument("--half", choices="ab", help="of --doctests: one half of the files")
    parser.add_argument("--only", default="")
    parser.add_argument("--every", type=int, default=1, help="a sample: every Nth program, from --first")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--stage", choices="TCE", default="E")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--opt", default="0")
    parser.add_argument("--cache", default="/tmp/depyler-bench")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--verdicts", type=pathlib.Path, help="write {program: verdict} as JSON")
    args = parser.parse_args()
    if not args.data and not args.doctests:
        parser.error("--data or DEPYLER_DATA must name the folder with programs/ and cases.jsonl")
    return args


class Bench:
    """One run over a corpus: what each file came to, and the tallies."""

    def __init__(self, args):
        self.args = args
        self.data, self.cache = pathlib.Path(args.data or "."), pathlib.Path(args.cache)
        self.cache.mkdir(parents=True, exist_ok=True)
        self.refusals, self.errors, self.count = collections.Counter(), collections.Counter(), collections.Counter()
        self.verdicts = {}
        self.cases = collections.defaultdict(list)
        if args.doctests:
            self.doctests, skipped = doctest_programs(args.doctests, args.half, self.cache)
            print(f"files without a program: {dict(skipped)}")
            files = list(self.doctests)
        elif args.modules:
            root = self.data / "modules"
            files = [str(path.relative_to(root)) for path in root.rglob("*.py")]
        else:
            self.replay = load_replay(self.data)
            for line in (self.data / "cases.jsonl").read_text().splitlines():
                case = json.loads(line)
                self.cases[case["file"]].append(case)
            files = list(self.cases)
        self.files = [file for file in sorted(files) if args.only in file][args.first::args.every]

    def one(self, file):
        """(file, verdict, detail)"""
        args = self.args
        if args.doctests:
            path, wanted = self.doctests[file]
        else:
            path = self.data / ("modules" if args.modules else "programs") / file
        rust, lines = transpile(args.depyler, path, args.modules and not has_main(path.read_text()))
        if rust is None:
            return file, "refused", lines
        if args.stage == "T":
            return file, "translated", []
        binary, log = compile_rust(rust, self.cache, args.opt)
        if binary is None:
            return file, "rejected", log
        if args.stage == "C":
            return file, "compiled", []
        if args.doctests:
            return file, *check_once(binary, [0, wanted])
        if args.modules:
            return file, *check_module(path, binary, self.cache)
        bad = check_cases(self.replay, self.data, file, binary, self.cases[file])
        return file, "differs" if bad else "equal", bad

    def note(self, file, verdict, detail):
        verbose = self.args.verbose
        self.count[verdict] += 1
        self.verdicts[file] = verdict
        if verdict == "refused":
            self.refusals.update(set(refusal_lines(detail)) or {detail[0]})
            if verbose:
                print(f"REFUSED {file} {'; '.join(sorted(set(refusal_lines(detail)))) or detail[0]}")
        if verdict == "rejected":
            self.errors.update(set(re.findall(r"^error.*$", detail, re.M)[:6]))
            print(f"REJECTED {file}")
            if verbose:
                print("\n".join(re.findall(r"^error.*\n.*-->.*\n.*\n.*$", detail, re.M)[:4]))
        if verdict == "differs":
            print(f"DIFFERS {file} {len(detail)} of {len(self.cases[file]) or 1}")
            if verbose:
                case, wanted, got = detail[0]
                print(f"  args {case['args']} stdin {case['stdin']!r}\n  wanted {wanted}\n  got    {got}")

    def report(self):
        if self.args.verdicts:
            self.args.verdicts.write_text(json.dumps(self.verdicts, indent=1))
        count, total, stage = self.count, len(self.files), self.args.stage
        translated = total - count["refused"]
        print("\nRefusals by construct (programs):")
        for text, n in self.refusals.most_common(60):
            print(f"  {n:4} {text}")
        if self.errors:
            print("rustc's errors (programs):")
            for text, n in self.errors.most_common(25):
                print(f"  {n:4} {text[:150]}")
        share = lambda n: f"{n:4} {100 * n / max(total, 1):6.1f} %"
        print(f"\nprograms        {total:4}\nT translated    {share(translated)}")
        if stage != "T":
            print(f"C compiled      {share(translated - count['rejected'])}")
        if stage == "E":
            print(f"E all runs equal{share(count['equal'])}\nW differs       {share(count['differs'])}")
        if self.args.modules and stage == "E":
            print(f"  compiled, nothing to compare {count['compiled']}")


def main():
    args = parse_arguments()
    sys.stdout.reconfigure(line_buffering=True)
    bench = Bench(args)
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for file, verdict, detail in pool.map(bench.one, bench.files):
            bench.note(file, verdict, detail)
    bench.report()
    return 0


if __name__ == "__main__":
    sys.exit(main())
