#include "llm/convert/tokenizers.h"

#include <algorithm>

namespace sov::llm {
namespace {

using formats::ModelFile;
using Kind = formats::TokenizerSource::Kind;

constexpr std::string_view kNoTokenizer =
    "the source carries no tokenizer, so neither does the result: it takes and gives token ids only";

void add_id(const Json& value, Json& ids) {
  if (value.is_array()) {
    for (const Json& item : value.items()) add_id(item, ids);
    return;
  }
  if (!value.is_integer()) return;
  const auto& have = ids.items();
  if (std::find(have.begin(), have.end(), value) == have.end()) ids.push(value);
}

/// Ids that end a generation, as GGUF and APR keys name them.
Json end_ids(const Json& metadata) {
  Json ids = Json::array();
  for (std::string_view key : {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id",
                               "tokenizer.ggml.eom_token_id", "tokenizer.eos_token_id"}) {
    if (const Json* value = metadata.find(key)) add_id(*value, ids);
  }
  return ids;
}

/// eot and eom: further end ids of the generation configuration.
void add_further_ends(const Source& source, Json& metadata) {
  Json ids = Json::array();
  const Json* own = source.file->generation_config.find("eos_token_id");
  if (!own) own = source.description.config.find("eos_token_id");
  if (own) add_id(*own, ids);
  const Json* eos = metadata.find("tokenizer.ggml.eos_token_id");
  if (!eos && !ids.items().empty()) metadata.set("tokenizer.ggml.eos_token_id", ids.items()[0]);
  eos = metadata.find("tokenizer.ggml.eos_token_id");
  std::vector<std::string_view> keys = {"tokenizer.ggml.eom_token_id", "tokenizer.ggml.eot_token_id"};
  for (const Json& id : ids.items()) {
    if (keys.empty() || (eos && id == *eos)) continue;
    metadata.set(keys.back(), id);
    eos = metadata.find("tokenizer.ggml.eos_token_id");
    keys.pop_back();
  }
}

}  // namespace

Result<std::optional<text::HuggingFaceTokenizer>> carried_tokenizer(const ModelFile& file) {
  switch (file.tokenizer.kind) {
    case Kind::none:
      return std::nullopt;
    case Kind::huggingface:
      return text::HuggingFaceTokenizer{file.tokenizer.tokenizer, file.tokenizer.tokenizer_config};
    case Kind::gguf: {
      const Json* model = file.tokenizer.tokenizer.find("tokenizer.ggml.model");
      if (model && (*model == Json("none") || *model == Json("no_vocab"))) return std::nullopt;
      TRY(auto tokenizer, with(text::huggingface_from_gguf(file.tokenizer.tokenizer), file.path.string()));
      return tokenizer;
    }
    case Kind::apr: {
      TRY(auto tokenizer, with(text::huggingface_from_apr(file.tokenizer.tokenizer), file.path.string()));
      return tokenizer;
    }
  }
  return std::nullopt;
}

Result<> add_gguf_tokenizer(const Source& source, Json& metadata, std::vector<std::string>& warnings) {
  TRY(const auto tokenizer, carried_tokenizer(*source.file));
  if (!tokenizer) {
    metadata.set("tokenizer.ggml.model", "none");
    warnings.emplace_back(kNoTokenizer);
  } else {
    TRY(Json keys,
        with(text::gguf_from_huggingface(*tokenizer, source.config.vocab), source.file->path.string()));
    for (auto& [key, value] : keys.members()) metadata.set(key, std::move(value));
  }
  add_further_ends(source, metadata);
  const Json& generation = source.file->generation_config;
  if (generation.is_object()) metadata.set("sovereign.generation_config", generation.dump());
  if (source.file->chat_template) metadata.set("tokenizer.chat_template", *source.file->chat_template);
  Json names = Json::array();
  for (const auto& [name, text] : source.file->named_chat_templates) {
    metadata.set(strf("tokenizer.chat_template.{}", name), text);
    names.push(name);
  }
  if (!names.items().empty()) metadata.set("tokenizer.chat_templates", std::move(names));
  return {};
}

Result<> add_apr_tokenizer(const Source& source, Json& metadata, std::vector<std::string>& warnings) {
  TRY(const auto tokenizer, carried_tokenizer(*source.file));
  if (!tokenizer) {
    warnings.emplace_back(kNoTokenizer);
  } else {
    TRY(Json keys, with(text::apr_from_huggingface(*tokenizer), source.file->path.string()));
    for (auto& [key, value] : keys.members()) metadata.set(key, std::move(value));
  }
  if (source.file->chat_template) metadata.set("chat_template", *source.file->chat_template);
  Json named = Json::object();
  for (const auto& [name, text] : source.file->named_chat_templates) named.set(name, text);
  if (!named.members().empty()) metadata.set("chat_templates", std::move(named));
  return {};
}

Json carried_generation_config(const Source& source) {
  const ModelFile& file = *source.file;
  if (file.generation_config.is_object()) return file.generation_config;
  Json config = Json::object();
  const Json ends = end_ids(file.metadata);
  if (ends.items().size() == 1) config.set("eos_token_id", ends.items()[0]);
  if (ends.items().size() > 1) config.set("eos_token_id", ends);
  for (std::string_view key : {"tokenizer.ggml.bos_token_id", "tokenizer.bos_token_id"}) {
    if (const Json* bos = file.metadata.find(key)) config.set("bos_token_id", *bos);
  }
  if (const Json* pad = file.metadata.find("tokenizer.ggml.padding_token_id"))
    config.set("pad_token_id", *pad);
  return config.members().empty() ? Json() : config;
}

}  // namespace sov::llm
