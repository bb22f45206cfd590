#include "text/jinja/unicode_text.h"

#include <algorithm>
#include <utf8proc.h>

#include "core/utf8.h"

namespace sov::text::jinja {
namespace {

struct FullCase {
  uint32_t code_point;
  std::string_view upper, title;
};
constexpr FullCase kFullCase[] = {
#define FULL_CASE(code_point, upper, title) {code_point, upper, title},
#include "text/jinja/full_case.def"
#undef FULL_CASE
};

const FullCase* full_case(uint32_t cp) {
  const auto* it = std::lower_bound(std::begin(kFullCase), std::end(kFullCase), cp,
                                    [](const FullCase& row, uint32_t key) { return row.code_point < key; });
  return it != std::end(kFullCase) && it->code_point == cp ? it : nullptr;
}

utf8proc_category_t category(uint32_t cp) { return utf8proc_category(static_cast<utf8proc_int32_t>(cp)); }

void append_upper(std::string& out, uint32_t cp) {
  if (const FullCase* full = full_case(cp)) {
    out += full->upper;
  } else {
    append_code_point(out, static_cast<uint32_t>(utf8proc_toupper(static_cast<int32_t>(cp))));
  }
}

void append_title(std::string& out, uint32_t cp) {
  if (const FullCase* full = full_case(cp)) {
    out += full->title;
  } else {
    append_code_point(out, static_cast<uint32_t>(utf8proc_totitle(static_cast<int32_t>(cp))));
  }
}

bool is_case_ignorable(uint32_t cp) {
  const auto c = category(cp);
  constexpr std::string_view kWordMarks =
      "'.:^`\u00AD\u00B7\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";
  std::string one;
  append_code_point(one, cp);
  return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME || c == UTF8PROC_CATEGORY_CF ||
         c == UTF8PROC_CATEGORY_LM || c == UTF8PROC_CATEGORY_SK ||
         kWordMarks.find(one) != std::string_view::npos;
}

/// Final sigma (Unicode 3.13): preceded by a cased letter and not followed by one, case-ignorables skipped.
bool is_final_sigma(const std::vector<uint32_t>& points, size_t at) {
  size_t before = at;
  while (before > 0 && is_case_ignorable(points[before - 1])) before--;
  if (before == 0 || !is_cased(points[before - 1])) return false;
  size_t after = at + 1;
  while (after < points.size() && is_case_ignorable(points[after])) after++;
  return after == points.size() || !is_cased(points[after]);
}

void append_lower(std::string& out, const std::vector<uint32_t>& points, size_t at) {
  const uint32_t cp = points[at];
  if (cp == 0x3A3) {
    append_code_point(out, is_final_sigma(points, at) ? 0x3C2 : 0x3C3);
  } else if (cp == 0x130) {
    out += "i\xCC\x87";
  } else {
    append_code_point(out, static_cast<uint32_t>(utf8proc_tolower(static_cast<int32_t>(cp))));
  }
}

bool is_line_end(uint32_t cp) {
  return (cp >= 0x0A && cp <= 0x0D) || (cp >= 0x1C && cp <= 0x1E) || cp == 0x85 || cp == 0x2028 ||
         cp == 0x2029;
}

template <typename Drop>
std::string_view strip_if(std::string_view text, Side side, const Drop& drop) {
  size_t begin = 0;
  size_t end = text.size();
  while (side != Side::right && begin < end) {
    size_t at = begin;
    if (!drop(next_code_point(text, at))) break;
    begin = at;
  }
  while (side != Side::left && end > begin) {
    size_t start = end - 1;
    while (start > begin && (static_cast<uint8_t>(text[start]) & 0xC0) == 0x80) start--;
    size_t at = start;
    if (!drop(next_code_point(text, at))) break;
    end = start;
  }
  return text.substr(begin, end - begin);
}

}  // namespace

uint32_t next_code_point(std::string_view text, size_t& at) {
  const auto lead = static_cast<uint8_t>(text[at]);
  const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint32_t cp = lead;
  if (length > 1) cp = lead & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length && at + i < text.size(); i++) {
    cp = (cp << 6) | (static_cast<uint8_t>(text[at + i]) & 0x3FU);
  }
  at = std::min(at + length, text.size());
  return cp;
}

void append_code_point(std::string& out, uint32_t cp) {
  if (cp >= 0xD800 && cp < 0xE000) {  // utf8::append refuses surrogates
    out += static_cast<char>(0xE0 | (cp >> 12));
    out += static_cast<char>(0x80 | ((cp >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (cp & 0x3F));
  } else {
    utf8::append(out, cp);
  }
}

int64_t count_code_points(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; });
}

