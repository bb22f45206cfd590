"""Malformed SafeTensors files, shards and folders. Source: the safetensors README ("Format") and the rules that its
reference reader states in its error names."""
import json
import struct

from suite import Suite

A = '"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}'


def raw(header, data=b"", length=None):
    header = header if isinstance(header, bytes) else header.encode()
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def one(dtype="F32", shape="[2]", offsets="[0,8]", data=8, name="a"):
    return raw('{"%s":{"dtype":"%s","shape":%s,"data_offsets":%s}}' % (name, dtype, shape, offsets), bytes(data))


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def several(data, **tensors):
    return raw(json.dumps(tensors, separators=(",", ":")), bytes(data))


def header(s):
    good = raw("{" + A + "}", bytes(8))
    s.add("empty-file", b"", "corrupt", "@0x0: wanted a model, got an empty file")
    s.add("length-cut", good[:7], "corrupt", "@0x0: header length: wanted 8 bytes, got 7")
    s.add("length-only", good[:8], "corrupt", "@0x8: header: wanted 54 bytes, got 0")
    s.add("length-0", struct.pack("<Q", 0), "corrupt", "@0x8: header: wanted '{' first, got nothing")
    s.add("length-beyond-file", raw("{}", length=1000), "corrupt", "@0x8: header: wanted 1000 bytes, got 2")
    s.add("length-at-limit", raw("{}", length=100_000_000), "corrupt", "@0x8: header: wanted 100000000 bytes, got 2")
    for length in (100_000_001, 2**63, 2**64 - 1):
        s.add(f"length-{length:x}", raw("{}", length=length), "corrupt", f"@0x0: header length: wanted at most 100000000, got {length}")
    s.add("list", raw("[]"), "corrupt", "@0x8: header: wanted '{' first, got '['")
    s.add("space-first", raw(" {}"), "corrupt", "@0x8: header: wanted '{' first, got ' '")
    s.add("byte-order-mark", raw(b"\xef\xbb\xbf{}"), "corrupt", "@0x8: header: wanted '{' first, got '\\xef'")
    s.add("not-utf-8", raw(b'{"\xff":1}'), "corrupt", "@0xa: header: wanted UTF-8, got")
    s.add("overlong-utf-8", raw(b'{"\xc0\xaf":1}'), "corrupt", "@0xa: header: wanted UTF-8, got")
    s.add("surrogate", raw('{"\\ud800":1}'), "corrupt", "@0x10: header: wanted JSON, got")
    s.add("json-cut", raw('{"a":{"dtype":"F32"'), "corrupt", "@0x1b: header: wanted JSON, got")
    s.add("json-two", raw("{}{}"), "corrupt", "@0xa: header: wanted JSON, got")
    s.add("json-comma", raw('{"a":{},}'), "corrupt", "@0x10: header: wanted JSON, got")
    s.add("json-nul", raw(b"{}\0\0\0\0"), "corrupt", "@0xa: header: wanted JSON, got a NUL byte")
    s.add("json-nan", raw('{"a":NaN}'), "corrupt", "@0xd: header: wanted JSON, got")
    s.add("json-number-1e999", one(offsets="[0,1e999]"), "corrupt", ": header: wanted JSON, got")
    s.add("json-deep", raw('{"a":' + "[" * 1000 + "]" * 1000 + "}"), "corrupt", "header: wanted JSON, got nesting deeper than 8 levels")
    s.add("json-deep-open", raw('{"a":' * 2000), "corrupt", "header: wanted JSON, got nesting deeper than 8 levels")
    s.add("spaces-after", raw("{" + A + "}    ", bytes(8)), "ok")
    s.add("spaces-inside", raw("{\n " + A + " \t}\r\n", bytes(8)), "ok")
    s.add("no-tensors", raw("{}"), "ok")
    s.add("good", good, "ok")


