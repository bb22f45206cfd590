// Qwen 3: no biases, per-head norms of q and k. Source: Yang et al., "Qwen3 Technical Report" (2025),
// section 2.

#include "llm/arch/keys.h"

namespace sov::llm {
namespace {

Result<Config> config(const Json& json) {
  Keys keys(json);
  const Defaults defaults{.head_dim = 128};
  Config c = common_config(keys, "qwen3", defaults);
  c.activation = read_activation(keys, "hidden_act", "silu");
  c.qkv_bias = c.attention_output_bias = keys.flag_or("attention_bias", false);
  c.qk_norm = true;
  qwen_windows(keys, c);
  single_rope(keys, defaults, c);
  return finish(keys, std::move(c));
}

}  // namespace

Architecture qwen3() {
  return {.name = "qwen3",
          .gguf_name = "qwen3",
          .model_type = "qwen3",
          .class_name = "Qwen3ForCausalLM",
          .config = config,
          .huggingface_names = llama_names,
          .gguf_names = gguf_names,
          .keys = llama_keys,
          .huggingface_prefix = "model."};
}

}  // namespace sov::llm
