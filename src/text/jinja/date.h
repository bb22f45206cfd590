#pragma once
// strftime as Python's naive datetime has it.

#include <string>
#include <string_view>

#include "core/result.h"

namespace sov::text::jinja {

/// now_seconds: UTC seconds that count as now, read as UTC; negative: the clock and zone of the machine.
/// Codes are those of the C library; %f is microseconds, %z and %Z are empty (no zone is attached).
/// Errors: validation for a field wider than 99; exhausted for output beyond 64 KiB.
Result<std::string> format_date(std::string_view pattern, int64_t now_seconds);

}  // namespace sov::text::jinja
