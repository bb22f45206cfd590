// GGUF metadata in config.json's words. Source: ggml/docs/gguf.md, "Standardized key-value pairs".

#include <cmath>

#include "llm/arch/describe.h"
#include "llm/arch/tensor_map.h"

namespace sov::llm {
namespace {

using formats::ModelFile;
using formats::Tensor;

std::string full_key(const Architecture& a, std::string_view suffix) {
  return strf("{}.{}", a.gguf_name, suffix);
}

const Json* lookup(const Architecture& a, const ModelFile& file, std::string_view suffix) {
  return file.metadata.find(full_key(a, suffix));
}

/// One number, or an array that repeats it (per-layer values that differ are not built).
Result<Json> scalar(const Json& value, std::string_view key) {
  if (!value.is_array()) return value;
  if (value.items().empty()) return fail(Code::model, "GGUF metadata: '{}' is an empty array", key);
  for (const Json& item : value.items()) {
    if (item != value.items()[0]) {
      return fail(Code::unsupported, "GGUF metadata: '{}' differs between layers, not built", key);
    }
  }
  return value.items()[0];
}

Result<Json> copy_keys(const Architecture& a, const ModelFile& file) {
  Json config = Json::object();
  config.set("architectures", Json::Array{Json(a.class_name)});
  config.set("model_type", a.model_type);
  for (const KeyName& key : a.keys()) {
    const Json* found = lookup(a, file, key.gguf);
    if (!found) continue;
    TRY(Json value, scalar(*found, full_key(a, key.gguf)));
    config.set(key.huggingface, std::move(value));
  }
  return config;
}

Result<> partial_rotary(const Architecture& a, const ModelFile& file, Json& config) {
  const Json* dim = lookup(a, file, "rope.dimension_count");
  if (!dim) return {};
  TRY(const int64_t hidden, config.get_int("hidden_size"));
  TRY(const int64_t heads, config.get_int("num_attention_heads"));
  TRY(const int64_t head_dim, config.int_or("head_dim", heads > 0 ? hidden / heads : 0));
  if (!dim->is_integer() || head_dim <= 0)
    return fail(Code::model, "GGUF metadata: 'rope.dimension_count' or head size is no count");
  if (dim->integer() != head_dim) {
    config.set("partial_rotary_factor", static_cast<double>(dim->integer()) / static_cast<double>(head_dim));
  }
  return {};
}

Result<> copy_real(const Architecture& a, const ModelFile& file, std::string_view suffix, std::string_view to,
                   Json& block) {
  const Json* value = lookup(a, file, suffix);
  if (!value) return {};
  if (!value->is_number()) return fail(Code::model, "GGUF metadata: '{}' is no number", full_key(a, suffix));
  block.set(to, *value);
  return {};
}

Json numbers(const std::vector<float>& values) {
  Json out = Json::array();
  for (float v : values) out.push(static_cast<double>(v));
  return out;
}

/// Phi-3's per-frequency factors are tensors in GGUF.
Result<> longrope(const Architecture& a, const ModelFile& file, Json& config) {
  const Tensor* long_factors = file.find("rope_factors_long.weight");
  const Tensor* short_factors = file.find("rope_factors_short.weight");
  if (!long_factors && !short_factors) return {};
  if (!long_factors || !short_factors) {
    return fail(Code::model,
                "{}: only one of rope_factors_long.weight and rope_factors_short.weight is there",
                file.path.string());
  }
  TRY(const std::vector<float> longs, read_vector(*long_factors));
  TRY(const std::vector<float> shorts, read_vector(*short_factors));
  Json block = Json::object();
  block.set("rope_type", "longrope");
  block.set("long_factor", numbers(longs)).set("short_factor", numbers(shorts));
  TRY(copy_real(a, file, "rope.scaling.attn_factor", "attention_factor", block));
  config.set("rope_scaling", std::move(block));
  return {};
}

/// llama.cpp multiplies YaRN's own factor by the key's; config.json's is the product.
Result<> yarn_attention_factor(Json& block) {
  const Json* relative = block.find("attention_factor");
  if (!relative) return {};
  TRY(const double factor, block.get_number("factor"));
  if (!(factor >= 1))
    return fail(Code::model, "GGUF metadata: RoPE factor {} wants to be at least 1", factor);
  block.set("attention_factor", relative->number() * (1 + 0.1 * std::log(factor)));
  return {};
}

Result<> scaling(const Architecture& a, const ModelFile& file, Json& config) {
  const Json* type = lookup(a, file, "rope.scaling.type");
  if (!type || *type == Json("none") || config.find("rope_scaling")) return {};
  if (!type->is_string())
    return fail(Code::model, "GGUF metadata: '{}' is no string", full_key(a, "rope.scaling.type"));
  Json block = Json::object();
  block.set("rope_type", *type);
  TRY(copy_real(a, file, "rope.scaling.factor", "factor", block));
  TRY(copy_real(a, file, "rope.scaling.original_context_length", "original_max_position_embeddings", block));
  TRY(copy_real(a, file, "rope.scaling.attn_factor", "attention_factor", block));
  TRY(copy_real(a, file, "rope.scaling.yarn_beta_fast", "beta_fast", block));
  TRY(copy_real(a, file, "rope.scaling.yarn_beta_slow", "beta_slow", block));
  if (*type == Json("yarn")) TRY(yarn_attention_factor(block));
  config.set("rope_scaling", std::move(block));
  return {};
}

/// Which layers slide: a period, or one flag for each layer.
Result<> window_pattern(const Architecture& a, const ModelFile& file, Json& config) {
  constexpr std::string_view kKey = "attention.sliding_window_pattern";
  const Json* pattern = lookup(a, file, kKey);
  if (!pattern) return {};
  if (pattern->is_integer()) {
    config.set("sliding_window_pattern", *pattern);
    return {};
  }
  if (!pattern->is_array())
    return fail(Code::model, "GGUF metadata: '{}' is no count and no array", full_key(a, kKey));
  Json types = Json::array();
  for (const Json& slides : pattern->items()) {
    const bool yes = slides.is_bool() ? slides.boolean() : slides != Json(0);
    types.push(yes ? "sliding_attention" : "full_attention");
  }
  config.set("layer_types", std::move(types));
  return {};
}

/// What only the tensors tell.
Result<> from_tensors(const Architecture& a, const ModelFile& file, Json& config) {
  TRY(const TensorMap map, TensorMap::make(file, a));
  if (!config.find("vocab_size")) {
    TRY(const Tensor* embedding, map.need(Role::token_embedding));
    if (!embedding->shape.empty()) config.set("vocab_size", embedding->shape[0]);
  }
  config.set("tie_word_embeddings", map.find(Role::head) == nullptr);
  const bool bias = map.find(Role::q_bias) || map.find(Role::qkv_bias);
  if (bias) config.set("attention_bias", true);
  if (map.find(Role::down_bias)) config.set("mlp_bias", true);
  return {};
}

}  // namespace

Result<Json> config_from_gguf(const Architecture& a, const ModelFile& file) {
  TRY(Json config, copy_keys(a, file));
  if (a.adjust_from_gguf) TRY(a.adjust_from_gguf(file.metadata, config));
  TRY(window_pattern(a, file, config));
  TRY(from_tensors(a, file, config));
  if (config.find("num_attention_heads")) TRY(partial_rotary(a, file, config));
  TRY(longrope(a, file, config));
  TRY(scaling(a, file, config));
  return config;
}

}  // namespace sov::llm
