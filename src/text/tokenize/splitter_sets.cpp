#include "text/tokenize/splitter_sets.h"

#include <algorithm>
#include <span>

namespace sov::text {
namespace {

struct Range {
  uint32_t first, last;
};

bool in_ranges(std::span<const Range> ranges, uint32_t c) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                      [](uint32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && c <= (after - 1)->last;
}

/// Source: Unicode 16.0, Scripts.txt, Han.
constexpr Range kHan[] = {{0x2E80, 0x2E99},   {0x2E9B, 0x2EF3},   {0x2F00, 0x2FD5},   {0x3005, 0x3005},
                          {0x3007, 0x3007},   {0x3021, 0x3029},   {0x3038, 0x303B},   {0x3400, 0x4DBF},
                          {0x4E00, 0x9FFF},   {0xF900, 0xFA6D},   {0xFA70, 0xFAD9},   {0x16FE2, 0x16FE3},
                          {0x16FF0, 0x16FF1}, {0x20000, 0x2A6DF}, {0x2A700, 0x2B739}, {0x2B740, 0x2B81D},
                          {0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0}, {0x2EBF0, 0x2EE5D}, {0x2F800, 0x2FA1D},
                          {0x30000, 0x3134A}, {0x31350, 0x323AF}};

constexpr Range kDeepSeekLlmLetters[] = {
    {0x41, 0x5A},       {0x61, 0x7A},       {0xB5, 0xB5},       {0xC0, 0xD6},       {0xD8, 0xF6},
    {0xF8, 0x1BA},      {0x1BC, 0x1BF},     {0x1C4, 0x293},     {0x295, 0x2AF},     {0x370, 0x373},
    {0x376, 0x377},     {0x37B, 0x37D},     {0x37F, 0x37F},     {0x386, 0x386},     {0x388, 0x38A},
    {0x38C, 0x38C},     {0x38E, 0x3A1},     {0x3A3, 0x3F5},     {0x3F7, 0x481},     {0x48A, 0x52F},
    {0x531, 0x556},     {0x10A0, 0x10C5},   {0x13A0, 0x13F5},   {0x13F8, 0x13FD},   {0x1C90, 0x1CBA},
    {0x1CBD, 0x1CBF},   {0x1D00, 0x1D2B},   {0x1D6B, 0x1D77},   {0x1D79, 0x1D9A},   {0x1E00, 0x1F15},
    {0x1F18, 0x1F1D},   {0x1F20, 0x1F45},   {0x1F48, 0x1F4D},   {0x1F50, 0x1F57},   {0x1F59, 0x1F59},
    {0x1F5B, 0x1F5B},   {0x1F5D, 0x1F5D},   {0x1F5F, 0x1F7D},   {0x1F80, 0x1FB4},   {0x1FB6, 0x1FBC},
    {0x1FBE, 0x1FBE},   {0x1FC2, 0x1FC4},   {0x1FC6, 0x1FCC},   {0x1FD0, 0x1FD3},   {0x1FD6, 0x1FDB},
    {0x1FE0, 0x1FEC},   {0x1FF2, 0x1FF4},   {0x1FF6, 0x1FFC},   {0x2102, 0x2102},   {0x2107, 0x2107},
    {0x210A, 0x2113},   {0x2115, 0x2115},   {0x2119, 0x211D},   {0x2124, 0x2124},   {0x2126, 0x2126},
    {0x2128, 0x2128},   {0x212A, 0x212D},   {0x212F, 0x2134},   {0x2139, 0x2139},   {0x213C, 0x213F},
    {0x2145, 0x2149},   {0x214E, 0x214E},   {0x2183, 0x2184},   {0x2C00, 0x2C7B},   {0x2C7E, 0x2CE4},
    {0x2CEB, 0x2CEE},   {0x2CF2, 0x2CF3},   {0xA640, 0xA66D},   {0xA680, 0xA69B},   {0xA722, 0xA76F},
    {0xA771, 0xA787},   {0xA78B, 0xA78E},   {0xAB70, 0xABBF},   {0xFB00, 0xFB06},   {0xFB13, 0xFB17},
    {0xFF21, 0xFF3A},   {0xFF41, 0xFF5A},   {0x10400, 0x1044F}, {0x104B0, 0x104D3}, {0x104D8, 0x104FB},
    {0x10C80, 0x10CB2}, {0x10CC0, 0x10CF2}, {0x118A0, 0x118DF}, {0x1E900, 0x1E943}};

constexpr Range kDeepSeekLlmPunctuation[] = {{0x21, 0x2F},     {0x3A, 0x7E},     {0x2018, 0x201F},
                                             {0x3000, 0x3002}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF5E}};

constexpr Range kAfmoe[] = {{0xE40, 0xE7F},   {0xE80, 0xEFF},   {0x1000, 0x109F}, {0x1100, 0x11FF},
                            {0x1780, 0x17FF}, {0x2F00, 0x2FDF}, {0x3040, 0x309F}, {0x30A0, 0x30FF},
                            {0x3400, 0x4DBF}, {0x4E00, 0xFAFF}, {0xFF65, 0xFF9F}};

bool is_falcon_symbol(uint32_t c) {
  return c == '$' || c == '+' || c == '<' || c == '=' || c == '>' || c == '^' || c == '~' || c == '|';
}

// [가-힣ㄱ-ㆎ], [！…“”‘’—：；，、-〿︰-﹏], [ㄅ-ㄯ]
bool is_hangul(uint32_t c) { return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3131 && c <= 0x318E); }
bool is_cjk_punctuation(uint32_t c) {
  constexpr uint32_t kSingle[] = {0xFF01, 0x2026, 0x201C, 0x201D, 0x2018,
                                  0x2019, 0x2014, 0xFF1A, 0xFF1B, 0xFF0C};
  return (c >= 0x3001 && c <= 0x303F) || (c >= 0xFE30 && c <= 0xFE4F) ||
         std::find(std::begin(kSingle), std::end(kSingle), c) != std::end(kSingle);
}
bool is_bopomofo(uint32_t c) { return c >= 0x3105 && c <= 0x312F; }

