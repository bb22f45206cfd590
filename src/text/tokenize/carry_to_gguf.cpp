// tokenizer.json -> GGUF's keys. Source: ggml/docs/gguf.md, "Tokenizer".

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "text/tokenize/gguf_pre.h"
#include "text/tokenize/gguf_token_type.h"
#include "text/tokenize/lexicon.h"
#include "text/tokenize/patterns.h"
#include "text/tokenize/post_processor.h"
#include "text/tokenizer_carry.h"

namespace sov::text {
namespace {

std::string type_of(const Json& component) {
  const Json& type = member(component, "type");
  return type.is_string() ? type.string() : std::string();
}

tl::unexpected<Error> no_word_for(std::string_view what, const Json& component) {
  return fail(Code::unsupported, "tokenizer: GGUF has no word for the {} {}", what, component.dump());
}

/// The patterns that a pre-tokenizer isolates one after the other, ByteLevel's own included.
Result<> add_patterns(const Json& stage, std::vector<std::string>& out) {
  const std::string type = type_of(stage);
  if (type == "Sequence") {
    for (const Json& inner : member(stage, "pretokenizers").items()) TRY(add_patterns(inner, out));
    return {};
  }
  if (type == "ByteLevel") {
    TRY(const bool prefix, stage.bool_or("add_prefix_space", true));
    if (prefix) return no_word_for("pre-tokenizer", stage);
    TRY(const bool regex, stage.bool_or("use_regex", true));
    if (regex) out.emplace_back(pattern::kGpt2);
    return {};
  }
  if (type == "Digits" && member(stage, "individual_digits") == Json(true)) {
    out.emplace_back(pattern::kDigit);
    return {};
  }
  const Json& regex = member(member(stage, "pattern"), "Regex");
  const bool isolated = type == "Split" && regex.is_string() &&
                        member(stage, "behavior") == Json("Isolated") &&
                        member(stage, "invert") != Json(true);
  if (!isolated) return no_word_for("pre-tokenizer", stage);
  out.push_back(regex.string());
  return {};
}

bool ends_in_byte_level(const Json& pre_tokenizer) {
  const Json& list = member(pre_tokenizer, "pretokenizers");
  if (type_of(pre_tokenizer) != "Sequence") return type_of(pre_tokenizer) == "ByteLevel";
  return list.is_array() && !list.items().empty() && type_of(list.items().back()) == "ByteLevel";
}

Result<> byte_level_keys(const Lexicon& lexicon, Json& keys) {
  const Json& normalizer = member(lexicon.rest, "normalizer");
  if (!normalizer.is_null() && type_of(normalizer) != "NFC") return no_word_for("normalizer", normalizer);
  const Json& model = member(lexicon.rest, "model");
  TRY(const bool ignore_merges, model.bool_or("ignore_merges", false));
  std::vector<std::string> patterns;
  TRY(add_patterns(member(lexicon.rest, "pre_tokenizer"), patterns));
  const GgufPre* pre = gguf_pre_of(patterns, ignore_merges);
  if (!pre) return no_word_for("pre-tokenizer", member(lexicon.rest, "pre_tokenizer"));
  keys.set("tokenizer.ggml.model", "gpt2").set("tokenizer.ggml.pre", pre->name);
  return {};
}

/// A space before the text, as Llama 2's normalizer or a Metaspace pre-tokenizer puts it.
Result<bool> adds_space(const Json& rest) {
  const Json& pre = member(rest, "pre_tokenizer");
  if (type_of(pre) == "Metaspace") {
    TRY(const std::string scheme, pre.string_or("prepend_scheme", "always"));
    return scheme != "never";
  }
  const Json& normalizer = member(rest, "normalizer");
  const Json& list = member(normalizer, "normalizers");
  if (!list.is_array()) return type_of(normalizer) == "Prepend";
  return std::any_of(list.items().begin(), list.items().end(),
                     [](const Json& n) { return type_of(n) == "Prepend"; });
}

/// A merged piece scores by the first merge that makes it; pieces that no merge makes come last.
Json merge_scores(const Lexicon& lexicon) {
  std::unordered_map<std::string, size_t> rank;
  for (size_t i = 0; i < lexicon.merges.size(); i++) {
    std::string piece = lexicon.merges[i];
    std::erase(piece, ' ');
    rank.emplace(std::move(piece), i);
  }
  Json scores = Json::array();
  for (const auto& token : lexicon.tokens) {
    const auto found = token ? rank.find(*token) : rank.end();
    const size_t place = found == rank.end() ? lexicon.merges.size() : found->second;
    scores.push(-static_cast<double>(place));
  }
  return scores;
}

Result<> sentencepiece_keys(const Lexicon& lexicon, Json& keys) {
  keys.set("tokenizer.ggml.model", "llama").set("tokenizer.ggml.pre", "default");
  TRY(const bool space, adds_space(lexicon.rest));
  keys.set("tokenizer.ggml.add_space_prefix", space);
  keys.set("tokenizer.ggml.scores", merge_scores(lexicon));
  return {};
}

bool is_byte_piece(const std::string& text) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); };
  return text.size() == 6 && text.starts_with("<0x") && hex(text[3]) && hex(text[4]) && text[5] == '>';
}

