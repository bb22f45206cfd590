#include "text/tokenize/vocabulary.h"

#include <cstring>

namespace sov::text {

uint64_t hash_bytes(std::string_view bytes) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
  const auto mix = [](uint64_t hash, uint64_t word) {
    const uint64_t product = (hash ^ word) * kMultiplier;
    return product ^ product >> 32;
  };
  uint64_t hash = bytes.size() * kMultiplier + 0x2545F4914F6CDD1DU;
  while (bytes.size() >= 8) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data(), 8);
    hash = mix(hash, word);
    bytes.remove_prefix(8);
  }
  uint64_t tail = 0;
  for (size_t i = 0; i < bytes.size(); i++) tail |= uint64_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
  return mix(hash, tail);
}

Result<> Vocabulary::add(std::string_view piece, int64_t id) {
  if (id < 0) return fail(Code::corrupt, "vocabulary: piece '{}' has id {}, wanted >= 0", piece, id);
  if (id >= kMaxVocabulary) {
    return fail(Code::unsupported, "vocabulary: piece '{}' has id {}, at most {} is handled", piece, id,
                kMaxVocabulary - 1);
  }
  const auto index = static_cast<size_t>(id);
  if (index >= pieces_.size()) {
    pieces_.resize(index + 1);
    present_.resize(index + 1);
  }
  if (present_[index]) {
    if (pieces_[index] == piece) return {};
    return fail(Code::corrupt, "vocabulary: id {} is both '{}' and '{}'", id, pieces_[index], piece);
  }
  if (2 * (used_ + 1) > slots_.size()) grow();
  pieces_[index] = piece;
  present_[index] = true;
  const size_t slot = slot_of(piece);
  if (slots_[slot] < 0) {
    slots_[slot] = static_cast<TokenId>(id);
    used_++;
  }
  return {};
}

std::optional<TokenId> Vocabulary::find(std::string_view piece) const {
  if (slots_.empty()) return std::nullopt;
  const TokenId id = slots_[slot_of(piece)];
  if (id < 0) return std::nullopt;
  return id;
}

void Vocabulary::grow() {
  const std::vector<TokenId> old = std::move(slots_);
  slots_.assign(old.empty() ? 1024 : 2 * old.size(), -1);
  for (TokenId id : old) {
    if (id >= 0) slots_[slot_of(pieces_[id])] = id;
  }
}

size_t Vocabulary::slot_of(std::string_view piece) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = hash_bytes(piece) & mask;
  while (slots_[slot] >= 0 && pieces_[slots_[slot]] != piece) slot = (slot + 1) & mask;
  return slot;
}

}  // namespace sov::text
