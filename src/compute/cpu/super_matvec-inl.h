#pragma once
// Products of super-blocks (256 values that share a factor; each 16 or 32 of them have a scale, and at times
// a minimum, of a few bits) and activations rounded to 8 bits, for few tokens. The activations' scales of 32
// columns are whole multiples (parts) of one of 256 columns, so that a group's products, scales included, are
// one integer:
//
//   total += (factor * 2^kDropped * x_scale) * sum of weight(scale_j * part_j) * integer_j
//   total += (minimum_factor * x_scale) * sum of minimum_j * part_j * (sum of the codes of x)_j
//
// over groups of 256 columns in order. weight() leaves out the last kDropped bits, rounded, of types whose
// sums would not fit 32 bits: 32 * 127 * 256 columns * (128 * 63 / 4) < 2^31 for q6_k, the largest. A weight
// has 11 bits then, three more than what the activations were rounded to. super_tile-inl.h computes the same.

#include "compute/cpu/codes-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/rounding-inl.h"

namespace sov::compute::SOV_TIER {

/// A group of a token.
struct SuperPlace {
  const int8_t* codes;
  const RoundedParts* parts;
};
SOV_LANES SuperPlace super_place(const RoundedRows& x, int64_t token, int64_t group) {
  return {codes_of(x, token, group), x.parts + token * x.groups + group};
}

/// What the whole number of a block stands for, but for the activations' scale.
template <typename Type>
SOV_LANES float super_factor(const SuperScales& scales) {
  return scales.factor * static_cast<float>(1 << Type::kDropped);
}

/// One block and one group of each token: the sums of the values (lanes to be added up) and of the minimums.
template <typename Type, int Tokens>
SOV_LANES void add_super_block(const std::byte* block, const SuperScales& scales,
                               const SuperPlace (&x)[Tokens], I32x8 (&sums)[Tokens],
                               I32x8 (&minimums)[Tokens]) {
  constexpr int kFrom = Type::kCentre + kMoved<Type::kRange>;
  SpreadScales spread[Tokens];
  each_of<Tokens>([&](auto t) SOV_INLINED {
    const RoundedParts& of_x = *x[t.value].parts;
    const I16x16 parts = load_words(of_x.parts), totals = load_words(of_x.totals);
    const I16x16 weights = rounded_shift<Type::kDropped>(load_words(scales.scales) * parts);
    spread[t.value] = spread_scales(weights);
    sums[t.value] = kFrom == 0 ? no_sums() : times(dot_pairs(weights, totals), -kFrom);
    if constexpr (Type::kOffsetSpan > 0) {
      minimums[t.value] = dot_pairs(load_words(scales.minimums) * parts, totals);
    }
  });
  Type::runs(block, [&](auto run, Codes32 codes) SOV_INLINED {
    each_of<Tokens>([&](auto t) SOV_INLINED {
      sums[t.value] = add_scaled<Type::kRange>(codes, load_codes(x[t.value].codes + 32 * run.value),
                                               scales_of_run<run.value>(spread[t.value]), sums[t.value]);
    });
  });
}

/// Lane s of out[t]: the product of row s and token first + t.
template <typename Type, int Tokens>
SOV_LANES void dot_super(RowStreams<kStreams> rows, int64_t cols, const RoundedRows& x, int64_t first,
                         Float4 (&out)[Tokens]) {
  for (int t = 0; t < Tokens; t++) out[t] = Float4{};
  for (int64_t group = 0; group < cols / kGroup; group++) {
    SuperPlace places[Tokens];
    for (int t = 0; t < Tokens; t++) places[t] = super_place(x, first + t, group);
    I32x8 sums[kStreams][Tokens], minimums[kStreams][Tokens];
    Float4 factor, minimum_factor;
    each_of<kStreams>([&](auto s) SOV_INLINED {
      prefetch_block<Type::kBytes>(rows.at[s.value]);
      SuperScales scales;
      Type::super_scales(rows.at[s.value], scales);
      factor[s.value] = super_factor<Type>(scales);
      minimum_factor[s.value] = scales.minimum_factor;
      add_super_block<Type, Tokens>(rows.at[s.value], scales, places, sums[s.value], minimums[s.value]);
      rows.at[s.value] += Type::kBytes;
    });
    each_of<Tokens>([&](auto token) SOV_INLINED {
      constexpr int t = token.value;
      const Float4 scale = splat4(places[t].parts->scale);
      const I32x8 four[4] = {sums[0][t], sums[1][t], sums[2][t], sums[3][t]};
      out[t] = fma(factor * scale, to_real(sum_four(four)), out[t]);
      if constexpr (Type::kOffsetSpan > 0) {
        const I32x8 more[4] = {minimums[0][t], minimums[1][t], minimums[2][t], minimums[3][t]};
        out[t] = fma(minimum_factor * scale, to_real(sum_four(more)), out[t]);
      }
    });
  }
}

}  // namespace sov::compute::SOV_TIER
