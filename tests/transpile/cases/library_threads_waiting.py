import argparse
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed, wait, FIRST_COMPLETED
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Optional


@dataclass
class Stats:
    done: int = 0
    failed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ok(self) -> None:
        with self.lock:
            self.done += 1

    def bad(self) -> None:
        with self.lock:
            self.failed += 1


class WorkerPool:
    def __init__(self, n: int) -> None:
        self.tasks: "queue.Queue[Optional[Callable[[], Any]]]" = queue.Queue()
        self.results: "queue.Queue[Any]" = queue.Queue()
        self.stats = Stats()
        self.threads: List[threading.Thread] = []
        self.stop = threading.Event()
        for i in range(n):
            t = threading.Thread(target=self._loop, name=f"worker-{i}", daemon=True)
            t.start()
            self.threads.append(t)

    def _loop(self) -> None:
        while not self.stop.is_set():
            try:
                task = self.tasks.get(timeout=0.05)
            except queue.Empty:
                continue
            if task is None:
                self.tasks.task_done()
                break
            try:
                self.results.put(task())
                self.stats.ok()
            except ValueError as e:
                self.results.put(str(e))
                self.stats.bad()
            finally:
                self.tasks.task_done()

    def submit(self, f: Callable[[], Any]) -> None:
        self.tasks.put(f)

    def close(self) -> None:
        self.tasks.join()
        self.stop.set()
        for t in self.threads:
            t.join()


def make(i: int) -> Callable[[], int]:
    def run() -> int:
        if i % 4 == 3:
            raise ValueError(f"bad {i}")
        return i * i
    return run


class BoundedBuffer:
    def __init__(self, cap: int) -> None:
        self.cap = cap
        self.buf: List[int] = []
        self.lock = threading.Lock()
        self.not_empty = threading.Condition(self.lock)
        self.not_full = threading.Condition(self.lock)

    def put(self, x: int) -> None:
        with self.not_full:
            while len(self.buf) >= self.cap:
                self.not_full.wait()
            self.buf.append(x)
            self.not_empty.notify()

    def get(self) -> int:
        with self.not_empty:
            self.not_empty.wait_for(lambda: len(self.buf) > 0)
            x = self.buf.pop(0)
            self.not_full.notify()
            return x


def sleeper(name: str, t: float, log: List[str]) -> None:
    time.sleep(t)
    log.append(name)


class RWLock:
    def __init__(self) -> None:
        self._cond = threading.Condition()
        self._readers = 0
        self._writer = False

    def acquire_read(self) -> None:
        with self._cond:
            while self._writer:
                self._cond.wait()
            self._readers += 1

    def release_read(self) -> None:
        with self._cond:
            self._readers -= 1
            if self._readers == 0:
                self._cond.notify_all()

    def acquire_write(self) -> None:
        with self._cond:
            while self._writer or self._readers > 0:
                self._cond.wait()
            self._writer = True

    def release_write(self) -> None:
        with self._cond:
            self._writer = False
            self._cond.notify_all()


def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def depth(n: int) -> int:
    return 0 if n == 0 else 1 + depth(n - 1)


def main() -> None:
    pool = WorkerPool(3)
    for i in range(10):
        pool.submit(make(i))
    pool.close()
    out = []
    while not pool.results.empty():
        out.append(pool.results.get())
    print(sorted(map(str, out)), pool.stats.done, pool.stats.failed)
    print([t.is_alive() for t in pool.threads])

    b = BoundedBuffer(2)
    got: List[int] = []
    c = threading.Thread(target=lambda: got.extend(b.get() for _ in range(6)))
    c.start()
    for i in range(6):
        b.put(i)
    c.join()
    print(got)

    log: List[str] = []
    ts = [threading.Thread(target=sleeper, args=(n, t, log)) for n, t in [("c", 0.06), ("a", 0.02), ("b", 0.04)]]
    for t in ts:
        t.start()
    print(sum(t.is_alive() for t in ts), threading.active_count())
    for t in ts:
        t.join()
    print(log)

    rw = RWLock()
    data: Dict[str, int] = {"v": 0}

    def reader(i: int) -> None:
        rw.acquire_read()
        time.sleep(0.005)
        rw.release_read()

    def writer(i: int) -> None:
        rw.acquire_write()
        v = data["v"]
        time.sleep(0.002)
        data["v"] = v + i
        rw.release_write()

    ts = [threading.Thread(target=reader if i % 2 else writer, args=(i,)) for i in range(8)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    print(data)

    with ThreadPoolExecutor(max_workers=2) as ex:
        fs = [ex.submit(lambda d: (time.sleep(d), d)[1], d) for d in (0.05, 0.01, 0.02)]
        for f in as_completed(fs):
            print("done", f.result())
        f = ex.submit(int, "x")
        print(type(f.exception()).__name__)
        try:
            f.result()
        except ValueError as e:
            print("err", e)
        d, nd = wait([ex.submit(time.sleep, 0.01), ex.submit(time.sleep, 0.1)], return_when=FIRST_COMPLETED)
        print(len(d), len(nd))
        print(list(ex.map(lambda a, b: a + b, [1, 2], [3, 4])), list(ex.map(fib, [5, 6, 7])))

    bar = threading.Barrier(3, action=lambda: print("barrier"))
    order: List[int] = []

    def phase(i: int) -> None:
        for _ in range(2):
            idx = bar.wait()
            order.append(idx)

    ts = [threading.Thread(target=phase, args=(i,)) for i in range(3)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    print(sorted(order))
    r: List[int] = []
    t = threading.Thread(target=lambda: r.append(depth(800)))
    t.start(); t.join()
    print(r)
    ev = threading.Event()
    print(ev.wait(0.01))
    tm = threading.Timer(0.02, ev.set)
    tm.start()
    print(ev.wait(2))
    sem = threading.BoundedSemaphore(2)
    peak = [0, 0]
    plock = threading.Lock()

    def limited() -> None:
        with sem:
            with plock:
                peak[0] += 1
                peak[1] = max(peak)
            time.sleep(0.003)
            with plock:
                peak[0] -= 1

    ts = [threading.Thread(target=limited) for _ in range(6)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    print(peak)

    def heartbeat() -> None:
        while True:
            time.sleep(0.001)

    threading.Thread(target=heartbeat, daemon=True).start()
    late = threading.Thread(target=lambda: (time.sleep(0.02), print("late")))
    late.start()
    lk = threading.Lock()
    lk.acquire()
    print(lk.acquire(blocking=False), lk.acquire(timeout=0.01))
    print("main ends")


if __name__ == "__main__":
    main()
