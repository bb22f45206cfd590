//! needs: weburl, value, convert, types, fmt, value_ops
//! A result of urlparse where Values are used.
use super::weburl::ParseResult;

super::convert::opaque_value!(ParseResult, "ParseResult", ordered);
