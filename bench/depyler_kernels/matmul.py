"""Matrices as lists of lists: triple loop, transposition by comprehension, a function a step."""


def make(n: int, seed: int) -> list[list[float]]:
    return [[((i * n + j + seed) % 17) / 3.0 for j in range(n)] for i in range(n)]


def multiply(a: list[list[float]], b: list[list[float]]) -> list[list[float]]:
    n = len(a)
    m = len(b[0])
    k = len(b)
    c = [[0.0] * m for _ in range(n)]
    for i in range(n):
        for j in range(m):
            total = 0.0
            for x in range(k):
                total += a[i][x] * b[x][j]
            c[i][j] = total
    return c


def transpose(a: list[list[float]]) -> list[list[float]]:
    return [[a[i][j] for i in range(len(a))] for j in range(len(a[0]))]


def main() -> None:
    n = 160
    a = make(n, 1)
    b = make(n, 5)
    for _ in range(4):
        a = transpose(multiply(a, b))
        scale = max(max(row) for row in a)
        a = [[x / scale for x in row] for row in a]
    print(f"{sum(sum(row) for row in a):.6f}")
    print(f"{a[3][5]:.9f}")


if __name__ == "__main__":
    main()
