#include <cmath>

#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

/// One %-conversion: %[(key)][flags][width][.precision]type.
struct Conversion {
  std::string key;
  bool has_key = false, left = false, zero = false, plus = false, space = false, alternate = false;
  int64_t width = 0, precision = -1;
  char type = 0;
};

Result<int64_t> number_at(const std::string& pattern, size_t& at) {
  int64_t n = 0;
  for (; at < pattern.size() && pattern[at] >= '0' && pattern[at] <= '9'; at++) {
    n = n * 10 + (pattern[at] - '0');
    if (n > 100000) return fail(Code::exhausted, "format width above 100000");
  }
  return n;
}

Result<Conversion> conversion_at(const std::string& pattern, size_t& at) {
  Conversion c;
  if (at < pattern.size() && pattern[at] == '(') {
    const size_t close = pattern.find(')', at);
    if (close == pattern.npos) return misuse("incomplete format key");
    c.key = pattern.substr(at + 1, close - at - 1);
    c.has_key = true;
    at = close + 1;
  }
  for (; at < pattern.size(); at++) {
    if (pattern[at] == '-')
      c.left = true;
    else if (pattern[at] == '0')
      c.zero = true;
    else if (pattern[at] == '+')
      c.plus = true;
    else if (pattern[at] == ' ')
      c.space = true;
    else if (pattern[at] == '#')
      c.alternate = true;
    else
      break;
  }
  TRY(c.width, number_at(pattern, at));
  if (at < pattern.size() && pattern[at] == '.') {
    at++;
    TRY(c.precision, number_at(pattern, at));
  }
  if (at >= pattern.size()) return misuse("incomplete format");
  c.type = pattern[at++];
  return c;
}

std::string pad(std::string text, const Conversion& c, bool number) {
  const int64_t length = count_code_points(text);
  if (length >= c.width) return text;
  const auto missing = static_cast<size_t>(c.width - length);
  if (c.left) return text + std::string(missing, ' ');
  if (c.zero && number) {
    const size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+' || text[0] == ' ') ? 1 : 0;
    return text.substr(0, sign) + std::string(missing, '0') + text.substr(sign);
  }
  return std::string(missing, ' ') + text;
}

Result<std::string> convert(Runtime& rt, const Conversion& c, const Value& value) {
  if (c.type == 's' || c.type == 'r') {
    TRY(std::string text, c.type == 's' ? to_text(rt, value) : repr(rt, value));
    if (c.precision >= 0 && count_code_points(text) > c.precision)
      text.resize(byte_offset(text, c.precision));
    return pad(std::move(text), c, false);
  }
  if (!value.is_number())
    return misuse("%{} format: a real number is required, not {}", c.type, type_name(value));
  const std::string sign = value.real() < 0 ? "" : c.plus ? "+" : c.space ? " " : "";
  switch (c.type) {
    case 'd':
    case 'i':
    case 'u': {
      const int64_t n =
          value.is_integral() ? value.integer() : static_cast<int64_t>(std::trunc(value.real()));
      return pad(sign + strf("{}", n), c, true);
    }
    case 'x':
      return pad(sign + strf("{:x}", value.integer()), c, true);
    case 'X':
      return pad(sign + strf("{:X}", value.integer()), c, true);
    case 'o':
      return pad(sign + strf("{:o}", value.integer()), c, true);
    case 'f':
    case 'F':
      return pad(sign + strf("{:.{}f}", value.real(), c.precision < 0 ? 6 : c.precision), c, true);
    case 'e':
      return pad(sign + strf("{:.{}e}", value.real(), c.precision < 0 ? 6 : c.precision), c, true);
    case 'g':
      return pad(sign + strf("{:.{}g}", value.real(), c.precision < 0 ? 6 : c.precision), c, true);
    default:
      return misuse("unsupported format character '{}'", c.type);
  }
}

}  // namespace

Result<Value> percent_format(Runtime& rt, const std::string& pattern, const Value& arguments) {
  std::string out;
  size_t used = 0;
  for (size_t at = 0; at < pattern.size();) {
    TRY(rt.step());
    TRY(rt.reserve(out.size()));
    if (pattern[at] != '%') {
      out += pattern[at++];
      continue;
    }
    at++;
    if (at < pattern.size() && pattern[at] == '%') {
      out += pattern[at++];
      continue;
    }
    TRY(const Conversion c, conversion_at(pattern, at));
    Value value;
    if (c.has_key) {
      if (!arguments.is_dict()) return misuse("format requires a mapping");
      const Value* found = arguments.dict().find(c.key);
      if (found == nullptr) return misuse("'{}'", c.key);
      value = *found;
    } else if (arguments.is_tuple()) {
      if (used >= arguments.items().size()) return misuse("not enough arguments for format string");
      value = arguments.items()[used++];
    } else {
      if (used++ > 0) return misuse("not enough arguments for format string");
      value = arguments;
    }
    TRY(const std::string text, convert(rt, c, value));
    out += text;
  }
  const size_t given = arguments.is_tuple() ? arguments.items().size() : arguments.is_dict() ? used : 1;
  if (used < given) return misuse("not all arguments converted during string formatting");
  return rt.str(std::move(out));
}

Result<Value> brace_format(Runtime& rt, const std::string& pattern, const Args& args) {
  std::string out;
  size_t next = 0;
  for (size_t at = 0; at < pattern.size(); at++) {
    TRY(rt.step());
    const char c = pattern[at];
    if ((c == '{' || c == '}') && at + 1 < pattern.size() && pattern[at + 1] == c) {
      out += c;
      at++;
      continue;
    }
    if (c == '}') return misuse("Single '}}' encountered in format string");
    if (c != '{') {
      out += c;
      continue;
    }
    const size_t close = pattern.find('}', at);
    if (close == pattern.npos) return misuse("expected '}}' before end of string");
    const std::string field = pattern.substr(at + 1, close - at - 1);
    if (field.find_first_of(":!.[{") != field.npos) {
      return fail(Code::unsupported, "str.format field '{{{}}}': only {{}}, {{0}} and {{name}}", field);
    }
    Value value;
    if (field.empty() || (field[0] >= '0' && field[0] <= '9')) {
      size_t position = next++;
      size_t end = 0;
      if (!field.empty()) {
        TRY(const int64_t n, number_at(field, end));
        position = static_cast<size_t>(n);
      }
      value = argument(args, position, "");
    } else {
      value = argument(args, args.positional.size(), field);
    }
    if (value.is_missing()) return misuse("str.format: no argument for '{{{}}}'", field);
    TRY(const std::string text, to_text(rt, value));
    out += text;
    TRY(rt.reserve(out.size()));
    at = close;
  }
  return rt.str(std::move(out));
}

}  // namespace sov::text::jinja
