"""Generators: pipelines, recursion by yield from, expressions, a class that iterates."""


def count_up(limit):
    n = 0
    while n < limit:
        yield n
        n += 1


def odd(numbers):
    for n in numbers:
        if n % 2 == 1:
            yield n


def squares(numbers):
    for n in numbers:
        yield n * n


def inorder(low, high):
    if low < high:
        middle = (low + high) // 2
        yield from inorder(low, middle)
        yield middle
        yield from inorder(middle + 1, high)


class Countdown:
    def __init__(self, start: int):
        self.start = start

    def __iter__(self):
        n = self.start
        while n > 0:
            yield n
            n -= 1


def main():
    total = 0
    for _ in range(5):
        total += sum(squares(odd(count_up(700000))))
    for i, n in enumerate(inorder(0, 150000)):
        total += i ^ n
    for n in Countdown(800000):
        total += n & 7
    total += sum(x * y for x in range(1000) for y in range(x % 500))
    print(total)


if __name__ == "__main__":
    main()
