class AppError(Exception):
    code = 1
    retry = False

    def __init__(self, message, level="info"):
        super().__init__(message)
        self.level = level

    def describe(self):
        return f"{self.title()}[{self.code}] {self}"

    def title(self):
        return "App"

    @property
    def weight(self):
        return self.code * 10


class NotFound(AppError):
    code = 44

    def title(self):
        return "NotFound"


class Deep(NotFound):
    retry = True

    @property
    def weight(self):
        return -1


class Plain(ValueError):
    pass


def fail(kind):
    if kind == 0:
        raise AppError("base")
    if kind == 1:
        raise NotFound("nf", level="warn")
    if kind == 2:
        raise Deep("deep")
    raise Plain("plain", 3)


for k in range(4):
    try:
        fail(k)
    except AppError as e:
        print(e.describe(), e.title(), e.code, e.retry, e.weight, e.level, e.args)
    except ValueError as e:
        print(type(e).__name__, e, e.args)
try:
    try:
        fail(1)
    except NotFound as e:
        raise Deep("again") from e
except AppError as e:
    print(e.describe(), repr(e.__cause__), isinstance(e, NotFound))
