"""Calls: Fibonacci, Ackermann, towers, permutations by recursion."""


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def hanoi(n, source, target, spare):
    if n == 0:
        return 0
    return hanoi(n - 1, source, spare, target) + 1 + hanoi(n - 1, spare, target, source)


def queens(n, row, columns, left, right):
    if row == n:
        return 1
    count = 0
    for c in range(n):
        if columns & (1 << c) or left & (1 << (row + c)) or right & (1 << (row - c + n)):
            continue
        count += queens(n, row + 1, columns | 1 << c, left | 1 << (row + c), right | 1 << (row - c + n))
    return count


def main():
    print(fib(33))
    print(ackermann(2, 300))
    print(hanoi(18, "a", "b", "c"))
    print(queens(9, 0, 0, 0, 0))


main()
