#pragma once
// One tier's table. The including file defines SOV_TIER, its namespace, and is compiled with the tier's flags
// (targets.cmake).

#include "compute/cpu/attention-inl.h"
#include "compute/cpu/code_matvec-inl.h"
#include "compute/cpu/code_tile-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/probe-inl.h"
#include "compute/cpu/rounding-inl.h"
#include "compute/cpu/small_codes-inl.h"
#include "compute/cpu/super_tile-inl.h"

namespace sov::compute::SOV_TIER {

template <typename Type>
constexpr TypeKernels plain_kernels() {
  TypeKernels k = {};
  k.matvec = matvec_plain<Type>;
  k.unpack = unpack_plain<Type>;
  return k;
}
/// Types whose rows as f32 are left to the codec.
template <typename Codes>
constexpr TypeKernels code_kernels() {
  TypeKernels k = {};
  k.matvec_codes = matvec_codes<Codes>;
  k.code_rows = kCodeTileRows;
  k.span = Codes::kSpan;
  if constexpr (Codes::kSuper) {
    k.pack_codes = pack_super<Codes>;
    k.code_tile =
        super_tile<Codes::kRange, Codes::kSpan, Codes::kCentre, Codes::kDropped, (Codes::kOffsetSpan > 0)>;
    k.offset_span = kSuperOffsetSpan;
  } else {
    k.pack_codes = pack_codes<Codes>;
    k.code_tile = code_tile<Codes::kRange, Codes::kSpan, Codes::kCentre, Codes::kOffsetSpan>;
    k.offset_span = Codes::kOffsetSpan > 0 ? Codes::kOffsetSpan : kScaled;
  }
  return k;
}
template <typename Codes>
constexpr TypeKernels block_kernels() {
  TypeKernels k = code_kernels<Codes>();
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
  k.q2_k = block_kernels<Q2_KCodes>();
  k.q3_k = block_kernels<Q3_KCodes>();
  k.q4_k = block_kernels<Q4_KCodes>();
  k.q5_k = block_kernels<Q5_KCodes>();
  k.q6_k = block_kernels<Q6_KCodes>();
  k.iq4_nl = block_kernels<Iq4NlCodes>();
  k.iq4_xs = block_kernels<Iq4XsCodes>();
  k.iq1_s = code_kernels<Iq1SCodes>();
  k.iq1_m = code_kernels<Iq1MCodes>();
  k.iq2_xxs = code_kernels<Iq2XxsCodes>();
  k.iq2_xs = code_kernels<Iq2XsCodes>();
  k.iq2_s = code_kernels<Iq2SCodes>();
  k.iq3_xxs = code_kernels<Iq3XxsCodes>();
  k.iq3_s = code_kernels<Iq3SCodes>();
  k.tq1_0 = code_kernels<Tq1_0Codes>();
  k.tq2_0 = code_kernels<Tq2_0Codes>();
  k.mxfp4 = code_kernels<Mxfp4Codes>();
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
