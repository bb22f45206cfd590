#include "text/tokenize/splitters.h"

#include "core/utf8.h"
#include "text/tokenize/patterns.h"
#include "text/tokenize/unicode.h"

namespace sov::text {
namespace {

using namespace char_class;

constexpr std::array<ClassMask, 128> make_ascii() {
  std::array<ClassMask, 128> table{};
  for (uint32_t c = 0; c < 128; c++) {
    if (c >= 'A' && c <= 'Z') table[c] = upper;
    if (c >= 'a' && c <= 'z') table[c] = lower;
    if (c >= '0' && c <= '9') table[c] = numeric;
    if (c == ' ' || (c >= 0x09 && c <= 0x0D)) table[c] = space;
    if (c == '\r' || c == '\n') table[c] = space | line_break;
    if (c > ' ' && c < 0x7F && table[c] == 0) table[c] = punctuation;
  }
  for (char c : {'$', '+', '<', '=', '>', '^', '`', '|', '~'}) table[static_cast<size_t>(c)] = symbol;
  return table;
}
constexpr std::array<ClassMask, 128> kAscii = make_ascii();

struct Char {
  ClassMask mask = 0;
  uint8_t length = 0;  // 0 at the end of the text
  bool is(ClassMask classes) const { return (mask & classes) != 0; }
  /// There is a character and it is in none of the classes.
  bool is_outside(ClassMask classes) const { return length != 0 && (mask & classes) == 0; }
};

uint32_t code_point_at(std::string_view text, size_t at, uint8_t& length) {
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
  if (first < 0x80) return {kAscii[first], 1};
  Char c;
  const uint32_t code_point = code_point_at(text, at, c.length);
  c.mask = class_of(code_point);
  return c;
}

size_t run(std::string_view text, size_t at, ClassMask classes) {
  for (Char c = char_at(text, at); c.is(classes); c = char_at(text, at)) at += c.length;
  return at;
}

size_t run_outside(std::string_view text, size_t at, ClassMask classes) {
  for (Char c = char_at(text, at); c.is_outside(classes); c = char_at(text, at)) at += c.length;
  return at;
}

enum class Case { as_written, any };

/// 's 't 're 've 'm 'll 'd; of all letters only the long s folds to one of these.
size_t contraction(std::string_view text, size_t at, Case letter_case) {
  if (at + 1 >= text.size() || text[at] != '\'') return at;
  const auto letter = [&](size_t i) {
    if (i >= text.size()) return '\0';
    const bool folds = letter_case == Case::any && text[i] >= 'A' && text[i] <= 'Z';
    return folds ? static_cast<char>(text[i] + 32) : text[i];
  };
  const char first = letter(at + 1), second = letter(at + 2);
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
  const bool two =
      (first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l');
  if (two) return at + 3;
  if (letter_case == Case::any && text.substr(at + 1).starts_with("\u017F")) return at + 3;
  return at;
}

/// \s+(?!\S)|\s+ from the start of a run that ends at `end`: all of it at the end of the text, else all but
/// the last character, unless there is only one.
size_t leave_last_space(std::string_view text, size_t at, size_t end) {
  if (end == text.size()) return end;
  size_t last = end - 1;
  while ((static_cast<uint8_t>(text[last]) & 0xC0) == 0x80) last--;
  return last > at ? last : end;
}

/// \s*[\r\n]+|\s+(?!\S)|\s+
size_t white_space(std::string_view text, size_t at) {
  const size_t end = run(text, at, space);
  if (end == at) return at;
  for (size_t i = end; i > at; i--) {
    if (text[i - 1] == '\n' || text[i - 1] == '\r') return i;
  }
  return leave_last_space(text, at, end);
}

size_t gpt2(std::string_view text, size_t at) {
  const Char c = char_at(text, at);
  if (text[at] == '\'') {
    const size_t end = contraction(text, at, Case::as_written);
    if (end != at) return end;
  }
  const size_t after_space = text[at] == ' ' ? at + 1 : at;
  const Char next = after_space == at ? c : char_at(text, after_space);
  if (next.is(letter)) return run(text, after_space, letter);
  if (next.is(numeric)) return run(text, after_space, numeric);
  if (next.is_outside(space)) return run_outside(text, after_space, space | letter | numeric);
  return leave_last_space(text, at, run(text, at, space));
}

/// \p{N}{1,limit}
size_t digits(std::string_view text, size_t at, int limit) {
  for (Char c = char_at(text, at); limit > 0 && c.is(numeric); limit--, c = char_at(text, at)) at += c.length;
  return at;
}

/// ` ?[^excluded]+` and the line breaks (or also slashes) behind it.
enum class Tail { line_breaks, line_breaks_and_slashes };
size_t others(std::string_view text, size_t at, ClassMask excluded, Tail tail) {
  const size_t begin = text[at] == ' ' ? at + 1 : at;
  size_t end = run_outside(text, begin, excluded);
  if (end == begin) return at;
  const auto continues = [&](char c) {
    return c == '\r' || c == '\n' || (c == '/' && tail == Tail::line_breaks_and_slashes);
  };
  while (end < text.size() && continues(text[end])) end++;
  return end;
}

/// The family of cl100k: word is \p{L}, or [\p{L}\p{M}] for Qwen 3.5.
template <ClassMask word, int max_digits>
size_t cl100k(std::string_view text, size_t at) {
  if (text[at] == '\'') {
    const size_t end = contraction(text, at, Case::any);
    if (end != at) return end;
  }
  const Char c = char_at(text, at);
  if (c.is(word)) return run(text, at + c.length, word);
  if (c.is(numeric)) return digits(text, at, max_digits);
  if (!c.is(line_break)) {
    const Char next = char_at(text, at + c.length);
    if (next.is(word)) return run(text, at + c.length + next.length, word);
  }
  const size_t end = others(text, at, space | word | numeric, Tail::line_breaks);
  return end != at ? end : white_space(text, at);
}

constexpr ClassMask kUpper =
    upper | title | modifier | other_letter | mark;                   // what a capitalised word starts with
constexpr ClassMask kLower = lower | modifier | other_letter | mark;  // what it goes on with

/// [upper]*[lower]+: the greedy first part gives back down to its last character that the second may take.
size_t lower_word(std::string_view text, size_t at) {
  size_t end_of_lower = at;  // behind the last character of the run that is in both classes
  size_t end = at;
  for (Char c = char_at(text, end); c.is(kUpper); c = char_at(text, end)) {
    end += c.length;
    if (c.is(kLower)) end_of_lower = end;
  }
  const size_t after = run(text, end, kLower);
  return after != end ? after : end_of_lower;
}

/// The family of o200k, which also splits words at a change from lower to upper case.
template <int max_digits, bool contractions>
size_t o200k(std::string_view text, size_t at) {
  const Char c = char_at(text, at);
  const bool leads = !c.is(line_break | letter | numeric);
  const size_t starts[] = {at + (leads ? c.length : 0), at};
  const int count = leads && c.is(mark) ? 2 : 1;  // only a mark can both lead a word and be in it
  const auto word = [&](size_t end) { return contractions ? contraction(text, end, Case::any) : end; };
  for (int i = 0; i < count; i++) {
    const size_t end = lower_word(text, starts[i]);
    if (end != starts[i]) return word(end);
  }
  for (int i = 0; i < count; i++) {
    const size_t end = run(text, starts[i], kUpper);
    if (end != starts[i]) return word(end);
  }
  if (c.is(numeric)) return digits(text, at, max_digits);
  const size_t end = others(text, at, space | letter | numeric, Tail::line_breaks_and_slashes);
  return end != at ? end : white_space(text, at);
}

bool is_ascii_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

size_t deepseek_v3(std::string_view text, size_t at) {
  const Char c = char_at(text, at);
  const bool ascii_mark = c.length == 1 && c.is(punctuation | symbol);
  if (ascii_mark && at + 1 < text.size() && is_ascii_letter(text[at + 1])) {
    size_t end = at + 1;
    while (end < text.size() && is_ascii_letter(text[end])) end++;
    return end;
  }
  constexpr ClassMask word = letter | mark;
  if (c.is(word)) return run(text, at, word);
  if (!c.is(line_break | punctuation | symbol)) {
    const Char next = char_at(text, at + c.length);
    if (next.is(word)) return run(text, at + c.length, word);
  }
  const size_t begin = text[at] == ' ' ? at + 1 : at;
  size_t end = run(text, begin, punctuation | symbol);
  if (end == begin) return white_space(text, at);
  while (end < text.size() && (text[end] == '\r' || text[end] == '\n')) end++;
  return end;
}

/// \s?[classes]+
template <ClassMask classes>
size_t after_optional_space(std::string_view text, size_t at) {
  const Char c = char_at(text, at);
  const size_t begin = c.is(space) ? at + c.length : at;
  const size_t end = run(text, begin, classes);
  return end != begin ? end : at;
}

template <int limit>
size_t digit_run(std::string_view text, size_t at) {
  return digits(text, at, limit);
}

size_t numeric_run(std::string_view text, size_t at) { return run(text, at, numeric); }

size_t line_break_char(std::string_view text, size_t at) {
  return text[at] == '\r' || text[at] == '\n' ? at + 1 : at;
}

size_t three_ascii_digits(std::string_view text, size_t at) {
  if (text.size() - at < 3) return at;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return is_digit(text[at]) && is_digit(text[at + 1]) && is_digit(text[at + 2]) ? at + 3 : at;
}

template <bool (*in_set)(uint32_t)>
size_t set_run(std::string_view text, size_t at) {
  uint8_t length = 0;
  while (at < text.size() && in_set(code_point_at(text, at, length))) at += length;
  return at;
}

// The ranges as DeepSeek's files write them: 一-龥 ࠀ-一 가-퟿, which also takes U+0800 to U+4DFF.
bool is_deepseek_han(uint32_t c) { return (c >= 0x0800 && c <= 0x9FA5) || (c >= 0xAC00 && c <= 0xD7FF); }
bool is_deepseek_v3_han(uint32_t c) { return (c >= 0x4E00 && c <= 0x9FA5) || (c >= 0x3040 && c <= 0x30FF); }

bool is_falcon_symbol(uint32_t c) {
  return c == '$' || c == '+' || c == '<' || c == '=' || c == '>' || c == '^' || c == '~' || c == '|';
}
bool is_falcon_punctuation(uint32_t c) { return is_punctuation(c) || is_falcon_symbol(c) || c == '`'; }
bool is_default_punctuation(uint32_t c) { return is_punctuation(c) || is_falcon_symbol(c); }

struct Known {
  std::string_view pattern;
  MatchAt match;
};
constexpr Known kKnown[] = {
    {pattern::kGpt2, gpt2},
    {pattern::kQwen2, cl100k<letter, 1>},
    {pattern::kQwen35, cl100k<letter | mark, 1>},
    {pattern::kLlama3, cl100k<letter, 3>},
    {pattern::kGpt4o, o200k<3, true>},
    {pattern::kTekken, o200k<1, false>},
    {pattern::kDeepSeekV3, deepseek_v3},
    {pattern::kDeepSeekCoderLetters, after_optional_space<letter>},
    {pattern::kDeepSeekCoderPunctuation, after_optional_space<punctuation>},
    {pattern::kDeepSeekHan, set_run<is_deepseek_han>},
    {pattern::kDeepSeekV3Han, set_run<is_deepseek_v3_han>},
    {pattern::kFalconPunctuation, set_run<is_falcon_punctuation>},
    {pattern::kDefaultPunctuation, set_run<is_default_punctuation>},
    {pattern::kDigit, digit_run<1>},
    {pattern::kDigits, numeric_run},
    {pattern::kDigitsUpTo3, digit_run<3>},
    {pattern::kLineBreak, line_break_char},
    {pattern::kFalconDigits, three_ascii_digits},
};

}  // namespace

MatchAt known_pattern(std::string_view pattern) {
  for (const Known& known : kKnown) {
    if (known.pattern == pattern) return known.match;
  }
  return nullptr;
}

}  // namespace sov::text
