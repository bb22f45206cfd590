import contextlib
import io
from contextlib import ExitStack, contextmanager, closing, nullcontext, redirect_stdout, suppress
@contextmanager
def res(n):
    print("open", n)
    try:
        yield n
    finally:
        print("close", n)
with ExitStack() as stack:
    rs = [stack.enter_context(res(i)) for i in range(3)]
    stack.callback(print, "cb")
    print(rs)
class C:
    def close(self): print("closed")
with closing(C()) as c:
    print("in")
with nullcontext(5) as n:
    print(n)
buf = io.StringIO()
with redirect_stdout(buf):
    print("hidden")
print(repr(buf.getvalue()))
with suppress(KeyError, ValueError):
    {}["x"]