/// Not in [(\s|.,!?…。，、।۔،)].
bool is_bloom_word(uint32_t c) {
  constexpr uint32_t kStops[] = {'(',    '|',    '.',    ',',    '!',    '?',    0x2026,
                                 0x3002, 0xFF0C, 0x3001, 0x0964, 0x06D4, 0x060C, ')'};
  return !is_space(c) && std::find(std::begin(kStops), std::end(kStops), c) == std::end(kStops);
}

bool is_decimal(uint32_t c) { return category_of(c) == Category::Nd; }
/// \w in Oniguruma, whose Latin-1 table also has ² ³ ¹ ¼ ½ ¾.
bool is_oniguruma_word(uint32_t c) {
  return is_word(c) || c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0xBC && c <= 0xBE);
}
bool is_not_line_feed(uint32_t c) { return c != '\n'; }
bool is_line_feed(uint32_t c) { return c == '\n'; }

size_t character_before(std::string_view text, size_t at) {
  do at--;
  while ((static_cast<uint8_t>(text[at]) & 0xC0) == 0x80);
  return at;
}

template <bool (*in_set)(uint32_t)>
bool follows(std::string_view text, size_t at) {
  return at > 0 && set_char<in_set>(text, character_before(text, at)) == at;
}

size_t characters_in(std::string_view text, size_t begin, size_t end) {
  return static_cast<size_t>(std::count_if(text.begin() + begin, text.begin() + end, [](char byte) {
    return (static_cast<uint8_t>(byte) & 0xC0) != 0x80;
  }));
}

size_t forward(std::string_view text, size_t at, size_t characters) {
  for (; characters > 0; characters--) at += char_at(text, at).length;
  return at;
}

/// The first group of a run of n digits that is cut into threes from its end.
size_t first_group(size_t count) { return (count + 2) % 3 + 1; }

}  // namespace

