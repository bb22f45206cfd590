"""Parts of a list put into the same list: turned round, shifted, stretched, with steps, out of range."""


def show(title: str, items: list[int]) -> None:
    print(title, items)


def turned(n: int, a: int, b: int) -> list[int]:
    items = list(range(n))
    items[a : b + 1] = items[b : a - 1 if a > 0 else None : -1]
    return items


def same_of(words: list[str], a: int, b: int) -> list[str]:
    words[a:b] = words[a:b][::-1]
    words[a:b] = words[b:a:-1]
    return words


def main() -> None:
    for a, b in [(0, 0), (0, 4), (1, 3), (2, 6), (0, 6), (3, 9), (5, 2)]:
        print(a, b, turned(7, a, b))
    items = list(range(8))
    items[:3] = items[2::-1]
    show("front", items)
    items[-3:] = items[:-4:-1]
    show("back", items)
    items[:] = items[::-1]
    show("all", items)
    items[2:4] = items[5:]
    show("longer", items)
    items[3:] = items[3::2]
    show("shorter", items)
    items[::2] = items[::-2] if len(items) % 2 else items[1::2] + [9] * (len(items) % 2)
    show("steps", items)
    items[1:1] = items[:2]
    show("inserted", items)
    items[5:2] = items[0:2]
    show("empty range", items)
    items[100:] = items[:1]
    show("beyond", items)
    try:
        items[::2] = items[::3]
    except ValueError as e:
        print(e)
    try:
        items[:2] = items[::0]
    except ValueError as e:
        print(e, len(items))
    print(same_of(["a", "b", "c", "d", "e"], 1, 4))
    nested = [[1], [2], [3]]
    nested[:2] = nested[1::-1]
    nested[0].append(5)
    print(nested)
    other = items
    other[:2] = items[2:4]
    print(items == other, items)


main()
