#pragma once
// One architecture: how its configuration reads and what its tensors are called. See table.h for the list.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "llm/config.h"

namespace sov::llm {

/// What a tensor is for. `_bias` roles follow their weight.
enum class Role {
  token_embedding,
  positions,
  final_norm,
  final_norm_bias,
  head,
  rope_freqs,
  rope_factors_long,
  rope_factors_short,
  attention_norm,
  attention_norm_bias,
  post_attention_norm,
  q,
  q_bias,
  k,
  k_bias,
  v,
  v_bias,
  qkv,
  qkv_bias,
  q_norm,
  k_norm,
  attention_output,
  attention_output_bias,
  mlp_norm,
  mlp_norm_bias,
  post_mlp_norm,
  gate,
  gate_bias,
  up,
  up_bias,
  gate_up,
  down,
  down_bias,
};

/// "{}" stands for the layer's number.
struct TensorName {
  Role role;
  std::string_view name;
};
using TensorNames = std::vector<TensorName>;

/// A key of config.json and the GGUF key (after "<arch>.") that holds the same number.
struct KeyName {
  std::string_view huggingface;
  std::string_view gguf;
  enum class Kind { integer, real } kind = Kind::integer;
};
using KeyNames = std::vector<KeyName>;

struct Architecture {
  std::string_view name;        // ours, and APR's
  std::string_view gguf_name;   // general.architecture
  std::string_view model_type;  // config.json
  std::string_view class_name;  // config.json's architectures[0]
  /// From config.json's keys. Errors: model, naming the key; unsupported, naming the choice.
  Result<Config> (*config)(const Json& huggingface);
  TensorNames (*huggingface_names)();  // without prefix
  TensorNames (*gguf_names)();
  TensorNames (*alternative_names)() = nullptr;  // other Hugging Face-like names in use
  KeyNames (*keys)();
  std::string_view huggingface_prefix;  // what transformers writes before every name but the head's

  // How the same numbers are laid out in GGUF files.
  bool gguf_pairs_adjacent = false;  // q and k rows are permuted so that RoPE turns neighbours
  float gguf_norm_offset = 0;        // GGUF's norm weights are Hugging Face's plus this
  /// What the keys above cannot say. May be null.
  Result<> (*adjust_from_gguf)(const Json& metadata, Json& huggingface) = nullptr;
  bool conv1d = false;  // Hugging Face stores the layers' matrices [in, out]
};

}  // namespace sov::llm
