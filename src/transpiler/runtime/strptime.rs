//! needs: exc, datetime, calendar_days, pystr, traits, strftime, timedelta
//! `datetime.strptime`: each directive offers the texts it may take, longest first, and gives way when the rest fails.
use super::calendar_days as cal;
use super::datetime::{Date, DateTime, Time, TimeDelta, Tz};
use super::exc::{self, R};
use super::pystr::Str;
use super::strftime::{DAYS, MONTHS};
use super::traits::PyRepr;

#[derive(Clone, Default)]
struct Fields {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    hour: i64,
    hour12: Option<i64>,
    pm: Option<bool>,
    minute: i64,
    second: i64,
    micro: i64,
    yday: Option<i64>,
    weekday: Option<i64>,
    week: Option<(i64, bool)>,
    iso_year: Option<i64>,
    iso_week: Option<i64>,
    tz: Option<Tz>,
}

fn value_error<T>(text: impl Into<Str>) -> R<T> {
    Err(exc::new(&exc::ValueError, text))
}

/// Composite directives spelled out.
fn expand(format: &str) -> R<Vec<(bool, char)>> {
    let mut out = Vec::new();
    let mut it = format.chars();
    while let Some(c) = it.next() {
        if c != '%' {
            out.push((false, c));
            continue;
        }
        match it.next() {
            None => return value_error(format!("stray % in format {}", Str::new(format).repr())),
            Some('%') => out.push((false, '%')),
            Some('c') => out.extend(expand("%a %b %d %H:%M:%S %Y")?),
            Some('x' | 'D') => out.extend(expand("%m/%d/%y")?),
            Some('X' | 'T') => out.extend(expand("%H:%M:%S")?),
            Some('F') => out.extend(expand("%Y-%m-%d")?),
            Some('R') => out.extend(expand("%H:%M")?),
            Some(d) if "aAbBdfGHIjmMpSuUVwWyYzZ".contains(d) => out.push((true, d)),
            Some(d) => return value_error(format!("'{d}' is a bad directive in format {}", Str::new(format).repr())),
        }
    }
    Ok(out)
}

pub fn parse(text: &Str, format: &Str) -> R<DateTime> {
    let pieces = expand(format)?;
    let chars: Vec<char> = text.as_str().chars().collect();
    let Some((fields, end)) = take(&pieces, &chars, 0, Fields::default()) else {
        return value_error(format!("time data {} does not match format {}", text.repr(), format.repr()));
    };
    if end < chars.len() {
        let rest: String = chars[end..].iter().collect();
        return value_error(format!("unconverted data remains: {rest}"));
    }
    build(fields)
}

fn take(pieces: &[(bool, char)], text: &[char], at: usize, fields: Fields) -> Option<(Fields, usize)> {
    let Some(&(directive, c)) = pieces.first() else { return Some((fields, at)) };
    if !directive {
        if c.is_whitespace() {
            // a run of white space in the format is a run in the text
            let skip = pieces.iter().take_while(|p| !p.0 && p.1.is_whitespace()).count();
            let most = text[at..].iter().take_while(|c| c.is_whitespace()).count();
            return (1..=most).rev().find_map(|n| take(&pieces[skip..], text, at + n, fields.clone()));
        }
        let got = *text.get(at)?;
        let same = got == c || got.to_lowercase().eq(c.to_lowercase());
        return if same { take(&pieces[1..], text, at + 1, fields) } else { None };
    }
    for n in (1..=candidates(c, text, at)).rev() {
        let mut f = fields.clone();
        let part: String = text[at..at + n].iter().collect();
        if set(c, &part, &mut f).is_some() {
            if let Some(done) = take(&pieces[1..], text, at + n, f) {
                return Some(done);
            }
        }
    }
    None
}

/// The longest text that a directive could take.
fn candidates(d: char, text: &[char], at: usize) -> usize {
    let most = match d {
        'Y' | 'G' => 4,
        'f' => 6,
        'j' => 3,
        'w' | 'u' => 1,
        'a' | 'A' | 'b' | 'B' | 'Z' => 9,
        'z' => 15,
        _ => 2,
    };
    most.min(text.len() - at)
}

fn name(part: &str, names: &[&str], short: bool) -> Option<i64> {
    let hit = |n: &&str| (if short { &n[..3] } else { n }).eq_ignore_ascii_case(part);
    names.iter().position(hit).map(|i| i as i64)
}

