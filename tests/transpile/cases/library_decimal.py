"""Decimal demo."""
import argparse
import decimal
import math
import sys
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation, getcontext, localcontext
from typing import Dict, List, Optional


@dataclass
class LineItem:
    name: str
    price: Decimal
    qty: int = 1

    @property
    def total(self) -> Decimal:
        return self.price * self.qty


@dataclass
class Invoice:
    items: List[LineItem] = field(default_factory=list)
    tax_rate: Decimal = Decimal("0.0825")

    def subtotal(self) -> Decimal:
        return sum((i.total for i in self.items), Decimal("0"))

    def tax(self) -> Decimal:
        return (self.subtotal() * self.tax_rate).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def parse(text: str) -> Optional[Decimal]:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def compound(principal: Decimal, rate: Decimal, years: int) -> Decimal:
    amount = principal
    for _ in range(years):
        amount *= 1 + rate / 100
    return amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def pi() -> Decimal:
    getcontext().prec += 2
    three = Decimal(3)
    lasts, t, s, n, na, d, da = 0, three, 3, 1, 0, 0, 24
    while s != lasts:
        lasts = s
        n, na = n + na, na + 8
        d, da = d + da, da + 32
        t = (t * n) / d
        s += t
    getcontext().prec -= 2
    return +s


def cmd_add(args: argparse.Namespace) -> int:
    total = Decimal(0)
    for v in args.values:
        d = parse(v)
        if d is None:
            print(f"invalid: {v!r}", file=sys.stderr)
            return 1
        total += d
    print(f"total={total} {total:.2f} {total:,.3f}")
    return 0


def main(argv: Optional[List[str]] = None) -> int:
    p = argparse.ArgumentParser(description="decimal")
    sub = p.add_subparsers(dest="cmd")
    a = sub.add_parser("add")
    a.add_argument("values", nargs="+")
    args = p.parse_args(["add", "0.1", "0.2", "1000000.5"])
    print(cmd_add(args))
    print(0.1 + 0.2, Decimal("0.1") + Decimal("0.2"), Decimal(0.1))
    inv = Invoice([LineItem("pen", Decimal("1.25"), 3), LineItem("book", Decimal("12.99"))])
    print(inv.subtotal(), inv.tax(), inv.subtotal() + inv.tax())
    print(inv)
    print(compound(Decimal("1000"), Decimal("5.5"), 10), pi())
    x = Decimal("7.325")
    for mode in (ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, decimal.ROUND_CEILING):
        print(f"{mode:<16} {x.quantize(Decimal('0.01'), rounding=mode)}")
    print(round(x, 2), round(x), int(x), float(x), math.floor(x), math.ceil(x), abs(-x), -x, x // 2, x % 2, divmod(x, 2), x ** 2, 2 ** Decimal(3))
    print(x > 7, x == Decimal("7.3250"), x < 7.5, 7 < x, x >= Decimal("7.325"), max(x, Decimal(9)), min([x, Decimal(1)]), sorted([Decimal(3), Decimal("1.5"), Decimal(2)]))
    with localcontext() as ctx:
        ctx.prec = 6
        print(Decimal(1) / Decimal(7), ctx.prec)
    print(Decimal(1) / 7, getcontext().prec, getcontext().rounding)
    print(Decimal(2).sqrt(), Decimal("1E+3").normalize(), Decimal("100.00").normalize(), Decimal("1.50").as_tuple())
    for bad in ("abc", "1.2.3"):
        try:
            Decimal(bad)
        except decimal.InvalidOperation as e:
            print("invalid", e, type(e).__name__)
    try:
        print(Decimal(1) / Decimal(0))
    except decimal.DivisionByZero as e:
        print("div", e)
    try:
        print(Decimal(1) / 0)
    except ZeroDivisionError as e:
        print("zde", type(e).__name__)
    try:
        print(Decimal("1.5") + 1.5)
    except TypeError as e:
        print(e)
    data: Dict[str, object] = {"a": Decimal("1.10"), "b": 2, "c": [Decimal("3.3")]}
    print(data, str(Decimal("3.140")), repr(Decimal("3.140")), f"{Decimal('3.14'):>10}|{Decimal('3.14159'):.3f}|{Decimal('0.125'):.1%}")
    print(Decimal("NaN").is_nan(), Decimal("Infinity"), -Decimal("Infinity"), hash(Decimal(3)) == hash(3), {Decimal("1.0"): 1}[1] if False else 0)
    print(isinstance(x, Decimal), type(x).__name__, isinstance(1, Decimal), bool(Decimal(0)))
    values = {k: Decimal(v) for k, v in {"x": "1.1", "y": "2.2"}.items()}
    print(sum(values.values()), sum([]), sum([Decimal("1.5"), Decimal(2)]) / len(values))
    cents = int((Decimal("19.99") * 100).to_integral_value())
    print(cents, Decimal(cents) / 100, Decimal("10") - 3, 10 - Decimal("3.5"), 3 * Decimal("1.1"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
