#!/usr/bin/env python3
"""Writes src/text/tokenize/older_unicode.inc: the code points about which Hugging Face's tokenizers disagrees with Unicode.

Its normalizers and BERT's pre-tokenizer follow tables of several older Unicode versions (and its lower casing and digits a
newer one). Each list is found by asking it about every code point; what it answers differently from Unicode 16.0 (from
14.0, which utf8proc 2.8 follows, for the normal forms) is listed.

Run with tokenizers 0.23 and unicodedata2 16.0.0 from PyPI on Python 3.11 (Unicode 14.0): tools/golden/older_unicode.py
"""
import pathlib
import unicodedata as unicode14

import unicodedata2 as unicode16
from tokenizers import normalizers, pre_tokenizers

OUT = pathlib.Path(__file__).resolve().parents[2] / "src/text/tokenize/older_unicode.inc"
CHARS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def not_normalized():
    """What utf8proc would change or reorder and Hugging Face does not."""
    nfc, nfd, nfkd = normalizers.NFC(), normalizers.NFD(), normalizers.NFKD()
    for c in CHARS:
        if nfd.normalize_str(c) != unicode14.normalize("NFD", c) or nfkd.normalize_str(c) != unicode14.normalize("NFKD", c):
            yield c
        for other in "\u0345\u0334" if unicode14.combining(c) else "":
            if nfd.normalize_str("a" + other + c) != unicode14.normalize("NFD", "a" + other + c):
                yield c
        parts = unicode14.normalize("NFD", c)
        if len(parts) > 1 and unicode14.normalize("NFC", c) == c and nfc.normalize_str(parts) != c:
            yield parts[-1]


def differing(ours, theirs):
    return (c for c in CHARS if ours(c) != theirs(c))


def removed_by(normalizer):
    return lambda c: normalizer.normalize_str(c) == ""


def category(first):
    return lambda c: unicode16.category(c).startswith(first)


def cut_out_by(pre_tokenizer):
    return lambda c: [piece for piece, _ in pre_tokenizer.pre_tokenize_str("a" + c + "a")] == ["a", c, "a"]


def is_bert_punctuation(c):
    return unicode16.category(c)[0] == "P" or ord(c) < 128 and unicode16.category(c)[0] == "S"


def is_other(c):
    """BERT's control characters, less what its clean_text treats by name."""
    return unicode16.category(c) in ("Cc", "Cf", "Co") and c not in "\t\n\r" or c in "\0\uFFFD"


def bert(**options):
    names = ("clean_text", "handle_chinese_chars", "strip_accents", "lowercase")
    return normalizers.BertNormalizer(**{name: options.get(name, False) for name in names})


def nonspacing():
    nfd = normalizers.NFD()
    removed = removed_by(bert(strip_accents=True))
    return (c for c in differing(category("Mn"), removed) if nfd.normalize_str(c) == c)


LISTS = [
    ("kNotNormalized", not_normalized()),
    ("kMark", differing(category("M"), removed_by(normalizers.StripAccents()))),
    ("kNonspacing", nonspacing()),
    ("kOther", differing(is_other, removed_by(bert(clean_text=True)))),
    ("kBertPunctuation", differing(is_bert_punctuation, cut_out_by(pre_tokenizers.BertPreTokenizer()))),
    ("kNumeric", differing(category("N"), cut_out_by(pre_tokenizers.Digits(individual_digits=True)))),
]


def ranges(characters):
    out = []
    for c in sorted({ord(c) for c in characters}):
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return out


def lower_cases():
    """Runs of (first, last, distance) that utf8proc's Unicode 14.0 has no lower case for."""
    lowercase = normalizers.Lowercase()
    out = []
    for c in CHARS:
        lower = lowercase.normalize_str(c)
        if lower == c.lower():
            continue
        distance = ord(lower) - ord(c)
        if out and out[-1][1] == ord(c) - 1 and out[-1][2] == distance:
            out[-1][1] = ord(c)
        else:
            out.append([ord(c), ord(c), distance])
    return out


def rows(items, width=104):
    line = "   "
    for item in items:
        if len(line) + len(item) > width:
            yield line
            line = "   "
        line += " " + item + ","
    yield line


def main():
    assert unicode16.unidata_version == "16.0.0" and unicode14.unidata_version == "14.0.0"
    lines = ["// Made by tools/golden/older_unicode.py from tokenizers 0.23.3; do not edit.", "// clang-format off"]
    for name, characters in LISTS:
        items = [f"{{0x{first:X}, 0x{last:X}}}" for first, last in ranges(characters)]
        lines += [f"constexpr Range {name}[] = {{", *rows(items), "};"]
    items = [f"{{0x{first:X}, 0x{last:X}, {distance}}}" for first, last, distance in lower_cases()]
    lines += ["constexpr Shift kNewLowerCases[] = {", *rows(items), "};", "// clang-format on"]
    OUT.write_text("\n".join(lines) + "\n")
    print(f"{OUT}: {len(lines)} lines")


if __name__ == "__main__":
    main()
