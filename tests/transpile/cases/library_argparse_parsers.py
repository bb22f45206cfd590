import argparse, sys
class Wide(argparse.ArgumentDefaultsHelpFormatter, argparse.RawDescriptionHelpFormatter):
    pass
p = argparse.ArgumentParser(prog="t", usage="%(prog)s [options] FILE", allow_abbrev=False, fromfile_prefix_chars="@", exit_on_error=False, argument_default=argparse.SUPPRESS)
p.add_argument("--level", type=int, choices=[1, 2, 3], help="a level, one of %(choices)s (type %(type)s)")
p.add_argument("--ratio", type=float, metavar="R", help=argparse.SUPPRESS)
p.add_argument("--pair", nargs=2, type=int, metavar=("X", "Y"), help="two ints")
p.add_argument("--opt", nargs="?", const="const", default="none")
p.add_argument("--many", action="extend", nargs="+", default=["z"])
p.add_argument("--const", action="append_const", const=1, dest="consts")
p.add_argument("--const2", action="append_const", const=2, dest="consts")
p.add_argument("--off", action="store_false", dest="on")
p.add_argument("file")
p.add_argument("rest", nargs=argparse.REMAINDER)
for argv in (["f"], ["--level", "2", "f", "--x", "y"], ["--pair", "1", "2", "f"], ["--opt", "--", "f"], ["--many", "a", "b", "--off", "--const", "--const2", "f"]):
    ns = p.parse_args(argv)
    print(sorted(vars(ns).items()))
    print(ns)
try:
    p.parse_args(["--level", "9", "f"])
except argparse.ArgumentError as e:
    print("ERR", e, e.argument_name, e.message)
try:
    p.parse_args(["--level", "q", "f"])
except argparse.ArgumentError as e:
    print("ERR", e)
known, rest = argparse.ArgumentParser(prog="k").parse_known_args(["--a", "b"])
print(known, rest)
q = argparse.ArgumentParser(prog="q", prefix_chars="-+")
q.add_argument("+x", action="store_true")
q.add_argument("-y", type=int)
print(q.parse_args(["+x", "-y", "3"]))
q.set_defaults(y=9, z="zz")
print(q.parse_args([]), q.get_default("y"))
ns = argparse.Namespace(a=1, b="x")
print(ns, ns.a, "a" in ns, "c" in ns, vars(ns), ns == argparse.Namespace(a=1, b="x"))
ns.c = 4
print(ns.c, hasattr(ns, "d"), getattr(ns, "d", None))
p.print_help()
q.print_help()
req = argparse.ArgumentParser(prog="req")
g = req.add_argument_group("required named")
g.add_argument("-i", "--input", required=True, help="input 100%%")
m = req.add_mutually_exclusive_group(required=True)
m.add_argument("--a", action="store_true", help="a")
m.add_argument("--b", type=int, help="b")
req.print_help()
try:
    req.parse_args(["-i", "x"])
except SystemExit as e:
    print(e.code)
try:
    req.error("custom")
except SystemExit as e:
    print(e.code)
try:
    req.exit(3, "bye\n")
except SystemExit as e:
    print(e.code)
w = argparse.ArgumentParser(prog="w", description="First\n  second", formatter_class=Wide, conflict_handler="resolve")
w.add_argument("-x", "--old", default=1, help="old")
w.add_argument("-x", "--new", type=int, default=2, help="new")
w.print_help()
n = argparse.ArgumentParser(prog="n", formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=40, width=60))
n.add_argument("--a-rather-long-option-name", metavar="VALUE", help="a text that is long enough to be wrapped somewhere")
n.print_help()
for name in ("alpha", "beta"):
    n.add_argument("--" + name, type=int, default=argparse.SUPPRESS)
got = n.parse_args(["--alpha", "3"])
print(got.alpha, hasattr(got, "beta"), vars(got))
into = argparse.Namespace(kept=1)
print(n.parse_args(["--beta", "4"], namespace=into), into.kept)
class Upper(argparse.Action):
    def __init__(self, option_strings, dest, nargs=None, **kwargs):
        if nargs is not None:
            raise ValueError("nargs not allowed")
        super().__init__(option_strings, dest, **kwargs)
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values.upper())
class Seen(argparse.Action):
    def __init__(self, option_strings, dest, **kwargs):
        super().__init__(option_strings, dest, nargs=0, default=0, **kwargs)
    def __call__(self, parser, namespace, values, option_string=None):
        namespace.times = getattr(namespace, self.dest) + 1
        setattr(namespace, self.dest, namespace.times)
        print(option_string, values)
class Check(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        if values < 0:
            parser.error(f"{option_string}: {values} is negative")
        namespace.checked = values * 2
c = argparse.ArgumentParser(prog="c")
c.add_argument("-u", "--upper", action=Upper, help="in capitals", default="none")
c.add_argument("-s", action=Seen)
c.add_argument("--check", type=int, action=Check)
c.add_argument("word", action=Upper)
cs = c.parse_args(["w", "-u", "abc", "-s", "-s", "--check", "4"])
print(cs.upper, cs.s, cs.word, cs.checked, cs.check, cs.times)
c.print_help()
try:
    c.parse_args(["w", "--check", "-4"])
except SystemExit as e:
    print(e.code)
