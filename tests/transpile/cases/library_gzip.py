import argparse, gzip, io, os, sys, tempfile
def pack(lines, path, level):
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=level) as f:
        for i, line in enumerate(lines, 1):
            f.write(f"{i}: {line}\n")
    return os.path.getsize(path) > 0
def main():
    parser = argparse.ArgumentParser(description="gzip demo")
    parser.add_argument("--count", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.gz")
        print(pack([f"line {n}" for n in range(args.count)], path, 6))
        with gzip.open(path, "rt") as f:
            for line in f:
                print(line.rstrip())
        with gzip.open(path) as f:
            data = f.read()
        print(type(data).__name__, len(data), data[:9])
        with gzip.open(path, "rb") as f:
            print(f.readline(), [l.strip().decode() for l in f.readlines()])
        with gzip.open(path, "ab") as f:
            f.write(b"more\n")
        with gzip.open(path, "rt", encoding="utf-8") as f:
            text = f.read()
        print(text.splitlines()[-1], len(text))
        buf = io.BytesIO()
        with gzip.GzipFile(fileobj=buf, mode="wb") as g:
            g.write(b"hello " * 100)
        packed = buf.getvalue()
        print(len(packed) < 100, gzip.decompress(packed)[:12])
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as g:
            print(len(g.read()))
        with open(path, "rb") as raw:
            print(raw.read(2).hex())
        try:
            with open(path, "wb") as raw:
                raw.write(b"nonsense")
            with gzip.open(path, "rb") as f:
                f.read()
        except gzip.BadGzipFile as e:
            print("bad:", e)
        try:
            gzip.decompress(packed[:-20])
        except EOFError as e:
            print("eof:", e)
        try:
            gzip.open(os.path.join(folder, "none.gz"))
        except FileNotFoundError as e:
            print("missing", e.errno)
        with gzip.open(path, "wb") as f:
            for chunk in (b"a", b"b"):
                f.write(chunk)
        print(gzip.open(path, "rb").read())
main()
