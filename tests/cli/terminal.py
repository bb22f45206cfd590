"""A program on a pseudo-terminal of its own: type keys, wait for text, look at what the screen was sent."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|\x1b[()].|\x1b[=>]|\r")


class Terminal:
    """`with Terminal([...]) as t`. Fails with what was seen when expected text does not come."""

    def __init__(self, words, environment, width=80, height=24):
        self.seen, self.at, self.status = "", 0, None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(words[0], words, environment)
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def send(self, keys):
        os.write(self.fd, keys.encode())

    def _read(self, seconds):
        """False at the end of the program's output."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # how Linux tells that the other end is closed
            data = b""
        self.seen += data.decode(errors="replace")
        return bool(data)

    def expect(self, pattern, seconds=60):
        """Waits for the regular expression after what was last matched, in text without escapes; its match."""
        end, more = time.monotonic() + seconds, True
        while True:
            text = ESCAPES.sub("", self.seen[self.at:])
            found = re.search(pattern, text)
            if found:
                # Escapes are left out of what is searched: move on by the raw text that holds the match.
                low, high = self.at, len(self.seen)
                while low < high:
                    middle = (low + high) // 2
                    if len(ESCAPES.sub("", self.seen[self.at:middle])) >= found.end():
                        high = middle
                    else:
                        low = middle + 1
                self.at = low
                return found
            if not more or time.monotonic() > end:
                raise AssertionError(f"no {pattern!r} {'before the end' if not more else f'in {seconds} s'}; got {text[-2000:]!r}")
            more = self._read(0.2)

    def wait(self, seconds=60):
        """The exit status once the program has ended; the rest of its output is in `seen`."""
        end = time.monotonic() + seconds
        while self._read(0.2):
            if time.monotonic() > end:
                raise AssertionError(f"no end in {seconds} s; got {self.seen[-2000:]!r}")
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status
