#pragma once
// Regular expressions by PCRE2 (JIT), set up to mean what Oniguruma's Ruby syntax means in tokenizer.json
// files: UTF-8, Unicode classes, ^ and $ at line feeds, (?m) for a dot that matches them.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"

namespace sov::text {

/// Threads: const calls are safe.
class Regex {
 public:
  /// Errors: unsupported with the position and PCRE2's reason, and for what the two engines read differently:
  /// intersections of classes, classes in classes, \h.
  static Result<Regex> compile(std::string_view pattern);
  /// Matches the text literally.
  static Regex literal(std::string_view text);

  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;
  ~Regex();

  struct Compiled;

 private:
  friend class RegexSearch;
  Regex();
  std::unique_ptr<Compiled> compiled_;
  std::string literal_;
};

/// One thread's searches with one regex.
class RegexSearch {
 public:
  explicit RegexSearch(const Regex& regex);
  RegexSearch(const RegexSearch&) = delete;
  ~RegexSearch();

  /// [begin, end) of the first match at or after `from`; text is valid UTF-8 and `from` starts a character.
  /// A search that exceeds the match limits (a hostile pattern) counts as no match.
  std::optional<std::pair<size_t, size_t>> find(std::string_view text, size_t from);

 private:
  struct State;
  const Regex& regex_;
  std::unique_ptr<State> state_;
};

}  // namespace sov::text
