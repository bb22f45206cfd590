import sys as library_sys
import threading as library_threading


@when_inherited
class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self._target = target
        self._args = args
        self._kwargs = kwargs
        self.name = name if name is not None else library_threading._next_name(getattr(target, "__name__", ""))
        self.daemon = bool(daemon)
        self._started = False

    def start(self):
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        library_threading._begin(self.name)
        try:
            self.run()
        except SystemExit:
            pass
        except Exception as error:
            print(f"Exception in thread {self.name}: {type(error).__name__}: {error}", file=library_sys.stderr)
        finally:
            library_threading._end()

    def run(self):
        if self._target is not None:
            self._target(*self._args, **(self._kwargs or {}))

    def join(self, timeout=None):
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")

    def is_alive(self):
        return False
