#!/usr/bin/env python3
"""Renders thousands of random chat templates with ours and with Python's jinja2 as transformers sets it up, and
compares what came out: the same text, or an error on both sides.

Usage: jinja_check.py [--count N] [--seed S] [--keep FILE]   (needs build/release/template_tool; builds it if absent)
Templates come from a grammar (statements, typed expressions with a share of wrong types, every filter, test and
method), so every seed gives the same ones. What Python can print and we refuse by name (integers beyond 64 bits,
complex numbers, addresses, bytes, rare HTML entities) is counted apart and must be refused with `unsupported`.
Closes with `N passed, N failed`. --keep writes the failures as JSON.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
from datetime import datetime, timezone

from transformers.utils import chat_template_utils

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOL = ROOT / "build/release/template_tool"
NOW = 1700000000
REFUSALS = re.compile(r"64 bits|complex numbers|would print its address|bytes in a chat|character reference|"
                      r"attribute '.*' of a generator|nests containers|random|lipsum|character names|float.fromhex")

CONTEXT = {
    "messages": [{"role": "system", "content": "Be brief."},
                 {"role": "user", "content": " Hi\nthere <b>&amp;</b> "},
                 {"role": "assistant", "content": None, "tool_calls": [
                     {"id": "c1", "function": {"name": "f", "arguments": {"x": 1, "y": [1.5, None]}}}]},
                 {"role": "tool", "content": [{"type": "text", "text": "Zürich 😀"}]}],
    "tools": [{"type": "function", "function": {"name": "f", "parameters": {"b": 1, "a": {"type": ["string", "null"]}}}}],
    "add_generation_prompt": True, "bos_token": "<s>", "eos_token": "</s>",
    "n": 7, "m": -3, "z": 0, "big": 1234567, "x": 2.5, "y": -0.1, "tiny": 1e-7, "huge": 1.5e20, "t": True, "f": False,
    "none": None, "s": "Hello World", "u": "straße ÀÉ ǆ İ", "e": "", "w": "  a\tb \n c  ", "d": "12", "h": "<a href='x'>&</a>",
    "long": "The quick brown fox jumps over the lazy dog, well-known for its up-to-date ways -- and more.\nNew line here.",
    "l": [3, 1, 2], "ls": ["b", "A", "c", "a"], "le": [], "ll": [[1, 2], [3], []], "mixed": [1, "a", None, 2.0, True, [1], {"k": 1}],
    "o": {"b": 2, "a": 1, "C": 3}, "oe": {}, "rows": [{"k": "x", "v": 3}, {"k": "y", "v": 1}, {"k": "X", "v": 2}, {"v": 9}],
    "keys": {"items": 1, "get": 2, "_private": 3, "__class__": 4, "append": 5},
}


class Grammar:
    """Random templates. Each method returns source text of one kind."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.names = []
        self.macros = []
        self.loops = 0

    def pick(self, *options):
        return self.r.choice(options)

    def chance(self, p):
        return self.r.random() < p

    # Expressions.
    def any(self, depth):
        return self.pick(self.text, self.text, self.number, self.sequence, self.mapping, self.truth, self.odd)(depth)

    def typed(self, kind, depth):
        return (self.any if self.chance(0.04) else kind)(depth)

    def odd(self, depth):
        return self.pick("none", "missing", "messages[0].nope", "loop", "range", "dict", "x.real", "caller", "varargs",
                         "s.upper", "l.append", "o.update", "o.items", "s.__class__", "keys.append", "keys.__class__",
                         "keys._private", "keys['__class__']", "namespace(a=1)", "cycler(1, 2)", "joiner('-')",
                         *self.names, *self.macros)

    def integer(self, depth):
        if depth <= 0 or self.chance(0.35):
            return self.pick("0", "1", "2", "3", "5", "10", "-1", "-2", "n", "m", "z", "big", "loop.index", "1_000", "0x1f", "true")
        return self.pick(
            lambda: f"({self.integer(depth - 1)} {self.pick('+', '-', '*', '//', '%')} {self.typed(self.integer, depth - 1)})",
            lambda: f"{self.typed(self.sequence, depth - 1)}|length",
            lambda: f"{self.typed(self.text, depth - 1)}|int",
            lambda: f"{self.typed(self.text, depth - 1)}.{self.pick('find', 'count', 'index', 'rfind')}({self.short()})",
            lambda: f"{self.typed(self.number, depth - 1)}|{self.pick('int', 'abs', 'round', 'round(1)', 'round(-1)')}",
            lambda: f"{self.typed(self.text, depth - 1)}|wordcount",
            lambda: f"(-{self.integer(depth - 1)})",
            lambda: f"({self.pick('2', '3', 'n', 'm')} ** {self.pick('0', '1', '3', '10', '-1', 'z')})",
            lambda: f"[{self.integer(depth - 1)}, {self.integer(depth - 1)}]|{self.pick('sum', 'min', 'max', 'first', 'last')}",
        )()

    def number(self, depth):
        if self.chance(0.5):
            return self.integer(depth)
        if depth <= 0 or self.chance(0.4):
            return self.pick("x", "y", "tiny", "huge", "1.0", "0.5", "1e3", "2.675", "-7.5", "100000.0", "1e16", "1e22", "3.14159")
        return self.pick(
            lambda: f"({self.number(depth - 1)} {self.pick('+', '-', '*', '/', '//', '%')} {self.typed(self.number, depth - 1)})",
            lambda: f"{self.typed(self.any, depth - 1)}|float",
            lambda: f"{self.number(depth - 1)}|round({self.pick('0', '1', '2', '3', '-1')}{self.pick('', ', ' + repr(self.pick('floor', 'ceil', 'common')))})",
            lambda: f"({self.pick('x', '4', '0.5', 'y')} ** {self.pick('2', '0.5', '-1', '3')})",
        )()

    def short(self):
        return self.pick("'a'", "'b'", "' '", "'l'", "'o W'", "','", "''", "'-'", "'\\n'", "'é'", "'<'", "'x'", "\"it's\"", "'ß'", "'%'", "'{}'")

    def text(self, depth):
        if depth <= 0 or self.chance(0.3):
            return self.pick("s", "u", "e", "w", "d", "h", "long", "bos_token", "messages[1].content", "messages[0]['role']",
                             "'abc'", "'a,b,,c'", "'Hello' ' ' 'you'", "'<i>'|safe", "'x\\ty'", "'3.7'", "' 12 '", "'ab-cd ef'", self.short())
        t = lambda: self.typed(self.text, depth - 1)
        i = lambda: self.typed(self.integer, depth - 1)
        return self.pick(
            lambda: f"{self.atom(t())}.{self.pick('upper', 'lower', 'title', 'capitalize', 'swapcase', 'casefold', 'strip', 'lstrip', 'rstrip')}()",
            lambda: f"{self.atom(t())}.{self.pick('strip', 'lstrip', 'rstrip', 'removeprefix', 'removesuffix')}({self.short()})",
            lambda: f"{self.atom(t())}.replace({self.short()}, {self.short()}{self.pick('', ', 1', ', -1')})",
            lambda: f"{self.atom(t())}.{self.pick('ljust', 'rjust', 'center', 'zfill')}({i()})",
            lambda: f"{self.atom(t())}.{self.pick('ljust', 'center', 'rjust')}({self.pick('12', '15', '20')}, {self.pick(repr('*'), repr('é'))})",
            lambda: f"{self.atom(t())}.expandtabs({self.pick('', '4', '0')})",
            lambda: f"{self.atom(t())}.join({self.typed(self.sequence, depth - 1)}|map('string'))",
            lambda: f"{self.atom(t())}[{self.slice(depth)}]",
            lambda: f"{self.atom(t())}|{self.text_filter(depth)}",
            lambda: f"{self.atom(t())}|{self.text_filter(depth)}|{self.text_filter(depth)}",
            lambda: f"({t()} ~ {self.any(depth - 1)})",
            lambda: f"({t()} + {t()})",
            lambda: f"({t()} * {self.pick('2', '3', '0', '-1')})",
            lambda: f"{self.typed(self.any, depth - 1)}|{self.pick('string', 'tojson', 'tojson(indent=2)', 'escape', 'forceescape', 'pprint', 'safe')}",
            lambda: f"{self.any(depth - 1)}|tojson({self.pick('ensure_ascii=true', 'sort_keys=true', 'indent=1, sort_keys=true', 'separators=(%s, %s)' % (repr(','), repr(':')), 'indent=0', 'true')})",
            lambda: f"{self.typed(self.sequence, depth - 1)}|join({self.pick('', self.short(), self.short())})",
            lambda: f"({self.percent()} % {self.pick(self.any(depth - 1), f'({self.any(depth - 1)}, {self.any(depth - 1)})', f'({i()},)')})",
            lambda: f"({self.percent_number()} % {self.typed(self.number, depth - 1)})",
            lambda: f"{self.brace()}.format({self.any(depth - 1)}, {i()}, a={self.number(depth - 1)})",
            lambda: f"{self.brace_number()}.format({self.typed(self.number, depth - 1)})",
            lambda: f"{self.brace_text()}.format({t()})",
            lambda: f"({t()} if {self.truth(depth - 1)} else {t()})",
            lambda: f"({t()} if {self.truth(depth - 1)})",
            lambda: f"{self.any(depth - 1)}|default({self.short()}{self.pick('', ', true')})",
            lambda: f"{self.atom(t())}.{self.pick('split', 'rsplit')}({self.pick('', self.short(), self.short() + ', 1', 'none, 1', 'maxsplit=1')})|join('|')",
            lambda: f"{self.atom(t())}.partition({self.short()})|join('|')",
            lambda: f"{self.number(depth - 1)}|filesizeformat{self.pick('', '(true)')}",
            lambda: f"strftime_now({self.pick(*map(repr, ['%Y-%m-%d', '%d %b %Y', '%H:%M:%S', '%A %B %j %U %y', '%%', '%-d/%-m', '%I %p', '%c', '%x %X', '%f', '%z|%Z', '%G-W%V-%u', '%e', '%s', 'now']))})",
            lambda: f"{self.pick(*self.macros)}({self.call_args(depth - 1)})" if self.macros else "s",
        )()

    def atom(self, text):
        return text if re.fullmatch(r"[\w.]+|'[^']*'|\(.*\)", text) and self.balanced(text) else f"({text})"

    @staticmethod
    def balanced(text):
        level = 0
        for i, c in enumerate(text):
            level += (c == "(") - (c == ")")
            if level == 0 and c == ")" and i + 1 < len(text):
                return False
        return True

    def slice(self, depth):
        part = lambda: self.pick("", "", "1", "2", "-1", "-3", "0", "100", "n", "none")
        return self.pick(lambda: f"{part()}:{part()}", lambda: f"{part()}:{part()}:{self.pick('', '1', '2', '-1', '-2')}",
                         lambda: self.pick("0", "1", "-1", "50", "n", "true"))()

    def percent(self):
        return self.pick("'%s'", "'%s and %s'", "'%r'", "'%5s|'", "'%-8s|'", "'%.2s'", "'%%'", "'%s%%'", "'%a'", "'%10.3s|'", "'%c'")

    def percent_number(self):
        return repr("%" + self.pick("", "0", "-", "+", " ", "#", "+0", "-+") + self.pick("", "5", "8", "12") + self.pick("", ".0", ".2", ".5") +
                    self.pick(*"dixXofFeEgGsu") + "|")

    def brace(self):
        return self.pick("'{}'", "'{} {}'", "'{1} {0}'", "'{a}'", "'{0!r}'", "'{!s:>8}'", "'{{}}{}'", "'{a:.2f} {}'", "'{0}{a}'", "'{:>{}}'",
                         "'{0[0]}'", "'{0.real}'", "'{0[k]}'", "'{}{0}'", "'{'", "'}'", "'{0[a].b}'", "'{b}'", "'{!a}'", "'{0.__class__}'")

    def brace_number(self):
        spec = self.pick("", "<", ">", "^", "=", "*>", "0=", "é^") + self.pick("", "+", "-", " ") + self.pick("", "", "#") + self.pick("", "0") + \
            self.pick("", "6", "12") + self.pick("", "", ",", "_") + self.pick("", "", ".0", ".2", ".5", ".10") + self.pick("", "", *"dbxXoceEfFgGn%s")
        return repr("{:" + spec + "}|")

    def brace_text(self):
        return repr("{:" + self.pick("", "<", ">", "^", "*^", "=") + self.pick("", "0") + self.pick("", "8", "20") + self.pick("", ".3", ".0") + self.pick("", "s", "d") + "}|")

    def text_filter(self, depth):
        return self.pick(
            "upper", "lower", "title", "capitalize", "trim", "string", "reverse", "escape", "e", "forceescape", "safe", "striptags", "urlencode",
            "urlize", "urlize(10)", "urlize(nofollow=true, target='_blank')", f"trim({self.short()})", "center(30)", "center", "indent", "indent(2)",
            "indent(2, true)", "indent('> ', blank=true)", "indent(width=1, first=true)", f"replace({self.short()}, {self.short()})",
            f"replace({self.short()}, n, 1)", "truncate(9)", "truncate(9, true)", "truncate(12, false, '~')", "truncate(5, leeway=0)", "truncate",
            "wordwrap(10)", "wordwrap(20, false)", "wordwrap(6, true, '|')", "wordwrap(12, break_on_hyphens=false)", "wordwrap", "first", "last",
            "list|join('.')", "default('d')", "d('', true)", "format(1)", "pprint", "float", "length|string", "map('upper')|join", "attr('upper')",
            "nosuchfilter" if self.chance(0.05) else "trim", "center(width=11)", "indent(foo=1)" if self.chance(0.2) else "indent(1)")

    def sequence(self, depth):
        if depth <= 0 or self.chance(0.3):
            return self.pick("l", "ls", "le", "ll", "mixed", "rows", "messages", "tools", "[1, 2, 3]", "['x', 'yy', '']", "(1, 'a')", "range(4)", "range(5, 0, -2)",
                             "s", "o", "[]", "()", "(1,)", "o.items()", "o.keys()", "o.values()", "range(n)")
        q = lambda: self.typed(self.sequence, depth - 1)
        return self.pick(
            lambda: f"{q()}|{self.sequence_filter(depth)}",
            lambda: f"{q()}|{self.sequence_filter(depth)}|list",
            lambda: f"rows|{self.row_filter(depth)}",
            lambda: f"rows|{self.row_filter(depth)}|list",
            lambda: f"[{', '.join(self.any(depth - 1) for _ in range(self.r.randint(0, 3)))}]",
            lambda: f"({self.any(depth - 1)}, {self.any(depth - 1)})",
            lambda: f"({q()} + {q()})",
            lambda: f"{self.atom(q())}[{self.slice(depth)}]",
            lambda: f"{self.atom(self.text(depth - 1))}.{self.pick('split', 'splitlines', 'rsplit')}({self.pick('', '', self.short())})",
            lambda: f"{self.mapping(depth - 1)}|{self.pick('dictsort', 'items', 'list', 'dictsort(reverse=true)', 'dictsort(by=%r)' % 'value', 'dictsort(true)')}",
            lambda: f"{self.atom(self.mapping(depth - 1))}.{self.pick('items', 'keys', 'values')}()",
            lambda: f"({q()} * {self.pick('2', '0', '1')})",
            lambda: f"dict.fromkeys({q()}, 1)",
        )()

    def sequence_filter(self, depth):
        return self.pick(
            "sort", "sort(reverse=true)", "sort(case_sensitive=true)", "unique", "unique(true)", "reverse", "list", "map('string')", "map('upper')",
            "map('length')", "map('default', 'q')", "map('int')", "map('trim')|map('title')", "select", "reject", "select('string')", "select('number')",
            "reject('none')", "select('odd')", "select('gt', 1)", "reject('in', [1, 'a'])", "select('defined')", "batch(2)", "batch(2, 'f')", "batch(3)|map('list')",
            "slice(2)", "slice(3, 'f')", "slice(2)|map('join')", "first", "last", "min", "max", "sum", "sum(start=1)", "join(',')", "length", "count", "random"
            if self.chance(0.02) else "list", "items", "select('test_nope')" if self.chance(0.1) else "select('true')", "map", "map('nope')" if self.chance(0.1) else "map('e')",
            "map(attribute=0)", "map(attribute='0', default='-')", "select('sequence')", "select('mapping')", "reject('iterable')", "map('tojson')", "batch(0)", "slice(0)",
            "groupby(0)" if self.chance(0.3) else "list", "pprint", "tojson", "string", "xmlattr" if self.chance(0.2) else "list", "urlencode")

    def row_filter(self, depth):
        return self.pick(
            "map(attribute='k')", "map(attribute='v')", "map(attribute='k', default='?')", "selectattr('k')", "rejectattr('k')", "selectattr('k', 'defined')",
            "selectattr('v', 'gt', 1)", "rejectattr('k', 'equalto', 'x')", "selectattr('k', 'in', ['x', 'y'])", "sort(attribute='v')", "sort(attribute='v', reverse=true)",
            "selectattr('k')|sort(attribute='k,v')", "selectattr('k', 'defined')|groupby('k')", "selectattr('k', 'defined')|groupby('k', case_sensitive=true)",
            "groupby('k', default='?')", "unique(attribute='v')", "min(attribute='v')", "max(attribute='v')", "sum(attribute='v')", "join('-', attribute='v')",
            "map('dictsort')", "map(attribute='k.x')", "selectattr('v', 'even')", "map(attribute='v')|sum", "map('items')|map('list')", "sort")

    def mapping(self, depth):
        if depth <= 0 or self.chance(0.5):
            return self.pick("o", "oe", "keys", "rows[0]", "messages[0]", "{}", "{'k': 1}", "{'b': [1], 'a': none}", "{1: 'x', 'y': 2.5}", "dict(a=1)", "dict([('p', 1)], q=2)", "tools[0].function",
                             "{'class': 'c', 'id': none, 'data-x': '<'}")
        return "{" + ", ".join(f"{self.pick(repr('k'), repr('z'), 'n', 's', 'none', '(1, 2)', 'x', 't')}: {self.any(depth - 1)}" for _ in range(self.r.randint(0, 3))) + "}"

    def truth(self, depth):
        if depth <= 0 or self.chance(0.2):
            return self.pick("t", "f", "true", "false", "z", "e", "loop.first", "loop.last", "missing", "n > 2", "add_generation_prompt", "l")
        a = lambda: self.any(depth - 1)
        return self.pick(
            lambda: f"({a()} {self.pick('==', '!=', '==', '<', '>=', '<=', '>')} {a()})",
            lambda: f"({self.number(depth - 1)} {self.pick('<', '<=', '>', '>=', '==')} {self.number(depth - 1)})",
            lambda: f"({self.number(depth - 1)} < {self.number(depth - 1)} {self.pick('<', '<=', '!=')} {self.number(depth - 1)})",
            lambda: f"({a()} {self.pick('in', 'not in')} {self.sequence(depth - 1)})",
            lambda: f"({self.short()} {self.pick('in', 'not in')} {self.text(depth - 1)})",
            lambda: f"({self.truth(depth - 1)} {self.pick('and', 'or')} {self.truth(depth - 1)})",
            lambda: f"(not {self.truth(depth - 1)})",
            lambda: f"({a()} is {self.pick('', 'not ')}{self.test(depth)})",
            lambda: f"{self.atom(self.text(depth - 1))}.{self.pick('isdigit', 'isalpha', 'isupper', 'islower', 'isspace', 'isalnum', 'istitle', 'isnumeric', 'isdecimal', 'isascii', 'isprintable', 'isidentifier')}()",
            lambda: f"{self.atom(self.text(depth - 1))}.{self.pick('startswith', 'endswith')}({self.pick(self.short(), '(%s, %s)' % (self.short(), self.short()), self.short() + ', 1')})",
        )()

    def test(self, depth):
        return self.pick("defined", "undefined", "none", "boolean", "true", "false", "integer", "float", "number", "string", "mapping", "iterable", "sequence", "callable",
                         "lower", "upper", "even", "odd", "divisibleby 3", "divisibleby(2)", "eq 1", "equalto 'a'", "ne none", "gt 1", "lt(2)", "le 3", "ge 0", "in [1, 'a']",
                         "sameas none", "sameas true", "escaped", "filter", "test", "divisibleby(num=2)", "even(1)" if self.chance(0.1) else "odd", "nope" if self.chance(0.05) else "defined")

    def call_args(self, depth):
        args = [self.any(depth) for _ in range(self.r.randint(0, 2))]
        args += [f"{self.pick('a', 'b', 'q')}={self.any(depth)}" for _ in range(self.pick(0, 0, 1))]
        if self.chance(0.1):
            args.append(self.pick("*l", "**o", "*[1, 2]", "**{'a': 1}"))
        return ", ".join(args)

    # Statements.
    def tag(self, body):
        return "{%" + self.pick("", "", "", "-", "+") + " " + body + " " + self.pick("", "", "", "-", "+") + "%}"

    def output(self, depth):
        return "{{" + self.pick("", "", "-") + " " + self.any(depth) + " " + self.pick("", "", "-") + "}}"

    def data(self):
        return self.pick("", " ", "\n", "text", " a b \n", "\n\n  ", "{# note #}", "{#- note -#}\n", "<p>&\n", "\t", "# x", "{% raw %}{{ x }}{% endraw %}", "\r\n", "é")

    def block(self, depth):
        return "".join(self.statement(depth) for _ in range(self.r.randint(1, 3)))

    def inside(self, depth):
        """A block whose names end with it."""
        names, macros = list(self.names), list(self.macros)
        text = self.block(depth)
        self.names, self.macros = names, macros
        return text

    def statement(self, depth):
        kinds = [self.data, lambda: self.output(3), lambda: self.output(2), lambda: self.output(3)]
        if depth > 0:
            kinds += [lambda: self.for_(depth), lambda: self.if_(depth), lambda: self.set_(), lambda: self.set_(), lambda: self.set_block(depth),
                      lambda: self.macro(depth), lambda: self.call(depth), lambda: self.filter_block(depth), lambda: self.with_(depth),
                      lambda: self.autoescape(depth), lambda: self.namespace(depth), lambda: self.generation(depth)]
            if self.loops:
                kinds += [lambda: self.tag("if " + self.truth(1)) + self.tag(self.pick("break", "continue")) + self.tag("endif"), self.loop_output, self.loop_output]
        return self.pick(*kinds)()

    def loop_output(self):
        return "{{ " + self.pick("loop.index", "loop.index0", "loop.revindex", "loop.revindex0", "loop.first", "loop.last", "loop.length", "loop.depth", "loop.previtem", "loop.nextitem",
                                 "loop.cycle('a', 'b')", "loop.changed(it)", "loop", "loop.nope", "loop.depth0") + " }}"

    def for_(self, depth):
        target, source = self.pick(("it", self.sequence(2)), ("it", self.sequence(2)), ("k, v", "o.items()"), ("k, v", self.mapping(1) + "|dictsort"), ("(a, b), c", "[((1, 2), 3)]"),
                                   ("it", "messages"), ("k, v", self.sequence(1)))
        names = list(self.names)
        test = " if " + self.truth(1) if self.chance(0.2) else ""
        recursive = self.chance(0.1)
        self.names += [n.strip("() ") for n in target.split(",")]
        self.loops += 1
        body = self.inside(depth - 1)
        if recursive:
            source, body = "ll", body + "{{ loop(it) if it is sequence and it is not string }}"
        self.loops -= 1
        self.names = names
        orelse = self.tag("else") + self.inside(depth - 1) if self.chance(0.2) else ""
        return self.tag(f"for {target} in {source}{test}{' recursive' if recursive else ''}") + body + orelse + self.tag("endfor")

    def if_(self, depth):
        middle = "".join(self.tag("elif " + self.truth(2)) + self.block(depth - 1) for _ in range(self.pick(0, 0, 1, 2)))
        orelse = self.tag("else") + self.block(depth - 1) if self.chance(0.5) else ""
        return self.tag("if " + self.truth(2)) + self.block(depth - 1) + middle + orelse + self.tag("endif")

    def new_name(self):
        name = self.pick("v1", "v2", "v3", "s", "l", "n")
        if name not in self.names:
            self.names.append(name)
        return name

    def set_(self):
        value = self.any(3)
        if self.chance(0.1):
            return self.tag(f"set v1, v2 = {self.sequence(1)}")
        return self.tag(f"set {self.new_name()} = {value}")

    def set_block(self, depth):
        body = self.inside(depth - 1)
        return self.tag(f"set {self.new_name()}{self.pick('', '', ' | upper', ' | trim | title')}") + body + self.tag("endset")

    def macro(self, depth):
        name = self.pick("m1", "m2")
        names, loops = list(self.names), self.loops
        self.loops = 0
        self.names += ["a", "b"]
        body = self.inside(depth - 1) + self.pick("", "", "{{ varargs }}", "{{ kwargs }}", "{{ caller() }}", "{{ caller is defined }}", "{{ caller(1) }}", "{{ a }}|{{ b }}")
        self.names, self.loops = names, loops
        text = self.tag(f"macro {name}({self.pick('', 'a', 'a, b', 'a, b=1', 'a=n, b=a', 'a=[], b=none')})") + body + self.tag("endmacro")
        if name not in self.macros:
            self.macros.append(name)
        return text + self.pick("", "{{ %s(%s) }}" % (name, self.call_args(1)), "{{ %s(1, 2, 3, k=4) }}" % name, "{{ %s.name }}{{ %s.arguments }}" % (name, name), "{{ %s() }}" % name)

    def call(self, depth):
        if not self.macros:
            return self.data()
        loops, self.loops = self.loops, 0
        body = self.inside(depth - 1)
        self.loops = loops
        return self.tag(f"call{self.pick('', '', '(a)', '(a, b=2)')} {self.pick(*self.macros)}({self.call_args(1)})") + body + self.tag("endcall")

    def filter_block(self, depth):
        return self.tag("filter " + self.text_filter(1)) + self.inside(depth - 1) + self.tag("endfilter")

    def with_(self, depth):
        names = list(self.names)
        head = f"with {self.new_name()} = {self.any(2)}"
        text = self.tag(head) + self.inside(depth - 1) + self.tag("endwith")
        self.names = names
        return text

    def autoescape(self, depth):
        return self.tag("autoescape " + self.pick("true", "true", "false", "t", "z")) + self.inside(depth - 1) + self.tag("endautoescape")

    def generation(self, depth):
        loops, self.loops = self.loops, 0
        text = self.tag("generation") + self.inside(depth - 1) + self.tag("endgeneration")
        self.loops = loops
        return text

    def namespace(self, depth):
        return (self.tag(f"set ns = namespace({self.pick('a=0', 'a=[]', 'a=%s' % self.any(1))})") + self.tag(f"for i in {self.sequence(1)}") +
                self.tag(f"set ns.a = {self.pick('ns.a + 1', 'i', 'ns.a + [i]', '[ns.a, i]', 'ns.a ~ i')}") + self.tag("endfor") + "{{ ns.a }}" +
                self.pick("", "{{ ns }}", "{{ ns.b }}", "{% set ns._p = 1 %}"))

    def template(self):
        return "".join(self.statement(2) for _ in range(self.r.randint(1, 4)))


