"""argparse: help, usage, parsing and errors. A parser is described by records that both sides interpret."""
import argparse
import contextlib
import io
import os
import random

os.environ["COLUMNS"] = "80"
TYPES = {"int": int, "float": float, "str": str}
FORMATS = {"raw": argparse.RawDescriptionHelpFormatter, "rawtext": argparse.RawTextHelpFormatter,
           "defaults": argparse.ArgumentDefaultsHelpFormatter, "metavar": argparse.MetavarTypeHelpFormatter}


def literal(s):
    return {"None": None, "True": True, "False": False, "SUPPRESS": argparse.SUPPRESS, "[]": []}.get(s[1:]) if s[0] == "!" else (
        int(s[1:]) if s[0] == "i" else float(s[1:]) if s[0] == "f" else s[1:])


def argument(fields):
    kw = dict(f.split("=", 1) for f in fields)
    out = {}
    for k, v in kw.items():
        if k == "type":
            out[k] = TYPES[v]
        elif k == "nargs":
            out[k] = int(v) if v.isdigit() else v
        elif k in ("default", "const"):
            out[k] = literal(v)
        elif k == "choices":
            out[k] = [literal(x) for x in v.split(",")]
        elif k == "required":
            out[k] = True
        elif k == "metavar" and "," in v:
            out[k] = tuple(v.split(","))
        elif k == "help" and v == "SUPPRESS":
            out[k] = argparse.SUPPRESS
        elif k == "action" and v == "BooleanOptionalAction":
            out[k] = argparse.BooleanOptionalAction
        else:
            out[k] = v
    return out


def parser_options(fields):
    out = dict(f.split("=", 1) for f in fields)
    if "formatter" in out:
        out["formatter_class"] = FORMATS[out.pop("formatter")]
    for k in ("add_help", "allow_abbrev"):
        if k in out:
            out[k] = out[k] == "1"
    return out


def build(spec):
    made = {}
    for record in spec.split("\x1e"):
        op, *f = record.split("\x1f")
        if op == "P":
            made["p"] = argparse.ArgumentParser(**parser_options(f))
        elif op == "A":
            made[f[0]].add_argument(*f[1].split(","), **argument(f[2:]))
        elif op == "G":
            made[f[1]] = made[f[0]].add_argument_group(f[2] or None, f[3] or None)
        elif op == "X":
            made[f[1]] = made[f[0]].add_mutually_exclusive_group(required=f[2] == "1")
        elif op == "S":
            kw = dict(x.split("=", 1) for x in f[2:])
            if "required" in kw:
                kw["required"] = kw["required"] == "1"
            made[f[1]] = made[f[0]].add_subparsers(**kw)
        elif op == "C":
            kw = dict(x.split("=", 1) for x in f[3:])
            if "aliases" in kw:
                kw["aliases"] = kw["aliases"].split(",")
            made[f[1]] = made[f[0]].add_parser(f[2], **kw)
        elif op == "D":
            made[f[0]].set_defaults(**{f[1]: literal(f[2])})
    return made["p"]


def parse(spec, argv, known):
    out, err = io.StringIO(), io.StringIO()
    code = "-"
    result = ""
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            p = build(spec)
            args = argv.split("\x1f") if argv else []
            result = repr(p.parse_known_args(args) if known else p.parse_args(args))
        except SystemExit as e:
            code = str(e.code)
    return "\n".join([code, result, out.getvalue(), err.getvalue()])


OPS = {"parse": parse}
WORDS = "the input file to read name of output a number how many times (default: %(default)s) use it with care verbose-mode long-hyphenated-word e.g. 50%% of all paths/are/here --flag".split()
NAMES = ["num", "name", "verbose", "output-file", "n", "input_path", "format", "level", "quiet", "very-long-option-name", "x", "count", "extra"]


def text(low, high):
    return " ".join(random.choice(WORDS) for _ in range(random.randint(low, high)))


def plain(low, high):
    return text(low, high).replace("%", "").replace("(default: (default)s)", "")


def option(target, used, exclusive=False):
    name = random.choice([n for n in NAMES if n not in used])
    used.add(name)
    short = "-" + name[0]
    names = ["--" + name] if len(name) > 1 else ["-" + name]
    if len(name) > 1 and short not in used and short != "-h" and random.random() < 0.6:
        names.insert(0, short)
        used.add(short)
    f = []
    kind = random.random()
    if kind < 0.25:
        f.append("action=" + random.choice(["store_true", "store_false", "count"]))
    elif kind < 0.3 and len(name) > 1:
        f.append("action=BooleanOptionalAction")
        names = ["--" + name]
    elif kind < 0.36:
        f += ["action=store_const", "const=i7"]
    else:
        f += random.choice([[], ["type=int"], ["type=float"], ["type=int", "default=i3"], ["default=sabc"], ["type=int", "default=s5"], ["choices=sred,sgreen,sblue"],
                            ["choices=sa,sb", "default=sa"], ["type=int", "choices=i1,i2,i3"], ["default=f0.5", "type=float"]])
        f += random.choice([[], [], [], ["nargs=+"], ["nargs=*"], ["nargs=?"], ["nargs=2"], ["action=append"], ["action=extend", "nargs=+"]])
        f += random.choice([[], [], ["metavar=FILE"]])
        if "nargs=?" in f:
            f.append("const=" + random.choice(["i9", "sz", "!None"]))
        if not exclusive and random.random() < 0.1:
            f.append("required=1")
    if random.random() < 0.8:
        f.append("help=" + (random.choice([text(1, 6), text(8, 30)]) if random.random() < 0.95 else "SUPPRESS"))
    return "\x1f".join(["A", target, ",".join(names), *f])


