import calendar
import time
from datetime import date, datetime, time as dtime, timedelta, timezone


def main():
    d = datetime(2024, 2, 29, 13, 45, 30, 123456)
    print(d, repr(d), d.isoformat(), d.isoformat(sep=" ", timespec="minutes"), d.date(), d.time(), d.year, d.microsecond)
    print(d.strftime("%Y-%m-%d %H:%M:%S %A %a %B %b %j %U %W %p %I %y %f %d/%m %c %x %X %%"), f"{d:%d.%m.%Y}", format(d, "%H"))
    print(d + timedelta(days=1), d - timedelta(hours=30), d.replace(year=2023, day=1), d.weekday(), d.isoweekday(), d.isocalendar(), d.isocalendar()[1], d.isocalendar().week)
    print(datetime.strptime("2024-03-10 08:05", "%Y-%m-%d %H:%M"), datetime.strptime("10 Mar 24", "%d %b %y"), datetime.fromisoformat("2024-01-02T03:04:05"), datetime.fromisoformat("2024-01-02T03:04:05+02:00"), date.fromisoformat("2024-12-31"))
    a, b = date(2024, 1, 31), date(2024, 12, 25)
    diff = b - a
    print(diff, repr(diff), diff.days, diff.total_seconds(), a < b, a == b, max(a, b), abs(a - b), b.timetuple().tm_yday, a.toordinal(), date.fromordinal(738000), date.min, date.max, date.resolution)
    td = timedelta(days=2, hours=3, minutes=4, seconds=5, milliseconds=6)
    print(td, repr(td), td.seconds, td * 2, td / 2, td // 3, -td, abs(-td), td + timedelta(1), td > timedelta(1), str(timedelta(seconds=-1)), td / timedelta(hours=1), td // timedelta(hours=1), td % timedelta(hours=1), divmod(td, timedelta(hours=1)), timedelta(weeks=1) == timedelta(days=7), sum([td, td], timedelta()), bool(timedelta()))
    u = datetime(2024, 6, 1, 12, 0, tzinfo=timezone.utc)
    tz = timezone(timedelta(hours=5, minutes=30))
    print(u, repr(u), u.astimezone(tz), u.tzinfo, tz, u.timestamp(), datetime.fromtimestamp(0, tz=timezone.utc), u.utcoffset(), u.tzname(), timezone(timedelta(hours=-3), "BRT"), u.isoformat(), u == u.astimezone(tz), u.replace(tzinfo=None))
    t = dtime(9, 5, 7)
    print(t, repr(t), t.isoformat(), t.strftime("%H:%M"), t.replace(minute=0), dtime(9) < t, datetime.combine(a, t), dtime.fromisoformat("10:20"), dtime.min, dtime.max, t.tzinfo)
    for bad in ["2024-13-01", "nope", "2024-02-30"]:
        try:
            datetime.strptime(bad, "%Y-%m-%d")
        except ValueError as e:
            print(e)
        try:
            date.fromisoformat(bad)
        except ValueError as e:
            print(e)
    try:
        date(2023, 2, 29)
    except ValueError as e:
        print(e)
    try:
        print(u < d)
    except TypeError as e:
        print(e)
    print(calendar.monthrange(2024, 2), calendar.isleap(2024), calendar.month_name[2], calendar.day_name[0], calendar.day_abbr[6], calendar.month_abbr[12], calendar.weekday(2024, 2, 29), calendar.leapdays(2000, 2024), list(calendar.month_abbr))
    print(calendar.month(2024, 2))
    print(calendar.TextCalendar(6).formatmonth(2024, 2))
    cal = calendar.Calendar(firstweekday=0)
    print(list(cal.itermonthdays(2024, 2))[:9], cal.monthdayscalendar(2024, 2), calendar.monthcalendar(2024, 2), calendar.MONDAY, calendar.timegm((2024, 1, 1, 0, 0, 0)))
    print(time.strftime("%Y-%m-%d", time.gmtime(0)), time.gmtime(86400).tm_mday, time.gmtime(0), time.asctime(time.gmtime(0)), time.strptime("2024-01-05", "%Y-%m-%d").tm_yday)
    start = time.perf_counter()
    time.sleep(0.001)
    print(time.perf_counter() - start > 0, time.time() > 1e9, time.monotonic() > 0, time.time_ns() > 0, time.process_time() >= 0)
    days = [date(2024, 1, 1) + timedelta(days=i) for i in range(3)]
    print([x.strftime("%a") for x in days], sorted(days, reverse=True), {x: x.day for x in days}, days[0] in days, str(days[0]), {date(2024, 1, 1), date(2024, 1, 1)})
    record = {"when": d, "n": 1}
    print(record["when"].strftime("%H:%M"), record["when"].year, record)
    print((datetime(2024, 1, 2) - datetime(2024, 1, 1)).total_seconds() / 3600, datetime.min, datetime.max, datetime(2024, 1, 1).ctime(), datetime(2024, 1, 1, 5).timetuple().tm_hour, u.timetz(), datetime(2024, 1, 1).strftime("%-d") if False else "", d.fold)
    print(isinstance(d, datetime), isinstance(d, date), type(d).__name__, isinstance(a, datetime), hash(a) == hash(date(2024, 1, 31)))


main()