/// Stores a directive's value if the text is one.
fn set(d: char, part: &str, f: &mut Fields) -> Option<()> {
    let number = |low: i64, high: i64, widths: std::ops::RangeInclusive<usize>| -> Option<i64> {
        let body = if d == 'd' { part.strip_prefix(' ').unwrap_or(part) } else { part };
        let fine = widths.contains(&part.len()) && body.bytes().all(|b| b.is_ascii_digit());
        body.parse::<i64>().ok().filter(|v| fine && (low..=high).contains(v))
    };
    match d {
        'Y' => f.year = Some(number(0, 9999, 4..=4)?),
        'G' => f.iso_year = Some(number(0, 9999, 4..=4)?),
        'y' => {
            let v = number(0, 99, 2..=2)?;
            f.year = Some(if v <= 68 { 2000 + v } else { 1900 + v });
        }
        'm' => f.month = Some(number(1, 12, 1..=2)?),
        'd' => f.day = Some(number(1, 31, 1..=2)?),
        'H' => f.hour = number(0, 23, 1..=2)?,
        'I' => f.hour12 = Some(number(1, 12, 1..=2)?),
        'M' => f.minute = number(0, 59, 1..=2)?,
        'S' => f.second = number(0, 61, 1..=2)?,
        'j' => f.yday = Some(number(1, 366, 1..=3)?),
        'f' => f.micro = number(0, 999_999, 1..=6)? * 10i64.pow(6 - part.len() as u32),
        'a' => f.weekday = Some(name(part, &DAYS, true)?),
        'A' => f.weekday = Some(name(part, &DAYS, false)?),
        'w' => f.weekday = Some((number(0, 6, 1..=1)? + 6) % 7),
        'u' => f.weekday = Some(number(1, 7, 1..=1)? - 1),
        'U' => f.week = Some((number(0, 53, 1..=2)?, false)),
        'W' => f.week = Some((number(0, 53, 1..=2)?, true)),
        'V' => f.iso_week = Some(number(1, 53, 1..=2)?),
        'b' => f.month = Some(name(part, &MONTHS, true)? + 1),
        'B' => f.month = Some(name(part, &MONTHS, false)? + 1),
        'p' => {
            f.pm = Some(match part.to_ascii_lowercase().as_str() {
                "am" => false,
                "pm" => true,
                _ => return None,
            })
        }
        'Z' => {
            if !matches!(part.to_ascii_lowercase().as_str(), "utc" | "gmt") {
                return None;
            }
        }
        'z' => f.tz = Some(offset(part)?),
        _ => return None,
    }
    Some(())
}

/// `+HHMM`, `+HH:MM`, with seconds and a fraction, or `Z`.
fn offset(part: &str) -> Option<Tz> {
    if part == "Z" {
        return Some(Tz::utc());
    }
    let sign = match part.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (whole, fraction) = part[1..].split_once('.').map_or((&part[1..], ""), |p| p);
    let digits: String = whole.chars().filter(|c| *c != ':').collect();
    let colons_fine = whole.len() == digits.len() || whole.char_indices().all(|(i, c)| (c == ':') == (i % 3 == 2));
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && fraction.bytes().all(|b| b.is_ascii_digit());
    if !colons_fine || !plain || !matches!(digits.len(), 4 | 6) || (part.contains('.') && (fraction.is_empty() || digits.len() < 6 || fraction.len() > 6)) {
        return None;
    }
    let two = |i: usize| digits.get(i..i + 2).and_then(|t| t.parse::<i64>().ok());
    let (h, m, s) = (two(0)?, two(2)?, two(4).unwrap_or(0));
    if m > 59 || s > 59 {
        return None;
    }
    let us = format!("{fraction:0<6}").parse::<i64>().ok()?;
    let delta = TimeDelta::new(0, sign * (h * 3600 + m * 60 + s), sign * us).ok()?;
    Tz::new(delta, None).ok()
}

fn build(f: Fields) -> R<DateTime> {
    let year = f.year.or(f.iso_year).unwrap_or(1900);
    let mut date = (year, f.month.unwrap_or(1), f.day.unwrap_or(1));
    if let (Some(week), Some(day), Some(y)) = (f.iso_week, f.weekday, f.iso_year) {
        date = cal::from_ordinal(cal::from_iso_calendar(y, week, day + 1));
    } else if let (Some((week, monday)), Some(day), true) = (f.week, f.weekday, f.year.is_some()) {
        let first = cal::weekday(year, 1, 1);
        let (first, day) = if monday { (first, day) } else { ((first + 1) % 7, (day + 1) % 7) };
        let start = (7 - first) % 7;
        let yday = if week == 0 { 1 + day - first } else { 1 + start + 7 * (week - 1) + day };
        date = cal::from_ordinal(cal::ordinal(year, 1, 1) + yday - 1);
    } else if let (Some(n), None, None) = (f.yday, f.month, f.day) {
        date = cal::from_ordinal(cal::ordinal(year, 1, 1) + n - 1);
    }
    let hour = match (f.hour12, f.pm) {
        (Some(h), Some(true)) => h % 12 + 12,
        (Some(h), _) => h % 12,
        (None, _) => f.hour,
    };
    let date = Date::new(date.0, date.1, date.2)?;
    Ok(DateTime { date, time: Time::new(hour, f.minute, f.second, f.micro, f.tz)? })
}
