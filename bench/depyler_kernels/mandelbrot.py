"""The set, as a count and a checksum of its rows: float loops."""


def row_bits(y: int, size: int, limit: int) -> int:
    bits = 0
    ci = 2.0 * y / size - 1.0
    for x in range(size):
        cr = 2.0 * x / size - 1.5
        zr = zi = 0.0
        inside = True
        for _ in range(limit):
            zr2 = zr * zr
            zi2 = zi * zi
            if zr2 + zi2 > 4.0:
                inside = False
                break
            zi = 2.0 * zr * zi + ci
            zr = zr2 - zi2 + cr
        if inside:
            bits += 1 + x % 7
    return bits


def main() -> None:
    size = 400
    total = 0
    for y in range(size):
        total = (total * 31 + row_bits(y, size, 60)) % 1000000007
    print(total)


if __name__ == "__main__":
    main()
