#pragma once
// SentencePiece's compiled normalization rules: a double-array trie of byte strings and their replacements.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace sov::text {

/// Threads: const calls are safe.
/// Source: sentencepiece's normalizer (blob: trie size, trie units, replacements closed by NUL) and Yata et
/// al., "A compact static double-array keeping character codes" (2007), in the unit layout of Darts-clone.
class Charsmap {
 public:
  /// Errors: corrupt when the blob is cut short. Any trie is safe to search.
  static Result<Charsmap> parse(std::string_view blob);

  struct Match {
    size_t length;                 // bytes of the text
    std::string_view replacement;  // lives as long as the map
  };
  /// The longest rule that text starts with.
  std::optional<Match> longest(std::string_view text) const;
  /// The shortest one.
  std::optional<Match> shortest(std::string_view text) const;

 private:
  std::optional<Match> find(std::string_view text, bool longest) const;
  std::vector<uint32_t> units_;
  std::string replacements_;
};

}  // namespace sov::text
