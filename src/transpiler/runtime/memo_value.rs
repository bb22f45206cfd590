//! needs: memo, value, convert, exc
super::convert::opaque_value!(super::memo::CacheInfo, "CacheInfo");
