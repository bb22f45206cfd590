//! needs: exc, calendar_days, pystr, strftime
//! `calendar`: month and year as text, and questions about days.
use super::calendar_days as cal;
use super::exc::{self, Class, R};
use super::pystr::Str;
use super::strftime::{DAYS, MONTHS};

/// Raised for months outside 1..12.
#[allow(non_upper_case_globals)]
pub static IllegalMonthError: Class = Class::new("IllegalMonthError", &exc::ValueError);

thread_local! {
    static FIRST: std::cell::Cell<i64> = const { std::cell::Cell::new(0) };
}
/// The first day of a week, Monday 0: of the module's own functions.
pub fn firstweekday() -> i64 {
    FIRST.with(std::cell::Cell::get)
}
pub fn setfirstweekday(day: i64) -> R<()> {
    if !(0..=6).contains(&day) {
        let text = format!("bad weekday number {day}; must be 0 (Monday) to 6 (Sunday)");
        return Err(exc::new(&exc::ValueError, text));
    }
    FIRST.with(|f| f.set(day));
    Ok(())
}
pub fn monthcalendar(y: i64, m: i64) -> R<Vec<Vec<i64>>> {
    monthdayscalendar(y, m, firstweekday())
}
pub fn weekheader(n: i64) -> Str {
    Str::from(week_header(n.max(0) as usize, firstweekday()))
}
pub fn isleap(y: i64) -> bool {
    cal::is_leap(y)
}
/// In `y1..y2`.
pub fn leapdays(y1: i64, y2: i64) -> i64 {
    let upto = |y: i64| (y - 1).div_euclid(4) - (y - 1).div_euclid(100) + (y - 1).div_euclid(400);
    upto(y2) - upto(y1)
}
pub fn weekday(y: i64, m: i64, d: i64) -> i64 {
    cal::weekday(y, m, d)
}
fn check_month(m: i64) -> R<()> {
    if (1..=12).contains(&m) {
        return Ok(());
    }
    Err(exc::new(&IllegalMonthError, format!("bad month number {m}; must be 1-12")))
}
/// (weekday of the first, days).
pub fn monthrange(y: i64, m: i64) -> R<(i64, i64)> {
    check_month(m)?;
    Ok((cal::weekday(y, m, 1), cal::days_in_month(y, m)))
}
/// Weeks of day numbers, 0 outside the month; `first` is the first day of a week (Monday 0).
pub fn monthdayscalendar(y: i64, m: i64, first: i64) -> R<Vec<Vec<i64>>> {
    let (start, days) = monthrange(y, m)?;
    let lead = (start - first).rem_euclid(7);
    let cells: Vec<i64> = (0..(lead + days + 6) / 7 * 7).map(|i| i - lead + 1).map(|d| if (1..=days).contains(&d) { d } else { 0 }).collect();
    Ok(cells.chunks(7).map(<[i64]>::to_vec).collect())
}

fn week_text(week: &[i64], width: usize) -> String {
    week.iter().map(|d| if *d == 0 { " ".repeat(width) } else { center(&format!("{d:2}"), width) }).collect::<Vec<_>>().join(" ")
}
fn center(s: &str, width: usize) -> String {
    let pad = width.saturating_sub(s.chars().count());
    let left = pad / 2 + (pad & width & 1);
    format!("{}{s}{}", " ".repeat(left), " ".repeat(pad - left))
}
fn week_header(width: usize, first: i64) -> String {
    let names = if width >= 9 { 9 } else { 3 };
    (0..7)
        .map(|i| {
            let name: String = DAYS[((first + i) % 7) as usize].chars().take(names).take(width).collect();
            center(&name, width)
        })
        .collect::<Vec<_>>()
        .join(" ")
}
fn month_lines(y: i64, m: i64, width: usize, first: i64) -> R<Vec<String>> {
    Ok(monthdayscalendar(y, m, first)?.iter().map(|w| week_text(w, width)).collect())
}

/// `month(year, month, w, l)`.
pub fn month(y: i64, m: i64, w: i64, l: i64) -> R<Str> {
    month_from(y, m, w, l, firstweekday())
}
/// `TextCalendar(first).formatmonth(year, month, w, l)`.
pub fn month_from(y: i64, m: i64, w: i64, l: i64, first: i64) -> R<Str> {
    let (w, l) = (w.max(2) as usize, l.max(1) as usize);
    if !(-13..=12).contains(&m) {
        // the name is looked up first
        return Err(exc::new(&exc::IndexError, "list index out of range"));
    }
    check_month(m)?;
    let ends = "\n".repeat(l);
    let mut out = center(&format!("{} {y}", MONTHS[m as usize - 1]), 7 * (w + 1) - 1).trim_end().to_string() + &ends;
    out.push_str(week_header(w, first).trim_end());
    out.push_str(&ends);
    for line in month_lines(y, m, w, first)? {
        out.push_str(line.trim_end());
        out.push_str(&ends);
    }
    Ok(Str::from(out))
}

/// `calendar(year, w, l, c, m)`.
pub fn calendar(y: i64, w: i64, l: i64, c: i64, m: i64) -> R<Str> {
    year_from(y, w, l, c, m, firstweekday())
}
/// `TextCalendar(first).formatyear(year, w, l, c, m)`.
pub fn year_from(y: i64, w: i64, l: i64, c: i64, m: i64, first: i64) -> R<Str> {
    let (w, l, c, per_row) = (w.max(2) as usize, l.max(1) as usize, c.max(2) as usize, m.max(1) as usize);
    let column = (w + 1) * 7 - 1;
    let ends = "\n".repeat(l);
    let gap = " ".repeat(c);
    let mut out = center(&y.to_string(), column * per_row + c * (per_row - 1)).trim_end().to_string() + &ends;
    for row in (1..=12i64).collect::<Vec<_>>().chunks(per_row) {
        out.push_str(&ends);
        let join = |cells: Vec<String>| cells.join(&gap).trim_end().to_string() + &ends;
        out.push_str(&join(row.iter().map(|k| center(MONTHS[*k as usize - 1], column)).collect()));
        out.push_str(&join(row.iter().map(|_| center(&week_header(w, first), column)).collect()));
        let months = row.iter().map(|k| month_lines(y, *k, w, first)).collect::<R<Vec<_>>>()?;
        let height = months.iter().map(Vec::len).max().unwrap_or(0);
        for i in 0..height {
            let cells = months.iter().map(|lines| center(lines.get(i).map_or("", |s| s), column)).collect();
            out.push_str(&join(cells));
        }
    }
    Ok(Str::from(out))
}
