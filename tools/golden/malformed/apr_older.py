"""Malformed files of APR's older and rarer variants: APR1 (JSON, its wrapper, whisper.apr), APRN, layered,
transformer."""
import json
import struct

from apr import bomb, crc, lz4, zstd
from suite import Suite

MAX = 2**64 - 1


def u32(*values):
    return struct.pack(f"<{len(values)}I", *values)


def apr1(metadata=b"{}", entries=None, data=bytes(8), count=None, meta_len=None, index_len=None, index=None, footer=True):
    entries = [row()] if entries is None else entries
    index = json.dumps(entries).encode() if index is None else index
    body = (b"APR1" + u32(len(metadata) if meta_len is None else meta_len) + metadata + u32(len(entries) if count is None else count)
            + u32(len(index) if index_len is None else index_len) + index + data)
    return body + crc(body) if footer else body


def row(**changes):
    fields = {"name": "a", "dtype": "F32", "shape": [2], "offset": 0, "size": 8, **changes}
    return {k: v for k, v in fields.items() if v is not None}


def json_form(s):
    good = apr1()
    s.add("apr1-good", good, "ok")
    s.add("apr1-magic-only", b"APR1", "corrupt", "@0x4: APR1: wanted JSON metadata at 0x8 or a whisper.apr header, got neither")
    s.add("apr1-neither", b"APR1" + bytes(60), "corrupt", "@0x4: APR1: wanted JSON metadata at 0x8 or a whisper.apr header, got neither")
    for length in (2**31, 2**32 - 1):
        s.add(f"apr1-metadata-length-{length:x}", apr1(meta_len=length), "corrupt", f"@0x8: metadata: wanted {length} bytes, got")
        s.add(f"apr1-index-length-{length:x}", apr1(index_len=length), "corrupt", f"@0x12: index: wanted {length} bytes, got")
    s.add("apr1-metadata-cut", apr1(b'{"a":'), "corrupt", "@0xd: metadata: wanted JSON, got")
    s.add("apr1-metadata-deep", apr1(b'{"a":' + b"[" * 5000), "corrupt", "metadata: wanted JSON, got nesting deeper than 128 levels")
    s.add("apr1-count", apr1(count=2), "corrupt", "@0xa: tensor count: wanted 1 (entries of the index), got 2")
    s.add("apr1-count-minus-1", apr1(count=2**32 - 1), "corrupt", "@0xa: tensor count: wanted 1 (entries of the index), got 4294967295")
    s.add("apr1-index-object", apr1(index=b"{}"), "corrupt", "@0x12: index: wanted a JSON array, got an object")
    s.add("apr1-index-cut", apr1(index=b"[{"), "corrupt", "index: wanted JSON, got")
    s.add("apr1-footer-absent", apr1(entries=[], data=b"", footer=False), "corrupt", "CRC-32 after the tensor data: wanted 4 bytes, got 0")
    s.add("apr1-data-cut", good[:-5], "corrupt", "tensor 'a'", "wanted 8 bytes at 0x0 of the data section, got 3")
    s.add("apr1-footer-wrong", good[:-1] + bytes([good[-1] ^ 1]), "corrupt", "file CRC-32: wanted", "(stored), got", verify=True)

    def one(case, code, *says, **changes):
        s.add(f"apr1-{case}", apr1(entries=[row(**changes)]), code, *says)

    one("name-number", "corrupt", 'index entry: wanted a string as "name", got a number', name=1)
    one("name-empty", "corrupt", "tensor name: wanted 1 to 4096 bytes, got 0", name="")
    one("name-long", "corrupt", "tensor name: wanted 1 to 4096 bytes, got 5000", name="n" * 5000)
    one("dtype-unknown", "unsupported", "tensor 'a': wanted a known dtype, got \"F31\"", dtype="F31")
    one("dtype-absent", "corrupt", 'index entry: wanted a string as "dtype", got none', dtype=None)
    one("shape-negative", "corrupt", "tensor 'a': wanted dimensions from 0, got -1", shape=[-1])
    one("shape-text", "corrupt", "tensor 'a': wanted an array \"shape\", got a string", shape="2")
    one("shape-overflow", "corrupt", "tensor 'a': wanted at most 18446744073709551615 elements, got more by its dimensions", shape=[2**32, 2**32])
    one("bytes-overflow", "corrupt", "tensor 'a' of f32: wanted fewer than 2^64 bytes, got", shape=[2**62 + 2])
    one("offset-negative", "corrupt", 'index entry: wanted a whole number from 0 as "offset", got -8', offset=-8)
    one("offset-past-end", "corrupt", "wanted 8 bytes at 0x8 of the data section, got 8", offset=8)
    one("offset-wraps", "corrupt", "wanted 8 bytes at 0xfffffffffffffffc of the data section, got 8", offset=2**64 - 4)
    one("size-too-small", "corrupt", "tensor 'a' of f32: wanted 8 bytes for 2 elements, got 4", size=4)
    one("size-2-60", "corrupt", "wanted 1152921504606846976 bytes at 0x0 of the data section, got 8", size=2**60, shape=[2**58])
    one("odd-blocks", "corrupt", "tensor 'a' of q4_0: wanted whole blocks of 32 elements, got 2", dtype="q4_0")
    s.add("apr1-names-twice", apr1(entries=[row(), row()]), "corrupt", "tensor 'a': wanted once, got it twice")
    s.add("apr1-shared-bytes", apr1(entries=[row(), row(name="b")]), "ok", "tensors 'a' and 'b' share bytes")


