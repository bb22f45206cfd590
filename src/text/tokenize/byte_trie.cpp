#include "text/tokenize/byte_trie.h"

namespace sov::text {

Result<> ByteTrie::add(std::string_view piece, TokenId id) {
  uint32_t node = kRoot;
  for (char c : piece) {
    const auto byte = static_cast<uint8_t>(c);
    uint32_t child = step(node, byte);
    if (child == kNone) {
      if (ids_.size() >= kMaxNodes)
        return fail(Code::unsupported, "vocabulary: a trie of more than {} nodes", kMaxNodes);
      if (2 * ids_.size() > edges_.size()) grow();
      child = static_cast<uint32_t>(ids_.size());
      ids_.push_back(-1);
      const size_t mask = edges_.size() - 1;
      size_t slot = slot_of(node << 8 | byte) & mask;
      while (edges_[slot].child != 0) slot = (slot + 1) & mask;
      edges_[slot] = {node << 8 | byte, child};
    }
    node = child;
  }
  if (ids_[node] < 0) ids_[node] = id;
  return {};
}

void ByteTrie::grow() {
  const std::vector<Edge> old = std::move(edges_);
  edges_.assign(2 * old.size(), Edge{});
  const size_t mask = edges_.size() - 1;
  for (const Edge& edge : old) {
    if (edge.child == 0) continue;
    size_t slot = slot_of(edge.key) & mask;
    while (edges_[slot].child != 0) slot = (slot + 1) & mask;
    edges_[slot] = edge;
  }
}

}  // namespace sov::text
