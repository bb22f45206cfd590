//! needs: exc, traits, calendar_days, timedelta, pystr, strftime, localtime, fmt
//! `datetime.date`, `datetime.time`, `datetime.datetime`, `datetime.timezone`. Text forms are in `strftime`, `strptime`, `isoformat`.
//! Source: Python 3.11 library reference, datetime.
use super::calendar_days as cal;
use super::exc::{self, Exc, R};
use super::pystr::Str;
pub use super::timedelta::TimeDelta;
use super::traits::*;
use std::cmp::Ordering;

/// The rules of a named zone (`zoneinfo`).
pub trait Zone {
    fn key(&self) -> Str;
    /// Seconds east of Greenwich, daylight part of it and abbreviation at a moment since 1970.
    fn at_utc(&self, seconds: i64) -> (i64, i64, Str);
}

/// A fixed offset with an optional name (`timezone`), or a named zone with its offset at the time it belongs to.
#[derive(Clone)]
pub struct Tz {
    pub offset: TimeDelta,
    pub name: Option<Str>,
    pub zone: Option<std::rc::Rc<dyn Zone>>,
}

impl PartialEq for Tz {
    fn eq(&self, o: &Tz) -> bool {
        match (&self.zone, &o.zone) {
            (Some(a), Some(b)) => a.key() == b.key(),
            (None, None) => self.offset == o.offset,
            _ => false,
        }
    }
}
impl std::fmt::Debug for Tz {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.repr())
    }
}

impl Tz {
    pub fn utc() -> Tz {
        Tz { offset: TimeDelta::default(), name: None, zone: None }
    }
    pub fn new(offset: TimeDelta, name: Option<Str>) -> R<Tz> {
        if offset.us().abs() >= 86_400_000_000 {
            let text = format!(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {}.",
                offset.repr()
            );
            return Err(exc::new(&exc::ValueError, text));
        }
        Ok(Tz { offset, name, zone: None })
    }
    /// The same zone with its offset at a moment since 1970.
    fn at_utc(self, seconds: i64) -> Tz {
        let Some(z) = &self.zone else { return self };
        let (offset, _, name) = z.at_utc(seconds);
        let offset = TimeDelta { days: offset.div_euclid(86400), seconds: offset.rem_euclid(86400), microseconds: 0 };
        Tz { offset, name: Some(name), zone: self.zone }
    }
    /// The same at a reading of the clock on the wall: the first of two moments, the offset before a gap.
    fn at_wall(self, seconds: i64) -> Tz {
        let Some(z) = self.zone.clone() else { return self };
        let (before, after) = (z.at_utc(seconds - 86400).0, z.at_utc(seconds + 86400).0);
        let fits = |offset: i64| z.at_utc(seconds - offset).0 == offset;
        let offset = if fits(before) || !fits(after) { before } else { after };
        let mut out = self.at_utc(seconds - offset);
        if !fits(offset) {
            let delta = TimeDelta { days: offset.div_euclid(86400), seconds: offset.rem_euclid(86400), microseconds: 0 };
            let name = z.at_utc(seconds - before - 7200).2;
            out = Tz { offset: delta, name: Some(name), zone: out.zone };
        }
        out
    }
    pub fn tzname(&self) -> Str {
        match &self.name {
            Some(n) => n.clone(),
            None if self.offset.us() == 0 => Str::lit("UTC"),
            None => Str::from(format!("UTC{}", offset_text(&self.offset, ":"))),
        }
    }
}

