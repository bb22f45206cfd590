#pragma once
// Runs of the sets of characters that some pre-tokenizer patterns spell out.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/tokenize/char_scan.h"

namespace sov::text {

bool is_han(uint32_t c);                           // \p{Han}
bool is_deepseek_han(uint32_t c);                  // [一-龥ࠀ-一가-퟿]
bool is_deepseek_v3_han(uint32_t c);               // [一-龥぀-ゟ゠-ヿ]
bool is_deepseek_llm_letter(uint32_t c);           // of patterns.h's kDeepSeekLlmLetters
bool is_deepseek_llm_punctuation(uint32_t c);      // of kDeepSeekLlmPunctuation
bool is_afmoe_script(uint32_t c);                  // of kAfmoeScripts
bool is_falcon_punctuation(uint32_t c);            // [\p{P}\$\+<=>\^~\|`]
bool is_default_punctuation(uint32_t c);           // [\p{P}\$\+<=>\^\~\|]
bool is_ascii_or_unicode_punctuation(uint32_t c);  // [\p{P}!-/:-@\[-`{-~]

size_t youtu_scripts(std::string_view text, size_t at);    // kYoutuScripts
size_t bloom(std::string_view text, size_t at);            // kBloom
size_t lines(std::string_view text, size_t at);            // [^\n]+|[\n]+
size_t trailing_space(std::string_view text, size_t at);   // \s+$
size_t decimal_run(std::string_view text, size_t at);      // \d*
size_t digit_triples(std::string_view text, size_t at);    // \p{N}{1,3}(?=(?:\p{N}{3})*(?!\p{N}))
size_t tiny_aya_digits(std::string_view text, size_t at);  // \d{1,3}(?=(?:\d{3})*\b)
size_t superbpe_digits(std::string_view text, size_t at);  // to the next (?=(\d{3})+(?!\d))

template <bool (*in_set)(uint32_t)>
size_t set_run(std::string_view text, size_t at) {
  uint8_t length = 0;
  while (at < text.size() && in_set(code_point_at(text, at, length))) at += length;
  return at;
}

/// \s?[set]+
template <bool (*in_set)(uint32_t)>
size_t set_run_after_optional_space(std::string_view text, size_t at) {
  const Char c = char_at(text, at);
  const size_t begin = c.is(char_class::space) ? at + c.length : at;
  const size_t end = set_run<in_set>(text, begin);
  if (end != begin) return end;
  return set_run<in_set>(text, at);  // the space itself may be in the set
}

template <bool (*in_set)(uint32_t)>
size_t set_char(std::string_view text, size_t at) {
  uint8_t length = 0;
  return in_set(code_point_at(text, at, length)) ? at + length : at;
}

}  // namespace sov::text
