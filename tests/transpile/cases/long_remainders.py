"""int(text) that is only divided and compared may have any number of digits."""


def rem(text: str) -> int:
    number = int(text)
    return number % 97


def even(text: str) -> bool:
    n = int(text)
    return n > 10 and n % 2 == 0


def shown(text: str) -> str:
    n = int(text)
    return f"{n:,} {n} {n % 10} {n == 5}"


def iban(s: str) -> bool:
    moved = s[4:] + s[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


LONG = "123456789012345678901234567890"
print(rem(LONG), rem("7"), even(LONG), even("4"), shown(LONG), iban("GB82WEST12345698765432"))
