//! needs: datetime, exc, traits, pystr, fmt, seq
//! What `date.isocalendar()` gives: a tuple whose items have names.
use super::datetime::Date;
use super::exc::{self, R};
use super::traits::*;

#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
pub struct IsoDate {
    pub year: i64,
    pub week: i64,
    pub weekday: i64,
}
impl IsoDate {
    pub fn of(d: &Date) -> IsoDate {
        let (year, week, weekday) = d.isocalendar();
        IsoDate { year, week, weekday }
    }
    pub fn item(&self, i: i64) -> R<i64> {
        let all = [self.year, self.week, self.weekday];
        super::seq::get(&all, i).map_err(|_| exc::new(&exc::IndexError, "tuple index out of range"))
    }
    pub fn items(&self) -> std::array::IntoIter<i64, 3> {
        [self.year, self.week, self.weekday].into_iter()
    }
    pub fn tuple(&self) -> (i64, i64, i64) {
        (self.year, self.week, self.weekday)
    }
}
impl PyRepr for IsoDate {
    fn repr_into(&self, out: &mut String) {
        let IsoDate { year, week, weekday } = self;
        out.push_str(&format!("datetime.IsoCalendarDate(year={year}, week={week}, weekday={weekday})"));
    }
}
impl PyStr for IsoDate {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl PyTruth for IsoDate {
    fn truth(&self) -> bool {
        true
    }
}
impl PyHash for IsoDate {
    fn py_hash(&self) -> i64 {
        self.tuple().py_hash()
    }
}
impl PyOrd for IsoDate {
    fn py_lt(&self, o: &Self) -> R<bool> {
        Ok(self.tuple() < o.tuple())
    }
}
super::fmt::fmt_is_str!(IsoDate, "datetime.IsoCalendarDate");
