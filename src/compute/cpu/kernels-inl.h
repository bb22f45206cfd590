#pragma once
// One tier's table. The including file defines SOV_TIER, its namespace, and is compiled with the tier's flags
// (targets.cmake).

#include "compute/cpu/attention-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/probe-inl.h"
#include "compute/cpu/small_codes-inl.h"
#include "compute/cpu/word_matvec-inl.h"
#include "compute/cpu/word_rounding-inl.h"
#include "compute/cpu/word_tile-inl.h"

namespace sov::compute::SOV_TIER {

template <typename Type>
constexpr TypeKernels plain_kernels() {
  TypeKernels k = {};
  k.matvec = matvec_plain<Type>;
  k.unpack = unpack_plain<Type>;
  return k;
}
/// q2_k: its groups with a minimum of their own, 16 values, are smaller than the sums of rounded activations.
template <typename Type>
constexpr TypeKernels float_block_kernels() {
  TypeKernels k = {};
  k.matvec = matvec_blocks<Type>;
  k.unpack = unpack_blocks<Type>;
  return k;
}
/// Types whose rows as f32 are left to the codec.
template <typename Codes>
constexpr TypeKernels word_kernels() {
  TypeKernels k = {};
  k.matvec_words = matvec_words<Codes>;
  k.pack_words = pack_words<Codes>;
  k.word_tile = word_tile<Codes::kSpan, Codes::kOffsets>;
  k.span = Codes::kSpan;
  return k;
}
template <typename Codes>
constexpr TypeKernels block_kernels() {
  TypeKernels k = word_kernels<Codes>();
  k.unpack = unpack_blocks<Codes>;
  return k;
}

constexpr Kernels make_table(const char* name) {
  Kernels k = {};
  k.name = name;
  k.f32 = plain_kernels<PlainF32>();
  k.f16 = plain_kernels<PlainF16>();
  k.bf16 = plain_kernels<PlainBf16>();
  k.q8_0 = block_kernels<Q8_0Codes>();
  k.q4_0 = block_kernels<Q4_0Codes>();
  k.q4_1 = block_kernels<Q4_1Codes>();
  k.q5_0 = block_kernels<Q5_0Codes>();
  k.q5_1 = block_kernels<Q5_1Codes>();
  k.q2_k = float_block_kernels<Q2_K>();
  k.q3_k = block_kernels<Q3_KCodes>();
  k.q4_k = block_kernels<Q4_KCodes>();
  k.q5_k = block_kernels<Q5_KCodes>();
  k.q6_k = block_kernels<Q6_KCodes>();
  k.iq4_nl = block_kernels<Iq4NlCodes>();
  k.iq4_xs = block_kernels<Iq4XsCodes>();
  k.iq1_s = word_kernels<Iq1SCodes>();
  k.iq1_m = word_kernels<Iq1MCodes>();
  k.iq2_xxs = word_kernels<Iq2XxsCodes>();
  k.iq2_xs = word_kernels<Iq2XsCodes>();
  k.iq2_s = word_kernels<Iq2SCodes>();
  k.iq3_xxs = word_kernels<Iq3XxsCodes>();
  k.iq3_s = word_kernels<Iq3SCodes>();
  k.tq1_0 = word_kernels<Tq1_0Codes>();
  k.tq2_0 = word_kernels<Tq2_0Codes>();
  k.mxfp4 = word_kernels<Mxfp4Codes>();
  k.tile = tile;
  k.round_row = round_row;
  k.attend_f32 = attend<CachedPlain<PlainF32>>;
  k.attend_f16 = attend<CachedPlain<PlainF16>>;
  k.attend_bf16 = attend<CachedPlain<PlainBf16>>;
  k.attend_q8_0 = attend<CachedQ8_0>;
  k.merge_attention = merge_attention;
  k.finish_attention = finish_attention;
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
