#include <algorithm>
#include <utility>

#include "core/utf8.h"
#include "text/tokenize/bpe.h"

namespace sov::text {

Result<std::unique_ptr<Bpe>> Bpe::from_scores(const Vocabulary& vocabulary, std::span<const float> scores,
                                              const std::vector<bool>& mergeable, BpeOptions options) {
  TRY(std::unique_ptr<Bpe> model, make(vocabulary, {}, std::move(options), ByteLevel::no));
  std::vector<TokenId> results;
  for (size_t i = 0; i < vocabulary.size(); i++) {
    const auto id = static_cast<TokenId>(i);
    // Of a piece that is there twice, the first is the one found.
    if (mergeable[i] && vocabulary.find(vocabulary.piece(id)) == id) results.push_back(id);
  }
  std::stable_sort(results.begin(), results.end(), [&](TokenId a, TokenId b) {
    return scores[static_cast<size_t>(a)] > scores[static_cast<size_t>(b)];
  });
  struct Pair {
    TokenId left, right;
    uint32_t rank;
  };
  std::vector<Pair> pairs;
  for (size_t rank = 0; rank < results.size(); rank++) {
    const std::string_view piece = vocabulary.piece(results[rank]);
    if (piece.empty()) continue;
    for (size_t at = utf8::decode(piece).length; at < piece.size();
         at += utf8::decode(piece.substr(at)).length) {
      const auto left = vocabulary.find(piece.substr(0, at)), right = vocabulary.find(piece.substr(at));
      if (left && right) pairs.push_back({*left, *right, static_cast<uint32_t>(rank)});
    }
  }
  if (pairs.size() >= MergeTable::kMaxMerges) {
    return fail(Code::unsupported, "BPE: {} pairs of pieces, fewer than {} are handled", pairs.size(),
                MergeTable::kMaxMerges);
  }
  model->merges_.reserve(pairs.size());
  for (const Pair& pair : pairs) model->merges_.add_ranked(pair.left, pair.right, pair.rank);
  model->merges_.set_results(std::move(results));
  return model;
}

}  // namespace sov::text
