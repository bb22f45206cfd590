#pragma once
// The pre-tokenizer patterns in use, matched by hand: several times faster than a regular expression engine.
// The tests compare each with PCRE2 on random text.

#include <cstddef>
#include <string_view>

namespace sov::text {

/// The end of the match that starts exactly at `at` (a character of valid UTF-8), or `at` when there is none.
using MatchAt = size_t (*)(std::string_view text, size_t at);

/// The hand-written matcher for a pattern, recognised by its exact spelling; null for any other.
MatchAt known_pattern(std::string_view pattern);

}  // namespace sov::text
