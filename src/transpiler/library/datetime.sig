# datetime
type datetime = datetime::DateTime
type date = datetime::Date
type time = datetime::Time
type timedelta = datetime::TimeDelta
type timezone = datetime::Tz
attr timezone.__class_name__ -> str = Str::lit(if {self}.zone.is_some() { "ZoneInfo" } else { "timezone" })
class datetime.datetime(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0, tzinfo: opt[timezone] = None) -> datetime ! = datetime::DateTime::make({year}, {month}, {day}, {hour}, {minute}, {second}, {microsecond}, {tzinfo})
class datetime.date(year: int, month: int, day: int) -> date ! = datetime::Date::new
class datetime.time(hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0, tzinfo: opt[timezone] = None) -> time ! = datetime::Time::new
class datetime.timedelta(days: float = 0.0, seconds: float = 0.0, microseconds: float = 0.0, milliseconds: float = 0.0, minutes: float = 0.0, hours: float = 0.0, weeks: float = 0.0) -> timedelta ! = timedelta::TimeDelta::from_parts
class datetime.timezone(offset: &timedelta, name: opt[str] = None) -> timezone ! = datetime::Tz::new(*{offset}, {name})
attr datetime.timezone.utc -> timezone = datetime::Tz::utc()
attr datetime.UTC -> timezone = datetime::Tz::utc()
fn datetime.datetime.now(tz: opt[timezone] = None) -> datetime = datetime::DateTime::now({tz})
fn datetime.datetime.today() -> datetime = datetime::DateTime::now(None)
fn datetime.datetime.utcnow() -> datetime = datetime::DateTime::utcnow()
fn datetime.datetime.fromtimestamp(timestamp: float, tz: opt[timezone] = None) -> datetime ! = datetime::DateTime::fromtimestamp({timestamp}, {tz})
fn datetime.datetime.utcfromtimestamp(timestamp: float) -> datetime ! = datetime::DateTime::utcfromtimestamp({timestamp})
fn datetime.datetime.fromisoformat(s: &str) -> datetime ! = isoformat::datetime({s})
fn datetime.datetime.strptime(s: &str, format: &str) -> datetime ! = strptime::parse({s}, {format})
fn datetime.datetime.combine(date: &date, time: &time) -> datetime = datetime::DateTime::combine({date}, {time})
fn datetime.datetime.fromordinal(n: int) -> datetime ! = datetime::Date::fromordinal({n}).map(|d| d.at_midnight())
attr datetime.datetime.min -> datetime = datetime::DateTime::min()
attr datetime.datetime.max -> datetime = datetime::DateTime::max()
fn datetime.date.today() -> date = datetime::Date::today()
fn datetime.date.fromisoformat(s: &str) -> date ! = isoformat::date({s})
fn datetime.date.fromordinal(n: int) -> date ! = datetime::Date::fromordinal({n})
fn datetime.date.fromtimestamp(t: float) -> date ! = datetime::Date::fromtimestamp({t})
fn datetime.date.fromisocalendar(year: int, week: int, day: int) -> date ! = datetime::Date::fromisocalendar({year}, {week}, {day})
fn datetime.time.fromisoformat(s: &str) -> time ! = isoformat::time({s})
attr datetime.year -> int = .date.year
attr datetime.month -> int = .date.month
attr datetime.day -> int = .date.day
attr datetime.hour -> int = .time.hour
attr datetime.minute -> int = .time.minute
attr datetime.second -> int = .time.second
attr datetime.microsecond -> int = .time.microsecond
attr datetime.tzinfo -> opt[timezone] = .time.tz.clone()
fn datetime.date(self) -> date = {self}.date
fn datetime.time(self) -> time = {self}.time_naive()
fn datetime.timetz(self) -> time = {self}.time.clone()
fn datetime.timestamp(self) -> float = .timestamp
fn datetime.strftime(self, format: &str) -> str ! = .strftime
fn datetime.isoformat(self, sep: &str = 'T', timespec: &str = 'auto') -> str ! = .isoformat
fn datetime.ctime(self) -> str ! = .ctime
fn datetime.weekday(self) -> int = {self}.date.weekday()
fn datetime.isoweekday(self) -> int = {self}.date.isoweekday()
fn datetime.isocalendar(self) -> IsoCalendarDate = iso_calendar::IsoDate::of(&{self}.date)
fn datetime.toordinal(self) -> int = {self}.date.toordinal()
fn datetime.utcoffset(self) -> opt[timedelta] = .utcoffset
fn datetime.tzname(self) -> opt[str] = .tzname
fn datetime.astimezone(self, tz: opt[timezone] = None) -> datetime ! = .astimezone
fn datetime.replace(self, year: opt[int] = None, month: opt[int] = None, day: opt[int] = None, hour: opt[int] = None, minute: opt[int] = None, second: opt[int] = None, microsecond: opt[int] = None, tzinfo: none) -> datetime ! = {self}.replace({year}, {month}, {day}, {hour}, {minute}, {second}, {microsecond}, Some(None))
fn datetime.replace(self, year: opt[int] = None, month: opt[int] = None, day: opt[int] = None, hour: opt[int] = None, minute: opt[int] = None, second: opt[int] = None, microsecond: opt[int] = None, tzinfo: opt[timezone] = None) -> datetime ! = {self}.replace({year}, {month}, {day}, {hour}, {minute}, {second}, {microsecond}, {tzinfo}.map(Some))
attr date.year -> int = .year
attr date.month -> int = .month
attr date.day -> int = .day
fn date.strftime(self, format: &str) -> str ! = .strftime
fn date.isoformat(self) -> str = .isoformat
fn date.ctime(self) -> str ! = .ctime
fn date.weekday(self) -> int = .weekday
fn date.isoweekday(self) -> int = .isoweekday
fn date.isocalendar(self) -> IsoCalendarDate = iso_calendar::IsoDate::of(&{self})
fn date.toordinal(self) -> int = .toordinal
fn date.replace(self, year: opt[int] = None, month: opt[int] = None, day: opt[int] = None) -> date ! = .replace
attr time.hour -> int = .hour
attr time.minute -> int = .minute
attr time.second -> int = .second
attr time.microsecond -> int = .microsecond
fn time.isoformat(self, timespec: &str = 'auto') -> str ! = .isoformat
fn time.strftime(self, format: &str) -> str ! = .strftime
fn time.replace(self, hour: opt[int] = None, minute: opt[int] = None, second: opt[int] = None, microsecond: opt[int] = None, tzinfo: opt[timezone] = None) -> time ! = {self}.replace({hour}, {minute}, {second}, {microsecond}).map(|t| t.with_tz({tzinfo}))
attr timedelta.days -> int = .days
attr timedelta.seconds -> int = .seconds
attr timedelta.microseconds -> int = .microseconds
fn timedelta.total_seconds(self) -> float = .total_seconds
fn timedelta.__abs__(self) -> timedelta ! = .abs
fn timedelta.__neg__(self) -> timedelta ! = .neg
fn timezone.tzname(self, dt: any = None) -> str = {self}.tzname()
fn timezone.utcoffset(self, dt: any = None) -> timedelta = {self}.offset
op datetime + timedelta -> datetime ! = {0}.add(&{1})
op timedelta + datetime -> datetime ! = {1}.add(&{0})
op datetime - timedelta -> datetime ! = {0}.sub_delta(&{1})
op datetime - datetime -> timedelta ! = {0}.sub(&{1})
op date + timedelta -> date ! = {0}.add(&{1})
op date - timedelta -> date ! = {0}.sub_delta(&{1})
op date - date -> timedelta ! = {0}.sub(&{1})
op timedelta + timedelta -> timedelta ! = {0}.add(&{1})
op timedelta - timedelta -> timedelta ! = {0}.sub(&{1})
op timedelta * int -> timedelta ! = {0}.mul({1})
op int * timedelta -> timedelta ! = {1}.mul({0})
op timedelta * float -> timedelta ! = {0}.mul_float({1})
op float * timedelta -> timedelta ! = {1}.mul_float({0})
op timedelta / timedelta -> float ! = {0}.ratio(&{1})
op timedelta / int -> timedelta ! = {0}.div({1})
op timedelta / float -> timedelta ! = {0}.div_float({1})
op timedelta // timedelta -> int ! = {0}.floordiv(&{1})
op timedelta // int -> timedelta ! = {0}.floordiv_int({1})
op timedelta % timedelta -> timedelta ! = {0}.modulo(&{1})
attr datetime.timedelta.min -> timedelta = timedelta::TimeDelta::min()
attr datetime.timedelta.max -> timedelta = timedelta::TimeDelta::max()
attr datetime.timedelta.resolution -> timedelta = timedelta::TimeDelta::resolution()
fn datetime.dst(self) -> opt[timedelta] = .dst
fn datetime.timetuple(self) -> struct_time = struct_time::StructTime::of(&{self}, -1)
fn datetime.utctimetuple(self) -> struct_time ! = {self}.astimezone(Some(datetime::Tz::utc())).map(|d| struct_time::StructTime::of(&d, 0))
class zoneinfo.ZoneInfo(key: &str) -> timezone ! = zoneinfo::zone({key})
fn zoneinfo.available_timezones() -> set[str] = zoneinfo::available().into_iter().collect::<set::Set<_>>()
attr timezone.key -> str = traits::PyStr::to_str(&{self})
attr exceptions.zoneinfo.ZoneInfoNotFoundError -> any = zoneinfo::ZoneInfoNotFoundError
type IsoCalendarDate = iso_calendar::IsoDate
attr IsoCalendarDate.year -> int = .year
attr IsoCalendarDate.week -> int = .week
attr IsoCalendarDate.weekday -> int = .weekday
fn IsoCalendarDate.__getitem__(self, index: int) -> int ! = .item
fn IsoCalendarDate.__len__(self) -> int = i64::from(3i64)
iter IsoCalendarDate -> int = {self}.items()
fn date.timetuple(self) -> struct_time = struct_time::StructTime::of(&{self}.at_midnight(), -1)
attr datetime.date.min -> date = datetime::DateTime::min().date
attr datetime.date.max -> date = datetime::DateTime::max().date
attr datetime.date.resolution -> timedelta ! = timedelta::TimeDelta::new(1, 0, 0)
attr datetime.datetime.resolution -> timedelta = timedelta::TimeDelta::resolution()
attr datetime.time.min -> time = datetime::DateTime::min().time
attr datetime.time.max -> time = datetime::DateTime::max().time
attr datetime.time.resolution -> timedelta = timedelta::TimeDelta::resolution()
attr time.tzinfo -> opt[timezone] = .tz.clone()
attr time.fold -> int = 0i64
attr datetime.fold -> int = 0i64
attr datetime.MINYEAR -> int = 1i64
attr datetime.MAXYEAR -> int = 9999i64
fn time.utcoffset(self) -> opt[timedelta] = {self}.tz.as_ref().filter(|t| t.zone.is_none()).map(|t| t.offset)
fn time.tzname(self) -> opt[str] = {self}.tz.as_ref().map(|t| t.tzname())
fn timezone.dst(self, dt: any = None) -> none = ()
fn datetime.datetime.fromisocalendar(year: int, week: int, day: int) -> datetime ! = datetime::Date::fromisocalendar({year}, {week}, {day}).map(|d| d.at_midnight())
attr datetime.timezone.min -> timezone ! = timedelta::TimeDelta::new(0, -86340, 0).and_then(|d| datetime::Tz::new(d, None))
attr datetime.timezone.max -> timezone ! = timedelta::TimeDelta::new(0, 86340, 0).and_then(|d| datetime::Tz::new(d, None))
fn timedelta.__divmod__(self, other: &timedelta) -> tuple[int, timedelta] ! = {self}.floordiv({other}).and_then(|q| Ok((q, {self}.modulo({other})?)))