def names(s):
    s.add("name-twice", raw("{%s,%s}" % (A, A), bytes(8)), "corrupt", 'header: wanted JSON, got duplicate key "a"')
    s.add("name-twice-escaped", raw("{%s,%s}" % (A, A.replace('"a"', '"\\u0061"')), bytes(8)), "corrupt", 'header: wanted JSON, got duplicate key "a"')
    s.add("dtype-twice", raw('{"a":{"dtype":"F32","dtype":"F16","shape":[2],"data_offsets":[0,8]}}', bytes(8)), "corrupt", 'got duplicate key "dtype"')
    s.add("metadata-twice", raw('{"__metadata__":{},"__metadata__":{}}'), "corrupt", 'got duplicate key "__metadata__"')
    s.add("name-empty", one(name=""), "ok")
    s.add("name-long", one(name="n" * 5000), "corrupt", "tensor name: wanted at most 4096 bytes, got 5000")
    s.add("name-dots", one(name="." * 4000), "ok", why="a tree of names must not recurse without bound")
    s.add("name-control", one(name="\\u001b[31m\\n\\u0000"), "ok", why="names are printed: no control characters may reach a terminal")
    s.add("metadata-good", raw('{"__metadata__":{"format":"pt"},%s}' % A, bytes(8)), "ok")
    for name, value, got in (("list", "[]", "an array"), ("null", "null", "null"), ("text", '"x"', "a string")):
        s.add(f"metadata-{name}", raw('{"__metadata__":%s}' % value), "corrupt", f"__metadata__: wanted an object, got {got}")
    for name, value, got in (("number", "1", "a number"), ("null", "null", "null"), ("object", "{}", "an object")):
        s.add(f"metadata-value-{name}", raw('{"__metadata__":{"k":%s}}' % value), "corrupt", f'@0x8: __metadata__ "k": wanted a string, got {got}')


def fields(s):
    def part(**changes):
        fields = {"dtype": '"F32"', "shape": "[2]", "data_offsets": "[0,8]", **changes}
        return raw('{"a":{%s}}' % ",".join(f'"{k}":{v}' for k, v in fields.items() if v is not None), bytes(8))

    s.add("entry-list", raw('{"a":[]}'), "corrupt", "tensor 'a': wanted an object, got an array")
    s.add("entry-null", raw('{"a":null}'), "corrupt", "tensor 'a': wanted an object, got null")
    s.add("dtype-absent", part(dtype=None), "corrupt", "tensor 'a': wanted a string \"dtype\", got none")
    s.add("shape-absent", part(shape=None), "corrupt", "tensor 'a': wanted an array \"shape\", got none")
    s.add("offsets-absent", part(data_offsets=None), "corrupt", "tensor 'a': wanted an array \"data_offsets\", got none")
    s.add("field-unknown", part(stride="[1]"), "corrupt", "tensor 'a': wanted dtype, shape and data_offsets only, got \"stride\"")
    s.add("dtype-number", part(dtype="0"), "corrupt", "tensor 'a': wanted a string \"dtype\", got a number")
    for name in ("F31", "f32", "", "F32 ", "Q4_0"):
        s.add(f"dtype-unknown-{len(s.cases)}", part(dtype=f'"{name}"'), "corrupt", f"tensor 'a': wanted a SafeTensors dtype, got \"{name}\"")
    for name, shape, size in (("F4", "[3]", 2), ("F6_E2M3", "[3]", 3), ("F6_E3M2", "[4]", 3), ("F8_E8M0", "[2]", 2), ("C64", "[1]", 8)):
        s.add(f"dtype-{name.lower()}", one(name, shape, f"[0,{size}]", size), "unsupported", f"tensor 'a': wanted a dtype that is built, got {name}")
    for name, value in (("negative", "[-1]"), ("fraction", "[2.0]"), ("exponent", "[2e0]"), ("text", '["2"]'), ("null", "[null]"), ("nested", "[[2]]"), ("too-large", "[18446744073709551616]")):
        s.add(f"shape-{name}", part(shape=value), "corrupt", "tensor 'a': wanted whole numbers from 0 in \"shape\", got ")
    s.add("shape-number", part(shape="2"), "corrupt", "tensor 'a': wanted an array \"shape\", got a number")
    s.add("shape-overflow", part(shape="[2,18446744073709551614]"), "corrupt", "tensor 'a': wanted a size below 2^64 bytes, got F32 of shape [2, 18446744073709551614]")
    s.add("shape-overflow-to-2", part(shape="[9223372036854775809,2]"), "corrupt", "tensor 'a': wanted a size below 2^64 bytes, got F32")
    s.add("size-overflow", part(shape="[4611686018427387906]"), "corrupt", "tensor 'a': wanted a size below 2^64 bytes, got F32 of shape [4611686018427387906]",
          why="times 4 wraps to the 8 bytes that are there")
    s.add("elements-2-60", one("U8", "[1152921504606846976]", "[0,1152921504606846976]"), "corrupt", "tensor 'a' data_offsets: wanted begin <= end <= 8 (bytes of data), got [0, 1152921504606846976]")
    s.add("shape-of-zero-overflow", one(shape="[0,18446744073709551615,18446744073709551615]", offsets="[0,0]", data=0), "ok")