def reference(source, context):
    """(output or None, why it failed)."""
    try:
        template = chat_template_utils._compile_jinja_template(source)
        template.environment.globals["strftime_now"] = lambda form: datetime.fromtimestamp(
            NOW, timezone.utc).replace(tzinfo=None).strftime(form)
        return template.render(**context), ""
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def ours(process, source, context):
    process.stdin.write(json.dumps({"template": source, "context": context}) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        return {"error": "crash", "message": "template_tool ended"}
    return json.loads(line)


def verdict(reply, wanted):
    """same, refused or different."""
    if "error" in reply:
        if reply["error"] in ("internal", "crash"):
            return "different"
        if wanted is None:
            return "same"
        refused = reply["error"] == "unsupported" and REFUSALS.search(reply["message"])
        return "refused" if refused else "different"
    return "same" if reply["output"] == wanted else "different"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=20000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=pathlib.Path)
    options = options.parse_args()
    if not TOOL.exists():
        subprocess.run([ROOT / "tools/build", "release", "template_tool"], check=True, stdout=subprocess.DEVNULL)
    start = lambda: subprocess.Popen([TOOL, "render"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process = start()
    counts = {"same": 0, "refused": 0, "different": 0}
    rendered, failures = 0, []
    for number in range(options.count):
        source = Grammar(options.seed * 1_000_003 + number).template()
        wanted, why = reference(source, CONTEXT)
        reply = ours(process, source, CONTEXT)
        if reply.get("error") == "crash":
            process = start()
        result = verdict(reply, wanted)
        counts[result] += 1
        rendered += wanted is not None
        if result == "different":
            failures.append({"template": source, "wanted": wanted, "why": why, "got": reply})
            if len(failures) <= 5:
                print(f"different: {source!r}\n  wanted {wanted if wanted is not None else why!r}\n  got    {reply}")
    if options.keep:
        options.keep.write_text(json.dumps(failures, ensure_ascii=False, indent=1))
    print(f"{rendered} of {options.count} templates render in Python; {counts['refused']} of ours are refused by name")
    print(f"{counts['same'] + counts['refused']} passed, {counts['different']} failed")
    return 1 if counts["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
