# asyncio; gather, wait_for and what takes several kinds of awaitables has rules in emit/coroutines.cpp
type Task[T] = asyncio::Task
type AsyncLock = asyncio_sync::Semaphore
type AsyncEvent = asyncio_sync::Event
type AsyncQueue[T] = asyncio_sync::Queue
fn asyncio.run(main: coro[T], debug: any = None) -> T ! = asyncio::run({main})
fn asyncio.sleep(delay: float) -> coro[none] = asyncio::sleep
fn asyncio.create_task(coro: coro[T], name: opt[str] = None) -> Task[T] = asyncio::Task::new
fn asyncio.ensure_future(coro: coro[T]) -> Task[T] = asyncio::Task::new({coro}, None)
fn Task.cancel(self) -> bool = .cancel
fn Task.done(self) -> bool = .done
fn Task.cancelled(self) -> bool = .cancelled
fn Task.result(self) -> T ! = .result
fn Task.exception(self) -> opt[exc] ! = .exception
fn Task.get_name(self) -> str = .name
fn Task.set_name(self, name: str) -> none = .set_name
fn Task.add_done_callback(self, f: func[Task[T]->none]) -> none = .then
class asyncio.Lock() -> AsyncLock ! = asyncio_sync::Semaphore::lock
class asyncio.Semaphore(value: int = 1) -> AsyncLock ! = asyncio_sync::Semaphore::new({value}, i64::MAX, "Semaphore")
class asyncio.BoundedSemaphore(value: int = 1) -> AsyncLock ! = asyncio_sync::Semaphore::new({value}, {value}, "Semaphore")
fn AsyncLock.acquire(self) -> coro[bool] = .acquire
fn AsyncLock.release(self) -> none ! = .release
fn AsyncLock.locked(self) -> bool = .locked
fn AsyncLock.__enter__(self) -> coro[none] = .enter
fn AsyncLock.__exit__(self) -> coro[none] = .leave
class asyncio.Event() -> AsyncEvent = asyncio_sync::Event::new
fn AsyncEvent.set(self) -> none = .set
fn AsyncEvent.clear(self) -> none = .clear
fn AsyncEvent.is_set(self) -> bool = .is_set
fn AsyncEvent.wait(self) -> coro[bool] = .wait
class asyncio.Queue(maxsize: int = 0) -> AsyncQueue[T] = asyncio_sync::Queue::new
fn AsyncQueue.put(self, item: T) -> coro[none] = .put
fn AsyncQueue.get(self) -> coro[T] = .get
fn AsyncQueue.put_nowait(self, item: T) -> none ! = .put_nowait
fn AsyncQueue.get_nowait(self) -> T ! = .get_nowait
fn AsyncQueue.task_done(self) -> none ! = .task_done
fn AsyncQueue.join(self) -> coro[none] = .join
fn AsyncQueue.qsize(self) -> int = .qsize
fn AsyncQueue.empty(self) -> bool = .empty
fn AsyncQueue.full(self) -> bool = .full
attr exceptions.CancelledError -> any = exc::CancelledError
attr exceptions.QueueEmpty -> any = asyncio_sync::QueueEmpty
attr exceptions.QueueFull -> any = asyncio_sync::QueueFull
attr exceptions.InvalidStateError -> any = asyncio_sync::InvalidStateError
attr exceptions.TimeoutError -> any = exc::TimeoutError
attr asyncio.FIRST_COMPLETED -> str = Str::lit("FIRST_COMPLETED")
attr asyncio.FIRST_EXCEPTION -> str = Str::lit("FIRST_EXCEPTION")
attr asyncio.ALL_COMPLETED -> str = Str::lit("ALL_COMPLETED")
