import base64
import binascii
import hashlib
import hmac
import struct
import zlib


def main():
    data = b"hello world"
    for name in ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s"]:
        h = hashlib.new(name)
        h.update(data)
        print(name, h.hexdigest()[:32], h.digest_size, h.block_size, h.name)
    print(hashlib.sha256("text".encode()).hexdigest(), hashlib.md5(b"").hexdigest(), hashlib.sha1(b"a").digest(), hashlib.blake2b(b"x", digest_size=16).hexdigest(), hashlib.shake_128(b"x").hexdigest(8), hashlib.sha256(b"a").digest().hex(), int(hashlib.sha256(b"a").hexdigest()[:8], 16), "sha256" in hashlib.algorithms_available, hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 10).hex(), hashlib.scrypt(b"pw", salt=b"s", n=16, r=1, p=1, dklen=16).hex())
    print(hmac.new(b"key", data, hashlib.sha256).hexdigest(), hmac.new(b"key", data, "sha1").hexdigest(), hmac.compare_digest("a", "a"), hmac.new(b"k", b"m", digestmod="md5").digest(), hmac.digest(b"k", b"m", "sha256").hex())
    print(base64.b64encode(data), base64.b64decode("aGVsbG8="), base64.b64encode(data).decode(), base64.urlsafe_b64encode(b"\xff\xfe"), base64.b32encode(data), base64.b16encode(data), base64.b85encode(data), base64.a85encode(data), base64.b85decode(base64.b85encode(data)), base64.a85decode(base64.a85encode(data)), base64.encodebytes(data), base64.b32decode(b"NBSWY3DP"), base64.b32hexencode(b"hi"))
    for bad in ["abc", "a$b=", "===="]:
        try:
            print(base64.b64decode(bad))
        except binascii.Error as e:
            print("Error:", e)
    print(struct.pack(">IHB", 1, 2, 3), struct.unpack("<IH", b"\x01\x00\x00\x00\x02\x00"), struct.calcsize("<ih"), struct.pack("<d", 1.5), struct.pack("!4s", b"ab"), struct.unpack(">f", struct.pack(">f", 0.1)), struct.pack("?b", True, -1), struct.unpack_from("<H", b"\0\0\1\0", 2), list(struct.iter_unpack("<H", b"\1\0\2\0")))
    s = struct.Struct("<IhB")
    packed = s.pack(7, -2, 255)
    print(packed, s.size, s.unpack(packed), s.format)
    buf = bytearray(8)
    struct.pack_into("<I", buf, 2, 0xDEADBEEF)
    print(buf, buf.hex())
    a, b2 = struct.unpack("<HH", b"\1\0\2\0")
    print(a + b2)
    try:
        struct.pack("<B", 300)
    except struct.error as e:
        print("struct.error:", e)
    try:
        struct.unpack("<I", b"abc")
    except struct.error as e:
        print("struct.error:", e)
    print(zlib.crc32(data), zlib.adler32(data), zlib.decompress(zlib.compress(data * 10)) == data * 10, binascii.hexlify(data), binascii.unhexlify("6869"), binascii.crc32(data), binascii.b2a_base64(b"hi"), binascii.a2b_base64("aGk="), f"{zlib.crc32(data):08x}")
    b = bytearray(b"abc")
    b.append(100)
    b += b"ef"
    b[0] = 65
    b.extend([103, 104])
    del b[1]
    print(b, len(b), b[0], b[1:3], bytes(b), b.decode(), b.upper(), b.find(b"e"), b.startswith(b"A"), b.count(b"e"), list(b)[:3], b.replace(b"e", b"EE"), b.pop(), b"d" in b, b == b"Acdefg", b.split(b"d"), b.hex(" "))
    t = b"  Hello, World  "
    print(t.strip(), t.lower(), t.upper(), t.title(), t.split(), t.split(b","), t.replace(b"l", b"L"), t.find(b"W"), t.index(b"o"), t.count(b"o"), t.startswith(b"  H"), t.endswith((b" ", b"x")), t.strip().center(20, b"*"), t.strip().ljust(15, b"."), b"7".zfill(3), b"a-b".partition(b"-"), b"a-b-c".rpartition(b"-"), b"a b c".rsplit(b" ", 1), b"aBc".swapcase(), b"abc".capitalize(), b"abc".isalpha(), b"12".isdigit(), b" ".isspace(), b"A".isupper(), b"x".islower(), b"abc".removeprefix(b"a"), b"abc".removesuffix(b"c"), b"a\tb".expandtabs(4), b"abc".translate(bytes.maketrans(b"a", b"z")), b"abc"[::-1], b"ab" * 3, b"ab" + b"cd", b"abc" < b"abd", max(b"abc"), b",".join([b"a", b"b"]), b"%s=%d" % (b"k", 5), bytes([1, 2, 255]), bytes(3), bytes("é", "utf-8"), b"\xc3\xa9".decode("utf-8"), bytes.fromhex("00 ff"), b"abc".hex(), b"abc".hex(":"), (1024).to_bytes(2, "big"), int.from_bytes(b"\x04\x00", "big"), int.from_bytes(b"\xff", byteorder="little", signed=True), b"\x00\xff\n'\"")
    try:
        b"\xff".decode("utf-8")
    except UnicodeDecodeError as e:
        print(e, "")
    try:
        "é".encode("ascii")
    except UnicodeEncodeError as e:
        print(e)
    print("é".encode("ascii", "ignore"), "é".encode("ascii", errors="replace"), "é".encode("latin-1"), b"\xff".decode("latin-1"), "é€".encode("utf-16-le"), b"\xffabc".decode("utf-8", errors="replace"), "é".encode("ascii", "xmlcharrefreplace"), "é".encode("ascii", "backslashreplace"))


main()
