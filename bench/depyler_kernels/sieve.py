"""Primes below a limit: a list of bools, index loops, slices counted."""


def primes(limit: int) -> list[int]:
    flags = [True] * (limit + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= limit:
        if flags[i]:
            for k in range(i * i, limit + 1, i):
                flags[k] = False
        i += 1
    return [i for i, flag in enumerate(flags) if flag]


def main() -> None:
    total = 0
    for _ in range(4):
        found = primes(1500000)
        total += len(found) + found[-1]
    print(total)


if __name__ == "__main__":
    main()
