"""What exceptions know of those before them."""


class AppError(Exception):
    pass

def low():
    return int("x")

def mid():
    try:
        low()
    except ValueError as e:
        raise AppError("bad") from e

def show(e):
    print(type(e).__name__, e, repr(e.__cause__), repr(e.__context__), e.__suppress_context__)

try:
    mid()
except AppError as e:
    show(e)
    print(e.__cause__ is e.__context__)

try:
    try:
        {}["k"]
    except KeyError:
        raise AppError("no from")
except AppError as e:
    show(e)

try:
    try:
        {}["k"]
    except KeyError as k:
        raise AppError("from none") from None
except AppError as e:
    show(e)
    print(type(e.__context__).__name__)

try:
    try:
        {}["k"]
    except KeyError as k:
        raise AppError("other") from ValueError("cause")
except AppError as e:
    show(e)

try:
    raise AppError("out") from ValueError("cause2")
except AppError as e:
    show(e)

def chain(e):
    out = []
    while e is not None:
        out.append(f"{type(e).__name__}: {e}")
        e = e.__cause__ or e.__context__
    return " <- ".join(out)

try:
    try:
        try:
            1 / 0
        except ZeroDivisionError as z:
            raise ValueError("v") from z
    except ValueError as v:
        raise AppError("a") from v
except AppError as a:
    print(chain(a))

def fin():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")
try:
    fin()
except KeyError as e:
    show(e)

class Ctx:
    def __enter__(self):
        return self
    def __exit__(self, t, v, tb):
        if v is not None:
            raise RuntimeError("exit") from v
        return False
try:
    with Ctx():
        raise ValueError("body")
except RuntimeError as e:
    show(e)

def helper():
    raise TypeError("in helper")
try:
    try:
        1/0
    except ZeroDivisionError:
        helper()
except TypeError as e:
    show(e)

err = None
try:
    try:
        int("q")
    except ValueError as e:
        err = e
        raise
except ValueError as e2:
    print(e2 is err, e2.__context__, e2.__cause__)
