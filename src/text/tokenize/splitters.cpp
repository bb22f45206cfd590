#include "text/tokenize/splitters.h"

#include <climits>

#include "text/tokenize/char_scan.h"
#include "text/tokenize/patterns.h"
#include "text/tokenize/splitter_sets.h"

namespace sov::text {
namespace {

using namespace char_class;

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

/// ` ?[^excluded]+` and what may follow: [\r\n]*, [\r\n/]*, [\r\n/]? or nothing.
enum class Tail { line_breaks, line_breaks_and_slashes, one_line_break_or_slash, nothing };
size_t others(std::string_view text, size_t at, ClassMask excluded, Tail tail) {
  const size_t begin = text[at] == ' ' ? at + 1 : at;
  size_t end = run_outside(text, begin, excluded);
  if (end == begin) return at;
  size_t limit = tail == Tail::nothing ? 0 : tail == Tail::one_line_break_or_slash ? 1 : text.size();
  const auto continues = [&](char c) {
    return c == '\r' || c == '\n' || (c == '/' && tail != Tail::line_breaks);
  };
  for (; limit > 0 && end < text.size() && continues(text[end]); limit--) end++;
  return end;
}

/// The match before ended in white space but not in a line break, so none is left in this run: at its start
/// the run was looked through, which is not to be done at each step.
bool follows_blank(std::string_view text, size_t at) {
  if (at == 0 || !char_at(text, at).is(space)) return false;
  do at--;
  while ((static_cast<uint8_t>(text[at]) & 0xC0) == 0x80);
  const Char before = char_at(text, at);
  return before.is(space) && !before.is(line_break);
}

/// \s*[\r\n]+|\s{512}(?!\S)|\s{256}(?!\S)| and so on |\s{4}(?!\S)|\s{1,2}(?!\S)|\s{1}
size_t white_space_cascade(std::string_view text, size_t at) {
  constexpr size_t kLongest = 512;
  if (!follows_blank(text, at)) {
    const size_t all = white_space(text, at);
    if (all == at || text[all - 1] == '\r' || text[all - 1] == '\n') return all;
  }
  size_t ends[kLongest + 1] = {at};  // behind so many characters
  size_t count = 0;
  for (Char c = char_at(text, at); count < kLongest && c.is(space); c = char_at(text, ends[count])) {
    ends[count + 1] = ends[count] + c.length;
    count++;
  }
  for (size_t wanted : {size_t{512}, size_t{256}, size_t{128}, size_t{64}, size_t{32}, size_t{16}, size_t{8},
                        size_t{4}, size_t{2}}) {
    if (count < wanted) continue;
    const Char next = char_at(text, ends[wanted]);
    if (next.length == 0 || next.is(space)) return ends[wanted];
  }
  return ends[1];
}

/// The family of cl100k: word is \p{L}, or [\p{L}\p{M}] for Qwen 3.5.
template <ClassMask word, int max_digits, bool contractions = true, Tail tail = Tail::line_breaks,
          MatchAt spaces = white_space>
size_t cl100k(std::string_view text, size_t at) {
  if (contractions && text[at] == '\'') {
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
  const size_t end = others(text, at, space | word | numeric, tail);
  return end != at ? end : spaces(text, at);
}

/// (?:\p{L}\p{M}*(?: \p{L}\p{M}*)*)+: letters and single spaces between them.
size_t phrase(std::string_view text, size_t at) {
  size_t end = at;
  for (Char c = char_at(text, end); end < text.size(); c = char_at(text, end)) {
    const bool spaced = end != at && text[end] == ' ';
    if (spaced) c = char_at(text, end + 1);
    if (!c.is(letter)) break;
    end = run(text, end + (spaced ? 1 : 0) + c.length, mark);
  }
  return end;
}

size_t exaone_moe(std::string_view text, size_t at) {
  if (text[at] == '\'') {
    const size_t end = contraction(text, at, Case::any);
    if (end != at) return end;
  }
  const Char c = char_at(text, at);
  const size_t begin = c.is(line_break | letter | numeric) ? at : at + c.length;
  const size_t word = phrase(text, begin);
  if (word != begin) return word;
  if (c.is(numeric)) return at + c.length;
  const size_t end = others(text, at, space | letter | numeric, Tail::one_line_break_or_slash);
  return end != at ? end : white_space(text, at);
}

constexpr ClassMask kUpper =
    upper | title | modifier | other_letter | mark;                   // what a capitalised word starts with
constexpr ClassMask kLower = lower | modifier | other_letter | mark;  // what it goes on with

using CharAt = Char (*)(std::string_view text, size_t at);

template <CharAt read>
size_t word_run(std::string_view text, size_t at, ClassMask classes) {
  for (Char c = read(text, at); c.is(classes); c = read(text, at)) at += c.length;
  return at;
}

/// [upper]*[lower]+: the greedy first part gives back down to its last character that the second may take.
template <CharAt read>
size_t lower_word(std::string_view text, size_t at) {
  size_t end_of_lower = at;  // behind the last character of the run that is in both classes
  size_t end = at;
  for (Char c = read(text, end); c.is(kUpper); c = read(text, end)) {
    end += c.length;
    if (c.is(kLower)) end_of_lower = end;
  }
  const size_t after = word_run<read>(text, end, kLower);
  return after != end ? after : end_of_lower;
}

/// The family of o200k, which also splits words at a change from lower to upper case. `read` may hide letters
/// from the words.
template <int max_digits, bool contractions, Tail tail = Tail::line_breaks_and_slashes, CharAt read = char_at>
size_t o200k(std::string_view text, size_t at) {
  const Char c = char_at(text, at);
  const bool leads = !c.is(line_break | letter | numeric);
  const size_t starts[] = {at + (leads ? c.length : 0), at};
  const int count = leads && c.is(mark) ? 2 : 1;  // only a mark can both lead a word and be in it
  const auto word = [&](size_t end) { return contractions ? contraction(text, end, Case::any) : end; };
  for (int i = 0; i < count; i++) {
    const size_t end = lower_word<read>(text, starts[i]);
    if (end != starts[i]) return word(end);
  }
  for (int i = 0; i < count; i++) {
    const size_t end = word_run<read>(text, starts[i], kUpper);
    if (end != starts[i]) return word(end);
  }
  if (c.is(numeric)) return digits(text, at, max_digits);
  const size_t end = others(text, at, space | letter | numeric, tail);
  return end != at ? end : white_space(text, at);
}

Char char_but_han(std::string_view text, size_t at) {
  Char c = char_at(text, at);
  uint8_t length = 0;
  if (c.length > 2 && is_han(code_point_at(text, at, length))) c.mask = 0;
  return c;
}

size_t kimi(std::string_view text, size_t at) {
  const size_t end = set_run<is_han>(text, at);
  return end != at ? end : o200k<3, true, Tail::line_breaks, char_but_han>(text, at);
}

bool is_ascii_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// The family of DeepSeek V3; Spark's takes line breaks one by one.
template <bool joins_line_breaks>
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
  if (end != begin) {
    while (joins_line_breaks && end < text.size() && (text[end] == '\r' || text[end] == '\n')) end++;
    return end;
  }
  if (joins_line_breaks) return white_space(text, at);
  if (c.is(line_break)) return at + 1;
  return c.is(space) ? leave_last_space(text, at, run(text, at, space)) : at;
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

/// \s+$ that does not match at a run's start does not match in it.
size_t behind_spaces(std::string_view text, size_t at) {
  const size_t end = run(text, at, space);
  return end != at ? end : at + char_at(text, at).length;
}

/// The rest of a run of decimal digits: nothing matches in a run that did not match at its start.
size_t behind_digits(std::string_view text, size_t at) {
  const size_t end = decimal_run(text, at);
  return end != at ? end : at + char_at(text, at).length;
}

constexpr KnownPattern kKnown[] = {
    {pattern::kGpt2, gpt2},
    {pattern::kQwen2, cl100k<letter, 1>},
    {pattern::kQwen35, cl100k<letter | mark, 1>},
    {pattern::kLlama3, cl100k<letter, 3>},
    {pattern::kGpt4o, o200k<3, true>},
    {pattern::kTekken, o200k<1, false>},
    {pattern::kYoutu, o200k<1, true>},
    {pattern::kKimi, kimi},
    {pattern::kJais2, cl100k<letter, 3, true, Tail::line_breaks, white_space_cascade>},
    {pattern::kUfakzeka, cl100k<letter, 1, false>},
    {pattern::kMiniCpm5, cl100k<letter, INT_MAX>},
    {pattern::kSeedCoder, cl100k<letter, 1, true, Tail::nothing>},
    {pattern::kBailing, cl100k<letter, 1>},
    {pattern::kExaoneMoe, exaone_moe},
    {pattern::kDeepSeekV3, deepseek_v3<true>},
    {pattern::kSpark, deepseek_v3<false>},
    {pattern::kDeepSeekCoderLetters, after_optional_space<letter>},
    {pattern::kDeepSeekCoderPunctuation, after_optional_space<punctuation>},
    {pattern::kDeepSeekLlmLetters, set_run_after_optional_space<is_deepseek_llm_letter>},
    {pattern::kDeepSeekLlmPunctuation, set_run_after_optional_space<is_deepseek_llm_punctuation>},
    {pattern::kTrailingSpace, trailing_space, behind_spaces},
    {pattern::kDeepSeekHan, set_run<is_deepseek_han>},
    {pattern::kDeepSeekV3Han, set_run<is_deepseek_v3_han>},
    {pattern::kYoutuScripts, youtu_scripts},
    {pattern::kAfmoeScripts, set_run<is_afmoe_script>},
    {pattern::kBloom, bloom},
    {pattern::kLines, lines},
    {pattern::kFalconPunctuation, set_run<is_falcon_punctuation>},
    {pattern::kDefaultPunctuation, set_run<is_default_punctuation>},
    {pattern::kChameleonPunctuation, set_char<is_ascii_or_unicode_punctuation>},
    {pattern::kDigit, digit_run<1>},
    {pattern::kDigits, numeric_run},
    {pattern::kDigitsUpTo3, digit_run<3>},
    {pattern::kDigitTriples, digit_triples},
    {pattern::kTinyAyaDigits, tiny_aya_digits, behind_digits},
    {pattern::kSuperBpeDigits, superbpe_digits, nullptr, true},
    {pattern::kLineBreak, line_break_char},
    {pattern::kFalconDigits, three_ascii_digits},
};

}  // namespace

const KnownPattern* known_pattern(std::string_view pattern) {
  for (const KnownPattern& known : kKnown) {
    if (known.pattern == pattern) return &known;
  }
  return nullptr;
}

}  // namespace sov::text
