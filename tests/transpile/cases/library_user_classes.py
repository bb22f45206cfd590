from collections import UserList, UserDict, ChainMap, UserString
class Stack(UserList):
    def push(self, x): self.append(x)
    def peek(self): return self[-1]
s = Stack([1, 2])
s.push(3)
print(s, len(s), s.peek(), s[0:2], s + [9], 2 in s, s == [1, 2, 3], [x for x in s])
s.extend([5, 4]); s.sort(); print(s); s.insert(0, 7); s.reverse(); print(s, s.index(7), s.count(1)); print(s.pop(), s.data)
class Lower(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
    def __getitem__(self, k): return super().__getitem__(k.lower())
d = Lower({"A": 1}, B=2)
d["Cc"] = 3
print(d, d["CC"], len(d), sorted(d), "cc" in d, d.get("zz", 0), list(d.items()))
d.update({"X": 9}); del d["x"]; print(d.pop("a"), d.setdefault("q", 1), d)
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(cm["a"], cm["b"], dict(cm), len(cm), list(cm), cm.maps)
ch = cm.new_child({"b": 10})
ch["z"] = 5
print(ch["b"], ch.parents["b"], cm, ch.get("nope", "d"), sorted(ch.items()), "z" in cm)
try:
    cm["nope"]
except KeyError as e:
    print("KeyError", e)
class Title(UserString):
    def shout(self): return self.upper() + "!"
t = Title("hey")
print(t.shout(), len(t), t + " x", t == "hey")
