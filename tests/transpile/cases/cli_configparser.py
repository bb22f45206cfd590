"""INI tool with files."""
import argparse
import configparser
import os
import sys
import tempfile
from pathlib import Path


class Settings:
    DEFAULTS = {"debug": "false", "port": "8000"}

    def __init__(self, path):
        self.path = Path(path)
        self.parser = configparser.ConfigParser(self.DEFAULTS)
        if self.path.exists():
            self.parser.read(self.path)

    def get(self, section, key, default=None):
        if self.parser.has_option(section, key):
            return self.parser.get(section, key)
        return default

    def set(self, section, key, value):
        if not self.parser.has_section(section):
            self.parser.add_section(section)
        self.parser.set(section, key, str(value))

    def save(self):
        with open(self.path, "w") as f:
            self.parser.write(f)

    def as_dict(self):
        return {s: dict(self.parser[s]) for s in self.parser.sections()}


def main(argv=None):
    parser = argparse.ArgumentParser(prog="ini")
    sub = parser.add_subparsers(dest="command")
    g = sub.add_parser("get")
    g.add_argument("section")
    g.add_argument("key")
    s = sub.add_parser("set")
    s.add_argument("section")
    s.add_argument("key")
    s.add_argument("value")
    sub.add_parser("list")
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "a.ini")
        for line in ("set db host localhost", "set db port 5432", "set web name site", "get db host", "get db port", "get db debug", "get web missing", "list"):
            args = parser.parse_args(line.split())
            settings = Settings(path)
            if args.command == "get":
                value = settings.get(args.section, args.key, "n/a")
                print(f"{args.section}.{args.key} = {value}")
            elif args.command == "set":
                settings.set(args.section, args.key, args.value)
                settings.save()
                print("ok")
            else:
                for section, values in settings.as_dict().items():
                    print(f"[{section}]")
                    for k, v in sorted(values.items()):
                        print(f"{k}={v}")
                db = settings.parser["db"]
                print(db.getint("port") + 1, db.getboolean("debug"), "host" in db, list(db.keys()))
        with open(path) as f:
            print(f.read().strip())
    try:
        configparser.ConfigParser().get("a", "b")
    except configparser.NoSectionError as e:
        print("missing:", e)
    return 0


if __name__ == "__main__":
    sys.exit(main())
