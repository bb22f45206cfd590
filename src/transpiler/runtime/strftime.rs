//! needs: exc, datetime, calendar_days, pystr
//! `strftime` in the C locale, and the names of days and months.
use super::calendar_days as cal;
use super::datetime::{offset_text, DateTime};
use super::exc::R;
use super::pystr::Str;

pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

pub fn format(t: &DateTime, spec: &str) -> R<Str> {
    let mut out = String::new();
    let mut it = spec.chars();
    while let Some(c) = it.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        match it.next() {
            // glibc's flag: no padding
            Some('-') => {
                let mut part = String::new();
                match it.next() {
                    Some(d) => directive(t, d, &mut part)?,
                    None => part.push_str("%-"),
                }
                let cut = part.trim_start_matches(['0', ' ']);
                out.push_str(if cut.is_empty() { "0" } else { cut });
            }
            Some(d) => directive(t, d, &mut out)?,
            None => out.push('%'),
        }
    }
    Ok(Str::from(out))
}

fn directive(t: &DateTime, d: char, out: &mut String) -> R<()> {
    let (date, time) = (&t.date, &t.time);
    let (y, m, day) = (date.year, date.month, date.day);
    let weekday = date.weekday() as usize;
    let yday = cal::day_of_year(y, m, day);
    let hour12 = (time.hour + 11) % 12 + 1;
    let iso = date.isocalendar();
    let text = match d {
        'a' => DAYS[weekday][..3].to_string(),
        'A' => DAYS[weekday].to_string(),
        'b' | 'h' => MONTHS[m as usize - 1][..3].to_string(),
        'B' => MONTHS[m as usize - 1].to_string(),
        'c' => return nested(t, "%a %b %e %H:%M:%S %Y", out),
        'C' => format!("{:02}", y / 100),
        'd' => format!("{day:02}"),
        'D' | 'x' => return nested(t, "%m/%d/%y", out),
        'e' => format!("{day:2}"),
        'f' => format!("{:06}", time.microsecond),
        'F' => return nested(t, "%Y-%m-%d", out),
        'g' => format!("{:02}", iso.0 % 100),
        'G' => format!("{}", iso.0),
        'H' => format!("{:02}", time.hour),
        'I' => format!("{hour12:02}"),
        'j' => format!("{yday:03}"),
        'k' => format!("{:2}", time.hour),
        'l' => format!("{hour12:2}"),
        'm' => format!("{m:02}"),
        'M' => format!("{:02}", time.minute),
        'n' => "\n".to_string(),
        'p' => if time.hour < 12 { "AM" } else { "PM" }.to_string(),
        'P' => if time.hour < 12 { "am" } else { "pm" }.to_string(),
        'r' => return nested(t, "%I:%M:%S %p", out),
        'R' => return nested(t, "%H:%M", out),
        's' => {
            let naive = DateTime { date: *date, time: t.time_naive() };
            format!("{}", naive.timestamp().floor() as i64)
        },
        'S' => format!("{:02}", time.second),
        't' => "\t".to_string(),
        'T' | 'X' => return nested(t, "%H:%M:%S", out),
        'u' => format!("{}", weekday + 1),
        'U' => format!("{:02}", (yday + 6 - (weekday as i64 + 1) % 7) / 7),
        'V' => format!("{:02}", iso.1),
        'w' => format!("{}", (weekday + 1) % 7),
        'W' => format!("{:02}", (yday + 6 - weekday as i64) / 7),
        'y' => format!("{:02}", y % 100),
        'Y' => format!("{y}"),
        'z' => time.tz.as_ref().map_or(String::new(), |z| offset_text(&z.offset, "")),
        'Z' => time.tz.as_ref().map_or(String::new(), |z| z.tzname().to_string()),
        '%' => "%".to_string(),
        other => format!("%{other}"),
    };
    out.push_str(&text);
    Ok(())
}

fn nested(t: &DateTime, spec: &str, out: &mut String) -> R<()> {
    out.push_str(&format(t, spec)?);
    Ok(())
}
