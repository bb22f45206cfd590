#pragma once
// The same tokenizer in another container: tokenizer.json, GGUF's keys, APR's keys.

#include <cstdint>

#include "core/json.h"
#include "core/result.h"

namespace sov::text {

/// tokenizer.json and tokenizer_config.json.
struct HuggingFaceTokenizer {
  Json tokenizer;
  Json config;  // may be null
};

/// Flat keys tokenizer.ggml.*: byte-level BPE as model "gpt2", BPE with byte fallback (SentencePiece's kind)
/// as "llama" with scores that rank its merges. `vocabulary` is the number of rows of the embedding; ids
/// without a token become unused ones. What GGUF has no key for (normalizer, template, flags of added tokens)
/// is kept in tokenizer.huggingface.rest and .config, from which our own reader restores it exactly.
/// Errors: unsupported (a model or pre-tokenizer that GGUF has no name for, by name), corrupt.
Result<Json> gguf_from_huggingface(const HuggingFaceTokenizer& source, int64_t vocabulary);

/// The other way. Files that kept tokenizer.huggingface.rest get their tokenizer.json back; others one that
/// encodes alike. Errors: unsupported (tokenizer.ggml.model or .pre, by name), corrupt.
Result<HuggingFaceTokenizer> huggingface_from_gguf(const Json& keys);

/// Flat keys tokenizer.vocabulary, .merges, .scores (rank of merges negated), .model_type, ..., and
/// tokenizer.huggingface.rest. Any kind of tokenizer whose vocabulary is a list or a map.
Result<Json> apr_from_huggingface(const HuggingFaceTokenizer& source);

/// The other way. Errors: unsupported for files without tokenizer.huggingface.rest: other writers keep no
/// pre-tokenizer.
Result<HuggingFaceTokenizer> huggingface_from_apr(const Json& keys);

}  // namespace sov::text
