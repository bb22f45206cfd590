#pragma once
// How numbers and text are laid out, shared by % and str.format.

#include <string>
#include <string_view>

#include "core/result.h"
#include "text/jinja/runtime.h"

namespace sov::text::jinja {

/// [[fill]align][sign]["z"]["#"]["0"][width][grouping]["." precision][type], as Python's format() reads it.
struct FormatSpec {
  std::string fill = " ";
  bool has_fill = false;  // given, so that "0" leaves it as it is
  char align = 0;         // < > ^ =, 0: not given
  char sign = 0;          // + - or blank, 0: not given
  bool alternate = false;
  bool no_negative_zero = false;
  bool zero = false;
  int64_t width = 0;
  char grouping = 0;  // , _ or 0
  int64_t precision = -1;
  char type = 0;
};

/// Errors: validation, exhausted for widths no text may have.
Result<FormatSpec> parse_spec(std::string_view text);

/// Digits with sign, prefix and separators, padded. Errors: validation, exhausted.
Result<std::string> format_integer(Runtime& rt, int64_t value, const FormatSpec& spec);
Result<std::string> format_real(Runtime& rt, double value, const FormatSpec& spec);
Result<std::string> format_text(Runtime& rt, std::string_view text, const FormatSpec& spec);

/// A number from `text` at `at`. Errors: exhausted above a million.
Result<int64_t> read_width(std::string_view text, size_t& at);

}  // namespace sov::text::jinja
