#include "formats/gguf.h"

#include "formats/gguf_header.h"

namespace sov::formats {
namespace {

void find_chat_templates(ModelFile& model) {
  constexpr std::string_view kKey = "tokenizer.chat_template";
  for (const auto& [key, value] : model.metadata.members()) {
    if (!value.is_string() || !key.starts_with(kKey)) continue;
    const std::string_view rest = std::string_view(key).substr(kKey.size());
    if (rest.empty()) {
      model.chat_template = value.string();
    } else if (rest.starts_with('.') && rest.size() > 1) {
      model.named_chat_templates.emplace_back(rest.substr(1), value.string());
    }
  }
}

void find_tokenizer(ModelFile& model) {
  if (model.metadata.find("tokenizer.ggml.model") == nullptr) return;
  model.tokenizer.kind = TokenizerSource::Kind::gguf;
  Json::Object keys;
  for (const auto& [key, value] : model.metadata.members()) {
    if (key.starts_with("tokenizer.")) keys.emplace_back(key, value);
  }
  model.tokenizer.tokenizer = std::move(keys);
}

/// Files of our own writer keep generation_config.json as text.
Result<> find_generation_config(const ByteReader& in, ModelFile& model) {
  const Json* text = model.metadata.find("sovereign.generation_config");
  if (text == nullptr || !text->is_string()) return {};
  TRY(Json config, with(parse_json(text->string()), strf("{}: sovereign.generation_config", in.file())));
  if (config.is_object()) model.generation_config = std::move(config);
  return {};
}

}  // namespace

bool looks_like_gguf(Bytes bytes) { return bytes.size() >= 4 && as_text(bytes.first(4)) == "GGUF"; }

Result<> read_gguf(Bytes bytes, std::string_view name, ModelFile& model) {
  ByteReader in(bytes, name);
  TRY(const GgufHeader header, read_gguf_header(in));
  model.format = Format::gguf;
  model.variant = strf("GGUF v{}", header.version);
  TRY(const auto key_offsets, read_gguf_metadata(in, header.key_count, model));
  TRY(const uint64_t alignment, check_gguf_keys(in, key_offsets, model));
  TRY(read_gguf_tensors(in, bytes, header.tensor_count, alignment, model));
  find_chat_templates(model);
  find_tokenizer(model);
  return find_generation_config(in, model);
}

}  // namespace sov::formats
