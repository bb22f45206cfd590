"""Reads text from standard input and prints its most frequent words."""
import re
import sys
from collections import Counter


def words(lines):
    for line in lines:
        yield from re.findall(r"[a-z']+", line.lower())


counts = Counter(words(sys.stdin))
width = max(map(len, counts), default=0)
for word, count in counts.most_common(10):
    print(f"{word:<{width}} {count:>5} {'#' * count}")
