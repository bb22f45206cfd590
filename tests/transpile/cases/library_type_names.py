import io, threading, hashlib, hmac, pathlib, urllib.parse as up, tempfile, os
from pathlib import PurePosixPath, PurePath, Path
print(type(io.StringIO()).__name__, type(io.BytesIO()).__name__, type(threading.Lock()).__name__, type(threading.RLock()).__name__, type(threading.Semaphore(1)).__name__, type(hashlib.sha256()).__name__, type(hmac.new(b"k", b"m", "sha256")).__name__)
p = PurePosixPath("/a/b") / "c.txt"
print(repr(p), p, p.parent, repr(p.parent), p.name, list(p.parents), type(p).__name__, p == Path("/a/b/c.txt"), repr(p.with_suffix(".x")), repr(p.relative_to("/a")), repr("x" / PurePath("y")), [p])
print(repr(Path("a") / "b"), type(Path("a")).__name__)
u = up.urlsplit("http://u:p@h:80/p;x?q=1#f")
print(u, u.netloc, u.port, u._replace(scheme="https").geturl(), len(u), u[1], list(u))
scheme, netloc, path, query, fragment = u
print(scheme, netloc, path, query, fragment, u._asdict())
v = up.urlparse("http://h/p;x?q=1#f")
print(v, v._replace(path="/z", query="").geturl(), tuple(v), type(v).__name__, type(u).__name__, v[-1])
a, b, c, d, e, f = v
print(a, b, c, d, e, f)
with tempfile.TemporaryDirectory() as t:
    with open(os.path.join(t, "x"), "w") as w:
        print(type(w).__name__)
    with open(os.path.join(t, "x"), "rb") as r:
        print(type(r).__name__)
