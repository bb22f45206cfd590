#include "llm/arch/layout.h"

#include <algorithm>

namespace sov::llm {
namespace {

/// True when layer matrices are [in, out]: told by the one matrix that is never square.
Result<bool> conv1d_layout(const formats::ModelFile& file, const TensorMap& map, const Config& config) {
  TRY(const formats::Tensor* up, map.need(Role::up, 0));
  const std::vector<uint64_t> in_out = {static_cast<uint64_t>(config.hidden),
                                        static_cast<uint64_t>(config.ffn)};
  return map.naming() == Naming::huggingface && up->shape == in_out &&
         (config.hidden != config.ffn || file.format == formats::Format::safetensors);
}

bool has(const TensorNames& names, Role role) {
  return std::any_of(names.begin(), names.end(), [&](const TensorName& n) { return n.role == role; });
}

void attention_roles(const Config& c, Fused fused, std::vector<Role>& out) {
  out.push_back(Role::attention_norm);
  if (c.norm == nn::NormKind::layer) out.push_back(Role::attention_norm_bias);
  const auto projection = [&](Role weight, Role bias) {
    out.push_back(weight);
    if (c.qkv_bias) out.push_back(bias);
  };
  if (fused.qkv) {
    projection(Role::qkv, Role::qkv_bias);
  } else {
    projection(Role::q, Role::q_bias);
    projection(Role::k, Role::k_bias);
    projection(Role::v, Role::v_bias);
  }
  if (c.qk_norm) out.insert(out.end(), {Role::q_norm, Role::k_norm});
  out.push_back(Role::attention_output);
  if (c.attention_output_bias) out.push_back(Role::attention_output_bias);
  if (c.sandwich_norms) out.push_back(Role::post_attention_norm);
}

void mlp_roles(const Config& c, Fused fused, std::vector<Role>& out) {
  out.push_back(Role::mlp_norm);
  if (c.norm == nn::NormKind::layer) out.push_back(Role::mlp_norm_bias);
  if (c.gated_mlp && fused.gate_up) {
    out.push_back(Role::gate_up);
  } else {
    if (c.gated_mlp) out.push_back(Role::gate);
    if (c.gated_mlp && c.mlp_bias) out.push_back(Role::gate_bias);
    out.push_back(Role::up);
    if (c.mlp_bias) out.push_back(Role::up_bias);
  }
  out.push_back(Role::down);
  if (c.mlp_bias) out.push_back(Role::down_bias);
  if (c.sandwich_norms) out.push_back(Role::post_mlp_norm);
}

}  // namespace

Result<Layout> layout_of(const formats::ModelFile& file, const Architecture& architecture,
                         const TensorMap& map, const Config& config) {
  Layout layout;
  if (map.naming() == Naming::gguf) {
    if (architecture.gguf_pairs_adjacent) layout.pairing = compute::RopePairing::adjacent;
    layout.norm_offset = architecture.gguf_norm_offset;
  }
  if (architecture.conv1d) {
    TRY(layout.in_out, conv1d_layout(file, map, config));
  }
  // APR files may say it themselves: 0 adjacent, 2 halves.
  const Json* type = file.format == formats::Format::apr ? file.metadata.find("rope_type") : nullptr;
  if (type && type->is_integer()) {
    layout.pairing = type->integer() == 0 ? compute::RopePairing::adjacent : compute::RopePairing::halves;
  }
  return layout;
}

std::optional<std::vector<uint64_t>> role_shape(const Config& c, Role role) {
  const auto shape = [](auto... dims) { return std::vector<uint64_t>{static_cast<uint64_t>(dims)...}; };
  const int64_t q = c.heads * c.head_dim, kv = c.kv_heads * c.head_dim;
  switch (role) {
    case Role::token_embedding:
    case Role::head:
      return shape(c.vocab, c.hidden);
    case Role::positions:
      return shape(c.context, c.hidden);
    case Role::q:
      return shape(q, c.hidden);
    case Role::k:
    case Role::v:
      return shape(kv, c.hidden);
    case Role::qkv:
      return shape(q + 2 * kv, c.hidden);
    case Role::q_bias:
      return shape(q);
    case Role::k_bias:
    case Role::v_bias:
      return shape(kv);
    case Role::qkv_bias:
      return shape(q + 2 * kv);
    case Role::q_norm:
    case Role::k_norm:
      return shape(c.head_dim);
    case Role::attention_output:
      return shape(c.hidden, q);
    case Role::gate:
    case Role::up:
      return shape(c.ffn, c.hidden);
    case Role::gate_bias:
    case Role::up_bias:
      return shape(c.ffn);
    case Role::gate_up:
      return shape(2 * c.ffn, c.hidden);
    case Role::down:
      return shape(c.hidden, c.ffn);
    case Role::final_norm:
    case Role::final_norm_bias:
    case Role::attention_norm:
    case Role::attention_norm_bias:
    case Role::post_attention_norm:
    case Role::attention_output_bias:
    case Role::mlp_norm:
    case Role::mlp_norm_bias:
    case Role::post_mlp_norm:
    case Role::down_bias:
      return shape(c.hidden);
    case Role::rope_freqs:
    case Role::rope_factors_long:
    case Role::rope_factors_short:
      return std::nullopt;
  }
  return std::nullopt;
}

std::vector<RoleAt> roles_of(const Config& config, Fused fused) {
  std::vector<RoleAt> out = {{Role::token_embedding}};
  if (config.learned_positions) out.push_back({Role::positions});
  std::vector<Role> layer;
  attention_roles(config, fused, layer);
  mlp_roles(config, fused, layer);
  for (int64_t i = 0; i < config.layers; i++) {
    for (Role role : layer) out.push_back({role, i});
  }
  out.push_back({Role::final_norm});
  if (config.norm == nn::NormKind::layer) out.push_back({Role::final_norm_bias});
  if (!config.tied_head) out.push_back({Role::head});
  return out;
}

Fused fused_of(const Architecture& architecture) {
  const TensorNames names = architecture.huggingface_names();
  return {has(names, Role::qkv), has(names, Role::gate_up)};
}

bool is_rotated(Role role) {
  return role == Role::q || role == Role::q_bias || role == Role::k || role == Role::k_bias;
}

bool is_norm_weight(Role role) {
  switch (role) {
    case Role::final_norm:
    case Role::attention_norm:
    case Role::post_attention_norm:
    case Role::q_norm:
    case Role::k_norm:
    case Role::mlp_norm:
    case Role::post_mlp_norm:
      return true;
    default:
      return false;
  }
}

bool is_layer_matrix(Role role) {
  switch (role) {
    case Role::q:
    case Role::k:
    case Role::v:
    case Role::qkv:
    case Role::attention_output:
    case Role::gate:
    case Role::up:
    case Role::gate_up:
    case Role::down:
      return true;
    default:
      return false;
  }
}

}  // namespace sov::llm