/// `+05:30`, seconds and microseconds only when there are some.
pub fn offset_text(offset: &TimeDelta, sep: &str) -> String {
    let us = offset.us();
    let (sign, us) = if us < 0 { ('-', -us) } else { ('+', us) };
    let s = us / 1_000_000;
    let mut out = format!("{sign}{:02}{sep}{:02}", s / 3600, s / 60 % 60);
    if s % 60 != 0 || us % 1_000_000 != 0 {
        out.push_str(&format!("{sep}{:02}", s % 60));
    }
    if us % 1_000_000 != 0 {
        out.push_str(&format!(".{:06}", us % 1_000_000));
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Date {
    pub year: i64,
    pub month: i64,
    pub day: i64,
}

#[derive(Clone, Debug)]
pub struct Time {
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub microsecond: i64,
    pub tz: Option<Tz>,
}

#[derive(Clone, Debug)]
pub struct DateTime {
    pub date: Date,
    pub time: Time,
}

fn range_check(v: i64, low: i64, high: i64, what: &str) -> R<()> {
    if (low..=high).contains(&v) {
        return Ok(());
    }
    Err(exc::new(&exc::ValueError, format!("{what} must be in {low}..{high}")))
}

impl Date {
    pub fn new(year: i64, month: i64, day: i64) -> R<Date> {
        if !(1..=9999).contains(&year) {
            return Err(exc::new(&exc::ValueError, format!("year {year} is out of range")));
        }
        range_check(month, 1, 12, "month")?;
        if day < 1 || day > cal::days_in_month(year, month) {
            return Err(exc::new(&exc::ValueError, "day is out of range for month"));
        }
        Ok(Date { year, month, day })
    }
    pub fn fromordinal(n: i64) -> R<Date> {
        if n < 1 {
            return Err(exc::new(&exc::ValueError, "ordinal must be >= 1"));
        }
        let (y, m, d) = cal::from_ordinal(n);
        Date::new(y, m, d)
    }
    fn shifted(n: i64) -> R<Date> {
        if !(1..=3652059).contains(&n) {
            return Err(exc::new(&exc::OverflowError, "date value out of range"));
        }
        Date::fromordinal(n)
    }
    pub fn today() -> Date {
        DateTime::now(None).date
    }
    pub fn fromtimestamp(t: f64) -> R<Date> {
        Ok(DateTime::fromtimestamp(t, None)?.date)
    }
    pub fn fromisocalendar(year: i64, week: i64, day: i64) -> R<Date> {
        let last = cal::iso_calendar(year, 12, 28).1;
        if week < 1 || week > last {
            return Err(exc::new(&exc::ValueError, format!("Invalid week: {week}")));
        }
        if !(1..=7).contains(&day) {
            return Err(exc::new(&exc::ValueError, format!("Invalid day: {day} (range is [1, 7])")));
        }
        Date::fromordinal(cal::from_iso_calendar(year, week, day))
    }
    pub fn toordinal(&self) -> i64 {
        cal::ordinal(self.year, self.month, self.day)
    }
    pub fn weekday(&self) -> i64 {
        cal::weekday(self.year, self.month, self.day)
    }
    pub fn isoweekday(&self) -> i64 {
        self.weekday() + 1
    }
    pub fn isocalendar(&self) -> (i64, i64, i64) {
        cal::iso_calendar(self.year, self.month, self.day)
    }
    pub fn replace(&self, year: Option<i64>, month: Option<i64>, day: Option<i64>) -> R<Date> {
        Date::new(year.unwrap_or(self.year), month.unwrap_or(self.month), day.unwrap_or(self.day))
    }
    pub fn add(&self, d: &TimeDelta) -> R<Date> {
        Date::shifted(self.toordinal() + d.days)
    }
    pub fn sub_delta(&self, d: &TimeDelta) -> R<Date> {
        Date::shifted(self.toordinal() - d.days)
    }
    pub fn sub(&self, o: &Date) -> R<TimeDelta> {
        TimeDelta::new(self.toordinal() - o.toordinal(), 0, 0)
    }
    pub fn isoformat(&self) -> Str {
        Str::from(format!("{:04}-{:02}-{:02}", self.year, self.month, self.day))
    }
    pub fn strftime(&self, format: &str) -> R<Str> {
        super::strftime::format(&DateTime { date: *self, time: Time::midnight() }, format)
    }
    pub fn ctime(&self) -> R<Str> {
        self.at_midnight().ctime()
    }
    pub fn at_midnight(&self) -> DateTime {
        DateTime { date: *self, time: Time::midnight() }
    }
}

impl Time {
    pub fn midnight() -> Time {
        Time { hour: 0, minute: 0, second: 0, microsecond: 0, tz: None }
    }
    pub fn new(hour: i64, minute: i64, second: i64, microsecond: i64, tz: Option<Tz>) -> R<Time> {
        range_check(hour, 0, 23, "hour")?;
        range_check(minute, 0, 59, "minute")?;
        range_check(second, 0, 59, "second")?;
        range_check(microsecond, 0, 999_999, "microsecond")?;
        Ok(Time { hour, minute, second, microsecond, tz })
    }
    /// Since midnight.
    pub fn us(&self) -> i128 {
        ((self.hour * 60 + self.minute) * 60 + self.second) as i128 * 1_000_000 + self.microsecond as i128
    }
    pub fn replace(
        &self, hour: Option<i64>, minute: Option<i64>, second: Option<i64>, microsecond: Option<i64>,
    ) -> R<Time> {
        let (h, m, s) = (hour.unwrap_or(self.hour), minute.unwrap_or(self.minute), second.unwrap_or(self.second));
        Time::new(h, m, s, microsecond.unwrap_or(self.microsecond), self.tz.clone())
    }
    /// `isoformat(timespec=..)`.
    pub fn isoformat(&self, timespec: &str) -> R<Str> {
        let mut out = format!("{:02}", self.hour);
        let (m, s, us) = (self.minute, self.second, self.microsecond);
        let detail = match timespec {
            "auto" if us == 0 => "seconds",
            "auto" => "microseconds",
            other => other,
        };
        match detail {
            "hours" => {}
            "minutes" => out.push_str(&format!(":{m:02}")),
            "seconds" => out.push_str(&format!(":{m:02}:{s:02}")),
            "milliseconds" => out.push_str(&format!(":{m:02}:{s:02}.{:03}", us / 1000)),
            "microseconds" => out.push_str(&format!(":{m:02}:{s:02}.{us:06}")),
            _ => return Err(exc::new(&exc::ValueError, "Unknown timespec value")),
        }
        if let Some(tz) = &self.tz {
            out.push_str(&offset_text(&tz.offset, ":"));
        }
        Ok(Str::from(out))
    }
    pub fn strftime(&self, format: &str) -> R<Str> {
        let date = Date { year: 1900, month: 1, day: 1 };
        super::strftime::format(&DateTime { date, time: self.clone() }, format)
    }
}

impl DateTime {
    pub fn new(date: Date, time: Time) -> DateTime {
        DateTime { date, time }
    }
    /// `datetime(year, month, day, hour, minute, second, microsecond, tzinfo)`.
    #[allow(clippy::too_many_arguments)]
    pub fn make(y: i64, mo: i64, d: i64, h: i64, mi: i64, s: i64, us: i64, tz: Option<Tz>) -> R<DateTime> {
        Ok(DateTime { date: Date::new(y, mo, d)?, time: Time::new(h, mi, s, us, tz)? }.resolved())
    }
    /// With the offset that a named zone has at this time.
    fn resolved(mut self) -> DateTime {
        if let Some(tz) = self.time.tz.take() {
            let wall = self.wall_us() - 719163 * 86_400_000_000;
            self.time.tz = Some(tz.at_wall(wall.div_euclid(1_000_000) as i64));
        }
        self
    }
    /// Microseconds since 0001-01-01 (day 1), by the clock on the wall.
    fn wall_us(&self) -> i128 {
        self.date.toordinal() as i128 * 86_400_000_000 + self.time.us()
    }
    fn from_wall_us(us: i128, tz: Option<Tz>) -> R<DateTime> {
        let date = Date::shifted(us.div_euclid(86_400_000_000) as i64)?;
        let rest = us.rem_euclid(86_400_000_000) as i64;
        let (s, micro) = (rest / 1_000_000, rest % 1_000_000);
        Ok(DateTime { date, time: Time::new(s / 3600, s / 60 % 60, s % 60, micro, tz)? }.resolved())
    }
    pub fn now(tz: Option<Tz>) -> DateTime {
        let us = super::localtime::now_us();
        DateTime::from_epoch_us(us, tz).unwrap_or(Date { year: 1970, month: 1, day: 1 }.at_midnight())
    }
    pub fn utcnow() -> DateTime {
        let mut t = DateTime::now(Some(Tz::utc()));
        t.time.tz = None;
        t
    }
    /// Local time when there is no zone.
    fn from_epoch_us(us: i128, tz: Option<Tz>) -> R<DateTime> {
        let tz = tz.map(|z| z.at_utc(us.div_euclid(1_000_000) as i64));
        let offset = match &tz {
            Some(z) => z.offset.us(),
            None => super::localtime::offset_at(us.div_euclid(1_000_000) as i64).0 as i128 * 1_000_000,
        };
        let mut made = DateTime::from_wall_us(us + offset + 719163 * 86_400_000_000, None)?;
        made.time.tz = tz;
        Ok(made)
    }
    pub fn fromtimestamp(t: f64, tz: Option<Tz>) -> R<DateTime> {
        if t.is_nan() {
            return Err(exc::new(&exc::ValueError, "cannot convert float NaN to integer"));
        }
        if t.abs() > 253402318800.0 {
            let year = 1970 + (t / 31556952.0) as i64;
            return Err(exc::new(&exc::ValueError, format!("year {year} is out of range")));
        }
        let whole = t.floor();
        let us = ((t - whole) * 1e6).round_ties_even() as i128 + whole as i128 * 1_000_000;
        DateTime::from_epoch_us(us, tz)
    }
    pub fn utcfromtimestamp(t: f64) -> R<DateTime> {
        let mut made = DateTime::fromtimestamp(t, Some(Tz::utc()))?;
        made.time.tz = None;
        Ok(made)
    }
    fn epoch_us(&self) -> i128 {
        let wall = self.wall_us() - 719163 * 86_400_000_000;
        match &self.time.tz {
            Some(z) => wall - z.offset.us(),
            None => {
                let guess = wall.div_euclid(1_000_000) as i64;
                let first = super::localtime::offset_at(guess).0;
                let second = super::localtime::offset_at(guess - first).0;
                wall - second as i128 * 1_000_000
            }
        }
    }
    pub fn timestamp(&self) -> f64 {
        let us = self.epoch_us();
        if self.time.tz.is_none() {
            return us.div_euclid(1_000_000) as f64 + us.rem_euclid(1_000_000) as f64 / 1e6;
        }
        us as f64 / 1e6
    }
    pub fn combine(date: &Date, time: &Time) -> DateTime {
        DateTime { date: *date, time: time.clone() }.resolved()
    }
    pub fn time_naive(&self) -> Time {
        Time { tz: None, ..self.time.clone() }
    }
    pub fn astimezone(&self, tz: Option<Tz>) -> R<DateTime> {
        let us = self.epoch_us();
        let tz = tz.map_or_else(
            || {
                let (seconds, name) = super::localtime::offset_at(us.div_euclid(1_000_000) as i64);
                Tz::new(TimeDelta::new(0, seconds, 0)?, Some(name))
            },
            Ok,
        )?;
        DateTime::from_epoch_us(us, Some(tz))
    }
    pub fn utcoffset(&self) -> Option<TimeDelta> {
        self.time.tz.as_ref().map(|z| z.offset)
    }
    pub fn tzname(&self) -> Option<Str> {
        self.time.tz.as_ref().map(Tz::tzname)
    }
    #[allow(clippy::too_many_arguments)]
    pub fn replace(
        &self, y: Option<i64>, mo: Option<i64>, d: Option<i64>, h: Option<i64>, mi: Option<i64>, s: Option<i64>,
        us: Option<i64>, tz: Option<Option<Tz>>,
    ) -> R<DateTime> {
        let mut time = self.time.replace(h, mi, s, us)?;
        if let Some(tz) = tz {
            time.tz = tz;
        }
        Ok(DateTime { date: self.date.replace(y, mo, d)?, time }.resolved())
    }
    pub fn add(&self, d: &TimeDelta) -> R<DateTime> {
        DateTime::from_wall_us(self.wall_us() + d.us(), self.time.tz.clone())
    }
    pub fn sub_delta(&self, d: &TimeDelta) -> R<DateTime> {
        DateTime::from_wall_us(self.wall_us() - d.us(), self.time.tz.clone())
    }
    fn mixed(&self, o: &DateTime) -> bool {
        self.time.tz.is_some() != o.time.tz.is_some()
    }
    fn utc_us(&self) -> i128 {
        self.wall_us() - self.time.tz.as_ref().map_or(0, |z| z.offset.us())
    }
    pub fn sub(&self, o: &DateTime) -> R<TimeDelta> {
        if self.mixed(o) {
            return Err(exc::new(&exc::TypeError, "can't subtract offset-naive and offset-aware datetimes"));
        }
        // two times of one zone differ by their clocks, whatever the zone did in between
        if let (Some(Tz { zone: Some(a), .. }), Some(Tz { zone: Some(b), .. })) = (&self.time.tz, &o.time.tz) {
            if a.key() == b.key() {
                return TimeDelta::from_us(self.wall_us() - o.wall_us());
            }
        }
        TimeDelta::from_us(self.utc_us() - o.utc_us())
    }
    /// The daylight saving part of the offset, for named zones.
    pub fn dst(&self) -> Option<TimeDelta> {
        let zone = self.time.tz.as_ref()?.zone.as_ref()?;
        let seconds = zone.at_utc(self.epoch_us().div_euclid(1_000_000) as i64).1;
        TimeDelta::new(0, seconds, 0).ok()
    }
    /// `isoformat(sep="T", timespec="auto")`.
    pub fn isoformat(&self, sep: &str, timespec: &str) -> R<Str> {
        Ok(Str::from(format!("{}{sep}{}", self.date.isoformat(), self.time.isoformat(timespec)?)))
    }
    pub fn strftime(&self, format: &str) -> R<Str> {
        super::strftime::format(self, format)
    }
    pub fn ctime(&self) -> R<Str> {
        Ok(Str::from(format!("{} {:04}", self.strftime("%a %b %e %H:%M:%S")?, self.date.year)))
    }
}

#[cold]
fn cannot_compare(what: &str) -> Exc {
    exc::new(&exc::TypeError, format!("can't compare offset-naive and offset-aware {what}"))
}

impl PartialEq for Time {
    fn eq(&self, o: &Time) -> bool {
        self.partial_cmp(o) == Some(Ordering::Equal)
    }
}
impl PartialOrd for Time {
    fn partial_cmp(&self, o: &Time) -> Option<Ordering> {
        let at = |t: &Time| t.us() - t.tz.as_ref().map_or(0, |z| z.offset.us());
        (self.tz.is_some() == o.tz.is_some()).then(|| at(self).cmp(&at(o)))
    }
}
impl PartialEq for DateTime {
    fn eq(&self, o: &DateTime) -> bool {
        !self.mixed(o) && self.utc_us() == o.utc_us()
    }
}
impl PartialOrd for DateTime {
    fn partial_cmp(&self, o: &DateTime) -> Option<Ordering> {
        (!self.mixed(o)).then(|| self.utc_us().cmp(&o.utc_us()))
    }
}
impl PyOrd for Date {
    const TOTAL: bool = true;
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self < o)
    }
}
impl PyOrd for Time {
    fn py_lt(&self, o: &Self) -> R<bool> {
        self.partial_cmp(o).map(|c| c == Ordering::Less).ok_or_else(|| cannot_compare("times"))
    }
}
impl PyOrd for DateTime {
    fn py_lt(&self, o: &Self) -> R<bool> {
        self.partial_cmp(o).map(|c| c == Ordering::Less).ok_or_else(|| cannot_compare("datetimes"))
    }
}

