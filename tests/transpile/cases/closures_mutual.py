"""Nested functions that call each other, and what they capture on the way."""


def parse(text):
    at = 0
    depth = []

    def peek():
        return text[at] if at < len(text) else ""

    def take():
        nonlocal at
        c = peek()
        at += 1
        return c

    def expression():
        value = term()
        while peek() in ("+", "-") and peek():
            if take() == "+":
                value += term()
            else:
                value -= term()
        return value

    def term():
        value = factor()
        while peek() == "*":
            take()
            value *= factor()
        return value

    def factor():
        if peek() == "(":
            take()
            depth.append("(")
            value = expression()
            take()
            return value
        digits = ""
        while peek().isdigit():
            digits += take()
        return int(digits)

    return expression(), len(depth)


def parity(n):
    steps = []

    def even(k):
        steps.append(("even", k))
        return True if k == 0 else odd(k - 1)

    def odd(k):
        steps.append(("odd", k))
        return False if k == 0 else even(k - 1)

    return even(n), steps[-1], len(steps)


print(parse("1+2*(3+4)-5"))
print(parse("((2))*3"))
print(parity(7), parity(10))
