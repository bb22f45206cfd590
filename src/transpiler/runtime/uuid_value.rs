//! needs: uuid, value, convert, types, value_ops, fmt
//! UUIDs where Values are used.
use super::uuid::Uuid;

super::convert::opaque_value!(Uuid, "UUID", ordered);
