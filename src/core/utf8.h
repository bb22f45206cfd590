#pragma once
// UTF-8 by the Unicode standard's table 3-7: no overlong forms, no surrogates, at most U+10FFFF.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sov::utf8 {

inline constexpr uint32_t kReplacement = 0xFFFD;

struct Decoded {
  uint32_t code_point = kReplacement;
  size_t length = 1;  // bytes consumed; for an invalid sequence the maximal subpart (W3C/Unicode practice)
  bool valid = false;
};

/// The first code point of a non-empty text.
Decoded decode(std::string_view text);
void append(std::string& out, uint32_t code_point);
bool is_valid(std::string_view text);
/// Bytes before the first invalid sequence; all of them when there is none.
size_t valid_prefix(std::string_view text);
/// Byte length of the longest prefix that does not end inside a (so far valid) multi-byte sequence.
size_t complete_prefix(std::string_view text);
/// Each invalid maximal subpart becomes U+FFFD, as Python's errors="replace" does.
std::string replace_invalid(std::string_view text);

}  // namespace sov::utf8
