import sys
def cmd_one(x): return "one" + x
def cmd_two(x, y="d"): return "two" + x + y
class Foo:
    def __init__(self, n=1): self.n = n
for n in ("one", "two"):
    fn = globals()["cmd_" + n]
    print(fn("!"))
print(globals()["Foo"](3).n)
h = globals().get(f"cmd_{'three'}")
print(h is None)
print("cmd_one" in globals(), "cmd_x" in globals())
def main(argv):
    for a in argv:
        f = globals().get("cmd_" + a)
        if f is None or not callable(f):
            print("unknown", a); continue
        print(f.__name__, f(a))
main(["one", "zzz", "two"])
