//! Days of the proleptic Gregorian calendar; day 1 is 0001-01-01.

pub fn is_leap(y: i64) -> bool {
    y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)
}
pub fn days_in_month(y: i64, m: i64) -> i64 {
    match m {
        2 => 28 + is_leap(y) as i64,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
pub fn ordinal(y: i64, m: i64, d: i64) -> i64 {
    let before = y - 1;
    let years = before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    years + (1..m).map(|k| days_in_month(y, k)).sum::<i64>() + d
}
pub fn from_ordinal(n: i64) -> (i64, i64, i64) {
    // a guess that is never too late, corrected forward
    let mut y = (n * 400).div_euclid(146097).max(1);
    while ordinal(y + 1, 1, 1) <= n {
        y += 1;
    }
    while ordinal(y, 1, 1) > n {
        y -= 1;
    }
    let mut rest = n - ordinal(y, 1, 1);
    let mut m = 1;
    while rest >= days_in_month(y, m) {
        rest -= days_in_month(y, m);
        m += 1;
    }
    (y, m, rest + 1)
}
/// Monday is 0.
pub fn weekday(y: i64, m: i64, d: i64) -> i64 {
    (ordinal(y, m, d) + 6).rem_euclid(7)
}
pub fn day_of_year(y: i64, m: i64, d: i64) -> i64 {
    ordinal(y, m, d) - ordinal(y, 1, 1) + 1
}
/// (year, week, weekday 1..7) of ISO 8601.
pub fn iso_calendar(y: i64, m: i64, d: i64) -> (i64, i64, i64) {
    let n = ordinal(y, m, d);
    let monday_of = |year: i64| {
        let first = ordinal(year, 1, 1);
        let w = (first + 6).rem_euclid(7);
        if w > 3 { first - w + 7 } else { first - w }
    };
    let year = if n < monday_of(y) {
        y - 1
    } else if n >= monday_of(y + 1) {
        y + 1
    } else {
        y
    };
    let since = n - monday_of(year);
    (year, since / 7 + 1, since % 7 + 1)
}
pub fn from_iso_calendar(year: i64, week: i64, day: i64) -> i64 {
    let first = ordinal(year, 1, 1);
    let w = (first + 6).rem_euclid(7);
    let monday = if w > 3 { first - w + 7 } else { first - w };
    monday + (week - 1) * 7 + day - 1
}
