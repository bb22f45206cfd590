#pragma once
// MessagePack, as far as it has a JSON equivalent.

#include <string_view>

#include "core/fs.h"
#include "core/json.h"
#include "core/result.h"

namespace sov::formats {

/// One value that fills `bytes` exactly. Binary becomes an array of numbers. `base` is where the bytes lie in
/// `file`, for messages.
/// Errors: corrupt (truncated, trailing bytes, nested deeper than 64, duplicate keys, text that is not
/// UTF-8), unsupported (extension types, keys that are not strings). Source: msgpack specification, spec.md.
Result<Json> parse_msgpack(Bytes bytes, std::string_view file, uint64_t base);

}  // namespace sov::formats