def offsets(s):
    for name, value in (("backwards", "[8,0]"), ("past-end", "[0,9]"), ("far-past-end", "[0,18446744073709551615]"), ("begin-past-end", "[16,24]")):
        s.add(f"offsets-{name}", one(offsets=value), "corrupt", f"tensor 'a' data_offsets: wanted begin <= end <= 8 (bytes of data), got [{value[1:-1].replace(',', ', ')}]")
    s.add("offsets-one", one(offsets="[0]"), "corrupt", "tensor 'a': wanted two data_offsets, got 1")
    s.add("offsets-three", one(offsets="[0,4,8]"), "corrupt", "tensor 'a': wanted two data_offsets, got 3")
    s.add("offsets-negative", one(offsets="[-8,0]"), "corrupt", "tensor 'a': wanted whole numbers from 0 in \"data_offsets\", got -8")
    s.add("offsets-fraction", one(offsets="[0,8.5]"), "corrupt", "tensor 'a': wanted whole numbers from 0 in \"data_offsets\", got 8.5")
    s.add("size-too-small", one(shape="[3]"), "corrupt", "tensor 'a' of f32: wanted 12 bytes for its shape, got 8")
    s.add("size-too-large", one(shape="[1]"), "corrupt", "tensor 'a' of f32: wanted 4 bytes for its shape, got 8")
    s.add("size-of-other-type", one("F16"), "corrupt", "tensor 'a' of f16: wanted 4 bytes for its shape, got 8")
    s.add("scalar", one(shape="[]", offsets="[0,4]", data=4), "ok")
    s.add("zero-size", one(shape="[0,7]", offsets="[0,0]", data=0), "ok")
    s.add("hole-at-start", one(offsets="[8,16]", data=16), "corrupt", "tensor 'a' data_offsets: wanted to begin at 0 (no gap, no overlap), got 8")
    s.add("hole", several(24, a=entry("F32", [2], 0, 8), b=entry("F32", [2], 16, 24)), "corrupt", "tensor 'b' data_offsets: wanted to begin at 8 (no gap, no overlap), got 16")
    s.add("overlap", several(12, a=entry("F32", [2], 0, 8), b=entry("F32", [2], 4, 12)), "corrupt", "tensor 'b' data_offsets: wanted to begin at 8 (no gap, no overlap), got 4")
    s.add("ten-on-the-same-bytes", several(8, **{f"t{i}": entry("F32", [2], 0, 8) for i in range(10)}), "corrupt", "tensor 't1' data_offsets: wanted to begin at 8 (no gap, no overlap), got 0")
    s.add("zero-size-between", several(16, b=entry("F32", [2], 8, 16), z=entry("F32", [0], 8, 8), a=entry("F32", [2], 0, 8)), "ok")
    s.add("zero-size-inside-another", several(8, a=entry("F32", [2], 0, 8), z=entry("F32", [0], 4, 4)), "corrupt", "tensor 'z' data_offsets: wanted to begin at 8 (no gap, no overlap), got 4")
    s.add("trailing-bytes", one(data=9), "corrupt", "@0x46: data: wanted 8 bytes, as the tensors cover, got 9")
    s.add("trailing-bytes-no-tensors", raw("{}", b"x"), "corrupt", "@0xa: data: wanted 0 bytes, as the tensors cover, got 1")
    s.add("data-cut", one(data=7), "corrupt", "tensor 'a' data_offsets: wanted begin <= end <= 7 (bytes of data), got [0, 8]")
    s.add("data-absent", one(data=0), "corrupt", "tensor 'a' data_offsets: wanted begin <= end <= 0 (bytes of data), got [0, 8]")


INDEX = "model.safetensors.index.json"


