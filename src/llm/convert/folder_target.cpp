#include "llm/convert/folder_target.h"

#include <algorithm>
#include <map>

#include "llm/convert/meaning.h"
#include "llm/convert/rope_fit.h"
#include "llm/convert/tokenizers.h"

namespace sov::llm {
namespace {

/// As torch calls the dtype of most values of the matrices.
std::string_view torch_dtype(const Plan& plan) {
  std::map<DType, uint64_t> values;
  for (const PlannedTensor& t : plan.tensors) {
    if (t.spec.shape.size() > 1) values[t.spec.dtype] += t.rows() * t.columns();
  }
  const auto most = std::max_element(values.begin(), values.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == values.end()) return "float32";
  if (most->first == DType::f16) return "float16";
  return most->first == DType::bf16 ? "bfloat16" : "float32";
}

void set_dtype(std::string_view dtype, Json& config) {
  const bool modern = config.find("dtype") != nullptr;
  if (modern) config.set("dtype", dtype);
  if (!modern || config.find("torch_dtype")) config.set("torch_dtype", dtype);
}

/// The ids that generation_config.json names, for readers that look into config.json only.
void set_ids(const Source& source, Json& config) {
  const Json generation = carried_generation_config(source);
  for (std::string_view key : {"bos_token_id", "eos_token_id", "pad_token_id"}) {
    if (config.find(key)) continue;
    const Json* id = generation.find(key);
    // Absent, transformers' classes fill in ids of their own.
    config.set(key, id ? *id : Json());
  }
}

Json special_token_ids(const Json& config) {
  Json out = Json::object();
  for (std::string_view key : {"bos_token_id", "eos_token_id", "pad_token_id"}) {
    if (const Json* id = config.find(key); id && !id->is_null()) out.set(key, *id);
  }
  return out;
}

}  // namespace

Result<Json> huggingface_config(const Source& source, const Plan& plan) {
  Json config = source.description.config;
  const bool own = source.file->config.is_object() || source.file->metadata.find("hf_config") != nullptr;
  if (!own) {
    TRY(add_fitted_rope(source.config, config));
    set_ids(source, config);
  }
  set_dtype(torch_dtype(plan), config);
  TRY(const Config read, with(source.description.architecture->config(config), "config.json"));
  if (const auto difference = first_difference(source.config, read)) {
    return fail(Code::unsupported, "{}: config.json cannot say this of a {} model: {}",
                source.file->path.string(), source.config.architecture, *difference);
  }
  return config;
}

Result<std::vector<Companion>> companions(const Source& source, const Plan& plan,
                                          std::vector<std::string>& warnings) {
  std::vector<Companion> out;
  TRY(const Json config, huggingface_config(source, plan));
  out.push_back({"config.json", config.dump(2) + "\n"});
  Json generation = carried_generation_config(source);
  if (!generation.is_object()) generation = special_token_ids(config);
  out.push_back({"generation_config.json", generation.dump(2) + "\n"});
  TRY(auto tokenizer, carried_tokenizer(*source.file));
  if (tokenizer) {
    out.push_back({"tokenizer.json", tokenizer->tokenizer.dump(2) + "\n"});
    Json own = tokenizer->config.is_object() ? tokenizer->config : Json::object();
    if (!own.find("tokenizer_class")) own.set("tokenizer_class", "PreTrainedTokenizerFast");
    out.push_back({"tokenizer_config.json", own.dump(2) + "\n"});
  } else {
    warnings.emplace_back("the source carries no tokenizer, so neither does the result");
  }
  if (source.file->chat_template) out.push_back({"chat_template.jinja", *source.file->chat_template});
  for (const auto& [name, text] : source.file->named_chat_templates) {
    if (name.find('/') != std::string::npos || name.starts_with('.')) {
      return fail(Code::unsupported, "{}: chat template '{}' makes no file name", source.file->path.string(),
                  name);
    }
    out.push_back({"additional_chat_templates/" + name + ".jinja", text});
  }
  return out;
}

std::vector<Shard> make_shards(const Plan& plan, uint64_t limit) {
  std::vector<Shard> shards(1);
  uint64_t size = 0;
  for (size_t i = 0; i < plan.tensors.size(); i++) {
    const PlannedTensor& t = plan.tensors[i];
    const uint64_t bytes = bytes_for(t.spec.dtype, t.rows() * t.columns()).value_or(0);
    if (size > 0 && bytes > limit - std::min(limit, size)) {
      shards.emplace_back();
      size = 0;
    }
    shards.back().tensors.push_back(i);
    size += bytes;
  }
  for (size_t i = 0; i < shards.size(); i++) {
    shards[i].name = shards.size() == 1 ? "model.safetensors"
                                        : strf("model-{:05}-of-{:05}.safetensors", i + 1, shards.size());
  }
  return shards;
}

std::string index_of(const Plan& plan, const std::vector<Shard>& shards) {
  uint64_t bytes = 0;
  std::vector<std::pair<std::string_view, std::string_view>> places;
  for (const Shard& shard : shards) {
    for (size_t i : shard.tensors) {
      const PlannedTensor& t = plan.tensors[i];
      bytes += bytes_for(t.spec.dtype, t.rows() * t.columns()).value_or(0);
      places.emplace_back(t.spec.name, shard.name);
    }
  }
  std::sort(places.begin(), places.end());
  Json map = Json::object();
  for (const auto& [tensor, file] : places) map.members().emplace_back(tensor, file);
  Json index = Json::object().set("metadata", Json::object().set("total_size", bytes));
  return index.set("weight_map", std::move(map)).dump(2) + "\n";
}

}  // namespace sov::llm
