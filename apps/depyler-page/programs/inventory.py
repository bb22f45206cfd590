"""A command-line program with data classes: try `inventory add bolt 40 --price 0.25`."""
import argparse
import sys
from dataclasses import dataclass, field


@dataclass(order=True)
class Item:
    name: str
    count: int = 0
    price: float = 0.0

    @property
    def worth(self) -> float:
        return self.count * self.price


@dataclass
class Inventory:
    items: dict[str, Item] = field(default_factory=dict)

    def add(self, name: str, count: int, price: float) -> Item:
        if count <= 0:
            raise ValueError(f"count must be positive, not {count}")
        item = self.items.setdefault(name, Item(name, price=price))
        item.count += count
        return item

    def total(self) -> float:
        return sum(item.worth for item in self.items.values())


def main() -> int:
    parser = argparse.ArgumentParser(description="Keep an inventory.")
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="add some of an item")
    add.add_argument("name")
    add.add_argument("count", type=int)
    add.add_argument("--price", type=float, default=1.0, help="of one (default: %(default)s)")
    args = parser.parse_args()

    inventory = Inventory()
    inventory.add("nut", 100, 0.05)
    try:
        item = inventory.add(args.name, args.count, args.price)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(item)
    for each in sorted(inventory.items.values()):
        print(f"{each.name:<10}{each.count:>6}{each.worth:>10.2f}")
    print(f"{'total':<10}{inventory.total():>16.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
