"""logging to stdout and to texts; the last lines of tracebacks."""
import io
import logging
import sys
import traceback

LEVELS = ["DEBUG", "info", "WARNING", "ERROR"]


def make(name: str, level: str, buffer: io.StringIO) -> logging.Logger:
    logger = logging.getLogger(name)
    logger.setLevel(getattr(logging, level.upper(), logging.INFO))
    if not logger.handlers:
        handler = logging.StreamHandler(buffer)
        handler.setFormatter(logging.Formatter("[%(levelname)-8s] %(name)s - %(message)s"))
        logger.addHandler(handler)
    return logger


class Service:
    def __init__(self, name: str) -> None:
        self.log = logging.getLogger(f"app.{name}")
        self.calls = 0

    def run(self, value: int) -> int:
        self.calls += 1
        self.log.debug("run %d", value)
        try:
            return 100 // value
        except ZeroDivisionError as e:
            self.log.error("failed: %s", e)
            return -1


def main() -> int:
    logging.basicConfig(level=logging.DEBUG, format="%(levelname)s:%(name)s:%(message)s", stream=sys.stdout)
    log = logging.getLogger(__name__)
    log.info("hello %s", "world")
    log.warning("pair %s=%d %5.2f", "k", 3, 2.5)
    logging.info("root says %r", ["a", 1])
    service = Service("db")
    print([service.run(n) for n in (5, 0)])
    buffer = io.StringIO()
    quiet = make("quiet", "warning", buffer)
    quiet.propagate = False
    for level in LEVELS:
        quiet.log(getattr(logging, level.upper()), "at %s", level)
    print(buffer.getvalue(), end="")
    print(quiet.level, quiet.name, logging.getLevelName(20), logging.getLevelName("ERROR"), quiet.isEnabledFor(logging.INFO))
    print(service.log.getEffectiveLevel(), service.log.parent is not None, quiet.hasHandlers(), len(quiet.handlers))
    child = quiet.getChild("part")
    child.error("from child")
    print(buffer.getvalue().splitlines()[-1], child.name)
    styled = logging.StreamHandler(sys.stdout)
    styled.setFormatter(logging.Formatter("{levelname}|{message}|{funcName}", style="{"))
    other = logging.getLogger("styled")
    other.propagate = False
    other.addHandler(styled)
    other.warning("styled %s", "text")
    other.disabled = True
    other.error("never")
    logging.disable(logging.CRITICAL)
    log.critical("hidden")
    logging.disable(logging.NOTSET)
    log.critical("shown")
    try:
        int("x")
    except ValueError as e:
        print(traceback.format_exc().strip().splitlines()[-1])
        print(traceback.format_exception_only(type(e), e))
        print(traceback.format_exception(type(e), e, e.__traceback__)[-1], end="")
        traceback.print_exc()
        log.exception("with report") if False else None
    try:
        log.setLevel("NOPE")
    except ValueError as e:
        print(e)
    return 0


if __name__ == "__main__":
    sys.exit(main())
