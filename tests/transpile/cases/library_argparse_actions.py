import argparse, sys, enum, os
from typing import List, Optional

class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"
    def __str__(self) -> str:
        return self.value

class KeyValue(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        table = getattr(namespace, self.dest) or {}
        for v in values:
            k, _, val = v.partition("=")
            table[k] = val
        setattr(namespace, self.dest, table)

def positive(text: str) -> int:
    n = int(text)
    if n <= 0:
        raise argparse.ArgumentTypeError(f"{n} is not positive")
    return n

def build() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(prog="tool", description="Does things.", epilog="See docs.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    p.add_argument("--version", action="version", version="%(prog)s 1.2")
    p.add_argument("-v", "--verbose", action="count", default=0, help="more output")
    p.add_argument("--color", type=Color, choices=list(Color), default=Color.RED, help="the color")
    p.add_argument("--set", dest="settings", action=KeyValue, nargs="+", metavar="K=V", help="settings")
    p.add_argument("--cache", action=argparse.BooleanOptionalAction, default=True, help="use cache")
    p.add_argument("-n", "--num", type=positive, default=5, help="how many (default: %(default)s)")
    g = p.add_argument_group("io", "input and output")
    g.add_argument("--out", type=str, default="-", help="where")
    x = p.add_mutually_exclusive_group()
    x.add_argument("--fast", action="store_true")
    x.add_argument("--slow", action="store_true")
    p.add_argument("files", nargs="*", help="files")
    return p

def main() -> int:
    p = build()
    for argv in [[], ["a", "b", "-vv", "--set", "x=1", "y=2", "--no-cache"], ["--color", "blue", "-n", "7", "--fast"]]:
        ns = p.parse_args(argv)
        print(ns.verbose, ns.color, ns.settings, ns.cache, ns.num, ns.out, ns.fast, ns.slow, ns.files)
    p.print_help()
    p.print_usage()
    print(p.format_usage(), end="")
    for bad in [["-n", "-1"], ["-n", "x"], ["--fast", "--slow"], ["--color", "green"], ["--version"], ["--nope"]]:
        try:
            p.parse_args(bad)
        except SystemExit as e:
            print("exit", e.code)
    return 0
if __name__ == "__main__":
    sys.exit(main())
