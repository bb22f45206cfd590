"""Characters of texts compared, ordered, looked for; texts cut into parts of every length."""


def kinds(text: str) -> str:
    out = ""
    for i in range(len(text)):
        if text[i] == "(" or text[i] == "'" or text[i] == '"' or text[i] == "\\":
            out += "b"
        elif "0" <= text[i] <= "9":
            out += "d"
        elif "a" <= text[i] < "n" or text[i] >= "é":
            out += "l"
        elif text[i] in "+-*/\n\t":
            out += "o"
        elif text[i] != " " and not "A" <= text[i] <= "Z":
            out += "?"
        else:
            out += "_"
    return out


def runs(text: str) -> list[tuple[str, int]]:
    parts = []
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        parts.append((text[i], j - i))
        i = j
    return parts


def mirrored(text: str) -> bool:
    return all(text[i] == text[-1 - i] for i in range(len(text) // 2))


def ordered(words: list[str]) -> None:
    for w in words:
        print(repr(w), w < "m", w <= "m", w > "m", w >= "m", "m" < w, "m" <= w, "m" > w, "m" >= w, "é" < w, "a" < w < "z")


def codes(text: str) -> None:
    print([ord(text[i]) - ord("a") for i in range(len(text))], ord("é"), ord("\n"), ord('"'))
    print([c for c in text if "a" <= c <= "f"], [c for c in text if c < "k" or c > "é"])


def bad(text: str, i: int) -> None:
    try:
        print(text[i] == "a", text[i] < text[0])
    except IndexError as e:
        print("IndexError", e)
    try:
        print(ord(text[i]))
    except IndexError as e:
        print("IndexError", e)


def parts() -> None:
    for n in range(0, 30):
        word = "abcdefghijklmnopqrstuvwxyz0123456789"[:n]
        line = f"{word} x\t{word}\x1c{word}  {word}\n"
        print(n, line.split(), line.split(" "), line.split("x"))
        assert line.split(" ")[0] == word and len(line.split(" ")[0]) == n
        text = f"{word}\r\n{word}\x0b{word}\x85{word}\u2028{word}é\x1e"
        print(text.splitlines(), text.splitlines(True), text.split("é"))
        print(word[1:-1], word[: n // 2], word[n // 2 :], word.strip("az9"), word.lstrip("abc"), word.rstrip("0123"))
    print("\0a\0".strip("x\0"), repr("\x00a b\x00".split()), "é a é".strip("é "), "aéa".strip("a"), "...".strip("."), repr("".strip()))
    print("a,b,,c,".split(","), "".split(","), ",".split(","), "é,ü".split(","), "  ".split(), "".split())


print(kinds("(a'9\"z\\ é+\n-Q~m"))
print(runs("aaabccddddé"), mirrored("anna"), mirrored("éanaé"), mirrored("ab"))
ordered(["a", "m", "mm", "z", "", "é", "éé", "ü", "M", "日本"])
codes("azé\U0001f600")
bad("abc", 0)
bad("abc", 3)
bad("aéc", -4)
bad("aéc", -3)
parts()
