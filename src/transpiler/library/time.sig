# time
type struct_time = struct_time::StructTime
fn time.time() -> float = time::time
fn time.time_ns() -> int = time::time_ns
fn time.perf_counter() -> float = time::perf_counter
fn time.perf_counter_ns() -> int = time::perf_counter_ns
fn time.monotonic() -> float = time::perf_counter
fn time.monotonic_ns() -> int = time::perf_counter_ns
fn time.process_time() -> float = time::process_time
fn time.process_time_ns() -> int = (time::process_time() * 1e9) as i64
fn time.thread_time() -> float = time::process_time
fn time.sleep(seconds: float) -> none ! = time::sleep
class time.struct_time(items: iter[int]) -> struct_time ! = struct_time::StructTime::from_items(&{items})
fn time.gmtime(seconds: opt[float] = None) -> struct_time ! = struct_time::gmtime
fn time.localtime(seconds: opt[float] = None) -> struct_time ! = struct_time::localtime
fn time.mktime(t: any) -> float ! = struct_time_value::of(&{t}).and_then(|t| struct_time::mktime(&t))
fn time.strftime(format: &str, t: opt[any] = None) -> str ! = {t}.map(|t| struct_time_value::of(&t)).transpose().and_then(|t| struct_time::strftime({format}, t.as_ref()))
fn time.strptime(string: &str, format: &str = '%a %b %d %H:%M:%S %Y') -> struct_time ! = strptime::parse({string}, {format}).map(|d| struct_time::strptime(&d))
fn time.asctime(t: opt[&struct_time] = None) -> str ! = struct_time::asctime
fn time.ctime(seconds: opt[float] = None) -> str ! = time::ctime
fn calendar.timegm(t: any) -> int ! = struct_time_value::of(&{t}).map(|t| struct_time::timegm(&t))
attr struct_time.tm_year -> int = .t[0]
attr struct_time.tm_mon -> int = .t[1]
attr struct_time.tm_mday -> int = .t[2]
attr struct_time.tm_hour -> int = .t[3]
attr struct_time.tm_min -> int = .t[4]
attr struct_time.tm_sec -> int = .t[5]
attr struct_time.tm_wday -> int = .t[6]
attr struct_time.tm_yday -> int = .t[7]
attr struct_time.tm_isdst -> int = .t[8]
attr struct_time.tm_zone -> opt[str] = .zone.clone()
attr struct_time.tm_gmtoff -> opt[int] = .gmtoff
fn struct_time.__getitem__(self, index: int) -> int ! = .item
fn struct_time.__len__(self) -> int = i64::from(9i64)
iter struct_time -> int = {self}.items()
