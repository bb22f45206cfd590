"""Integers of any size: products and sums that grow, masks, shifts, literals, powers."""
import math


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def fibs(n, memo={}):
    if n in memo:
        return memo[n]
    if n < 2:
        return n
    memo[n] = fibs(n - 1, memo) + fibs(n - 2, memo)
    return memo[n]


def slow_fib(n):
    return n if n < 2 else slow_fib(n - 1) + slow_fib(n - 2)


def fnv(data):
    h = 14695981039346656037
    for b in data:
        h ^= b
        h = (h * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return h


def djb(text):
    h = 5381
    for c in text:
        h = (h * 33 + ord(c)) & 0xFFFFFFFF
    return h


def unmasked(text):
    h = 7
    for c in text:
        h = h * 31 + ord(c)
    return h


def lcg(seed, n):
    out = []
    for _ in range(n):
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2 ** 63
        out.append(seed % 100)
    return out


def search(items, x):
    lo, hi = 0, len(items) - 1
    while lo <= hi:
        mid = (lo + hi) // 2
        if items[mid] == x:
            return mid
        if items[mid] < x:
            lo = mid + 1
        else:
            hi = mid - 1
    return -1


def pascal(n):
    row = [1]
    for _ in range(n):
        row = [1] + [row[i] + row[i + 1] for i in range(len(row) - 1)] + [1]
    return row


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


print(factorial(25), fact(30), fib(120), fibs(100), slow_fib(15))
print(fnv(b"hello world"), djb("hello world, this is long"), unmasked("hello world, this is long"))
print(lcg(42, 5), search([1, 3, 5, 7], 5), max(pascal(70)), collatz(27), collatz(2 ** 70 + 1))
print(2 ** 100, 2 ** 10, 10 ** 30 // 7, (2 ** 64) % 1000, -(2 ** 65), abs(-(2 ** 66)), 1 << 70, (1 << 70) >> 60)
n = 200
print(1 << n, (1 << n) - 1 == 2 ** n - 1, 2 ** n > 5, 5 < 2 ** n, 2 ** n == 2.0 ** n, float(2 ** 60))
print(math.factorial(20), math.factorial(25), math.comb(100, 50), f"{2 ** 70:,}", f"{2 ** 70:x}", str(3 ** 50)[:5])
print(sum([2 ** 64, 2 ** 62]), sum(x ** 20 for x in range(10)), divmod(2 ** 70, 1000), int("12"), len(str(2 ** 1000)))
big = 123456789012345678901234567890
print(big, big % 97, big // 10 ** 20, big * big, big & 0xFF, big.bit_length(), isinstance(big, int), type(big).__name__)
d = {2 ** 65: "x", 3: "y"}
print(d[2 ** 65], 3 in d, [2 ** 63, 1], (2 ** 63, "a"), {"k": 2 ** 64}, max(2 ** 65, 3), min(5, 2 ** 65))
mask = 0
for i in (1, 5, 62, 63, 64):
    mask |= 1 << i
print(mask, bool(mask & (1 << 5)), bool(mask & (1 << 6)), bin(mask).count("1"))
x = 5
print(x & (1 << 2), [i for i in range(4) if x & (1 << i)], pow(3, 100, 7), pow(2, 80))
rev = 0
v = 9876543210123456789
while v:
    rev = rev * 10 + v % 10
    v //= 10
print(rev)