def wrapper(s):
    image = apr1()

    def one(name, codec, claimed, payload, code, *says, **options):
        s.add(f"wrapper-{name}", b"APR\0" + bytes([codec]) + u32(claimed) + payload, code, *says, **options)

    size = len(image)
    one("none", 0, size, image, "ok")
    one("lz4", 1, size, lz4(image), "ok")
    one("zstd", 2, size, zstd(image), "ok")
    one("none-claims-more", 0, size + 1, image, "corrupt", f"@0x5: wanted {size + 1} bytes decompressed, got {size}")
    one("zstd-claims-more", 2, size + 1, zstd(image), "corrupt", f"@0x5: wanted {size + 1} bytes decompressed, got {size}")
    one("zstd-claims-2-32", 2, 2**32 - 1, zstd(image), "corrupt", f"@0x5: wanted 4294967295 bytes decompressed, got {size}")
    one("zstd-claims-less", 2, size - 1, zstd(image), "exhausted", f"@0x9: zstd: wanted at most {size - 1} bytes decompressed, got more")
    one("zstd-bomb", 2, 2**32 - 1, bomb(40), "exhausted", "@0x9: zstd: wanted at most 1048576 bytes decompressed, got more", max_decompressed=1 << 20)
    one("zstd-cut", 2, size, zstd(image)[:-1], "corrupt", "@0x9: zstd: wanted a whole frame, got its first")
    one("lz4-cut", 1, size, lz4(image)[:-1], "corrupt", f"@0x9: LZ4: wanted {size} bytes, got a malformed block")
    one("in-a-wrapper", 2, size + 9, zstd(b"APR\0\0" + u32(size) + image), "corrupt", "@0x9: wanted an APR1 file in the wrapper, got other bytes")
    one("of-whisper", 2, 64, zstd(b"APR1" + struct.pack("<HBBBHB", 1, 0, 0, 0, 0, 0) + bytes(52)), "corrupt", "(decompressed) @0x")
    one("codec-3", 3, size, image, "unsupported", "@0x4: wanted APR version 2 or a known older layout, got version bytes")
    changed = bytearray(image)
    changed[-6] ^= 1
    one("checksum", 2, size, zstd(bytes(changed)), "corrupt", "(decompressed) @0x", "file CRC-32: wanted", verify=True)


