#pragma once
// What the loaders of the GGUF tokenizer models share.

#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "text/tokenize/gguf_token_type.h"
#include "text/tokenize/impl.h"

namespace sov::text {

struct GgufDefaults {
  bool add_bos = false, add_eos = false;
  int64_t bos = -1, eos = -1;  // -1: none
};

/// The array, or null when the key is absent or holds something else.
const Json* gguf_array(const Json& metadata, std::string_view key);
/// Errors: corrupt when the id is not in the vocabulary.
Result<std::optional<TokenId>> gguf_token_id(const Json& metadata, std::string_view key, int64_t fallback,
                                             const Vocabulary& vocabulary);
/// BOS and EOS, and whether they are put around a text.
Result<> load_gguf_ends(const Json& metadata, const GgufDefaults& defaults, Tokenizer::Impl& impl);

/// tokenizer.ggml.model "llama": SentencePiece BPE. types has an entry per token.
Result<> load_gguf_llama(const Json& metadata, const std::vector<GgufTokenType>& types,
                         Tokenizer::Impl& impl);
/// tokenizer.ggml.model "t5": Unigram.
Result<> load_gguf_t5(const Json& metadata, const std::vector<GgufTokenType>& types, Tokenizer::Impl& impl);
/// tokenizer.ggml.model "bert": WordPiece of an uncased BERT (files do not say otherwise), word marks in
/// place of "##".
Result<> load_gguf_bert(const Json& metadata, Tokenizer::Impl& impl);

}  // namespace sov::text
