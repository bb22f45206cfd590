#!/usr/bin/env python3
"""Differential fuzzer: random typed Python functions, run by CPython and by their Rust translation.

  run.py DEPYLER [--seed N] [--files N] [--size N] [--keep FOLDER] [--minimise]

A file holds --size functions, since one run of rustc costs a second whatever the file's size; each function with its calls is
one program. Functions that are refused or do not compile are left out and counted; a run that ends in an OverflowError is loud,
not silent. What differs is printed with the function, cut down where --minimise is given. Needs CPython 3.11 and rustc.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from programs import file_text, make_functions

COUNTS = collections.Counter()
REFUSALS = collections.Counter()
REJECTIONS = collections.Counter()


def python_output(text, folder):
    path = folder / "fuzz.py"
    path.write_text(text)
    try:
        run = subprocess.run([sys.executable, str(path)], capture_output=True, timeout=20, env={"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin"})
    except subprocess.TimeoutExpired:
        return None
    return run.stdout.decode(errors="surrogateescape") if run.returncode == 0 else None


def lines_of(functions, text):
    """[(first line, last line, function)] of a file."""
    spans = []
    for f in functions:
        start = text.index(f.text)
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


def translate(depyler, functions, folder):
    """(functions that translate, Rust file or None)."""
    while functions:
        text = file_text(functions)
        (folder / "fuzz.py").write_text(text)
        rust = folder / "fuzz.rs"
        run = subprocess.run([depyler, "transpile", str(folder / "fuzz.py"), "-o", str(rust)], capture_output=True, text=True)
        if run.returncode == 0:
            return functions, rust
        spans = lines_of(functions, text)
        bad = set()
        for line, message in re.findall(r"fuzz\.py:(\d+):\d+: (.*)", run.stderr):
            bad |= {f.name for first, last, f in spans if first <= int(line) <= last}
            REFUSALS[re.sub(r"\d+", "N", message)[:70]] += 1
        if not bad:
            print(f"DIED: exit status {run.returncode}: {run.stderr[:300]}")
            (folder / "died.py").write_text(text)
            return functions, None
        COUNTS["refused"] += len(bad)
        functions = without(functions, bad)
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
    for line in re.findall(r"--> [^\n]*fuzz\.rs:(\d+):", errors):
        for text in reversed(source[:int(line)]):
            found = re.match(r"(?:pub )?(?:fn|impl|struct) .*?\b[fCD](\d+)\b", text)
            if found and f"f{found.group(1)}" in names:
                bad.add(f"f{found.group(1)}")
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
        for text in re.findall(r"^error(?:\[.*?\])?: .*", errors, re.M):
            if "aborting" not in text:
                REJECTIONS[re.sub(r"`[^`]*`", "`..`", text)[:90]] += 1
        bad = guilty(errors, rust, functions)
        if not bad:
            print("REJECTED, and no function found:", errors[:600])
            return functions, None
        COUNTS["rejected"] += len(bad)
        for f in functions:
            if f.name in bad:
                save_rejected(f, functions, folder, errors)
        functions = without(functions, bad)
    return functions, None


def save_rejected(function, functions, folder, errors):
    needed = closure(function, functions)
    (folder / f"rejected_{function.name}.py").write_text(file_text(needed))


def closure(function, functions):
    """The function and whatever it calls."""
    wanted = {function.name}
    for f in reversed(functions):
        if f.name in wanted:
            wanted |= set(f.needs)
    return [f for f in functions if f.name in wanted]


def sections(output):
    """{"f3 0": what that call printed}"""
    return dict(re.findall(r"^## (\S+ \d+)\n(.*?)(?=^## |\Z)", output or "", re.M | re.S))


def differences(depyler, functions, folder):
    """(names that differ, [(key, wanted, got)]) or None when nothing ran."""
    functions, binary = build(depyler, functions, folder)
    if binary is None:
        return functions, None
    wanted = python_output(file_text(functions), folder)
    if wanted is None:
        COUNTS["invalid in CPython"] += len(functions)
        return functions, None
    try:
        run = subprocess.run([str(binary)], capture_output=True, timeout=20)
    except subprocess.TimeoutExpired:
        return functions, [("timeout", "", "")]
    got = sections(run.stdout.decode(errors="surrogateescape"))
    want = sections(wanted)
    if run.returncode != 0:
        last = list(got)[-1] if got else None
        loud = re.search(rb"OverflowError|is not translated", run.stderr) is not None
        COUNTS["loud" if loud else "ended"] += 1
        if not loud:
            return functions, [(last or "?", want.get(last, ""), run.stderr.decode()[-300:])]
        name = last.split()[0] if last else functions[-1].name
        left = without(functions, {name})
        return differences(depyler, left, folder) if left else (left, None)
    return functions, [(k, want[k], got.get(k)) for k in want if want[k] != got.get(k)]


def blocks(lines):
    """Index ranges of statements with their bodies, outermost last, for removal."""
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
            budget -= 1
            text = file_text(rest + [function])
            keeps = python_output(text, folder) is not None and bool(differences(depyler, rest + [function], folder)[1])
            if keeps:
                changed = True
                break
            function.text = saved
            if budget <= 0:
                break
    COUNTS.clear()
    COUNTS.update(before)
    return file_text(closure(function, rest + [function]))


def fuzz_file(options, seed, folder):
    functions = make_functions(seed, options.size)
    by_name = {f.name: f for f in functions}
    compiled, found = differences(options.depyler, functions, folder)
    if found is None:
        return
    COUNTS["compared"] += len(compiled)
    COUNTS["calls"] += sum(len(f.calls) for f in compiled)
    seen = set()
    for key, wanted, got in found:
        name = key.split()[0]
        if name in seen or name not in by_name:
            continue
        seen.add(name)
        COUNTS["different"] += 1
        print(f"DIFFERENT seed {seed} {key}\n  wanted {wanted!r}\n  got    {got!r}")
        if options.minimise:
            small = minimise(options.depyler, by_name[name], compiled, int(key.split()[1]), folder)
            print("    " + small.split("\n\n\ndef main")[0].replace("\n", "\n    ") + f"\n    # {by_name[name].calls[0]}")
        else:
            print("    " + by_name[name].text.replace("\n", "\n    "))
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("depyler")
    parser.add_argument("--seed", type=int, default=1, help="of the first file; the next ones count up")
    parser.add_argument("--files", type=int, default=5)
    parser.add_argument("--size", type=int, default=40, help="functions a file")
    parser.add_argument("--keep", type=pathlib.Path, help="work in this folder and leave the files there")
    parser.add_argument("--minimise", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for seed in range(options.seed, options.seed + options.files):
            fuzz_file(options, seed, folder)
    for title, table in (("refusals", REFUSALS), ("rustc's errors", REJECTIONS)):
        for text, n in table.most_common(25):
            print(f"  {title}: {n:4} {text}")
    print(dict(COUNTS))
    failed = COUNTS["different"]
    print(f"{COUNTS['compared'] - failed} passed, {failed} failed")
    return 1 if failed or COUNTS["compared"] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
