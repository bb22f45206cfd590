import threading, queue, time
from concurrent.futures import ThreadPoolExecutor, as_completed
class Worker(threading.Thread):
    def __init__(self, n: int) -> None:
        super().__init__(name=f"w{n}")
        self.n = n
        self.result = 0
    def run(self) -> None:
        self.result = self.n * self.n
ws = [Worker(i) for i in range(3)]
for w in ws:
    w.start()
for w in ws:
    w.join()
print([w.result for w in ws], ws[0].name, ws[0].is_alive())
lock = threading.Lock()
count = 0
def inc(k: int) -> None:
    global count
    for _ in range(k):
        with lock:
            count += 1
ts = [threading.Thread(target=inc, args=(100,), name=f"t{i}", daemon=True) for i in range(4)]
[t.start() for t in ts]
[t.join(timeout=5) for t in ts]
print(count, threading.current_thread().name, threading.active_count())
q = queue.Queue()
def prod() -> None:
    for i in range(3):
        q.put(i)
    q.put(None)
out = []
def cons() -> None:
    while True:
        x = q.get()
        if x is None:
            break
        out.append(x)
        q.task_done()
a, b = threading.Thread(target=prod), threading.Thread(target=cons)
a.start(); b.start(); a.join(); b.join()
print(out)
with ThreadPoolExecutor(max_workers=2) as ex:
    futs = {ex.submit(pow, i, 2): i for i in range(4)}
    print(sorted(f.result() for f in as_completed(futs)))
    print(list(ex.map(lambda v: v + 1, [1, 2, 3])))
ev = threading.Event()
ev.set()
print(ev.is_set(), ev.wait(1))
sem = threading.Semaphore(2)
with sem:
    print("sem")
rl = threading.RLock()
with rl:
    with rl:
        print("rlock")
def kw(a, b=1, *, c=2):
    print(a, b, c)
t = threading.Thread(target=kw, args=(5,), kwargs={"c": 9})
t.start()
t.join()
