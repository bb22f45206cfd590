#pragma once
// Words of Rust and Python text: letters, digits and underscores.

#include <string_view>

namespace sov::transpiler {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

/// Behind the word that begins at `at`; `at` itself where none does.
inline size_t word_end(std::string_view text, size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

}  // namespace sov::transpiler
