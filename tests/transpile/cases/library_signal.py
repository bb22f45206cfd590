import signal, os, time
def handler(signum, frame):
    print("got", signum, signal.Signals(signum).name)
signal.signal(signal.SIGUSR1, handler)
os.kill(os.getpid(), signal.SIGUSR1)
signal.raise_signal(signal.SIGUSR1)
print(signal.SIGINT, repr(signal.SIGTERM), signal.SIGINT.name, signal.SIGKILL.value, int(signal.SIGHUP), signal.Signals(15))
def on_alarm(s, f): raise TimeoutError("late")
signal.signal(signal.SIGALRM, on_alarm)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    time.sleep(2)
except TimeoutError as e:
    print(e)
finally:
    signal.alarm(0)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("ki")
print([s.name for s in signal.Signals][:3], signal.strsignal(2), signal.getsignal(signal.SIGTERM))
