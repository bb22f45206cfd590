//! needs: exc, datetime, calendar_days, pystr, traits
//! `zoneinfo.ZoneInfo`: the system's compiled zones. Sources: RFC 8536 (TZif), POSIX TZ strings of the form that files use.
use super::calendar_days as cal;
use super::datetime::{TimeDelta, Tz, Zone};
use super::exc::{self, Class, R};
use super::pystr::Str;
use super::traits::PyRepr;
use std::rc::Rc;

#[allow(non_upper_case_globals)]
pub static ZoneInfoNotFoundError: Class = Class::new("ZoneInfoNotFoundError", &exc::KeyError);

const FOLDERS: [&str; 4] = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];

#[derive(Clone)]
struct Kind {
    offset: i64,
    daylight: bool,
    name: Str,
}

struct Rules {
    key: Str,
    times: Vec<i64>,
    kinds_at: Vec<usize>,
    kinds: Vec<Kind>,
    footer: Option<Footer>,
}

/// `EST5EDT,M3.2.0,M11.1.0`
struct Footer {
    standard: Kind,
    daylight: Option<(Kind, Change, Change)>,
}
/// The day of a change and seconds after its midnight.
struct Change {
    month: i64,
    week: i64,
    day: i64,
    time: i64,
}

/// `ZoneInfo(key)`.
pub fn zone(key: &Str) -> R<Tz> {
    let missing = || {
        exc::with_args(&ZoneInfoNotFoundError, vec![format!("No time zone found with key {key}").into()])
    };
    let bad = key.is_empty() || key.as_str().starts_with('/') || key.as_str().contains("..");
    if bad {
        return Err(exc::new(&exc::ValueError, format!("ZoneInfo keys must be normalized relative paths, got: {}", key)));
    }
    let data = FOLDERS.iter().find_map(|f| std::fs::read(format!("{f}/{key}")).ok()).ok_or_else(missing)?;
    let rules = parse(key, &data).ok_or_else(missing)?;
    Ok(Tz { offset: TimeDelta::default(), name: Some(key.clone()), zone: Some(Rc::new(rules)) })
}

fn number(b: &[u8]) -> i64 {
    let start = if b.first().is_some_and(|x| x >> 7 == 1) { -1i64 } else { 0 };
    b.iter().fold(start, |v, x| v << 8 | *x as i64)
}

/// Counts of a header, in the file's order.
fn header(b: &[u8]) -> Option<[usize; 6]> {
    if b.get(..4)? != b"TZif" {
        return None;
    }
    let mut out = [0; 6];
    for (i, slot) in out.iter_mut().enumerate() {
        *slot = number(b.get(20 + 4 * i..24 + 4 * i)?) as usize;
    }
    Some(out)
}

fn parse(key: &Str, data: &[u8]) -> Option<Rules> {
    let [isut, isstd, leap, times, kinds, chars] = header(data)?;
    // the second block has 64-bit times
    let first = 44 + times * 5 + kinds * 6 + chars + leap * 8 + isstd + isut;
    let b = data.get(first..)?;
    let [isut, isstd, leap, times, kinds, chars] = header(b)?;
    let mut at = 44;
    let mut take = |n: usize| {
        at += n;
        b.get(at - n..at)
    };
    let moments = take(times * 8)?.chunks_exact(8).map(number).collect();
    let kinds_at = take(times)?.iter().map(|k| *k as usize).collect();
    let infos = take(kinds * 6)?;
    let names = take(chars)?;
    take(leap * 12 + isstd + isut)?;
    let kinds = infos
        .chunks_exact(6)
        .map(|c| {
            let name: Vec<u8> = names.iter().skip(c[5] as usize).take_while(|x| **x != 0).copied().collect();
            Kind { offset: number(&c[..4]), daylight: c[4] != 0, name: Str::from(String::from_utf8_lossy(&name).into_owned()) }
        })
        .collect();
    let text = String::from_utf8_lossy(&b[at..]).trim_matches('\n').to_string();
    Some(Rules { key: key.clone(), times: moments, kinds_at, kinds, footer: footer(&text) })
}

/// A zone's name: letters, or anything between angle brackets.
fn name<'a>(s: &mut &'a str) -> Option<&'a str> {
    if let Some(rest) = s.strip_prefix('<') {
        let end = rest.find('>')?;
        *s = &rest[end + 1..];
        return Some(&rest[..end]);
    }
    let end = s.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(s.len());
    let (n, rest) = s.split_at(end);
    *s = rest;
    (!n.is_empty()).then_some(n)
}

