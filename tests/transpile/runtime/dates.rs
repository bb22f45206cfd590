//! needs: datetime, zoneinfo, strptime, isoformat, timedelta, strftime
use rt::datetime::{Date, DateTime, TimeDelta, Tz};
use rt::exc::R;
use rt::pystr::Str;
use rt::traits::*;

fn minutes(off: i64) -> R<Tz> {
    Tz::new(TimeDelta::new(0, off * 60, 0)?, None)
}
fn moment(a: &Arg) -> R<DateTime> {
    let n: Vec<i64> = a.str().as_str().split(' ').map(|x| x.parse().unwrap_or(0)).collect();
    let tz = if n[7] == 99 { None } else { Some(minutes(n[7])?) };
    DateTime::make(n[0], n[1], n[2], n[3], n[4], n[5], n[6], tz)
}
fn joined(parts: &[Str]) -> R<String> {
    Ok(format!("({})", parts.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ")))
}

fn run(op: &str, a: &[Arg]) -> R<String> {
    let n = |i: usize| a[i].i64();
    let s = a[0].str();
    match op {
        "show" => {
            let t = moment(&a[0])?;
            let d = t.date;
            let clock = t.time_naive();
            let mut out = vec![t.repr(), t.to_str().repr(), d.repr(), d.to_str().repr(), t.isoformat("T", "auto")?.repr(), t.isoformat(" ", "minutes")?.repr()];
            out.extend([d.weekday().repr(), d.isocalendar().repr(), d.toordinal().repr(), clock.to_str().repr(), clock.repr(), t.ctime()?.repr()]);
            out.extend([t.utcoffset().repr(), t.tzname().repr()]);
            joined(&out)
        }
        "arith" => {
            let (t, x) = (moment(&a[0])?, TimeDelta::new(n(1), n(2), n(3))?);
            let (hour, seven) = (TimeDelta::new(0, 3600, 0)?, TimeDelta::new(0, 420, 0)?);
            let mut out = vec![t.add(&x)?.repr(), t.sub_delta(&x)?.repr(), t.add(&x)?.sub(&t)?.repr(), x.mul(3)?.repr(), x.neg()?.repr(), x.abs()?.repr()];
            out.extend([x.div(2)?.repr(), x.floordiv_int(7)?.repr(), x.to_str().repr(), x.total_seconds().repr(), x.ratio(&hour)?.repr()]);
            out.extend([x.floordiv(&seven)?.repr(), x.modulo(&seven)?.repr(), t.timestamp().repr(), t.date.add(&x)?.repr()]);
            joined(&out)
        }
        "zoned" => {
            let (p, q) = (rt::zoneinfo::zone(&a[1].str())?, rt::zoneinfo::zone(&a[2].str())?);
            let t = moment(&a[0])?.replace(None, None, None, None, None, None, None, Some(Some(p.clone())))?;
            let u = t.astimezone(Some(q))?;
            let v = DateTime::fromtimestamp(n(3) as f64, Some(p))?;
            let mut out = vec![t.to_str().repr(), t.tzname().repr(), t.utcoffset().repr(), u.to_str().repr(), u.dst().repr()];
            out.extend([v.to_str().repr(), v.tzname().repr(), t.add(&TimeDelta::new(0, 108000, 0)?)?.to_str().repr()]);
            out.extend([t.timestamp().repr(), u.sub(&t)?.total_seconds().repr()]);
            joined(&out)
        }
        "strftime" => show(moment(&a[0])?.strftime(&a[1].str())?),
        "strptime" => show(rt::strptime::parse(&s, &a[1].str())?),
        "iso" => show(rt::isoformat::datetime(&s)?),
        "isod" => show(rt::isoformat::date(&s)?),
        "isot" => show(rt::isoformat::time(&s)?),
        "stamp" => show((DateTime::fromtimestamp(a[0].f64(), Some(Tz::utc()))?, DateTime::utcfromtimestamp(a[0].f64())?)),
        "make" => show(DateTime::make(n(0), n(1), n(2), n(3), n(4), n(5), 0, None)?),
        "parts" => {
            let f = |i: usize| a[i].f64();
            show(TimeDelta::from_parts(f(0), f(1), 0.0, 0.0, f(2), f(3), f(4))?)
        }
        "ordinal" => show(Date::fromordinal(n(0))?),
        "isocal" => show(Date::fromisocalendar(n(0), n(1), n(2))?),
        "cmp" => {
            let (p, q) = (moment(&a[0])?, moment(&a[1])?);
            show((p.py_lt(&q)?, p == q))
        }
        "sub" => show(moment(&a[0])?.sub(&moment(&a[1])?)?),
        "zone" => show(moment(&a[0])?.astimezone(Some(minutes(n(1))?))?),
        "tdstr" => {
            let x = TimeDelta::new(n(0), n(1), n(2))?;
            show((x.to_str(), x.repr()))
        }
        _ => Ok("?".to_string()),
    }
}