bool is_han(uint32_t c) { return c >= 0x2E80 && in_ranges(kHan, c); }
bool is_deepseek_han(uint32_t c) { return (c >= 0x0800 && c <= 0x9FA5) || (c >= 0xAC00 && c <= 0xD7FF); }
bool is_deepseek_v3_han(uint32_t c) { return (c >= 0x4E00 && c <= 0x9FA5) || (c >= 0x3040 && c <= 0x30FF); }
bool is_deepseek_llm_letter(uint32_t c) { return in_ranges(kDeepSeekLlmLetters, c); }
bool is_deepseek_llm_punctuation(uint32_t c) { return in_ranges(kDeepSeekLlmPunctuation, c); }
bool is_afmoe_script(uint32_t c) { return in_ranges(kAfmoe, c); }
bool is_falcon_punctuation(uint32_t c) { return is_punctuation(c) || is_falcon_symbol(c) || c == '`'; }
bool is_default_punctuation(uint32_t c) { return is_punctuation(c) || is_falcon_symbol(c); }
bool is_ascii_or_unicode_punctuation(uint32_t c) {
  return is_punctuation(c) || is_falcon_symbol(c) || c == '`';
}

size_t youtu_scripts(std::string_view text, size_t at) {
  for (const auto alternative : {set_run<is_hangul>, set_run<is_cjk_punctuation>, set_run<is_bopomofo>}) {
    const size_t end = alternative(text, at);
    if (end != at) return end;
  }
  return set_run<is_deepseek_v3_han>(text, at);
}

size_t bloom(std::string_view text, size_t at) {
  const size_t begin = text[at] == ' ' ? at + 1 : at;
  const size_t end = set_run<is_bloom_word>(text, begin);
  return end != begin ? end : at;
}

size_t lines(std::string_view text, size_t at) {
  const size_t end = set_run<is_not_line_feed>(text, at);
  return end != at ? end : set_run<is_line_feed>(text, at);
}

size_t trailing_space(std::string_view text, size_t at) {
  const size_t end = run(text, at, char_class::space);
  if (end == text.size()) return end;
  for (size_t i = end; i > at + 1; i--) {
    if (text[i - 1] == '\n') return i - 1;
  }
  return at;
}

size_t decimal_run(std::string_view text, size_t at) { return set_run<is_decimal>(text, at); }

// Behind the first group the rest is whole triples, so that a long run is measured once only.
size_t digit_triples(std::string_view text, size_t at) {
  if (!char_at(text, at).is(char_class::numeric)) return at;
  if (follows<is_numeric>(text, at)) return digits(text, at, 3);
  const size_t end = run(text, at, char_class::numeric);
  return forward(text, at, first_group(characters_in(text, at, end)));
}

size_t tiny_aya_digits(std::string_view text, size_t at) {
  if (set_char<is_decimal>(text, at) == at) return at;
  if (follows<is_decimal>(text, at)) return forward(text, at, 3);
  const size_t end = decimal_run(text, at);
  uint8_t length = 0;
  if (end < text.size() && is_oniguruma_word(code_point_at(text, end, length))) return at;
  return forward(text, at, first_group(characters_in(text, at, end)));
}

size_t superbpe_digits(std::string_view text, size_t at) {
  size_t begin = at;
  if (set_char<is_decimal>(text, at) != at) {
    // Inside a run the last boundary left whole triples behind.
    const bool inside = follows<is_decimal>(text, at);
    const size_t end = inside ? forward(text, at, 3) : decimal_run(text, at);
    const size_t next = inside ? end : forward(text, at, first_group(characters_in(text, at, end)));
    if (next < text.size() && set_char<is_decimal>(text, next) != next) return next;
    begin = next;
  }
  while (begin < text.size()) {
    const size_t end = decimal_run(text, begin);
    if (end == begin) {
      begin += char_at(text, begin).length;
      continue;
    }
    const size_t boundary = forward(text, begin, characters_in(text, begin, end) % 3);
    if (boundary != end) return boundary;
    begin = end;
  }
  return begin;
}

}  // namespace sov::text
