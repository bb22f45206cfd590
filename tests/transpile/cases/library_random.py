import random


def main():
    random.seed(42)
    print(random.random(), random.randint(1, 100), random.uniform(1, 5), random.choice(["a", "b", "c"]), random.choices([1, 2, 3], k=5), random.choices("ab", weights=[1, 9], k=5), random.sample(range(100), 5), random.sample([1, 2, 3, 4], k=2))
    deck = list(range(10))
    random.shuffle(deck)
    print(deck, random.randrange(10), random.randrange(0, 100, 5), random.gauss(0, 1), random.normalvariate(10, 2), random.expovariate(1.5), random.triangular(0, 10, 3), random.betavariate(2, 3), random.gammavariate(2, 1), random.lognormvariate(0, 1), random.vonmisesvariate(0, 1), random.paretovariate(3), random.weibullvariate(1, 2), random.getrandbits(16), random.randbytes(4))
    r = random.Random(7)
    print(r.random(), r.randint(0, 9), r.choice("xyz"), [r.randint(1, 6) for _ in range(10)], r.sample("abcdef", 3), r.uniform(0, 1), r.gauss(0, 1), r.betavariate(1, 2), r.triangular(), r.getrandbits(8))
    items = ["x", "y", "z"]
    r.shuffle(items)
    state = random.getstate()
    a = random.random()
    random.setstate(state)
    print(items, a == random.random())
    random.seed("text")
    print(random.random(), random.choice(range(5)), random.choice((1, 2)), random.sample(sorted({3, 1, 2}), 2))
    random.seed(3.5)
    print(random.random(), "".join(random.choices("abcdef", k=8)), random.choices(["h", "t"], cum_weights=[1, 3], k=3))
    try:
        random.choice([])
    except IndexError as e:
        print(e)
    try:
        random.sample([1], 2)
    except ValueError as e:
        print(e)
    try:
        random.randint(5, 1)
    except ValueError as e:
        print(e)
    print(random.Random(1).random(), random.Random("a").randint(0, 1000000), sum(random.Random(5).random() for _ in range(3)))


main()
