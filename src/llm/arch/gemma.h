#pragma once
// What the Gemma generations share.

#include "llm/arch/keys.h"

namespace sov::llm {

Config gemma_config(Keys& keys, std::string_view architecture, const Defaults& defaults);
/// Gemma 2's additions: norms around both blocks, soft caps, query_pre_attn_scalar.
void gemma2_additions(Keys& keys, double attention_cap, double logit_cap, Config& config);
Result<> gemma_scale_from_gguf(const Json& metadata, std::string_view arch, int64_t layers_of_27b,
                               Json& config);
TensorNames gemma2_names();
KeyNames gemma2_keys();

}  // namespace sov::llm
