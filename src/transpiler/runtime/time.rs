//! needs: exc, localtime, datetime, strftime, strptime, pystr
//! `time`: clocks, sleeping, broken-down times as `datetime::DateTime`.
use super::datetime::{DateTime, Tz};
use super::exc::{self, R};
use super::pystr::Str;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

pub fn time() -> f64 {
    super::localtime::now_us() as f64 / 1e6
}
pub fn time_ns() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_nanos() as i64)
}
fn since_start() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
/// `perf_counter`, `monotonic`: the zero point means nothing.
pub fn perf_counter() -> f64 {
    since_start().as_secs_f64()
}
pub fn perf_counter_ns() -> i64 {
    since_start().as_nanos() as i64
}
/// CPU time of the process.
pub fn process_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).map_or_else(perf_counter, |ns| ns / 1e9)
}
pub fn sleep(seconds: f64) -> R<()> {
    if seconds < 0.0 {
        return Err(exc::new(&exc::ValueError, "sleep length must be non-negative"));
    }
    let Some(check) = WAITER.with(std::cell::Cell::get) else {
        rest(Duration::from_secs_f64(seconds));
        return Ok(());
    };
    let end = std::time::Instant::now() + Duration::from_secs_f64(seconds);
    loop {
        check()?;
        let left = end.saturating_duration_since(std::time::Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        rest(left.min(Duration::from_millis(2)));
    }
}
thread_local! {
    static WAITER: std::cell::Cell<Option<fn() -> R<()>>> = const { std::cell::Cell::new(None) };
}
thread_local! {
    static SLEEPER: std::cell::Cell<fn(Duration)> = const { std::cell::Cell::new(std::thread::sleep) };
}
fn rest(time: Duration) {
    SLEEPER.with(std::cell::Cell::get)(time)
}
/// Threads let others run meanwhile.
pub fn set_sleeper(sleep: fn(Duration)) {
    SLEEPER.with(|s| s.set(sleep));
}
/// What a sleep looks after: signals that came.
pub fn set_waiter(check: fn() -> R<()>) {
    WAITER.with(|w| w.set(Some(check)));
}
pub fn gmtime(t: Option<f64>) -> R<DateTime> {
    DateTime::fromtimestamp(t.unwrap_or_else(time).floor(), Some(Tz::utc()))
}
pub fn localtime(t: Option<f64>) -> R<DateTime> {
    DateTime::fromtimestamp(t.unwrap_or_else(time).floor(), None)
}
pub fn mktime(t: &DateTime) -> f64 {
    t.timestamp()
}
pub fn strftime(format: &str, t: Option<&DateTime>) -> R<Str> {
    match t {
        Some(t) => t.strftime(format),
        None => localtime(None)?.strftime(format),
    }
}
pub fn ctime(t: Option<f64>) -> R<Str> {
    localtime(t)?.ctime()
}
