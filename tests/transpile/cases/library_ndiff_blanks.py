"""Blanks are junk within the lines that ndiff compares, and not in what Differ compares."""
import difflib, random
random.seed(3)
words = "the a of cat dog  in on to and".split(" ")
n = 0
for k in range(10):
    a = [" ".join(random.choice(words) for _ in range(random.randint(3, 8))) + "\n" for _ in range(4)]
    b = []
    for line in a:
        w = line.split(" ")
        w[random.randrange(len(w))] = random.choice(words)
        if random.random() < .5:
            w.insert(random.randrange(len(w)), random.choice(words))
        t = " ".join(w)
        b.append(t if t.endswith("\n") else t + "\n")
    for line in difflib.ndiff(a, b):
        print(line, end="")
    print("==")
for line in difflib.Differ().compare(["of cat  dog\n", "in  on to\n"], ["of a  dog\n", "in on  to and\n"]):
    print(line, end="")
