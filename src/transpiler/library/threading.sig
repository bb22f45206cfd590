# threading: see runtime/threading.rs for what it means here
type Lock = threading::Lock
type Semaphore = threading::Lock
type Event = threading::Event
type Condition = threading::Condition
type Thread = threading::Thread
class threading.Lock() -> Lock = threading::Lock::new()
class threading.RLock() -> Lock = threading::Lock::reentrant()
class threading.Semaphore(value: int = 1) -> Semaphore ! = threading::Lock::semaphore({value}, false)
class threading.BoundedSemaphore(value: int = 1) -> Semaphore ! = threading::Lock::semaphore({value}, true)
class threading.Event() -> Event = threading::Event::new()
class threading.Condition() -> Condition = threading::Condition::new(threading::Lock::reentrant())
class threading.Condition(lock: Lock) -> Condition = threading::Condition::new({lock})
fn Condition.acquire(self, blocking: bool = True, timeout: float = -1.0) -> bool ! = {self}.lock().acquire({blocking}, {timeout})
fn Condition.release(self) -> none ! = {self}.lock().release()
fn Condition.__enter__(self) -> bool ! = {self}.lock().enter()
fn Condition.__exit__(self) -> none ! = {self}.lock().release()
fn Condition.wait(self, timeout: opt[float] = None) -> bool ! = .wait
fn Condition.wait_for(self, predicate: func[->bool], timeout: opt[float] = None) -> bool ! = .wait_for
fn Condition.notify(self, n: int = 1) -> none ! = {self}.notify({n})
fn Condition.notify_all(self) -> none ! = {self}.notify(i64::MAX)
fn threading.current_thread() -> Thread = threading::Thread::current()
fn threading.main_thread() -> Thread = threading::Thread::main()
attr Lock.__class_name__ -> str = .class_name()
attr Semaphore.__class_name__ -> str = .class_name()
fn Lock.acquire(self, blocking: bool = True, timeout: float = -1.0) -> bool ! = .acquire
fn Lock.release(self) -> none ! = .release
fn Lock.locked(self) -> bool = .locked
fn Lock.__enter__(self) -> bool ! = .enter
fn Lock.__exit__(self) -> none ! = .release
fn Semaphore.acquire(self, blocking: bool = True, timeout: float = -1.0) -> bool ! = .acquire
fn Semaphore.release(self) -> none ! = .release
fn Semaphore.release(self, n: int) -> none ! = {self}.release_many({n})
fn Semaphore.__enter__(self) -> bool ! = .enter
fn Semaphore.__exit__(self) -> none ! = .release
attr Semaphore._value -> int = .value()
fn Event.set(self) -> none = .set
fn Event.clear(self) -> none = .clear
fn Event.is_set(self) -> bool = .is_set
fn Event.wait(self, timeout: opt[float] = None) -> bool ! = .wait
fn Thread.start(self) -> none ! = .start
fn Thread.join(self, timeout: opt[float] = None) -> none ! = .join
fn Thread.is_alive(self) -> bool = .is_alive
attr Thread.name -> str = .name()
attr Thread.ident -> opt[int] = .ident()
attr Thread.native_id -> opt[int] = .ident()
fn Thread.getName(self) -> str = .name
fn Thread.setName(self, name: str) -> none = .set_name
fn Thread.isDaemon(self) -> bool = .daemon
fn Thread.setDaemon(self, daemonic: bool) -> none = .set_daemon
attr Thread.daemon -> bool = .daemon()
fn threading._next_name(target: &str) -> str = threading::next_name({target})
fn threading.get_ident() -> int = threading::Thread::current().ident().unwrap_or(0)
fn threading.get_native_id() -> int = threading::Thread::current().ident().unwrap_or(0)
fn threading.enumerate() -> list[Thread] = List::from(threading::enumerate())  # uses: list
fn threading.active_count() -> int = threading::active_count
class threading.Thread(target: any = None, args: any = None, kwargs: any = None, daemon: any = None, name: any = None) -> Thread ! = threading_value::thread(&{target}, &{args}, &{kwargs}, &{name}, &{daemon})
type Queue[T] = queue::Queue
class queue.Queue(maxsize: int = 0) -> Queue[T] = queue::Queue::new(queue::Order::First, {maxsize})
class queue.SimpleQueue() -> Queue[T] = queue::Queue::new(queue::Order::First, 0)
class queue.LifoQueue(maxsize: int = 0) -> Queue[T] = queue::Queue::new(queue::Order::Last, {maxsize})
class queue.PriorityQueue(maxsize: int = 0) -> Queue[T] = queue::Queue::new(queue::Order::Smallest, {maxsize})
attr exceptions.queue.Empty -> any = queue::Empty
attr exceptions.queue.Full -> any = queue::Full
fn Queue.put(self, item: T, block: bool = True, timeout: opt[float] = None) -> none ! = .put
fn Queue.put_nowait(self, item: T) -> none ! = {self}.put({item}, false, None)
fn Queue.get(self, block: bool = True, timeout: opt[float] = None) -> T ! = .get
fn Queue.get_nowait(self) -> T ! = {self}.get(false, None)
fn Queue.qsize(self) -> int = .qsize
fn Queue.empty(self) -> bool = .empty
fn Queue.full(self) -> bool = .full
fn Queue.task_done(self) -> none ! = .task_done
fn Queue.join(self) -> none ! = .join
