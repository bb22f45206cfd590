// Mistral: Llama with a sliding window. Source: Jiang et al., "Mistral 7B" (2023), section 2.

#include "llm/arch/keys.h"

namespace sov::llm {
namespace {

Result<Config> config(const Json& json) {
  Keys keys(json);
  const Defaults defaults;
  Config c = common_config(keys, "mistral", defaults);
  c.activation = read_activation(keys, "hidden_act", "silu");
  // An absent key means the class's 4096; a null one means no window.
  const int64_t window = json.find("sliding_window") ? keys.size_or_none("sliding_window") : 4096;
  set_windows(keys, window, [](int64_t, int64_t w) { return w > 0; }, window, c);
  single_rope(keys, defaults, c);
  return finish(keys, std::move(c));
}

KeyNames mistral_keys() {
  KeyNames keys = llama_keys();
  keys.push_back({"sliding_window", "attention.sliding_window"});
  return keys;
}

}  // namespace

Architecture mistral() {
  return {.name = "mistral",
          .gguf_name = "llama",
          .model_type = "mistral",
          .class_name = "MistralForCausalLM",
          .config = config,
          .huggingface_names = llama_names,
          .gguf_names = gguf_names,
          .keys = mistral_keys,
          .huggingface_prefix = "model.",
          .gguf_pairs_adjacent = true};
}

}  // namespace sov::llm