def whisper(s):
    def entry(name=b"a", offset=0, size=8, elements=2, dims=(2, 0, 0, 0), ndim=1):
        return name.ljust(48, b"\0") + struct.pack("<QQQ", offset, size, elements) + u32(*dims) + bytes([ndim]) + bytes(7)

    def one(name, code, *says, version=1, model=0, quant=0, compressed=0, count=None, flags=0, entries=None, tail=b"", data=bytes(8), footer=True, **options):
        entries = [entry()] if entries is None else entries
        body = (b"APR1" + struct.pack("<HBBBHB", version, model, quant, compressed, len(entries) if count is None else count, flags)
                + u32(*range(1, 11)) + b"".join(entries) + data + tail)
        s.add(f"whisper-{name}", body + (crc(body) if footer else b""), code, *says, **options)

    one("good", "ok")
    one("version", "corrupt", "@0x4: APR1: wanted JSON metadata at 0x8 or a whisper.apr header, got neither", version=2)
    one("model", "corrupt", "@0x4: APR1: wanted JSON metadata at 0x8 or a whisper.apr header, got neither", model=12)
    one("quant", "corrupt", "@0x7: quantization: wanted 0 to 3, got 4", quant=4)
    one("int4", "unsupported", "@0x7: quantization: wanted f32, f16 or int8, got int4", quant=3)
    one("compressed", "unsupported", "@0x8: compression: wanted none, got 1", compressed=1)
    one("count", "corrupt", "@0x9: tensor count: wanted at most", "got 65535", count=65535)
    one("name-empty", "corrupt", "tensor name: wanted 1 to 48 bytes, got 0", entries=[entry(b"")])
    one("name-unended", "ok", "fills its field", entries=[entry(b"n" * 48)])
    one("names-twice", "corrupt", "tensor 'a': wanted once, got it twice", entries=[entry(), entry()])
    one("dims-5", "corrupt", "tensor 'a' dimensions: wanted at most 4, got 5", entries=[entry(ndim=5)])
    one("elements", "corrupt", "tensor 'a': wanted 2 elements for its shape, got 3", entries=[entry(elements=3)])
    one("product-overflow", "corrupt", "tensor 'a': wanted fewer than 2^64 elements for its shape, got", entries=[entry(dims=(2**32 - 1,) * 4, ndim=4, elements=1)])
    one("size", "corrupt", "tensor 'a' of f32: wanted 8 bytes, got 4", entries=[entry(size=4)])
    one("size-minus-1", "corrupt", "tensor 'a'", "wanted 18446744073709551615 bytes at 0x0 of the data section, got 12", entries=[entry(size=MAX)])
    one("offset-wraps", "corrupt", "tensor 'a'", "wanted 8 bytes at 0xfffffffffffffffc of the data section, got 12", entries=[entry(offset=2**64 - 4)])
    one("tail", "corrupt", "end of file: wanted a CRC-32 of 4 bytes, got 5 bytes", tail=b"x")
    one("footer-absent", "corrupt", "end of file: wanted a CRC-32 of 4 bytes, got 0 bytes", footer=False)
    one("vocabulary", "ok", "the embedded vocabulary is described", flags=1, tail=u32(3) + b"abc")
    one("vocabulary-past-end", "corrupt", "vocabulary_bytes: wanted 4294967295 bytes, got 4", flags=1, tail=u32(2**32 - 1))
    one("filterbank-past-end", "corrupt", "filterbank_bytes: wanted 9 bytes, got 4", flags=2, tail=u32(9))


