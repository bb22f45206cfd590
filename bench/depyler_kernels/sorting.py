"""Sorting: keys of several kinds, stability, a quicksort and a heap by hand."""
import random


class Person:
    def __init__(self, name: str, age: int, score: float):
        self.name = name
        self.age = age
        self.score = score


def quicksort(items: list[int]) -> list[int]:
    if len(items) <= 1:
        return items
    pivot = items[len(items) // 2]
    less = [x for x in items if x < pivot]
    same = [x for x in items if x == pivot]
    more = [x for x in items if x > pivot]
    return quicksort(less) + same + quicksort(more)


def heapsort(items: list[int]) -> None:
    n = len(items)

    def sift(root: int, end: int) -> None:
        while True:
            child = 2 * root + 1
            if child >= end:
                return
            if child + 1 < end and items[child] < items[child + 1]:
                child += 1
            if items[root] >= items[child]:
                return
            items[root], items[child] = items[child], items[root]
            root = child

    for start in range(n // 2 - 1, -1, -1):
        sift(start, n)
    for end in range(n - 1, 0, -1):
        items[0], items[end] = items[end], items[0]
        sift(0, end)


def main() -> None:
    rng = random.Random(3)
    people = [Person(f"name{rng.randrange(10000)}", rng.randrange(18, 90), rng.random()) for _ in range(25000)]
    check = 0
    for _ in range(3):
        by_age = sorted(people, key=lambda p: p.age)
        by_name = sorted(people, key=lambda p: (p.name, -p.age))
        by_score = sorted(people, key=lambda p: p.score, reverse=True)
        check += by_age[777].age + by_name[999].age + by_score[555].age
        people.sort(key=lambda p: len(p.name))
        check += people[0].age
    numbers = [rng.randrange(1000000) for _ in range(60000)]
    check += quicksort(numbers)[5000]
    copy = list(numbers)
    heapsort(copy)
    check += copy[5000]
    print(check, copy == sorted(numbers))


if __name__ == "__main__":
    main()