def shards(s):
    def shard(name):
        return one(name=name)

    def index(weight_map, **more):
        return json.dumps({"metadata": {"total_size": 16}, "weight_map": weight_map, **more}).encode()

    both = {"a": "1.safetensors", "b": "2.safetensors"}
    files = {"1.safetensors": shard("a"), "2.safetensors": shard("b")}

    def folder(name, weight_map, code, *says, **options):
        extra = options.pop("extra", {})
        s.add(name, {INDEX: index(weight_map), **files, **extra}, code, *says, **options)

    folder("shards-good", both, "ok")
    folder("shard-missing", {**both, "b": "3.safetensors"}, "not_found", "3.safetensors: cannot open: No such file or directory")
    for name, target in (("parent", "../secret.safetensors"), ("absolute", "/etc/passwd"), ("deeper", "sub/x.safetensors"), ("dots", ".."),
                         ("dot", "."), ("empty", ""), ("backslash", "..\\x.safetensors"), ("nul", "1.safetensors\0x")):
        folder(f"shard-{name}", {**both, "b": target}, "corrupt", f"{INDEX} @0x0: tensor 'b': wanted a plain file name as its shard, got ",
               why="path traversal, as CVE-2024-37032" if name == "parent" else "")
    folder("shard-number", {**both, "b": 2}, "corrupt", "tensor 'b': wanted a plain file name as its shard, got 2")
    folder("shard-is-the-index", {**both, "b": INDEX}, "corrupt", f"{INDEX} @0x0: header length: wanted at most 100000000, got ")
    folder("shard-is-a-folder", {**both, "b": "folder"}, "io", "folder: wanted a regular file, got a folder", extra={"folder/keep": b"x"})
    s.add("shard-cut", {INDEX: index(both), "1.safetensors": shard("a"), "2.safetensors": shard("b")[:-1]}, "corrupt",
          "2.safetensors @0x3e: tensor 'b' data_offsets: wanted begin <= end <= 7 (bytes of data), got [0, 8]")
    folder("shard-tensor-absent", {**both, "c": "2.safetensors"}, "corrupt", f"{INDEX} @0x0: tensor 'c': wanted in 2.safetensors, got no such tensor there")
    folder("shard-tensor-unlisted", {"a": "1.safetensors"}, "ok")
    s.add("shard-tensor-unlisted-inside", {INDEX: index({"a": "1.safetensors"}), "1.safetensors": several(16, a=entry("F32", [2], 0, 8), b=entry("F32", [2], 8, 16))},
          "corrupt", "tensor 'b' of 1.safetensors: wanted in the weight map, got no entry")
    folder("shard-tensor-elsewhere", {"a": "2.safetensors", "b": "1.safetensors"}, "corrupt", "tensor 'b': wanted in 1.safetensors, got it in 2.safetensors")
    s.add("shard-tensor-in-two", {INDEX: index(both), "1.safetensors": shard("a"), "2.safetensors": several(16, a=entry("F32", [2], 0, 8), b=entry("F32", [2], 8, 16))},
          "corrupt", "tensor 'a': wanted in one shard, got it in 1.safetensors and 2.safetensors")
    for name, text, says in (("no-map", b"{}", 'wanted an object "weight_map", got none'), ("map-list", b'{"weight_map":[]}', 'wanted an object "weight_map", got an array'),
                             ("map-empty", b'{"weight_map":{}}', 'wanted shards in "weight_map", got none'), ("list", b" []", None),
                             ("cut", b'{"weight_map":{"a":', "wanted JSON, got"), ("twice", b'{"weight_map":{"a":"1.safetensors","a":"2.safetensors"}}', 'wanted JSON, got duplicate key "a"'),
                             ("deep", b'{"weight_map":' + b"[" * 1000, "wanted JSON, got nesting deeper than 16 levels")):
        says = says or "@0x0: wanted GGUF, SafeTensors or APR, got bytes ' []'"
        s.add(f"index-{name}", {INDEX: text, **files}, "corrupt", f"{INDEX} @0x", says)


def companions(s):
    def folder(name, code, *says, **files):
        s.add(name, {"model.safetensors": one(), **{k.replace("__", "."): v for k, v in files.items()}}, code, *says)

    folder("config-good", "ok", config__json=b"{}")
    folder("config-cut", "corrupt", "config.json @0x5: wanted JSON, got", config__json=b'{"a":')
    folder("config-list", "corrupt", "config.json @0x0: wanted a JSON object, got an array", config__json=b"[]")
    folder("config-empty", "corrupt", "config.json @0x0: wanted JSON, got", config__json=b"")
    folder("config-nul", "corrupt", "config.json @0x2: wanted JSON, got a NUL byte", config__json=b"{}\0")
    folder("config-not-utf-8", "corrupt", "config.json @0x2: wanted JSON, got", config__json=b'{"\xff":1}')
    folder("config-twice", "corrupt", 'config.json @0x9: wanted JSON, got duplicate key "a"', config__json=b'{"a":1,"a":2}')
    folder("config-deep", "corrupt", "config.json @0x84: wanted JSON, got nesting deeper than 128 levels", config__json=b'{"a":' + b"[" * 5000)
    folder("tokenizer-list", "corrupt", "tokenizer.json @0x0: wanted a JSON object, got an array", tokenizer__json=b"[]")
    folder("template-number", "corrupt", 'tokenizer_config.json @0x0: "chat_template": wanted a string or a list, got a number', tokenizer_config__json=b'{"chat_template":1}')
    folder("template-nameless", "corrupt", "tokenizer_config.json @0x0: chat_template: ", tokenizer_config__json=b'{"chat_template":[{"template":"x"}]}')


def suite():
    s = Suite("safetensors", ".safetensors")
    for part in (header, names, fields, offsets, shards, companions):
        part(s)
    for case in s.cases:
        if not case.get("why", "x"):
            del case["why"]
    return s