impl PyStr for Date {
    fn str_into(&self, out: &mut String) {
        out.push_str(&self.isoformat());
    }
}
impl PyRepr for Date {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("datetime.date({}, {}, {})", self.year, self.month, self.day));
    }
}
/// The arguments that a repr shows after the first two.
fn time_arguments(t: &Time) -> String {
    let mut out = format!("{}, {}", t.hour, t.minute);
    if t.second != 0 || t.microsecond != 0 {
        out.push_str(&format!(", {}", t.second));
    }
    if t.microsecond != 0 {
        out.push_str(&format!(", {}", t.microsecond));
    }
    if let Some(z) = &t.tz {
        out.push_str(&format!(", tzinfo={}", z.repr()));
    }
    out
}
impl PyStr for Time {
    fn str_into(&self, out: &mut String) {
        out.push_str(&self.isoformat("auto").unwrap_or_default());
    }
}
impl PyRepr for Time {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("datetime.time({})", time_arguments(self)));
    }
}
impl PyStr for DateTime {
    fn str_into(&self, out: &mut String) {
        out.push_str(&self.isoformat(" ", "auto").unwrap_or_default());
    }
}
impl PyRepr for DateTime {
    fn repr_into(&self, out: &mut String) {
        let d = &self.date;
        out.push_str(&format!("datetime.datetime({}, {}, {}, {})", d.year, d.month, d.day, time_arguments(&self.time)));
    }
}
impl PyStr for Tz {
    fn str_into(&self, out: &mut String) {
        match &self.zone {
            Some(z) => out.push_str(&z.key()),
            None => out.push_str(&self.tzname()),
        }
    }
}
impl PyRepr for Tz {
    fn repr_into(&self, out: &mut String) {
        if let Some(z) = &self.zone {
            return out.push_str(&format!("zoneinfo.ZoneInfo(key={})", z.key().repr()));
        }
        match &self.name {
            None if self.offset.us() == 0 => out.push_str("datetime.timezone.utc"),
            None => out.push_str(&format!("datetime.timezone({})", self.offset.repr())),
            Some(n) => out.push_str(&format!("datetime.timezone({}, {})", self.offset.repr(), n.repr())),
        }
    }
}
macro_rules! always_true {
    ($($t:ty),*) => { $(impl PyTruth for $t { fn truth(&self) -> bool { true } })* };
}
always_true!(Date, Time, DateTime, Tz);
impl PyHash for Date {
    fn py_hash(&self) -> i64 {
        self.toordinal().py_hash()
    }
}
impl PyHash for DateTime {
    fn py_hash(&self) -> i64 {
        hash_i64(self.utc_us() as i64)
    }
}
impl PyHash for Time {
    fn py_hash(&self) -> i64 {
        hash_i64(self.us() as i64)
    }
}
macro_rules! format_by_strftime {
    ($($t:ty),*) => { $(impl super::fmt::PyFormat for $t {
        fn py_format(&self, spec: &str) -> R<Str> {
            if spec.is_empty() { Ok(self.to_str()) } else { self.strftime(spec) }
        }
    })* };
}
format_by_strftime!(Date, Time, DateTime);

