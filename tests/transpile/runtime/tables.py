#!/usr/bin/env python3
"""Type-checks every row of src/transpiler/library/*.sig: one Rust function a row, called as the emitter would, compiled only."""
import glob
import os
import re
import shutil
import sys
import tempfile

from run import HERE, closure, module_block, rustc

LIBRARY = os.path.normpath(os.path.join(HERE, "../../../src/transpiler/library"))
PLAIN = {"int": "i64", "big": "rt::int::Int", "float": "f64", "str": "Str", "bool": "bool", "bytes": "rt::bytes::Bytes", "none": "()", "any": "Value", "exc": "rt::exc::Exc",
         "nameof": "&Str", "C": "f64", "T": "i64", "N": "i64", "K": "Str", "V": "i64", "A": "i64", "B": "Str"}
MADE = {"list": "List<{}>", "dict": "rt::dict::Dict<{}, {}>", "set": "rt::set::Set<{}>", "many": "rt::tuple::Tuple<{}>", "opt": "Option<{}>", "iter": "Vec<{}>", "iterator": "rt::glue::PyIter<{}>", "lazy": "rt::glue::PyIter<{}>"}
OPAQUE, GENERIC = {}, {}
# What the place of a call knows.
AT_CALL = {"exc": "make::<Option<&rt::exc::Exc>>()", "line": "make::<i64>()", "function": "make::<&str>()"}


def parts(text):
    out, depth, start, quoted = [], 0, 0, False
    for i, c in enumerate(text):
        quoted ^= c == "'" or (c == '"' and text[i - 1] != "\\")
        if quoted:
            continue
        depth += (c in "[({") - (c in "])}")
        if c == "," and depth == 0:
            out.append(text[start:i].strip())
            start = i + 1
    return out + ([text[start:].strip()] if text[start:].strip() else [])


def rust(t):
    t = t.strip()
    if t.startswith("&"):
        return "&" + rust(t[1:])
    m = re.match(r"(\w+)\[(.*)\]$", t)
    if m:
        args = [rust(x) for x in parts(m.group(2))]
        if m.group(1) == "tuple":
            return "(" + ", ".join(args) + ",)"
        if m.group(1) in OPAQUE:
            return f"{OPAQUE[m.group(1)]}<{', '.join(args)}>"
        return MADE[m.group(1)].format(*args)
    return PLAIN.get(t) or OPAQUE[t.split(".")[-1]]


def argument(t):
    """An expression of the type, and how a parameter declares it."""
    t = t.strip()
    if t.startswith("func["):
        inside = t[5:-1]
        params, result = inside.split("->")
        names = [f"_{i}: {rust(p)}" for i, p in enumerate(parts(params))]
        return f"|{', '.join(names)}| -> R<{rust(result)}> {{ todo!() }}"
    return f"make::<{rust(t)}>()"


def body_of(row, body, args, self_text):
    values = ", ".join(v for _, v in args)
    if body.startswith("."):
        return f"{self_text}{body}({values})" if "(" not in body and row != "attr" else f"{self_text}{body}"
    if "{" not in body and "(" not in body and row != "attr":
        first = [f"&{self_text}"] if self_text else []
        return f"rt::{body}({', '.join(first + [v for _, v in args])})"
    body = body.replace("{self}", self_text)
    for place, value in AT_CALL.items():
        body = body.replace("{@%s}" % place, value)
    for i, (name, value) in enumerate(args):
        body = body.replace("{%s}" % name, value).replace("{%d}" % i, value)
    return body


