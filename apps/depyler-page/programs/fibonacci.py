"""Integers grow beyond 64 bits as in Python."""


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


for n in (10, 50, 90, 100, 300):
    print(f"fibonacci({n}) = {fibonacci(n):,}")
