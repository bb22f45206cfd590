#include "text/tokenize/bpe.h"
#include "text/tokenize/gguf_pre.h"
#include "text/tokenize/gguf_tokens.h"
#include "text/tokenize/impl.h"
#include "text/tokenizer_carry.h"

namespace sov::text {
namespace {

Result<> load_tokens(const Json& metadata, Vocabulary& vocabulary) {
  const Json* tokens = gguf_array(metadata, "tokenizer.ggml.tokens");
  if (tokens == nullptr) return fail(Code::corrupt, "no array tokenizer.ggml.tokens");
  for (const Json& token : tokens->items()) {
    if (!token.is_string()) return fail(Code::corrupt, "tokenizer.ggml.tokens holds {}", token.kind_name());
    TRY(vocabulary.add(token.string(), static_cast<int64_t>(vocabulary.size())));
  }
  return {};
}

/// Absent types are all normal.
Result<std::vector<GgufTokenType>> load_types(const Json& metadata, size_t count) {
  std::vector<GgufTokenType> types(count, GgufTokenType::normal);
  const Json* list = gguf_array(metadata, "tokenizer.ggml.token_type");
  if (list == nullptr) return types;
  if (list->items().size() != count) {
    return fail(Code::corrupt, "tokenizer.ggml.token_type has {} entries, there are {} tokens",
                list->items().size(), count);
  }
  for (size_t i = 0; i < count; i++) {
    const Json& type = list->items()[i];
    if (!type.is_integer())
      return fail(Code::corrupt, "tokenizer.ggml.token_type holds {}", type.kind_name());
    types[i] = static_cast<GgufTokenType>(type.kind() == Json::Kind::integer ? type.integer() : 0);
  }
  return types;
}

/// Control and user-defined tokens are found in the text; control and unknown ones are special.
Result<> add_typed_tokens(const std::vector<GgufTokenType>& types, Tokenizer::Impl& impl) {
  for (size_t i = 0; i < types.size(); i++) {
    const auto id = static_cast<TokenId>(i);
    const GgufTokenType type = types[i];
    if (type != GgufTokenType::control && type != GgufTokenType::user_defined &&
        type != GgufTokenType::unknown)
      continue;
    AddedToken token;
    token.content = impl.vocabulary.piece(id);
    token.id = id;
    token.special = type != GgufTokenType::user_defined;
    TRY(impl.add(token));
  }
  return {};
}

Result<Merges> load_merges(const Json& metadata) {
  const Json* list = gguf_array(metadata, "tokenizer.ggml.merges");
  if (list == nullptr) return fail(Code::corrupt, "no array tokenizer.ggml.merges");
  Merges merges;
  merges.reserve(list->items().size());
  for (const Json& item : list->items()) {
    // A piece may begin with the separating space's own byte only in theory; the first space after one byte
    // splits.
    const size_t space = item.is_string() ? item.string().find(' ', 1) : std::string::npos;
    if (space == std::string::npos) {
      return fail(Code::corrupt, "tokenizer.ggml.merges[{}] is no pair of pieces: {}", merges.size(),
                  item.dump());
    }
    merges.emplace_back(item.string().substr(0, space), item.string().substr(space + 1));
  }
  return merges;
}

Result<> load_gpt2(const Json& metadata, Tokenizer::Impl& impl) {
  TRY(const std::string name, metadata.string_or("tokenizer.ggml.pre", "default"));
  TRY(const GgufPre* pre, gguf_pre(name));
  std::vector<std::unique_ptr<PreTokenizer>> stages;
  for (std::string_view pattern : pre->patterns) {
    TRY(auto stage, make_split(pattern, SplitBehavior::isolated));
    stages.push_back(std::move(stage));
  }
  TRY(const Merges merges, load_merges(metadata));
  BpeOptions options;
  options.ignore_merges = pre->ignore_merges;
  const bool raw_bytes = Bpe::covers_bytes(impl.vocabulary);
  if (!raw_bytes) stages.push_back(make_byte_chars());
  impl.pre_tokenizer = make_sequence(std::move(stages));
  TRY(impl.model,
      Bpe::make(impl.vocabulary, merges, std::move(options), raw_bytes ? ByteLevel::yes : ByteLevel::no));
  impl.decoder = make_byte_level_decoder();
  impl.description = strf("byte-level BPE ({})", name);
  return load_gguf_ends(metadata, {.add_bos = pre->add_bos}, impl);
}

/// Files of our own writer kept what GGUF has no keys for; what is put around a text is the keys' to say.
Result<> load_kept(const Json& metadata, Tokenizer::Impl& impl) {
  TRY(const HuggingFaceTokenizer kept, huggingface_from_gguf(metadata));
  TRY(load_huggingface(kept.tokenizer, kept.config, impl));
  TRY(const bool add_bos, metadata.bool_or("tokenizer.ggml.add_bos_token", false));
  TRY(const bool add_eos, metadata.bool_or("tokenizer.ggml.add_eos_token", false));
  impl.prefix.clear();
  impl.suffix.clear();
  if (add_bos && impl.bos) impl.prefix.push_back(*impl.bos);
  if (add_eos && impl.eos) impl.suffix.push_back(*impl.eos);
  return {};
}

}  // namespace

const Json* gguf_array(const Json& metadata, std::string_view key) {
  const Json* list = metadata.find(key);
  return list != nullptr && list->is_array() ? list : nullptr;
}

Result<std::optional<TokenId>> gguf_token_id(const Json& metadata, std::string_view key, int64_t fallback,
                                             const Vocabulary& vocabulary) {
  TRY(const int64_t id, metadata.int_or(key, fallback));
  if (id < 0) return std::nullopt;
  if (id >= static_cast<int64_t>(vocabulary.size())) {
    return fail(Code::corrupt, "{} is {}, there are {} tokens", key, id, vocabulary.size());
  }
  return static_cast<TokenId>(id);
}

Result<> load_gguf_ends(const Json& metadata, const GgufDefaults& defaults, Tokenizer::Impl& impl) {
  TRY(impl.bos, gguf_token_id(metadata, "tokenizer.ggml.bos_token_id", defaults.bos, impl.vocabulary));
  TRY(impl.eos, gguf_token_id(metadata, "tokenizer.ggml.eos_token_id", defaults.eos, impl.vocabulary));
  TRY(const bool add_bos, metadata.bool_or("tokenizer.ggml.add_bos_token", defaults.add_bos));
  TRY(const bool add_eos, metadata.bool_or("tokenizer.ggml.add_eos_token", defaults.add_eos));
  if (add_bos && impl.bos) impl.prefix.push_back(*impl.bos);
  if (add_eos && impl.eos) impl.suffix.push_back(*impl.eos);
  return {};
}

Result<> load_gguf(const Json& metadata, Tokenizer::Impl& impl) {
  if (metadata.find("tokenizer.huggingface.rest")) return load_kept(metadata, impl);
  TRY(const std::string model, metadata.get_string("tokenizer.ggml.model"));
  TRY(load_tokens(metadata, impl.vocabulary));
  TRY(const std::vector<GgufTokenType> types, load_types(metadata, impl.vocabulary.size()));
  if (model == "gpt2") {
    TRY(load_gpt2(metadata, impl));
  } else if (model == "llama") {
    TRY(load_gguf_llama(metadata, types, impl));
  } else if (model == "t5") {
    TRY(load_gguf_t5(metadata, types, impl));
  } else if (model == "bert") {
    TRY(load_gguf_bert(metadata, impl));
  } else {
    return fail(Code::unsupported, "tokenizer.ggml.model '{}'", model);
  }
  return add_typed_tokens(types, impl);
}

Result<> load_apr(const Json& metadata, Tokenizer::Impl& impl) {
  TRY(const HuggingFaceTokenizer kept, huggingface_from_apr(metadata));
  return load_huggingface(kept.tokenizer, kept.config, impl);
}

}  // namespace sov::text
