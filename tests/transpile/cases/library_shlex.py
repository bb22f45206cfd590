"""shlex: words of a line."""
import shlex

for line in ["add 'two words' x", 'say "a \\"quoted\\" word" \\ b', "", "  a  b\t c ", "x'y'\"z\"", "'' \"\"", "a#b # c", 'p="q r"']:
    words = shlex.split(line)
    print(words, shlex.split(line, comments=True), shlex.join(words))
for bad in ("'open", 'x "y', "end\\"):
    try:
        print(shlex.split(bad))
    except ValueError as e:
        print(bad, e)
for word in ["plain", "", "two words", "it's", "a@b%c+d=e:f,g./-", "$HOME", "é"]:
    print(shlex.quote(word))
