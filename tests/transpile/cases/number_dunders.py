"""divmod, round, reversed and others of objects with methods for them."""
class Money:
    def __init__(self, cents):
        self.cents = cents
    def __divmod__(self, other):
        q, r = divmod(self.cents, other)
        return Money(q), Money(r)
    def __round__(self, n=0):
        return Money(round(self.cents, -2))
    def __abs__(self):
        return Money(abs(self.cents))
    def __neg__(self):
        return Money(-self.cents)
    def __pos__(self):
        return self
    def __invert__(self):
        return Money(~self.cents)
    def __pow__(self, n):
        return Money(self.cents ** n)
    def __float__(self):
        return self.cents / 100
    def __int__(self):
        return self.cents
    def __index__(self):
        return self.cents
    def __reversed__(self):
        return iter(str(self.cents)[::-1])
    def __trunc__(self):
        return self.cents // 100
    def __ceil__(self):
        return -(-self.cents // 100)
    def __floor__(self):
        return self.cents // 100
    def __repr__(self):
        return f"Money({self.cents})"
    def __hash__(self):
        return hash(self.cents)
    def __eq__(self, other):
        return isinstance(other, Money) and self.cents == other.cents
    def __lt__(self, other):
        return self.cents < other.cents
    def __matmul__(self, other):
        return self.cents * other.cents
    def __contains__(self, digit):
        return str(digit) in str(self.cents)

m = Money(12345)
q, r = divmod(m, 100)
print(q, r, round(m), round(m, 1), abs(-m), +m, ~m, Money(3) ** 2, float(m), int(m))
print("".join(reversed(m)), m @ Money(2), 3 in m, 9 in m, max(m, Money(5)), sorted([m, Money(1)]), {m: 1}[Money(12345)], pow(Money(2), 5))
