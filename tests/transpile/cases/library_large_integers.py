import hashlib
import hmac
def derive(m, n):
    mac = hmac.new(m, b"x", "sha1").digest()
    v = int.from_bytes(mac, "big")
    out = ""
    while len(out) < n:
        v, r = divmod(v, 36)
        out += "abcdefghijklmnopqrstuvwxyz0123456789"[r]
    return out
print(derive(b"k", 8))
h = hashlib.sha256(b"q").hexdigest()
print(int(h, 16) % 97, int(h[:8], 16) % 97, int(h, 16).bit_length())
print(int(hashlib.md5(b"a").hexdigest(), 16))
d = hashlib.sha256(b"q").digest()
print(int.from_bytes(d[:4], "big"), int.from_bytes(d[:8], "little"), int.from_bytes(b"\xff\xfe", "big", signed=True))
print(int.from_bytes(d[:8], byteorder="big") % 1000, int.from_bytes(bytes=d[2:4], byteorder="big"))
x = int.from_bytes(d, "big")
print(x.to_bytes(32, "big") == d, x >> 200, x & 0xff, hex(x)[:10], f"{x:x}"[:6], len(str(x)), f"{x % 2**64:016x}")
def bucket(key: str, n: int) -> int:
    return int(hashlib.md5(key.encode()).hexdigest(), 16) % n
print([bucket(k, 7) for k in ("a", "b", "c")])
class Ring:
    def __init__(self, nodes: list[str]) -> None:
        self.ring: dict[int, str] = {}
        for n in nodes:
            for i in range(2):
                self.ring[self._hash(f"{n}:{i}")] = n
        self.keys = sorted(self.ring)
    def _hash(self, key: str) -> int:
        return int(hashlib.md5(key.encode()).hexdigest(), 16)
    def get(self, key: str) -> str:
        h = self._hash(key)
        for k in self.keys:
            if h <= k:
                return self.ring[k]
        return self.ring[self.keys[0]]
r = Ring(["a", "b"])
print([r.get(str(i)) for i in range(6)])
def rd(data: bytes, pos: int) -> int:
    return int.from_bytes(data[pos:pos + 2], "big")
vals = [rd(d, i) for i in range(0, 8, 2)]
print(vals, d[vals[0] % 32], list(range(rd(b"\0\3", 0))))
