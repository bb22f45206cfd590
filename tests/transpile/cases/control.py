"""Control flow: for-else, while-else, break out of try, finally, chained comparison, walrus."""


def find(items, wanted):
    for i, item in enumerate(items):
        if item == wanted:
            break
    else:
        return -1
    return i


def cleanup(log, fail):
    for step in range(3):
        try:
            log.append(step)
            if step == 1 and fail:
                raise ValueError("at " + str(step))
            if step == 2:
                break
        except ValueError as error:
            log.append(str(error))
            continue
        finally:
            log.append("f" + str(step))
    return log


def early():
    try:
        return "body"
    finally:
        print("finally")


def classify(n):
    match n:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "small"
        case _ if n < 0:
            return "negative"
        case _:
            return "big"


print(find([1, 2, 3], 3), find([1, 2, 3], 9))
print(cleanup([], True), cleanup([], False))
print(early())
n = 0
while (n := n + 3) < 10:
    pass
else:
    print("else", n)
print(1 < n <= 12 != 13, [classify(k) for k in (0, 2, -5, 99)])
a, *b, c = [1, 2, 3, 4, 5]
print(a, b, c)
