// GGUF's keys -> tokenizer.json and tokenizer_config.json.

#include <algorithm>
#include <unordered_map>

#include "core/utf8.h"
#include "text/tokenize/gguf_pre.h"
#include "text/tokenize/gguf_token_type.h"
#include "text/tokenize/lexicon.h"
#include "text/tokenize/patterns.h"
#include "text/tokenizer_carry.h"

namespace sov::text {
namespace {

Json object(std::string_view type) { return Json::object().set("type", type); }

/// tokenizer.json's components that GGUF only names.
struct Parts {
  Json normalizer, pre_tokenizer, decoder, model;
};

Json replace(std::string_view from, std::string_view to) {
  Json out = object("Replace");
  out.set("pattern", Json::object().set("String", from));
  return out.set("content", to);
}

Json byte_level(bool regex) {
  Json out = object("ByteLevel");
  return out.set("add_prefix_space", false).set("trim_offsets", false).set("use_regex", regex);
}

Result<Parts> byte_level_parts(const Json& keys) {
  TRY(const std::string name, keys.string_or("tokenizer.ggml.pre", "default"));
  TRY(const GgufPre* pre, gguf_pre(name));
  Parts parts;
  Json stages = Json::array();
  for (std::string_view regex : pre->patterns) {
    Json split = object("Split");
    split.set("pattern", Json::object().set("Regex", regex));
    stages.push(split.set("behavior", "Isolated").set("invert", false));
  }
  stages.push(byte_level(false));
  const bool gpt2 = pre->patterns.size() == 1 && pre->patterns[0] == pattern::kGpt2;
  parts.pre_tokenizer = gpt2 ? byte_level(true) : object("Sequence").set("pretokenizers", std::move(stages));
  parts.decoder = byte_level(true);
  parts.model = object("BPE");
  parts.model.set("dropout", nullptr).set("unk_token", nullptr);
  parts.model.set("continuing_subword_prefix", nullptr).set("end_of_word_suffix", nullptr);
  parts.model.set("fuse_unk", false).set("byte_fallback", false).set("ignore_merges", pre->ignore_merges);
  return parts;
}

constexpr std::string_view kSpacePiece = "\u2581";

Result<Parts> sentencepiece_parts(const Json& keys, const std::string& unknown) {
  TRY(const bool space, keys.bool_or("tokenizer.ggml.add_space_prefix", true));
  Parts parts;
  parts.normalizer = replace(" ", kSpacePiece);
  Json decoders = Json::Array{replace(kSpacePiece, " "), object("ByteFallback"), object("Fuse")};
  if (space) {
    Json both = Json::Array{object("Prepend").set("prepend", kSpacePiece), parts.normalizer};
    parts.normalizer = object("Sequence").set("normalizers", std::move(both));
    decoders.push(object("Strip").set("content", " ").set("start", 1).set("stop", 0));
  }
  parts.decoder = object("Sequence").set("decoders", std::move(decoders));
  parts.model = object("BPE");
  parts.model.set("dropout", nullptr).set("unk_token", unknown.empty() ? Json() : Json(unknown));
  parts.model.set("continuing_subword_prefix", nullptr).set("end_of_word_suffix", nullptr);
  parts.model.set("fuse_unk", true).set("byte_fallback", true).set("ignore_merges", false);
  return parts;
}

/// The merges that make SentencePiece's choices: every split of a piece into two others, the best-scored
/// piece first.
std::vector<std::string> merges_of_scores(const Lexicon& lexicon, const std::vector<GgufTokenType>& types,
                                          const std::vector<double>& scores) {
  std::unordered_map<std::string_view, size_t> ids;
  for (size_t i = 0; i < lexicon.tokens.size(); i++) {
    const bool plain = types[i] == GgufTokenType::normal || types[i] == GgufTokenType::user_defined;
    if (lexicon.tokens[i] && plain) ids.emplace(*lexicon.tokens[i], i);
  }
  struct Merge {
    double score;
    size_t piece, left, right;
  };
  std::vector<Merge> merges;
  for (const auto& [text, id] : ids) {
    for (size_t cut = utf8::decode(text).length; cut < text.size();
         cut += utf8::decode(text.substr(cut)).length) {
      const auto left = ids.find(text.substr(0, cut)), right = ids.find(text.substr(cut));
      if (left == ids.end() || right == ids.end()) continue;
      merges.push_back({scores[id], id, left->second, right->second});
    }
  }
  std::sort(merges.begin(), merges.end(), [](const Merge& a, const Merge& b) {
    if (a.score != b.score) return a.score > b.score;
    return std::tie(a.piece, a.left, a.right) < std::tie(b.piece, b.left, b.right);
  });
  std::vector<std::string> out;
  out.reserve(merges.size());
  for (const Merge& m : merges) out.push_back(*lexicon.tokens[m.left] + ' ' + *lexicon.tokens[m.right]);
  return out;
}

Result<std::vector<GgufTokenType>> types_of(const Json& keys, size_t count) {
  std::vector<GgufTokenType> types(count, GgufTokenType::normal);
  const Json* list = keys.find("tokenizer.ggml.token_type");
  if (!list) return types;
  if (!list->is_array() || list->items().size() != count)
    return fail(Code::corrupt, "tokenizer.ggml.token_type wants one entry for each of {} tokens", count);
  for (size_t i = 0; i < count; i++) {
    const Json& type = list->items()[i];
    if (!type.is_integer()) return fail(Code::corrupt, "tokenizer.ggml.token_type holds {}", type.dump());
    types[i] = static_cast<GgufTokenType>(type.kind() == Json::Kind::integer ? type.integer() : 0);
  }
  return types;
}

Result<std::vector<double>> scores_of(const Json& keys, size_t count) {
  const Json* list = keys.find("tokenizer.ggml.scores");
  if (!list || !list->is_array() || list->items().size() != count)
    return fail(Code::corrupt, "tokenizer.ggml.scores wants one number for each of {} tokens", count);
  std::vector<double> scores;
  for (const Json& score : list->items()) {
    if (!score.is_number()) return fail(Code::corrupt, "tokenizer.ggml.scores holds {}", score.dump());
    scores.push_back(score.number());
  }
  return scores;
}

Result<Lexicon> tokens_of(const Json& keys) {
  const Json* tokens = keys.find("tokenizer.ggml.tokens");
  if (!tokens || !tokens->is_array()) return fail(Code::corrupt, "no array tokenizer.ggml.tokens");
  Lexicon lexicon;
  for (const Json& token : tokens->items()) {
    if (!token.is_string()) return fail(Code::corrupt, "tokenizer.ggml.tokens holds {}", token.kind_name());
    lexicon.tokens.emplace_back(token.string());
  }
  const Json* merges = keys.find("tokenizer.ggml.merges");
  if (!merges || !merges->is_array()) return lexicon;
  for (const Json& merge : merges->items()) {
    if (!merge.is_string()) return fail(Code::corrupt, "tokenizer.ggml.merges holds {}", merge.kind_name());
    lexicon.merges.push_back(merge.string());
  }
  return lexicon;
}

/// Tokens that stand for no text: unused ones.
void drop_unused(const std::vector<GgufTokenType>& types, Lexicon& lexicon) {
  for (size_t i = 0; i < types.size(); i++) {
    if (types[i] == GgufTokenType::unused) lexicon.tokens[i].reset();
  }
  while (!lexicon.tokens.empty() && !lexicon.tokens.back()) lexicon.tokens.pop_back();
}

Json added_tokens(const Lexicon& lexicon, const std::vector<GgufTokenType>& types) {
  Json out = Json::array();
  for (size_t i = 0; i < lexicon.tokens.size(); i++) {
    const bool special = types[i] == GgufTokenType::control || types[i] == GgufTokenType::unknown;
    if (!lexicon.tokens[i] || (!special && types[i] != GgufTokenType::user_defined)) continue;
    Json token = Json::object().set("id", uint64_t{i}).set("content", *lexicon.tokens[i]);
    token.set("single_word", false).set("lstrip", false).set("rstrip", false);
    out.push(token.set("normalized", false).set("special", special));
  }
  return out;
}

struct Ends {
  std::optional<std::string> bos, eos, unknown, padding;
  bool add_bos = false, add_eos = false;
};

Result<Ends> ends_of(const Json& keys, const Lexicon& lexicon, bool add_bos_by_default) {
  Ends ends;
  const std::pair<std::string_view, std::optional<std::string>*> kIds[] = {
      {"bos_token_id", &ends.bos},
      {"eos_token_id", &ends.eos},
      {"unknown_token_id", &ends.unknown},
      {"padding_token_id", &ends.padding}};
  for (const auto& [name, text] : kIds) {
    TRY(const int64_t id, keys.int_or(strf("tokenizer.ggml.{}", name), -1));
    if (id >= 0 && static_cast<size_t>(id) < lexicon.tokens.size())
      *text = lexicon.tokens[static_cast<size_t>(id)];
  }
  TRY(ends.add_bos, keys.bool_or("tokenizer.ggml.add_bos_token", add_bos_by_default));
  TRY(ends.add_eos, keys.bool_or("tokenizer.ggml.add_eos_token", false));
  return ends;
}

Json post_processor(const Json& keys, const Ends& ends) {
  Json special = Json::object();
  const auto item = [&](std::string_view text, std::string_view id_key) {
    const Json ids = Json::Array{*keys.find(strf("tokenizer.ggml.{}", id_key))};
    Json entry = Json::object().set("id", text).set("ids", ids);
    special.set(text, entry.set("tokens", Json::Array{Json(text)}));
    return Json::object().set("SpecialToken", Json::object().set("id", text).set("type_id", 0));
  };
  const auto sequence = [](std::string_view id) {
    return Json::object().set("Sequence", Json::object().set("id", id).set("type_id", 0));
  };
  Json single = Json::array(), pair = Json::array();
  for (std::string_view text : {"A", "B"}) {
    for (Json* list : {&single, &pair}) {
      if (list == &single && text == "B") continue;
      if (ends.add_bos && ends.bos) list->push(item(*ends.bos, "bos_token_id"));
      list->push(sequence(text));
      if (ends.add_eos && ends.eos) list->push(item(*ends.eos, "eos_token_id"));
    }
  }
  Json out = object("TemplateProcessing");
  out.set("single", std::move(single)).set("pair", std::move(pair));
  return out.set("special_tokens", std::move(special));
}

void set_special_tokens(const Ends& ends, Json& config) {
  const auto set = [&](std::string_view key, const std::optional<std::string>& text) {
    if (text) config.set(key, *text);
  };
  set("bos_token", ends.bos);
  set("eos_token", ends.eos);
  set("unk_token", ends.unknown);
  set("pad_token", ends.padding);
}

/// From what our own writer kept; the keys' ids win, for they are what other tools edit.
Result<HuggingFaceTokenizer> restore(const Json& keys, Lexicon lexicon, const Ends& ends) {
  TRY(const std::string rest, keys.get_string("tokenizer.huggingface.rest"));
  TRY(lexicon.rest, with(parse_json(rest), "tokenizer.huggingface.rest"));
  HuggingFaceTokenizer out;
  TRY(out.tokenizer, with(put_together(lexicon), "tokenizer.huggingface.rest"));
  TRY(const std::string config, keys.string_or("tokenizer.huggingface.config", "{}"));
  TRY(out.config, with(parse_json(config), "tokenizer.huggingface.config"));
  set_special_tokens(ends, out.config);
  return out;
}

Result<HuggingFaceTokenizer> derive(const Json& keys, Lexicon lexicon,
                                    const std::vector<GgufTokenType>& types, const Ends& ends,
                                    const std::string& kind) {
  Parts parts;
  if (kind == "gpt2") {
    TRY(parts, byte_level_parts(keys));
  } else {
    TRY(parts, sentencepiece_parts(keys, ends.unknown.value_or("")));
    TRY(const std::vector<double> scores, scores_of(keys, types.size()));
    if (lexicon.merges.empty()) lexicon.merges = merges_of_scores(lexicon, types, scores);
  }
  lexicon.rest = Json::object().set("version", "1.0").set("truncation", nullptr).set("padding", nullptr);
  const Json added = added_tokens(lexicon, types);
  Json both = Json::array();
  if (kind != "gpt2") {
    for (const Json& token : added.items()) both.push(*token.find("id"));
  }
  parts.model.set("vocab_added", std::move(both));
  lexicon.rest.set("added_tokens", added).set("normalizer", parts.normalizer);
  lexicon.rest.set("pre_tokenizer", parts.pre_tokenizer).set("post_processor", post_processor(keys, ends));
  lexicon.rest.set("decoder", parts.decoder).set("model", parts.model);
  HuggingFaceTokenizer out;
  TRY(out.tokenizer, put_together(lexicon));
  out.config = Json::object().set("tokenizer_class", "PreTrainedTokenizerFast");
  out.config.set("clean_up_tokenization_spaces", false);
  set_special_tokens(ends, out.config);
  return out;
}

}  // namespace

Result<HuggingFaceTokenizer> huggingface_from_gguf(const Json& keys) {
  TRY(const std::string kind, keys.get_string("tokenizer.ggml.model"));
  if (kind != "gpt2" && kind != "llama") {
    return fail(Code::unsupported,
                "tokenizer.ggml.model '{}' is not carried to other formats yet, only gpt2 and llama", kind);
  }
  TRY(Lexicon lexicon, tokens_of(keys));
  TRY(const std::vector<GgufTokenType> types, types_of(keys, lexicon.tokens.size()));
  bool add_bos = kind == "llama";
  if (kind == "gpt2") {
    TRY(const std::string name, keys.string_or("tokenizer.ggml.pre", "default"));
    TRY(const GgufPre* pre, gguf_pre(name));
    add_bos = pre->add_bos;
  }
  TRY(const Ends ends, ends_of(keys, lexicon, add_bos));
  drop_unused(types, lexicon);
  if (keys.find("tokenizer.huggingface.rest")) return restore(keys, std::move(lexicon), ends);
  return derive(keys, std::move(lexicon), types, ends, kind);
}

}  // namespace sov::text
