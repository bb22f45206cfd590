#pragma once
// Pieces by id and ids by piece.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "text/tokenizer.h"

namespace sov::text {

/// More entries than any tokenizer in use has; also what the merge table's packed keys can hold.
inline constexpr TokenId kMaxVocabulary = 1 << 21;

/// Fast non-cryptographic hash of a few bytes.
uint64_t hash_bytes(std::string_view bytes);

/// Ids may have holes (empty pieces). When a piece occurs twice, the first id is the one found.
class Vocabulary {
 public:
  /// Errors: corrupt for an id below 0 or one that already has another piece; unsupported beyond
  /// kMaxVocabulary.
  Result<> add(std::string_view piece, int64_t id);

  std::optional<TokenId> find(std::string_view piece) const;
  std::string_view piece(TokenId id) const {
    return id >= 0 && static_cast<size_t>(id) < pieces_.size() ? std::string_view(pieces_[id])
                                                               : std::string_view();
  }
  bool contains(TokenId id) const {
    return id >= 0 && static_cast<size_t>(id) < present_.size() && present_[id];
  }
  size_t size() const { return pieces_.size(); }

 private:
  void grow();
  size_t slot_of(std::string_view piece) const;

  std::vector<std::string> pieces_;
  std::vector<bool> present_;
  std::vector<TokenId> slots_;  // open addressing, -1 = free, a power of two
  size_t used_ = 0;
};

}  // namespace sov::text
