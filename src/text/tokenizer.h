#pragma once
// Text <-> token ids, from tokenizer.json or GGUF/APR metadata.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"

namespace sov::text {

using TokenId = int32_t;

struct EncodeOptions {
  bool add_special = true;    // the post-processor's / GGUF's BOS and EOS
  bool parse_special = true;  // special tokens written in the text become their ids
};

enum class SkipSpecial { no, yes };

/// Immutable once made. Threads: const calls are safe.
class Tokenizer {
 public:
  /// tokenizer.json; tokenizer_config may be null. Errors: corrupt, unsupported (names the component).
  static Result<Tokenizer> from_huggingface(const Json& tokenizer_json, const Json& tokenizer_config);
  /// GGUF metadata (flat keys: tokenizer.ggml.model, .pre, .tokens, .merges, .scores, .token_type, ...).
  static Result<Tokenizer> from_gguf(const Json& metadata);
  /// APR metadata (tokenizer.vocabulary, tokenizer.merges, tokenizer.scores, ...).
  static Result<Tokenizer> from_apr(const Json& metadata);

  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

  std::vector<TokenId> encode(std::string_view text, const EncodeOptions& options = {}) const;
  /// May end in an incomplete character; see StreamDecoder. Unknown ids decode to nothing.
  std::string decode(std::span<const TokenId> ids, SkipSpecial skip = SkipSpecial::no) const;

  /// Ids are 0 .. vocab_size()-1 (added tokens included).
  size_t vocab_size() const;
  /// The entry as written in the vocabulary, e.g. "Ġthe", "<0x0A>"; empty for an id that is not there.
  std::string_view piece(TokenId id) const;
  std::optional<TokenId> id_of(std::string_view piece) const;
  bool is_special(TokenId id) const;  // control tokens, hidden by SkipSpecial::yes
  std::optional<TokenId> bos() const;
  std::optional<TokenId> eos() const;
  /// "BPE (qwen2)", "Unigram", ... for people.
  std::string description() const;

  struct Impl;

 private:
  friend class StreamDecoder;
  explicit Tokenizer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

class DecodeStream;

/// Turns ids into text as they arrive; never emits part of a UTF-8 character. A byte sequence that turns out
/// invalid comes out as U+FFFD. The concatenation equals decode() with invalid bytes replaced.
/// Requires: the tokenizer outlives it. One text per object: nothing is pushed after finish().
class StreamDecoder {
 public:
  explicit StreamDecoder(const Tokenizer& tokenizer, SkipSpecial skip = SkipSpecial::yes);
  StreamDecoder(StreamDecoder&&) noexcept;
  StreamDecoder& operator=(StreamDecoder&&) noexcept;
  ~StreamDecoder();

  std::string push(TokenId id);
  std::string finish();

 private:
  std::string take_complete();

  const Tokenizer* tokenizer_;
  SkipSpecial skip_;
  std::unique_ptr<DecodeStream> stream_;
  std::string pending_;  // bytes that do not make up a character yet
};

}  // namespace sov::text
