#pragma once
// The pre-tokenizer patterns in use, matched by hand: several times faster than a regular expression engine.
// The tests compare each with PCRE2 on random text, tools/parity/bpe_check.py with Oniguruma.

#include <cstddef>
#include <string_view>

namespace sov::text {

/// The end of the match that starts exactly at `at` (a character of valid UTF-8), or `at` when there is none.
/// Callers walk a text from its start, each time from the end of the last match or gap.
using MatchAt = size_t (*)(std::string_view text, size_t at);

struct KnownPattern {
  std::string_view pattern;
  MatchAt match_at;
  MatchAt skip =
      nullptr;  // without a match: where the next one may start, at the soonest; null: a character on
  bool matches_empty = false;  // the pattern's matches are empty: match_at goes from one to the next
};

/// The hand-written matcher for a pattern, recognised by its exact spelling; null for any other.
const KnownPattern* known_pattern(std::string_view pattern);

}  // namespace sov::text
