//! needs: iso_calendar, value, convert, types, value_ops, fmt
//! ISO dates where Values are used.
use super::iso_calendar::IsoDate;

super::convert::opaque_value!(IsoDate, "datetime.IsoCalendarDate", ordered);
