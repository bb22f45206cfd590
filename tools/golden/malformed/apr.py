"""Malformed APR files: v2. Source: the layout in docs of the format as the readers' headers state it; the older
variants are in apr_older.py."""
import json
import struct
import zlib

from suite import Suite

MAX = 2**64 - 1
LZ4, ZSTD, ENCRYPTED, SIGNED, SHARDED, QUANTIZED, MODEL_CARD, VOCAB, ROW, COLUMN = 1, 2, 4, 8, 16, 32, 128, 512, 1024, 2048
F32, Q4_K = 0, 12


def crc(data):
    return struct.pack("<I", zlib.crc32(data))


def pad(data, to=64):
    return data + bytes(-len(data) % to)


def entry(name, dims=(2,), dtype=F32, offset=0, size=8, name_length=None, ndim=None):
    raw = name if isinstance(name, bytes) else name.encode()
    return (struct.pack("<H", len(raw) if name_length is None else name_length) + raw + bytes([dtype, len(dims) if ndim is None else ndim])
            + b"".join(struct.pack("<Q", d) for d in dims) + struct.pack("<QQ", offset, size))


def header(magic=b"APR\0", version=(2, 0), flags=ROW, count=0, metadata_at=64, metadata_size=0, index=0, data_at=0, checksum=None):
    head = magic + bytes(version) + struct.pack("<HIQIQQ", flags, count, metadata_at, metadata_size, index, data_at)
    rest = bytes(20)
    return head + (crc(head + rest) if checksum is None else struct.pack("<I", checksum)) + rest


def v2(entries=(), data=None, metadata=b'{"name":"x"}', footer=True, **changes):
    """A sound file; `changes` override header fields (checksummed as changed)."""
    data = (bytes(64) if entries else b"") if data is None else data
    meta, index = pad(metadata), pad(b"".join(entries))
    fields = {"count": len(entries), "metadata_size": len(metadata), "index": 64 + len(meta), "data_at": 64 + len(meta) + len(index), **changes}
    body = header(**fields) + meta + index + data
    return body + crc(body) if footer else body