std::vector<uint32_t> code_points(std::string_view text) {
  std::vector<uint32_t> points;
  points.reserve(text.size());
  for (size_t at = 0; at < text.size();) points.push_back(next_code_point(text, at));
  return points;
}

std::string to_utf8(const std::vector<uint32_t>& points) {
  std::string out;
  for (uint32_t cp : points) append_code_point(out, cp);
  return out;
}

size_t byte_offset(std::string_view text, int64_t index) {
  size_t at = 0;
  for (; index > 0 && at < text.size(); index--) next_code_point(text, at);
  return at;
}

bool is_space(uint32_t cp) {
  return (cp >= 0x09 && cp <= 0x0D) || (cp >= 0x1C && cp <= 0x20) || cp == 0x85 ||
         (cp > 0x7F && (category(cp) == UTF8PROC_CATEGORY_ZS || cp == 0x2028 || cp == 0x2029));
}

bool is_alpha(uint32_t cp) {
  const auto c = category(cp);
  return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool is_decimal(uint32_t cp) { return category(cp) == UTF8PROC_CATEGORY_ND; }

/// Unicode puts the digits of a script side by side, 0 first.
int decimal_value(uint32_t cp) {
  if (!is_decimal(cp)) return -1;
  uint32_t zero = cp;
  while (zero > 0 && is_decimal(zero - 1)) zero--;
  return static_cast<int>((cp - zero) % 10);
}

bool is_digit(uint32_t cp) {
  // Numeric_Type=Digit outside Nd: superscripts, subscripts, circled and parenthesised digits.
  return is_decimal(cp) || cp == 0xB2 || cp == 0xB3 || cp == 0xB9 || (cp >= 0x1369 && cp <= 0x1371) ||
         cp == 0x19DA || cp == 0x2070 || (cp >= 0x2074 && cp <= 0x2079) || (cp >= 0x2080 && cp <= 0x2089) ||
         (cp >= 0x2460 && cp <= 0x2468) || (cp >= 0x2474 && cp <= 0x247C) || (cp >= 0x2488 && cp <= 0x2490) ||
         cp == 0x24EA || (cp >= 0x24F5 && cp <= 0x24FD) || cp == 0x24FF || (cp >= 0x2776 && cp <= 0x277E) ||
         (cp >= 0x2780 && cp <= 0x2788) || (cp >= 0x278A && cp <= 0x2792) ||
         (cp >= 0x10A40 && cp <= 0x10A43) || (cp >= 0x10E60 && cp <= 0x10E68) ||
         (cp >= 0x11052 && cp <= 0x1105A) || (cp >= 0x1F100 && cp <= 0x1F10A);
}

bool is_numeric(uint32_t cp) {
  const auto c = category(cp);
  // Ideographic numbers carry a value without being in a number category.
  constexpr std::u32string_view kIdeographs =
      U"\u3405\u3483\u382A\u3B4D\u4E00\u4E03\u4E07\u4E09\u4E5D\u4E8C\u4E94\u4E96\u4EBF\u4EDF\u4EE8\u4F0D"
      U"\u4F70"
      U"\u5104\u5146\u5169\u516B\u516D\u5341\u5343\u5344\u5345\u534C\u53C1\u53C2\u53C3\u53C4\u56DB\u58F1"
      U"\u58F9"
      U"\u5E7A\u5EFE\u5EFF\u5F0C\u5F0D\u5F0E\u5F10\u62FE\u634C\u67D2\u6F06\u7396\u767E\u8086\u842C\u8CAE"
      U"\u8CB3"
      U"\u8D30\u9621\u9646\u964C\u9678\u96F6";
  return is_digit(cp) || c == UTF8PROC_CATEGORY_NL || c == UTF8PROC_CATEGORY_NO ||
         kIdeographs.find(static_cast<char32_t>(cp)) != std::u32string_view::npos;
}

bool is_alnum(uint32_t cp) { return is_alpha(cp) || is_numeric(cp); }
bool is_lower(uint32_t cp) { return utf8proc_islower(static_cast<int32_t>(cp)) != 0; }
bool is_upper(uint32_t cp) { return utf8proc_isupper(static_cast<int32_t>(cp)) != 0; }
bool is_title(uint32_t cp) { return category(cp) == UTF8PROC_CATEGORY_LT; }
bool is_cased(uint32_t cp) { return is_lower(cp) || is_upper(cp) || is_title(cp); }

bool is_printable(uint32_t cp) {
  if (cp < 0x7F) return cp >= 0x20;
  switch (category(cp)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
      return false;
    default:
      return true;
  }
}

bool is_identifier_start(uint32_t cp) {
  return cp == '_' || is_alpha(cp) || category(cp) == UTF8PROC_CATEGORY_NL;
}

bool is_identifier_part(uint32_t cp) {
  const auto c = category(cp);
  return is_identifier_start(cp) || c == UTF8PROC_CATEGORY_ND || c == UTF8PROC_CATEGORY_MN ||
         c == UTF8PROC_CATEGORY_MC || c == UTF8PROC_CATEGORY_PC || cp == 0xB7 || cp == 0x387;
}

std::string upper(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) append_upper(out, next_code_point(text, at));
  return out;
}

