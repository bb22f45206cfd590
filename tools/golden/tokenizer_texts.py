"""Random texts that tokenizers disagree about: many scripts, code, numbers, contractions, white space, emoji.

Used by tools/golden/pre_tokenizers.py, tools/parity/bpe_check.py and bench/tokenizers_bpe.py. Deterministic: everything comes
from the random.Random given.
"""
import unicodedata

# Letters, marks, digits and punctuation of scripts; the ranges hold unassigned code points too, which are left out.
SCRIPTS = {
    "latin": [(0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)],
    "ipa": [(0x250, 0x2FF)],
    "greek": [(0x370, 0x3FF), (0x1F00, 0x1FFF)],
    "cyrillic": [(0x400, 0x52F)],
    "armenian": [(0x531, 0x589)],
    "hebrew": [(0x591, 0x5F4)],
    "arabic": [(0x600, 0x6FF), (0x750, 0x77F)],
    "devanagari": [(0x900, 0x97F)],
    "bengali": [(0x980, 0x9FB)],
    "tamil": [(0xB82, 0xBFA)],
    "thai": [(0xE01, 0xE5B)],
    "lao": [(0xE81, 0xEDF)],
    "tibetan": [(0xF00, 0xFDA)],
    "myanmar": [(0x1000, 0x109F)],
    "georgian": [(0x10A0, 0x10FF), (0x1C90, 0x1CBF)],
    "hangul": [(0xAC00, 0xAFFF), (0x1100, 0x11FF), (0x3131, 0x318E)],
    "ethiopic": [(0x1200, 0x137C)],
    "cherokee": [(0x13A0, 0x13FD), (0xAB70, 0xABBF)],
    "khmer": [(0x1780, 0x17F9)],
    "kana": [(0x3041, 0x30FF), (0xFF66, 0xFF9F)],
    "han": [(0x4E00, 0x9FFF), (0x3400, 0x3480), (0x3001, 0x3029), (0x2E80, 0x2EF3), (0xF900, 0xF9FF), (0x20000, 0x20100)],
    "yi": [(0xA000, 0xA0FF)],
    "fullwidth": [(0xFF01, 0xFF5E)],
    "deseret": [(0x10400, 0x1044F)],
    "mathematical": [(0x1D400, 0x1D7FF)],
}
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙", "０１２３４５６７８９", "ⅠⅡⅣⅫ", "¼½¾²³⁴₅", "①②⑩㊿", "〇一二三", "𝟎𝟏𝟗"]
MARKS = ["\u0301", "\u0308", "\u0327", "\u093F", "\u0E31", "\u20E3", "\uFE0F", "\u200D", "\u0903", "\u0345", "\u0670"]
SPACES = [" ", " ", " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", "\r", "\u00A0", "\u0085", "\u2028", "\u2029", "\u3000", "\u2009",
          "\u202F", "\u000B", "\u000C", "\u1680", "\u200B", "\u180E", "\uFEFF"]
CONTRACTIONS = ["'s", "'S", "'t", "'T", "'re", "'Re", "'RE", "'ve", "'VE", "'m", "'M", "'ll", "'LL", "'lL", "'d", "'D", "’s", "’ll",
                "'ſ", "'ſt", "''s", "'", "''", "'é", "'st", "'rex"]
EMOJI = ["😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇩🇪", "1️⃣", "❤️", "🧑🏿‍🚀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫠"]
PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~") + ["…", "—", "“", "”", "«", "»", "¿", "。", "，", "、", "।", "۔", "،", "·", "€", "£",
                                                            "™", "°", "→", "∑", "≠", "⟨", "！", "：", "\u0000", "\u0007", "\u001B",
                                                            "\u007F", "\u0080", "\uFFFD", "\uE000", "\U000F0000", "\u0378", "\U000E0001"]
CODE = ["def f(x):\n    return x**2\n", "if (a[i] != '\\0') {\n\t\tb->c += 0x1F;\n\t}\n", "for i in range(10):\n        pass\n",
        "SELECT * FROM t WHERE id='it''s';", "#include <vector>\n", "x = {'a': 1, \"b\": [2.5e-3, None]}\r\n", "https://example.org/a/b?q=1&r=%20",
        "camelCaseWord", "HTTPServerError", "snake_case_word", "CONSTANT_VALUE", "a+=b;//!", "<|endoftext|>", "<sentinel:12>", "IMGIMGABCZ",
        "<div class=\"x\">\n  </div>\n", "$$\\alpha_{i}^2$$", "1,234,567.89", "2024-01-31T23:59:59Z", "+1 (555) 010-9999", "v1.2.3-rc4"]
WORDS = ("the of and to in is you that it he was for on are as with his they I at be this have from or one had by word but not what "
         "all were we when your can said there use an each which she do how their if will up other about out many then them these so "
         "naïve café façade Ελληνικά слово привет мир שלום مرحبا बहुत สวัสดี 你好 世界 こんにちは 안녕하세요 გამარჯობა ᲗᲑᲘᲚᲘᲡᲘ Straße İstanbul ǅungla don't "
         "I'll we've it's O'Brien rock'n'roll").split()


def assigned(first, last):
    return [chr(c) for c in range(first, last + 1) if unicodedata.category(chr(c)) not in ("Cn", "Cs")]


ALPHABETS = {name: [c for first, last in ranges for c in assigned(first, last)] for name, ranges in SCRIPTS.items()}


def number(random):
    digits = random.choice(DIGITS[:1] * 4 + DIGITS)
    return "".join(random.choice(digits) for _ in range(random.choice([1, 1, 2, 3, 4, 5, 6, 7, 9, 12, 13])))


def script_word(random):
    alphabet = ALPHABETS[random.choice(list(ALPHABETS))]
    return "".join(random.choice(alphabet) for _ in range(random.randint(1, 8)))


def latin_word(random):
    word = "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(random.randint(1, 9)))
    return random.choice([word, word, word.capitalize(), word.upper(), word[:2] + word[2:].capitalize()])


def marked_word(random):
    return "".join(random.choice("aeiouLMNéÉकก") + random.choice(MARKS) * random.randint(0, 2) for _ in range(random.randint(1, 4)))


PARTS = [
    (6, lambda r: r.choice(WORDS)), (5, latin_word), (5, script_word), (2, marked_word), (4, number), (5, lambda r: r.choice(SPACES)),
    (1, lambda r: r.choice(SPACES) * r.randint(1, 9)), (3, lambda r: r.choice(CONTRACTIONS)), (2, lambda r: r.choice(EMOJI)),
    (4, lambda r: r.choice(PUNCTUATION)), (1, lambda r: r.choice(PUNCTUATION) * r.randint(1, 5)), (2, lambda r: r.choice(CODE)),
    (1, lambda r: r.choice(MARKS)), (1, lambda r: chr(r.choice([r.randrange(0x20, 0xD800), r.randrange(0xE000, 0x30000)]))),
]
WEIGHTS = [weight for weight, _ in PARTS]


def random_text(random, parts=None):
    """A text of some 1 to 25 parts; about half of the words are followed by a space."""
    out = []
    for _ in range(parts or random.choice([1, 2, 3, 5, 8, 13, 25])):
        make = random.choices(PARTS, WEIGHTS)[0][1]
        out.append(make(random))
        if random.random() < 0.5:
            out.append(" ")
    return "".join(out)
