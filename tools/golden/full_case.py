#!/usr/bin/env python3
"""Writes src/text/jinja/full_case.def: code points whose upper or title case has several code points.

Source: the Unicode Character Database's SpecialCasing.txt as CPython 3.11 carries it (Unicode 14); plain Python.
Run: python3 tools/golden/full_case.py > src/text/jinja/full_case.def
"""


def escaped(text):
    return "".join("".join(f"\\x{b:02X}" for b in c.encode()) if ord(c) > 126 else c for c in text)


def literal(text):
    """A C string literal; a hex escape is closed before a letter that could belong to it."""
    parts, out = [escaped(c) for c in text], '"'
    for i, part in enumerate(parts):
        if i and parts[i - 1].startswith("\\x") and part[0] in "0123456789abcdefABCDEF":
            out += '" "'
        out += part
    return out + '"'


print("// Made by tools/golden/full_case.py; do not edit. FULL_CASE(code point, upper case, title case)")
for code in range(0x110000):
    c = chr(code)
    if not 0xD800 <= code < 0xE000 and (len(c.upper()) > 1 or len(c.title()) > 1):
        print(f"FULL_CASE(0x{code:04X}, {literal(c.upper())}, {literal(c.title())})")
