//! needs: datetime, exc, pystr, traits, calendar_days, strftime, time, timedelta, localtime, fmt, seq
//! `time.struct_time`: broken-down times, and the functions of `time` that make or take them.
use super::datetime::{Date, DateTime, Time, Tz};
use super::exc::{self, R};
use super::pystr::Str;
use super::traits::*;

#[derive(Clone, PartialEq, Debug)]
pub struct StructTime {
    /// tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday tm_isdst
    pub t: [i64; 9],
    pub zone: Option<Str>,
    pub gmtoff: Option<i64>,
}

const NAMES: [&str; 9] =
    ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"];

impl StructTime {
    pub fn of(d: &DateTime, dst: i64) -> StructTime {
        let (date, time) = (&d.date, &d.time);
        let yday = date.toordinal() - super::calendar_days::ordinal(date.year, 1, 1) + 1;
        let t = [date.year, date.month, date.day, time.hour, time.minute, time.second, date.weekday(), yday, dst];
        StructTime { t, zone: None, gmtoff: None }
    }
    /// `struct_time((y, m, d, ...))`.
    pub fn from_items(items: &[i64]) -> R<StructTime> {
        if items.len() < 9 {
            let text = format!("time.struct_time() takes an at least 9-sequence ({}-sequence given)", items.len());
            return Err(exc::new(&exc::TypeError, text));
        }
        let mut t = [0; 9];
        t.copy_from_slice(&items[..9]);
        Ok(StructTime { t, zone: None, gmtoff: None })
    }
    pub fn datetime(&self) -> R<DateTime> {
        let t = &self.t;
        let date = Date::new(t[0], t[1].max(1), t[2].max(1))?;
        Ok(DateTime { date, time: Time::new(t[3], t[4], t[5].min(59), 0, None)? })
    }
    pub fn item(&self, i: i64) -> R<i64> {
        super::seq::get(&self.t, i).map_err(|_| exc::new(&exc::IndexError, "tuple index out of range"))
    }
    pub fn items(&self) -> std::array::IntoIter<i64, 9> {
        self.t.into_iter()
    }
}
impl PyRepr for StructTime {
    fn repr_into(&self, out: &mut String) {
        let parts: Vec<String> = NAMES.iter().zip(self.t).map(|(n, v)| format!("{n}={v}")).collect();
        out.push_str(&format!("time.struct_time({})", parts.join(", ")));
    }
}
impl PyStr for StructTime {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl PyTruth for StructTime {
    fn truth(&self) -> bool {
        true
    }
}
impl PyOrd for StructTime {
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self.t < o.t)
    }
}
impl PyHash for StructTime {
    fn py_hash(&self) -> i64 {
        let t = self.t;
        ((t[0], t[1], t[2], t[3], t[4], t[5]), (t[6], t[7], t[8])).py_hash()
    }
}
super::fmt::fmt_is_str!(StructTime, "time.struct_time");

pub fn gmtime(t: Option<f64>) -> R<StructTime> {
    let d = DateTime::fromtimestamp(t.unwrap_or_else(super::time::time).floor(), Some(Tz::utc()))?;
    Ok(StructTime { zone: Some(Str::lit("UTC")), gmtoff: Some(0), ..StructTime::of(&d, 0) })
}
pub fn localtime(t: Option<f64>) -> R<StructTime> {
    let d = DateTime::fromtimestamp(t.unwrap_or_else(super::time::time).floor(), None)?;
    let aware = d.astimezone(None)?;
    Ok(StructTime {
        zone: aware.tzname(),
        gmtoff: aware.utcoffset().map(|o| o.total_seconds() as i64),
        ..StructTime::of(&d, 0)
    })
}
pub fn mktime(t: &StructTime) -> R<f64> {
    Ok(t.datetime()?.timestamp())
}
pub fn strftime(format: &str, t: Option<&StructTime>) -> R<Str> {
    match t {
        Some(t) => t.datetime()?.strftime(format),
        None => localtime(None)?.datetime()?.strftime(format),
    }
}
pub fn asctime(t: Option<&StructTime>) -> R<Str> {
    match t {
        Some(t) => t.datetime()?.ctime(),
        None => localtime(None)?.datetime()?.ctime(),
    }
}
/// `calendar.timegm(t)`.
pub fn timegm(t: &StructTime) -> i64 {
    let [y, m, d, h, mi, s, ..] = t.t;
    let days = super::calendar_days::ordinal(y, m, 1) - super::calendar_days::ordinal(1970, 1, 1) + d - 1;
    ((days * 24 + h) * 60 + mi) * 60 + s
}
/// `time.strptime(text, format)`.
pub fn strptime(d: &DateTime) -> StructTime {
    StructTime::of(d, -1)
}