def positional(target, used):
    name = random.choice([n for n in ["file", "items", "target", "src", "dst", "value"] if n not in used])
    used.add(name)
    f = random.choice([[], ["type=int"], ["nargs=?"], ["nargs=*"], ["nargs=+"], ["nargs=2"], ["choices=sadd,ssub"], ["nargs=?", "default=sdef"],
                       ["nargs=?", "type=int", "default=i4"], ["type=float"], ["nargs=..."]])
    f = f + random.choice([[], [], ["metavar=THING"]]) + random.choice([[], ["help=" + text(2, 14)]])
    return "\x1f".join(["A", target, name, *f])


def parser_record():
    f = ["prog=" + random.choice(["prog.py", "tool", "a_rather_long_program_name_for_wrapping.py"])]
    if random.random() < 0.7:
        f.append("description=" + random.choice([plain(3, 8), plain(20, 40), "Line one\n  line two\n\nEnd of %(prog)s"]))
    if random.random() < 0.2:
        f.append("epilog=" + plain(5, 20))
    if random.random() < 0.3:
        f.append("formatter=" + random.choice(["raw", "rawtext", "defaults"]))
    if random.random() < 0.05:
        f.append("usage=%(prog)s [options] FILE")
    return "\x1f".join(["P", *f])


VALUES = ["1", "2", "3", "-1", "-5.5", "abc", "red", "a", "b", "add", "x y", "", "--", "0.5", "file.txt", "run", "build", "7", "-x", "--zzz", "-q", "é"]


def argv(records):
    options = [n for r in records if r.startswith("A") for n in r.split("\x1f")[2].split(",") if n.startswith("-")] or ["--none"]
    out = []
    for _ in range(random.randint(0, 7)):
        kind = random.random()
        if kind < 0.5:
            o = random.choice(options)
            kind = random.random()
            if kind < 0.15 and o.startswith("--"):
                o = o[: random.randint(3, len(o))]
            elif kind < 0.3:
                o += ("=" if o.startswith("--") else "") + random.choice(VALUES)
            out.append(o)
            if random.random() < 0.6:
                out.append(random.choice(VALUES))
        else:
            out.append(random.choice(VALUES))
    return "\x1f".join(out)


def records():
    out, used = [parser_record()], set()
    for _ in range(random.randint(0, 4)):
        out.append(option("p", used))
    if random.random() < 0.25:
        out.append("\x1f".join(["G", "p", "g", random.choice(["my group", ""]), random.choice(["", plain(3, 25)])]))
        out += [option("g", used) for _ in range(2)]
    if random.random() < 0.3:
        out.append("\x1f".join(["X", "p", "x", random.choice("01")]))
        out += [option("x", used, True) for _ in range(random.randint(1, 3))]
    if random.random() < 0.1:
        out.append("\x1f".join(["A", "p", "--version", "action=version", "version=%(prog)s 1.0"]))
    for _ in range(random.randint(0, 2)):
        out.append(positional("p", used))
    if random.random() < 0.45:
        out.append("\x1f".join(["S", "p", "s"] + random.choice([["dest=command"], ["dest=command", "required=1"], ["dest=cmd", "help=" + plain(2, 5)], [], ["title=commands", "dest=command"],
                                                                 ["dest=command", "metavar=CMD"], ["description=" + plain(4, 20), "dest=command"]])))
        for i, name in enumerate(random.sample(["run", "build", "a-long-subcommand-name", "st"], random.randint(1, 4))):
            out.append("\x1f".join(["C", "s", f"c{i}", name] + random.choice([[], ["help=" + plain(2, 18)], ["help=" + plain(2, 4), "aliases=al" + str(i)]]) + random.choice([[], ["description=" + plain(2, 9)]])))
            own = set()
            out += [option(f"c{i}", own) for _ in range(random.randint(0, 2))] + [positional(f"c{i}", own) for _ in range(random.randint(0, 2))]
            if random.random() < 0.3:
                out.append("\x1f".join(["D", f"c{i}", "func", "sfn" + name]))
    if random.random() < 0.1:
        out.append("\x1f".join(["D", "p", "debug", "!True"]))
    return out


def usable(spec):
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            build(spec).format_help()
        return True
    except Exception:
        return False


def cases():
    for _ in range(500):
        r = records()
        spec = "\x1e".join(r)
        if not usable(spec):
            continue
        yield ("parse", spec, "-h", False)
        subs = [x.split("\x1f")[3] for x in r if x.startswith("C")]
        if subs:
            yield ("parse", spec, subs[0] + "\x1f--help", False)
            for _ in range(3):
                yield ("parse", spec, "\x1f".join(filter(None, [random.choice(subs), argv(r)])), False)
        for _ in range(7):
            yield ("parse", spec, argv(r), random.random() < 0.15)
