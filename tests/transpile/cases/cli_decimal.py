#!/usr/bin/env python3
"""Decimal bank CLI."""
import argparse
import json
import sys
from decimal import Decimal, InvalidOperation, ROUND_HALF_UP
from typing import Any, Dict, List, Tuple

CENT = Decimal("0.01")


class InsufficientFunds(Exception):
    def __init__(self, balance: Decimal, amount: Decimal):
        super().__init__(f"balance {balance} < amount {amount}")
        self.balance = balance
        self.amount = amount


class Account:
    """An account."""

    def __init__(self, owner: str, balance: Decimal = Decimal("0.00")) -> None:
        self.owner = owner
        self._balance = balance
        self.history: List[Tuple[str, Decimal]] = []

    @property
    def balance(self) -> Decimal:
        return self._balance.quantize(CENT, rounding=ROUND_HALF_UP)

    def deposit(self, amount: Decimal) -> Decimal:
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._balance += amount
        self.history.append(("deposit", amount))
        return self.balance

    def withdraw(self, amount: Decimal) -> Decimal:
        if amount > self._balance:
            raise InsufficientFunds(self._balance, amount)
        self._balance -= amount
        self.history.append(("withdraw", amount))
        return self.balance

    def to_dict(self) -> Dict[str, Any]:
        return {"owner": self.owner, "balance": str(self.balance), "n": len(self.history)}


def to_decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"not a number: {text!r}")
    return value


def split_bill(total: Decimal, people: int) -> List[Decimal]:
    share = (total / people).quantize(CENT)
    shares = [share] * people
    shares[-1] += total - sum(shares)
    return shares


def convert(amount: Decimal, rates: Dict[str, Decimal], to: str) -> Decimal:
    return (amount * rates[to]).quantize(CENT)


def main() -> int:
    parser = argparse.ArgumentParser(description="bank")
    sub = parser.add_subparsers(dest="cmd", required=True)
    p = sub.add_parser("split")
    p.add_argument("total", type=to_decimal)
    p.add_argument("--people", "-p", type=int, default=3)
    p = sub.add_parser("run")
    p.add_argument("amounts", nargs="*", type=to_decimal)
    p = sub.add_parser("fx")
    p.add_argument("amount", type=Decimal)
    p.add_argument("--to", choices=["EUR", "JPY"], default="EUR")
    for argv in (["split", "100"], ["split", "10.01", "-p", "4"], ["run", "5.25", "10", "100"], ["fx", "12.34", "--to", "JPY"], ["fx", "3"]):
        args = parser.parse_args(argv)
        if args.cmd == "split":
            shares = split_bill(args.total, args.people)
            print(" ".join(str(s) for s in shares), "sum", sum(shares))
        elif args.cmd == "run":
            acc = Account("ann", Decimal("50"))
            for i, amount in enumerate(args.amounts):
                try:
                    if i % 2 == 0:
                        print(f"deposit {amount:>8} -> {acc.deposit(amount):,}")
                    else:
                        print(f"withdraw {amount:>8.2f} -> {acc.withdraw(amount)}")
                except (InsufficientFunds, ValueError) as e:
                    print(f"error: {e}", file=sys.stderr)
            print(json.dumps(acc.to_dict(), sort_keys=True), acc.history)
            try:
                acc.withdraw(Decimal("1e6"))
            except InsufficientFunds as e:
                print(e, e.balance, e.amount - e.balance)
        elif args.cmd == "fx":
            rates = {"EUR": Decimal("0.92"), "JPY": Decimal("155.331")}
            print(convert(args.amount, rates, args.to), {k: float(v) for k, v in rates.items()}, max(rates.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
