#include "text/jinja/number_text.h"

#include <cctype>
#include <charconv>
#include <string>

#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

/// Without white space around, decimal digits of other scripts as ASCII digits. Nullopt: other characters.
std::optional<std::string> to_ascii(std::string_view text) {
  text = strip(text, Side::both);
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const uint32_t cp = next_code_point(text, at);
    if (cp < 0x80) {
      out += static_cast<char>(cp);
    } else if (const int digit = decimal_value(cp); digit >= 0) {
      out += static_cast<char>('0' + digit);
    } else {
      return std::nullopt;
    }
  }
  return out;
}

/// Drops underscores that stand between two digits; nullopt for others.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] != '_') {
      out += text[i];
      continue;
    }
    const bool between = i > 0 && i + 1 < text.size() &&
                         std::isalnum(static_cast<unsigned char>(text[i - 1])) &&
                         std::isalnum(static_cast<unsigned char>(text[i + 1]));
    if (!between) return std::nullopt;
  }
  return out;
}

int prefix_base(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 0;
  switch (text[1] | 32) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
  }
}

}  // namespace

Result<std::optional<int64_t>> parse_int(std::string_view text, int64_t base) {
  using Parsed = std::optional<int64_t>;
  if (base != 0 && (base < 2 || base > 36)) return misuse("int() base must be >= 2 and <= 36, or 0");
  const auto ascii = to_ascii(text);
  if (!ascii || ascii->empty()) return Parsed();
  std::string_view rest = *ascii;
  const bool negative = rest[0] == '-';
  if (rest[0] == '-' || rest[0] == '+') rest.remove_prefix(1);
  const int prefixed = prefix_base(rest);
  if (prefixed != 0 && (base == 0 || base == prefixed)) {
    rest.remove_prefix(2);
    if (rest.starts_with('_')) rest.remove_prefix(1);
    base = prefixed;
  } else if (base == 0) {
    base = 10;
    if (rest.size() > 1 && rest[0] == '0' && rest.find_first_not_of("0_") != rest.npos) return Parsed();
  }
  auto digits = without_underscores(rest);
  if (!digits || digits->empty() || !std::isalnum(static_cast<unsigned char>((*digits)[0]))) return Parsed();
  if (negative) digits->insert(0, "-");
  int64_t value = 0;
  const char* end = digits->data() + digits->size();
  const auto parsed = std::from_chars(digits->data(), end, value, static_cast<int>(base));
  if (parsed.ptr != end || parsed.ec == std::errc::invalid_argument) return Parsed();
  if (parsed.ec != std::errc()) return too_large();
  return Parsed(value);
}

std::optional<double> parse_float(std::string_view text) {
  const auto ascii = to_ascii(text);
  if (!ascii) return std::nullopt;
  const auto plain = without_underscores(*ascii);
  if (!plain || plain->empty()) return std::nullopt;
  std::string_view rest = *plain;
  const bool negative = rest[0] == '-';
  if (rest[0] == '-' || rest[0] == '+') rest.remove_prefix(1);
  if (rest.empty()) return std::nullopt;
  const std::string word = lower(rest);
  double value = 0;
  if (word == "inf" || word == "infinity") {
    value = std::numeric_limits<double>::infinity();
  } else if (word == "nan") {
    value = std::numeric_limits<double>::quiet_NaN();
  } else {
    if (rest[0] != '.' && (rest[0] < '0' || rest[0] > '9')) return std::nullopt;
    const std::string digits(rest);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (parsed.ptr != digits.data() + digits.size()) return std::nullopt;
    // Out of range: strtod rounds to infinity or zero as Python does.
    if (parsed.ec == std::errc::result_out_of_range) value = std::strtod(digits.c_str(), nullptr);
  }
  return negative ? -value : value;
}

}  // namespace sov::text::jinja
