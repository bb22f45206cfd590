// Qwen 2 and 2.5: biases on q, k, v. Source: Yang et al., "Qwen2 Technical Report" (2024), section 2.2.

#include "llm/arch/keys.h"

namespace sov::llm {
namespace {

Result<Config> config(const Json& json) {
  Keys keys(json);
  const Defaults defaults;
  Config c = common_config(keys, "qwen2", defaults);
  c.activation = read_activation(keys, "hidden_act", "silu");
  c.qkv_bias = true;
  qwen_windows(keys, c);
  single_rope(keys, defaults, c);
  return finish(keys, std::move(c));
}

}  // namespace

void qwen_windows(Keys& keys, Config& config) {
  if (!keys.flag_or("use_sliding_window", false)) {
    config.windows.assign(static_cast<size_t>(config.layers), 0);
    return;
  }
  const int64_t window = keys.size_or("sliding_window", 4096);
  const int64_t first = keys.has("max_window_layers") ? keys.size_or_none("max_window_layers") : 28;
  set_windows(keys, window, [](int64_t layer, int64_t from) { return layer >= from; }, first, config);
}

Architecture qwen2() {
  return {.name = "qwen2",
          .gguf_name = "qwen2",
          .model_type = "qwen2",
          .class_name = "Qwen2ForCausalLM",
          .config = config,
          .huggingface_names = llama_names,
          .gguf_names = gguf_names,
          .keys = llama_keys,
          .huggingface_prefix = "model."};
}

}  // namespace sov::llm
