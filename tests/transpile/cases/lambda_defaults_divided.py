for k in [5, 6]:
    print(k)
fs = []
for k in range(3):
    fs.append(lambda v, k=k: v + k)
print([f(0) for f in fs])
for k in "ab":
    print(k)
def g():
    for k in [5, 6]:
        print(k)
    hs = []
    for k in range(3):
        hs.append(lambda v, k=k: v + k)
    for k in "ab":
        print(k)
    return [h(0) for h in hs]
print(g())
def g2():
    hs = []
    for k in range(3):
        def inner(v, k=k):
            return v + k
        hs.append(inner)
    for k in "ab":
        print(k)
    return [h(0) for h in hs]
print(g2())
