// The keys are those that aprender's and realizar's readers look for.

#include "llm/convert/apr_target.h"

#include <algorithm>
#include <map>

#include "llm/convert/folder_target.h"
#include "llm/convert/tokenizers.h"

namespace sov::llm {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

/// The dtype of most quantised values, if any are.
Json quantization_of(const Plan& plan) {
  std::map<DType, uint64_t> values;
  for (const PlannedTensor& t : plan.tensors) {
    if (is_quantized(t.spec.dtype)) values[t.spec.dtype] += t.rows() * t.columns();
  }
  if (values.empty()) return {};
  const DType most = std::max_element(values.begin(), values.end(), [](const auto& a, const auto& b) {
                       return a.second < b.second;
                     })->first;
  const bool symmetric = most == DType::q6_k || most == DType::apr_q4;
  const int bits = most == DType::q6_k ? 6 : 4;
  Json out = Json::object().set("quant_type", upper(name(most))).set("bits", bits);
  return out.set("block_size", int64_t{info(most).block_elements}).set("symmetric", symmetric);
}

void set_sizes(const Config& c, Json& metadata) {
  metadata.set("hidden_size", c.hidden).set("num_layers", c.layers).set("num_heads", c.heads);
  metadata.set("num_kv_heads", c.kv_heads).set("head_dim", c.head_dim).set("vocab_size", c.vocab);
  metadata.set("intermediate_size", c.ffn).set("max_position_embeddings", c.context);
  const bool layer_norm = c.norm == nn::NormKind::layer;
  metadata.set(layer_norm ? "layer_norm_eps" : "rms_norm_eps", static_cast<double>(c.norm_eps));
  if (!c.ropes.empty()) {
    metadata.set("rope_theta", c.ropes[0].theta);
    metadata.set("rope_type", 2);  // rows of q and k in halves, whatever they came from
  }
  metadata.set("tied_embeddings", c.tied_head).set("qkv_bias", c.qkv_bias);
  metadata.set("weight_layout", "out_in");
}

void set_special_tokens(const Json& config, Json& metadata) {
  Json special = Json::object();
  for (std::string_view key : {"bos_token", "eos_token", "unk_token", "pad_token"}) {
    const Json* entry = config.find(key);
    if (entry && entry->is_object()) entry = entry->find("content");
    if (entry && entry->is_string()) special.set(key, *entry);
  }
  if (!special.members().empty()) metadata.set("special_tokens", std::move(special));
}

void set_totals(const Plan& plan, Json& metadata) {
  uint64_t bytes = 0, parameters = 0;
  for (const PlannedTensor& t : plan.tensors) {
    const uint64_t values = t.rows() * t.columns();
    bytes += bytes_for(t.spec.dtype, values).value_or(0);
    parameters += values;
  }
  metadata.set("total_size", bytes).set("param_count", parameters);
}

}  // namespace

Result<Json> apr_metadata(const Source& source, const Plan& plan, std::string_view model_name,
                          std::vector<std::string>& warnings) {
  const Architecture& architecture = *source.description.architecture;
  Json metadata = Json::object().set("architecture", architecture.name);
  metadata.set("model_type", architecture.model_type).set("name", model_name);
  metadata.set("original_format", formats::format_name(source.file->format));
  metadata.set("hf_architecture", architecture.class_name).set("hf_model_type", architecture.model_type);
  set_sizes(source.config, metadata);
  set_totals(plan, metadata);
  if (Json quantization = quantization_of(plan); quantization.is_object())
    metadata.set("quantization", std::move(quantization));
  TRY(Json config, huggingface_config(source, plan));
  metadata.set("hf_config", std::move(config));
  if (Json generation = carried_generation_config(source); generation.is_object())
    metadata.set("hf_generation_config", std::move(generation));
  TRY(add_apr_tokenizer(source, metadata, warnings));
  if (const Json* kept = metadata.find("tokenizer.huggingface.config")) set_special_tokens(*kept, metadata);
  return metadata;
}

}  // namespace sov::llm
