// Llama 1 to 3.x. Source: Touvron et al., "LLaMA" (2023), section 2.2; config.json keys as LlamaConfig
// documents.

#include "llm/arch/keys.h"

namespace sov::llm {
namespace {

Result<Config> config(const Json& json) {
  Keys keys(json);
  const Defaults defaults;
  Config c = common_config(keys, "llama", defaults);
  c.activation = read_activation(keys, "hidden_act", "silu");
  c.qkv_bias = c.attention_output_bias = keys.flag_or("attention_bias", false);
  c.mlp_bias = keys.flag_or("mlp_bias", false);
  single_rope(keys, defaults, c);
  return finish(keys, std::move(c));
}

}  // namespace

Architecture llama() {
  return {.name = "llama",
          .gguf_name = "llama",
          .model_type = "llama",
          .class_name = "LlamaForCausalLM",
          .config = config,
          .huggingface_names = llama_names,
          .gguf_names = gguf_names,
          .keys = llama_keys,
          .huggingface_prefix = "model.",
          .gguf_pairs_adjacent = true};
}

}  // namespace sov::llm
