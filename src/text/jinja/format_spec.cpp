// Source: Python's library reference, "Format Specification Mini-Language".

#include "text/jinja/format_spec.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "text/jinja/object.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

constexpr int64_t kMaxWidth = 1'000'000;
constexpr int64_t kMaxPrecision = 1100;  // the longest exact decimal of a double has 1074 places

bool is_align(char c) { return c == '<' || c == '>' || c == '^' || c == '='; }

/// What a number consists of before padding.
struct Parts {
  std::string sign, prefix, digits, rest;  // rest: fraction and exponent, or %
};

std::string grouped(const std::string& digits, char separator, size_t every) {
  std::string out;
  for (size_t i = 0; i < digits.size(); i++) {
    if (i > 0 && (digits.size() - i) % every == 0) out += separator;
    out += digits[i];
  }
  return out;
}

size_t grouped_size(size_t digits, size_t every) { return digits + (digits == 0 ? 0 : (digits - 1) / every); }

Result<std::string> lay_out(Runtime& rt, Parts parts, const FormatSpec& spec, size_t group_every) {
  TRY(rt.reserve(static_cast<uint64_t>(spec.width) * 5));
  TRY(rt.scan(static_cast<uint64_t>(spec.width) * 5));
  const auto width = static_cast<size_t>(spec.width);
  const bool fill_zeros = spec.fill == "0" && spec.align == '=';
  if (spec.grouping != 0 && group_every != 0) {
    const size_t others = parts.sign.size() + parts.prefix.size() + parts.rest.size();
    size_t digits = parts.digits.size();
    while (fill_zeros && others + grouped_size(digits, group_every) < width) digits++;
    parts.digits.insert(0, digits - parts.digits.size(), '0');
    parts.digits = grouped(parts.digits, spec.grouping, group_every);
  }
  const std::string head = parts.sign + parts.prefix;
  const std::string body = parts.digits + parts.rest;
  const size_t size = head.size() + body.size();
  const size_t missing = size < width ? width - size : 0;
  const char align = spec.align == 0 ? '>' : spec.align;
  const size_t before = align == '<' || align == '=' ? 0 : align == '^' ? missing / 2 : missing;
  std::string out;
  const auto pad = [&](size_t n) {
    for (size_t i = 0; i < n; i++) out += spec.fill;
  };
  pad(before);
  out += head;
  if (align == '=') pad(missing);
  out += body;
  if (align != '=') pad(missing - before);
  return out;
}

std::string sign_of(bool negative, const FormatSpec& spec) {
  if (negative) return "-";
  return spec.sign == '+' || spec.sign == ' ' ? std::string(1, spec.sign) : "";
}

/// Shortest digits that read back ("repr"), or `precision` significant ones; then the general notation.
std::string general(double value, int64_t precision, const FormatSpec& spec) {
  const bool shortest = precision < 0;
  if (precision == 0) precision = 1;
  // d.ddde±xx gives the digits and the exponent.
  std::string text;
  if (shortest) {
    char buffer[64];
    text.assign(buffer,
                std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr);
  } else {
    text = strf("{:.{}e}", value, precision - 1);
  }
  const size_t mark = text.find('e');
  const int64_t exponent = std::strtoll(text.c_str() + mark + 1, nullptr, 10);
  std::string digits = text.substr(0, mark);
  digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
  const bool add_dot = spec.type == 0;  // no type: at least one digit after the point
  if (!spec.alternate) {
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  }
  const int64_t limit = shortest ? 16 : precision - (add_dot ? 1 : 0);
  const int64_t point = exponent + 1;
  if (point > -4 && point <= limit) {
    const auto size = static_cast<int64_t>(digits.size());
    if (point <= 0) return "0." + std::string(static_cast<size_t>(-point), '0') + digits;
    if (point < size)
      return digits.substr(0, static_cast<size_t>(point)) + "." + digits.substr(static_cast<size_t>(point));
    digits.append(static_cast<size_t>(point - size), '0');
    return digits + (add_dot ? ".0" : spec.alternate ? "." : "");
  }
  std::string mantissa = digits.substr(0, 1);
  if (digits.size() > 1 || spec.alternate) mantissa += "." + digits.substr(1);
  return strf("{}e{}{:02}", mantissa, exponent < 0 ? '-' : '+', std::abs(exponent));
}