std::string lower(std::string_view text) {
  const std::vector<uint32_t> points = code_points(text);
  std::string out;
  for (size_t i = 0; i < points.size(); i++) append_lower(out, points, i);
  return out;
}

std::string casefold(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const uint32_t cp = next_code_point(text, at);
    utf8proc_int32_t folded[8];
    int boundary = 0;
    const auto n = utf8proc_decompose_char(static_cast<int32_t>(cp), folded, 8, UTF8PROC_CASEFOLD, &boundary);
    if (n < 0) append_code_point(out, cp);
    for (utf8proc_ssize_t i = 0; i < std::min<utf8proc_ssize_t>(n, 8); i++) {
      append_code_point(out, static_cast<uint32_t>(folded[i]));
    }
  }
  return out;
}

std::string capitalize(std::string_view text) {
  const std::vector<uint32_t> points = code_points(text);
  std::string out;
  for (size_t i = 0; i < points.size(); i++) {
    if (i == 0) {
      append_title(out, points[i]);
    } else {
      append_lower(out, points, i);
    }
  }
  return out;
}

std::string title(std::string_view text) {
  const std::vector<uint32_t> points = code_points(text);
  std::string out;
  bool in_word = false;
  for (size_t i = 0; i < points.size(); i++) {
    if (in_word) {
      append_lower(out, points, i);
    } else {
      append_title(out, points[i]);
    }
    in_word = is_cased(points[i]);
  }
  return out;
}

std::string swapcase(std::string_view text) {
  const std::vector<uint32_t> points = code_points(text);
  std::string out;
  for (size_t i = 0; i < points.size(); i++) {
    if (is_upper(points[i])) {
      append_lower(out, points, i);
    } else if (is_lower(points[i])) {
      append_upper(out, points[i]);
    } else {
      append_code_point(out, points[i]);
    }
  }
  return out;
}

std::string_view strip(std::string_view text, Side side) { return strip_if(text, side, is_space); }

std::string_view strip(std::string_view text, std::string_view chars, Side side) {
  const std::vector<uint32_t> set = code_points(chars);
  return strip_if(text, side,
                  [&set](uint32_t cp) { return std::find(set.begin(), set.end(), cp) != set.end(); });
}

std::vector<std::string_view> split_lines(std::string_view text, bool keep_ends) {
  std::vector<std::string_view> lines;
  size_t begin = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t here = at;
    const uint32_t cp = next_code_point(text, at);
    if (!is_line_end(cp)) continue;
    if (cp == '\r' && at < text.size() && text[at] == '\n') at++;
    lines.push_back(text.substr(begin, (keep_ends ? at : here) - begin));
    begin = at;
  }
  if (begin < text.size()) lines.push_back(text.substr(begin));
  return lines;
}

std::vector<std::string_view> split_space(std::string_view text, int64_t max_splits, Side from) {
  std::vector<std::string_view> words;
  std::string_view rest = strip(text, from == Side::left ? Side::left : Side::right);
  while (!rest.empty()) {
    if (max_splits >= 0 && static_cast<int64_t>(words.size()) >= max_splits) {
      words.push_back(strip(rest, from == Side::left ? Side::left : Side::right));
      break;
    }
    const auto not_space = [](uint32_t cp) { return !is_space(cp); };
    const std::string_view after = strip_if(rest, from, not_space);
    const size_t word = rest.size() - after.size();
    words.push_back(from == Side::left ? rest.substr(0, word) : rest.substr(after.size()));
    rest = strip(after, from);
  }
  if (from == Side::right) std::reverse(words.begin(), words.end());
  return words;
}

}  // namespace sov::text::jinja
