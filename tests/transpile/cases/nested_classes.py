# Classes within classes, functions that call each other, and functions as values with names and defaults.
import functools
import re
from dataclasses import dataclass


class Stack:
    class Node:
        def __init__(self, value, below=None):
            self.value = value
            self.below = below

    @dataclass
    class Stats:
        pushed: int = 0

    def __init__(self):
        self.top = None
        self.stats = Stack.Stats()

    def push(self, value):
        self.top = self.Node(value, self.top)
        self.stats.pushed += 1

    def __iter__(self):
        node = self.top
        while node:
            yield node.value
            node = node.below


class Line:
    class Node:
        def __init__(self, text):
            self.text = text

    def __init__(self, *texts):
        self.nodes = [Line.Node(text) for text in texts]


@dataclass
class Base:
    a: int
    b: int = 2


class Derived(Base):
    def __init__(self, a, c):
        super().__init__(a, b=7)
        self.c = c


def parse(text):
    tokens = text.split()
    at = 0

    def peek():
        return tokens[at] if at < len(tokens) else ""

    def advance():
        nonlocal at
        at += 1
        return tokens[at - 1]

    def primary():
        token = advance()
        if token == "(":
            inside = total()
            advance()
            return inside
        return int(token)

    def total():
        left = primary()
        while peek() == "+":
            advance()
            left += primary()
        return left

    return total()


def counter():
    n = 0

    def inc(step=1):
        nonlocal n
        n += step
        return n

    return inc


def double(x):
    return x * 2


def shout(x, mark="!"):
    return x + mark


def made_key():
    print("made once")
    return lambda word: (len(word), word)


def local_class():
    @dataclass
    class Point:
        x: int

    return Point(3)


def undefined(ask):
    if ask:
        return never_bound_anywhere
    return "not asked"


stack = Stack()
for item in "abc":
    stack.push(item)
print(list(stack), stack.stats, [node.text for node in Line("x", "y").nodes])
print(Stack.Node(1).value, isinstance(stack.top, Stack.Node), type(stack.top).__name__, local_class())
derived = Derived(1, "c")
print(derived.a, derived.b, derived.c, derived)
print(parse("1 + ( 2 + 3 ) + 4"))
inc = counter()
inc()
inc(5)
print(inc())
for function in (double, shout):
    print(function.__name__, function("ab"))
print(sorted(["ccc", "a", "bb", "aa"], key=made_key()))
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
words = ["b", "a"]
words.sort(key=None)
print(words)
digits = re.compile(r"\d+")
found = re.search(digits, "ab12c")
print(found.group() if found else None, re.sub(digits, "#", "1a22"))
print("abc".translate("".maketrans("ab", "xy")))
print(undefined(False))
try:
    undefined(True)
except NameError as error:
    print(error)
try:
    next([1, 2])
except TypeError as error:
    print(error)
print(set(), list(), dict(), repr(set()))
