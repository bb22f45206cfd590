import argparse
import array
from array import array as Array
import struct


def stats(values: array.array) -> str:
    return f"n={len(values)} sum={sum(values)} max={max(values)} code={values.typecode}"


def build(code: str, values: list) -> array.array:
    return array.array(code, values)


class Ring:
    def __init__(self, size: int) -> None:
        self.data = array.array("d", [0.0] * size)
        self.pos = 0

    def push(self, x: float) -> None:
        self.data[self.pos % len(self.data)] = x
        self.pos += 1


def main() -> None:
    a = array.array("i", [1, 2, 3])
    a.append(4)
    a.extend([5, 6])
    a.insert(0, 0)
    print(a, len(a), a[0], a[-1], a[1:4], a[::-1], a.tolist(), a.itemsize, a.typecode)
    print(stats(a), 3 in a, 9 in a, a.index(3), a.count(2))
    a.remove(3)
    print(a.pop(), a.pop(0), a)
    a.reverse()
    print(a, a + Array("i", [7]), a * 2)
    for i, x in enumerate(a):
        a[i] = x * 10
    print(a, a.tobytes(), bytes(a))
    try:
        a.append(2**31)
    except OverflowError as e:
        print("overflow:", e)
    for code, v in (("b", 200), ("B", 300), ("B", -1), ("h", 40000), ("H", -5), ("H", 70000)):
        try:
            x = array.array(code, [v])
            print(x)
        except OverflowError as e:
            print(code, v, e)
    f = array.array("d", [1.5, 2.5])
    f.append(3)
    print(f, sum(f), [round(x, 1) for x in f])
    g = array.array("f", [0.1])
    print(g[0], g)
    b = array.array("B", b"abc")
    print(b, b.tobytes())
    b.frombytes(b"de")
    print(b, array.array("i"), a == array.array("i", [50, 40, 20, 10]))
    print(build("h", [1, 2]), build("d", [1.0, 2.0]))
    r = Ring(3)
    for x in (1.0, 2.0, 3.0, 4.0):
        r.push(x)
    print(r.data, r.data[0])
    del a[0]
    print(a)
    a[1:2] = array.array("i", [7, 8])
    print(a)
    # memoryview
    data = bytearray(b"hello world")
    mv = memoryview(data)
    print(len(mv), mv[0], mv[-1], bytes(mv[:5]), mv[6:].tobytes(), mv.readonly, mv.format, mv.itemsize, mv.nbytes, mv.shape, mv.ndim)
    mv[0] = ord("J")
    mv[6:11] = b"WORLD"
    print(data, mv.tolist()[:3], mv[::2].tobytes(), mv.hex())
    ro = memoryview(b"abc")
    try:
        ro[0] = 1
    except TypeError as e:
        print("error:", e)
    try:
        mv[0:2] = b"xyz"
    except ValueError as e:
        print("error:", e)
    print(ro == b"abc", ro.readonly, list(ro), [hex(x) for x in ro], 98 in ro)
    nums = memoryview(array.array("i", [1, 2, 3]))
    print(nums.format, nums.itemsize, nums.tolist(), nums[1], sum(nums))
    as_bytes = nums.cast("B")
    print(len(as_bytes), as_bytes[4], as_bytes.tolist()[:4])
    back = as_bytes.cast("i")
    print(back.tolist())
    d = memoryview(struct.pack("dd", 1.5, 2.5)).cast("d")
    print(d.tolist(), d[0])
    with memoryview(data) as view:
        print(view[1])
    mv.release()
    try:
        mv[0]
    except ValueError as e:
        print("error:", e)
    print(int.from_bytes(memoryview(b"\x01\x02"), "big"), struct.unpack("<H", b"\x01\x02"))


if __name__ == "__main__":
    main()
