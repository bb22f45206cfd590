#include "text/jinja/date.h"

#include <chrono>
#include <ctime>

namespace sov::text::jinja {
namespace {

constexpr size_t kMaxOutput = size_t{64} << 10;

struct Now {
  std::tm parts{};
  int64_t microseconds = 0;
};

Now now(int64_t fixed) {
  Now result;
  std::time_t seconds = fixed;
  if (fixed >= 0) {
    gmtime_r(&seconds, &result.parts);
    return result;
  }
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(since).count();
  seconds = micros / 1000000;
  result.microseconds = micros % 1000000;
  localtime_r(&seconds, &result.parts);
  return result;
}

/// The conversion that begins at `at` (a percent sign): flags, width, modifier and letter.
std::string_view conversion_at(std::string_view pattern, size_t at) {
  size_t end = at + 1;
  const auto skip = [&](std::string_view set) {
    while (end < pattern.size() && set.find(pattern[end]) != set.npos) end++;
  };
  skip("-_0^#+:");
  skip("0123456789");
  if (end < pattern.size() && (pattern[end] == 'E' || pattern[end] == 'O')) end++;
  if (end < pattern.size()) end++;
  return pattern.substr(at, end - at);
}

}  // namespace

Result<std::string> format_date(std::string_view pattern, int64_t now_seconds) {
  const Now moment = now(now_seconds);
  std::string out;
  for (size_t at = 0; at < pattern.size();) {
    if (out.size() > kMaxOutput) return fail(Code::exhausted, "a date of more than {} bytes", kMaxOutput);
    if (pattern[at] != '%') {
      out += pattern[at++];
      continue;
    }
    const std::string conversion(conversion_at(pattern, at));
    at += conversion.size();
    const char letter = conversion.back();
    size_t digits = 0;
    for (const char c : conversion) digits += c >= '0' && c <= '9' ? 1 : 0;
    if (digits > 2) return fail(Code::validation, "strftime: a field wider than 99 in '{}'", conversion);
    if (conversion.size() == 1 || static_cast<unsigned char>(letter) >= 0x80) {
      out += conversion;
    } else if (letter == 'f') {
      out += strf("{:06}", moment.microseconds);
    } else if (letter != 'z' && letter != 'Z') {
      // A blank in front: an empty result is no failure then.
      char buffer[512];
      const std::string padded = " " + conversion;
      const size_t n = std::strftime(buffer, sizeof buffer, padded.c_str(), &moment.parts);
      if (n > 0) out.append(buffer + 1, n - 1);
    }
  }
  return out;
}

}  // namespace sov::text::jinja
