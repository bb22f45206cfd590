from collections import Counter, OrderedDict, defaultdict, deque
class LRU(OrderedDict):
    def __init__(self, cap):
        super().__init__()
        self.cap = cap
    def get_item(self, k):
        if k not in self:
            return None
        self.move_to_end(k)
        return self[k]
    def put(self, k, v):
        if k in self:
            self.move_to_end(k)
        self[k] = v
        if len(self) > self.cap:
            self.popitem(last=False)
c = LRU(2)
c.put("a", 1); c.put("b", 2); c.get_item("a"); c.put("c", 3)
print(list(c.keys()), dict(c), len(c))
class Bag(Counter):
    def top(self):
        return self.most_common(1)[0]
    def total_count(self):
        return sum(self.values())
b = Bag("abracadabra")
print(b.top(), b.total_count(), b["z"], b)
b.update("zz")
print(b.most_common(2), isinstance(b, Counter), isinstance(b, dict))
class Graph(defaultdict):
    def __init__(self):
        super().__init__(set)
    def add(self, a, b):
        self[a].add(b)
        self[b].add(a)
g = Graph()
g.add("x", "y"); g.add("x", "z")
for k in sorted(g):
    print(k, sorted(g[k]))
class AutoKey(defaultdict):
    def __missing__(self, key):
        v = self[key] = len(self)
        return v
a = AutoKey()
print(a["q"], a["w"], a["q"], dict(a))
class Window(deque):
    def __init__(self, n):
        super().__init__(maxlen=n)
        self.total = 0
    def push(self, v):
        if len(self) == self.maxlen:
            self.total -= self[0]
        self.append(v)
        self.total += v
    def mean(self):
        return self.total / len(self)
w = Window(3)
for v in [1, 2, 3, 4, 5]:
    w.push(v)
    print(list(w), w.mean())
