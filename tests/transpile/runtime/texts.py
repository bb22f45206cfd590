"""difflib, ast.literal_eval, calendar, colorsys, uuid, urllib.parse, html, zlib, os.path, pathlib, fnmatch, files."""
import ast
import calendar
import colorsys
import difflib
import fnmatch
import gzip
import html
import io
import os.path
import pathlib
import random
import re
import tempfile
import urllib.parse as up
import uuid
import zipfile
import zlib


def matcher(a, b):
    s = difflib.SequenceMatcher(None, a, b)
    return repr((s.ratio(), s.quick_ratio(), s.real_quick_ratio(), s.get_opcodes(), [tuple(m) for m in s.get_matching_blocks()]))


def path(a, b):
    p = pathlib.PurePosixPath(a)
    out = [str(p), p.name, p.stem, p.suffix, p.suffixes, str(p.parent), p.parts, [str(x) for x in p.parents], p.anchor, str(p / b), p.is_absolute()]
    for f in (lambda: str(p.with_name(b)), lambda: str(p.with_suffix(".x")), lambda: str(p.relative_to(b)), lambda: p.match(b)):
        try:
            out.append(f())
        except Exception as e:
            out.append(f"{type(e).__name__}: {e}")
    return repr(out).replace("PurePosixPath", "PosixPath")


def ospath(a, b):
    p = os.path
    return repr((p.join(a, b), p.split(a), p.splitext(a), p.normpath(a), p.isabs(a), p.basename(a), p.dirname(a), p.commonprefix([a, b])))


def url(u):
    r = up.urlparse(u)
    return repr((tuple(r), r.hostname, r.username, r.password, r.geturl()))


def string_io(script):
    f, log = io.StringIO("one\ntwo\nthree"), []
    for step in script.split(";"):
        op, n = step.split(",")
        n = int(n)
        if op == "read":
            log.append(f.read(n))
        elif op == "readline":
            log.append(f.readline())
        elif op == "write":
            log.append(f.write("x" * n + "\n"))
        elif op == "seek":
            log.append(f.seek(n))
        elif op == "tell":
            log.append(f.tell())
        elif op == "truncate":
            log.append(f.truncate(n))
        else:
            log.append(f.readlines())
    return repr((log, f.getvalue()))


def quiet(f):
    """Only the class of an error: the texts of the parser's own errors name objects."""
    def g(*a):
        try:
            return f(*a)
        except Exception as e:
            return "!" + type(e).__name__
    return g


SCRATCH = tempfile.TemporaryDirectory()


def zip_contents(p):
    with zipfile.ZipFile(p) as z:
        return repr([(i.filename, i.file_size, i.date_time, z.read(i.filename)) for i in z.infolist()])


def zip_written(p, name, data, method):
    """The other side has written it by now."""
    with zipfile.ZipFile(p) as z:
        good = z.testzip() is None and z.namelist() == [name, "second.txt"] and z.read(name) == data
        return f"{good} {z.getinfo(name).compress_size}"


OPS = {"zipread": zip_contents, "zipwrite": zip_written, "gunzip": lambda b: repr(gzip.decompress(b)), "gzip": lambda b, l: repr(gzip.compress(b, l, mtime=0)), "matcher": matcher, "diff": lambda a, b, n: repr(list(difflib.unified_diff(a.splitlines(True), b.splitlines(True), "a.txt", "b.txt", n=n))),
       "close": lambda w, p: repr(difflib.get_close_matches(w, p.split())), "literal": quiet(lambda s: repr(ast.literal_eval(s))),
       "month": lambda y, m, w, l: calendar.month(y, m, w, l), "year": lambda y: calendar.calendar(y), "days": lambda y, m: repr((calendar.isleap(y), calendar.leapdays(1900, y), tuple(map(int, calendar.monthrange(y, m))), calendar.monthcalendar(y, m))),
       "color": lambda a, b, c: repr((colorsys.rgb_to_hsv(a, b, c), colorsys.hsv_to_rgb(a, b, c), colorsys.rgb_to_hls(a, b, c), colorsys.hls_to_rgb(a, b, c), colorsys.rgb_to_yiq(a, b, c), colorsys.yiq_to_rgb(a, b, c))),
       "uuid": lambda s: repr((uuid.UUID(s), str(uuid.UUID(s)), uuid.UUID(s).version, uuid.UUID(s).variant, uuid.UUID(s).urn)), "uuid5": lambda s: str((uuid.uuid5(uuid.NAMESPACE_DNS, s), uuid.uuid3(uuid.NAMESPACE_URL, s))),
       "quote": lambda s: repr((up.quote(s), up.quote_plus(s), up.unquote(s), up.unquote_plus(s))), "url": url, "qs": lambda s: repr((up.parse_qsl(s), up.parse_qs(s, keep_blank_values=True))),
       "html": lambda s: repr((html.escape(s), html.escape(s, False))), "unescape": lambda s: repr(html.unescape(s)), "inflate": lambda b: repr(zlib.decompress(b)),
       "deflate": lambda b, l: repr(zlib.compress(b, l)), "path": path, "ospath": ospath, "fnmatch": lambda a, b: fnmatch.fnmatchcase(a, b), "io": string_io}


def words(n, alphabet="abcd "):
    return "".join(random.choice(alphabet) for _ in range(random.randint(0, n)))


