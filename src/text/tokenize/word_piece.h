#pragma once
// WordPiece: the longest piece at each place of a word; pieces inside a word are marked. And WordLevel: words
// as they are.

#include <memory>
#include <string>

#include "text/tokenize/byte_trie.h"
#include "text/tokenize/model.h"
#include "text/tokenize/vocabulary.h"

namespace sov::text {

struct WordPieceOptions {
  TokenId unknown = 0;
  std::string first_prefix;              // on a word's first piece (GGUF: the word mark)
  std::string continuing_prefix = "##";  // on the others
  size_t max_characters = 100;           // a longer word is unknown
};

/// A word of which any part has no piece is one unknown.
/// Source: Devlin et al., "BERT" (2018), the published tokenization.py; Schuster and Nakajima (2012).
class WordPiece final : public Model {
 public:
  /// Errors: unsupported (too large a vocabulary).
  static Result<std::unique_ptr<WordPiece>> make(const Vocabulary& vocabulary, WordPieceOptions options);

  void encode(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const override;
  std::optional<TokenId> byte_id(uint8_t) const override { return std::nullopt; }
  std::string_view name() const override { return "WordPiece"; }

 private:
  explicit WordPiece(WordPieceOptions options) : options_(std::move(options)) {}
  bool tokenize(std::string_view word, std::vector<TokenId>& out) const;

  WordPieceOptions options_;
  uint32_t first_ = ByteTrie::kRoot, inside_ = ByteTrie::kRoot;  // the nodes of the prefixes
  ByteTrie trie_;
};

class WordLevel final : public Model {
 public:
  WordLevel(const Vocabulary& vocabulary, TokenId unknown) : vocabulary_(vocabulary), unknown_(unknown) {}
  void encode(std::string_view piece, Scratch&, std::vector<TokenId>& out) const override {
    out.push_back(vocabulary_.find(piece).value_or(unknown_));
  }
  std::optional<TokenId> byte_id(uint8_t) const override { return std::nullopt; }
  std::string_view name() const override { return "WordLevel"; }

 private:
  const Vocabulary& vocabulary_;
  TokenId unknown_;
};

}  // namespace sov::text
