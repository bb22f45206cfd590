#!/usr/bin/env python3
"""Differential fuzzer: random typed Python programs, run by CPython and by their Rust translation.

  run.py DEPYLER [--seed N] [--files N] [--size N] [--keep FOLDER] [--tally FILE] [--minimise]

A file holds --size small programs (a function with what it needs, and its calls), since one run of rustc costs seconds whatever
the file's size. Programs that are refused or that rustc rejects are left out and counted; a call that ends in the OverflowError
of 64 bits is loud, not silent, and is left out alone. What differs is printed with the program, cut down where --minimise is
given. --tally adds a line of counts a file to FILE and does not repeat files it has for the same binary. Needs CPython 3.11
and rustc.
"""
import argparse
import collections
import hashlib
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from programs import file_text, make_functions

COUNTS = collections.Counter()
REFUSALS = collections.Counter()
REJECTIONS = collections.Counter()
LOUD = re.compile(r"OverflowError|is not translated|64 bits")
LIMIT = re.compile(r"OverflowError.*(64 bits|too large to convert)")


def python_output(text, folder):
    path = folder / "fuzz.py"
    path.write_text(text)
    try:
        run = subprocess.run([sys.executable, "-W", "ignore", str(path)], capture_output=True, timeout=20,
                             env={"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"})
    except subprocess.TimeoutExpired:
        return None
    return run.stdout.decode(errors="surrogateescape") if run.returncode == 0 else None


def lines_of(functions, text):
    """[(first line, last line, function)] of a file."""
    spans = []
    for f in functions:
        start = text.index("\n\n\n" + f.text + "\n\n\n") + 3
        first = text.count("\n", 0, start) + 1
        spans.append((first, first + f.text.count("\n"), f))
    return spans


def without(functions, bad):
    """Those left when `bad` names go, and whoever calls them."""
    left = []
    for f in functions:
        if f.name in bad or any(n in bad for n in f.needs):
            bad = bad | {f.name}
        else:
            left.append(f)
    return left


def at_line(functions, text, line):
    """Names of the functions at a line of the file; a line of main belongs to the function it calls."""
    found = {f.name for first, last, f in lines_of(functions, text) if first <= line <= last}
    if not found:
        name = re.search(r"\b(f\d+)\b|$", "".join(re.findall(r"repr\((.*)", text.split("\n")[line - 1]))).group(1)
        owners = [f.name for f in functions if any(c in text.split("\n")[line - 1] for c in f.calls)]
        found = set(owners[:1]) or ({name} if name else set())
    return found


def whole_file_refusal(depyler, functions, folder):
    """The first function with which the file is refused as a whole; each needs earlier ones only."""
    low, high = 0, len(functions)
    while high - low > 1:
        middle = (low + high) // 2
        (folder / "part.py").write_text(file_text(functions[:middle]))
        run = subprocess.run([depyler, "check", str(folder / "part.py")], capture_output=True, text=True)
        whole = run.returncode != 0 and not any(at_line(functions[:middle], file_text(functions[:middle]), int(n)) for n in re.findall(r"part\.py:(\d+):", run.stderr))
        low, high = (low, middle) if whole else (middle, high)
    return functions[low]


def translate(depyler, functions, folder):
    """(functions that translate, Rust file or None)."""
    while functions:
        text = file_text(functions)
        (folder / "fuzz.py").write_text(text)
        rust = folder / "fuzz.rs"
        run = subprocess.run([depyler, "transpile", str(folder / "fuzz.py"), "-o", str(rust), "--force"], capture_output=True, text=True)
        if run.returncode == 0:
            return functions, rust
        bad = set()
        for line, message in re.findall(r"fuzz\.py:(\d+):\d+: (.*)", run.stderr):
            names = at_line(functions, text, int(line))
            if not names <= bad or not names:
                REFUSALS[re.sub(r"\d+", "N", message)[:90]] += 1
            bad |= names
        if not bad:
            guilty_one = whole_file_refusal(depyler, functions, folder)
            print(f"WHOLE FILE refused because of {guilty_one.name}: {run.stderr.splitlines()[:1]}")
            (folder / f"whole_{guilty_one.name}.py").write_text(file_text(closure(guilty_one, functions)))
            bad = {guilty_one.name}
        left = without(functions, bad)
        COUNTS["refused"] += len(functions) - len(left)
        functions = left
    return functions, None


