// Gemma 2: norms on both sides of each block, capped scores and logits, every other layer with a window.
// Source: Riviere et al., "Gemma 2" (2024), section 2; config.json keys as Gemma2Config documents.

#include <cmath>

#include "llm/arch/gemma.h"

namespace sov::llm {
namespace {

Result<Config> config(const Json& json) {
  Keys keys(json);
  const Defaults defaults{.tied = true, .head_dim = 256};
  Config c = gemma_config(keys, "gemma2", defaults);
  gemma2_additions(keys, 50, 30, c);
  const int64_t window = keys.size_or("sliding_window", 4096);
  set_windows(keys, window, [](int64_t layer, int64_t) { return layer % 2 == 0; }, 0, c);
  single_rope(keys, defaults, c);
  return finish(keys, std::move(c));
}

}  // namespace

void gemma2_additions(Keys& keys, double attention_cap, double logit_cap, Config& c) {
  c.activation = read_activation(keys, "hidden_activation", "gelu_pytorch_tanh");
  c.qkv_bias = c.attention_output_bias = keys.flag_or("attention_bias", false);
  c.sandwich_norms = true;
  const double scalar = keys.real_or("query_pre_attn_scalar", 256);
  if (!(scalar > 0))
    keys.report(Error(Code::model, strf("query_pre_attn_scalar wants a number > 0, got {}", scalar)));
  c.attention_scale = static_cast<float>(1 / std::sqrt(scalar));
  const auto cap = [&](std::string_view key, double fallback) {
    // Null switches the cap off; absent means the class's default.
    const bool off = keys.is_null(key);
    return off ? 0.0F : static_cast<float>(keys.real_or(key, fallback));
  };
  c.attention_soft_cap = cap("attn_logit_softcapping", attention_cap);
  c.logit_soft_cap = cap("final_logit_softcapping", logit_cap);
}

TensorNames gemma2_names() {
  TensorNames names = llama_names();
  std::erase_if(names, [](const TensorName& n) { return n.role == Role::mlp_norm; });
  names.push_back({Role::post_attention_norm, "layers.{}.post_attention_layernorm.weight"});
  names.push_back({Role::mlp_norm, "layers.{}.pre_feedforward_layernorm.weight"});
  names.push_back({Role::post_mlp_norm, "layers.{}.post_feedforward_layernorm.weight"});
  return names;
}

KeyNames gemma2_keys() {
  using enum KeyName::Kind;
  KeyNames keys = llama_keys();
  keys.push_back({"sliding_window", "attention.sliding_window", integer});
  keys.push_back({"attn_logit_softcapping", "attn_logit_softcapping", real});
  keys.push_back({"final_logit_softcapping", "final_logit_softcapping", real});
  return keys;
}

/// GGUF does not carry query_pre_attn_scalar: llama.cpp takes hidden / heads for the 27B models (told by
/// their layers) and head_dim for the others. Our own files say attention.scale where that is not so.
Result<> gemma_scale_from_gguf(const Json& metadata, std::string_view arch, int64_t layers_of_27b,
                               Json& config) {
  if (const Json* scale = metadata.find(strf("{}.attention.scale", arch)); scale && scale->is_number()) {
    // transformers wants an integer; an f32 scale says one to within its rounding.
    const double scalar = 1 / (scale->number() * scale->number()), whole = std::round(scalar);
    if (whole >= 1 && whole < 1e15 && std::abs(scalar - whole) <= 1e-6 * whole) {
      config.set("query_pre_attn_scalar", static_cast<int64_t>(whole));
    } else {
      config.set("query_pre_attn_scalar", scalar);
    }
    return {};
  }
  TRY(const int64_t layers, config.get_int("num_hidden_layers"));
  TRY(const int64_t hidden, config.get_int("hidden_size"));
  TRY(const int64_t heads, config.get_int("num_attention_heads"));
  TRY(const int64_t head_dim, config.int_or("head_dim", 256));
  if (heads <= 0) return fail(Code::model, "GGUF metadata: '{}.attention.head_count' is {}", arch, heads);
  config.set("query_pre_attn_scalar", layers == layers_of_27b ? hidden / heads : head_dim);
  return {};
}

namespace {
Result<> adjust_from_gguf(const Json& metadata, Json& config) {
  return gemma_scale_from_gguf(metadata, "gemma2", 46, config);
}
}  // namespace

Architecture gemma2() {
  return {.name = "gemma2",
          .gguf_name = "gemma2",
          .model_type = "gemma2",
          .class_name = "Gemma2ForCausalLM",
          .config = config,
          .huggingface_names = gemma2_names,
          .gguf_names = gguf_names,
          .keys = gemma2_keys,
          .huggingface_prefix = "model.",
          .gguf_norm_offset = 1,
          .adjust_from_gguf = adjust_from_gguf};
}

}  // namespace sov::llm
