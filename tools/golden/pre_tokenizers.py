#!/usr/bin/env python3
"""Writes tests/golden/tokenizers/pre_tokenizers.json: what Hugging Face tokenizers (Oniguruma) cuts texts into.

For every list of patterns in the table of GGUF pre-tokenizers (asked from build/release/tokenizer_tool, so that a new row
gets a case by running this again): the lengths in bytes of the pieces of each text.
"""
import json
import pathlib
import random
import subprocess

import tokenizers
from tokenizers import Regex, pre_tokenizers
import tokenizer_texts

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOL = ROOT / "build/release/tokenizer_tool"
OUT = ROOT / "tests/golden/tokenizers/pre_tokenizers.json"

HAND_PICKED = [
    "Hello, y'all! How are you 😁 ?我想在apple工作1314151天～", "I'VE been 'told he's there, 'RE you sure? 'M not sure I'll make it, 'D you like some tea? We'Ve a'lL",
    "It’s O’Brien’s   \n\n\n  \t\t\r\n x", "1 12 123 1234 12345 123456 1234567 a12345b 1,234.5 ٣٣٣٣ ३३३३ ⅫⅫ ½½½½",
    "camelCase HTTPServer ǅungla ǅ ΑΒΓδεζ ᲗᲑᲘlisi ʰaʰB ÀÉîõ", "e\u0301e\u0301E\u0301 \u0301\u0301a क\u093Fक\u094D\u200Dष ก\u0E31น\u0E49ำ",
    "한국어 텍스트 日本語テキスト、中文文本。ㄅㄆㄇ ㄱㄴㄷ ｱｲｳ 〇一二 ⺀⻰ 々", "  leading and trailing  ", "a\u00A0b\u2003c\u2028d\u2029e\u0085f\u200Bg\u3000 \u3000h",
    "!?!?//\\\\$$$+++<=>^^~~||`` -- ... …… 。。，، ۔ । ([{}])\n/\n//\r\n",
    "'ſ 'ſa ſ'S K'LL ﬅ'T ŉ'", "<sentinel:42>IMGIMGABZ  tab\tend    four", "\u0000\u0001\u007F\u0080\uFFFD\uE000\U000F0000\u0378", "x" + " " * 1100 + "y", ""]


def main():
    table = json.loads(subprocess.run([TOOL, "-", "pre"], stdout=subprocess.PIPE, check=True).stdout)
    source = random.Random(7)
    texts = HAND_PICKED + [tokenizer_texts.random_text(source, 12) for _ in range(60)]
    cases = []
    for patterns in sorted({tuple(patterns) for patterns in table.values()}):
        stage = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in patterns])
        pieces = [[len(piece.encode()) for piece, _ in stage.pre_tokenize_str(text)] if text else [] for text in texts]
        cases.append({"patterns": patterns, "pieces": pieces})
    document = {"made_by": f"tools/golden/pre_tokenizers.py, tokenizers {tokenizers.__version__}", "texts": texts, "cases": cases}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
