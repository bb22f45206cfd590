import threading as library_threading


@when_inherited
class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self._target = target
        self._args = args
        self._kwargs = kwargs
        self.name = name if name is not None else library_threading._next_name(getattr(target, "__name__", ""))
        self.daemon = library_threading.current_thread().daemon if daemon is None else bool(daemon)
        self._thread = None

    def start(self):
        if self._thread is not None:
            raise RuntimeError("threads can only be started once")
        thread = library_threading.Thread(target=self.run, name=self.name, daemon=self.daemon)
        self._thread = thread
        thread.start()

    def run(self):
        if self._target is not None:
            self._target(*self._args, **(self._kwargs or {}))

    def join(self, timeout=None):
        if self._thread is None:
            raise RuntimeError("cannot join thread before it is started")
        self._thread.join(timeout)

    def is_alive(self):
        return self._thread is not None and self._thread.is_alive()

    @property
    def ident(self):
        return None if self._thread is None else self._thread.ident


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = library_threading.Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        self._condition = library_threading.Condition()
        self._action = action
        self._timeout = timeout
        self.parties = parties
        self.n_waiting = 0
        self._round = 0
        self._ended = -1
        self.broken = False

    def wait(self, timeout=None):
        limit = self._timeout if timeout is None else timeout
        with self._condition:
            if self.broken:
                raise BrokenBarrierError()
            index = self.n_waiting
            self.n_waiting += 1
            if self.n_waiting == self.parties:
                self._pass()
                return index
            mine = self._round
            while self._ended < mine and not self.broken:
                if not self._condition.wait(limit):
                    self._break()
            if self._ended < mine:
                raise BrokenBarrierError()
            return index

    def _pass(self):
        self.n_waiting = 0
        try:
            if self._action is not None:
                self._action()
        except BaseException:
            self._break()
            raise
        self._ended = self._round
        self._round += 1
        self._condition.notify_all()

    def _break(self):
        self.broken = True
        self._condition.notify_all()

    def abort(self):
        with self._condition:
            self._break()

    def reset(self):
        with self._condition:
            if self.n_waiting > 0:
                self._break()
                self.n_waiting = 0
            self._round += 1
            self.broken = False
