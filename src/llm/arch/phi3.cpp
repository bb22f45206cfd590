// Phi-3 and 3.5: fused q/k/v and gate/up, RoPE stretched by per-frequency factors.
// Source: Abdin et al., "Phi-3 Technical Report" (2024), section 2; config.json keys as Phi3Config documents.

#include "llm/arch/keys.h"

namespace sov::llm {
namespace {

Result<Config> config(const Json& json) {
  Keys keys(json);
  const Defaults defaults{.rms_norm_eps = 1e-5};
  Config c = common_config(keys, "phi3", defaults);
  c.activation = read_activation(keys, "hidden_act", "silu");
  const int64_t window = keys.size_or_none("sliding_window");
  set_windows(keys, window, [](int64_t, int64_t w) { return w > 0; }, window, c);
  single_rope(keys, defaults, c);
  return finish(keys, std::move(c));
}

TensorNames huggingface_names() {
  TensorNames names = llama_names();
  names.push_back({Role::qkv, "layers.{}.self_attn.qkv_proj.weight"});
  names.push_back({Role::gate_up, "layers.{}.mlp.gate_up_proj.weight"});
  return names;
}

/// GGUF calls the fused matrix ffn_up.
TensorNames phi3_gguf_names() {
  TensorNames names = gguf_names();
  std::erase_if(names, [](const TensorName& n) { return n.role == Role::up; });
  names.push_back({Role::gate_up, "blk.{}.ffn_up.weight"});
  return names;
}

KeyNames phi3_keys() {
  KeyNames keys = llama_keys();
  keys.push_back({"sliding_window", "attention.sliding_window"});
  keys.push_back({"original_max_position_embeddings", "rope.scaling.original_context_length"});
  return keys;
}

}  // namespace

Architecture phi3() {
  return {.name = "phi3",
          .gguf_name = "phi3",
          .model_type = "phi3",
          .class_name = "Phi3ForCausalLM",
          .config = config,
          .huggingface_names = huggingface_names,
          .gguf_names = phi3_gguf_names,
          .keys = phi3_keys,
          .huggingface_prefix = "model."};
}

}  // namespace sov::llm
