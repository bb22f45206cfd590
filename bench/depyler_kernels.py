#!/usr/bin/env python3
"""How fast translated programs are beside CPython: the kernels of depyler_kernels/, each about a second in CPython.

  depyler_kernels.py [KERNEL..] [--depyler BINARY] [--rounds 5] [--keep FILE]

Each is translated and compiled (rustc -O) first; then CPython and the binary run in turn, and the medians are compared.
Stdout must be equal. --keep adds the figures to a JSON file and prints the table of all kernels in it, for runs in parts.
The clock is the process's CPU time, user and system: others who share the machine then count less.
"""
import argparse
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
KERNELS = ROOT / "bench" / "depyler_kernels"


def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, done.stdout


def build(depyler, kernel, folder):
    source, binary = folder / f"{kernel}.rs", folder / kernel
    for command in ([depyler, "transpile", str(KERNELS / f"{kernel}.py"), "-o", str(source), "--force"],
                    ["rustc", "--edition", "2021", "-O", "-o", str(binary), str(source)]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr[-3000:]}")
    return binary


def compare(kernel, binary, rounds):
    python, rust = [], []
    for _ in range(rounds):
        used, wanted = timed([sys.executable, str(KERNELS / f"{kernel}.py")])
        python.append(used)
        used, got = timed([str(binary)])
        rust.append(used)
        if wanted != got:
            sys.exit(f"{kernel}: the outputs differ\nCPython: {wanted[:300]!r}\nRust:    {got[:300]!r}")
    return {"python": statistics.median(python), "rust": statistics.median(rust)}


def table(figures):
    print(f"| {'kernel':15} | CPython s | Rust s | ratio |\n|{'-' * 17}|----------:|-------:|------:|")
    ratios = {}
    for kernel, times in sorted(figures.items()):
        ratios[kernel] = times["python"] / times["rust"]
        print(f"| {kernel:15} | {times['python']:9.2f} | {times['rust']:6.3f} | {ratios[kernel]:5.1f} |")
    least = min(ratios, key=ratios.get)
    print(f"\n{len(ratios)} kernels: geometric mean {statistics.geometric_mean(ratios.values()):.1f}x, "
          f"least {ratios[least]:.1f}x ({least})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kernels", nargs="*")
    parser.add_argument("--depyler", default=str(ROOT / "build/release/bin/depyler"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--built", type=pathlib.Path, help="a folder for the binaries; those that are there are used")
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    names = args.kernels or sorted(p.stem for p in KERNELS.glob("*.py"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.built or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        binaries = {k: folder / k if (folder / k).exists() else build(args.depyler, k, folder) for k in names}
        kept = json.loads(args.keep.read_text()) if args.keep and args.keep.exists() else {}
        if args.rounds > 0:
            figures = {k: compare(k, binaries[k], args.rounds) for k in names}
            kept.update(figures)
            if args.keep:
                args.keep.write_text(json.dumps(kept, indent=1))
    if kept:
        table(kept)


if __name__ == "__main__":
    main()
