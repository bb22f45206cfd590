"""Functions that may be missing among values; a list of arguments of any items; _ that is read."""
import argparse
from typing import Optional, List, Any, Callable
class Task:
    def __init__(self, name, fn: Optional[Callable] = None, deps=None):
        self.name = name
        self.fn = fn
        self.deps = deps if deps is not None else []
    def run(self, ctx):
        if self.fn is None:
            return f"{self.name}: nothing"
        return self.fn(ctx)
def register(reg, name, fn=None, **opts):
    def deco(f):
        reg[name] = {"fn": f, **opts}
        return f
    if fn is not None:
        return deco(fn)
    return deco
def main(argv: Optional[list] = None) -> int:
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=3)
    a = p.parse_args(argv)
    reg = {}
    @register(reg, "sq", level=1)
    def sq(x):
        return x * x
    register(reg, "cube", lambda x: x ** 3, level=2)
    for k, v in reg.items():
        print(k, v["level"], v["fn"](a.n))
    t = [Task("a"), Task("b", lambda c: c["x"] + 1, ["a"])]
    for x in t:
        print(x.run({"x": 1}), x.deps)
    print([0 for _ in range(3)], sum(_ for _ in range(4)), [_ * 2 for _ in (1, 2)])
    return 0
def run_with(args: list) -> int:
    return main(args)
def other(argv: Any = None):
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=3)
    p.add_argument("rest", nargs="*")
    a, more = p.parse_known_args(argv)
    print(a.n, a.rest, more)
main(["--n", "2"])
run_with(["--n", "4"])
main()
other(["--n", "7", "x"])
other()


import threading
import queue


class Worker(threading.Thread):
    def __init__(self, tasks, results):
        super().__init__()
        self.tasks = tasks
        self.results = results

    def run(self):
        while True:
            item = self.tasks.get()
            try:
                if item is None:
                    return
                self.results.append(item * 2)
            finally:
                self.tasks.task_done()


tasks = queue.Queue()
results = []
for item in (1, 2, None):
    tasks.put(item)
w = Worker(tasks, results)
w.start()
w.join()
print(results)
