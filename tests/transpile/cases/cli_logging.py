"""Logging CLI."""
import argparse
import logging
import sys

logger = logging.getLogger(__name__)


def setup_logging(verbosity: int, quiet: bool = False) -> None:
    level = logging.WARNING
    if verbosity == 1:
        level = logging.INFO
    elif verbosity >= 2:
        level = logging.DEBUG
    if quiet:
        level = logging.ERROR
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(levelname)s - %(message)s"))
    root = logging.getLogger()
    root.handlers.clear()
    root.addHandler(handler)
    root.setLevel(level)


class Worker:
    def __init__(self, name, logger=None):
        self.name = name
        self.logger = logger or logging.getLogger(f"worker.{name}")

    def work(self, items):
        self.logger.info("start %s with %d items", self.name, len(items))
        total = 0
        for item in items:
            try:
                total += int(item)
                self.logger.debug("added %s", item)
            except ValueError:
                self.logger.warning("skipping %r", item)
        self.logger.info(f"done: {total}")
        return total


def main() -> int:
    parser = argparse.ArgumentParser(description="log")
    parser.add_argument("items", nargs="*", default=["1", "x", "3"])
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("-q", "--quiet", action="store_true")
    parser.add_argument("--level", choices=["DEBUG", "INFO", "WARNING"], default=None)
    for argv in ([], ["-v"], ["-vv", "5", "6"], ["-q", "a"], ["--level", "DEBUG", "9"]):
        args = parser.parse_args(argv)
        setup_logging(args.verbose, args.quiet)
        if args.level:
            logging.getLogger().setLevel(getattr(logging, args.level))
        print("result", Worker("w1").work(args.items))
        logger.error("end of %s", argv)
    levels = {"debug": logging.DEBUG, "info": logging.INFO}
    for name, value in levels.items():
        print(name, value, logging.getLevelName(value))
    return 0


if __name__ == "__main__":
    sys.exit(main())
