//! needs: calendar, calendar_days, datetime, exc, pystr, traits
//! `calendar.Calendar` and `calendar.TextCalendar`: a first day of the week with the views of a month.
use super::calendar::{self, monthdayscalendar};
use super::datetime::Date;
use super::exc::R;
use super::pystr::Str;
use super::traits::*;

#[derive(Clone, Copy, PartialEq)]
pub struct Calendar {
    pub first: i64,
}
impl Calendar {
    pub fn new(first: i64) -> Calendar {
        Calendar { first: first.rem_euclid(7) }
    }
    pub fn monthdayscalendar(&self, y: i64, m: i64) -> R<Vec<Vec<i64>>> {
        monthdayscalendar(y, m, self.first)
    }
    /// Weeks of (day, weekday).
    pub fn monthdays2calendar(&self, y: i64, m: i64) -> R<Vec<Vec<(i64, i64)>>> {
        let weeks = self.monthdayscalendar(y, m)?;
        let day = |i: usize| (self.first + i as i64) % 7;
        Ok(weeks.into_iter().map(|w| w.into_iter().enumerate().map(|(i, d)| (d, day(i))).collect()).collect())
    }
    /// Weeks of dates, with those of the months around.
    pub fn monthdatescalendar(&self, y: i64, m: i64) -> R<Vec<Vec<Date>>> {
        let (start, _) = calendar::monthrange(y, m)?;
        let weeks = self.monthdayscalendar(y, m)?.len() as i64;
        let from = Date::new(y, m, 1)?.toordinal() - (start - self.first).rem_euclid(7);
        (0..weeks).map(|w| (0..7).map(|d| Date::fromordinal(from + w * 7 + d)).collect()).collect()
    }
    pub fn itermonthdays(&self, y: i64, m: i64) -> R<Vec<i64>> {
        Ok(self.monthdayscalendar(y, m)?.concat())
    }
    pub fn itermonthdays2(&self, y: i64, m: i64) -> R<Vec<(i64, i64)>> {
        Ok(self.monthdays2calendar(y, m)?.concat())
    }
    pub fn itermonthdates(&self, y: i64, m: i64) -> R<Vec<Date>> {
        Ok(self.monthdatescalendar(y, m)?.concat())
    }
    pub fn iterweekdays(&self) -> Vec<i64> {
        (0..7).map(|i| (self.first + i) % 7).collect()
    }
    pub fn formatmonth(&self, y: i64, m: i64, w: i64, l: i64) -> R<Str> {
        calendar::month_from(y, m, w, l, self.first)
    }
    pub fn formatyear(&self, y: i64, w: i64, l: i64, c: i64, m: i64) -> R<Str> {
        calendar::year_from(y, w, l, c, m, self.first)
    }
}
impl PyRepr for Calendar {
    fn repr_into(&self, out: &mut String) {
        out.push_str("<calendar.Calendar object>");
    }
}
impl PyStr for Calendar {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl PyTruth for Calendar {
    fn truth(&self) -> bool {
        true
    }
}
