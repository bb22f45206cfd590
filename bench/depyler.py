#!/usr/bin/env python3
"""The table of the Python-to-Rust translator: how many programs it translates (T), rustc accepts (C), and behave as in
CPython on every recorded run (E); W compile and differ silently. The denominator is always all programs.

  depyler.py [--depyler BINARY] [--data FOLDER] [--only TEXT] [--every N --first K] [--stage T|C|E] [--jobs N] [--verbose]
             [--verdicts FILE]

The data folder (or DEPYLER_DATA) holds programs/, cases.jsonl and replay.py, whose functions run the cases. rustc's
results are kept by hash under --cache. Needs CPython 3.11 to run this script, because it runs the programs too.
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

ROOT = pathlib.Path(__file__).resolve().parent.parent


def load_replay(data):
    """The script's functions; its last line, which calls main(), is left out."""
    module = types.ModuleType("replay")
    text = re.sub(r"^main\(\)\s*$", "", (data / "replay.py").read_text(), flags=re.M)
    exec(compile(text, str(data / "replay.py"), "exec"), module.__dict__)
    return module


def transpile(depyler, path):
    """(Rust or None, list of (construct, text))."""
    run = subprocess.run([depyler, "transpile", str(path), "-o", "-"], capture_output=True)
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--depyler", default=str(ROOT / "build/release/bin/depyler"))
    parser.add_argument("--data", default=os.environ.get("DEPYLER_DATA"))
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
    sys.stdout.reconfigure(line_buffering=True)
    if not args.data:
        parser.error("--data or DEPYLER_DATA must name the folder with programs/ and cases.jsonl")
    data, cache = pathlib.Path(args.data), pathlib.Path(args.cache)
    cache.mkdir(parents=True, exist_ok=True)
    replay = load_replay(data)
    cases = collections.defaultdict(list)
    for line in (data / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        cases[case["file"]].append(case)
    files = [f for f in sorted(cases) if args.only in f][args.first::args.every]
    refusals, errors, result = collections.Counter(), collections.Counter(), {}

    def one(file):
        rust, lines = transpile(args.depyler, data / "programs" / file)
        if rust is None:
            return file, "refused", lines
        if args.stage == "T":
            return file, "translated", []
        binary, log = compile_rust(rust, cache, args.opt)
        if binary is None:
            return file, "rejected", log
        if args.stage == "C":
            return file, "compiled", []
        bad = check_cases(replay, data, file, binary, cases[file])
        return file, "differs" if bad else "equal", bad

    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for file, verdict, detail in pool.map(one, files):
            result[file] = verdict
            if verdict == "refused":
                refusals.update(set(refusal_lines(detail)) or {detail[0]})
            if verdict == "rejected":
                first = re.findall(r"^error.*$", detail, re.M)[:6]
                errors.update(set(first))
                print(f"REJECTED {file}")
                if args.verbose:
                    print("\n".join(re.findall(r"^error.*\n.*-->.*\n.*\n.*$", detail, re.M)[:4]))
            if verdict == "differs":
                print(f"DIFFERS {file} {len(detail)} of {len(cases[file])}")
                if args.verbose:
                    case, wanted, got = detail[0]
                    print(f"  args {case['args']} stdin {case['stdin']!r}\n  wanted {wanted}\n  got    {got}")
    if args.verdicts:
        args.verdicts.write_text(json.dumps(result, indent=1))
    count = collections.Counter(result.values())
    total = len(files)
    translated = total - count["refused"]
    compiled = translated - count["rejected"]
    print("\nRefusals by construct (programs):")
    for text, n in refusals.most_common(60):
        print(f"  {n:4} {text}")
    if errors:
        print("rustc's errors (programs):")
        for text, n in errors.most_common(25):
            print(f"  {n:4} {text[:150]}")
    share = lambda n: f"{n:4} {100 * n / max(total, 1):6.1f} %"
    print(f"\nprograms        {total:4}\nT translated    {share(translated)}")
    if args.stage != "T":
        print(f"C compiled      {share(compiled)}")
    if args.stage == "E":
        print(f"E all runs equal{share(count['equal'])}\nW differs       {share(count['differs'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
