//! needs: calendars, value, convert, types
//! Calendars where Values are used.
use super::calendars::Calendar;

super::convert::opaque_value!(Calendar, "Calendar");
