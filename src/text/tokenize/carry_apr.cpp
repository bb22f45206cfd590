// tokenizer.json <-> APR's keys.

#include "text/tokenize/lexicon.h"
#include "text/tokenizer_carry.h"

namespace sov::text {
namespace {

std::optional<int64_t> id_of(const Lexicon& lexicon, const std::string& text) {
  for (size_t i = 0; !text.empty() && i < lexicon.tokens.size(); i++) {
    if (lexicon.tokens[i] == text) return static_cast<int64_t>(i);
  }
  return std::nullopt;
}

Result<std::vector<std::string>> texts(const Json& keys, std::string_view key) {
  std::vector<std::string> out;
  const Json* list = keys.find(key);
  if (!list) return out;
  if (!list->is_array()) return fail(Code::corrupt, "{} is {}, wanted an array", key, list->kind_name());
  for (const Json& item : list->items()) {
    if (!item.is_string()) return fail(Code::corrupt, "{} holds {}", key, item.kind_name());
    out.push_back(item.string());
  }
  return out;
}

}  // namespace

Result<Json> apr_from_huggingface(const HuggingFaceTokenizer& source) {
  TRY(Lexicon lexicon, take_apart(source.tokenizer));
  Json vocabulary = Json::array(), merges = Json::array(), scores = Json::array();
  for (const auto& token : lexicon.tokens) vocabulary.push(token.value_or(""));
  for (std::string& merge : lexicon.merges) merges.push(std::move(merge));
  for (double score : lexicon.scores) scores.push(score);
  Json keys = Json::object().set("tokenizer.vocabulary", std::move(vocabulary));
  keys.set("tokenizer.vocab_size", uint64_t{lexicon.tokens.size()});
  if (!merges.items().empty()) keys.set("tokenizer.merges", std::move(merges));
  if (!scores.items().empty()) keys.set("tokenizer.scores", std::move(scores));
  TRY(const std::string type, lexicon.rest.find("model")->string_or("type", "BPE"));
  keys.set("tokenizer.model_type", type);
  if (const auto bos = id_of(lexicon, special_token(source.config, "bos_token")))
    keys.set("tokenizer.bos_token_id", *bos);
  if (const auto eos = id_of(lexicon, special_token(source.config, "eos_token")))
    keys.set("tokenizer.eos_token_id", *eos);
  keys.set("tokenizer.huggingface.rest", std::move(lexicon.rest));
  if (source.config.is_object()) keys.set("tokenizer.huggingface.config", source.config);
  return keys;
}

Result<HuggingFaceTokenizer> huggingface_from_apr(const Json& keys) {
  const Json* rest = keys.find("tokenizer.huggingface.rest");
  if (!rest) {
    return fail(Code::unsupported,
                "APR metadata: this tokenizer names no pre-tokenizer, so how it cuts text is unknown");
  }
  Lexicon lexicon;
  TRY(const std::vector<std::string> tokens, texts(keys, "tokenizer.vocabulary"));
  for (const std::string& token : tokens) {
    lexicon.tokens.push_back(token.empty() ? std::nullopt : std::optional(token));
  }
  TRY(lexicon.merges, texts(keys, "tokenizer.merges"));
  if (const Json* scores = keys.find("tokenizer.scores"); scores && scores->is_array()) {
    for (const Json& score : scores->items()) {
      if (!score.is_number()) return fail(Code::corrupt, "tokenizer.scores holds {}", score.kind_name());
      lexicon.scores.push_back(score.number());
    }
  }
  lexicon.rest = *rest;
  HuggingFaceTokenizer out;
  TRY(out.tokenizer, with(put_together(lexicon), "tokenizer.huggingface.rest"));
  if (const Json* config = keys.find("tokenizer.huggingface.config")) out.config = *config;
  return out;
}

}  // namespace sov::text
