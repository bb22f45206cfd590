"""Texts that look like the marks of templates in the translator's tables: {0}, {self}, {name}."""
import logging
import re
import string
import sys
import textwrap

print("{0} {1} {self}".split(), "{self}".split("s"), "{self},{0}".replace("{0}", "{self}"))
print(re.sub(r"a{1}", "{0}", "aab {1}"), re.findall(r"[0-9]{2}", "12 345 {0}"), re.split(r"\s{1}", "a {0} b"))
print(re.sub(r"(\w){0}x", "{self}", "x{0}x"), re.compile("b{1}").sub("{repl}", "abc"))
print("\x00a b\x01".split(), repr("\x00{0}\x1f{1}\x7f".strip("\x00")), "\x011".encode())
print(string.Template("{0} $who {self}").substitute(who="{1}"), textwrap.shorten("{width} {0} {1} {2}", 12, placeholder="{0}"))
logging.basicConfig(stream=sys.stdout, format="%(levelname)s {0} %(message)s")
logging.warning("{self} %s {1}", "{0}")
print("{x}".join(["{0}", "{1}"]), "{:>{0}}".find("{0}"), "a{0}b".partition("{0}"), max("{0}", "{1}", key=len))
print(sorted(["{1}", "{0}", "{self}"], key=lambda s: s.replace("{0}", "{2}")))
