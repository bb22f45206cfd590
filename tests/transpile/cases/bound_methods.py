import re, threading, queue, random, io
from collections import deque, Counter
out: list[int] = []
add = out.append
for i in range(3):
    add(i)
print(out)
d = {"a": 1, "b": 2}
g = d.get
print(g("a"), g("z"))
pat = re.compile(r"\d+")
m = pat.match
print(bool(m("12")), bool(m("x")), list(filter(pat.fullmatch, ["1", "a", "22"])))
handlers = {"push": out.append, "drop": out.remove}
handlers["push"](9)
handlers["drop"](0)
print(out)
words = ["x", "y", "x"]
print(sorted(set(words), key=words.count), max(d, key=d.get))
ev = threading.Event()
t = threading.Thread(target=ev.set)
t.start(); t.join()
print(ev.is_set())
q = queue.Queue()
put = q.put
put(1); put(2)
print(q.get() + q.get())
rng = random.Random(3)
roll = rng.random
print([round(roll(), 3) for _ in range(2)])
dq = deque([1, 2])
push = dq.appendleft
push(0)
print(dq)
buf = io.StringIO()
w = buf.write
w("hi "); w("there")
print(buf.getvalue())
seen = set()
mark = seen.add
for x in [1, 2, 1]:
    mark(x)
print(seen)
text = "hello"
up = text.upper
print(up(), list(map(text.count, "lo")))
sep = ", ".join
print(sep(["a", "b"]))
fmt = "{}-{}".format
print(fmt(1, 2), list(map("<{}>".format, [1, 2])))
class Log:
    def __init__(self, sink):
        self.sink = sink
    def log(self, s):
        self.sink(s)
lines = []
L = Log(lines.append)
L.log("a"); L.log("b")
print(lines)
c = Counter()
upd = c.update
upd("aab")
print(c)
