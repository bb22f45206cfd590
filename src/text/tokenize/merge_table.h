#pragma once
// BPE merges: pair of ids -> rank and result, in a flat hash table.

#include <cstdint>
#include <utility>
#include <vector>

#include "text/tokenize/vocabulary.h"

namespace sov::text {

/// Each slot packs left id (21 bits), right id (21) and rank (22) into 8 bytes, so that a lookup touches one
/// line.
class MergeTable {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr size_t kMaxMerges = (size_t{1} << 22) - 1;
  static_assert(kMaxVocabulary <= 1 << 21);

  /// Room for `count` merges (at most kMaxMerges).
  void reserve(size_t count) {
    size_t slots = 16;
    while (slots < 2 * count) slots *= 2;
    slots_.assign(slots, kFree);
    results_.reserve(count);
  }

  /// The next rank; a pair given twice keeps the later one.
  void add(TokenId left, TokenId right, TokenId result) {
    const uint64_t key = pack(left, right);
    uint64_t& slot = slots_[find_slot(key)];
    slot = key << 22 | results_.size();
    results_.push_back(result);
  }

  /// A pair with a rank of its own or another pair's; the results, by rank, follow in set_results().
  void add_ranked(TokenId left, TokenId right, uint32_t rank) {
    const uint64_t key = pack(left, right);
    slots_[find_slot(key)] = key << 22 | rank;
  }
  void set_results(std::vector<TokenId> results) { results_ = std::move(results); }

  /// The pair's rank, or kNone.
  uint32_t rank(TokenId left, TokenId right) const {
    const uint64_t slot = slots_[find_slot(pack(left, right))];
    return slot == kFree ? kNone : static_cast<uint32_t>(slot & kMaxMerges);
  }
  TokenId result(uint32_t rank) const { return results_[rank]; }
  size_t size() const { return results_.size(); }

 private:
  static constexpr uint64_t kFree =
      UINT64_MAX;  // its rank field would be kMaxMerges, which add() never reaches
  static uint64_t pack(TokenId left, TokenId right) {
    return static_cast<uint64_t>(left) << 21 | static_cast<uint64_t>(right);
  }
  size_t find_slot(uint64_t key) const {
    const size_t mask = slots_.size() - 1;
    const uint64_t mixed = key * 0x9E3779B97F4A7C15U;
    size_t slot = (mixed ^ mixed >> 32) & mask;
    while (slots_[slot] != kFree && slots_[slot] >> 22 != key) slot = (slot + 1) & mask;
    return slot;
  }

  std::vector<uint64_t> slots_ = std::vector<uint64_t>(1, kFree);
  std::vector<TokenId> results_;
};

}  // namespace sov::text
