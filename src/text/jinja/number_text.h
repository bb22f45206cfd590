#pragma once
// Numbers from text, as Python's int() and float() read it.

#include <optional>
#include <string_view>

#include "core/result.h"

namespace sov::text::jinja {

/// int(text, base): white space around, a sign, a prefix for bases 0, 2, 8 and 16, single underscores,
/// decimal digits of any script. Nullopt when it is no integer. Errors: unsupported beyond 64 bits,
/// validation for a base outside 2..36 that is not 0.
Result<std::optional<int64_t>> parse_int(std::string_view text, int64_t base);
/// float(text). Nullopt when it is no number.
std::optional<double> parse_float(std::string_view text);

}  // namespace sov::text::jinja
