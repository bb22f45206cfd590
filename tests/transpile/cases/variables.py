"""One name, several variables."""
import contextlib


def split_line(line):
    line = line.strip()
    line = line.split(",")
    total = 0
    for part in line:
        part = int(part)
        total += part
    return total


def reuse(flag):
    value = "text"
    if flag:
        print(value.upper())
        value = 3
    else:
        value = 4
    print(value + 1)


def swap_in_loop(words):
    item = 1
    out = []
    for word in words:
        out.append(item + 1)
        item = word.upper()
        out.append(len(item))
        item = len(word)
    return out, item


def tries(text):
    result = "none"
    try:
        result = int(text)
        result = [result]
    except ValueError as e:
        print("bad", e, result)
        result = "later"
    finally:
        print(result)
    return result


def suppressed():
    kept = 1
    with contextlib.suppress(ZeroDivisionError):
        kept = 2
        kept = 1 // 0
    return kept


def breaking(items):
    found = None
    while True:
        for item in items:
            if item > 2:
                found = str(item)
                break
        else:
            found = -1
        break
    return found


def closure():
    count = 0
    count = "x"

    def inner():
        return count

    count = count * 3
    return inner()


def finals(limit):
    state = []
    i = 0
    while i < limit:
        try:
            if i == 2:
                break
            state.append(i)
        finally:
            i += 1
            last = i * 10
    return state, i, last


def param(x, y=2):
    print(x)
    x = str(x) + "!"
    print(x)
    if y:
        y = [y, y]
        print(y)
        y = len(y)
    return x, y


def matching(n):
    size = n
    match n:
        case 1:
            size = "one"
        case 2:
            size = "two"
    return size


class Box:
    def load(self, data):
        data = data.encode()
        data = list(data)
        self.data = data
        return data


q = "outer"
print(q)
q = [1, 2]
print(q)
for q in range(2):
    print(q)
q = {"a": q}
print(q)
print(split_line(" 1,2,3 \n"))
reuse(True)
reuse(False)
print(swap_in_loop(["ab", "c"]))
print(tries("5"), tries("x"))
print(suppressed())
print(breaking([1, 2, 3]), breaking([]))
print(closure())
print(finals(5))
print(param(5), param("z", 0))
print(matching(1), matching(7))
print(Box().load("hi"))
x = 5
while x:
    x -= 1
    x_2 = "mine"
    if x == 2:
        x = 0
        continue
print(x, x_2)