def lz4(data):
    """One LZ4 block of literals, after its size."""
    n, out = len(data), bytearray(struct.pack("<I", len(data)))
    out.append(min(n, 15) << 4)
    if n >= 15:
        out += b"\xff" * ((n - 15) // 255) + bytes([(n - 15) % 255])
    return bytes(out) + data


def zstd_frame(*blocks):
    """A zstd frame (RFC 8878): window of 2 MiB, no content size, no checksum."""
    out = struct.pack("<I", 0xFD2FB528) + b"\0\x58"
    for i, (kind, size, payload) in enumerate(blocks):
        word = (i + 1 == len(blocks)) | kind << 1 | size << 3
        out += struct.pack("<I", word)[:3] + payload
    return out


def zstd(data):
    return zstd_frame((0, len(data), data))


def bomb(blocks):
    """`blocks` times 128 KiB of one byte, 4 bytes each."""
    return zstd_frame(*[(1, 131072, b"{")] * blocks)


ONE = [entry("a")]
GOOD = v2(ONE)
INDEX_AT, DATA_AT = 128, 192  # of files like GOOD


def header_cases(s):
    s.add("good", GOOD, "ok")
    s.add("good-apr2", v2(ONE, magic=b"APR2"), "ok")
    s.add("good-no-tensors", v2(), "ok")
    s.add("magic-only", b"APR\0", "corrupt", "@0x4: APR version: wanted 4 bytes, got 0")
    s.add("magic-only-apr2", b"APR2", "corrupt", "@0x0: APR v2 header: wanted 64 bytes, got 4")
    s.add("magic-other", b"APR3" + GOOD[4:], "corrupt", "@0x0: wanted GGUF, SafeTensors or APR, got bytes 'APR3")
    s.add("header-cut", GOOD[:63], "corrupt", "@0x0: APR v2 header: wanted 64 bytes, got 63")
    s.add("version-3", v2(ONE, version=(3, 0)), "unsupported", "@0x4: wanted APR version 2 or a known older layout, got version bytes")
    s.add("version-255", v2(ONE, version=(255, 255), magic=b"APR2"), "unsupported", "@0x4: APR version: wanted 2, got 255.255")
    s.add("header-checksum-wrong", v2(ONE, checksum=1), "corrupt", "@0x28: header CRC-32: wanted 0x00000001 (stored), got")
    s.add("header-changed", GOOD[:8] + b"\2" + GOOD[9:], "corrupt", "@0x28: header CRC-32: wanted")
    s.add("header-reserved-changed", GOOD[:50] + b"\2" + GOOD[51:], "corrupt", "@0x28: header CRC-32: wanted")
    s.add("header-checksum-absent", v2(ONE, checksum=0), "ok", "no header checksum")
    for name, flag, says in (("encrypted", ENCRYPTED, "wanted an unencrypted file, got flag ENCRYPTED"), ("column-major", COLUMN, "wanted row-major tensors, got flag COLUMN_MAJOR"),
                             ("both-layouts", ROW | COLUMN, "got flag COLUMN_MAJOR")):
        s.add(f"flag-{name}", v2(ONE, flags=flag), "unsupported", "@0x6: ", says)
    s.add("flag-both-codecs", v2(ONE, flags=ROW | LZ4 | ZSTD), "corrupt", "@0x6: flags: wanted LZ4 or ZSTD, got both")
    for name, flag, says in (("quantized", QUANTIZED, "flag QUANTIZED, but no tensor is quantised"), ("vocab", VOCAB, "flag HAS_VOCAB, but the metadata holds no vocabulary"),
                             ("sharded", SHARDED, "one shard of several"), ("signed", SIGNED, "the signature is not verified"), ("lz4", LZ4, "flagged as compressed, but its bytes are raw"),
                             ("zstd", ZSTD, "flagged as compressed, but its bytes are raw"), ("card", MODEL_CARD, "flag MODEL_CARD, but the metadata holds no model card"),
                             ("unknown", 0x8000, "unknown flag bits 0x8000")):
        s.add(f"flag-lies-{name}", v2(ONE, flags=ROW | flag), "ok", says, why="flags are hints to others: what they claim falsely is told")
    s.add("flag-lies-not-quantized", v2([entry("a", (256,), Q4_K, 0, 144)], bytes(192)), "ok", "no flag QUANTIZED, but tensors are quantised")


def sections(s):
    size = len(GOOD)

    def one(name, field, value, at, says):
        s.add(f"{name}-{value:x}", v2(ONE, **{field: value}), "corrupt", f"@{at:#x}: {says}", f"got {value}")

    for value in (0, 63, size + 1, MAX):
        one("metadata-offset", "metadata_at", value, 12, f"metadata offset: wanted 64 to {size}")
    for value in (size - 63, 2**32 - 1):
        one("metadata-size", "metadata_size", value, 20, f"metadata size: wanted at most {size - 64}")
    for value in (0, 64, 75, size + 1, MAX):
        one("index-offset", "index", value, 24, f"index offset: wanted 76 (end of metadata) to {size}")
    for value in (0, 127, size + 1, MAX):
        one("data-offset", "data_at", value, 32, f"data offset: wanted 128 (index) to {size}")
    for value in (4, 2**32 - 1):
        one("tensor-count", "count", value, 8, "tensor count: wanted at most 3 in an index of 64 bytes")
    s.add("tensor-count-2", v2(ONE, count=2), "corrupt", "@0x9d: tensor name length: wanted 1 to 256, got 0")
    s.add("tensor-count-0", v2(ONE, count=0), "ok", "bytes after the index's 0 entries are not zero")
    s.add("data-cut", GOOD[: DATA_AT + 7], "corrupt", "tensor 'a'", "wanted 8 bytes at 0x0 of the data section, got 7")
    s.add("padding-cut", GOOD[: DATA_AT + 9], "corrupt", f"@{DATA_AT + 9:#x}: file: wanted padding to 0x100 and a CRC-32 footer after the tensor data, got 1 bytes")
    s.add("footer-absent", GOOD[:-4], "corrupt", "wanted padding to 0x100 and a CRC-32 footer after the tensor data, got 56 bytes")
    s.add("footer-cut", GOOD[:-1], "corrupt", "wanted padding to 0x100 and a CRC-32 footer after the tensor data, got 59 bytes")
    s.add("footer-wrong", GOOD[:-1] + bytes([GOOD[-1] ^ 1]), "corrupt", "@0x100: file CRC-32: wanted", "(stored), got", verify=True)
    s.add("data-changed", GOOD[:DATA_AT] + b"\1" + GOOD[DATA_AT + 1:], "corrupt", "@0x100: file CRC-32: wanted", verify=True)
    s.add("bytes-after-footer", GOOD + bytes(60) + b"\1\2\3\4", "corrupt", "file CRC-32: wanted 0x04030201 (stored), got", verify=True)


def metadata(s):
    for name, text, at, says in (("cut", b'{"a":', 0x45, "metadata: wanted JSON, got"), ("list", b"[1]", 0x40, "metadata: wanted a JSON object, got an array"),
                                 ("text", b"hello", 0x40, "metadata: wanted JSON, got"), ("not-utf-8", b'{"a":"\xff"}', 0x46, "metadata: wanted JSON, got"),
                                 ("nul-inside", b'{}\0{}', 0x42, "metadata: wanted JSON, got a NUL byte"), ("twice", b'{"a":1,"a":2}', 0x49, 'metadata: wanted JSON, got duplicate key "a"'),
                                 ("deep", b'{"a":' + b"[" * 200 + b"]" * 200 + b"}", 0xC4, "metadata: wanted JSON, got nesting deeper than 128 levels"),
                                 ("deep-open", b"[" * 5000, 0xC0, "metadata: wanted JSON, got nesting deeper than 128 levels")):
        s.add(f"metadata-{name}", v2(metadata=text), "corrupt", f"@{at:#x}: {says}")
    s.add("metadata-empty", v2(metadata=b""), "ok")
    s.add("metadata-padded", v2(metadata=b"{}" + bytes(20)), "ok", why="some writers count the padding")
    s.add("metadata-vocabulary-text", v2(metadata=b'{"tokenizer.vocabulary":"abc"}', flags=ROW | VOCAB), "ok", why="of the wrong kind: building a tokenizer refuses it")


def index(s):
    def one(name, raw, *says, code="corrupt", data=bytes(64), **options):
        s.add(name, v2(raw if isinstance(raw, list) else [raw], data, **options), code, *says)

    at = f"@{INDEX_AT:#x}: "
    one("name-empty", entry(""), at + "tensor name length: wanted 1 to 256, got 0")
    one("name-256", entry("n" * 256), code="ok")
    one("name-257", entry("n" * 257), at + "tensor name length: wanted 1 to 256, got 257")
    one("name-65535", entry("a", name_length=65535), at + "tensor name length: wanted 1 to 256, got 65535")
    one("name-not-utf-8", entry(b"\xff"), f"@{INDEX_AT + 2:#x}: tensor name: wanted UTF-8, got")
    one("name-cut", entry("a", name_length=200), "tensor name: wanted 200 bytes, got 62")
    one("names-twice", [entry("a"), entry("a")], "index: wanted names in ascending order without duplicates, got 'a' after 'a'")
    one("names-unsorted", [entry("b"), entry("a")], "index: wanted names in ascending order without duplicates, got 'a' after 'b'")
    for dtype in (11 + 5, 31, 127, 255):
        one(f"dtype-{dtype}", entry("a", dtype=dtype), at + f"tensor 'a': wanted a known dtype, got {dtype}")
    one("dtype-size", entry("a", size=7), at + "tensor 'a': wanted the size of dtype 0 (f32) for 2 elements, got 7 bytes")
    one("dtype-size-0", entry("a", size=0), at + "tensor 'a': wanted the size of dtype 0 (f32) for 2 elements, got 0 bytes")
    one("dtype-2-ambiguous", entry("a", (32,), 2, 0, 18), code="ok", flags=ROW | QUANTIZED)
    one("dims-9", entry("a", [1] * 9, size=4), "tensor 'a' dimensions: wanted at most 8, got 9")
    one("dims-255", entry("a", ndim=255), "tensor 'a' dimensions: wanted at most 8, got 255")
    one("dims-overflow", entry("a", (2**32, 2**32)), "tensor 'a'", "wanted at most 18446744073709551615 elements, got more by its dimensions")
    one("dims-overflow-to-2", entry("a", (2**63 + 1, 2)), "tensor 'a'", "wanted at most 18446744073709551615 elements, got more")
    one("bytes-overflow", entry("a", (2**62 + 2,)), at + "tensor 'a': wanted the size of dtype 0 (f32) for 4611686018427387906 elements, got 8 bytes")
    one("elements-2-60", entry("a", (2**60,), 7, 0, 2**60), at + "tensor 'a'", "wanted 1152921504606846976 bytes at 0x0 of the data section, got 68")
    one("offset-past-end", entry("a", offset=128), at + "tensor 'a'", "wanted 8 bytes at 0x80 of the data section, got 68")
    one("offset-wraps", entry("a", offset=2**64 - 4), at + "tensor 'a'", "wanted 8 bytes at 0xfffffffffffffffc of the data section, got 68")
    one("size-minus-1", entry("a", size=MAX), at + "tensor 'a'", "wanted 18446744073709551615 bytes at 0x0 of the data section, got 68")
    one("shared-bytes", [entry("a"), entry("b")], "tensors 'a' and 'b' share bytes at 0xc0", code="ok")
    one("zero-elements", entry("a", (0, 3), size=0), code="ok")
    one("q8-no-scale", entry("a", (4,), 129, 0, 4), "tensor 'a': wanted the size of dtype 129 (apr_q8) for 4 elements, got 4 bytes")
    for name, text, says in (("cut", b'[{"name":', "index: wanted JSON, got"), ("of-numbers", b"[1]", "index entry: wanted an object, got a number"), ("deep", b"[" * 1000, "index: wanted JSON, got nesting deeper")):
        s.add(f"json-index-{name}", v2([text], bytes(64)), "corrupt", says)


def compressed(s):
    body = GOOD[64:-4]

    def one(name, blob, code, *says, flag=ZSTD, head=GOOD, **options):
        head = bytearray(header(flags=ROW | flag, count=1, metadata_size=12, index=INDEX_AT, data_at=DATA_AT))
        s.add(f"compressed-{name}", bytes(head) + blob, code, *says, **options)

    one("zstd", zstd(body), "ok", "no file checksum")
    one("lz4", lz4(body), "ok", "no file checksum", flag=LZ4)
    one("zstd-cut", zstd(body)[:-1], "corrupt", "@0x40: zstd: wanted a whole frame, got its first")
    one("zstd-empty", b"", "corrupt", "@0x40: zstd: wanted a whole frame, got its first 0 bytes")
    one("zstd-two", zstd(body) + zstd(body), "corrupt", "@0x40: zstd: wanted one frame, got")
    one("zstd-garbage", b"\x28\xb5\x2f\xfd" + b"\xff" * 40, "corrupt", "@0x40: zstd: wanted a frame, got")
    one("zstd-not", bytes(40), "corrupt", "@0x40: zstd: wanted a frame, got")
    one("zstd-short", zstd(body[:10]), "corrupt", "(decompressed) @0x14: metadata size: wanted at most 10, got 12")
    one("zstd-bomb", bomb(40), "exhausted", "@0x40: zstd: wanted at most 1048576 bytes decompressed, got more", max_decompressed=1 << 20)
    one("zstd-window", struct.pack("<I", 0xFD2FB528) + b"\0\xf8" + b"\1\0\0", "corrupt", "@0x40: zstd: wanted a frame, got", why="a window of 2 TiB claimed by 9 bytes")
    one("lz4-empty", b"", "corrupt", "@0x40: LZ4: wanted a size of 4 bytes, got 0", flag=LZ4)
    one("lz4-claims-2-32", struct.pack("<I", 2**32 - 1) + lz4(body)[4:], "corrupt", "@0x40: LZ4: wanted at most", "got 4294967295", flag=LZ4)
    one("lz4-claims-more", struct.pack("<I", len(body) + 1) + lz4(body)[4:], "corrupt", f"@0x40: LZ4: wanted {len(body) + 1} bytes, got {len(body)}", flag=LZ4)
    one("lz4-claims-less", struct.pack("<I", len(body) - 1) + lz4(body)[4:], "corrupt", f"@0x40: LZ4: wanted {len(body) - 1} bytes, got", flag=LZ4)
    one("lz4-bomb", struct.pack("<I", 2_000_000) + b"\x1fA\1\0" + b"\xff" * 7842 + b"\0", "exhausted", "@0x40: LZ4: wanted at most 1048576 bytes decompressed, got 2000000", flag=LZ4, max_decompressed=1 << 20)


def suite():
    s = Suite("apr", ".apr")
    for part in (header_cases, sections, metadata, index, compressed):
        part(s)
    return s