/// The digits of |value| by type. Errors: validation for a type that no float has.
Result<std::string> magnitude(double value, const FormatSpec& spec) {
  const int64_t precision = spec.precision;
  const int64_t places = precision < 0 ? 6 : precision;
  const bool bare = spec.alternate && places == 0;
  switch (spec.type) {
    case 'f':
    case 'F':
      return strf("{:.{}f}", value, places) + (bare ? "." : "");
    case '%':
      return strf("{:.{}f}", value * 100, places) + (bare ? "." : "");
    case 'e':
    case 'E': {
      std::string text = strf("{:.{}e}", value, places);
      if (bare) text.insert(1, ".");
      return text;
    }
    case 'g':
    case 'G':
    case 'n':
      return general(value, places, spec);
    case 0:
      return general(value, precision, spec);
    default:
      return misuse("Unknown format code '{}' for object of type 'float'", spec.type);
  }
}

std::string in_base(uint64_t value, int base) {
  std::string out;
  do {
    out.insert(out.begin(), "0123456789abcdef"[value % static_cast<uint64_t>(base)]);
    value /= static_cast<uint64_t>(base);
  } while (value != 0);
  return out;
}

void upper_case(std::string& text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

FormatSpec with_zero(FormatSpec spec) {
  if (!spec.zero) return spec;
  if (!spec.has_fill) spec.fill = "0";
  if (spec.align == 0) spec.align = '=';
  return spec;
}

}  // namespace

Result<int64_t> read_width(std::string_view text, size_t& at) {
  int64_t n = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; at++) {
    n = n * 10 + (text[at] - '0');
    if (n > kMaxWidth) return fail(Code::exhausted, "format width or precision above {}", kMaxWidth);
  }
  return n;
}

Result<FormatSpec> parse_spec(std::string_view text) {
  FormatSpec spec;
  size_t at = 0;
  const auto now = [&] { return at < text.size() ? text[at] : '\0'; };
  size_t second = 0;
  if (!text.empty()) next_code_point(text, second);
  if (second > 0 && second < text.size() && is_align(text[second])) {
    spec.fill = text.substr(0, second);
    spec.has_fill = true;
    spec.align = text[second];
    at = second + 1;
  } else if (is_align(now())) {
    spec.align = text[at++];
  }
  if (now() == '+' || now() == '-' || now() == ' ') spec.sign = text[at++];
  if (now() == 'z') spec.no_negative_zero = true, at++;
  if (now() == '#') spec.alternate = true, at++;
  if (now() == '0') {
    spec.zero = true;
    at++;
  }
  TRY(spec.width, read_width(text, at));
  while (now() == ',' || now() == '_') {
    if (spec.grouping != 0) return misuse("cannot specify two separators");
    spec.grouping = text[at++];
  }
  if (now() == '.') {
    at++;
    const size_t begin = at;
    TRY(spec.precision, read_width(text, at));
    if (at == begin) return misuse("format specifier missing precision");
  }
  if (at < text.size()) spec.type = text[at++];
  if (at < text.size()) return misuse("invalid format specifier '{}'", text.substr(0, 100));
  return spec;
}

Result<std::string> format_text(Runtime& rt, std::string_view text, const FormatSpec& spec) {
  if (spec.type != 0 && spec.type != 's')
    return misuse("unknown format code '{}' for object of type 'str'", spec.type);
  if (spec.sign != 0 || spec.alternate || spec.no_negative_zero || spec.grouping != 0 || spec.align == '=')
    return misuse("sign, '#', 'z', separators and '=' are not allowed in the format of a str");
  std::string shown(text);
  if (spec.precision >= 0 && count_code_points(shown) > spec.precision)
    shown.resize(byte_offset(shown, spec.precision));
  FormatSpec padding = spec;
  if (spec.zero && !spec.has_fill) padding.fill = "0";
  if (padding.align == 0) padding.align = '<';
  // Columns are code points: the width that lay_out compares is in bytes.
  const auto extra = static_cast<int64_t>(shown.size()) - count_code_points(shown);
  if (padding.width > 0) padding.width += extra;
  padding.grouping = 0;
  return lay_out(rt, {"", "", shown, ""}, padding, 0);
}

