#pragma once
// Unigram language model: the segmentation whose pieces' log probabilities sum highest.

#include <array>
#include <memory>
#include <optional>
#include <span>

#include "text/tokenize/byte_trie.h"
#include "text/tokenize/model.h"
#include "text/tokenize/vocabulary.h"

namespace sov::text {

struct UnigramOptions {
  std::optional<TokenId> unknown;
  bool byte_fallback = false;  // characters without a piece become their bytes' "<0xXX>" pieces
  double min_score = 0;        // the lowest score of a piece; a character without one scores 10 less
};

/// Viterbi over the positions of a text: time and memory linear in its length, for the longest piece is
/// bounded. Unknown characters in a row are one unknown. Source: Kudo, "Subword Regularization" (2018),
/// section 3.
class Unigram final : public Model {
 public:
  /// vocabulary outlives the model; candidates says which of its ids may be chosen.
  /// Requires: an entry of scores and of candidates for every id. Errors: unsupported (no way to say
  /// unknowns).
  static Result<std::unique_ptr<Unigram>> make(const Vocabulary& vocabulary, std::span<const double> scores,
                                               const std::vector<bool>& candidates, UnigramOptions options);

  void encode(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const override;
  std::optional<TokenId> byte_id(uint8_t) const override { return std::nullopt; }
  std::string_view name() const override { return "Unigram"; }

 private:
  Unigram(const Vocabulary& vocabulary, UnigramOptions options)
      : vocabulary_(vocabulary), options_(options) {}
  void tokenize(std::string_view text, Scratch& scratch, std::vector<TokenId>& out) const;
  void best_paths(std::string_view text, Scratch& scratch) const;
  void say_unknown(std::string_view text, std::vector<TokenId>& out) const;

  const Vocabulary& vocabulary_;
  UnigramOptions options_;
  bool has_bytes_ = false;
  std::array<TokenId, 256> bytes_{};
  std::vector<double> scores_;
  ByteTrie trie_;
};

}  // namespace sov::text
