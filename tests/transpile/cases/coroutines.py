"""Context managers from generators, send, throw, close, results; asyncio."""
import asyncio
import contextlib
from contextlib import contextmanager


@contextmanager
def tag(name, log):
    log.append(f"<{name}>")
    try:
        yield name.upper()
    except ValueError as e:
        log.append(f"caught {e}")
    finally:
        log.append(f"</{name}>")


log = []
with tag("a", log) as t:
    log.append(t)
with tag("b", log):
    raise ValueError("boom")
try:
    with tag("c", log):
        raise KeyError("k")
except KeyError as e:
    log.append(f"outer {e}")
with contextlib.suppress(ZeroDivisionError, KeyError):
    print(1 // 0)
print(log)


def accumulate():
    total = 0
    while True:
        x = yield total
        if x is None:
            return "done"
        total += x


g = accumulate()
print(next(g), g.send(5), g.send(7))
try:
    g.send(None)
except StopIteration as stop:
    print("stop", stop.value)


def inner():
    yield 1
    yield 2
    return "inner result"


def outer():
    r = yield from inner()
    print("got", r)
    yield 3


print(list(outer()))


def cleanup():
    try:
        yield 1
        yield 2
    finally:
        print("cleaned")


c = cleanup()
print(next(c))
c.close()


async def fetch(name, delay):
    print("start", name)
    await asyncio.sleep(delay)
    print("end", name)
    return f"{name}!"


async def fail():
    await asyncio.sleep(0)
    raise ValueError("failed")


class Box:
    def __init__(self, n):
        self.n = n

    async def __aenter__(self):
        print("enter", self.n)
        return self

    async def __aexit__(self, kind, exc, tb):
        print("exit", self.n)
        return False

    async def get(self):
        return self.n * 2


async def ticker(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


async def worker(name, queue, out):
    while True:
        item = await queue.get()
        out.append(f"{name}:{item}")
        queue.task_done()


async def main():
    print(await asyncio.gather(fetch("a", 0.02), fetch("b", 0.01), fetch("c", 0)))
    results = await asyncio.gather(fetch("x", 0), fail(), return_exceptions=True)
    print(results[0], type(results[1]).__name__, results[1])
    task = asyncio.create_task(fetch("t", 0.01))
    print(task.done())
    print(await task, task.done())
    async with Box(4) as box:
        print(await box.get())
    async for i in ticker(3):
        print("tick", i)
    print([x * x async for x in ticker(4)])
    try:
        await asyncio.wait_for(asyncio.sleep(1), timeout=0.01)
    except asyncio.TimeoutError:
        print("timeout")
    queue = asyncio.Queue()
    out = []
    workers = [asyncio.create_task(worker(f"w{i}", queue, out)) for i in range(2)]
    for i in range(5):
        await queue.put(i)
    await queue.join()
    for w in workers:
        w.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print(out)
    sem = asyncio.Semaphore(2)

    async def limited(i):
        async with sem:
            print("in", i)
            await asyncio.sleep(0.005)
        return i

    print(await asyncio.gather(*(limited(i) for i in range(4))))
    try:
        await fail()
    except ValueError as e:
        print("caught", e)
    return 42


print(asyncio.run(main()))
