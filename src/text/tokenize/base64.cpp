#include "text/tokenize/base64.h"

#include <cstdint>

namespace sov::text {
namespace {

int digit_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return -1;
}

}  // namespace

Result<std::string> base64_bytes(std::string_view text) {
  const size_t whole = text.size();
  if (whole % 4 != 0) return fail(Code::corrupt, "base64 of {} characters, wanted a multiple of 4", whole);
  for (int i = 0; i < 2 && text.ends_with('='); i++) text.remove_suffix(1);
  std::string bytes;
  bytes.reserve(whole / 4 * 3);
  uint32_t bits = 0;
  int count = 0;
  for (size_t i = 0; i < text.size(); i++) {
    const int digit = digit_of(text[i]);
    if (digit < 0) return fail(Code::corrupt, "base64: character {} is none of its digits", i);
    bits = bits << 6 | static_cast<uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<char>(bits >> count));
  }
  return bytes;
}

}  // namespace sov::text
