#include "text/tokenize/word_piece.h"

#include <algorithm>

namespace sov::text {

Result<std::unique_ptr<WordPiece>> WordPiece::make(const Vocabulary& vocabulary, WordPieceOptions options) {
  std::unique_ptr<WordPiece> model(new WordPiece(std::move(options)));
  for (size_t i = 0; i < vocabulary.size(); i++) {
    const auto id = static_cast<TokenId>(i);
    if (!vocabulary.piece(id).empty()) TRY(model->trie_.add(vocabulary.piece(id), id));
  }
  model->first_ = model->trie_.walk(ByteTrie::kRoot, model->options_.first_prefix);
  model->inside_ = model->trie_.walk(ByteTrie::kRoot, model->options_.continuing_prefix);
  return model;
}

void WordPiece::encode(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const {
  const uint64_t hash = hash_bytes(piece);
  if (scratch.cache.replay(piece, hash, out)) return;
  const size_t first = out.size();
  if (!tokenize(piece, out)) {
    out.resize(first);
    out.push_back(options_.unknown);
  }
  scratch.cache.remember(piece, hash, first, out.size() - first);
}

bool WordPiece::tokenize(std::string_view word, std::vector<TokenId>& out) const {
  const auto is_lead = [](char byte) { return (static_cast<uint8_t>(byte) & 0xC0) != 0x80; };
  const auto characters = std::count_if(word.begin(), word.end(), is_lead);
  if (static_cast<size_t>(characters) > options_.max_characters) return false;
  for (size_t at = 0; at < word.size();) {
    uint32_t node = at == 0 ? first_ : inside_;
    TokenId best = -1;
    size_t best_end = at;
    for (size_t end = at; node != ByteTrie::kNone && end < word.size();) {
      node = trie_.step(node, static_cast<uint8_t>(word[end++]));
      if (node == ByteTrie::kNone || trie_.id_at(node) < 0) continue;
      best = trie_.id_at(node);
      best_end = end;
    }
    if (best < 0) return false;
    out.push_back(best);
    at = best_end;
  }
  return true;
}

}  // namespace sov::text