def aprn(s):
    def one(name, metadata, code, *says, version=(1, 0), model_type=2, payload=b"payload", meta_size=None, payload_size=None, unpacked=None, codec=0, flags=0, tail=b"", footer=True, **options):
        body = (b"APRN" + bytes(version) + struct.pack("<HIIIBBB", model_type, len(metadata) if meta_size is None else meta_size, len(payload) if payload_size is None else payload_size,
                                                       len(payload) if unpacked is None else unpacked, codec, flags, 0) + bytes(9) + metadata + payload + tail)
        s.add(f"aprn-{name}", body + (crc(body) if footer else b""), code, *says, **options)

    empty, opaque = b"\x80", "not named tensors"
    one("good", b"\x81\xa1a\x01", "ok", opaque)
    one("version-2", empty, "unsupported", "@0x4: APRN version: wanted 1, got 2.0", version=(2, 0))
    one("codec-4", empty, "corrupt", "@0x14: codec: wanted 0 to 3, got 4", codec=4)
    one("encrypted", empty, "unsupported", "@0x15: ", "wanted an unencrypted file, got flag ENCRYPTED", flags=1)
    one("signed", empty, "ok", "not verified", flags=2, tail=bytes(96))
    one("signed-no-room", empty, "corrupt", "signature and public key: wanted 96 bytes, got 4", flags=2)
    one("unpacked-2-31", empty, "corrupt", "@0x10: uncompressed size: wanted at most 1073741824, got 2147483648", unpacked=2**31)
    one("unpacked-lies", empty, "corrupt", "@0x10: uncompressed size: wanted 7 (decompressed), got 8", unpacked=8, verify=True)
    one("metadata-past-end", empty, "corrupt", "@0x20: metadata: wanted 4294967295 bytes, got", meta_size=2**32 - 1)
    one("payload-past-end", empty, "corrupt", "@0x21: payload: wanted 4294967295 bytes, got", payload_size=2**32 - 1)
    one("tail", empty, "corrupt", "end of file: wanted a CRC-32 of 4 bytes, got 5 bytes", tail=b"x")
    one("footer-absent", empty, "corrupt", "end of file: wanted a CRC-32 of 4 bytes, got 0 bytes", footer=False)
    one("payload-not-zstd", empty, "corrupt", "@0x21: payload: zstd: wanted a frame, got", codec=1, verify=True)
    one("payload-bomb", empty, "exhausted", "@0x21: payload: zstd: wanted at most 100 bytes decompressed, got more", codec=1, payload=bomb(4), unpacked=100, verify=True)
    one("unknown-type", empty, "ok", opaque, model_type=0x7777)
    for name, metadata, says in (("list", b"\x90", "metadata: wanted a map, got an array"), ("empty", b"", "MessagePack: wanted 1 bytes, got 0"), ("two", b"\x80\x80", "MessagePack: wanted the end, got 1 more bytes"),
                                 ("cut", b"\x81\xa5abc", "MessagePack: text: wanted 5 bytes, got 3"), ("key-twice", b"\x82\xa1a\x01\xa1a\x02", 'map: wanted key "a" once, got it twice'),
                                 ("not-utf-8", b"\x81\xa1\xff\x01", "text: wanted UTF-8, got"), ("never-used", b"\x81\xa1a\xc1", "MessagePack: wanted a tag, got 0xc1"),
                                 ("map-2-32", b"\xdf\xff\xff\xff\xff", "map: wanted 4294967295 entries, got 0 bytes"), ("array-2-32", b"\x81\xa1a\xdd\xff\xff\xff\xff", "array: wanted 4294967295 items, got 0 bytes"),
                                 ("text-2-32", b"\x81\xa1a\xdb\xff\xff\xff\xff", "text: wanted 4294967295 bytes, got 0"), ("binary-2-32", b"\x81\xa1a\xc6\xff\xff\xff\xff", "binary: wanted 4294967295 bytes, got 0"),
                                 ("deep", b"\x81\xa1a" + b"\x91" * 500 + b"\x01", "MessagePack: wanted at most 64 levels, got more")):
        one(f"metadata-{name}", metadata, "corrupt", "@0x", says)
    one("metadata-extension", b"\x81\xa1a\xd4\x01\x01", "unsupported", "MessagePack: wanted a JSON-like value, got an extension (tag 0xd4)")
    one("metadata-number-key", b"\x81\x01\x01", "unsupported", "MessagePack: wanted a string as map key, got a number")


