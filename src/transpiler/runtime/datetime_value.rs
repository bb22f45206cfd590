//! needs: datetime, value, convert, types
//! Dates and times where Values are used.
use super::datetime::{Date, DateTime, Time, TimeDelta, Tz};

super::convert::opaque_value!(Date, "datetime.date", ordered);
super::convert::opaque_value!(Time, "datetime.time", ordered);
super::convert::opaque_value!(DateTime, "datetime.datetime", ordered);
super::convert::opaque_value!(TimeDelta, "datetime.timedelta", ordered, "__neg__": TimeDelta::neg, "__abs__": TimeDelta::abs);
super::convert::opaque_value!(Tz, "datetime.timezone");
