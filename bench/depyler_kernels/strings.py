"""Strings made and taken apart: +=, join, slices, characters, find, replace, comparison."""


def is_palindrome(text: str) -> bool:
    i, j = 0, len(text) - 1
    while i < j:
        if text[i] != text[j]:
            return False
        i += 1
        j -= 1
    return True


def caesar(text: str, shift: int) -> str:
    out = ""
    for c in text:
        if "a" <= c <= "z":
            out += chr((ord(c) - ord("a") + shift) % 26 + ord("a"))
        elif c.isupper():
            out += chr((ord(c) - ord("A") + shift) % 26 + ord("A"))
        else:
            out += c
    return out


def run_lengths(text: str) -> str:
    parts = []
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        parts.append(f"{text[i]}{j - i}")
        i = j
    return "".join(parts)


def vowels(text: str) -> int:
    return sum(1 for c in text if c in "aeiou")


def main() -> None:
    base = "The quick brown fox jumps over the lazy dog, and aaabbbcc runs. "
    text = base * 400
    total = 0
    for shift in range(1, 26):
        text = caesar(text, shift)
        total += vowels(text) + text.count("the") + text.find("zz")
        total += len(run_lengths(text))
        words = text.replace(",", "").split(" ")
        total += len([w for w in words if w.lower() == w[::-1].lower()])
        total += sum(1 for w in words if is_palindrome(w))
    numbers = [str(n) for n in range(450000)]
    total += sum(1 for s in numbers if is_palindrome(s))
    print(total, text[:40])


if __name__ == "__main__":
    main()
