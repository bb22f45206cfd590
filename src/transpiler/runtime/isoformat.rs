//! needs: exc, datetime, calendar_days, pystr, traits
//! `fromisoformat` of dates, times and datetimes, as widely as Python 3.11 takes them.
use super::calendar_days as cal;
use super::datetime::{Date, DateTime, Time, TimeDelta, Tz};
use super::exc::{self, Exc, R};
use super::pystr::Str;
use super::traits::PyRepr;

#[cold]
fn invalid(s: &Str) -> Exc {
    exc::new(&exc::ValueError, format!("Invalid isoformat string: {}", s.repr()))
}

fn number(s: &str) -> Option<i64> {
    (!s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok()).flatten()
}

/// (year, month, day) of `YYYY-MM-DD`, `YYYYMMDD`, `YYYY-Www[-D]`, `YYYYWww[D]`.
fn date_fields(s: &str) -> Option<(i64, i64, i64)> {
    let year = number(s.get(..4)?)?;
    let rest = &s[4..];
    let dashed = rest.starts_with('-');
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    if let Some(week) = rest.strip_prefix('W') {
        let w = number(week.get(..2)?)?;
        let tail = &week[2..];
        let day = match (tail, dashed) {
            ("", _) => 1,
            (t, true) => number(t.strip_prefix('-')?).filter(|_| t.len() == 2)?,
            (t, false) => number(t).filter(|_| t.len() == 1)?,
        };
        let last = cal::iso_calendar(year.max(1), 12, 28).1;
        if !(1..=last).contains(&w) || !(1..=7).contains(&day) {
            return None;
        }
        return Some(cal::from_ordinal(cal::from_iso_calendar(year, w, day)));
    }
    let (m, d) = if dashed { (rest.get(..2)?, rest.get(2..)?.strip_prefix('-')?) } else { (rest.get(..2)?, rest.get(2..)?) };
    if d.len() != 2 {
        return None;
    }
    Some((year, number(m)?, number(d)?))
}

pub fn date(s: &Str) -> R<Date> {
    let fields = Some(s.as_str()).filter(|t| matches!(t.len(), 7 | 8 | 10)).and_then(date_fields);
    let (y, m, d) = fields.ok_or_else(|| invalid(s))?;
    Date::new(y, m, d)
}

/// Hours, minutes, seconds and microseconds with or without colons.
fn clock(s: &str) -> Option<(i64, i64, i64, i64)> {
    let (whole, fraction) = match s.find(['.', ',']) {
        Some(i) => (&s[..i], Some(&s[i + 1..])),
        None => (s, None),
    };
    let parts: Vec<&str> = if whole.contains(':') {
        whole.split(':').collect()
    } else {
        (0..whole.len()).step_by(2).map(|i| whole.get(i..i + 2).unwrap_or("")).collect()
    };
    if parts.is_empty() || parts.len() > 3 || parts.iter().any(|p| p.len() != 2) {
        return None;
    }
    let at = |i: usize| parts.get(i).map_or(Some(0), |p| number(p));
    let us = match fraction {
        None => 0,
        Some(f) => {
            number(f)?;
            if parts.len() != 3 {
                return None;
            }
            number(&format!("{f:0<6}")[..6])?
        }
    };
    Some((at(0)?, at(1)?, at(2)?, us))
}

fn time_fields(s: &str, whole: &Str) -> R<Time> {
    let bad = || invalid(whole);
    let (body, zone) = match s.find(['+', '-', 'Z']) {
        Some(i) => (&s[..i], Some(&s[i..])),
        None => (s, None),
    };
    let (h, m, sec, us) = clock(body).ok_or_else(bad)?;
    let tz = match zone {
        None => None,
        Some("Z") => Some(Tz::utc()),
        Some(z) if z.starts_with('Z') => return Err(bad()),
        Some(z) => {
            let (zh, zm, zs, zus) = clock(&z[1..]).ok_or_else(bad)?;
            let sign = if z.starts_with('-') { -1 } else { 1 };
            Some(Tz::new(TimeDelta::new(0, sign * (zh * 3600 + zm * 60 + zs), sign * zus)?, None)?)
        }
    };
    Time::new(h, m, sec, us, tz)
}

pub fn time(s: &Str) -> R<Time> {
    time_fields(s.strip_prefix('T').unwrap_or(s), s)
}

pub fn datetime(s: &Str) -> R<DateTime> {
    let text = s.as_str();
    if text.len() < 7 {
        return Err(invalid(s));
    }
    // the date ends where its own form says; the separator is any one character
    let b = text.as_bytes();
    let week = b.get(4) == Some(&b'W') || b.get(5) == Some(&b'W');
    let dashed = b.get(4) == Some(&b'-');
    let end = match (week, dashed) {
        (false, true) => 10,
        (false, false) => 8,
        (true, true) => if b.get(8) == Some(&b'-') && b.get(9).is_some_and(u8::is_ascii_digit) { 10 } else { 8 },
        (true, false) => if b.get(7).is_some_and(u8::is_ascii_digit) { 8 } else { 7 },
    };
    let date_text = text.get(..end.min(text.len())).ok_or_else(|| invalid(s))?;
    let (y, m, d) = date_fields(date_text).ok_or_else(|| invalid(s))?;
    let rest = &text[date_text.len()..];
    let time = match rest.chars().next() {
        None => Time::midnight(),
        Some(sep) => time_fields(&rest[sep.len_utf8()..], s)?,
    };
    Ok(DateTime { date: Date::new(y, m, d)?, time })
}
