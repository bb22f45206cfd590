import glob
import io
import os
import os.path
import shutil
import sys
import tempfile
from pathlib import Path, PurePosixPath


def main():
    root = tempfile.mkdtemp()
    p = Path(root) / "a" / "b"
    p.mkdir(parents=True, exist_ok=True)
    f = p / "x.txt"
    print(f.write_text("hello\nworld\n"), f.read_text(), f.read_text(encoding="utf-8").splitlines(), f.exists(), f.stat().st_size, f.suffix, f.stem, f.name, f.parent.name, f.relative_to(root), f.with_suffix(".md").name, f.with_name("y.txt").name)
    with open(f, "a") as out:
        out.write("more\n")
        print("printed", 1, file=out)
    with open(f) as src:
        for i, line in enumerate(src, 1):
            print(i, line.rstrip())
    with open(f, "rb") as src:
        print(src.read(5), src.tell(), src.seek(0), src.readline(), src.read())
    with f.open("w", encoding="utf-8") as out:
        out.writelines(["a\n", "b\n"])
    with open(f, "r+") as both:
        print(both.readline(), both.readlines(), both.read())
    os.makedirs(os.path.join(root, "c", "d"), exist_ok=True)
    Path(root, "c", "d", "z.py").touch()
    for base, dirs, files in os.walk(root):
        dirs.sort()
        print(os.path.relpath(base, root), sorted(dirs), sorted(files))
    print(sorted(os.listdir(root)), sorted(x.name for x in Path(root).iterdir()), sorted(str(x.relative_to(root)) for x in Path(root).rglob("*")), [os.path.basename(x) for x in glob.glob(os.path.join(root, "*", "*", "*.py"))], [os.path.basename(x) for x in sorted(glob.glob(f"{root}/**/*.txt", recursive=True))])
    with os.scandir(root) as it:
        for entry in sorted(it, key=lambda e: e.name):
            print(entry.name, entry.is_dir(), entry.is_file(), entry.path == os.path.join(root, entry.name), entry.stat().st_size >= 0)
    shutil.copy(f, p / "copy.txt")
    shutil.move(str(p / "copy.txt"), str(p / "moved.txt"))
    os.rename(p / "moved.txt", p / "renamed.txt")
    os.remove(p / "renamed.txt")
    (p / "s.txt").symlink_to(f)
    print((p / "s.txt").is_symlink(), os.readlink(p / "s.txt") == str(f), (p / "s.txt").resolve() == f.resolve(), os.path.samefile(f, p / "s.txt"))
    print(os.access(f, os.R_OK), os.path.getsize(f), os.path.isfile(f), os.path.isdir(p), os.path.exists(root + "/nope"), oct(f.stat().st_mode & 0o777) != "", os.stat(f).st_size, os.path.commonpath(["/a/b/c", "/a/b/d"]), os.path.commonprefix(["abc", "abd"]))
    try:
        open(os.path.join(root, "missing.txt"))
    except FileNotFoundError as e:
        print(e.errno, e.strerror, os.path.basename(e.filename), type(e).__name__)
    try:
        os.mkdir(p)
    except FileExistsError as e:
        print(str(e).replace(root, "R"))
    try:
        os.rmdir(root)
    except OSError as e:
        print(e.strerror)
    shutil.rmtree(root)
    print(os.path.exists(root), os.sep, os.linesep == "\n", os.name, os.curdir, os.pardir, os.extsep, os.devnull, os.getcwd() == str(Path.cwd()), os.path.splitext("a/b.tar.gz"), os.path.split("/a/b/c"), os.path.normpath("/a/./b/../c"), os.path.isabs("/x"), os.path.join("a", "/b", "c"), os.path.dirname("/a/b"), os.path.splitdrive("/a"), os.path.normcase("A"))
    parts = ["a", "b", "c"]
    print(os.path.join(*parts), Path(*parts), os.path.join("x", *parts), Path("a/b").joinpath("c", "d"), os.fspath(Path("q")), PurePosixPath("/a/b/../c").parts, Path("/a/b.c").as_posix(), Path("a") / "b" == Path("a/b"), sorted([Path("b"), Path("a")]), Path("/usr/lib/x.tar.gz").suffixes, list(Path("/a/b/c").parents), Path("/a").is_absolute(), Path("x.py").match("*.py"), Path("a/b").parent.parent, str(Path("a//b/./c")), repr(Path("a")), Path("~").expanduser() != Path("~"), Path("a/b/c").is_relative_to("a"), Path("/").anchor, bool(Path("")), Path())
    os.environ["MY_VAR"] = "v1"
    print(os.environ.get("MY_VAR"), os.getenv("MY_VAR"), os.getenv("NOPE_X", "dflt"), "MY_VAR" in os.environ, os.environ["MY_VAR"], os.environ.pop("MY_VAR"), os.environ.get("MY_VAR", "gone"))
    os.environ.update({"Q1": "x", "Q2": "y"})
    del os.environ["Q1"]
    os.environ.setdefault("Q3", "z")
    print(sorted(k for k in os.environ if k.startswith("Q") and len(k) == 2), os.path.expandvars("$Q2/x"), os.environ.get("Q1"))
    buf = io.StringIO()
    buf.write("one\n")
    print("two", file=buf)
    print(buf.getvalue().upper(), buf.tell(), io.StringIO("a\nb").readlines(), [line.strip() for line in io.StringIO("x\ny")])
    raw = io.BytesIO(b"abc")
    print(raw.read(2), raw.read(), raw.getvalue(), raw.seek(0), raw.readable())
    print("err", file=sys.stderr)
    sys.stdout.write("done\n")
    with tempfile.TemporaryDirectory() as tmp:
        q = os.path.join(tmp, "t.txt")
        with open(q, "w") as fh:
            fh.write("x" * 10)
        print(os.path.getsize(q), shutil.disk_usage(tmp).total > 0, os.path.isdir(tmp))
    with tempfile.NamedTemporaryFile(mode="w", suffix=".txt", delete=False) as tf:
        tf.write("data")
        name = tf.name
    with open(name) as fh:
        print(fh.read(), fh.name == name, fh.mode, fh.closed)
    os.unlink(name)
    print(os.path.exists(name), os.cpu_count() > 0, os.getpid() > 0, shutil.which("sh") is not None, sys.version_info >= (3, 8), sys.version_info[0], sys.version_info.major, sys.argv[1:], sys.maxsize, sys.platform)


main()
