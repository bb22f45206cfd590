import argparse
import os


def main() -> None:
    parser = argparse.ArgumentParser(prog="env")
    parser.add_argument("name")
    parser.add_argument("--value", default="x")
    args = parser.parse_args(["A_NAME"])
    os.environ[args.name] = args.value
    print(os.environ["A_NAME"], len(args.name), args.name + "!")


main()