def compile_rust(rust):
    command = ["rustc", "--edition", "2021", "-C", "opt-level=0", "-C", "debuginfo=0", "-C", "codegen-units=4", "-o", str(rust.with_suffix("")), str(rust)]
    run = subprocess.run(command, capture_output=True, text=True)
    return None if run.returncode == 0 else run.stderr


def guilty(errors, rust, functions):
    """The functions in whose Rust rustc's errors lie."""
    source = rust.read_text().split("\n")
    bad = set()
    names = {f.name for f in functions}
    for line in re.findall(r"^error[^\n]*\n +--> [^\n]*fuzz\.rs:(\d+):", errors, re.M):
        for text in reversed(source[:int(line)]):
            item = re.match(r"(?:pub )?(?:async )?(?:fn|struct|enum|trait|static|const|type) (\w+)|impl(?:<.*?>)? (?:.* for )?(\w+)", text)
            found = re.search(r"\d+", (item.group(1) or item.group(2)) if item else "")
            if found and f"f{found.group()}" in names:
                bad.add(f"f{found.group()}")
                break
    return bad


def build(depyler, functions, folder):
    """(functions that compile, binary or None)."""
    for _ in range(8):
        functions, rust = translate(depyler, functions, folder)
        if rust is None:
            return functions, None
        errors = compile_rust(rust)
        if errors is None:
            return functions, rust.with_suffix("")
        bad = guilty(errors, rust, functions)
        for text in re.findall(r"^error(?:\[.*?\])?: .*", errors, re.M):
            if "aborting" not in text:
                REJECTIONS[re.sub(r"\d+", "N", text)[:110]] += 1
        if not bad:
            print("REJECTED, and no function found:", errors[:600])
            COUNTS["rejected"] += len(functions)
            return functions, None
        COUNTS["rejected"] += len(bad)
        for f in functions:
            if f.name in bad:
                (folder / f"rejected_{f.name}.py").write_text(file_text(closure(f, functions)))
        functions = without(functions, bad)
    return functions, None


def closure(function, functions):
    """The function and whatever it calls."""
    wanted = {function.name}
    for f in reversed(functions):
        if f.name in wanted:
            wanted |= set(f.needs)
    return [f for f in functions if f.name in wanted]


def sections(output):
    """{"f3.0": what that call printed}"""
    return dict(re.findall(r"^## (\S+\.\d+)\n(.*?)(?=^## |\Z)", output or "", re.M | re.S))


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


def one_run(binary, skipped):
    """(sections, None or why the program ended early)"""
    try:
        run = subprocess.run([str(binary), *skipped], capture_output=True, timeout=20, preexec_fn=limit_memory)
    except subprocess.TimeoutExpired as late:
        return sections((late.stdout or b"").decode(errors="surrogateescape")), "no end within 20 s"
    got = sections(run.stdout.decode(errors="surrogateescape"))
    return got, None if run.returncode == 0 else run.stderr.decode(errors="replace")[-400:] or f"exit status {run.returncode}"


def run_binary(binary):
    """(sections, {call: message} of those that ended the program). Each of these is skipped in another run."""
    ended = {}
    for _ in range(60):
        got, why = one_run(binary, ended)
        last = list(got)[-1] if got else "?"
        if why is None or last in ended or last == "?":
            return got, ended
        ended[last] = why
    return got, ended


def differences(depyler, functions, folder):
    """(functions that ran, [(call, wanted, got)] or None when nothing ran)."""
    wanted = python_output(file_text(functions), folder)
    if wanted is None:
        COUNTS["invalid in CPython"] += len(functions)
        return functions, None
    functions, binary = build(depyler, functions, folder)
    if binary is None:
        return functions, None
    got, ended = run_binary(binary)
    want = sections(wanted)
    names = {f.name for f in functions}
    found = []
    for call, text in want.items():
        if call.split(".")[0] not in names:
            continue
        if call in ended:
            COUNTS["loud" if LOUD.search(ended[call]) else "ended"] += 1
            if not LOUD.search(ended[call]):
                print(f"ENDED {call}: {ended[call].strip().splitlines()[-1:]}")
        elif got.get(call) != text:
            if LIMIT.search(got.get(call, "")) and not LIMIT.search(text):
                COUNTS["loud"] += 1  # caught by the program's own `except Exception`
            else:
                found.append((call, text, got.get(call)))
    return functions, found


