# calendar
fn calendar.isleap(year: int) -> bool = calendar::isleap
fn calendar.leapdays(y1: int, y2: int) -> int = calendar::leapdays
fn calendar.weekday(year: int, month: int, day: int) -> int = calendar::weekday
fn calendar.monthrange(year: int, month: int) -> tuple[int, int] ! = calendar::monthrange
fn calendar.month(theyear: int, themonth: int, w: int = 0, l: int = 0) -> str ! = calendar::month
fn calendar.calendar(year: int, w: int = 2, l: int = 1, c: int = 6, m: int = 3) -> str ! = calendar::calendar
fn calendar.monthcalendar(year: int, month: int) -> list[list[int]] ! = calendar::monthcalendar({year}, {month}).map(|w| w.into_iter().map(List::from).collect::<List<_>>())  # uses: list
attr calendar.month_name -> list[str] = std::iter::once(Str::lit("")).chain(strftime::MONTHS.iter().map(|m| Str::new(m))).collect::<List<_>>()  # uses: list
attr calendar.month_abbr -> list[str] = std::iter::once(Str::lit("")).chain(strftime::MONTHS.iter().map(|m| Str::new(&m[..3]))).collect::<List<_>>()  # uses: list
attr calendar.day_name -> list[str] = strftime::DAYS.iter().map(|d| Str::new(d)).collect::<List<_>>()  # uses: list
attr calendar.day_abbr -> list[str] = strftime::DAYS.iter().map(|d| Str::new(&d[..3])).collect::<List<_>>()  # uses: list
type Calendar = calendars::Calendar
type TextCalendar = calendars::Calendar
class calendar.Calendar(firstweekday: int = 0) -> Calendar = calendars::Calendar::new
class calendar.TextCalendar(firstweekday: int = 0) -> TextCalendar = calendars::Calendar::new
attr Calendar.firstweekday -> int = .first
fn Calendar.getfirstweekday(self) -> int = {self}.first
fn Calendar.iterweekdays(self) -> list[int] = List::from({self}.iterweekdays())  # uses: list
fn Calendar.itermonthdays(self, year: int, month: int) -> list[int] ! = {self}.itermonthdays({year}, {month}).map(List::from)  # uses: list
fn Calendar.itermonthdays2(self, year: int, month: int) -> list[tuple[int, int]] ! = {self}.itermonthdays2({year}, {month}).map(List::from)  # uses: list
fn Calendar.itermonthdates(self, year: int, month: int) -> list[date] ! = {self}.itermonthdates({year}, {month}).map(List::from)  # uses: list
fn Calendar.monthdayscalendar(self, year: int, month: int) -> list[list[int]] ! = {self}.monthdayscalendar({year}, {month}).map(|w| w.into_iter().map(List::from).collect::<List<_>>())  # uses: list
fn Calendar.monthdays2calendar(self, year: int, month: int) -> list[list[tuple[int, int]]] ! = {self}.monthdays2calendar({year}, {month}).map(|w| w.into_iter().map(List::from).collect::<List<_>>())  # uses: list
fn Calendar.monthdatescalendar(self, year: int, month: int) -> list[list[date]] ! = {self}.monthdatescalendar({year}, {month}).map(|w| w.into_iter().map(List::from).collect::<List<_>>())  # uses: list
fn Calendar.formatmonth(self, theyear: int, themonth: int, w: int = 0, l: int = 0) -> str ! = .formatmonth
fn Calendar.formatyear(self, theyear: int, w: int = 2, l: int = 1, c: int = 6, m: int = 3) -> str ! = .formatyear
fn Calendar.prmonth(self, theyear: int, themonth: int, w: int = 0, l: int = 0) -> none ! = {self}.formatmonth({theyear}, {themonth}, {w}, {l}).map(|s| out::write(&s))
fn Calendar.pryear(self, theyear: int, w: int = 2, l: int = 1, c: int = 6, m: int = 3) -> none ! = {self}.formatyear({theyear}, {w}, {l}, {c}, {m}).map(|s| out::write(&s))
fn calendar.setfirstweekday(firstweekday: int) -> none ! = calendar::setfirstweekday
fn calendar.firstweekday() -> int = calendar::firstweekday
fn calendar.weekheader(n: int) -> str = calendar::weekheader
fn calendar.prmonth(theyear: int, themonth: int, w: int = 0, l: int = 0) -> none ! = calendar::month({theyear}, {themonth}, {w}, {l}).map(|s| out::write(&s))
fn calendar.prcal(theyear: int, w: int = 2, l: int = 1, c: int = 6, m: int = 3) -> none ! = calendar::calendar({theyear}, {w}, {l}, {c}, {m}).map(|s| out::write(&s))
attr exceptions.calendar.IllegalMonthError -> any = calendar::IllegalMonthError
attr calendar.MONDAY -> int = 0i64
attr calendar.TUESDAY -> int = 1i64
attr calendar.WEDNESDAY -> int = 2i64
attr calendar.THURSDAY -> int = 3i64
attr calendar.FRIDAY -> int = 4i64
attr calendar.SATURDAY -> int = 5i64
attr calendar.SUNDAY -> int = 6i64
# A TextCalendar has what a Calendar has.
attr TextCalendar.firstweekday -> int = .first
fn TextCalendar.getfirstweekday(self) -> int = {self}.first
fn TextCalendar.iterweekdays(self) -> list[int] = List::from({self}.iterweekdays())  # uses: list
fn TextCalendar.itermonthdays(self, year: int, month: int) -> list[int] ! = {self}.itermonthdays({year}, {month}).map(List::from)  # uses: list
fn TextCalendar.itermonthdays2(self, year: int, month: int) -> list[tuple[int, int]] ! = {self}.itermonthdays2({year}, {month}).map(List::from)  # uses: list
fn TextCalendar.itermonthdates(self, year: int, month: int) -> list[date] ! = {self}.itermonthdates({year}, {month}).map(List::from)  # uses: list
fn TextCalendar.monthdayscalendar(self, year: int, month: int) -> list[list[int]] ! = {self}.monthdayscalendar({year}, {month}).map(|w| w.into_iter().map(List::from).collect::<List<_>>())  # uses: list
fn TextCalendar.monthdays2calendar(self, year: int, month: int) -> list[list[tuple[int, int]]] ! = {self}.monthdays2calendar({year}, {month}).map(|w| w.into_iter().map(List::from).collect::<List<_>>())  # uses: list
fn TextCalendar.monthdatescalendar(self, year: int, month: int) -> list[list[date]] ! = {self}.monthdatescalendar({year}, {month}).map(|w| w.into_iter().map(List::from).collect::<List<_>>())  # uses: list
fn TextCalendar.formatmonth(self, theyear: int, themonth: int, w: int = 0, l: int = 0) -> str ! = .formatmonth
fn TextCalendar.formatyear(self, theyear: int, w: int = 2, l: int = 1, c: int = 6, m: int = 3) -> str ! = .formatyear
fn TextCalendar.prmonth(self, theyear: int, themonth: int, w: int = 0, l: int = 0) -> none ! = {self}.formatmonth({theyear}, {themonth}, {w}, {l}).map(|s| out::write(&s))
fn TextCalendar.pryear(self, theyear: int, w: int = 2, l: int = 1, c: int = 6, m: int = 3) -> none ! = {self}.formatyear({theyear}, {w}, {l}, {c}, {m}).map(|s| out::write(&s))
