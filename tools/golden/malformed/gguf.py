"""Malformed GGUF files. Source of the layout: ggml/docs/gguf.md; of the shapes: public advisories, named in `why`."""
import struct

from suite import Suite

U8, I8, U16, I16, U32, I32, F32, BOOL, STRING, ARRAY, U64, I64, F64 = range(13)
T_F32, T_F16, T_Q4_0, T_Q4_K, T_I8 = 0, 1, 2, 12, 24
MAX = 2**64 - 1
FIRST = 24  # where the first key or tensor begins


def u32(v):
    return struct.pack("<I", v)


def u64(v):
    return struct.pack("<Q", v)


def text(s):
    raw = s if isinstance(s, bytes) else s.encode()
    return u64(len(raw)) + raw


def key(name, kind, payload):
    return text(name) + u32(kind) + payload


def array(name, kind, count, payload):
    return key(name, ARRAY, u32(kind) + u64(count) + payload)


def strings(name, items):
    return array(name, STRING, len(items), b"".join(text(s) for s in items))


def tensor(name, dims, kind, offset):
    return text(name) + u32(len(dims)) + b"".join(u64(d) for d in dims) + u32(kind) + u64(offset)


def head(tensors, keys, version=3, magic=b"GGUF"):
    return magic + u32(version) + u64(tensors) + u64(keys)


def whole(keys=(), tensors=(), data=b"", align=32):
    body = head(len(tensors), len(keys)) + b"".join(keys) + b"".join(tensors)
    if tensors:
        body += bytes(-len(body) % align)
    return body + data


ARCH = key("general.architecture", STRING, text("llama"))
A = tensor("a", [2], T_F32, 0)  # 37 bytes


