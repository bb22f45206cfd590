#include "formats/huggingface.h"

#include <algorithm>
#include <unordered_map>

namespace sov::formats {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxCompanionBytes = 256'000'000;  // the largest tokenizer.json in use are about 35 MB

/// A JSON object from a file, or null when there is no such file.
Result<Json> read_object(const fs::path& path) {
  std::error_code ec;
  if (!fs::exists(path, ec)) return Json();
  TRY(const std::string text, read_text(path, kMaxCompanionBytes));
  const std::string name = path.string();
  TRY(Json json, parse_json(text, {.file = name, .offset = 0, .what = ""}));
  if (!json.is_object()) {
    return fail(Code::corrupt, "{} @0x0: wanted a JSON object, got {}", name, json.kind_phrase());
  }
  return json;
}

bool is_set(const Json& json, std::string_view key) {
  const Json* value = json.find(key);
  return value != nullptr && !value->is_null();
}

/// special_tokens_map.json completes tokenizer_config.json; it overrides it only in folders that predate
/// added_tokens_decoder, as transformers does.
void merge_special_tokens(const Json& special, Json& config) {
  if (special.is_null()) return;
  if (config.is_null()) config = Json::object();
  const bool legacy = !is_set(config, "added_tokens_decoder");
  std::unordered_map<std::string, size_t> place;  // a lookup in Json is linear
  for (const auto& [key, value] : config.members()) place.emplace(key, place.size());
  for (const auto& [key, value] : special.members()) {
    const auto [at, is_new] = place.emplace(key, place.size());
    if (is_new) {
      config.members().emplace_back(key, value);
    } else if (Json& old = config.members()[at->second].second; legacy || old.is_null()) {
      old = value;
    }
  }
}

void add_template(std::string_view name, std::string text, ModelFile& model) {
  if (name == "default") {
    model.chat_template = std::move(text);
  } else {
    model.named_chat_templates.emplace_back(std::string(name), std::move(text));
  }
}

Result<std::string> template_field(const Json& item, std::string_view key, const fs::path& path) {
  const Json* value = item.find(key);
  if (value != nullptr && value->is_string()) return value->string();
  return fail(Code::corrupt, "{} @0x0: chat_template: wanted a string \"{}\", got {}", path.string(), key,
              value == nullptr ? "none" : value->kind_phrase());
}

/// "chat_template": a string, or a list of {name, template}.
Result<> read_template_value(const Json& holder, const fs::path& path, ModelFile& model) {
  const Json* value = holder.find("chat_template");
  if (value == nullptr || value->is_null()) return {};
  if (value->is_string()) {
    model.chat_template = value->string();
    return {};
  }
  if (!value->is_array()) {
    return fail(Code::corrupt, "{} @0x0: \"chat_template\": wanted a string or a list, got {}", path.string(),
                value->kind_phrase());
  }
  for (const Json& item : value->items()) {
    TRY(const std::string name, template_field(item, "name", path));
    TRY(std::string text, template_field(item, "template", path));
    add_template(name, std::move(text), model);
  }
  return {};
}

/// Separate template files win over tokenizer_config.json.
Result<> read_template_files(const fs::path& folder, ModelFile& model) {
  TRY(const Json json, read_object(folder / "chat_template.json"));
  TRY(read_template_value(json, folder / "chat_template.json", model));
  std::error_code ec;
  if (fs::exists(folder / "chat_template.jinja", ec)) {
    TRY(std::string text, read_text(folder / "chat_template.jinja", kMaxCompanionBytes));
    model.chat_template = std::move(text);
  }
  std::vector<fs::path> additional;
  for (const auto& entry : fs::directory_iterator(folder / "additional_chat_templates", ec)) {
    if (entry.path().extension() == ".jinja") additional.push_back(entry.path());
  }
  std::sort(additional.begin(), additional.end());
  for (const fs::path& path : additional) {
    TRY(std::string text, read_text(path, kMaxCompanionBytes));
    add_template(path.stem().string(), std::move(text), model);
  }
  return {};
}

}  // namespace

Result<> read_huggingface_companions(const fs::path& folder, ModelFile& model) {
  TRY(model.config, read_object(folder / "config.json"));
  TRY(model.generation_config, read_object(folder / "generation_config.json"));
  return read_huggingface_tokenizer(folder, model);
}

Result<> read_huggingface_tokenizer(const fs::path& folder, ModelFile& model) {
  TRY(model.tokenizer.tokenizer, read_object(folder / "tokenizer.json"));
  TRY(model.tokenizer.tokenizer_config, read_object(folder / "tokenizer_config.json"));
  TRY(const Json special, read_object(folder / "special_tokens_map.json"));
  if (!model.tokenizer.tokenizer.is_null()) model.tokenizer.kind = TokenizerSource::Kind::huggingface;
  TRY(read_template_value(model.tokenizer.tokenizer_config, folder / "tokenizer_config.json", model));
  merge_special_tokens(special, model.tokenizer.tokenizer_config);
  return read_template_files(folder, model);
}

}  // namespace sov::formats
