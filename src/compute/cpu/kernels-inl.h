#pragma once
// One tier's table. The including file defines SOV_TIER, its namespace, and is compiled with the tier's flags
// (targets.cmake).

#include "compute/cpu/attention-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/probe-inl.h"

namespace sov::compute::SOV_TIER {

template <typename Type>
constexpr TypeKernels plain_kernels() {
  return {matvec_plain<Type>, unpack_plain<Type>};
}
template <typename Type>
constexpr TypeKernels block_kernels() {
  return {matvec_blocks<Type>, unpack_blocks<Type>};
}

constexpr Kernels make_table(const char* name) {
  Kernels k = {};
  k.name = name;
  k.f32 = plain_kernels<PlainF32>();
  k.f16 = plain_kernels<PlainF16>();
  k.bf16 = plain_kernels<PlainBf16>();
  k.q8_0 = block_kernels<Q8_0>();
  k.q4_0 = block_kernels<Q4_0>();
  k.q4_1 = block_kernels<Q4_1>();
  k.q5_0 = block_kernels<Q5_0>();
  k.q5_1 = block_kernels<Q5_1>();
  k.q4_k = block_kernels<Q4_K>();
  k.q5_k = block_kernels<Q5_K>();
  k.q6_k = block_kernels<Q6_K>();
  k.iq4_nl = block_kernels<Iq4Nl>();
  k.iq4_xs = block_kernels<Iq4Xs>();
  k.tile = tile;
  k.attend = attend;
  k.rms_norm = rms_norm;
  k.layer_norm = layer_norm;
  k.add = add;
  k.scale = scale;
  k.soft_cap = soft_cap;
  k.activate = activate;
  k.rope_halves = rope_halves;
  k.rope_adjacent = rope_adjacent;
  k.exp = exp_row;
  k.tanh = tanh_row;
  k.erfc = erfc_row;
  k.probe = probe_kernels();
  return k;
}

}  // namespace sov::compute::SOV_TIER
