#include "text/tokenize/unicode.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace sov::text {
namespace {

constexpr char kRuns[] =
#include "text/tokenize/unicode_categories.inc"
    ;

constexpr uint32_t kFlat = 0x20000;  // planes 0 and 1 are looked up directly, the rest by range

struct Run {
  uint32_t first;
  Category category;
};

ClassMask mask_of(Category category) {
  using namespace char_class;
  const auto upto = [&](Category last) { return category <= last; };
  if (upto(Category::Lo)) return static_cast<ClassMask>(1 << static_cast<int>(category));
  if (upto(Category::Me)) return mark;
  if (upto(Category::No)) return numeric;
  if (upto(Category::Po)) return punctuation;
  if (upto(Category::So)) return symbol;
  return 0;
}

/// Source: Unicode 16.0, PropList.txt, White_Space.
bool is_white_space(uint32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

struct Tables {
  std::vector<Run> runs;
  std::vector<Category> categories;
  std::vector<ClassMask> classes;
};

Tables make_tables() {
  Tables tables;
  uint32_t next = 0;
  for (const char* at = kRuns; *at != '\0';) {
    const int letter = *at >= 'a' ? *at - 'a' + 26 : *at - 'A';
    uint32_t length = 0;
    for (at++; *at >= '0' && *at <= '9'; at++) length = 10 * length + static_cast<uint32_t>(*at - '0');
    tables.runs.push_back({next, static_cast<Category>(letter)});
    next += std::max(length, 1U);
  }
  tables.categories.resize(kFlat);
  tables.classes.resize(kFlat);
  for (size_t i = 0; i < tables.runs.size() && tables.runs[i].first < kFlat; i++) {
    const uint32_t end = i + 1 < tables.runs.size() ? std::min(tables.runs[i + 1].first, kFlat) : kFlat;
    for (uint32_t c = tables.runs[i].first; c < end; c++) {
      tables.categories[c] = tables.runs[i].category;
      tables.classes[c] = mask_of(tables.runs[i].category);
      if (is_white_space(c)) tables.classes[c] |= char_class::space;
      if (c == '\r' || c == '\n') tables.classes[c] |= char_class::line_break;
    }
  }
  return tables;
}

const Tables& tables() {
  static const Tables made = make_tables();
  return made;
}

}  // namespace

Category category_of(uint32_t code_point) {
  const Tables& all = tables();
  if (code_point < kFlat) return all.categories[code_point];
  const auto after = std::upper_bound(all.runs.begin(), all.runs.end(), code_point,
                                      [](uint32_t c, const Run& run) { return c < run.first; });
  return (after - 1)->category;
}

ClassMask class_of(uint32_t code_point) {
  if (code_point < kFlat) return tables().classes[code_point];
  return mask_of(category_of(code_point));
}

bool is_word(uint32_t c) {
  const Category category = category_of(c);
  if (category <= Category::Nl || category == Category::Pc) return true;
  // Join_Control, then the symbols that are Other_Alphabetic. Source: Unicode 16.0, PropList.txt.
  return c == 0x200C || c == 0x200D || (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) ||
         (c >= 0x1F150 && c <= 0x1F169) || (c >= 0x1F170 && c <= 0x1F189);
}

}  // namespace sov::text
