# time. Broken-down times are datetimes underneath.
type struct_time = datetime::DateTime
fn time.time() -> float = time::time
fn time.time_ns() -> int = time::time_ns
fn time.perf_counter() -> float = time::perf_counter
fn time.perf_counter_ns() -> int = time::perf_counter_ns
fn time.monotonic() -> float = time::perf_counter
fn time.monotonic_ns() -> int = time::perf_counter_ns
fn time.process_time() -> float = time::process_time
fn time.sleep(seconds: float) -> none ! = time::sleep
fn time.gmtime(seconds: opt[float] = None) -> struct_time ! = time::gmtime
fn time.localtime(seconds: opt[float] = None) -> struct_time ! = time::localtime
fn time.mktime(t: &struct_time) -> float = time::mktime
fn time.strftime(format: &str, t: opt[&struct_time] = None) -> str ! = time::strftime({format}, {t})
fn time.ctime(seconds: opt[float] = None) -> str ! = time::ctime
attr struct_time.tm_year -> int = .date.year
attr struct_time.tm_mon -> int = .date.month
attr struct_time.tm_mday -> int = .date.day
attr struct_time.tm_hour -> int = .time.hour
attr struct_time.tm_min -> int = .time.minute
attr struct_time.tm_sec -> int = .time.second
attr struct_time.tm_wday -> int = .date.weekday()