def literal(depth=3):
    kind = random.random()
    if depth and kind < 0.5:
        items = [literal(depth - 1) for _ in range(random.randint(0, 3))]
        return random.choice([repr(items), "[" + ", ".join(items) + "]", "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")", "{" + ", ".join(f"'{i}': {x}" for i, x in enumerate(items)) + "}", "{1, 2}"])
    return random.choice(["1", "-2.5", "'a'", '"b\\n\\x41"', "None", "True", "0x1f", "1e5", "b'x\\n'", "10**2", "x", "f(1)", "''", "1_000", "007", "'''t'''", "-", "1 2", "'a' 'b'", "+3", ".5", "1.", "[1,]", "(1)"])


def cases():
    for _ in range(300):
        a, b = words(30), words(30)
        yield ("matcher", a, b)
        x = "".join(random.choice(["one\n", "two\n", "three\n", "four\n", "five"]) for _ in range(random.randint(0, 14)))
        y = "".join(random.choice(["one\n", "two\n", "three\n", "four\n", "five"]) for _ in range(random.randint(0, 14)))
        yield ("diff", x, y, random.choice([0, 1, 3]))
        yield ("close", random.choice(["appel", "hello", "x"]), " ".join(words(6, "aelphox") for _ in range(8)))
        text = literal()
        if not (re.search(r"\b(f|x)\b|\*", text) and re.search(r"1 2|-[],)}]|007", text)):  # two faults: which one is met first
            yield ("literal", text)
        yield ("month", random.choice([1999, 2024, 1]), random.choice([1, 2, 12, 0, 13]), random.choice([0, 3, 9]), random.choice([0, 1, 2]))
        yield ("days", random.randint(1901, 2100), random.randint(1, 12))
        yield ("color", *[random.choice([0.0, 1.0, 0.5, random.random()]) for _ in range(3)])
        u = str(uuid.UUID(bytes=random.randbytes(16)))
        yield ("uuid", random.choice([u, u.replace("-", ""), "{" + u + "}", "urn:uuid:" + u, u[:-1], u[:-1] + "g", u.upper()]))
        yield ("uuid5", words(9, "abé./"))
        s = words(14, "a&<>\"' é/%20+=?~;:@")
        yield ("quote", s)
        yield ("html", s)
        yield ("qs", words(20, "ab=&+%41"))
        yield ("url", random.choice(["http", "HTTPS", "mailto", "", "a+b"]) + random.choice([":", "", "://"]) + random.choice(["user:pw@host:80", "Host.com", "", "[::1]:8080"]) + random.choice(["/a/b;p", "", "/", "x/y"]) + random.choice(["?q=1&r", "", "?"]) + random.choice(["#f", ""]))
        yield ("unescape", random.choice(["&amp;&lt;x&gt;", "&#65;&#x42;", "&quot;a&apos;", "a&b", "&nosuch1;", "&copy;&nbsp;", "&", "&#65"[:3] + ";"]))
        raw = random.choice([random.randbytes(50), words(400).encode(), b"", b"ab" * 500, bytes(range(256)) * 3])
        z = zlib.compress(raw, random.choice([0, 1, 6, 9]))
        if random.random() < 0.15:
            z = random.choice([z[:-1], z[:5], b"x" + z, z[:-4] + b"abcd", b""])
        yield ("inflate", z)
        text = " ".join(random.choice(["the", "quick", "compression", "of", "words", "that", "repeat", str(random.randint(0, 999))]) for _ in range(random.choice([0, 3, 30, 300, 4000])))
        yield ("deflate", random.choice([raw, text.encode(), random.randbytes(random.choice([1, 300, 5000])), bytes(random.choice(b"ab") for _ in range(3000))]), random.choice([6, 6, 6, -1, 1, 2, 3, 4, 5, 7, 8, 9]))
        a, b = words(12, "ab./.-"), words(8, "ab./*")
        if "/." not in b and "./" not in b and not b.endswith("/"):
            yield ("path", a, b)
        yield ("ospath", a, b)
        yield ("fnmatch", words(6, "abc"), words(5, "abc*?[]!-"))
        yield ("io", ";".join(f"{random.choice(['read', 'readline', 'write', 'seek', 'tell', 'truncate', 'readlines'])},{random.randint(0, 6)}" for _ in range(6)))
    big = "".join(random.choice(["alpha ", "beta ", "gamma\n", f"{random.random()} "]) for _ in range(40000)).encode()
    for level in (1, 6, 9):
        yield ("deflate", big, level)
        yield ("deflate", b"\0" * 200000, level)
    folder = SCRATCH.name  # both sides read and write here, so it stays until the process ends
    for i in range(20):
        p = f"{folder}/{i}.zip"
        data = random.choice([b"", b"hello", words(3000).encode(), random.randbytes(500)])
        with zipfile.ZipFile(p, "w", random.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as z:
            z.writestr("a/b.txt", data)
            z.writestr("é.bin", b"x" * i)
        yield ("zipread", p)
        yield ("zipwrite", f"{folder}/{i}.out", f"n{i}.txt", data, random.choice([0, 8]))
        yield ("gzip", data, random.choice([1, 6, 9]))
        yield ("gunzip", gzip.compress(data))
    yield ("gunzip", b"no")
    for y in (1, 1999, 2024):
        yield ("year", y)