def blocks(lines):
    """Index ranges of statements with their bodies, the longest first, for removal."""
    ranges = []
    for i, line in enumerate(lines[1:], 1):
        indent = len(line) - len(line.lstrip())
        end = i + 1
        while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > indent:
            end += 1
        ranges.append((i, end))
    return sorted(ranges, key=lambda r: r[0] - r[1])


def minimise(depyler, function, functions, index, folder, budget=30):
    """The function without statements that the difference does not need."""
    needed = closure(function, functions)
    rest = [f for f in needed if f is not function]
    function.calls = [function.calls[index]]
    before = COUNTS.copy()
    changed = True
    while changed and budget > 0:
        changed = False
        lines = function.text.split("\n")
        for start, end in blocks(lines):
            shorter = lines[:start] + lines[end:]
            saved, function.text = function.text, "\n".join(shorter)
            if python_output(file_text(rest + [function]), folder) is not None:
                budget -= 1
                if differences(depyler, rest + [function], folder)[1]:
                    changed = True
                    break
            function.text = saved
            if budget <= 0:
                break
    COUNTS.clear()
    COUNTS.update(before)
    return file_text(closure(function, rest + [function]))


def first_difference(wanted, got):
    """The first lines that differ."""
    for one, other in zip(wanted.split("\n"), (got or "").split("\n")):
        if one != other:
            return f"  wanted {one!r}\n  got    {other!r}"
    return f"  wanted {wanted[-200:]!r}\n  got    {(got or '')[-200:]!r}"


def report(options, seed, found, compiled, by_name, folder):
    seen = set()
    for call, wanted, got in found:
        name, index = call.split(".")
        if name in seen or name not in by_name:
            continue
        seen.add(name)
        COUNTS["different"] += 1
        print(f"DIFFERENT seed {seed} {call}: {by_name[name].calls[int(index)]}\n{first_difference(wanted, got)}")
        if options.keep:
            (folder / f"different_{seed}_{name}.py").write_text(file_text(closure(by_name[name], compiled)))
        if options.minimise:
            small = minimise(options.depyler, by_name[name], compiled, int(index), folder)
            print("    " + small.split("\n\n\ndef main")[0].replace("\n", "\n    ") + f"\n    # {by_name[name].calls[0]}")
        elif not options.keep:
            print("    " + by_name[name].text.replace("\n", "\n    "))


def fuzz_file(options, seed, folder):
    functions = make_functions(seed, options.size)
    by_name = {f.name: f for f in functions}
    compiled, found = differences(options.depyler, functions, folder)
    if found is not None:
        COUNTS["compared"] += len(compiled)
        COUNTS["calls"] += sum(len(f.calls) for f in compiled)
        report(options, seed, found, compiled, by_name, folder)
    sys.stdout.flush()


def tallied(options):
    """(key of the binary and the size, seeds that the tally has)."""
    key = hashlib.sha256(pathlib.Path(options.depyler).read_bytes()).hexdigest()[:12] + f"/{options.size}"
    rows = [json.loads(line) for line in options.tally.read_text().splitlines()] if options.tally and options.tally.exists() else []
    return key, {row["seed"] for row in rows if row["key"] == key}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("depyler")
    parser.add_argument("--seed", type=int, default=1, help="of the first file; the next ones count up")
    parser.add_argument("--files", type=int, default=5)
    parser.add_argument("--size", type=int, default=100, help="programs a file")
    parser.add_argument("--keep", type=pathlib.Path, help="work in this folder and leave the files there")
    parser.add_argument("--tally", type=pathlib.Path)
    parser.add_argument("--minimise", action="store_true")
    options = parser.parse_args()
    key, done = tallied(options)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for seed in range(options.seed, options.seed + options.files):
            if seed in done:
                continue
            before = COUNTS.copy()
            fuzz_file(options, seed, folder)
            if options.tally:
                with options.tally.open("a") as tally:
                    tally.write(json.dumps({"key": key, "seed": seed, **(COUNTS - before)}) + "\n")
    for title, table in (("refusals", REFUSALS), ("rustc's errors", REJECTIONS)):
        for text, n in table.most_common(40):
            print(f"  {title}: {n:4} {text}")
    print(dict(COUNTS))
    failed = COUNTS["different"]
    print(f"{COUNTS['compared'] - failed} passed, {failed} failed")
    return 1 if failed or COUNTS["compared"] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
