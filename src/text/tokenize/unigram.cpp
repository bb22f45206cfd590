#include "text/tokenize/unigram.h"

#include <algorithm>
#include <limits>

#include "core/utf8.h"

namespace sov::text {
namespace {

constexpr double kUnknownPenalty = 10;
constexpr TokenId kUnknownCharacter = -1;  // on a path: a character without a piece
constexpr double kUnreached = -std::numeric_limits<double>::infinity();

}  // namespace

Result<std::unique_ptr<Unigram>> Unigram::make(const Vocabulary& vocabulary, std::span<const double> scores,
                                               const std::vector<bool>& candidates, UnigramOptions options) {
  std::unique_ptr<Unigram> model(new Unigram(vocabulary, options));
  model->scores_.assign(scores.begin(), scores.end());
  model->has_bytes_ = options.byte_fallback;
  for (int byte = 0; byte < 256 && options.byte_fallback; byte++) {
    const auto id = vocabulary.find(strf("<0x{:02X}>", byte));
    model->bytes_[byte] = id.value_or(-1);
    if (!id) model->has_bytes_ = false;
  }
  if (!options.unknown && !model->has_bytes_)
    return fail(Code::unsupported,
                "Unigram: neither an unknown token nor all bytes, so not every text has ids");
  for (size_t i = 0; i < vocabulary.size(); i++) {
    const auto id = static_cast<TokenId>(i);
    if (candidates[i] && !vocabulary.piece(id).empty()) TRY(model->trie_.add(vocabulary.piece(id), id));
  }
  return model;
}

void Unigram::encode(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const {
  const uint64_t hash = hash_bytes(piece);
  if (scratch.cache.replay(piece, hash, out)) return;
  const size_t first = out.size();
  tokenize(piece, scratch, out);
  scratch.cache.remember(piece, hash, first, out.size() - first);
}

/// Leaves, per end position, the id of the best path's last piece in symbols and where it starts in previous.
void Unigram::best_paths(std::string_view text, Scratch& scratch) const {
  const double unknown_score = options_.min_score - kUnknownPenalty;
  scratch.scores.assign(text.size() + 1, kUnreached);
  scratch.symbols.resize(text.size() + 1);
  scratch.previous.resize(text.size() + 1);
  scratch.scores[0] = 0;
  const auto offer = [&](size_t begin, size_t end, TokenId id, double score) {
    if (!(score > scratch.scores[end])) return;
    scratch.scores[end] = score;
    scratch.symbols[end] = id;
    scratch.previous[end] = static_cast<uint32_t>(begin);
  };
  for (size_t at = 0; at < text.size();) {
    const double so_far = scratch.scores[at];
    const size_t length = utf8::decode(text.substr(at)).length;
    bool single = false;
    uint32_t node = ByteTrie::kRoot;
    for (size_t end = at; end < text.size();) {
      node = trie_.step(node, static_cast<uint8_t>(text[end++]));
      if (node == ByteTrie::kNone) break;
      const TokenId id = trie_.id_at(node);
      if (id < 0) continue;
      offer(at, end, id, so_far + scores_[static_cast<size_t>(id)]);
      single = single || end == at + length;
    }
    if (!single) offer(at, at + length, kUnknownCharacter, so_far + unknown_score);
    at += length;
  }
}

void Unigram::tokenize(std::string_view text, Scratch& scratch, std::vector<TokenId>& out) const {
  best_paths(text, scratch);
  // The path backwards, as end positions.
  std::vector<uint32_t>& ends = scratch.next;
  ends.clear();
  for (size_t end = text.size(); end > 0; end = scratch.previous[end])
    ends.push_back(static_cast<uint32_t>(end));
  for (size_t i = ends.size(); i-- > 0;) {
    const TokenId id = scratch.symbols[ends[i]];
    const auto unknown = [&](TokenId piece) {
      return piece == kUnknownCharacter || (options_.unknown && piece == *options_.unknown);
    };
    if (!unknown(id)) {
      out.push_back(id);
      continue;
    }
    const size_t begin = scratch.previous[ends[i]];
    while (i > 0 && unknown(scratch.symbols[ends[i - 1]])) i--;
    say_unknown(text.substr(begin, ends[i] - begin), out);
  }
}

void Unigram::say_unknown(std::string_view text, std::vector<TokenId>& out) const {
  if (!has_bytes_) {
    out.push_back(vocabulary_.find(text).value_or(*options_.unknown));
    return;
  }
  if (const auto whole = vocabulary_.find(text)) return out.push_back(*whole);
  for (char byte : text) out.push_back(bytes_[static_cast<uint8_t>(byte)]);
}

}  // namespace sov::text
