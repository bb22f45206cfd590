import argparse
import configparser
import decimal
import html
import operator


class KeyValue(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        if "=" not in values:
            raise argparse.ArgumentError(self, f"expected key=value, got {values!r}")
        key, _, value = values.partition("=")
        found = getattr(namespace, self.dest) or {}
        found[key] = value
        setattr(namespace, self.dest, found)


class Parser(argparse.ArgumentParser):
    def error(self, message):
        print(f"{self.prog}: {message}")
        raise SystemExit(7)


class Quiet(argparse.ArgumentParser):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, add_help=False, **kwargs)
        self.add_argument("--level", type=int, default=1)

    def error(self, message):
        raise ValueError(message)


def attempt(parser, argv):
    try:
        print(parser.parse_args(argv))
    except SystemExit as e:
        print("exit", e.code)


SPECS = [
    (("-a", "--alpha"), dict(type=int, default=1, help="alpha")),
    (("-b",), dict(action="store_true")),
    (("--gamma",), {"nargs": 2, "type": float, "metavar": ("X", "Y")}),
    (("--mode",), {"choices": ["x", "y"]}),
    (("files",), {"nargs": "*"}),
]


def add_option(parser, *flags, **kwargs):
    kwargs.setdefault("help", "some help")
    parser.add_argument(*flags, **kwargs)


words = argparse.ArgumentParser(prog="words")
for flags, options in SPECS:
    words.add_argument(*flags, **options)
add_option(words, "--delta", type=int)
group = words.add_argument_group("group")
add_option(group, "--in-group", default="g")
print(words.format_help())
for argv in (["-a", "3", "--gamma", "1", "2.5", "f1"], ["--delta", "4", "--mode", "y", "-b"]):
    attempt(words, argv)
words.description = "What it does."
print(words.prog, words.description, words.epilog, words.format_usage().strip())

own = Parser(prog="own", usage="%(prog)s [options]")
own.add_argument("--set", action=KeyValue, metavar="K=V")
own.add_argument("--color", action=argparse.BooleanOptionalAction, default=True, help="colour")
sub = own.add_subparsers(dest="command")
sub.add_parser("run", help="runs").add_argument("n", type=int)
for argv in (["--set", "a=b", "run", "3"], ["--set", "a"], ["run", "x"], ["--nope"], ["walk"], ["--color", "run"]):
    attempt(own, argv)
print(own.format_help())

quiet = Quiet("quiet", description="words")
print(quiet.parse_args([]), quiet.parse_args(["--level", "3"]), quiet.format_usage().strip())
try:
    quiet.parse_args(["--level", "x"])
except ValueError as e:
    print("ValueError", e)
print(isinstance(quiet, argparse.ArgumentParser), isinstance(quiet, Quiet))

cfg = configparser.ConfigParser()
cfg.read_string("[a]\nx = 1\n")
for section, option in (("b", "x"), ("a", "y")):
    try:
        cfg.get(section, option)
    except configparser.NoSectionError as e:
        print(e, "|", e.section)
    except configparser.NoOptionError as e:
        print(e, "|", e.section, e.option)


def parts(value):
    sign, digits, exponent = value.as_tuple()
    return sign, digits, exponent, value.as_tuple().exponent


print(parts(decimal.Decimal("-12.50")), decimal.Decimal("7").as_tuple())
for text in ["&lt;&eacute;&#39;&amp;amp;", "&eacute &eacutex &notit; &ampx; &AMP &sup2;&frac12;", "&#x41;&#65&#128;&#0;&#x110000;",
             "&alpha;&Omega;&hearts;&rarr;&nbsp;|&zwj;", "& && &; &unknown; &#; &#x;", "AT&T &copy 2024", "&apos;&apos &quotx"]:
    print(ascii(html.unescape(text)))


class Point:
    def __init__(self, name, at):
        self.name = name
        self.at = at


points = [Point("b", Point("q", 2)), Point("a", Point("p", 1))]
print([p.name for p in sorted(points, key=operator.attrgetter("at.name", "name"))], operator.attrgetter("name", "at.at")(points[0]))
