// Gemma 1. Source: Mesnard et al., "Gemma" (2024), section 2; norms scale by 1 + weight, embeddings by
// sqrt(hidden).

#include "llm/arch/gemma.h"

#include <cmath>

namespace sov::llm {
namespace {

Result<Config> config(const Json& json) {
  Keys keys(json);
  const Defaults defaults{.tied = true, .head_dim = 256};
  Config c = gemma_config(keys, "gemma", defaults);
  // Early config.json files say hidden_act "gelu" and mean the tanh form, which hidden_activation then names.
  c.activation = compute::Activation::gelu_tanh;
  c.qkv_bias = c.attention_output_bias = keys.flag_or("attention_bias", false);
  single_rope(keys, defaults, c);
  return finish(keys, std::move(c));
}

}  // namespace

Config gemma_config(Keys& keys, std::string_view architecture, const Defaults& defaults) {
  Config c = common_config(keys, architecture, defaults);
  c.norm_weight_offset = 1;
  c.embedding_scale = static_cast<float>(std::sqrt(static_cast<double>(c.hidden)));
  if (keys.flag_or("use_bidirectional_attention", false)) {
    keys.report(Error(Code::unsupported, "use_bidirectional_attention is not built"));
  }
  return c;
}

Architecture gemma() {
  return {.name = "gemma",
          .gguf_name = "gemma",
          .model_type = "gemma",
          .class_name = "GemmaForCausalLM",
          .config = config,
          .huggingface_names = llama_names,
          .gguf_names = gguf_names,
          .keys = llama_keys,
          .huggingface_prefix = "model.",
          .gguf_norm_offset = 1};
}

}  // namespace sov::llm
