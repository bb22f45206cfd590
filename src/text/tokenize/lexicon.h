#pragma once
// tokenizer.json taken apart: its long lists, and the rest.

#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/result.h"

namespace sov::text {

struct Lexicon {
  /// By id; nothing where no token has that id.
  std::vector<std::optional<std::string>> tokens;
  std::vector<double> scores;       // Unigram's, by id; else empty
  std::vector<std::string> merges;  // "a b"
  /// tokenizer.json without the lists above. Where added tokens are also in the model's vocabulary,
  /// model.vocab_added lists their ids; merges of pieces with spaces stay here.
  Json rest;
};

/// Errors: corrupt, naming the entry.
Result<Lexicon> take_apart(const Json& tokenizer);
/// tokenizer.json again. Ids beyond the original ones and missing ones are left out.
/// Errors: corrupt when the rest and the tokens disagree.
Result<Json> put_together(const Lexicon& lexicon);

/// The entry of tokenizer.json's added_tokens for an id, or null.
const Json* added_token(const Json& rest, int64_t id);
/// "bos_token": "<s>" or {"content": "<s>"}; empty when absent.
std::string special_token(const Json& config, std::string_view key);

}  // namespace sov::text