impl DateTime {
    pub fn min() -> DateTime {
        Date { year: 1, month: 1, day: 1 }.at_midnight()
    }
    pub fn max() -> DateTime {
        let time = Time { hour: 23, minute: 59, second: 59, microsecond: 999_999, tz: None };
        DateTime { date: Date { year: 9999, month: 12, day: 31 }, time }
    }
}
impl TimeDelta {
    pub fn min() -> TimeDelta {
        TimeDelta { days: -999_999_999, seconds: 0, microseconds: 0 }
    }
    pub fn max() -> TimeDelta {
        TimeDelta { days: 999_999_999, seconds: 86399, microseconds: 999_999 }
    }
    pub fn resolution() -> TimeDelta {
        TimeDelta { days: 0, seconds: 0, microseconds: 1 }
    }
}

impl Time {
    /// The same time in another zone, or in the one it has.
    pub fn with_tz(self, tz: Option<Tz>) -> Time {
        Time { tz: tz.or(self.tz.clone()), ..self }
    }
}
impl PyHash for Tz {
    fn py_hash(&self) -> i64 {
        PyHash::py_hash(&self.offset)
    }
}
impl super::traits::PyOrd for Tz {
    fn py_lt(&self, _: &Self) -> R<bool> {
        Err(exc::new(&exc::TypeError, "'<' not supported between instances of 'datetime.timezone' and 'datetime.timezone'"))
    }
}
