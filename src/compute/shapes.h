#pragma once
// The shape rules of the Device operations, CHECKed by every device before it computes.

#include "compute/device.h"

namespace sov::compute {

void check_matmul(const Weight& w, ConstRows x, std::span<const float> bias, Rows y);
void check_gated(const Product& gate, const Product& up, ConstRows x);
void check_embed(const Weight& w, std::span<const int32_t> ids, Rows out);
void check_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias, Rows out);
void check_same_shape(ConstRows x, Rows y);
void check_rope(Rows x, int64_t head_dim, ConstRows cos, ConstRows sin);
void check_store(ConstRows k, ConstRows v, int64_t first, const KvPages& to);
void check_attention(const AttentionArgs& args);

}  // namespace sov::compute
