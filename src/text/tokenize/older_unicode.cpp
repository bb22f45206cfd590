#include "text/tokenize/older_unicode.h"

#include <algorithm>
#include <span>
#include <utf8proc.h>

#include "text/tokenize/unicode.h"

namespace sov::text::older {
namespace {

struct Range {
  uint32_t first, last;
};
struct Shift {
  uint32_t first, last;
  int32_t distance;
};

#include "text/tokenize/older_unicode.inc"

bool within(std::span<const Range> ranges, uint32_t c) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                      [](uint32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && c <= (after - 1)->last;
}

bool is_ascii_symbol(uint32_t c) { return c < 0x80 && (class_of(c) & char_class::symbol) != 0; }

}  // namespace

bool is_not_normalized(uint32_t c) { return c >= kNotNormalized[0].first && within(kNotNormalized, c); }
bool is_mark(uint32_t c) { return text::is_mark(c) != within(kMark, c); }
bool is_nonspacing(uint32_t c) { return (category_of(c) == Category::Mn) != within(kNonspacing, c); }

bool is_other(uint32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n' && c != '\r';
  const Category category = category_of(c);
  const bool now = category == Category::Cc || category == Category::Cf || category == Category::Co;
  return (now || c == 0xFFFD) != within(kOther, c);
}

bool is_bert_punctuation(uint32_t c) {
  return (is_punctuation(c) || is_ascii_symbol(c)) != within(kBertPunctuation, c);
}

bool is_digit(uint32_t c) { return is_numeric(c) != within(kNumeric, c); }

uint32_t to_lower(uint32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
  for (const Shift& shift : kNewLowerCases) {
    if (c >= shift.first && c <= shift.last) return c + static_cast<uint32_t>(shift.distance);
  }
  return static_cast<uint32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

}  // namespace sov::text::older