def layered(s):
    def text(value):
        return u32(len(value)) + value

    def parameter(name=b"w", dtype=0, dims=(2,), data=bytes(8), ndim=None):
        return text(name) + u32(dtype, len(dims) if ndim is None else ndim, *dims) + data

    def one(name, code, *says, kind=b"mlp", layers=None, count=None, tail=b""):
        layers = [text(b"dense") + u32(1) + parameter()] if layers is None else layers
        s.add(f"layered-{name}", b"APR\0" + u32(1) + text(kind) + u32(len(layers) if count is None else count) + b"".join(layers) + tail, code, *says)

    def layer(*parameters, count=None):
        return [text(b"dense") + u32(len(parameters) if count is None else count) + b"".join(parameters)]

    one("good", "ok", tail=text(b"k") + text(b"v"))
    one("layer-count", "corrupt", "layer count: wanted at most 4 in the", "got 4294967295", count=2**32 - 1)
    one("layer-cut", "corrupt", "layer type: wanted 4 bytes, got 0", count=2)
    one("parameter-count", "corrupt", "parameter count: wanted at most 1 in the", "got 4294967295", layers=layer(parameter(), count=2**32 - 1))
    one("text-long", "corrupt", "layer type: wanted at most 4096 bytes, got 4294967295", layers=[u32(2**32 - 1) + bytes(8)])
    one("name-empty", "corrupt", "parameter name: wanted 1 to 4096 bytes, got 0", layers=layer(parameter(b"")))
    one("names-twice", "corrupt", "tensor 'layers.0.w': wanted once, got it twice", layers=layer(parameter(), parameter()))
    one("dtype-5", "corrupt", "parameter 'w' dtype: wanted 0 to 4, got 5", layers=layer(parameter(dtype=5)))
    one("dims-9", "corrupt", "parameter 'w' dimensions: wanted at most 8, got 9", layers=layer(parameter(dims=(1,) * 9)))
    one("dims-minus-1", "corrupt", "parameter 'w' dimensions: wanted at most 8, got 4294967295", layers=layer(parameter(ndim=2**32 - 1)))
    one("overflow", "corrupt", "parameter 'w': wanted a size below 2^64 bytes, got", layers=layer(parameter(dims=(2**32 - 1,) * 3)))
    one("data-cut", "corrupt", "parameter data: wanted 16 bytes, got 8", layers=layer(parameter(dims=(4,))))
    one("key-twice", "corrupt", "metadata key 'k': wanted once, got it twice", tail=(text(b"k") + text(b"v")) * 2)
    one("value-cut", "corrupt", "metadata value: wanted 9 bytes, got 1", tail=text(b"k") + u32(9) + b"v")
    one("not-utf-8", "ok", tail=text(b"\xff") + text(b"\xfe"))


def transformer(s):
    def one(name, code, *says, sizes=(8, 1, 2, 2, 16, 8, 8), offset=64, data=bytes(16), cut=None, version=0):
        body = b"APR\0" + u32(version) + u32(*sizes) + struct.pack("<ff", 1e4, 1e-5) + u32(offset) + bytes(16) + data
        s.add(f"transformer-{name}", body[:cut], code, *says)

    one("good", "ok", "unnamed weights")
    one("cut", "corrupt", "@0x0: wanted a header of 64 bytes, got 63", cut=63)
    one("heads-0", "corrupt", "@0x10: num_heads: wanted at least 1, got 0", sizes=(8, 1, 0, 2, 16, 8, 8))
    one("offset-past-end", "corrupt", "@0x2c: data offset: wanted 64 to 80 (file size), got 4294967295", offset=2**32 - 1)


def suite():
    s = Suite("apr", ".apr")
    for part in (json_form, wrapper, whisper, aprn, layered, transformer):
        part(s)
    return s
