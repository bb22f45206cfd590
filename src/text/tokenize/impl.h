#pragma once
// What a Tokenizer is made of. Text passes: added tokens | normalizer | added tokens | pre-tokenizer | model.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/tokenize/added_tokens.h"
#include "text/tokenize/decoder.h"
#include "text/tokenize/encode_limits.h"
#include "text/tokenize/model.h"
#include "text/tokenize/normalizer.h"
#include "text/tokenize/pre_tokenizer.h"
#include "text/tokenize/vocabulary.h"
#include "text/tokenizer.h"

namespace sov::text {

struct Tokenizer::Impl {
  Vocabulary vocabulary;  // the model's; the model refers to it
  std::unordered_map<TokenId, std::string> added_pieces;
  std::unordered_map<std::string, TokenId> added_ids;
  std::vector<bool> special;
  AddedTokenSet added_raw, added_normalized;

  std::unique_ptr<Normalizer> normalizer;       // null: none
  std::unique_ptr<PreTokenizer> pre_tokenizer;  // null: the text is one piece
  std::unique_ptr<Model> model;
  std::unique_ptr<Decoder> decoder;
  std::vector<TokenId> prefix, suffix;  // what add_special puts around the text
  std::optional<Truncation> truncation;
  std::optional<Padding> padding;
  std::optional<TokenId> bos, eos;
  std::string description;
  size_t size = 0;
  bool takes_bytes = false;  // the model has an id for each of the 256 bytes
  bool reads_bytes = false;  // every stage passes bytes that are no UTF-8 on to a model that takes them

  /// Registers an added token; its id may be the model's own id for the same piece.
  Result<> add(const AddedToken& token);
  void set_special(TokenId id);
  std::optional<TokenId> find(std::string_view piece) const;
  void decode_one(TokenId id, SkipSpecial skip, DecodeStream& stream, std::string& out) const;
};

/// The three loaders fill an Impl; Tokenizer's factories wrap them.
Result<> load_huggingface(const Json& tokenizer, const Json& config, Tokenizer::Impl& impl);
Result<> load_gguf(const Json& metadata, Tokenizer::Impl& impl);
Result<> load_apr(const Json& metadata, Tokenizer::Impl& impl);

}  // namespace sov::text
