#include "text/tokenize/charsmap.h"

#include <cstring>

namespace sov::text {
namespace {

bool has_leaf(uint32_t unit) { return (unit >> 8 & 1) != 0; }
uint32_t value_of(uint32_t unit) { return unit & 0x7FFFFFFFU; }
uint32_t label_of(uint32_t unit) { return unit & 0x800000FFU; }
uint32_t offset_of(uint32_t unit) { return (unit >> 10) << ((unit & 0x200U) >> 6); }

uint32_t little_endian(const char* bytes) {
  uint32_t value = 0;
  for (int i = 3; i >= 0; i--) value = value << 8 | static_cast<uint8_t>(bytes[i]);
  return value;
}

}  // namespace

Result<Charsmap> Charsmap::parse(std::string_view blob) {
  if (blob.size() < 4) return fail(Code::corrupt, "charsmap of {} bytes, wanted at least 4", blob.size());
  const size_t trie_size = little_endian(blob.data());
  blob.remove_prefix(4);
  if (trie_size > blob.size() || trie_size % 4 != 0) {
    return fail(Code::corrupt, "charsmap: trie of {} bytes, {} are there", trie_size, blob.size());
  }
  Charsmap map;
  map.units_.reserve(trie_size / 4);
  for (size_t at = 0; at < trie_size; at += 4) map.units_.push_back(little_endian(blob.data() + at));
  map.replacements_ = blob.substr(trie_size);
  if (map.replacements_.empty() || map.replacements_.back() != '\0') map.replacements_.push_back('\0');
  return map;
}

std::optional<Charsmap::Match> Charsmap::longest(std::string_view text) const { return find(text, true); }
std::optional<Charsmap::Match> Charsmap::shortest(std::string_view text) const { return find(text, false); }

std::optional<Charsmap::Match> Charsmap::find(std::string_view text, bool longest) const {
  std::optional<Match> best;
  if (units_.empty()) return best;
  size_t node = offset_of(units_[0]);
  for (size_t i = 0; i < text.size(); i++) {
    const auto byte = static_cast<uint8_t>(text[i]);
    node ^= byte;
    if (byte == 0 || node >= units_.size() || label_of(units_[node]) != byte) break;
    const uint32_t unit = units_[node];
    node ^= offset_of(unit);
    if (!has_leaf(unit) || node >= units_.size()) continue;
    const size_t value = value_of(units_[node]);
    if (value >= replacements_.size()) continue;
    best = Match{i + 1, std::string_view(replacements_.data() + value)};
    if (!longest) break;
  }
  return best;
}

}  // namespace sov::text
