// Gemma 3, text only: Gemma 2 with q and k norms, no caps, five windowed layers to a full one, each kind with
// its own RoPE. Source: Kamath et al., "Gemma 3" (2025), section 2; config.json keys as Gemma3TextConfig
// documents.

#include "llm/arch/gemma.h"

namespace sov::llm {
namespace {

/// Windowed layers turn by ropes[1], full ones by ropes[0].
void two_ropes(Keys& keys, Config& c) {
  const Json* blocks = keys.find("rope_parameters");
  const Json* full = blocks ? blocks->find("full_attention") : keys.find("rope_scaling");
  const Json* sliding = blocks ? blocks->find("sliding_attention") : nullptr;
  c.ropes.push_back(read_rope(keys, full, c.head_dim, c.context, 1e6));
  Json local = sliding ? *sliding : Json::object();
  if (!local.find("rope_theta")) local.set("rope_theta", keys.real_or("rope_local_base_freq", 1e4));
  c.ropes.push_back(read_rope(keys, &local, c.head_dim, c.context, 1e4));
  for (int64_t window : c.windows) c.rope_of_layer.push_back(window > 0 ? 1 : 0);
}

Result<Config> config(const Json& json) {
  Keys keys(json);
  const Defaults defaults{.rope_theta = 1e6, .tied = true, .head_dim = 256};
  Config c = gemma_config(keys, "gemma3", defaults);
  gemma2_additions(keys, 0, 0, c);
  c.qk_norm = true;
  const int64_t window = keys.size_or("sliding_window", 4096);
  const int64_t pattern = keys.size_or("sliding_window_pattern", 6);
  set_windows(keys, window, [](int64_t layer, int64_t n) { return (layer + 1) % n != 0; }, pattern, c);
  two_ropes(keys, c);
  return finish(keys, std::move(c));
}

KeyNames gemma3_keys() {
  KeyNames keys = gemma2_keys();
  keys.push_back({"rope_local_base_freq", "rope.freq_base_swa", KeyName::Kind::real});
  return keys;
}

/// GGUF gives the full layers' base and scaling; windowed layers turn at 10000 unless it says otherwise.
Result<> adjust_from_gguf(const Json& metadata, Json& config) {
  return gemma_scale_from_gguf(metadata, "gemma3", 62, config);
}

}  // namespace

Architecture gemma3() {
  return {.name = "gemma3",
          .gguf_name = "gemma3",
          .model_type = "gemma3_text",
          .class_name = "Gemma3ForCausalLM",
          .config = config,
          .huggingface_names = gemma2_names,
          .gguf_names = gguf_names,
          .keys = gemma3_keys,
          .huggingface_prefix = "model.",
          .gguf_norm_offset = 1,
          .adjust_from_gguf = adjust_from_gguf};
}

}  // namespace sov::llm
