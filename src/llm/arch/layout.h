#pragma once
// How the numbers of one file are laid out, beyond their names: the conventions of whoever wrote it.

#include <cstdint>
#include <optional>
#include <vector>

#include "compute/device.h"
#include "llm/arch/tensor_map.h"

namespace sov::llm {

struct Layout {
  /// The order of q's and k's rows within a head.
  compute::RopePairing pairing = compute::RopePairing::halves;
  /// Stored norm weights are the architecture's own (config.json's sense) plus this.
  float norm_offset = 0;
  /// Matrices of the layers are [in, out].
  bool in_out = false;
};

/// Told by the names in use, APR's rope_type and, where layers may be [in, out], the shape of a matrix that
/// is not square. Errors: model (that matrix is missing).
Result<Layout> layout_of(const formats::ModelFile& file, const Architecture& architecture,
                         const TensorMap& map, const Config& config);

/// The shape of a role's tensor, [out, in] for matrices. Nothing for the RoPE tables of GGUF files.
std::optional<std::vector<uint64_t>> role_shape(const Config& config, Role role);

/// The tensors that a model of this configuration has, in the order of a forward pass; `fused`: qkv and
/// gate_up in place of their parts.
struct RoleAt {
  Role role;
  int64_t layer = 0;
  bool operator==(const RoleAt&) const = default;
};
struct Fused {
  bool qkv = false;
  bool gate_up = false;
};
std::vector<RoleAt> roles_of(const Config& config, Fused fused);
/// What the architecture's own checkpoints fuse.
Fused fused_of(const Architecture& architecture);

/// q's and k's rows, and their biases: what pairing reorders.
bool is_rotated(Role role);
/// Weights of norms that the architecture's norm_offset is part of.
bool is_norm_weight(Role role);
/// Matrices of the layers: those that may be [in, out].
bool is_layer_matrix(Role role);

}  // namespace sov::llm
