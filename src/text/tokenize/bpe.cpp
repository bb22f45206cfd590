#include "text/tokenize/bpe.h"

#include <algorithm>
#include <functional>

#include "core/utf8.h"
#include "text/tokenize/byte_level.h"

namespace sov::text {
namespace {

// Up to here the quadratic scan beats the heap: it touches two cache lines or so.
constexpr size_t kShort = 40;

std::string byte_piece(uint8_t byte, ByteLevel byte_level) {
  if (byte_level == ByteLevel::no) return strf("<0x{:02X}>", byte);
  std::string piece;
  utf8::append(piece, byte_level_char(byte));
  return piece;
}

}  // namespace

bool Bpe::covers_bytes(const Vocabulary& vocabulary) {
  for (int byte = 0; byte < 256; byte++) {
    if (!vocabulary.find(byte_piece(static_cast<uint8_t>(byte), ByteLevel::yes))) return false;
  }
  return true;
}

Result<std::unique_ptr<Bpe>> Bpe::make(const Vocabulary& vocabulary, const Merges& merges, BpeOptions options,
                                       ByteLevel byte_level) {
  std::unique_ptr<Bpe> model(new Bpe(vocabulary, std::move(options)));
  model->byte_level_ = byte_level == ByteLevel::yes;
  for (int byte = 0; byte < 256; byte++) {
    const bool wanted = model->byte_level_ || model->options_.byte_fallback;
    const auto id =
        wanted ? vocabulary.find(byte_piece(static_cast<uint8_t>(byte), byte_level)) : std::nullopt;
    model->bytes_[byte] = id.value_or(-1);
  }
  TRY(model->add_merges(merges));
  return model;
}

Result<> Bpe::add_merges(const Merges& merges) {
  if (merges.size() >= MergeTable::kMaxMerges) {
    return fail(Code::unsupported, "BPE: {} merges, fewer than {} are handled", merges.size(),
                MergeTable::kMaxMerges);
  }
  merges_.reserve(merges.size());
  for (size_t i = 0; i < merges.size(); i++) {
    const auto& [left, right] = merges[i];
    std::string_view rest = right;
    if (!options_.subword_prefix.empty() && rest.starts_with(options_.subword_prefix)) {
      rest.remove_prefix(options_.subword_prefix.size());
    }
    const std::string joined = left + std::string(rest);
    const auto left_id = vocabulary_.find(left), right_id = vocabulary_.find(right),
               id = vocabulary_.find(joined);
    if (!left_id || !right_id || !id) {
      const std::string& missing = !left_id ? left : !right_id ? right : joined;
      return fail(Code::corrupt, "BPE: merge {} ('{}' '{}'): '{}' is not in the vocabulary", i, left, right,
                  missing);
    }
    merges_.add(*left_id, *right_id, *id);
  }
  return {};
}

void Bpe::encode(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const {
  if (byte_level_ && piece.size() == 1) return out.push_back(bytes_[static_cast<uint8_t>(piece[0])]);
  const uint64_t hash = hash_bytes(piece);
  if (scratch.cache.replay(piece, hash, out)) return;
  const size_t first = out.size();
  tokenize(piece, scratch, out);
  scratch.cache.remember(piece, hash, first, out.size() - first);
}

std::optional<TokenId> Bpe::byte_id(uint8_t byte) const {
  // With byte fallback alone the stages before the model would see the byte's neighbours as separate texts.
  if (!byte_level_ || bytes_[byte] < 0) return std::nullopt;
  return bytes_[byte];
}

void Bpe::tokenize(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const {
  if (options_.ignore_merges) {
    const auto whole = byte_level_ ? vocabulary_.find(byte_level_text(piece)) : vocabulary_.find(piece);
    if (whole) return out.push_back(*whole);
  }
  std::vector<TokenId>& symbols = scratch.symbols;
  symbols.clear();
  if (byte_level_) {
    for (char byte : piece) symbols.push_back(bytes_[static_cast<uint8_t>(byte)]);
  } else {
    characters(piece, symbols);
  }
  if (symbols.size() <= kShort) return merge_short(symbols, out);
  merge_long(scratch, out);
}

void Bpe::characters(std::string_view piece, std::vector<TokenId>& symbols) const {
  TokenId unknown = -1;  // waits for a neighbour to fuse with
  std::string decorated;
  for (size_t at = 0; at < piece.size();) {
    const size_t length = utf8::decode(piece.substr(at)).length;
    std::string_view character = piece.substr(at, length);
    const bool prefixed = at > 0 && !options_.subword_prefix.empty();
    at += length;
    const bool suffixed = at == piece.size() && !options_.end_of_word.empty();
    if (prefixed || suffixed) {
      decorated = prefixed ? options_.subword_prefix : "";
      decorated += character;
      if (suffixed) decorated += options_.end_of_word;
      character = decorated;
    }
    if (const auto id = vocabulary_.find(character)) {
      if (unknown >= 0) symbols.push_back(unknown);
      unknown = -1;
      symbols.push_back(*id);
      continue;
    }
    if (options_.byte_fallback && fall_back(character, symbols)) continue;
    if (!options_.unknown) continue;  // nothing to say for it: the character is dropped
    if (unknown >= 0 && !options_.fuse_unknown) symbols.push_back(unknown);
    unknown = *options_.unknown;
  }
  if (unknown >= 0) symbols.push_back(unknown);
}

bool Bpe::fall_back(std::string_view character, std::vector<TokenId>& symbols) const {
  const auto missing = [&](char byte) { return bytes_[static_cast<uint8_t>(byte)] < 0; };
  if (std::any_of(character.begin(), character.end(), missing)) return false;
  for (char byte : character) symbols.push_back(bytes_[static_cast<uint8_t>(byte)]);
  return true;
}

void Bpe::merge_short(std::span<TokenId> symbols, std::vector<TokenId>& out) const {
  uint32_t ranks[kShort];
  size_t count = symbols.size();
  for (size_t i = 0; i + 1 < count; i++) ranks[i] = merges_.rank(symbols[i], symbols[i + 1]);
  while (count > 1) {
    const size_t at = static_cast<size_t>(std::min_element(ranks, ranks + count - 1) - ranks);
    if (ranks[at] == MergeTable::kNone) break;
    symbols[at] = merges_.result(ranks[at]);
    std::copy(symbols.begin() + at + 2, symbols.begin() + count, symbols.begin() + at + 1);
    std::copy(ranks + at + 1, ranks + count - 1, ranks + at);
    count--;
    if (at > 0) ranks[at - 1] = merges_.rank(symbols[at - 1], symbols[at]);
    if (at + 1 < count) ranks[at] = merges_.rank(symbols[at], symbols[at + 1]);
  }
  out.insert(out.end(), symbols.begin(), symbols.begin() + count);
}

// A heap of (rank, position) over a linked list: O(n log n) for a piece of n symbols. An entry is stale when
// the rank at its position has changed since.
void Bpe::merge_long(Scratch& scratch, std::vector<TokenId>& out) const {
  constexpr uint32_t kEnd = UINT32_MAX;
  std::vector<TokenId>& symbols = scratch.symbols;
  const auto count = static_cast<uint32_t>(symbols.size());
  std::vector<uint32_t>&ranks = scratch.ranks, &previous = scratch.previous, &next = scratch.next;
  std::vector<uint64_t>& heap = scratch.heap;
  const auto entry = [&](uint32_t at) { return uint64_t{ranks[at]} << 32 | at; };
  ranks.assign(count, MergeTable::kNone);
  previous.resize(count);
  next.resize(count);
  heap.clear();
  for (uint32_t i = 0; i < count; i++) {
    previous[i] = i == 0 ? kEnd : i - 1;
    next[i] = i + 1 == count ? kEnd : i + 1;
    if (next[i] == kEnd) break;
    ranks[i] = merges_.rank(symbols[i], symbols[i + 1]);
    if (ranks[i] != MergeTable::kNone) heap.push_back(entry(i));
  }
  std::make_heap(heap.begin(), heap.end(), std::greater<>());

  const auto rank_again = [&](uint32_t at) {
    ranks[at] = next[at] == kEnd ? MergeTable::kNone : merges_.rank(symbols[at], symbols[next[at]]);
    if (ranks[at] == MergeTable::kNone) return;
    heap.push_back(entry(at));
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  };
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    const uint64_t top = heap.back();
    heap.pop_back();
    const auto at = static_cast<uint32_t>(top);
    if (ranks[at] != top >> 32) continue;
    const uint32_t gone = next[at];
    symbols[at] = merges_.result(ranks[at]);
    next[at] = next[gone];
    if (next[at] != kEnd) previous[next[at]] = at;
    ranks[gone] = MergeTable::kNone;
    rank_again(at);
    if (previous[at] != kEnd) rank_again(previous[at]);
  }
  for (uint32_t at = 0; at != kEnd; at = next[at]) out.push_back(symbols[at]);
}

}  // namespace sov::text
