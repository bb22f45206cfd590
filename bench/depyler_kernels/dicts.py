"""Dicts of ints, strings and tuples: memo tables, graphs, counting, membership."""


def collatz(limit: int) -> tuple[int, int]:
    lengths = {1: 1}
    best, best_start = 1, 1
    for start in range(2, limit):
        n = start
        steps = 0
        while n not in lengths:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        length = lengths[n] + steps
        lengths[start] = length
        if length > best:
            best, best_start = length, start
    return best, best_start


def grid_walks(n: int) -> int:
    table: dict[tuple[int, int], int] = {}
    for i in range(n):
        for j in range(n):
            if i == 0 or j == 0:
                table[(i, j)] = 1
            else:
                table[(i, j)] = (table[(i - 1, j)] + table[(i, j - 1)]) % 1000003
    return table[(n - 1, n - 1)]


def reach(n: int) -> int:
    graph: dict[str, list[str]] = {}
    for i in range(n):
        graph[f"n{i}"] = [f"n{(i * 7 + 1) % n}", f"n{(i * 3 + 2) % n}"]
    seen = {"n0"}
    queue = ["n0"]
    for node in queue:
        for other in graph[node]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return len(seen)


def main() -> None:
    print(*collatz(250000))
    print(grid_walks(500))
    print(reach(60000))


if __name__ == "__main__":
    main()
