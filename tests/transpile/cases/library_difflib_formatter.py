import difflib, string
a = "one two three\nfour\nfive\n".splitlines(keepends=True)
b = "one 2 three\nfour\nsix\nfive\n".splitlines(keepends=True)
print("".join(difflib.ndiff(a, b)))
print("".join(difflib.unified_diff(a, b, "a.txt", "b.txt", n=1)))
print("".join(difflib.context_diff(a, b, "a", "b")))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"], n=2, cutoff=0.5))
sm = difflib.SequenceMatcher(None, "abcd", "bcde")
print(sm.ratio(), sm.quick_ratio(), sm.real_quick_ratio(), sm.get_opcodes(), sm.get_matching_blocks(), sm.find_longest_match(0, 4, 0, 4))
for tag, i1, i2, j1, j2 in sm.get_opcodes():
    print(tag, i1, i2, j1, j2)
d = difflib.Differ()
print(list(d.compare(["a\n", "b\n"], ["a\n", "c\n"])))
print(list(difflib.restore(difflib.ndiff(a, b), 1)))
for line in difflib.unified_diff(["x", "y"], ["x", "z"], lineterm="", fromfile="f", tofile="t"):
    print(line)
class F(string.Formatter):
    def get_value(self, key, args, kwargs):
        if isinstance(key, str):
            return kwargs.get(key, "?")
        return super().get_value(key, args, kwargs)
    def format_field(self, value, spec):
        if spec == "up":
            return str(value).upper()
        return super().format_field(value, spec)
print(F().format("{a} {b:up} {0:>5}", 3, b="x"))
print(string.Formatter().format("{} {x!r:>6}", 1, x="q"))
print(list(string.Formatter().parse("a{b!r:>3}c{d}")))
print(string.Formatter().vformat("{0}-{n}", (1,), {"n": 2}))
t = string.Template("$who likes ${what} $$5")
print(t.substitute(who="a", what="b"), t.safe_substitute(who="z"))
try:
    t.substitute(who="a")
except KeyError as e:
    print("KeyError", e)
print(string.capwords("hello big world"), string.ascii_letters, string.punctuation, string.hexdigits)
