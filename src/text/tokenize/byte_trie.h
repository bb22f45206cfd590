#pragma once
// A trie over the bytes of pieces, its edges in one flat hash table.

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "text/tokenizer.h"

namespace sov::text {

/// Built once, then read. Threads: const calls are safe.
class ByteTrie {
 public:
  static constexpr uint32_t kRoot = 0;
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr size_t kMaxNodes = size_t{1} << 24;

  /// Of a piece that is added twice, the first id stays. Errors: unsupported beyond kMaxNodes.
  Result<> add(std::string_view piece, TokenId id);

  /// The node after one more byte, or kNone.
  uint32_t step(uint32_t node, uint8_t byte) const {
    const uint32_t key = node << 8 | byte;
    const size_t mask = edges_.size() - 1;
    for (size_t slot = slot_of(key) & mask;; slot = (slot + 1) & mask) {
      if (edges_[slot].child == 0) return kNone;
      if (edges_[slot].key == key) return edges_[slot].child;
    }
  }
  /// The node after all of text, or kNone.
  uint32_t walk(uint32_t node, std::string_view text) const {
    for (size_t i = 0; i < text.size() && node != kNone; i++)
      node = step(node, static_cast<uint8_t>(text[i]));
    return node;
  }
  /// The id of the piece that ends at a node, or -1.
  TokenId id_at(uint32_t node) const { return ids_[node]; }

 private:
  struct Edge {
    uint32_t key = 0;    // parent node and byte
    uint32_t child = 0;  // 0: free (the root is no child)
  };
  static size_t slot_of(uint32_t key) {
    const uint64_t mixed = key * 0x9E3779B97F4A7C15U;
    return static_cast<size_t>(mixed >> 32);
  }
  void grow();

  std::vector<Edge> edges_ = std::vector<Edge>(64);
  std::vector<TokenId> ids_ = std::vector<TokenId>(1, -1);
};

}  // namespace sov::text
