#pragma once
// Cuts text before word marks where no piece of the vocabulary could reach across, so that a model which sees
// whole texts (SentencePiece's have no pre-tokenizer) works word by word: the same ids, from a cache.

#include <memory>
#include <unordered_set>

#include "text/tokenize/function_ref.h"
#include "text/tokenize/model.h"
#include "text/tokenize/vocabulary.h"

namespace sov::text {

/// SentencePiece's word mark, U+2581, which stands for a space.
inline constexpr std::string_view kWordMark = "\u2581";

/// Where a text may be cut. Exact for every model that only joins or chooses pieces of the vocabulary: a cut
/// is made before a mark only when no piece holds the character on its left followed by a mark.
class WordCuts {
 public:
  explicit WordCuts(const Vocabulary& vocabulary);
  /// Emits the parts of a non-empty text in order.
  void split(std::string_view text, FunctionRef<void(std::string_view)> emit) const;

 private:
  bool may_cut_after(std::string_view text) const;
  bool enabled_;                          // the mark is a piece itself
  std::unordered_set<uint32_t> crossed_;  // characters that a piece holds before a mark
};

/// A model that gives `whole` (which outlives nothing but this) the parts of WordCuts.
std::unique_ptr<Model> make_wordwise(std::unique_ptr<Model> whole, const Vocabulary& vocabulary);

}  // namespace sov::text
