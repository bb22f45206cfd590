"""threading.Condition where nobody has to wait for another thread; current_thread()."""
import threading


class Box:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.cond = threading.Condition(self.lock)
        self.plain = threading.Condition()
        self.items: list[int] = []

    def put(self, x: int) -> None:
        with self.cond:
            self.items.append(x)
            self.cond.notify()

    def get(self) -> int:
        with self.cond:
            while not self.items:
                self.cond.wait()
            self.cond.notify_all()
            return self.items.pop(0)

    def size(self) -> bool:
        with self.plain:
            return self.plain.wait_for(lambda: len(self.items) > 0, timeout=0.01)


box = Box()
t = threading.Thread(target=lambda: [box.put(i) for i in range(3)], name="maker")
t.start()
t.join()
print(box.get(), box.get(), box.items, box.size())
try:
    box.cond.notify()
except RuntimeError as e:
    print(e)
print(threading.current_thread().name, threading.main_thread().name)


def who() -> None:
    print(threading.current_thread().name)


t = threading.Thread(target=who, name="w1")
t.start()
t.join()