def function(n, line):
    text = line.split("# uses:")[0].strip()
    text = text.split("  #")[0].strip()
    row, rest = text.split(" ", 1)
    arrow = rest.rfind(" -> ")
    head = rest[:arrow]
    result, body = rest[arrow + 4:].split(" = ", 1) if " = " in rest[arrow:] else (rest[arrow + 4:], "")
    raises = result.strip().endswith("!")
    result = result.strip().rstrip("!").strip().replace("iter[", "iterator[")
    args, self_text = [], ""
    if row in ("fn", "class"):
        name, inside = head.split("(", 1)
        for p in parts(inside.rsplit(")", 1)[0]):
            if p == "self":
                owner = name.rsplit(".", 1)[0]
                self_text = f"make::<{rust(owner + GENERIC.get(owner, ''))}>()"
                continue
            star = p.startswith("*")
            pname, ptype = p.lstrip("*").split("=")[0].split(":", 1)
            value = f"make::<Vec<{rust(ptype)}>>()" if star else argument(ptype)
            if p.startswith("**"):
                value = "make::<Vec<(Str, Value)>>()"
            args.append((pname.strip(), value))
    elif row == "attr":
        owner = head.rsplit(".", 1)[0]
        if owner in OPAQUE or owner in ("exc", "int", "float"):
            self_text = f"make::<{rust(owner + GENERIC.get(owner, ''))}>()"
        if head.startswith("exceptions."):
            return f"fn f{n}() {{ let _: &'static rt::exc::Class = &rt::{body}; }}\n"
        if not self_text and "::" in body and "(" not in body and not body.startswith(("Str::", "f64::")):
            body = "rt::" + body
    elif row == "op":
        left, right = head.split(" ")[0], head.split(" ")[-1]
        kind = lambda t: t + GENERIC.get(t, "")
        args = [("left", argument(kind(left))), ("right", argument(kind(right)))]
    elif row == "iter":
        self_text = f"make::<{rust(head)}>()" if "[" in head else f"make::<{rust(head)}>()"
        item = f"R<{rust(result)}>" if raises else rust(result)
        return f"fn f{n}() {{ for x in {body_of(row, body, [], self_text)} {{ let _: {item} = x; }} }}\n"
    code = body_of(row, body, args, self_text)
    want = rust(result)
    if raises:
        want = f"R<{want}>"
    return f"fn f{n}() -> R<()> {{ let _r: {want} = {code}; Ok(()) }}\n"


def main():
    if shutil.which("rustc") is None:
        print("needs rustc\n0 passed, 0 failed, 1 skipped")
        return 0
    lines = []
    for path in sorted(glob.glob(LIBRARY + "/*.sig")):
        for line in open(path, encoding="utf-8"):
            if line.strip() and not line.startswith("#"):
                lines.append((os.path.basename(path), line.rstrip("\n")))
    for _, line in lines:
        m = re.match(r"type (\w+)(\[.*\])? = (\S+)", line)
        if m:
            OPAQUE[m.group(1)] = "rt::" + m.group(3)
            GENERIC[m.group(1)] = m.group(2) or ""
    runtime = os.path.normpath(os.path.join(HERE, "../../../src/transpiler/runtime"))
    modules = closure([os.path.basename(p)[:-3] for p in glob.glob(runtime + "/*.rs")])
    source = "#![allow(dead_code, unused_imports, unused_variables, unreachable_code, unused_must_use, unused_parens, clippy::all)]\n" + module_block(modules)
    source += "use rt::exc::R;\nuse rt::list::List;\nuse rt::dict::Dict;\nuse rt::convert::{FromValue, ToValue};\nuse rt::pystr::Str;\nuse rt::int::Int;\nuse rt::value::Value;\nuse rt::*;\nfn make<T>() -> T { todo!() }\n"
    has_glue = "glue" in modules
    index = {}
    for n, (name, line) in enumerate(lines):
        if line.startswith("type ") or "coro[" in line or name == "core.sig" or ("glue::" in line and not has_glue):
            continue
        index[source.count("\n") + 1] = (name, line)
        source += function(n, line)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "tables.rs")
        with open(path, "w", encoding="utf-8") as f:
            f.write(source)
        done = rustc(path, os.path.join(folder, "tables.rmeta"), "--crate-type", "lib", "--emit=metadata", "--error-format=short")
    bad = 0
    for message in done.stderr.splitlines():
        m = re.match(r".*tables\.rs:(\d+):\d+: error(.*)", message)
        if m and int(m.group(1)) in index:
            bad += 1
            name, line = index[int(m.group(1))]
            print(f"{name}: {line[:140]}\n    {m.group(2)[:200]}")
        elif "error" in message and not m:
            print(message[:300])
    print(done.stderr[:1500]) if done.returncode else None
    print(f"{len(index) - bad} passed, {bad} failed, 0 skipped")
    return 1 if bad or done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
