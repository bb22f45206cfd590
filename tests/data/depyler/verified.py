"""Arithmetic on the command line."""
import argparse


def total(values: list[int]) -> int:
    return sum(values)


def ratio(a: float, b: float) -> float:
    return a / b


def label(name: str, times: int = 1) -> str:
    return name.title() * times


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("sum", help="add integers")
    adding.add_argument("values", type=int, nargs="+")
    adding.add_argument("--twice", action="store_true")
    naming = commands.add_parser("label")
    naming.add_argument("name")
    naming.add_argument("--style", choices=["plain", "loud"], default="plain")
    args = parser.parse_args()
    if args.command == "sum":
        print(total(args.values) * (2 if args.twice else 1))
    else:
        print(label(args.name), args.style)


if __name__ == "__main__":
    main()