/// `[+-]h[:mm[:ss]]` in seconds.
fn clock(s: &mut &str) -> Option<i64> {
    let end = s.find(|c: char| !c.is_ascii_digit() && !"+-:".contains(c)).unwrap_or(s.len());
    let (t, rest) = s.split_at(end);
    *s = rest;
    let sign = if t.starts_with('-') { -1 } else { 1 };
    let mut unit = 3600;
    let mut out = 0;
    for part in t.trim_start_matches(['+', '-']).split(':') {
        out += part.parse::<i64>().ok()? * unit;
        unit /= 60;
    }
    Some(sign * out)
}

fn change(s: &str) -> Option<Change> {
    let (day, time) = s.split_once('/').unwrap_or((s, "2"));
    let n: Vec<i64> = day.strip_prefix('M')?.split('.').map(|x| x.parse().unwrap_or(0)).collect();
    let mut time = time;
    Some(Change { month: *n.first()?, week: *n.get(1)?, day: *n.get(2)?, time: clock(&mut time)? })
}

fn footer(text: &str) -> Option<Footer> {
    let mut s = text;
    let n = name(&mut s)?;
    let offset = -clock(&mut s)?;
    let standard = Kind { offset, daylight: false, name: Str::new(n) };
    if s.is_empty() {
        return Some(Footer { standard, daylight: None });
    }
    let n = name(&mut s)?;
    let ahead = if s.starts_with(',') || s.is_empty() { offset + 3600 } else { -clock(&mut s)? };
    let mut days = s.strip_prefix(',')?.split(',');
    let (start, end) = (change(days.next()?)?, change(days.next()?)?);
    let kind = Kind { offset: ahead, daylight: true, name: Str::new(n) };
    Some(Footer { standard, daylight: Some((kind, start, end)) })
}

impl Change {
    /// Seconds since 1970 on the wall clock of that year.
    fn in_year(&self, year: i64) -> i64 {
        let first = cal::ordinal(year, self.month, 1);
        let weekday = (first % 7 + 7) % 7; // Sunday is 0: ordinal 1 was a Monday
        let mut day = first + (self.day - weekday).rem_euclid(7) + (self.week - 1) * 7;
        while day >= first + cal::days_in_month(year, self.month) {
            day -= 7;
        }
        (day - 719163) * 86400 + self.time
    }
}

impl Footer {
    fn at(&self, seconds: i64) -> &Kind {
        let Some((kind, start, end)) = &self.daylight else { return &self.standard };
        let year = cal::from_ordinal((seconds + self.standard.offset).div_euclid(86400) + 719163).0;
        let (from, to) = (start.in_year(year) - self.standard.offset, end.in_year(year) - kind.offset);
        let inside = if from < to { (from..to).contains(&seconds) } else { !(to..from).contains(&seconds) };
        if inside { kind } else { &self.standard }
    }
}

impl Rules {
    fn kind(&self, seconds: i64) -> Option<&Kind> {
        let i = self.times.partition_point(|t| *t <= seconds);
        if i == self.times.len() {
            if let Some(f) = &self.footer {
                return Some(f.at(seconds));
            }
        }
        if i == 0 {
            return self.kinds.iter().find(|k| !k.daylight).or(self.kinds.first());
        }
        self.kinds.get(self.kinds_at[i - 1])
    }
}

impl Zone for Rules {
    fn key(&self) -> Str {
        self.key.clone()
    }
    fn at_utc(&self, seconds: i64) -> (i64, i64, Str) {
        match self.kind(seconds) {
            // the files say whether, not by how much; an hour is right for all zones of today but one
            Some(k) => (k.offset, if k.daylight { 3600 } else { 0 }, k.name.clone()),
            None => (0, 0, Str::lit("UTC")),
        }
    }
}

/// `available_timezones()`, in no particular order.
pub fn available() -> Vec<Str> {
    fn walk(folder: &std::path::Path, prefix: &str, out: &mut Vec<Str>) {
        for e in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let n = format!("{prefix}{}", e.file_name().to_string_lossy());
            if e.path().is_dir() {
                if prefix.is_empty() && matches!(n.as_str(), "posix" | "right") {
                    continue;
                }
                walk(&e.path(), &format!("{n}/"), out);
            } else if n != "posixrules" && std::fs::read(e.path()).is_ok_and(|d| d.starts_with(b"TZif")) {
                out.push(Str::from(n));
            }
        }
    }
    let mut out = Vec::new();
    walk(std::path::Path::new(FOLDERS[0]), "", &mut out);
    out
}

/// How ZoneInfo shows itself.
pub fn repr(key: &Str) -> Str {
    Str::from(format!("zoneinfo.ZoneInfo(key={})", key.repr()))
}
