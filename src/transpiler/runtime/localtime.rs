//! needs: pystr
//! The clock and the local time zone, from the C library.
use super::pystr::Str;
use std::ffi::{c_char, c_int, c_long, CStr};

#[repr(C)]
struct Tm {
    sec: c_int,
    min: c_int,
    hour: c_int,
    mday: c_int,
    mon: c_int,
    year: c_int,
    wday: c_int,
    yday: c_int,
    isdst: c_int,
    gmtoff: c_long,
    zone: *const c_char,
}

extern "C" {
    fn localtime_r(time: *const i64, out: *mut Tm) -> *mut Tm;
    fn tzset();
}

/// Microseconds since 1970.
pub fn now_us() -> i128 {
    match std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH) {
        Ok(d) => d.as_micros() as i128,
        Err(e) => -(e.duration().as_micros() as i128),
    }
}

/// Seconds east of Greenwich at a moment, and the zone's abbreviation.
pub fn offset_at(seconds: i64) -> (i64, Str) {
    let mut tm = Tm {
        sec: 0, min: 0, hour: 0, mday: 0, mon: 0, year: 0, wday: 0, yday: 0, isdst: 0, gmtoff: 0, zone: std::ptr::null(),
    };
    // SAFETY: `tm` has the layout of struct tm on Linux and outlives the call; `zone` points at the C library's own text.
    unsafe {
        tzset();
        if localtime_r(&seconds, &mut tm).is_null() {
            return (0, Str::lit("UTC"));
        }
        let name = if tm.zone.is_null() { Str::lit("") } else { Str::from(CStr::from_ptr(tm.zone).to_string_lossy().into_owned()) };
        (tm.gmtoff, name)
    }
}
