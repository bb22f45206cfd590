#!/usr/bin/env python3
"""Writes src/text/tokenize/unicode_categories.inc: the general category of every code point, run-length encoded.

Run with unicodedata2 16.0.0 from PyPI (Unicode 16.0, the version that the tokenizers 0.23 package's regular
expressions follow): python3 tools/golden/unicode_categories.py
"""
import pathlib

import unicodedata2

CATEGORIES = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co Cn".split()
OUT = pathlib.Path(__file__).resolve().parents[2] / "src/text/tokenize/unicode_categories.inc"


def runs():
    start, previous = 0, unicodedata2.category(chr(0))
    for code_point in range(1, 0x110000):
        category = unicodedata2.category(chr(code_point))
        if category != previous:
            yield previous, code_point - start
            start, previous = code_point, category
    yield previous, 0x110000 - start


def main():
    assert unicodedata2.unidata_version == "16.0.0", unicodedata2.unidata_version
    # A run is a letter (the category's place in CATEGORIES, from 'A', then from 'a') and its length if above 1.
    letters = [chr(ord("A") + i) if i < 26 else chr(ord("a") + i - 26) for i in range(len(CATEGORIES))]
    text = "".join(letters[CATEGORIES.index(c)] + (str(n) if n > 1 else "") for c, n in runs())
    lines = [f'    "{text[i:i + 104]}"' for i in range(0, len(text), 104)]
    header = "// Made by tools/golden/unicode_categories.py from Unicode 16.0; do not edit.\n"
    OUT.write_text(header + "\n".join(lines) + "\n")
    print(f"{OUT}: {len(text)} characters")


if __name__ == "__main__":
    main()