GgufTokenType type_of_token(const Lexicon& lexicon, size_t id, bool byte_fallback) {
  const auto& text = lexicon.tokens[id];
  if (!text) return GgufTokenType::unused;
  const Json& unknown = member(member(lexicon.rest, "model"), "unk_token");
  if (byte_fallback && unknown == Json(*text)) return GgufTokenType::unknown;
  if (byte_fallback && is_byte_piece(*text)) return GgufTokenType::byte;
  const Json* added = added_token(lexicon.rest, static_cast<int64_t>(id));
  if (!added) return GgufTokenType::normal;
  return member(*added, "special") == Json(true) ? GgufTokenType::control : GgufTokenType::user_defined;
}

/// One entry for each row of the embedding.
Result<> pad(Lexicon& lexicon, int64_t vocabulary) {
  if (static_cast<int64_t>(lexicon.tokens.size()) > vocabulary) {
    return fail(Code::model, "tokenizer: {} tokens for a vocabulary of {}", lexicon.tokens.size(),
                vocabulary);
  }
  lexicon.tokens.resize(static_cast<size_t>(vocabulary));
  return {};
}

void token_keys(const Lexicon& lexicon, bool byte_fallback, Json& keys) {
  Json tokens = Json::array(), types = Json::array(), merges = Json::array();
  for (size_t i = 0; i < lexicon.tokens.size(); i++) {
    tokens.push(lexicon.tokens[i] ? *lexicon.tokens[i] : strf("[PAD{}]", i));
    types.push(static_cast<int64_t>(type_of_token(lexicon, i, byte_fallback)));
  }
  keys.set("tokenizer.ggml.tokens", std::move(tokens)).set("tokenizer.ggml.token_type", std::move(types));
  for (const std::string& merge : lexicon.merges) merges.push(merge);
  keys.set("tokenizer.ggml.merges", std::move(merges));
}

std::optional<int64_t> id_of(const Lexicon& lexicon, const std::string& text) {
  if (text.empty()) return std::nullopt;
  for (size_t i = 0; i < lexicon.tokens.size(); i++) {
    if (lexicon.tokens[i] == text) return static_cast<int64_t>(i);
  }
  return std::nullopt;
}

/// Ids of the special tokens, and which the template puts around a text.
Result<> end_keys(const Lexicon& lexicon, const Json& config, Json& keys) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"bos_token", "bos_token_id"},
                                                                      {"eos_token", "eos_token_id"},
                                                                      {"unk_token", "unknown_token_id"},
                                                                      {"pad_token", "padding_token_id"},
                                                                      {"sep_token", "seperator_token_id"}};
  std::optional<int64_t> bos, eos;
  for (const auto& [name, key] : kNames) {
    const auto id = id_of(lexicon, special_token(config, name));
    if (!id) continue;
    keys.set(strf("tokenizer.ggml.{}", key), *id);
    if (name == "bos_token") bos = id;
    if (name == "eos_token") eos = id;
  }
  TRY(const PostProcessor post, load_post_processor(member(lexicon.rest, "post_processor")));
  // A template may begin with a token that the configuration does not call BOS.
  if (!bos && post.prefix.size() == 1) keys.set("tokenizer.ggml.bos_token_id", int64_t{post.prefix[0]});
  if (!bos && post.prefix.size() == 1) bos = post.prefix[0];
  const auto only = [](const std::vector<TokenId>& ids, const std::optional<int64_t>& id) {
    return ids.empty() || (ids.size() == 1 && id && ids[0] == *id);
  };
  if (!only(post.prefix, bos) || !only(post.suffix, eos)) {
    return no_word_for("post-processor", member(lexicon.rest, "post_processor"));
  }
  keys.set("tokenizer.ggml.add_bos_token", !post.prefix.empty());
  keys.set("tokenizer.ggml.add_eos_token", !post.suffix.empty());
  return {};
}

}  // namespace

Result<Json> gguf_from_huggingface(const HuggingFaceTokenizer& source, int64_t vocabulary) {
  TRY(Lexicon lexicon, take_apart(source.tokenizer));
  const Json& model = member(lexicon.rest, "model");
  TRY(const std::string type, model.string_or("type", "BPE"));
  if (type != "BPE") {
    return fail(Code::unsupported, "tokenizer: a {} model is not carried to GGUF yet, only BPE", type);
  }
  TRY(const bool byte_fallback, model.bool_or("byte_fallback", false));
  const bool byte_level = ends_in_byte_level(member(lexicon.rest, "pre_tokenizer"));
  if (!byte_level && !byte_fallback) {
    return no_word_for("BPE without bytes and with the pre-tokenizer", member(lexicon.rest, "pre_tokenizer"));
  }
  TRY(pad(lexicon, vocabulary));
  Json keys = Json::object();
  if (byte_level) {
    TRY(byte_level_keys(lexicon, keys));
  } else {
    TRY(sentencepiece_keys(lexicon, keys));
  }
  token_keys(lexicon, !byte_level, keys);
  TRY(end_keys(lexicon, source.config, keys));
  keys.set("tokenizer.huggingface.rest", lexicon.rest.dump());
  if (source.config.is_object()) keys.set("tokenizer.huggingface.config", source.config.dump());
  return keys;
}

}  // namespace sov::text