Result<std::string> format_integer(Runtime& rt, int64_t value, const FormatSpec& given) {
  const FormatSpec spec = with_zero(given);
  constexpr std::string_view kRealTypes = "eEfFgG%";
  if (spec.type != 0 && kRealTypes.find(spec.type) != kRealTypes.npos)
    return format_real(rt, static_cast<double>(value), given);
  if (spec.precision >= 0) return misuse("precision not allowed in integer format specifier");
  if (spec.no_negative_zero) return misuse("negative zero coercion (z) not allowed in format of an int");
  const uint64_t size = value < 0 ? ~static_cast<uint64_t>(value) + 1 : static_cast<uint64_t>(value);
  Parts parts;
  parts.sign = sign_of(value < 0, spec);
  size_t group_every = 3;
  switch (spec.type) {
    case 'c': {
      if (given.sign != 0) return misuse("sign not allowed with integer format specifier 'c'");
      if (spec.grouping != 0 || spec.alternate) return misuse("',', '_' and '#' are not allowed with 'c'");
      if (value < 0 || value > 0x10FFFF) return misuse("%c arg not in range(0x110000)");
      append_code_point(parts.digits, static_cast<uint32_t>(value));
      FormatSpec padding = spec;
      if (padding.width > 0) padding.width += static_cast<int64_t>(parts.digits.size()) - 1;
      if (padding.align == 0) padding.align = '<';
      return lay_out(rt, std::move(parts), padding, 0);
    }
    case 'b':
    case 'o':
    case 'x':
    case 'X':
      if (spec.grouping == ',') return misuse("cannot specify ',' with '{}'", spec.type);
      parts.digits = in_base(size, spec.type == 'b' ? 2 : spec.type == 'o' ? 8 : 16);
      if (spec.type == 'X') upper_case(parts.digits);
      if (spec.alternate) parts.prefix = std::string("0") + spec.type;
      group_every = 4;
      break;
    case 0:
    case 'd':
    case 'n':
      if (spec.type == 'n' && spec.grouping != 0) return misuse("cannot specify separators with 'n'");
      parts.digits = in_base(size, 10);
      break;
    default:
      return misuse("unknown format code '{}' for object of type 'int'", spec.type);
  }
  return lay_out(rt, std::move(parts), spec, group_every);
}

Result<std::string> format_real(Runtime& rt, double value, const FormatSpec& given) {
  const FormatSpec spec = with_zero(given);
  if (spec.precision > kMaxPrecision)
    return fail(Code::exhausted, "format precision {} above {}", spec.precision, kMaxPrecision);
  if (spec.type == 'n' && spec.grouping != 0) return misuse("cannot specify separators with 'n'");
  Parts parts;
  bool negative = std::signbit(value) && !std::isnan(value);
  TRY(std::string text, magnitude(std::abs(value), spec));
  if (!std::isfinite(value)) text = std::isnan(value) ? "nan" : "inf";
  if (negative && spec.no_negative_zero && text.find_first_of("123456789") == text.npos &&
      std::isfinite(value))
    negative = false;
  parts.sign = sign_of(negative, spec);
  const size_t end = std::isfinite(value) ? std::min(text.find_first_not_of("0123456789"), text.size()) : 0;
  parts.digits = text.substr(0, end);
  parts.rest = text.substr(end) + (spec.type == '%' ? "%" : "");
  if (spec.type == 'F' || spec.type == 'E' || spec.type == 'G') upper_case(parts.rest);
  return lay_out(rt, std::move(parts), spec, end == 0 ? 0 : 3);
}

}  // namespace sov::text::jinja
