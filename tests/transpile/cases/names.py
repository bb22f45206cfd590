"""Names that are assigned anew with values of other types."""
def f(x):
    x = int(x)
    x = x + 1
    x = [x] * 2
    return x


def g(data):
    data = data.strip()
    data = data.split(",")
    total = 0
    for d in data:
        total += int(d)
    data = total
    data += 1
    if data > 3:
        data = data * 2
    return data


value = "12"
value = int(value)
value = [value]
print(f("3"), g(" 1,2 "), value)


def h(n):
    result = None
    for i in range(n):
        if i == 2:
            result = i
    print(result)
    result = "text"
    while n:
        result += str(n)
        n -= 1
    return result


print(h(4))


def k(x):
    y = x
    fn = lambda: y
    y = "late"
    return fn()


print(k(1))
try:
    r = int("x")
except ValueError:
    r = "bad"
print(r)
r = 5
print(r + 1)
