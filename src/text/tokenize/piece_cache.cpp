#include <cstring>

#include "text/tokenize/model.h"

namespace sov::text {
namespace {

constexpr size_t kFirstEntries = 64;
constexpr size_t kMaxEntries = size_t{1}
                               << 16;  // 1.5 MiB: stays in a second-level cache, memory stays bounded
constexpr size_t kProbes = 4;
constexpr size_t kMaxKey = 128;

}  // namespace

bool PieceCache::replay(std::string_view piece, uint64_t hash, std::vector<TokenId>& out) const {
  if (entries_.empty()) return false;
  const size_t mask = entries_.size() - 1;
  for (size_t probe = 0; probe < kProbes; probe++) {
    const Entry& entry = entries_[(hash + probe) & mask];
    if (entry.key_size == 0) return false;
    if (entry.hash != hash || entry.key_size != piece.size()) continue;
    if (std::memcmp(keys_.data() + entry.key_offset, piece.data(), piece.size()) != 0) continue;
    const size_t at = out.size();
    out.resize(at + entry.id_count);
    for (uint32_t i = 0; i < entry.id_count; i++) out[at + i] = out[entry.first_id + i];
    return true;
  }
  return false;
}

void PieceCache::remember(std::string_view piece, uint64_t hash, size_t first_id, size_t id_count) {
  if (piece.empty() || piece.size() > kMaxKey || first_id > UINT32_MAX) return;
  if (entries_.empty()) entries_.resize(kFirstEntries);
  if (used_ * 2 > entries_.size() && entries_.size() < kMaxEntries) grow();
  const size_t mask = entries_.size() - 1;
  for (size_t probe = 0; probe < kProbes; probe++) {
    Entry& entry = entries_[(hash + probe) & mask];
    if (entry.key_size != 0) continue;
    entry = {hash, static_cast<uint32_t>(keys_.size()), static_cast<uint32_t>(piece.size()),
             static_cast<uint32_t>(first_id), static_cast<uint32_t>(id_count)};
    keys_ += piece;
    used_++;
    return;
  }
}

void PieceCache::grow() {
  const std::vector<Entry> old = std::move(entries_);
  entries_.assign(4 * old.size(), Entry{});
  const size_t mask = entries_.size() - 1;
  for (const Entry& entry : old) {
    if (entry.key_size == 0) continue;
    for (size_t probe = 0; probe < kProbes; probe++) {
      Entry& free = entries_[(entry.hash + probe) & mask];
      if (free.key_size != 0) continue;
      free = entry;
      break;
    }
  }
}

}  // namespace sov::text
