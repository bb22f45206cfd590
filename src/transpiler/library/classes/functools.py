class OrderedBy:
    def __init__(self, compare, value):
        self._compare = compare
        self._value = value

    def __lt__(self, other):
        return self._compare(self._value, other._value) < 0

    def __gt__(self, other):
        return self._compare(self._value, other._value) > 0

    def __le__(self, other):
        return self._compare(self._value, other._value) <= 0

    def __ge__(self, other):
        return self._compare(self._value, other._value) >= 0

    def __eq__(self, other):
        return self._compare(self._value, other._value) == 0


class cmp_to_key:
    def __init__(self, mycmp):
        self._compare = mycmp

    def __call__(self, value):
        return OrderedBy(self._compare, value)
