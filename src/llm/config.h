#pragma once
// What a decoder is made of: every difference between architectures is a field here or a weight that is there
// or not. Filled by llm/arch/*.cpp from the model's own configuration.

#include <cstdint>
#include <string>
#include <vector>

#include "compute/device.h"
#include "nn/layers.h"
#include "nn/rope.h"

namespace sov::llm {

/// Sizes and choices of one decoder-only transformer.
struct Config {
  std::string architecture;  // row of arch/table.cpp, e.g. "qwen2"
  int64_t vocab = 0;
  int64_t hidden = 0;
  int64_t layers = 0;
  int64_t heads = 0;
  int64_t kv_heads = 0;
  int64_t head_dim = 0;    // need not be hidden / heads
  int64_t ffn = 0;         // width inside the MLP
  int64_t context = 0;     // positions the model was made for
  bool tied_head = false;  // logits through the embedding's rows

  nn::NormKind norm = nn::NormKind::rms;
  float norm_eps = 0;
  float norm_weight_offset = 0;  // 1 where the stored weight is w of (1 + w) (Gemma's Hugging Face files)

  compute::Activation activation = compute::Activation::silu;
  bool gated_mlp = true;  // down(f(gate x) * up x), else down(f(up x))
  bool qkv_bias = false;
  bool attention_output_bias = false;
  bool mlp_bias = false;
  bool qk_norm = false;         // per-head RMS norm of q and k before RoPE
  bool sandwich_norms = false;  // a second norm after attention and after the MLP (Gemma 2)
  bool learned_positions = false;

  float embedding_scale = 1;
  float attention_scale = 0;     // of q.k; 1/sqrt(head_dim) unless the architecture says otherwise
  float attention_soft_cap = 0;  // 0: none
  float logit_soft_cap = 0;
  std::vector<int64_t> windows;  // per layer; 0: the whole context

  /// One table for most models; Gemma 3 turns sliding layers at another base. ropes[rope_of_layer[i]] is
  /// layer i's.
  std::vector<nn::RopeConfig> ropes;
  std::vector<int> rope_of_layer;
  compute::RopePairing pairing = compute::RopePairing::halves;

  std::vector<int32_t> eos_ids;  // ids that end a generation, from generation_config, config or the tokenizer
  int32_t bos_id = -1;
};

/// How the keys and values of such a model's layers are kept.
inline compute::KvShape cache_shape(const Config& config, DType dtype) {
  return {dtype, config.kv_heads, config.head_dim, config.head_dim};
}

}  // namespace sov::llm
