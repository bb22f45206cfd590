import argparse
import configparser
import io
import sys

SAMPLE = """
; comment
[DEFAULT]
base = /srv
timeout = 30

[server]
host = localhost
port: 8080
debug = yes
path = %(base)s/www
ratio = 0.75
multi = one
    two
    three

[Client]
Name = Bob
empty =
pct = 100%%
"""


def show(config: configparser.ConfigParser) -> None:
    for section in config.sections():
        print(f"[{section}]")
        for key, value in config.items(section):
            print(f"  {key} = {value!r}")


def cmd_get(config, section, option):
    try:
        return config.get(section, option)
    except (configparser.NoSectionError, configparser.NoOptionError) as e:
        return f"error: {e}"


def main() -> int:
    parser = argparse.ArgumentParser(description="INI tool")
    parser.add_argument("--section", default="server")
    args = parser.parse_args()
    config = configparser.ConfigParser()
    config.read_string(SAMPLE)
    print(config.sections(), config.defaults(), "server" in config, "nope" in config, len(config))
    show(config)
    print(config["server"]["host"], config["server"].getint("port"), config.getboolean("server", "debug"), config.getfloat("server", "ratio"))
    print(config.get("server", "missing", fallback="dflt"), config.getint("server", "nope", fallback=7), config.get("server", "x", fallback=None))
    print(config[args.section].get("zzz"), config[args.section].get("zzz", "d"), config["Client"].get("name"))
    print(cmd_get(config, "nope", "x"), "|", cmd_get(config, "server", "x"), "|", cmd_get(config, "server", "path"))
    print(config.has_option("server", "host"), config.has_option("server", "timeout"), config.has_section("Client"), config.options("server"))
    config["new"] = {"a": "1", "b": "two"}
    config.add_section("other")
    config.set("other", "Key", "v")
    config["other"]["k2"] = "w"
    out = io.StringIO()
    config.write(out)
    print(out.getvalue())
    config.write(sys.stdout, space_around_delimiters=False)
    print(config.remove_option("server", "host"), config.remove_section("other"), config.remove_section("other"))
    for bad in ("key = 1\n", "[a]\nx=1\n[a]\n", "[a]\nx=1\nx=2\n", "[a]\nnonsense\n", "[a]\nx = %(y)s\n", "[a]\nx = %z\n"):
        c = configparser.ConfigParser()
        try:
            c.read_string(bad)
            print(dict(c["a"]))
        except configparser.Error as e:
            print(type(e).__name__, e)
    try:
        config["missing"]
    except KeyError as e:
        print("KeyError", e)
    try:
        config.getint("server", "debug")
    except ValueError as e:
        print(e)
    try:
        config.set("server", "a", "50%")
    except ValueError as e:
        print(e)
    c = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
    c.read_string("[a]\nx = 1\n[b]\ny = ${a:x}-${z}\nz = 2\n")
    print(c.get("b", "y"))
    c2 = configparser.ConfigParser()
    c2.optionxform = str
    c2.read_dict({"S": {"CamelCase": 1, "b": True}})
    print(list(c2["S"]), dict(c2["S"].items()), c2.read("/nonexistent.ini"))
    for name in c2:
        print(name, c2[name])
    raw = configparser.RawConfigParser()
    raw.read_string("[x]\np = %(nope)s\n")
    print(raw.get("x", "p"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
