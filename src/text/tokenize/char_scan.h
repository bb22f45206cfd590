#pragma once
// Scanning valid UTF-8 by character class, as the hand-written splitters do.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/tokenize/unicode.h"

namespace sov::text {

constexpr std::array<ClassMask, 128> make_ascii_classes() {
  using namespace char_class;
  std::array<ClassMask, 128> table{};
  for (uint32_t c = 0; c < 128; c++) {
    if (c >= 'A' && c <= 'Z') table[c] = upper;
    if (c >= 'a' && c <= 'z') table[c] = lower;
    if (c >= '0' && c <= '9') table[c] = numeric;
    if (c == ' ' || (c >= 0x09 && c <= 0x0D)) table[c] = space;
    if (c == '\r' || c == '\n') table[c] = space | line_break;
    if (c > ' ' && c < 0x7F && table[c] == 0) table[c] = punctuation;
  }
  for (const uint8_t c : {'$', '+', '<', '=', '>', '^', '`', '|', '~'}) table[c] = symbol;
  return table;
}
inline constexpr std::array<ClassMask, 128> kAsciiClasses = make_ascii_classes();

struct Char {
  ClassMask mask = 0;
  uint8_t length = 0;  // 0 at the end of the text
  bool is(ClassMask classes) const { return (mask & classes) != 0; }
  /// There is a character and it is in none of the classes.
  bool is_outside(ClassMask classes) const { return length != 0 && (mask & classes) == 0; }
};

inline uint32_t code_point_at(std::string_view text, size_t at, uint8_t& length) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<uint8_t>(text[at + i])); };
  const uint32_t first = byte(0);
  if (first < 0x80) return length = 1, first;
  if (first < 0xE0) return length = 2, (first & 0x1F) << 6 | (byte(1) & 0x3F);
  if (first < 0xF0) return length = 3, (first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return length = 4, (first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
}

inline Char char_at(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  const auto first = static_cast<uint8_t>(text[at]);
  if (first < 0x80) return {kAsciiClasses[first], 1};
  Char c;
  const uint32_t code_point = code_point_at(text, at, c.length);
  c.mask = class_of(code_point);
  return c;
}

/// The end of the run of characters in any of the classes.
inline size_t run(std::string_view text, size_t at, ClassMask classes) {
  for (Char c = char_at(text, at); c.is(classes); c = char_at(text, at)) at += c.length;
  return at;
}

/// The end of the run of characters in none of the classes.
inline size_t run_outside(std::string_view text, size_t at, ClassMask classes) {
  for (Char c = char_at(text, at); c.is_outside(classes); c = char_at(text, at)) at += c.length;
  return at;
}

/// \p{N}{1,limit}
inline size_t digits(std::string_view text, size_t at, int limit) {
  for (Char c = char_at(text, at); limit > 0 && c.is(char_class::numeric); limit--, c = char_at(text, at))
    at += c.length;
  return at;
}

}  // namespace sov::text