def header(s):
    s.add("magic-only", b"GGUF", "corrupt", "@0x4: GGUF version: wanted 4 bytes, got 0", why="CVE-2024-39720")
    s.add("magic-other", b"FUGG" + head(0, 0)[4:], "corrupt", "@0x0: wanted GGUF, SafeTensors or APR, got bytes 'FUGG")
    s.add("magic-lower-case", b"gguf" + head(0, 0)[4:], "corrupt", "@0x0", "got bytes 'gguf")
    s.add("version-cut", b"GGUF\3\0", "corrupt", "@0x4: GGUF version: wanted 4 bytes, got 2")
    for version in (0, 4, 0x7FFFFFFF):
        s.add(f"version-{version:x}", head(0, 0, version), "unsupported", f"@0x4: GGUF version: wanted 2 or 3, got {version}")
    s.add("version-1", b"GGUF" + u32(1) + u32(1) + u32(0) + u32(0xFFFFFFF0) + b"x", "unsupported", "@0x4: GGUF version",
          "wanted 2 or 3, got 1", why="CVE-2025-66960: a v1 string's length")
    s.add("big-endian", b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "unsupported", "@0x4: GGUF byte order: wanted little-endian, got big-endian")
    s.add("counts-cut", head(0, 0)[:20], "corrupt", "@0x10: key count: wanted 8 bytes, got 4", why="CVE-2024-12055: short read")
    s.add("tensor-count-minus-1", head(MAX, 0), "corrupt", "@0x8: tensor count: wanted at most 0 in the 0 bytes left, got 18446744073709551615")
    s.add("key-count-minus-1", head(0, MAX), "corrupt", "@0x10: key count: wanted at most 0 in the 0 bytes left, got 18446744073709551615")
    s.add("tensor-count-wraps", head(MAX // 88 + 2, 0) + bytes(64), "corrupt", "@0x8: tensor count: wanted at most 2",
          why="CVE-2024-21836: count times struct size wraps")
    s.add("key-count-wraps", head(0, 2**60 + 1) + bytes(64), "corrupt", "@0x10: key count: wanted at most 4",
          why="CVE-2024-23605: count times struct size wraps")
    s.add("empty", whole(), "ok")
    s.add("version-2", head(0, 0, 2), "ok")
    s.add("no-keys-left", head(0, 2) + key("a", U8, b"\0") * 1 + bytes(20), "corrupt", "@0x26: key length: wanted 1 to 65535, got 0")


def keys(s):
    def one(name, kind, payload):
        return whole([key(name, kind, payload)])

    s.add("key-length-minus-1", head(0, 1) + u64(MAX) + bytes(8), "corrupt", "@0x18: key length: wanted 1 to 65535, got 18446744073709551615",
          why="CVE-2024-23496: length + 1 wraps")
    s.add("key-empty", head(0, 1) + u64(0) + u32(U8) + bytes(8), "corrupt", "@0x18: key length: wanted 1 to 65535, got 0")
    s.add("key-too-long", one(b"k" * 65536, U8, b"\0"), "corrupt", "@0x18: key length: wanted 1 to 65535, got 65536")
    s.add("key-cut", head(0, 1) + u64(9) + b"12345678", "corrupt", "@0x20: key: wanted 9 bytes, got 8")
    s.add("key-twice", whole([key("a", U8, b"\0"), key("a", U8, b"\1")]), "corrupt", "@0x26: key 'a': wanted once, got it twice")
    s.add("value-type-13", one("a", 13, b"\0"), "corrupt", "@0x21: value type of 'a': wanted 0 to 12, got 13")
    s.add("value-type-minus-1", one("a", 2**32 - 1, b"\0"), "corrupt", "@0x21: value type of 'a': wanted 0 to 12, got 4294967295")
    s.add("value-type-cut", head(0, 1) + text("abcd") + b"\0\0", "corrupt", "@0x24: value type: wanted 4 bytes, got 2")
    s.add("value-cut", one("abc", U64, bytes(4)), "corrupt", "@0x27: abc: wanted 8 bytes, got 4")
    s.add("bool-2", one("a", BOOL, b"\2"), "corrupt", "@0x25: bool value of 'a': wanted 0 or 1, got 2")
    s.add("bool-array-2", whole([array("a", BOOL, 2, b"\1\2")]), "corrupt", "@0x32: bool value of 'a': wanted 0 or 1, got 2")
    s.add("string-length-minus-1", one("a", STRING, u64(MAX) + b"x"), "corrupt", "@0x2d: a: wanted 18446744073709551615 bytes, got 1",
          why="CVE-2024-21825: length + 1 wraps to an allocation of 0")
    s.add("string-length-2-31", one("a", STRING, u64(2**31) + b"x"), "corrupt", "@0x2d: a: wanted 2147483648 bytes, got 1")
    s.add("array-count-minus-1", whole([array("a", U8, MAX, b"x")]), "corrupt", "@0x29: 'a' array of u8: wanted at most 1 elements in the 1 bytes left, got 18446744073709551615")
    s.add("array-count-wraps", whole([array("a", U64, 2**61 + 1, bytes(8))]), "corrupt", "@0x29: 'a' array of u64: wanted at most 1 elements in the 8 bytes left, got 2305843009213693953",
          why="CVE-2024-21825: count times element size wraps")
    s.add("array-of-strings-cut", whole([array("a", STRING, 2, text("x") + u64(5))]), "corrupt", "@0x42: a: wanted 5 bytes, got 0")
    s.add("array-type-13", whole([array("a", 13, 1, b"x")]), "corrupt", "@0x25: value type of 'a': wanted 0 to 12, got 13")
    nested = u32(ARRAY) + u64(1)
    s.add("array-of-arrays", whole([array("a", ARRAY, 1, u32(U8) + u64(1) + b"x")]), "unsupported", "@0x29: 'a': wanted an array of scalars, got an array of arrays")
    s.add("array-nested-1000", whole([key("a", ARRAY, nested * 1000 + u32(U8) + u64(0))]), "unsupported", "@0x29: 'a': wanted an array of scalars, got an array of arrays")


def known_keys(s):
    def one(*more, tail=b""):
        return whole([ARCH, *more]) + tail

    at = FIRST + len(ARCH)  # where the second key begins

    for value in (0, 13, 24, 2**31, 2**32 - 1):
        s.add(f"alignment-{value:x}", one(key("general.alignment", U32, u32(value))), "corrupt",
              f"@{at:#x}: key 'general.alignment': wanted a power of two up to 1048576, got {value}",
              why="alignment 0x80000000: padding wraps in 32 bits" if value == 2**31 else None)
    s.add("alignment-u64", one(key("general.alignment", U64, u64(32))), "corrupt", f"@{at:#x}: key 'general.alignment': wanted u32, got u64")
    s.add("alignment-string", one(key("general.alignment", STRING, text("32"))), "corrupt", f"@{at:#x}: key 'general.alignment': wanted u32, got string")
    s.add("architecture-u32", whole([key("general.architecture", U32, u32(1))]), "corrupt", "@0x18: key 'general.architecture': wanted string, got u32")
    s.add("block-count-0", one(key("llama.block_count", U32, u32(0))), "corrupt", f"@{at:#x}: key 'llama.block_count': wanted at least 1, got 0",
          why="CVE-2025-0317: division by zero")
    s.add("block-count-string", one(key("llama.block_count", STRING, text("2"))), "corrupt", f"@{at:#x}: key 'llama.block_count': wanted an integer, got string",
          why="CVE-2024-8063, CVE-2025-0312: wrong type")
    s.add("block-count-array", one(array("llama.block_count", U32, 1, u32(1))), "corrupt", f"@{at:#x}: key 'llama.block_count': wanted an integer, got array of u32")
    s.add("block-count-negative", one(key("llama.block_count", I32, struct.pack("<i", -1))), "corrupt", "key 'llama.block_count': wanted at least 1, got -1")
    s.add("embedding-length-0", one(key("llama.embedding_length", U32, u32(0))), "corrupt", f"@{at:#x}: key 'llama.embedding_length': wanted at least 1, got 0")

    model = key("tokenizer.ggml.model", STRING, text("llama"))
    tokens = strings("tokenizer.ggml.tokens", ["a", "b"])
    after = at + len(model) + len(tokens)
    s.add("scores-u8", one(model, tokens, array("tokenizer.ggml.scores", U8, 2, b"\1\2")), "corrupt",
          f"@{after:#x}: key 'tokenizer.ggml.scores': wanted array of f32, got array of u8", why="scores declared u8, read as f32")
    s.add("scores-too-few", one(model, tokens, array("tokenizer.ggml.scores", F32, 1, bytes(4))), "corrupt",
          f"@{after:#x}: key 'tokenizer.ggml.scores': wanted 2 items, one for each token, got 1")
    s.add("token-types-too-many", one(model, tokens, array("tokenizer.ggml.token_type", I32, 3, bytes(12))), "corrupt",
          f"@{after:#x}: key 'tokenizer.ggml.token_type': wanted 2 items, one for each token, got 3")
    s.add("tokens-no-list", one(key("tokenizer.ggml.tokens", STRING, text("a"))), "corrupt", f"@{at:#x}: key 'tokenizer.ggml.tokens': wanted array of string, got string")
    s.add("tokens-u32", one(array("tokenizer.ggml.tokens", U32, 1, u32(1))), "corrupt", f"@{at:#x}: key 'tokenizer.ggml.tokens': wanted array of string, got array of u32")
    s.add("token-count-2-32", one(model, array("tokenizer.ggml.tokens", STRING, 2**32 + 1, text("a"))), "corrupt",
          "'tokenizer.ggml.tokens' array of string: wanted at most 1 elements in the 9 bytes left, got 4294967297",
          why="CVE-2025-52566: a token count cast to int wraps")
    s.add("token-length-2-31", one(model, array("tokenizer.ggml.tokens", STRING, 1, u64(2**31 + 1) + b"a")), "corrupt",
          "tokenizer.ggml.tokens: wanted 2147483649 bytes, got 1", why="CVE-2025-49847: a token longer than a signed length")


def tensors(s):
    def one(name, dims, kind, offset=0, data=bytes(64)):
        return whole(tensors=[tensor(name, dims, kind, offset)], data=data)

    s.add("tensor-good", one("a", [2], T_F32, data=bytes(8)), "ok")
    s.add("tensor-scalar", one("a", [], T_F32, data=bytes(4)), "ok")
    s.add("name-63", one("n" * 63, [2], T_F32), "ok")
    s.add("name-64", one("n" * 64, [2], T_F32), "corrupt", "@0x18: tensor name length: wanted 1 to 63, got 64")
    s.add("name-empty", one("", [2], T_F32), "corrupt", "@0x18: tensor name length: wanted 1 to 63, got 0")
    s.add("name-length-minus-1", head(1, 0) + u64(MAX) + bytes(64), "corrupt", "@0x18: tensor name length: wanted 1 to 63, got 18446744073709551615")
    s.add("name-twice", whole(tensors=[A, tensor("a", [2], T_F32, 32)], data=bytes(64)), "corrupt", "@0x39: tensor 'a': wanted once, got it twice")
    s.add("dims-5", one("a", [1] * 5, T_F32), "corrupt", "@0x21: tensor 'a' dimensions: wanted at most 4, got 5", why="CVE-2024-21802: writes past ne[4]")
    s.add("dims-minus-1", head(1, 0) + text("a") + u32(2**32 - 1) + bytes(64), "corrupt", "@0x21: tensor 'a' dimensions: wanted at most 4, got 4294967295",
          why="CVE-2024-21802")
    s.add("dim-0", one("a", [2, 0], T_F32), "corrupt", "@0x2d: tensor 'a' dimension 1: wanted 1 to 9223372036854775807, got 0", why="division by a zero dimension")
    s.add("dim-negative", one("a", [MAX], T_F32), "corrupt", "@0x25: tensor 'a' dimension 0: wanted 1 to 9223372036854775807, got -1")
    s.add("product-2-64", one("a", [2**32, 2**32], T_F32), "corrupt", "@0x18: tensor 'a'", "wanted at most 9223372036854775807 elements, got", why="CVE-2026-33298: the product wraps to 0")
    s.add("product-2-63", one("a", [2**31, 2**32], T_I8), "corrupt", "@0x18: tensor 'a'", "wanted at most 9223372036854775807 elements, got")
    s.add("bytes-2-64", one("a", [2**31, 2**31], T_F32), "corrupt", "@0x18: tensor 'a'", "wanted at most 9223372036854775807 bytes, got 4611686018427387904 elements of f32",
          why="CVE-2026-33298: ggml_nbytes wraps")
    s.add("elements-2-60", one("a", [2**30, 2**30], T_I8), "corrupt", "@0x39: tensor 'a'", "wanted 1152921504606846976 bytes at 0x0 of the data section, got 64")
    for kind in (4, 5, 31, 36, 200, 2**32 - 1):
        s.add(f"type-{kind:x}", one("a", [32], kind), "unsupported", f"@0x2d: tensor 'a': wanted a known tensor type, got GGML type {kind}")
    s.add("row-not-whole-blocks", one("a", [16, 2], T_Q4_0), "corrupt", "@0x18: tensor 'a' of type q4_0: wanted rows of a multiple of 32 elements, got 16")
    s.add("row-128-of-q4-k", one("a", [128, 2], T_Q4_K, data=bytes(160)), "corrupt", "wanted rows of a multiple of 256 elements, got 128")
    s.add("offset-odd", one("a", [2], T_F32, 4), "corrupt", "@0x31: tensor 'a' offset: wanted a multiple of 32, got 4")
    s.add("offset-past-end", one("a", [2], T_F32, 64), "corrupt", "@0x31: tensor 'a'", "wanted 8 bytes at 0x40 of the data section, got 64",
          why="CVE-2026-7482: bytes past the end leak into a copy")
    s.add("offset-plus-size-past-end", one("a", [17], T_F32), "corrupt", "@0x31: tensor 'a'", "wanted 68 bytes at 0x0 of the data section, got 64", why="CVE-2026-7482")
    s.add("offset-wraps", one("a", [8], T_F32, 2**64 - 32), "corrupt", "@0x31: tensor 'a'", "wanted 32 bytes at 0xffffffffffffffe0 of the data section, got 64",
          why="CVE-2026-7482: offset + size wraps")
    s.add("overlap", whole(tensors=[tensor("a", [16], T_F32, 0), tensor("b", [2], T_F32, 32)], data=bytes(64)), "corrupt",
          "@0x52: tensor 'b' offset: wanted at least 64 (the end of 'a'), got 32")
    s.add("same-bytes", whole(tensors=[A, tensor("b", [2], T_F32, 0)], data=bytes(64)), "corrupt", "@0x52: tensor 'b' offset: wanted at least 8 (the end of 'a'), got 0")
    huge = 0x7FFFFFFFFFFFFFC0
    s.add("sum-wraps", whole(tensors=[tensor("a", [huge], T_I8, 0), tensor("b", [huge], T_I8, huge)], data=bytes(64)), "corrupt",
          "@0x31: tensor 'a'", f"wanted {huge} bytes at 0x0 of the data section, got 64", why="CVE-2025-53630, CVE-2026-27940: the sum of sizes wraps")
    s.add("data-cut", one("a", [16], T_F32, data=bytes(63)), "corrupt", "@0x31: tensor 'a'", "wanted 64 bytes at 0x0 of the data section, got 63")
    s.add("data-absent", head(1, 0) + A, "corrupt", "@0x39: tensor data: wanted it to begin at 0x40, got a file of 57 bytes")
    s.add("description-cut", head(1, 0) + A[:30], "corrupt", "@0x31: tensor offset: wanted 8 bytes, got 5")
    s.add("dims-cut", head(1, 0) + text("abcdefgh") + u32(3) + u64(1), "corrupt", "@0x34: dimension: wanted 8 bytes, got 0")
    s.add("aligned-1m", whole([key("general.alignment", U32, u32(2**20))], [A], b""), "corrupt", "tensor data: wanted it to begin at 0x100000, got a file of")


def run_only(s):
    """Well-formed files that are no runnable model: they open, and `apr run` says what is missing."""
    s.add("no-architecture", whole([key("general.name", STRING, text("x"))]), "ok", why="CVE-2024-41130: a null pointer on the load path")
    s.add("no-tensors", whole([ARCH, key("llama.block_count", U32, u32(1)), key("llama.embedding_length", U32, u32(8)),
                               key("llama.attention.head_count", U32, u32(2)), key("llama.feed_forward_length", U32, u32(8)),
                               key("llama.context_length", U32, u32(8)), key("llama.attention.layer_norm_rms_epsilon", F32, struct.pack("<f", 1e-5))]), "ok")
    s.add("block-count-huge", whole([ARCH, key("llama.block_count", U32, u32(2**32 - 1))]), "ok", why="CVE-2025-0315: allocation by an untrusted count")
    s.add("head-count-0", whole([ARCH, key("llama.attention.head_count", U32, u32(0)), key("llama.feed_forward_length", U32, u32(0))]), "ok",
          why="as converters write for models without attention; a division by zero in loaders")
    s.add("name-not-utf-8", whole([key("general.name", STRING, text(b"\xff\xfe"))], [tensor(b"\xff\x1b[31m\n", [2], T_F32, 0)], bytes(8)), "ok",
          why="names are printed: no control characters may reach a terminal")


def suite():
    s = Suite("gguf", ".gguf")
    for part in (header, keys, known_keys, tensors, run_only):
        part(s)
    for case in s.cases:
        if case.get("why", "") is None:
            del case["why"]
    return s
