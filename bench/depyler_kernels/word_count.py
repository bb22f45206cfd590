"""Words of a generated text counted: str.split, str methods, dict of counts, sorting by key."""
import random


def make_text(words: int) -> str:
    rng = random.Random(7)
    syllables = ["ka", "to", "mi", "re", "sol", "fa", "la", "si", "dor", "em"]
    lines = []
    for _ in range(words // 10):
        line = []
        for _ in range(10):
            word = "".join(syllables[rng.randrange(10)] for _ in range(rng.randrange(1, 4)))
            line.append(word.capitalize() if rng.randrange(5) == 0 else word)
        lines.append(" ".join(line) + ",")
    return "\n".join(lines)


def count(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in text.splitlines():
        for word in line.split():
            word = word.strip(",.;").lower()
            if not word:
                continue
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
    return counts


def main() -> None:
    text = make_text(60000)
    counts: dict[str, int] = {}
    for _ in range(50):
        counts = count(text)
    for word, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:10]:
        print(f"{word:>12} {n}")
    print(len(counts), sum(counts.values()))


if __name__ == "__main__":
    main()
